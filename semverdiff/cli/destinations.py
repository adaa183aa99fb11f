"""Where a result goes: reading `NAME[=FILE]`, and writing each form of the result to its place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from msgspec.structs import replace

from semverdiff.cli import planned
from semverdiff.cli.choices import suggestion
from semverdiff.cli.failures import error_text
from semverdiff.cli.screen import terminal_width
from semverdiff.errors import SemverdiffError
from semverdiff.reports import Reports, Style, headline, render, render_several, summary_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    from semverdiff.cli.screen import Screen
    from semverdiff.reports import Report

__all__ = ["Destination", "DestinationType", "deliver", "deliver_report", "deliver_reports"]

# Formats for people follow the terminal; programs that read the others rely on UTF-8.
_FOR_PEOPLE = frozenset({"text", "bal"})


class Destination(msgspec.Struct, frozen=True):
    """One form of the result: its format, and the file it goes to; without a file, standard output."""

    format: str
    file: Path | None = None

    def __str__(self) -> str:
        return self.format if self.file is None else f"{self.format}={self.file}"


class DestinationType(click.ParamType[Destination]):
    """Reads `NAME[=FILE]`, the name being one of `formats`."""

    name = "NAME[=FILE]"

    def __init__(self, formats: tuple[str, ...]) -> None:
        self.formats = formats

    def convert(
        self, value: str | Destination, param: click.Parameter | None, ctx: click.Context | None
    ) -> Destination:
        """Read a destination, or complain about it."""
        if isinstance(value, Destination):
            return value
        name, equals, file = value.partition("=")
        if name not in self.formats:
            self.fail(self._unknown(name), param, ctx)
        if not equals:
            return Destination(name)
        if not file:
            self.fail(f"'{value}' names no file: expected {name}=FILE, or {name} alone.", param, ctx)
        return Destination(name, self._checked(Path(file), param, ctx))

    def _unknown(self, name: str) -> str:
        expected = f"expected one of {', '.join(self.formats)}."
        if name in planned.FORMATS:
            return f"the format '{name}' is not available yet: {expected}"
        return f"there is no format '{name}': {expected}{suggestion(name, self.formats)}"

    def _checked(self, file: Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Complain now about a file that could not be written after all the work."""
        try:
            is_directory, has_directory = file.is_dir(), file.parent.is_dir()
        except OSError as error:
            self.fail(f"'{file}' cannot be written: {error.strerror}.", param, ctx)
        if is_directory:
            self.fail(f"'{file}' is a directory: expected the name of a file to write.", param, ctx)
        if not has_directory:
            self.fail(
                f"there is no directory '{file.parent}' for '{file.name}': create it, or choose another.",
                param,
                ctx,
            )
        return file

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 (click's signature)
        param: click.Parameter,  # noqa: ARG002 (as above)
        incomplete: str,
    ) -> list[CompletionItem]:
        """Offer the formats to a shell."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 (only when a shell asks)

        return [CompletionItem(name) for name in self.formats if name.startswith(incomplete)]


def deliver_report(
    report: Report, destinations: tuple[Destination, ...], screen: Screen, *, show_diff: bool = False
) -> None:
    """Write a report to everywhere it was wanted, and what went wrong to standard error."""

    def draw(format_name: str, style: Style) -> str:
        return render(report, format_name, replace(style, show_diff=show_diff))

    deliver(draw, destinations, screen, failure=report if report.errors else None)
    if all(one.file is not None for one in destinations) and not report.errors:
        screen.mention(report.summary)


def deliver_reports(
    reports: Reports, destinations: tuple[Destination, ...], screen: Screen, *, show_diff: bool = False
) -> None:
    """Write the reports of several packages, and what went wrong to standard error."""
    total = len(reports.packages)
    for number, report in enumerate(reports.packages, start=1):
        if report.errors:
            screen.complain(
                f"{headline(report, number, total)}\n{error_text(report, color=screen.error_color)}"
            )
    # The errors were told: on a terminal twice would be once too often.
    told = Reports(tuple(replace(one, errors=()) for one in reports.packages))

    def draw(format_name: str, style: Style) -> str:
        return render_several(reports, format_name, replace(style, show_diff=show_diff))

    def draw_without_errors(format_name: str, style: Style) -> str:
        return render_several(told, format_name, replace(style, show_diff=show_diff))

    deliver(draw, destinations, screen, on_screen=draw_without_errors)
    if all(one.file is not None for one in destinations):
        screen.mention(summary_of(reports))


def deliver(
    draw: Callable[[str, Style], str],
    destinations: tuple[Destination, ...],
    screen: Screen,
    *,
    failure: Report | None = None,
    on_screen: Callable[[str, Style], str] | None = None,
) -> None:
    """Write what `draw` gives for a format to everywhere it was wanted.

    The errors of a `failure` are for standard error, and so replace what people would read otherwise.
    `on_screen` draws for people who read standard output, if that is to be something else.
    """
    if failure is not None:
        screen.complain(error_text(failure, color=screen.error_color))
    for one in destinations:
        if one.file is None and one.format not in _FOR_PEOPLE:
            screen.show(draw(one.format, Style()), "utf-8")
        elif one.file is None and failure is None:
            width = terminal_width()
            style = Style(color=screen.color)
            screen.show(
                (on_screen or draw)(one.format, style if width is None else replace(style, width=width))
            )
    for one in destinations:
        if one.file is not None:
            _write(one.file, draw(one.format, Style()))
            screen.mention(f"{one.format} written to {one.file}", verbosity=1)


def _write(file: Path, text: str) -> None:
    """Write a file so that others see the old or the new content, never a part."""
    content = text.encode("utf-8", "backslashreplace")
    target = Path(os.path.realpath(file))  # A link stays a link.
    try:
        if target.exists() and not target.is_file():  # A device or a pipe cannot be replaced.
            target.write_bytes(content)
            return
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            part.write_bytes(content)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise SemverdiffError(f"the report cannot be written to '{file}': {error.strerror}") from error
