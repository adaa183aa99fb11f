"""Several packages in a format for people: a headline for each, and in the end a line for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.reports.headlines import headline, package_name, summary_of
from semverdiff.reports.painting import Ink, painter
from semverdiff.reports.printable import printable_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.reports.model import Report, Reports
    from semverdiff.reports.style import Style

__all__ = ["render"]


def render(reports: Reports, draw: Callable[[Report], str], style: Style) -> str:
    """Put the drawn reports below each other."""
    paint = painter(color=style.color)
    total = len(reports.packages)
    parts = [
        f"{paint(headline(report, number, total), Ink.HEADING)}\n\n{draw(report)}"
        for number, report in enumerate(reports.packages, start=1)
    ]
    closing = [summary_of(reports)]
    closing += [f"  {package_name(one)}: {printable_text(one.summary)}" for one in reports.packages]
    return "\n".join([*parts, *closing]) + "\n"
