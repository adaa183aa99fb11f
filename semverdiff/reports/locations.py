"""Where a CI system shows a finding: a file of the candidate, as its repository names it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

if TYPE_CHECKING:
    from semverdiff.artifact import ManifestPlace
    from semverdiff.changes import Excerpt
    from semverdiff.publish import PublishFinding
    from semverdiff.reports.formats.interface import Style
    from semverdiff.reports.model import ErrorEntry, Report
    from semverdiff.rules import Finding

__all__ = [
    "Location",
    "link_of",
    "location_of",
    "manifest",
    "mistake_location",
    "old_location_of",
    "publish_location",
    "verdict_location",
]


class Location(msgspec.Struct, frozen=True):
    """A path from the root of the repository, with `/`; line and column count from 1."""

    path: str
    line: int
    column: int


def location_of(finding: Finding, report: Report) -> Location | None:
    """Return where a finding is to be shown: at the thing as it is now, else at the version to change."""
    place = None if finding.new is None else _location(finding.new, report)
    if place is not None:
        return place
    if report.version_place is not None:
        return _location(report.version_place, report)
    return old_location_of(finding, report)


def old_location_of(finding: Finding, report: Report) -> Location | None:
    """Return where the thing was in the baseline, under the path that it would have here, if it had lines."""
    return None if finding.old is None else _location(finding.old, report)


def verdict_location(report: Report) -> Location | None:
    """Return where the version is said, which a failing check asks to change."""
    return None if report.version_place is None else _location(report.version_place, report)


def manifest(report: Report) -> Location:
    """Return the begin of the manifest, for services that show nothing without a place."""
    return Location(_path(report.manifest, report.folder), 1, 1)


def link_of(location: Location, style: Style) -> str | None:
    """Return the address of a line at the commit that is checked; `None` where nobody knows one."""
    if not style.source_url:
        return None
    path = quote(location.path, safe="/", errors="replace")
    return style.source_url.replace("{path}", path).replace("{line}", str(location.line))


def publish_location(finding: PublishFinding, report: Report) -> Location | None:
    """Return where something keeps a package from being published; None for one of an archive."""
    return None if finding.place is None or report.folder is None else _location(finding.place, report)


def mistake_location(entry: ErrorEntry) -> Location | None:
    """Return where something is wrong, as an error says; `None` where that is no line of a repository."""
    mistake = entry.mistake
    if mistake.file is None or mistake.line is None or entry.folder is None:
        return None
    return Location(_path(mistake.file, entry.folder), mistake.line, mistake.column or 1)


def _location(place: Excerpt | ManifestPlace, report: Report) -> Location | None:
    """Return a place of the package in its repository; what was compiled has no lines to show."""
    if place.line is None or place.column is None:
        return None
    return Location(_path(place.file, report.folder), place.line, place.column)


def _path(file: str, folder: str | None) -> str:
    return f"{folder}/{file}" if folder else file
