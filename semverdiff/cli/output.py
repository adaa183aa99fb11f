"""Where results go: to standard output or files, and everything else to standard error."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

import msgspec
from msgspec.structs import replace

from semverdiff import reports
from semverdiff.cli.errors import error_text, with_typed_paths
from semverdiff.cli.files import write_file
from semverdiff.errors import SemverdiffError
from semverdiff.text import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from semverdiff.reports import Report, Reports, Style

__all__ = [
    "Console",
    "Destination",
    "color_wanted",
    "deliver",
    "deliver_report",
    "deliver_reports",
    "discard",
]


class Destination(msgspec.Struct, frozen=True):
    """One form of the result: its format, and the file it goes to; without a file, standard output.

    `within` is the directory of the Semver.toml that chose the file; None if the user did.
    """

    format: str
    file: Path | None = None
    within: Path | None = None

    def __str__(self) -> str:
        return self.format if self.file is None else f"{self.format}={self.file}"


class Console(msgspec.Struct, frozen=True):
    """How to talk with the user.

    `color` is for standard output, `error_color` for standard error. `verbosity` is 0 as a rule, below
    for -q, above for -v and -vv. `debug` asks for the place of unexpected errors.
    """

    color: bool
    error_color: bool
    verbosity: int
    debug: bool

    def style(self, wanted: Style | None = None) -> Style:
        """Return how to draw for standard output; in a file or a pipe no text depends on a width."""
        style = replace(wanted or reports.Style(), color=self.color, verbose=self.verbosity > 0)
        if sys.stdout is None or not sys.stdout.isatty():
            return style
        from shutil import get_terminal_size  # noqa: PLC0415 (slow: only for a terminal)

        return replace(style, width=get_terminal_size().columns, terminal=True)

    def show(self, text: str, encoding: str | None = None) -> None:
        """Write the result; without an encoding in the terminal's own, as well as that can say it.

        What is for people holds no command of a CI system then; other formats see to that in their own way.
        """
        shown = text if encoding is not None else reports.without_commands(text, "text")
        try:
            _write_stream(sys.stdout, shown, encoding)
        except OSError as error:
            discard(sys.stdout)
            # Whoever reads a pipe may stop reading; that changes nothing about the answer.
            if not isinstance(error, BrokenPipeError):
                raise SemverdiffError(f"standard output cannot be written: {error.strerror}") from error

    def mention(self, text: str, verbosity: int = 0) -> None:
        """Write a line that is no result, if the user wants to hear that much."""
        if self.verbosity >= verbosity:
            self.complain(f"{escape(text)}\n")

    def complain(self, text: str) -> None:
        """Write to standard error. If even that fails, there is nothing left to do."""
        try:
            _write_stream(sys.stderr, reports.without_commands(text, "text"))
        except OSError:
            discard(sys.stderr)


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


def discard(stream: TextIO) -> None:
    """Let the interpreter flush what is left somewhere at its end, instead of failing once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _write_stream(stream: TextIO | None, text: str, encoding: str | None = None) -> None:
    if stream is None:  # The user closed it (`>&-`).
        return
    if not hasattr(stream, "buffer"):  # a program has put a stream of text in its place
        stream.write(text)
        return
    # A terminal that cannot show a character shows its number instead.
    content = text.encode(encoding or stream.encoding, "backslashreplace")
    stream.buffer.write(content)
    stream.flush()


def deliver_report(
    report: Report,
    destinations: tuple[Destination, ...],
    console: Console,
    style: Style | None = None,
    *,
    about: Path | None = None,
) -> None:
    """Write a report to each destination, and what went wrong to standard error.

    `about` is the path, as it was typed, of the package that an error is about: no report names it.
    """

    def draw(format_name: str, style: Style) -> str:
        return reports.render(report, format_name, style)

    failure = with_typed_paths(report, about) if report.errors else None
    _deliver(draw, destinations, console, style, failure=failure)
    _warn(report, console)
    if all(destination.file is not None for destination in destinations) and not report.errors:
        console.mention(f"{report.accepted}\n{report.summary}" if report.accepted else report.summary)


def deliver_reports(
    combined: Reports, destinations: tuple[Destination, ...], console: Console, style: Style | None = None
) -> None:
    """Write the reports of several packages, and what went wrong to standard error."""
    total = len(combined.packages)
    for number, report in enumerate(combined.packages, start=1):
        if report.errors:
            errors = error_text(report, color=console.error_color)
            console.complain(f"{reports.headline(report, number, total)}\n{errors}")
        _warn(report, console)
    # On a terminal the errors are there already: twice would be once too often.
    without_errors = reports.Reports(tuple(replace(report, errors=()) for report in combined.packages))

    def draw(format_name: str, style: Style) -> str:
        return reports.render_all(combined, format_name, style)

    def draw_for_people(format_name: str, style: Style) -> str:
        return reports.render_all(without_errors, format_name, style)

    _deliver(draw, destinations, console, style, draw_for_people=draw_for_people)
    if all(destination.file is not None for destination in destinations):
        console.mention(reports.summary_of(combined))


def _warn(report: Report, console: Console) -> None:
    """Warn of a check that passed without a comparison: a name that is misspelt has no other version."""
    package = report.candidate
    is_assumed = report.outcome == "first-release" and report.tone != "neutral"
    if package is not None and is_assumed:
        console.mention(
            f"warning: nothing was compared for {package.full_name}: "
            f"{report.baseline_reason}; with --require-baseline that fails the check"
        )


def deliver(
    draw: Callable[[str, Style], str],
    destinations: tuple[Destination, ...],
    console: Console,
    *,
    failure: Report | None = None,
) -> None:
    """Write the listing that `draw` returns for a format to each destination, without what a CI system obeys.

    The errors of a `failure` are for standard error, and so replace what people would read otherwise.
    """

    def drawn(format_name: str, style: Style) -> str:
        return reports.without_commands(draw(format_name, style), format_name)

    _deliver(drawn, destinations, console, failure=failure)


def _deliver(
    draw: Callable[[str, Style], str],
    destinations: tuple[Destination, ...],
    console: Console,
    style: Style | None = None,
    *,
    failure: Report | None = None,
    draw_for_people: Callable[[str, Style], str] | None = None,
) -> None:
    """Write what `draw` returns for a format to each destination; `style` is what the command asks for.

    The errors of a `failure` are for standard error, and so replace what people would read otherwise.
    `draw_for_people` draws for people who read standard output, if that is to be something else.
    """
    if failure is not None:
        console.complain(error_text(failure, color=console.error_color))
    wanted = reports.Style() if style is None else style
    # What somebody typed is no part of a report that others read.
    for_others = replace(wanted, package="", baseline="")
    for destination in destinations:
        name = destination.format
        if destination.file is not None:
            continue
        if name not in reports.FORMATS_FOR_PEOPLE:
            console.show(draw(name, for_others), "utf-8")
        elif failure is None:
            console.show((draw_for_people or draw)(name, console.style(wanted)))
    for destination in destinations:
        if destination.file is not None:
            write_file(destination.file, draw(destination.format, for_others), destination.within)
            console.mention(f"{destination.format} written to {destination.file}", verbosity=1)
