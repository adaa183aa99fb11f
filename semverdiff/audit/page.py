"""The pages of an audit, which need neither a network nor a script: what was found, and what it took."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import __version__
from semverdiff.audit.plots import shares_plot, times_plot
from semverdiff.audit.summary import one_in, share
from semverdiff.reports.pages import TEMPLATES, page_environment, rendered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from minijinja import Environment

    from semverdiff.audit.headline import Group
    from semverdiff.audit.report import Report

__all__ = ["pages_of"]

_TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
_MOST_BARS: Final = 30
_SLOWEST: Final = 20


class Part(msgspec.Struct, frozen=True):
    """Groups of releases under a title, with a plot of them; `more` are in the tables only."""

    title: str
    caption: str
    groups: tuple[Group, ...]
    plot: str
    more: int = 0


def pages_of(report: Report) -> Iterator[tuple[str, bytes]]:
    """Yield the names of files and their contents; `audit.html` depends on what was judged alone."""
    environment = page_environment((_TEMPLATES, TEMPLATES), style=("report.css", "audit.css"))
    environment.add_global("share", share)
    environment.add_global("one_in", one_in)
    yield "audit.html", _audit_page(environment, report)
    yield "times.html", _times_page(environment, report)


def _audit_page(environment: Environment, report: Report) -> bytes:
    headline = report.headline
    parts = (
        _part("By year", "the year of the release", headline.years),
        _part("By declared step", "the step from the version before", headline.declared),
        _part("By organization", "", headline.organizations),
        _part("By origin", "whether most of the sources say that a generator wrote them", headline.origins),
        _part("Packages", "those that hid most breaks", headline.most_breaking),
    )
    return _page(environment, "audit.html", headline=headline, parts=[one for one in parts if one.groups])


def _part(title: str, caption: str, groups: Sequence[Group]) -> Part:
    shown = tuple(sorted(groups, key=lambda one: -one.count.releases)[:_MOST_BARS])
    if len(groups) <= _MOST_BARS:
        shown = tuple(groups)
    plot = _image(shares_plot(shown)) if shown else ""
    return Part(title, caption, shown, plot, len(groups) - len(shown))


def _times_page(environment: Environment, report: Report) -> bytes:
    measured = [
        (row, cost)
        for row, cost in zip(report.rows, report.costs, strict=True)
        if cost is not None and cost.cpu is not None
    ]
    slowest = sorted(measured, key=lambda one: -(one[1].cpu or 0))[:_SLOWEST]
    points = [
        (row.source_bytes, cost.cpu) for row, cost in measured if row.source_bytes and cost.cpu is not None
    ]
    seconds = sorted(cost.cpu or 0 for _, cost in measured)
    return _page(
        environment,
        "times.html",
        count=len(seconds),
        total=sum(seconds),
        median=seconds[len(seconds) // 2] if seconds else 0,
        most=seconds[-1] if seconds else 0,
        plot=_image(times_plot(points)) if points else "",
        slowest=[(row.package, row.version, row.source_bytes or 0, cost.cpu) for row, cost in slowest],
    )


def _page(environment: Environment, template: str, **values: object) -> bytes:
    page = rendered(environment, template, tool=f"semverdiff {__version__}", **values)
    return page.encode("utf-8", "backslashreplace")


def _image(svg: bytes) -> str:
    """Return the address of a picture that is part of the page: its own style is not that of the page."""
    return f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
