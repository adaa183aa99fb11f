"""Where a CI system shows a finding: a file of the candidate, as its repository names it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from semverdiff.verdict import Outcome
from semverdiff.versions import Level

if TYPE_CHECKING:
    from semverdiff.compare import Excerpt
    from semverdiff.reports.formats.interface import Style
    from semverdiff.reports.model import Place, Report
    from semverdiff.rules import Finding

__all__ = [
    "FAILURES",
    "Location",
    "is_listed",
    "is_serious",
    "link_of",
    "location_of",
    "old_location_of",
    "verdict_location",
]

FAILURES = frozenset(
    {
        Outcome.UNDER_BUMPED,
        Outcome.ALREADY_PUBLISHED,
        Outcome.GATE_FAILED,
        Outcome.UNDECIDED,
        Outcome.NOTHING_CHECKED,
        Outcome.ERROR,
    }
)


class Location(msgspec.Struct, frozen=True):
    """A path from the root of the repository, with `/`; line and column count from 1."""

    path: str
    line: int
    column: int


def location_of(finding: Finding, report: Report, style: Style) -> Location | None:
    """Return where a finding is to be shown: at the thing as it is now, else at the version to change."""
    if finding.new is not None:
        return _location(finding.new, report, style)
    if report.version_place is not None:
        return _location(report.version_place, report, style)
    return old_location_of(finding, report, style)


def old_location_of(finding: Finding, report: Report, style: Style) -> Location | None:
    """Return where the thing was in the baseline, under the path that it would have here."""
    return None if finding.old is None else _location(finding.old, report, style)


def verdict_location(report: Report, style: Style) -> Location | None:
    """Return where the version is said, which a failing check asks to change."""
    return None if report.version_place is None else _location(report.version_place, report, style)


def link_of(location: Location, style: Style) -> str | None:
    """Return the address of a line at the commit that is checked; `None` where nobody knows one."""
    if not style.source_url:
        return None
    path = quote(location.path, safe="/", errors="replace")
    return style.source_url.replace("{path}", path).replace("{line}", str(location.line))


def is_listed(finding: Finding) -> bool:
    """Return whether a finding is worth a line of a review: it counts, and clients may notice it."""
    return finding.suppressed is None and finding.level > Level.PATCH


def is_serious(finding: Finding, report: Report) -> bool:
    """Return whether a finding makes the check fail."""
    return finding.level is Level.MAJOR and report.outcome in FAILURES


def _location(place: Excerpt | Place, report: Report, style: Style) -> Location:
    parts = (style.directory, report.directory or "", place.file)
    path = "/".join(part for part in parts if part not in {"", "."})
    return Location(path, place.line, place.column)
