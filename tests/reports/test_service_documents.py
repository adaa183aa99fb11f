"""Documents for services follow the schema of each, whatever the run was."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest
from lxml import etree
from msgspec.structs import replace
from reports.examples import EXAMPLES
from reports.runs import RUNS, huge, several

from semverdiff.artifact import ManifestPlace
from semverdiff.reports import Report, Reports, Style, render, render_all
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_STYLE = Style()

runs = pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)


def drawn(run: Report | Reports, format_name: str) -> str:
    return (
        render_all(run, format_name, _STYLE) if isinstance(run, Reports) else render(run, format_name, _STYLE)
    )


@pytest.mark.slow
@runs
def test_sarif_follows_its_schema(run: Callable[[], Report | Reports], shared: Path) -> None:
    schema = json.loads((shared / "schemas" / "sarif-2.1.0.schema.json").read_text("utf-8"))
    document = json.loads(drawn(run(), "sarif"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(document)] == []


@pytest.mark.slow
@runs
def test_junit_follows_its_schema(run: Callable[[], Report | Reports], shared: Path) -> None:
    schema = etree.XMLSchema(etree.parse(shared / "schemas" / "junit-10.xsd"))
    document = etree.fromstring(drawn(run(), "junit").encode())
    schema.assertValid(document)
    for suite in document:
        assert int(suite.get("tests")) == len(suite)
        assert int(suite.get("failures")) == len(suite.findall("*/failure"))


def sarif(report: Report) -> dict[str, list[dict[str, dict[str, object]]]]:
    (run,) = json.loads(render(report, "sarif", _STYLE))["runs"]
    assert isinstance(run, dict)
    return run


def test_a_result_of_sarif_has_both_places_and_a_fingerprint() -> None:
    report = replace(EXAMPLES["under-bumped"], version_place=ManifestPlace("Ballerina.toml", 4, 1))
    results = sarif(report)["results"]
    found = next(one for one in results if str(one["ruleId"]) == "function-parameter-type-narrowed")
    expected = {
        "locations": ("shop/orders.bal", 44),
        "relatedLocations": ("shop/orders.bal", 40),
    }
    for key, (uri, line) in expected.items():
        (place,) = json.loads(json.dumps(found[key]))
        assert place["physicalLocation"]["artifactLocation"]["uri"] == uri
        assert place["physicalLocation"]["region"]["startLine"] == line
    assert len(found["partialFingerprints"]) == 1
    verdict = json.loads(json.dumps(results[0]))
    assert verdict["ruleId"] == "under-bumped"
    assert verdict["locations"][0]["physicalLocation"]["region"]["startLine"] == 4


def test_what_is_gone_is_shown_where_the_version_is_to_be_changed() -> None:
    report = replace(EXAMPLES["under-bumped"], version_place=ManifestPlace("Ballerina.toml", 4, 1))
    found = next(one for one in sarif(report)["results"] if str(one["ruleId"]) == "record-field-removed")
    (place,) = json.loads(json.dumps(found["locations"]))
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "shop/Ballerina.toml"


def test_a_break_is_an_error_only_where_the_version_is_too_low() -> None:
    def levels(report: Report) -> set[str]:
        return {str(one["level"]) for one in sarif(report)["results"]}

    failing = EXAMPLES["under-bumped"]
    assert levels(failing) == {"error", "note"}
    passing = replace(failing, outcome=EXAMPLES["unchanged"].outcome, failing_level=None)
    assert levels(passing) == {"warning", "note"}


def test_a_suppressed_finding_keeps_its_reason() -> None:
    results = sarif(EXAMPLES["under-bumped"])["results"]
    (suppressed,) = [one for one in results if "suppressions" in one]
    assert (
        json.loads(json.dumps(suppressed["suppressions"]))[0]["justification"]
        == "documented as a tunable value"
    )


def test_code_scanning_takes_no_more_than_it_says() -> None:
    run = sarif(huge(60_000))
    assert len(run["results"]) == 25_000
    assert "not listed: code scanning takes 25,000" in json.dumps(run["invocations"])


def test_every_rule_of_sarif_has_its_help() -> None:
    run = json.loads(render(EXAMPLES["under-bumped"], "sarif", _STYLE))["runs"][0]
    listed = run["tool"]["driver"]["rules"]
    known = {one["id"]: one for one in listed}
    assert {one["ruleId"] for one in run["results"]} == set(known)
    assert "```" in known["record-field-removed"]["help"]["markdown"]
    assert all(
        run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"]
    )


def test_entries_of_gitlab_have_fingerprints_of_their_own() -> None:
    entries = json.loads(render_all(several(), "gitlab", _STYLE))
    fingerprints = [one["fingerprint"] for one in entries]
    assert len(fingerprints) == len(set(fingerprints))
    assert {one["severity"] for one in entries} <= {"info", "minor", "major", "critical", "blocker"}
    assert all(one["location"]["path"] and one["location"]["lines"]["begin"] > 0 for one in entries)


def test_gitlab_lists_no_problem_where_there_is_none() -> None:
    assert json.loads(render(EXAMPLES["unchanged"], "gitlab", _STYLE)) == []


def test_github_shows_ten_commands_of_a_level_and_the_tenth_counts_the_rest() -> None:
    lines = render(huge(), "github", _STYLE).splitlines()
    for level in ("error", "notice"):
        of_level = [line for line in lines if line.startswith(f"::{level} ")]
        assert len(of_level) == 10
        assert "more are not shown here" in of_level[-1]
    assert lines[0].startswith("::error file=shop/Ballerina.toml,line=4,col=1,title=semver%3A acme/shop::")


def test_texts_of_a_package_begin_no_command() -> None:
    for line in render(EXAMPLES["hostile"], "github", _STYLE).splitlines():
        assert line.startswith(("::error ", "::warning ", "::notice "))
        head, message = line[2:].split("::", 1)
        assert "::" not in message
        assert head.count(",") <= 3


def test_a_junit_case_fails_only_where_the_check_does() -> None:
    failing = EXAMPLES["under-bumped"]
    passing = replace(failing, outcome=EXAMPLES["unchanged"].outcome, failing_level=None, gates=())
    assert "<failure" in render(failing, "junit", _STYLE)
    assert "<failure" not in render(passing, "junit", _STYLE)
    assert '<skipped message="documented as a tunable value"/>' in render(passing, "junit", _STYLE)


def test_a_rule_that_no_catalogue_has_is_named_in_sarif() -> None:
    changed, unpublishable = EXAMPLES["under-bumped"], EXAMPLES["unpublishable"]
    assert unpublishable.publish is not None
    own = replace(changed, findings=(replace(changed.findings[0], rule="own-rule", level=Level.MAJOR),))
    finding = replace(unpublishable.publish.findings[0], rule="own-rule")
    publish = replace(unpublishable, publish=replace(unpublishable.publish, findings=(finding,)))
    for report in (own, publish):
        (run,) = json.loads(render(report, "sarif", _STYLE))["runs"]
        rules = {one["id"]: one["shortDescription"]["text"] for one in run["tool"]["driver"]["rules"]}
        assert rules["own-rule"] == "own-rule"
