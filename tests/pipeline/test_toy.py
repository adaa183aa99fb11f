"""The composer, the settings and the reports with an ecosystem of which they have never heard."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.toy import TOY, write_toy

from semverdiff import pipeline, reports
from semverdiff.ballerina import FRONT_END
from semverdiff.cli.errors import exit_code
from semverdiff.config import Options
from semverdiff.errors import NothingToCheckError, UsageError
from semverdiff.pipeline import Member, check_all
from semverdiff.reports import Outcome, Reports, Style

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.reports import Report

_OFFERED = [name for name in reports.FORMATS if name != "bal"]
_OLD = {"now": "number", "zone": "text"}
_REMOVED = {"now": "number"}
_ADDED = {**_OLD, "epoch": "number"}
_SUPPRESSED = """
[[suppress]]
symbol = "zone"
reason = "nobody used it"
until = "{}"
"""


def _check(
    tmp_path: Path, version: str, offers: dict[str, str], semver_toml: str | None = None, old: str = "1.2.0.3"
) -> Report:
    before = write_toy(tmp_path / "old", old, _OLD)
    after = write_toy(tmp_path / "new", version, offers, semver_toml)
    flags = Options(baseline=str(before))
    return pipeline.check(TOY, pipeline.load_settings(TOY, after, flags, {}))


@pytest.mark.parametrize(
    ("version", "offers", "outcome", "required", "code"),
    [
        ("1.2.0.4", _OLD, Outcome.PASSED, "1.2.1.0", 0),
        ("1.2.0.4", _ADDED, Outcome.UNDER_BUMPED, "1.3.0.0", 1),
        ("1.3.0.0", _ADDED, Outcome.PASSED, "1.3.0.0", 0),
        ("1.3.0.0", _REMOVED, Outcome.UNDER_BUMPED, "2.0.0.0", 1),
        ("2.0.0.0", _REMOVED, Outcome.PASSED, "2.0.0.0", 0),
        ("1.2.0.2", _OLD, Outcome.UNDER_BUMPED, "1.2.1.0", 1),
    ],
)
def test_versions_of_four_parts_are_judged_by_their_scheme(  # noqa: PLR0913, PLR0917 (a case of the table)
    tmp_path: Path, version: str, offers: dict[str, str], outcome: Outcome, required: str, code: int
) -> None:
    report = _check(tmp_path, version, offers)
    assert (report.outcome, report.required_version, exit_code(report)) == (outcome, required, code)


def test_below_one_a_breaking_change_needs_the_second_part(tmp_path: Path) -> None:
    report = _check(tmp_path, "0.3.0.0", _REMOVED, old="0.2.9.1")
    assert (report.outcome, report.required_version) == (Outcome.PASSED, "0.3.0.0")


def test_a_first_release_is_one(tmp_path: Path) -> None:
    root = write_toy(tmp_path / "new", "1.0.0.0", _OLD)
    report = pipeline.check(TOY, pipeline.load_settings(TOY, root, Options(baseline="none"), {}))
    assert (report.outcome, exit_code(report)) == (Outcome.FIRST_RELEASE, 0)


def test_a_version_of_another_scheme_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="expected four numbers"):
        _check(tmp_path, "1.2.4", _OLD)


def test_what_offers_nothing_is_not_checked(tmp_path: Path) -> None:
    with pytest.raises(NothingToCheckError) as caught:
        _check(tmp_path, "1.2.0.4", {})
    report = pipeline.failed_check(TOY, caught.value, tmp_path / "new")
    assert (report.outcome, exit_code(report)) == (Outcome.NOTHING_CHECKED, 4)


@pytest.mark.parametrize(
    ("until", "acts"), [("1.2.0.5", True), ("1.2.0.4", False), ("1.2.0.3", False), ("1.10.0.0", True)]
)
def test_a_suppression_ends_with_a_version_of_the_scheme(tmp_path: Path, until: str, *, acts: bool) -> None:
    report = _check(tmp_path, "1.2.0.4", _REMOVED, _SUPPRESSED.format(until))
    assert report.outcome is (Outcome.PASSED if acts else Outcome.UNDER_BUMPED)
    assert [entry.until for entry in report.expired_suppressions] == ([] if acts else [until])


def test_an_end_that_is_no_version_of_the_scheme_is_a_mistake_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        _check(tmp_path, "1.2.0.4", _REMOVED, _SUPPRESSED.format("2.0.0"))
    (mistake,) = caught.value.mistakes
    assert mistake.line == 5
    assert "2.0.0" in mistake.message


def test_two_packages_are_compared_without_a_judgement(tmp_path: Path) -> None:
    old, new = write_toy(tmp_path / "old", "3.0.0.0", _OLD), write_toy(tmp_path / "new", "1.0.0.0", _REMOVED)
    report = pipeline.diff(TOY, old, new)
    assert [finding.rule for finding in report.findings] == ["toy-offer-removed"]
    assert report.outcome is Outcome.PASSED


@pytest.mark.parametrize("format_name", _OFFERED)
def test_every_report_is_in_the_words_of_the_ecosystem(tmp_path: Path, format_name: str) -> None:
    report = _check(tmp_path, "1.2.0.4", _REMOVED, _SUPPRESSED.format("1.2.0.3"))
    for style in (Style(), Style(color=True, verbose=True, source_url="https://example.test/{path}#L{line}")):
        shown = reports.render(report, format_name, style)
        assert "clock" in shown
        assert "2.0.0.0" in shown
        for foreign in ("Ballerina", "ballerina", "None/", ":None", ">None<", "central"):
            assert foreign not in shown, foreign
        several = reports.render_all(Reports((report, report)), format_name, style)
        assert "clock" in several


def test_json_has_null_for_what_the_ecosystem_lacks(tmp_path: Path) -> None:
    document = json.loads(reports.render(_check(tmp_path, "1.3.0.0", _REMOVED), "json", Style()))
    assert document["candidate"]["org"] is None
    assert document["candidate"]["platform"] is None
    (finding,) = document["findings"]
    assert finding["old"] == {"text": "zone: text", "file": "lib/clock.bin", "line": None, "column": None}


@pytest.mark.parametrize("format_name", ["text", "html"])
def test_the_line_to_write_is_one_of_the_manifest(tmp_path: Path, format_name: str) -> None:
    shown = reports.render(_check(tmp_path, "1.3.0.0", _REMOVED), format_name, Style())
    assert '"version": "2.0.0.0"' in shown.replace("&quot;", '"')
    assert "toy.json" in shown


def test_a_format_that_the_ecosystem_has_not_is_refused_with_a_sentence(tmp_path: Path) -> None:
    report = _check(tmp_path, "1.3.0.0", _REMOVED)
    with pytest.raises(UsageError, match="another tool"):
        reports.render(report, "bal", Style())
    with pytest.raises(UsageError, match="another tool"):
        reports.render_all(Reports((report,)), "bal", Style())


def test_a_check_that_is_to_write_such_a_format_does_not_begin(tmp_path: Path) -> None:
    root = write_toy(tmp_path / "new", "1.0.0.0", _OLD)
    flags = Options(baseline="none", formats=("json", "bal=report.txt"))
    with pytest.raises(UsageError, match="another tool"):
        pipeline.load_settings(TOY, root, flags, {})


def test_packages_of_two_ecosystems_are_checked_together(tmp_path: Path) -> None:
    toy = write_toy(tmp_path / "toy", "1.0.0.0", _OLD)
    none = Options(baseline="none")
    missing = tmp_path / "missing"
    members = [
        Member(TOY, pipeline.load_settings(TOY, toy, none, {})),
        Member(FRONT_END, pipeline.load_settings(FRONT_END, missing, none, {})),
    ]
    outcomes = [report.outcome for report in check_all(members).packages]
    assert outcomes == [Outcome.FIRST_RELEASE, Outcome.ERROR]
