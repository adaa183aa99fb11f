"""What a change reaches, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import __version__, limits
from semverdiff.impact.reach import Concern, Reach, worst
from semverdiff.reports import Outcome, ReportedPackage, Skipped
from semverdiff.text import escape, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from semverdiff.errors import SemverdiffError
    from semverdiff.impact.reach import DependentReach, FindingReach, Meeting, Place
    from semverdiff.rules import Suppression

__all__ = ["Impact", "render", "render_failure", "summary"]

_SCHEMA_VERSION: Final = 1
_WORST_FIRST: Final = (Concern.BREAKS, Concern.UNKNOWN, Concern.SURVIVES)


class Impact(msgspec.Struct, frozen=True):
    """The comparison whose findings were followed, and what they reach; a first release has no `baseline`.

    What was `skipped` is not compared, so that what it reaches is not known.
    """

    candidate: ReportedPackage
    baseline: ReportedPackage | None
    baseline_reason: str | None
    reach: Reach
    notes: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def summary(impact: Impact) -> str:
    """Return in one sentence how many findings reach how many dependents."""
    reach = impact.reach
    if impact.baseline is None:
        return f"nothing to compare {impact.candidate.full_name} with: {impact.baseline_reason}"
    findings = len(reach.findings)
    versions = f"{impact.candidate.full_name} {impact.baseline.version} -> {impact.candidate.version}"
    if not findings and impact.skipped:
        return f"{versions}: no breaking change in what was compared"
    if not findings:
        return f"{versions}: no breaking change, so that no dependent breaks"
    concerns = Counter(map(worst, reach.by_dependent()))
    breaking = sum(_counts(one)[Concern.BREAKS] > 0 for one in reach.findings)
    total = plural(len(reach.dependents), "dependent")
    sentence = (
        f"{versions}: {breaking} of {plural(findings, 'breaking change')} "
        f"{'breaks' if breaking == 1 else 'break'} {concerns[Concern.BREAKS]} of {total}"
    )
    unknown = concerns[Concern.UNKNOWN]
    return f"{sentence}; of {unknown} more it could not be told" if unknown else sentence


def render(impact: Impact, format_name: str) -> str:
    """Return an impact in the format `text` or `json`."""
    if format_name == "text":
        return "".join(f"{escape(line)}\n" for line in _lines(impact))
    return _document(
        outcome="complete",
        candidate=msgspec.to_builtins(impact.candidate),
        baseline=None if impact.baseline is None else msgspec.to_builtins(impact.baseline),
        baseline_reason=impact.baseline_reason,
        counts=_all_counts(impact.reach),
        findings=[_finding(one, impact.reach) for one in impact.reach.findings],
        dependents=[
            _dependent(one, counts, impact.reach)
            for one, counts in zip(impact.reach.dependents, impact.reach.by_dependent(), strict=True)
        ],
        unread=[msgspec.to_builtins(one) for one in impact.reach.unread],
        skipped=[msgspec.to_builtins(one) for one in impact.skipped],
        notes=list(impact.notes),
        errors=[],
    )


def render_failure(error: SemverdiffError) -> str:
    """Return the JSON document of a run that failed: nothing was followed, and the errors say why."""
    errors = [
        {"code": error.code, "message": escape(one.message), "file": one.file, "line": one.line}
        for one in error.mistakes
    ]
    return _document(
        outcome=Outcome.ERROR.value,
        candidate=None,
        baseline=None,
        baseline_reason="",
        counts=_all_counts(Reach((), ())),
        findings=[],
        dependents=[],
        unread=[],
        skipped=[],
        notes=[],
        errors=errors,
    )


# JSON.


def _document(**values: object) -> str:
    tool = {"name": "semverdiff", "version": __version__}
    document = {"schema_version": _SCHEMA_VERSION, "tool": tool, **values}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _all_counts(reach: Reach) -> dict[str, object]:
    concerns = Counter(map(worst, reach.by_dependent()))
    return {
        "findings": len(reach.findings),
        "findings_that_break": sum(_counts(one)[Concern.BREAKS] > 0 for one in reach.findings),
        "dependents": len(reach.dependents),
        "importing": sum(one.imports for one in reach.dependents),
        "unread": len(reach.unread),
        "by_dependent": _named_counts(concerns),
    }


def _named_counts(concerns: Counter[Concern]) -> dict[str, int]:
    return {one.name.lower(): concerns[one] for one in Concern}


def _counts(finding: FindingReach) -> Counter[Concern]:
    return Counter(one.concern for one in finding.meetings)


def _finding(one: FindingReach, reach: Reach) -> dict[str, object]:
    finding = one.finding
    counts = _counts(one)
    counts[Concern.NOT_USED] = len(reach.dependents) - len(one.meetings)
    by_dependent = _named_counts(counts) if one.is_told else None
    return {
        "rule": finding.rule,
        "level": finding.level.word,
        "certainty": finding.certainty.value,
        "symbol": finding.symbol,
        "module": finding.module,
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        "suppressed": _suppressed(finding.suppressed),
        "told": one.is_told,
        "by_dependent": by_dependent,
        "dependents": [_meeting(meeting, reach) for meeting in one.meetings],
    }


def _suppressed(suppression: Suppression | None) -> object:
    return None if suppression is None else {"reason": suppression.reason, "until": suppression.until}


def _meeting(meeting: Meeting, reach: Reach) -> dict[str, object]:
    dependent = reach.dependents[meeting.dependent]
    return {
        "dependent": meeting.dependent,
        "package": dependent.full_name,
        "version": dependent.version,
        "concern": meeting.concern.name.lower(),
        "uses": [
            {
                "verdict": one.verdict.name.lower(),
                "use": one.use,
                "reason": one.reason,
                "file": one.file,
                "line": one.line,
                "column": one.column,
            }
            for one in meeting.places
        ],
    }


def _dependent(one: DependentReach, counts: Counter[Concern], reach: Reach) -> dict[str, object]:
    used = counts.total()
    return {
        "package": one.full_name,
        "version": one.version,
        "source": one.source,
        "imports": one.imports,
        "concern": worst(counts).name.lower(),
        "by_finding": _named_counts(counts) | {"not_used": len(reach.findings) - used},
    }


# Text.


def _lines(impact: Impact) -> Iterator[str]:
    reach = impact.reach
    yield summary(impact)
    for finding in sorted(reach.findings, key=_weight):
        if any(one.concern is not Concern.SURVIVES for one in finding.meetings):
            yield ""
            yield from _finding_lines(finding, reach)
    harmless = [one for one in reach.findings if _is_harmless(one)]
    for heading, is_told in (("change no dependent minds", True), ("change that no source tells", False)):
        listed = [one for one in harmless if one.is_told is is_told]
        if listed:
            yield ""
            yield from _listed(heading, listed)
    if reach.findings:
        yield from _dependent_lines(reach)
    if reach.unread:
        yield ""
        yield "not looked at:"
        yield from (f"  {one.source}: {one.why}" for one in reach.unread)
    if impact.skipped:
        yield ""
        yield "not compared:"
        yield from (f"  {one.what}: {one.why}" for one in impact.skipped)
    if impact.notes:
        yield ""
        yield from impact.notes


def _listed(heading: str, findings: Sequence[FindingReach]) -> Iterator[str]:
    noun, _, rest = heading.partition(" ")
    yield f"{plural(len(findings), f'breaking {noun}')} {rest}:"
    for number, one in enumerate(findings):
        if number == limits.LISTED_FINDINGS:
            yield f"  and {len(findings) - number} more"
            return
        yield f"  {one.finding.rule} {_symbol(one)}{_survivors(one)}"


def _weight(one: FindingReach) -> tuple[int, int]:
    counts = _counts(one)
    return -counts[Concern.BREAKS], -counts[Concern.UNKNOWN]


def _is_harmless(one: FindingReach) -> bool:
    return all(meeting.concern is Concern.SURVIVES for meeting in one.meetings)


def _survivors(one: FindingReach) -> str:
    return f": used by {plural(len(one.meetings), 'dependent')}" if one.meetings else ""


def _symbol(one: FindingReach) -> str:
    return f"{one.finding.symbol} ({one.finding.module})" if one.finding.module else one.finding.symbol


def _finding_lines(finding: FindingReach, reach: Reach) -> Iterator[str]:
    counts = _counts(finding)
    shown = ", ".join(f"{one.value} {counts[one]}" for one in _WORST_FIRST if counts[one])
    suppressed = " (suppressed)" if finding.finding.suppressed is not None else ""
    yield f"{finding.finding.rule} {_symbol(finding)}{suppressed}: {shown}"
    yield f"  {finding.finding.message}"
    told = [one for one in finding.meetings if one.concern is not Concern.SURVIVES]
    told.sort(key=lambda one: _WORST_FIRST.index(one.concern))
    for number, meeting in enumerate(told):
        if number == limits.LISTED_DEPENDENTS:
            yield f"  and {plural(len(told) - number, 'more dependent')}"
            return
        yield from _meeting_lines(meeting, reach.dependents[meeting.dependent])


def _meeting_lines(meeting: Meeting, dependent: DependentReach) -> Iterator[str]:
    yield f"  {meeting.concern.value}: {dependent.full_name} {dependent.version}"
    wanted = meeting.concern.value
    places = [one for one in meeting.places if one.verdict.value == wanted]
    for number, one in enumerate(places):
        if number == limits.LISTED_PLACES:
            yield f"    and {plural(len(places) - number, 'more place')}"
            return
        yield f"    {_where(one)} {one.use + ': ' if one.use else ''}{one.reason}"


def _where(place: Place) -> str:
    return place.file if place.line is None else f"{place.file}:{place.line}:{place.column}"


def _dependent_lines(reach: Reach) -> Iterator[str]:
    rows = [
        (worst(counts), counts[worst(counts)], f"{dependent.full_name} {dependent.version}")
        for dependent, counts in zip(reach.dependents, reach.by_dependent(), strict=True)
    ]
    rows = [row for row in rows if row[0] in {Concern.BREAKS, Concern.UNKNOWN}]
    rows.sort(key=lambda row: (_WORST_FIRST.index(row[0]), -row[1], row[2]))
    if rows:
        yield ""
        yield "by dependent:"
    for number, (concern, count, name) in enumerate(rows):
        if number == limits.LISTED_FINDINGS:
            yield f"  and {plural(len(rows) - number, 'more dependent')}"
            break
        yield f"  {name}: {concern.value}, by {plural(count, 'change')}"
    importing = sum(one.imports for one in reach.dependents)
    yield ""
    yield f"imported by {importing} of {plural(len(reach.dependents), 'package')}"
