"""The format `html`: one page that needs neither a network nor a script, to attach to a pull request."""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec

from semverdiff import __version__
from semverdiff.reports import drawing, locations
from semverdiff.reports.cards import Deck, kind_of, shape_of
from semverdiff.reports.outline import is_about_package, is_undecided
from semverdiff.reports.pages import TEMPLATES, page_environment, rendered
from semverdiff.reports.printable import printable
from semverdiff.text import plural
from semverdiff.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from minijinja import Environment

    from semverdiff.reports.cards import Chapter
    from semverdiff.reports.formats.interface import Style
    from semverdiff.reports.locations import Location
    from semverdiff.reports.model import Report, Reports
    from semverdiff.rules import Finding
    from semverdiff.rules.page_model import RulePage
    from semverdiff.versions import Level

__all__ = ["render", "render_all"]

# Modules, or kinds of declarations where there is one module, that get a bar of their own.
_MOST_BARS = 40
# Of a page with more findings than this a browser with a script makes the rows that are looked at: 200,000
# elements would take it seconds.
_MANY_FINDINGS = 1_000
_SHAPES = ("major", "undecided", "minor", "patch", "suppressed")
_REMEDIES = {
    Outcome.UNDER_BUMPED: (
        "{write}. A break that is meant to go out as {declared} needs a suppression: `semver suppress` "
        "writes it, and every finding below has its lines to copy."
    ),
    Outcome.ALREADY_PUBLISHED: "{write}.",
    Outcome.UNDECIDED: (
        "Review what could not be decided. If none of it breaks a client, {declared} is right; "
        "`{line}` is right in any case."
    ),
    Outcome.GATE_FAILED: "Read below which gate failed.",
}


class Piece(msgspec.Struct, frozen=True):
    """A part of a bar, in hundredths of the longest one."""

    shape: str
    start: str
    width: str


class Bar(msgspec.Struct, frozen=True):
    """How many findings of each shape a module has; `facet` is the filter that shows them."""

    facet: str
    name: str
    counts: tuple[tuple[str, int], ...]
    pieces: tuple[Piece, ...]


class View(msgspec.Struct, frozen=True):
    """One report as the page shows it; `title` names package and outcome.

    `suffix` tells what is named alike of several packages apart. `remedy` is what to do now, empty where
    nothing is to be done; `caption` names the versions between which clients break. `required` and
    `required_since` are the words of the steps that are required in all and since the change set began, empty
    where none is known: of a level the template sees the number alone. `more_bars` have no room.
    """

    report: Report
    anchor: str
    title: str
    suffix: str
    remedy: str
    caption: str
    required: str
    chapters: tuple[Chapter, ...]
    change_set: Chapter | None
    required_since: str
    bars: tuple[Bar, ...]
    more_bars: int


def render(report: Report, style: Style) -> str:
    """Return the page."""
    (view,) = _views((report,))
    return _page((view,), view.title, style)


def render_all(reports: Reports, style: Style) -> str:
    """Return one page about several packages: a table of them, then each as on a page of its own."""
    views = _views(reports.packages)
    return _page(views, f"{plural(len(views), 'package')}: {reports.outcome}", style)


def _page(views: tuple[View, ...], title: str, style: Style) -> str:
    count = sum(len(view.report.findings) for view in views)
    return rendered(
        _environment(),
        "report.html",
        views=views,
        title=title,
        tool=f"semverdiff {__version__}",
        rules=_rule_pages(views),
        link=_linker(style),
        version_link=lambda report: _link(locations.verdict_location(report), style),
        is_long=count > _MANY_FINDINGS,
        # The levels that undecided findings count as: the filter has those apart, the tiles have not.
        divided=sorted(
            {one.level.word for view in views for one in view.report.findings if is_undecided(one)}
        ),
    )


def _views(reports: tuple[Report, ...]) -> tuple[View, ...]:
    # Of all packages together: what two of them have gets a name in each.
    deck = Deck()
    return tuple(_view(printable(report), number, deck) for number, report in enumerate(reports, start=1))


