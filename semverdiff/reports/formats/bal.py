"""The format `bal`: the layout of `bal semver`, line by line, with our kinds, names and levels.

Where it differs from the reference on purpose:

* Levels are decided, so `AMBIGUOUS` stands only at findings that could not be, and `UNKNOWN` nowhere;
  the list under the sentence about ambiguous changes is complete.
* Members, services and parameters carry their names; a removed module prints as removed.
* Parts that nobody outside can see are not listed, and neither are suppressed findings.
* Lines of one group are ordered by name instead of by a hash.
* The suggestion is the version that the checks require, which knows what is published already; where
  nothing was compared the summary stands in place of the impact.
* A kind that the reference does not compare (`listener`, `annotation`) keeps our word.
* What a change set accepts itself (`--accept-settings`) stands in a line before everything.
* With `--publish` lines follow that begin with `error:` and `warning:`, in the words of `bal` where it has
  some.
* With `--merge-base` a second list follows, of the changes since then, and a line with its impact.
* Errors end the report: `error: ` and the sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.changes import Change
from semverdiff.reports import drawing
from semverdiff.reports.outline import is_suppressed, is_undecided, outline
from semverdiff.reports.printable import printable
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.reports.formats.interface import Style
    from semverdiff.reports.model import Report, Reports
    from semverdiff.reports.outline import Node
    from semverdiff.rules import Finding

__all__ = ["render", "render_all"]

# Our kinds in the words of the reference, by the kind of the thing that holds them where that matters.
_KINDS = {
    "client class": "class",
    "configurable": "module variable",
    "constant": "module constant",
    "enum": "enum declaration",
    "error type": "type definition",
    "method": "function",
    "object type": "type definition",
    "record": "type definition",
    "remote method": "remote function",
    "resource": "resource function",
    "type": "type definition",
    "variable": "module variable",
}
_FIELD_KINDS = {"class": "object field", "service": "service field"}

# The order of the groups in a module, and the indentation, which goes by kind and not by depth.
_ORDER = (
    "function", "remote function", "resource function", "service", "module variable", "module constant",
    "class", "type definition", "enum declaration",
)  # fmt: skip
_OUTER = frozenset(_ORDER) - {"remote function", "resource function"}
# Parents of other kinds are transparent: only what is inside of them is printed.
_PRINTED = frozenset(_ORDER) | {"package", "module", "object field", "enum member"}
# What was added or removed has one generic sentence; other kinds have that of the finding.
_GENERIC = (_PRINTED | {"service field"}) - {"enum member"}

_AMBIGUOUS = "AMBIGUOUS"
_AMBIGUOUS_STATUS = (
    "one or more changes detected with ambiguous level of impact. the developer is expected to manually "
    "review the changes below and choose an appropriate version"
)


def render(report: Report, style: Style) -> str:
    """Return the suggestion, before it the list of changes if the style asks for it."""
    shown = printable(report)
    if shown.errors:
        return "".join(f"error: {entry.mistake.message}\n" for entry in shown.errors)
    lines = [shown.accepted] if shown.accepted else []
    lines += [*_changes(shown), *_change_set(shown)] if style.show_diff else []
    closing = [*drawing.closing_lines(shown, _status(_counted(shown.findings))), *_change_set_impact(shown)]
    closing += _publish(shown)
    instead = [shown.summary] if not shown.is_comparison and shown.summary else []
    if closing or instead:
        lines = [*lines, "", *closing, *instead]
    return "\n".join(lines) + "\n"


def render_all(reports: Reports, style: Style) -> str:
    """Return the reports of several packages below each other."""
    return drawing.one_below_the_other(reports, lambda report: render(report, style), style)


def _changes(report: Report) -> Iterator[str]:
    counted = _counted(report.findings)
    if not report.is_comparison or report.candidate is None or report.baseline is None:
        return
    if not counted:
        yield "no changes detected"
        return
    yield from drawing.title_bar(report.candidate.version, "local", report.baseline.version, "central")
    yield from _node(outline(counted, report.candidate.name), "")


def _change_set(report: Report) -> Iterator[str]:
    since = report.change_set
    if report.candidate is None or since is None or since.baseline is None:
        return
    if counted := _counted(since.findings):
        yield from drawing.title_bar(report.candidate.version, "local", since.baseline.version, "git")
        yield from _node(outline(counted, report.candidate.name), "")


def _change_set_impact(report: Report) -> list[str]:
    since = report.change_set
    if since is None:
        return []
    status = (
        drawing.STATUS[drawing.highest_level(_counted(since.findings))]
        if since.baseline is not None
        else "the package is new"
    )
    return [f"change set impact (since {since.reason}): {status}"]


def _publish(report: Report) -> Iterator[str]:
    """Yield what keeps the package from being published, as `bal` prints errors and warnings."""
    if report.publish is None:
        return
    for finding in report.publish.findings:
        yield f"{finding.severity}: {finding.prints or finding.message}"
    for one in report.publish.unchecked:
        yield f"not checked: {one.rule}: {one.why}"


def _node(node: Node, parent_kind: str) -> Iterator[str]:
    """Return the line of a construct and, depth first, those of its changes and parts."""
    kind = _kind(node.step.kind, parent_kind)
    for finding in node.added_or_removed:
        yield _line(
            drawing.sign(finding),
            _added_or_removed_text(finding, kind, node.step.name),
            _impact([finding]),
            kind,
        )
    if not node.changes and not node.children:
        return
    if kind in _PRINTED:
        text = f"{kind} '{node.step.name}' is modified"
        yield _line("[+-]", text, _impact([*node.changes, *_below(node)]), kind)
    for finding in node.changes:
        yield _line(drawing.sign(finding), finding.message, _impact([finding]), "")
    for child in sorted(node.children, key=lambda child: _group(child, kind)):
        yield from _node(child, kind)


def _below(node: Node) -> Iterator[Finding]:
    for child in node.children:
        yield from child.all_findings()


def _added_or_removed_text(finding: Finding, kind: str, name: str) -> str:
    """Return the generic sentence for a construct of the reference, else the finding's own."""
    if kind in _GENERIC:
        return f"{kind} '{name}' is {finding.change.value}"
    return finding.message


