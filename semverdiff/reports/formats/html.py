"""The format `html`: one page that needs neither a network nor a script, to attach to a pull request."""

from __future__ import annotations

import re
from base64 import b64encode
from difflib import SequenceMatcher
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from semverdiff import __version__
from semverdiff.reports import drawing
from semverdiff.reports.causes import CauseKind, causes_of
from semverdiff.reports.outline import Node, is_quiet, is_suppressed, is_undecided, outline
from semverdiff.reports.printable import printable
from semverdiff.text import plural
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Template

    from semverdiff.reports.formats.interface import Style
    from semverdiff.reports.model import Report, Reports
    from semverdiff.rules import Finding

__all__ = ["render", "render_all"]

# A name, a run of blanks, or one sign: what Ballerina would take for one token.
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# With more tokens than this the comparison costs more than the marks are worth.
_MANY_TOKENS = 400
# So many findings of one cause are linked; the others stand below, with the same words to filter by.
_LINKS = 50
_CODE_SPAN = re.compile(r"`([^`]+)`")


class Segment(msgspec.Struct, frozen=True):
    """A piece of a line, and whether it stands out: the other form lacks it, or it is code in a sentence."""

    text: str
    marked: bool


class Card(msgspec.Struct, frozen=True):
    """A finding with its marked forms.

    `shape` is its level, or what overrules it: the page filters by it. `moved` says where an unchanged
    form stood and stands; it replaces two forms that look the same.
    """

    finding: Finding
    anchor: str
    shape: str
    moved: str
    old: tuple[Segment, ...]
    new: tuple[Segment, ...]


class Group(msgspec.Struct, frozen=True):
    """The findings about one declaration, the largest level first."""

    kind: str
    name: str
    cards: tuple[Card, ...]


class Section(msgspec.Struct, frozen=True):
    """A module, or the package itself; its quiet findings stand apart."""

    kind: str
    name: str
    anchor: str
    groups: tuple[Group, ...]
    quiet: tuple[Card, ...]


class CauseRow(msgspec.Struct, frozen=True):
    """What made some findings, with links to the first of them; `more` of them have none here."""

    shape: str
    title: str
    count: int
    cards: tuple[Card, ...]
    more: int


class View(msgspec.Struct, frozen=True):
    """One report as the page shows it; `title` names package and outcome."""

    report: Report
    anchor: str
    title: str
    causes: tuple[CauseRow, ...]
    sections: tuple[Section, ...]
    suppressed: tuple[Card, ...]
    change_set: tuple[Card, ...]


def render(report: Report, _style: Style) -> str:
    """Return the page."""
    (view,) = _views((report,))
    return _page((view,), view.title)


def render_all(reports: Reports, _style: Style) -> str:
    """Return one page about several packages: a list of them, then each as on a page of its own."""
    views = _views(reports.packages)
    return _page(views, f"{plural(len(views), 'package')}: {reports.outcome}")


def _page(views: tuple[View, ...], title: str) -> str:
    return _template().render(views=views, title=title, tool=f"semverdiff {__version__}")


def _views(reports: tuple[Report, ...]) -> tuple[View, ...]:
    shown = [printable(report) for report in reports]
    # Of all comparisons together: a finding that two of them have gets an anchor in each.
    cards = _cards([finding for one in shown for finding in (*one.findings, *_since(one))])
    return tuple(_view(one, number, cards) for number, one in enumerate(shown, start=1))


def _view(report: Report, number: int, cards: dict[int, Card]) -> View:
    side = report.candidate
    subject = "" if side is None else f"{side.organization}/{side.name} {side.version}"
    return View(
        report=report,
        anchor=f"p-{number}",
        title=f"{subject}: {report.outcome}" if subject else str(report.outcome),
        causes=tuple(_causes(report, cards)),
        sections=tuple(_sections(report, cards, f"s-{number}" if number > 1 else "s")),
        suppressed=tuple(cards[id(one)] for one in report.findings if is_suppressed(one)),
        change_set=tuple(cards[id(one)] for one in sorted(_since(report), key=lambda one: -one.level)),
    )


def _causes(report: Report, cards: dict[int, Card]) -> Iterator[CauseRow]:
    """Yield what made the findings that somebody has to read, if any of it happens more than once."""
    findings = report.findings
    causes = [cause for cause in causes_of(findings) if cause.level > Level.PATCH]
    if all(len(cause.members) == 1 for cause in causes):
        return
    for cause in causes:
        shown = [cards[id(findings[at])] for at in cause.members]
        shape = "undecided" if cause.kind is CauseKind.UNDECIDED else cause.level.word
        yield CauseRow(shape, cause.title, len(shown), tuple(shown[:_LINKS]), max(len(shown) - _LINKS, 0))


