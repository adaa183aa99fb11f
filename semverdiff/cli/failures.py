"""What becomes of errors: a sentence for the user, and a report that is as valid as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import verdict
from semverdiff.errors import SemverdiffError
from semverdiff.reports import Report, Style, render

if TYPE_CHECKING:
    from semverdiff.reports import Reports

_WORST_FIRST = (3, 2, 1, 4, 0)

__all__ = ["error_text", "exit_code", "explained", "worst_exit_code"]


def explained(error: Exception, *, debug: bool) -> SemverdiffError:
    """Turn an unexpected error into a sentence; with `debug` its traceback is printed first."""
    if isinstance(error, SemverdiffError):
        return error
    if debug:
        import traceback  # noqa: PLC0415 (slow: only for a fault)

        traceback.print_exception(error)
    remedy = "" if debug else "; --debug shows where it happened"
    return SemverdiffError(
        f"semverdiff has a fault and could not complete ({type(error).__name__}: {error}){remedy}. "
        "Please report it together with the package"
    )


def error_text(report: Report, *, color: bool) -> str:
    """Draw the errors of a report, and nothing else of it."""
    errors_only = replace(report, candidate=None, summary="")
    return render(errors_only, "text", Style(color=color)).rstrip("\n") + "\n"


def exit_code(report: Report) -> int:
    """Return the exit code of a check; an error brings its own."""
    return report.errors[0].exit_code if report.errors else verdict.exit_code(report.outcome)


def worst_exit_code(reports: Reports) -> int:
    """Return the exit code of several checks: an answer that is missing is worse than a bad one."""
    found = {exit_code(one) for one in reports.packages}
    return next(code for code in _WORST_FIRST if code in found)
