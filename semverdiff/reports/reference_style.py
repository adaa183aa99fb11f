"""The words and marks that `text` and `bal` share with `bal semver`: title bar, signs, closing lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.compare import Change
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.reports.model import Report
    from semverdiff.rules import Finding

__all__ = ["STATUS", "closing_lines", "impact", "sign", "title_bar"]

_SIGNS = {Change.ADDED: "[++]", Change.REMOVED: "[--]", Change.MODIFIED: "[+-]"}

STATUS = {
    Level.NONE: "no changes detected",
    Level.PATCH: "patch-compatible changes detected",
    Level.MINOR: "patch-incompatible changes detected",
    Level.MAJOR: "backward-incompatible changes detected",
}


def title_bar(new_version: str, new_place: str, old_version: str, old_place: str) -> list[str]:
    """Return an empty line and the title between two rows of `=` that are exactly as long."""
    title = f" Comparing version '{new_version}'({new_place}) with version '{old_version}'({old_place}) "
    row = "=" * len(title)
    return ["", row, title, row]


def sign(finding: Finding) -> str:
    """Return the mark of a line: a lost qualifier is a loss, although the function that had it is there."""
    if finding.rule.endswith("-added"):
        return _SIGNS[Change.ADDED]
    if finding.rule.endswith("-removed"):
        return _SIGNS[Change.REMOVED]
    return _SIGNS[finding.change]


def impact(findings: Iterable[Finding]) -> Level:
    """Return the largest level of some findings."""
    return max((finding.level for finding in findings), default=Level.NONE)


def closing_lines(report: Report, status: str) -> list[str]:
    """Return the last block of the reference; `status` says what the changes mean for clients."""
    if report.candidate is None:
        return []
    lines = [f"current version: {report.candidate.version}"]
    if report.is_comparison and report.baseline is not None:
        compared = f"compared with the release version '{report.baseline.version}'"
        lines.append(f"compatibility impact ({compared}): {status}")
    if report.required_version is not None:
        lines.append(f"suggested version: {report.required_version}")
    return lines