def _since(report: Report) -> tuple[Finding, ...]:
    return report.change_set.findings if report.change_set is not None else ()


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
        content = (files("semverdiff.reports") / "templates" / file).read_text("utf-8")
        environment.globals[name] = Markup(content)  # noqa: S704 (trusted: a file of this program)
        environment.globals[f"{name}_digest"] = _digest(content)
    environment.globals.update(
        code_spans=_code_spans, excerpt_lines=drawing.excerpt_lines, place=drawing.place
    )
    return environment.get_template("report.html")


def _code_spans(sentence: str) -> tuple[Segment, ...]:
    """Return the code between back quotes from the words around it."""
    parts = _CODE_SPAN.split(sentence)
    return tuple(Segment(part, marked=number % 2 == 1) for number, part in enumerate(parts) if part)


def _digest(content: str) -> str:
    """Return the digest by which the page's policy lets its own style and script through."""
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


def _cards(findings: list[Finding]) -> dict[int, Card]:
    """Return the cards by the identity of their findings; twins get anchors of their own."""
    cards: dict[int, Card] = {}
    seen: dict[str, int] = {}
    for finding in findings:
        count = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        anchor = f"f-{finding.fingerprint}" + ("" if count == 1 else f"-{count}")
        old, new = _forms(finding)
        cards[id(finding)] = Card(
            finding, anchor, _shape(finding), " → ".join(drawing.places_of_same_form(finding)), old, new
        )
    return cards


def _forms(finding: Finding) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    old = "" if finding.old is None else finding.old.text
    new = "" if finding.new is None else finding.new.text
    if finding.old is None or finding.new is None:
        return (Segment(old, marked=False),), (Segment(new, marked=False),)
    return token_diff(old, new)


def token_diff(old: str, new: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Return both forms in segments. The segments of a form add up to it."""
    old_tokens, new_tokens = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(old_tokens) + len(new_tokens) > _MANY_TOKENS:
        return _whole(old), _whole(new)
    matcher = SequenceMatcher(None, old_tokens, new_tokens, autojunk=False)
    operations = matcher.get_opcodes()
    before = [Segment("".join(old_tokens[a:b]), tag != "equal") for tag, a, b, _, _ in operations if a < b]
    after = [Segment("".join(new_tokens[c:d]), tag != "equal") for tag, _, _, c, d in operations if c < d]
    return tuple(before), tuple(after)


def _whole(text: str) -> tuple[Segment, ...]:
    return (Segment(text, marked=False),) if text else ()


def _shape(finding: Finding) -> str:
    if is_suppressed(finding):
        return "suppressed"
    return "undecided" if is_undecided(finding) else finding.level.word


def _sections(report: Report, cards: dict[int, Card], prefix: str) -> list[Section]:
    """Return the package's own findings and the modules, the largest level first."""
    name = "" if report.candidate is None else report.candidate.name
    counted = [finding for finding in report.findings if not is_suppressed(finding)]
    root = outline(counted, name)
    modules = [child for child in root.children if child.step.kind == "module"]
    others = tuple(child for child in root.children if child.step.kind != "module")
    package = Node(root.step, root.findings, others)
    nodes = [package, *modules] if package.all_findings() else modules
    nodes.sort(key=lambda node: -node.level)
    return [_section(node, f"{prefix}-{number}", cards) for number, node in enumerate(nodes, start=1)]


def _section(node: Node, anchor: str, cards: dict[int, Card]) -> Section:
    """Return a module. Quiet findings stand together, whichever declaration they are about."""
    own = Node(node.step, node.findings, ())
    groups = [_group(part, cards) for part in (own, *node.children)]
    quiet = (finding for finding in node.all_findings() if is_quiet(finding))
    return Section(
        kind=node.step.kind,
        name=node.step.name,
        anchor=anchor,
        groups=tuple(group for group in groups if group.cards),
        quiet=tuple(cards[id(finding)] for finding in quiet),
    )


def _group(node: Node, cards: dict[int, Card]) -> Group:
    loud = [finding for finding in node.all_findings() if not is_quiet(finding)]
    loud.sort(key=lambda finding: -finding.level)
    return Group(node.step.kind, node.step.name, tuple(cards[id(finding)] for finding in loud))