def _line(mark: str, text: str, word: str, kind: str) -> str:
    match kind:
        case "package":
            indent = 0
        case "module":
            indent = 2
        case _:
            indent = 4 if kind in _OUTER else 6
    return f"{' ' * indent}{mark} {text} [version impact: {word}]"


def _kind(kind: str, parent_kind: str) -> str:
    if kind == "field":
        return _FIELD_KINDS.get(parent_kind, kind)
    return _KINDS.get(kind, kind)


def _group(node: Node, parent_kind: str) -> tuple[int, int, str]:
    """Return the place of a construct among its siblings: kind, then added, removed, modified, then name."""
    kind = _kind(node.step.kind, parent_kind)
    order = _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
    changes = {finding.change for finding in node.added_or_removed}
    state = 0 if Change.ADDED in changes else 1 if Change.REMOVED in changes else 2
    return order, state, node.step.name


def _impact(findings: Iterable[Finding]) -> str:
    """Return the largest word; the reference ranks what nobody could decide between major and minor."""
    words = {_word(finding) for finding in findings}
    return next(
        word
        for word in (Level.MAJOR.name, _AMBIGUOUS, Level.MINOR.name, Level.PATCH.name, Level.NONE.name)
        if word in words
    )


def _word(finding: Finding) -> str:
    return _AMBIGUOUS if is_undecided(finding) else finding.level.name


def _counted(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if not is_suppressed(finding)]


def _status(counted: list[Finding]) -> str:
    """Return the sentence for the largest impact, with a list of what could not be decided if that is it."""
    if not counted or _impact(counted) != _AMBIGUOUS:
        return drawing.STATUS[drawing.highest_level(counted)]
    undecided = [finding for finding in counted if is_undecided(finding)]
    return "\n".join(
        [_AMBIGUOUS_STATUS, *(_line(drawing.sign(one), one.message, _AMBIGUOUS, "") for one in undecided)]
    )
