"""Where words go: the result to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

import msgspec

from semverdiff.errors import SemverdiffError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Screen", "color_wanted", "point_at_nothing", "terminal_width"]


class Screen(msgspec.Struct, frozen=True):
    """How to talk with the user.

    `color` is for standard output, `error_color` for standard error. `verbosity` is 0 as a rule, below
    for -q, above for -v and -vv. `debug` asks for the place of unexpected errors.
    """

    color: bool
    error_color: bool
    verbosity: int
    debug: bool

    def show(self, text: str, encoding: str | None = None) -> None:
        """Write the result; without an encoding in the terminal's own, as well as that can say it."""
        try:
            _write(sys.stdout, text, encoding)
        except OSError as error:
            point_at_nothing(sys.stdout)
            # Whoever reads a pipe may stop reading; that changes nothing about the answer.
            if not isinstance(error, BrokenPipeError):
                raise SemverdiffError(f"standard output cannot be written: {error.strerror}") from error

    def mention(self, text: str, verbosity: int = 0) -> None:
        """Write a line that is no result, if the user wants to hear that much."""
        if self.verbosity >= verbosity:
            self.complain(f"{text}\n")

    def complain(self, text: str) -> None:
        """Write to standard error. If even that fails, nobody can be told."""
        try:
            _write(sys.stderr, text)
        except OSError:
            point_at_nothing(sys.stderr)


def color_wanted(choice: str, environment: Mapping[str, str], stream: TextIO | None) -> bool:
    """Decide about colours as other programs do: the option, NO_COLOR, FORCE_COLOR, TERM, the terminal."""
    match choice:
        case "always":
            return True
        case "never":
            return False
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return environment.get("TERM") != "dumb" and stream is not None and stream.isatty()


def terminal_width() -> int | None:
    """Return the width of the terminal; a file or a pipe has none, and gets the same text everywhere."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size  # noqa: PLC0415 (slow: only for a terminal)

    return get_terminal_size().columns


def point_at_nothing(stream: TextIO) -> None:
    """Let the interpreter flush what is left somewhere at its end, instead of failing once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _write(stream: TextIO | None, text: str, encoding: str | None = None) -> None:
    if stream is None:  # The user closed it (`>&-`).
        return
    # A terminal that cannot show a character shows its number instead.
    content = text.encode(encoding or stream.encoding, "backslashreplace")
    stream.buffer.write(content)
    stream.flush()
