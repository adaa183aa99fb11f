"""Where a report goes: reading `NAME[=FILE]`, and writing each report to its place."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semverdiff.cli.failures import error_text
from semverdiff.cli.screen import terminal_width
from semverdiff.errors import SemverdiffError
from semverdiff.reports import FORMATS, Style, render

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from semverdiff.cli.screen import Screen
    from semverdiff.reports import Report

__all__ = ["Destination", "DestinationType", "deliver"]

# Formats for people follow the terminal; programs that read the others rely on UTF-8.
_FOR_PEOPLE = frozenset({"text", "bal"})


@dataclass(frozen=True, slots=True)
class Destination:
    """One report: its format, and the file it goes to; without a file, standard output."""

    format: str
    file: Path | None = None


class DestinationType(click.ParamType[Destination]):
    """Reads `NAME[=FILE]`."""

    name = "NAME[=FILE]"

    def convert(
        self, value: str | Destination, param: click.Parameter | None, ctx: click.Context | None
    ) -> Destination:
        """Read a destination, or complain about it."""
        if isinstance(value, Destination):
            return value
        name, equals, file = value.partition("=")
        if name not in FORMATS:
            self.fail(
                f"there is no format '{name}': expected one of {', '.join(FORMATS)}.{_meant(name)}",
                param,
                ctx,
            )
        if not equals:
            return Destination(name)
        if not file:
            self.fail(f"'{value}' names no file: expected {name}=FILE, or {name} alone.", param, ctx)
        return Destination(name, self._checked(Path(file), param, ctx))

    def _checked(self, file: Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Complain now about a file that could not be written after all the work."""
        if file.is_dir():
            self.fail(f"'{file}' is a directory: expected the name of a file to write.", param, ctx)
        if not file.parent.is_dir():
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

        return [CompletionItem(name) for name in FORMATS if name.startswith(incomplete)]


def _meant(name: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 (slow: only for a mistake)

    close = get_close_matches(name, FORMATS, n=1)
    return f" Did you mean '{close[0]}'?" if close else ""


def deliver(
    report: Report, destinations: tuple[Destination, ...], screen: Screen, *, show_diff: bool = False
) -> None:
    """Write the report to everywhere it was wanted, and what went wrong to standard error."""
    if report.errors:
        screen.complain(error_text(report, color=screen.error_color))
    for one in destinations:
        if one.file is None:
            _show(report, one.format, screen, show_diff=show_diff)
    for one in destinations:
        if one.file is not None:
            _write(one.file, render(report, one.format, Style(show_diff=show_diff)))
            screen.mention(f"{one.format} report written to {one.file}", verbosity=1)
    if all(one.file is not None for one in destinations) and not report.errors:
        screen.mention(report.summary)


def _show(report: Report, format_name: str, screen: Screen, *, show_diff: bool) -> None:
    if format_name not in _FOR_PEOPLE:
        screen.show(render(report, format_name, Style()), "utf-8")
    elif not report.errors:  # Those are on standard error already.
        style = Style(color=screen.color, show_diff=show_diff)
        width = terminal_width()
        screen.show(render(report, format_name, style if width is None else replace(style, width=width)))


def _write(file: Path, text: str) -> None:
    """Write a file so that others see the old or the new content, never a part."""
    content = text.encode("utf-8", "backslashreplace")
    target = file.resolve()  # A link stays a link.
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
