"""Every outcome and every error has the exit code of the interface."""

from __future__ import annotations

import pytest

from semverdiff import errors, reports
from semverdiff.cli.errors import exit_code, worst_exit_code
from semverdiff.reports import Outcome, Report, Reports

_CODES = {
    Outcome.PASSED: 0,
    Outcome.FIRST_RELEASE: 0,
    Outcome.UNDER_BUMPED: 1,
    Outcome.ALREADY_PUBLISHED: 1,
    Outcome.GATE_FAILED: 1,
    Outcome.UNDECIDED: 1,
    Outcome.ERROR: 3,
    Outcome.NOTHING_CHECKED: 4,
}
_ERRORS = {
    errors.SemverdiffError: 3,
    errors.UsageError: 2,
    errors.ManifestError: 2,
    errors.ArchiveError: 3,
    errors.SourceError: 3,
    errors.BaselineError: 3,
    errors.NetworkError: 3,
    errors.DigestError: 3,
    errors.NothingToCheckError: 4,
}


@pytest.mark.parametrize("outcome", Outcome)
def test_an_outcome_has_its_exit_code(outcome: Outcome) -> None:
    assert exit_code(Report(outcome, None)) == _CODES[outcome]


@pytest.mark.parametrize("error", _ERRORS)
def test_an_error_has_its_exit_code(error: type[errors.SemverdiffError]) -> None:
    assert exit_code(reports.failed(error("something is wrong"))) == _ERRORS[error]


def test_every_error_is_in_the_table() -> None:
    assert {getattr(errors, name) for name in errors.__all__ if name not in {"Mistake", "in_package"}} == set(
        _ERRORS
    )


def _outcomes(*outcomes: Outcome) -> Reports:
    return Reports(tuple(Report(outcome, None) for outcome in outcomes))


@pytest.mark.parametrize(
    ("several", "code"),
    [
        (_outcomes(Outcome.PASSED, Outcome.FIRST_RELEASE), 0),
        (_outcomes(Outcome.PASSED, Outcome.NOTHING_CHECKED), 4),
        (_outcomes(Outcome.NOTHING_CHECKED, Outcome.UNDER_BUMPED), 1),
        (_outcomes(Outcome.UNDER_BUMPED, Outcome.ERROR), 3),
    ],
)
def test_an_answer_that_is_missing_is_worse_than_a_bad_one(several: Reports, code: int) -> None:
    assert worst_exit_code(several) == code


def test_wrong_usage_is_worse_than_a_bad_answer_and_better_than_none() -> None:
    wrong = reports.failed(errors.UsageError("no such path"))
    low, unreadable = Report(Outcome.UNDER_BUMPED, None), reports.failed(errors.SourceError("does not parse"))
    assert worst_exit_code(Reports((low, wrong))) == 2
    assert worst_exit_code(Reports((wrong, unreadable))) == 3
