"""The format `json`: always valid, always the same keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from msgspec.structs import replace
from reports.examples import EXAMPLES
from reports.strategies import law, reports

from semverdiff.reports import Report, Style, render

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = [
    "schema_version", "tool", "outcome", "gates", "candidate", "baseline", "baseline_reason", "declared_bump",
    "required_bump", "required_version", "suggested_version", "counts", "findings", "change_set",
    "unused_suppressions", "relaxed_settings", "skipped", "notes", "errors",
]  # fmt: skip
_FINDING_KEYS = [
    "rule", "level", "certainty", "symbol", "module", "position", "message", "explanation", "client",
    "client_program", "old", "new", "fingerprint", "suppressed",
]  # fmt: skip
_SIDE_KEYS = ["org", "name", "version", "source", "platform", "repository", "digest", "digest_verified"]


def _parsed(report: Report) -> Mapping[str, object]:
    parsed: Mapping[str, object] = json.loads(render(report, "json", Style()))
    return parsed


@pytest.mark.slow
@law
@given(reports)
def test_every_report_is_valid_json_with_the_fixed_keys_in_order(report: Report) -> None:
    drawn = json.loads(render(report, "json", Style()))
    assert list(drawn)[: len(_KEYS)] == _KEYS
    for finding in drawn["findings"]:
        assert list(finding)[: len(_FINDING_KEYS)] == _FINDING_KEYS
    for side in (drawn["candidate"], drawn["baseline"]):
        assert side is None or list(side) == _SIDE_KEYS
    assert list(drawn["counts"]) == ["major", "minor", "patch", "suppressed", "undecided"]


@pytest.mark.slow
@law
@given(reports)
def test_no_text_is_changed_except_for_halves_of_surrogate_pairs(report: Report) -> None:
    messages = [finding["message"] for finding in json.loads(render(report, "json", Style()))["findings"]]
    whole = [finding.message.encode("utf-16", "surrogatepass") for finding in report.findings]
    assert messages == [message.decode("utf-16", "replace") for message in whole]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_outcome_is_the_word_of_the_interface(name: str) -> None:
    assert _parsed(EXAMPLES[name])["outcome"] == EXAMPLES[name].outcome.value


def test_text_is_utf_8_and_not_escaped() -> None:
    report = EXAMPLES["first-release"]
    assert '"notes": [],' in render(EXAMPLES["unchanged"], "json", Style())
    assert "\\u" not in render(report, "json", Style())


@pytest.mark.parametrize(
    "text", ["\x7f", "\x00", "\x1b[2J", "\x9b", "\u202e", "\ufeff", "\n", "é\x7f", "\x7f\ud800"], ids=ascii
)
def test_what_is_not_shown_as_it_is_is_written_by_its_number(text: str) -> None:
    report = replace(EXAMPLES["unchanged"], summary=text)
    drawn = render(report, "json", Style())
    assert all(character.isprintable() or character == "\n" for character in drawn)
    assert json.loads(drawn)["summary"] == text.replace("\ud800", "\ufffd")


def test_an_error_tells_code_and_place_and_leaves_the_rest_null() -> None:
    drawn = _parsed(EXAMPLES["error"])
    assert drawn["candidate"] is drawn["baseline"] is drawn["required_bump"] is None
    errors = drawn["errors"]
    assert isinstance(errors, list)
    assert errors[0] == {
        "code": "broken-manifest",
        "message": "expected a version such as 1.2.3, found '1.x': write all three numbers",
        "file": "Ballerina.toml",
        "line": 4,
        "column": 11,
    }
