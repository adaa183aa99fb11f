"""What a format is: one file that draws a report, and how it is asked to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

if TYPE_CHECKING:
    from semverdiff.reports.model import Report, Reports

__all__ = ["Format", "Style"]


class Style(msgspec.Struct, frozen=True):
    """How a report is drawn. It never says what is in it.

    `color` allows ANSI sequences, `width` is the column at which sentences of `text` are wrapped, and on a
    `terminal`, which people read, every line;
    `show_diff` lists the changes in `bal` (the other formats always do), `verbose` lists in `text` every
    finding by itself with its rule, its fingerprint and the program around a line that breaks (JSON and HTML
    always do). `source_url` is the address of a line at the commit that is checked, with `{path}` and
    `{line}` in it; empty where nobody knows one. `package` and `baseline` stand for what the user typed,
    for the commands that come next: no report in a file has them.
    """

    color: bool = False
    width: int = 100
    terminal: bool = False
    show_diff: bool = False
    verbose: bool = False
    source_url: str = ""
    package: str = ""
    baseline: str = ""


class Format(Protocol):
    """A module of this folder. Both functions return a text that ends with a line break.

    What a CI system would obey in it is taken out afterwards (`reports/log_commands.py`).
    """

    def render(self, report: Report, style: Style) -> str:
        """Return the report as text."""

    def render_all(self, reports: Reports, style: Style) -> str:
        """Return the reports of several packages as one text."""
