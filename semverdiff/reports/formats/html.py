"""The format `html`: one page that needs neither a network nor a script, to attach to a pull request."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from semverdiff import __version__
from semverdiff.reports import drawing, locations
from semverdiff.reports.cards import Deck, kind_of, shape_of
from semverdiff.reports.outline import is_about_package
from semverdiff.reports.printable import printable
from semverdiff.reports.tokens import code_spans
from semverdiff.rules import rule
from semverdiff.rules.examples import CODE
from semverdiff.rules.pages import page_of
from semverdiff.text import plural
from semverdiff.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from jinja2 import Template

    from semverdiff.reports.cards import Chapter
    from semverdiff.reports.formats.interface import Style
    from semverdiff.reports.locations import Location
    from semverdiff.reports.model import Report, Reports
    from semverdiff.rules import Finding
    from semverdiff.rules.pages import RulePage

__all__ = ["render", "render_all"]

_COMMENT = re.compile(r"(?m)^\s*(?:(?://.*|/\*.*\*/)\n\s*)*")
# Modules, or kinds of declarations where there is one module, that get a bar of their own.
_MOST_BARS = 40
# Of a page with more findings than this a browser with a script makes the rows that are looked at: 200,000
# elements would take it seconds.
_MANY_FINDINGS = 1_000
_SHAPES = ("major", "undecided", "minor", "patch", "suppressed")
_REMEDIES = {
    Outcome.UNDER_BUMPED: (
        'Set `version = "{version}"` in Ballerina.toml. A break that is meant to go out as {declared} needs '
        "a `[[suppress]]` entry in Semver.toml: every finding below has its lines to copy."
    ),
    Outcome.ALREADY_PUBLISHED: 'Set `version = "{version}"` in Ballerina.toml.',
    Outcome.UNDECIDED: (
        "Review what could not be decided. If none of it breaks a client, {declared} is right; "
        '`version = "{version}"` is right in any case.'
    ),
    Outcome.GATE_FAILED: "Read below which gate failed.",
}


class Bar(msgspec.Struct, frozen=True):
    """How many findings of each shape a module has; `facet` is the filter that shows them."""

    facet: str
    name: str
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """The number of its findings."""
        return sum(count for _, count in self.counts)


class View(msgspec.Struct, frozen=True):
    """One report as the page shows it; `title` names package and outcome.

    `suffix` tells what is named alike of several packages apart. `remedy` is what to do now, empty where
    nothing is to be done; `caption` names the versions between which clients break. `more_bars` have no room.
    """

    report: Report
    anchor: str
    title: str
    suffix: str
    remedy: str
    caption: str
    chapters: tuple[Chapter, ...]
    change_set: Chapter | None
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
    return _template().render(
        views=views,
        title=title,
        tool=f"semverdiff {__version__}",
        rules=_rule_pages(views),
        link=_linker(style),
        version_link=lambda report: _link(locations.verdict_location(report), style),
        is_long=count > _MANY_FINDINGS,
    )


def _views(reports: tuple[Report, ...]) -> tuple[View, ...]:
    # Of all packages together: what two of them have gets a name in each.
    deck = Deck()
    return tuple(_view(printable(report), number, deck) for number, report in enumerate(reports, start=1))


def _view(report: Report, number: int, deck: Deck) -> View:
    side = report.candidate
    subject = "" if side is None else f"{side.organization}/{side.name} {side.version}"
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
        chapters=tuple(deck.chapters(report.findings, prefix)),
        change_set=None
        if since is None
        else deck.single_chapter("In this change set", since.findings, f"{prefix}-since"),
        bars=bars[:_MOST_BARS],
        more_bars=max(len(bars) - _MOST_BARS, 0),
    )


def _remedy(report: Report) -> str:
    """Return what to do now."""
    sentence = _REMEDIES.get(report.outcome, "")
    if report.candidate is None or report.suggested_version is None:
        return sentence if "{" not in sentence else ""
    return sentence.format(version=report.suggested_version, declared=report.candidate.version)


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
    bars = [
        Bar(facet, name, tuple((shape, counts[shape]) for shape in used)) for name, counts in counted.items()
    ]
    return tuple(sorted(bars, key=lambda bar: (*(-count for _, count in bar.counts), bar.name)))


def _module(finding: Finding) -> str:
    return "" if is_about_package(finding) else finding.module


def _rule_pages(views: Iterable[View]) -> dict[str, RulePage]:
    """Return what the rules of the page mean; those of tests and of later versions are not known."""
    found: dict[str, RulePage] = {}
    for name in sorted({name for view in views for name in _rules_of(view.report)}):
        known = rule(name)
        if known is not None:
            found[name] = page_of(known)
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
def _template() -> Template:
    """Compile the template, once however many packages are reported."""
    environment = Environment(
        loader=PackageLoader("semverdiff.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for name, file in (("style", "report.css"), ("script", "report.js")):
        content = _compact((files("semverdiff.reports") / "templates" / file).read_text("utf-8"))
        environment.globals[name] = Markup(content)  # noqa: S704 (trusted: a file of this program)
        environment.globals[f"{name}_digest"] = _digest(content)
    environment.globals.update(
        code_spans=code_spans,
        excerpt_lines=drawing.excerpt_lines,
        place=drawing.place,
        lone_file=CODE,
    )
    return environment.get_template("report.html")


def _compact(content: str) -> str:
    """Return a style or script without indentation and comments: whoever reads those opens the file."""
    return _COMMENT.sub("", content)


def _digest(content: str) -> str:
    """Return the digest by which the page's policy lets its own style and script through."""
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
