"""What can go wrong, said so that the reader knows what to do next.

Every error that semverdiff raises on purpose is a `SemverdiffError`. It carries one or more
`Mistake`s, because a user who fixes one line of a manifest wants to hear about the other three
at the same time. Only the command line turns an error into an exit code and prints it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

import msgspec

from semverdiff import limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "ArchiveError",
    "BaselineError",
    "DigestError",
    "ManifestError",
    "Mistake",
    "NetworkError",
    "NothingToCheckError",
    "SemverdiffError",
    "SourceError",
    "UsageError",
    "in_package",
]


class Mistake(msgspec.Struct, frozen=True):
    """One thing that is wrong: what was expected, what was found, where, and the remedy.

    `file` is relative to the package, never absolute. `line` and `column` count from 1.
    `excerpt` is the offending source line, without its line break.
    """

    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    excerpt: str | None = None

    def place(self) -> str:
        """Return `file:line:column`, as far as it is known, or an empty string."""
        parts = [part for part in (self.file, self.line, self.column) if part is not None]
        return ":".join(str(part) for part in parts) if self.file is not None else ""


class SemverdiffError(Exception):
    """The run cannot give an answer. `code` is a stable word for programs (JSON `errors[].code`).

    `package` is the path of the package that the files of its mistakes belong to, as the user named it, where
    it lies on this machine: for people at a terminal, never for a report.
    """

    code: ClassVar[str] = "could-not-complete"
    exit_code: ClassVar[int] = 3

    def __init__(
        self, message: str | None = None, *, mistakes: tuple[Mistake, ...] = (), unsaid: int = 0
    ) -> None:
        """`unsaid` counts the mistakes that nobody put into words, where fifty others are."""
        said = mistakes if message is None else (Mistake(message), *mistakes)
        more = max(len(said) - limits.MISTAKES, 0) + unsaid
        # Whoever has mended fifty will ask again; a hundred thousand would only hide the first.
        self.mistakes = (*said[: limits.MISTAKES], Mistake(f"and {more:,} more")) if more > 0 else said
        self.package: Path | None = None
        super().__init__("\n".join(mistake.message for mistake in self.mistakes))


class UsageError(SemverdiffError):
    """The command line or the configuration of semverdiff asks for something impossible."""

    code = "wrong-usage"
    exit_code = 2


class ManifestError(SemverdiffError):
    """The local package's manifest is broken; all its mistakes at once."""

    code = "broken-manifest"
    exit_code = 2


class ArchiveError(SemverdiffError):
    """A `.bala` cannot be read, or must not be trusted."""

    code = "unreadable-archive"


class SourceError(SemverdiffError):
    """A source file cannot be read or does not parse."""

    code = "unreadable-source"


class BaselineError(SemverdiffError):
    """Which package to compare with is not certain."""

    code = "no-baseline"


class NetworkError(BaselineError):
    """The registry did not answer, or answered something that cannot be trusted."""

    code = "network"


class DigestError(NetworkError):
    """An archive arrived that is not the one which the registry announced: others may still be."""


class NothingToCheckError(SemverdiffError):
    """The package exports no module, so a green answer would be a lie."""

    code = "nothing-checked"
    exit_code = 4


@contextmanager
def in_package(path: Path) -> Iterator[None]:
    """Let errors that arise inside know that they are about the package at a path, unless they do already."""
    try:
        yield
    except SemverdiffError as error:
        error.package = error.package or path
        raise
