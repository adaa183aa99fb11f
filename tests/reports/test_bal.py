"""The format `bal`: the layout of the reference."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from msgspec.structs import replace
from reports.examples import EXAMPLES
from reports.strategies import law, reports

from semverdiff.changes import Change, Step
from semverdiff.reports import Report, Style, render
from semverdiff.rules import Certainty, Finding
from semverdiff.versions import Level

_LINE = re.compile(r"^( {0,6})\[(\+\+|--|\+-)\] .* \[version impact: (MAJOR|MINOR|PATCH|AMBIGUOUS)\]$")

# The sample of the reference's release notes, with our levels where the reference has none.
_SAMPLE = """
=========================================================================
 Comparing version '1.2.2-SNAPSHOT'(local) with version '1.2.1'(central) 
=========================================================================
[+-] package 'io' is modified [version impact: MAJOR]
  [+-] module 'io' is modified [version impact: MAJOR]
    [++] function 'printlnNew' is added [version impact: MINOR]
    [+-] function 'println' is modified [version impact: MAJOR]
      [+-] documentation is modified [version impact: PATCH]
      [--] 'isolated' qualifier is removed [version impact: AMBIGUOUS]
      [++] new required parameter 'a' is added [version impact: MAJOR]
      [+-] function body is modified [version impact: PATCH]

current version: 1.2.2-SNAPSHOT
compatibility impact (compared with the release version '1.2.1'): backward-incompatible changes detected
suggested version: 2.0.0
"""  # noqa: W291 (the title ends in a blank)


def _finding(
    rule: str, level: Level, message: str, *trail: Step, change: Change = Change.MODIFIED
) -> Finding:
    return replace(
        EXAMPLES["patch-only"].findings[0],
        rule=rule, level=level, message=message, trail=trail, change=change, module="io",
    )  # fmt: skip


def _io() -> Report:
    example = EXAMPLES["patch-only"]
    assert example.candidate is not None
    assert example.baseline is not None
    println = Step("function", "println")
    isolated = _finding("function-isolated-removed", Level.MAJOR, "'isolated' qualifier is removed", println)
    return replace(
        example,
        candidate=replace(example.candidate, name="io", version="1.2.2-SNAPSHOT"),
        baseline=replace(example.baseline, name="io", version="1.2.1"),
        required_version="2.0.0",
        suggested_version="2.0.0",
        findings=(
            _finding("documentation-changed", Level.PATCH, "documentation is modified", println),
            replace(isolated, certainty=Certainty.UNDECIDED),
            _finding("function-parameter-added", Level.MAJOR, "new required parameter 'a' is added", println),
            _finding("function-body-changed", Level.PATCH, "function body is modified", println),
            _finding("function-added", Level.MINOR, "", Step("function", "printlnNew"), change=Change.ADDED),
        ),
    )


def test_the_sample_of_the_reference_is_drawn_to_the_letter() -> None:
    assert render(_io(), "bal", Style(show_diff=True)) == _SAMPLE


def test_without_the_diff_only_the_suggestion_is_drawn() -> None:
    assert render(_io(), "bal", Style()) == _SAMPLE[_SAMPLE.index("\n\ncurrent") + 1 :]


@pytest.mark.slow
@law
@given(reports)
def test_every_line_of_the_diff_has_the_form_of_the_reference(report: Report) -> None:
    drawn = render(report, "bal", Style(show_diff=True)).split("\n")
    head = [number for number, line in enumerate(drawn) if line.startswith("=====")]
    if len(head) == 2:
        for line in drawn[head[1] + 1 : drawn.index("", head[1])]:
            assert _LINE.match(line), line


def test_no_change_is_said_in_one_line() -> None:
    assert render(EXAMPLES["unchanged"], "bal", Style(show_diff=True)).startswith(
        "no changes detected\n\ncurrent"
    )


def test_ambiguous_is_said_only_of_what_could_not_be_decided_and_lists_it() -> None:
    drawn = render(EXAMPLES["undecided"], "bal", Style())
    listed = drawn.partition("choose an appropriate version\n")[2]
    assert listed.startswith("      [+-] type of variable 'settings' is changed")
    assert drawn.count("AMBIGUOUS") == 1


def test_a_decided_major_change_is_no_longer_ambiguous() -> None:
    drawn = render(EXAMPLES["under-bumped"], "bal", Style())
    assert "backward-incompatible changes detected" in drawn
    assert "ambiguous" not in drawn


def test_suppressed_findings_are_not_listed() -> None:
    assert "LIMIT" not in render(EXAMPLES["under-bumped"], "bal", Style(show_diff=True))


@pytest.mark.parametrize(
    ("holder", "member", "indent", "sentence"),
    [
        (Step("class", "C"), Step("field", "f"), 6, "object field 'f' is removed"),
        (Step("service", "/s"), Step("field", "f"), 6, "service field 'f' is removed"),
        (Step("class", "C"), Step("method", "m"), 4, "function 'm' is removed"),
        (Step("client class", "C"), Step("remote method", "m"), 6, "remote function 'm' is removed"),
        (Step("record", "R"), Step("field", "f"), 6, "message of the finding"),
        (Step("enum", "E"), Step("enum member", "M"), 6, "message of the finding"),
    ],
)
def test_kinds_and_indentation_are_those_of_the_reference(
    holder: Step, member: Step, indent: int, sentence: str
) -> None:
    finding = _finding(
        "class-field-removed", Level.MAJOR, "message of the finding", holder, member, change=Change.REMOVED
    )
    drawn = render(replace(_io(), findings=(finding,)), "bal", Style(show_diff=True))
    assert f"\n{' ' * indent}[--] {sentence} [version impact: MAJOR]\n" in drawn


def test_errors_are_sentences() -> None:
    assert (
        render(EXAMPLES["error"], "bal", Style()).splitlines()[-1]
        == "error: one of the mistakes has no place"
    )


def test_a_change_set_without_changes_has_no_list() -> None:
    report = EXAMPLES["change-set"]
    assert report.change_set is not None
    added = _finding("function-added", Level.MINOR, "function 'f' is added", Step("function", "f"))
    for findings, is_titled in (((added,), True), ((), False)):
        drawn = render(
            replace(report, change_set=replace(report.change_set, findings=findings)),
            "bal",
            Style(show_diff=True),
        )
        assert ("(git)" in drawn) is is_titled
