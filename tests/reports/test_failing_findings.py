"""By which findings does a check fail? The gates, the version and the formats for services say the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from reports.examples import EXAMPLES
from reports.strategies import law
from support.findings import finding

from semverdiff.reports import Report, Style, render
from semverdiff.verdict import Evidence, Outcome, decide
from semverdiff.versions import SEMANTIC, Level

if TYPE_CHECKING:
    from collections.abc import Collection

    from semverdiff.config import FailOn
    from semverdiff.rules import Finding
    from semverdiff.versions import Version

_BASELINES = ("0.3.1", "1.0.0", "1.2.0-beta", "2.3.4")
_CANDIDATES = ("0.3.1", "0.3.2", "0.4.0", "1.0.0", "1.0.1", "1.1.0", "1.2.0", "2.0.0", "3.0.0")
_FAIL_ON: tuple[FailOn, ...] = ("under-bumped", "major", "minor", "patch", "never")
_found = st.builds(
    finding,
    st.sampled_from([Level.PATCH, Level.MINOR, Level.MAJOR]),
    st.sampled_from(["proved", "undecided"]),
    suppressed=st.booleans(),
)
_findings = st.lists(_found, max_size=5).map(
    lambda found: tuple(
        replace(one, symbol=f"f{at}", message=f"change {at}", fingerprint=f"{at:016x}")
        for at, one in enumerate(found)
    )
)
_evidence = st.builds(
    lambda baseline, candidate, found, fail_on: Evidence(
        SEMANTIC, candidate, baseline, found, fail_on=fail_on
    ),
    st.sampled_from(_BASELINES),
    st.sampled_from(_CANDIDATES),
    _findings,
    st.sampled_from(_FAIL_ON),
)


def _report(evidence: Evidence[Version]) -> Report:
    verdict = decide(evidence)
    return replace(
        EXAMPLES["unchanged"],
        outcome=verdict.outcome,
        tone=verdict.tone,
        gates=verdict.gates,
        failing_level=verdict.failing_level,
        counts=verdict.counts,
        findings=tuple(evidence.findings),
    )


def _failing(report: Report) -> list[Finding]:
    return [one for one in report.findings if report.fails_by(one)]


def _without(evidence: Evidence[Version], found: Collection[Finding]) -> Evidence[Version]:
    return replace(evidence, findings=tuple(one for one in evidence.findings if one not in found))


@law
@given(_evidence)
def test_no_check_that_passes_fails_by_a_finding(evidence: Evidence[Version]) -> None:
    report = _report(evidence)
    if report.outcome is Outcome.PASSED:
        assert _failing(report) == []


@law
@given(_evidence)
def test_a_higher_version_without_the_failing_findings_passes(evidence: Evidence[Version]) -> None:
    assert evidence.baseline is not None
    if SEMANTIC.parse(evidence.candidate) > SEMANTIC.parse(evidence.baseline):
        assert decide(_without(evidence, _failing(_report(evidence)))).outcome is Outcome.PASSED


@law
@given(_evidence)
def test_each_failing_finding_alone_fails_the_check(evidence: Evidence[Version]) -> None:
    for one in _failing(_report(evidence)):
        assert decide(replace(evidence, findings=(one,))).outcome is not Outcome.PASSED


@law
@given(_evidence)
def test_every_format_for_a_service_has_these_findings_as_errors(evidence: Evidence[Version]) -> None:
    report = _report(evidence)
    failing = {one.symbol for one in _failing(report)}
    for name, errors in _ERRORS.items():
        assert errors(render(report, name, Style())) == failing, name


def _sarif_errors(document: str) -> set[str]:
    results = json.loads(document)["runs"][0]["results"]
    # The verdict is no finding, and has no properties.
    errors = [one for one in results if one["level"] == "error" and "properties" in one]
    return {_symbol(one["message"]["text"]) for one in errors}


def _github_errors(document: str) -> set[str]:
    # The verdict comes first.
    lines = [line for line in document.splitlines()[1:] if line.startswith("::error ")]
    return {_symbol(line.rpartition("::")[2]) for line in lines}


def _gitlab_errors(document: str) -> set[str]:
    entries = json.loads(document)
    return {_symbol(one["description"]) for one in entries if one["severity"] == "critical"}


def _junit_errors(document: str) -> set[str]:
    found = set()
    for failure in ET.fromstring(document).iter("failure"):  # noqa: S314 (written by this program)
        lines = (failure.text or "").splitlines()
        found |= {line.split(": ")[-2] for line in lines if ": change" in line}
    return found


def _symbol(message: str) -> str:
    return message.partition(":")[0]


_ERRORS = {
    "sarif": _sarif_errors,
    "github": _github_errors,
    "gitlab": _gitlab_errors,
    "junit": _junit_errors,
}


@pytest.mark.parametrize(
    ("fail_on", "expected"),
    [
        ("under-bumped", []),
        ("major", []),
        ("minor", ["f1"]),
        ("patch", ["f0", "f1"]),
    ],
)
def test_what_a_gate_does_not_let_pass_fails_whatever_the_version(
    fail_on: FailOn, expected: list[str]
) -> None:
    found = (replace(finding(Level.PATCH), symbol="f0"), replace(finding(Level.MINOR), symbol="f1"))
    report = _report(Evidence(SEMANTIC, "2.0.0", "1.0.0", found, fail_on=fail_on))
    assert [one.symbol for one in _failing(report)] == expected


def test_a_comparison_that_judges_no_version_fails_by_nothing() -> None:
    evidence = Evidence(SEMANTIC, "1.0.0", "1.0.0", (finding(Level.MAJOR),), fail_on="major")
    assert decide(replace(evidence, is_judged=False)).failing_level is None
    assert decide(evidence).failing_level is Level.MINOR