def _view(report: Report, number: int, deck: Deck) -> View:
    side = report.candidate
    subject = "" if side is None else f"{side.full_name} {side.version}"
    prefix = f"s-{number}" if number > 1 else "s"
    directory = "" if report.directory is None else f" in {report.directory}"
    bars = _bars(report.findings)
    since = report.change_set
    return View(
        report=report,
        anchor=f"p-{number}",
        title=f"{subject}: {report.outcome}" if subject else str(report.outcome),
        suffix=f" of {subject}{directory}" if directory else "",
        remedy=_remedy(report),
        caption=_caption(report),
        required=_word(report.required_bump),
        chapters=tuple(deck.chapters(report.findings, prefix)),
        change_set=None
        if since is None
        else deck.single_chapter("In this change set", since.findings, f"{prefix}-since"),
        required_since="" if since is None else _word(since.required_bump),
        bars=bars[:_MOST_BARS],
        more_bars=max(len(bars) - _MOST_BARS, 0),
    )


def _word(level: Level | None) -> str:
    return "" if level is None else level.word


def _remedy(report: Report) -> str:
    """Return what to do now."""
    sentence = _REMEDIES.get(report.outcome, "")
    if report.candidate is None or report.suggested_version is None:
        return sentence if "{" not in sentence else ""
    line = report.ecosystem.written(report.suggested_version)
    version = f"`{line}` in {report.manifest}"
    write = f"Run `semver bump`, which sets {version}" if report.is_bumpable else f"Set {version}"
    return sentence.format(line=line, declared=report.candidate.version, write=write)


def _caption(report: Report) -> str:
    """Return the two versions between which clients break."""
    old = None if report.baseline is None else report.baseline.version
    new = None if report.candidate is None else report.candidate.version
    if old is None or new is None or old == new:
        return "compiles with the old version, not with the new one"
    return f"compiles with {old}, not with {new}"


def _bars(findings: Sequence[Finding]) -> tuple[Bar, ...]:
    """Return the bars of the modules, or of kinds of declarations if there is one module.

    Those with most of the largest level come first.
    """
    modules = {finding.module for finding in findings if not is_about_package(finding)}
    facet, name_of = ("module", _module) if len(modules) > 1 else ("kind", kind_of)
    counted: dict[str, dict[str, int]] = {}
    for finding in findings:
        counts = counted.setdefault(name_of(finding), dict.fromkeys(_SHAPES, 0))
        counts[shape_of(finding)] += 1
    used = [shape for shape in _SHAPES if any(counts[shape] for counts in counted.values())]
    most = max((sum(counts.values()) for counts in counted.values()), default=0)
    bars = [
        Bar(facet, name, tuple((shape, counts[shape]) for shape in used), tuple(_pieces(counts, most)))
        for name, counts in counted.items()
    ]
    return tuple(sorted(bars, key=lambda bar: (*(-count for _, count in bar.counts), bar.name)))


def _pieces(counts: Mapping[str, int], most: int) -> Iterator[Piece]:
    """Yield the parts of a bar from left to right."""
    start = 0.0
    for shape, count in counts.items():
        width = 100 * count / most
        if count:
            yield Piece(shape, f"{start:.2f}", f"{width:.2f}")
        start += width


def _module(finding: Finding) -> str:
    return "" if is_about_package(finding) else finding.module


def _rule_pages(views: Iterable[View]) -> dict[str, RulePage]:
    """Return what the rules of the page mean; those of tests and of later versions are not known."""
    found: dict[str, RulePage] = {}
    catalogues = {name: view.report.ecosystem.catalogue for view in views for name in _rules_of(view.report)}
    for name, catalogue in sorted(catalogues.items(), key=itemgetter(0)):
        page = catalogue.rule_page(name)
        if page is not None:
            found[name] = page
    return found


def _rules_of(report: Report) -> set[str]:
    since = () if report.change_set is None else report.change_set.findings
    return {finding.rule for finding in (*report.findings, *since)}


def _linker(style: Style) -> Callable[[Finding, Report], str | None]:
    """Return the function that tells the address of a finding's new form, `None` where nobody knows one."""

    def link(finding: Finding, report: Report) -> str | None:
        if finding.new is None or not style.source_url:
            return None
        return _link(locations.location_of(finding, report), style)

    return link


def _link(location: Location | None, style: Style) -> str | None:
    return None if location is None else locations.link_of(location, style)


@cache
def _environment() -> Environment:
    """Return the template and what it calls, compiled once however many packages are reported."""
    environment = page_environment((TEMPLATES,), style=("report.css",), script=("report.js",))
    for function in (drawing.excerpt_lines, drawing.place):
        environment.add_global(function.__name__, function)
    return environment
