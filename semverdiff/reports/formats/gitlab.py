"""The format `gitlab`: a Code Quality report, whose entries GitLab shows in merge requests.

Entries are problems: the verdict where the check fails, breaking changes, additions, what else it fails by.
The widget compares them with those of the target branch by fingerprint, which has to be unique.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from semverdiff.reports import locations
from semverdiff.reports.printable import printable
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from semverdiff.reports.formats.interface import Style
    from semverdiff.reports.locations import Location
    from semverdiff.reports.model import Report, Reports

    Json: TypeAlias = bool | int | str | Sequence["Json"] | Mapping[str, "Json"] | None

__all__ = ["render", "render_all"]


def render(report: Report, _style: Style) -> str:
    """Return the report as a list of entries, empty where there is nothing to look at."""
    return _text(_entries(printable(report)))


def render_all(reports: Reports, _style: Style) -> str:
    """Return the entries of several packages as one list."""
    return _text(entry for report in reports.packages for entry in _entries(printable(report)))


def _text(entries: Iterable[dict[str, Json]]) -> str:
    seen: Counter[str] = Counter()
    unique: list[Json] = []
    for entry in entries:
        fingerprint = str(entry["fingerprint"])
        seen[fingerprint] += 1
        number = seen[fingerprint]
        unique.append({**entry, "fingerprint": fingerprint if number == 1 else f"{fingerprint}-{number}"})
    return msgspec.json.format(msgspec.json.encode(unique), indent=2).decode() + "\n"


def _entries(report: Report) -> Iterator[dict[str, Json]]:
    place = locations.verdict_location(report)
    name = "" if report.candidate is None else report.candidate.name
    prefix = f"{report.directory or ''}:{name}:"
    if report.is_failure:
        outcome = report.outcome.value
        version = report.version_to_write
        advice = "" if version is None else f" (suggested: {version})"
        about = f"{report.summary or outcome}{advice}"
        yield _entry(about, outcome, f"{prefix}{outcome}", "blocker", place or locations.manifest(report))
    for entry in report.errors:
        mistake = entry.mistake
        where = locations.mistake_location(entry)
        if where is not None:
            fingerprint = f"{prefix}{entry.code}:{where.path}:{where.line}:{mistake.message}"
            yield _entry(mistake.message, entry.code, fingerprint, "blocker", where)
    for problem in () if report.publish is None else report.publish.findings:
        where = locations.publish_location(problem, report) or locations.manifest(report)
        severity = "critical" if problem.is_error else "minor"
        fingerprint = f"{prefix}{problem.rule}:{problem.message}"
        yield _entry(f"{problem.message}. {problem.remedy}", problem.rule, fingerprint, severity, where)
    for one in () if report.publish is None else report.publish.unchecked:
        about = f"not checked: {one.why}"
        yield _entry(about, one.rule, f"{prefix}{one.rule}:{about}", "info", locations.manifest(report))
    for finding in report.findings:
        if not report.is_listed(finding):
            continue
        severity = "major" if finding.level is Level.MAJOR else "info"
        if report.fails_by(finding):
            severity = "critical"
        where = locations.location_of(finding, report) or locations.manifest(report)
        about = f"{finding.symbol}: {finding.message}. {finding.explanation or ''}".rstrip()
        yield _entry(about, finding.rule, f"{prefix}{finding.fingerprint}", severity, where)


def _entry(description: str, check: str, fingerprint: str, severity: str, place: Location) -> dict[str, Json]:
    return {
        "description": description,
        "check_name": check,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": place.path, "lines": {"begin": place.line}},
    }
