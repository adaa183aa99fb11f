"""The report of a run that an error ended: as valid as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.errors import NothingToCheckError
from semverdiff.reports.model import ErrorEntry, Outcome, Report, ReportedPackage

if TYPE_CHECKING:
    from semverdiff.errors import SemverdiffError
    from semverdiff.packages import Package

__all__ = ["failed"]


def failed(error: SemverdiffError, candidate: Package | None = None) -> Report:
    """Return the report with every mistake of the error, and the candidate if it was read by then."""
    nothing_to_check = isinstance(error, NothingToCheckError)
    return Report(
        outcome=Outcome.NOTHING_CHECKED if nothing_to_check else Outcome.ERROR,
        candidate=None if candidate is None else ReportedPackage.of(candidate),
        errors=tuple(ErrorEntry(error.code, mistake, error.exit_code) for mistake in error.mistakes),
        summary=error.mistakes[0].message if error.mistakes else "",
    )
