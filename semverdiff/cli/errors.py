"""What becomes of errors: a sentence for the user, and an exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import reports
from semverdiff.errors import ManifestError, SemverdiffError, UsageError
from semverdiff.text import escape, quote

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.reports import Report, Reports

__all__ = [
    "COULD_NOT_COMPLETE",
    "WRONG_USAGE",
    "error_text",
    "exit_code",
    "explained",
    "with_typed_paths",
    "worst_exit_code",
]

WRONG_USAGE = 2
COULD_NOT_COMPLETE = 3

# By the word of the outcome; every other error means that the run could not complete.
_OUTCOMES = {
    "passed": 0,
    "first-release": 0,
    "under-bumped": 1,
    "already-published": 1,
    "gate-failed": 1,
    "undecided": 1,
    "nothing-checked": 4,
}
_ERRORS = {UsageError.code: WRONG_USAGE, ManifestError.code: WRONG_USAGE}
# An answer that is missing is worse than a bad one.
_WORST_FIRST = (COULD_NOT_COMPLETE, WRONG_USAGE, 1, 4, 0)


def explained(error: Exception, *, debug: bool) -> SemverdiffError:
    """Return an error in a sentence; with `debug` the traceback of an unexpected one is printed first."""
    if isinstance(error, SemverdiffError):
        return error
    expected = _of_the_machine(error)
    if expected is not None:
        return SemverdiffError(expected)
    if debug:
        import traceback  # noqa: PLC0415 (only for a fault of this program)

        # The message of an error may hold what stands in the package.
        lines = "".join(traceback.format_exception(error)).split("\n")
        shown = reports.without_commands("\n".join(map(escape, lines)), "text")
        print(shown, file=sys.stderr, end="")
    remedy = "" if debug else "; --debug shows where it happened"
    return SemverdiffError(
        f"semverdiff has a fault and could not complete ({type(error).__name__}: {error}){remedy}. "
        "Please report it together with the package"
    )


def _of_the_machine(error: Exception) -> str | None:
    """Return what the machine or a size that it cannot cope with has to do with an error, if that is it."""
    match error:
        case RecursionError() | MemoryError():
            return (
                "the packages are larger or nested more deeply than this machine can cope with: nothing was "
                "decided. Try a machine with more memory, or compare fewer modules"
            )
        case FileNotFoundError(filename=None):
            return "the directory that this was started in is no longer there: change to another one"
        case OSError(strerror=str(reason), filename=str(path) | bytes(path)):
            return f"{quote(os.fsdecode(path))} cannot be used: {reason}. Give another path"
        case OSError(strerror=str(reason)):
            return f"a file cannot be read or written: {reason}"
    return None


def error_text(report: Report, *, color: bool) -> str:
    """Return the errors of a report as text, and nothing else of it."""
    errors_only = replace(report, candidate=None, summary="")
    return reports.render(errors_only, "text", reports.Style(color=color)).rstrip("\n") + "\n"


def with_typed_paths(report: Report, package: Path | None) -> Report:
    """Return a report whose errors name files as seen from where the user is.

    `package` is the path that was typed for the package which the errors are about.
    """
    if package is None:
        return report
    errors = [
        replace(entry, mistake=replace(entry.mistake, file=os.fspath(package / (entry.mistake.file or ""))))
        for entry in report.errors
    ]
    return replace(report, errors=tuple(errors))


def exit_code(report: Report) -> int:
    """Return the exit code of a check."""
    if report.outcome == "error":
        return _ERRORS.get(report.errors[0].code, COULD_NOT_COMPLETE) if report.errors else COULD_NOT_COMPLETE
    return _OUTCOMES[report.outcome]


def worst_exit_code(combined: Reports) -> int:
    """Return the exit code of several checks."""
    codes = {exit_code(report) for report in combined.packages}
    return next(code for code in _WORST_FIRST if code in codes)
