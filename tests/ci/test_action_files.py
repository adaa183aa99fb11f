"""What the Action installs and hands on, step by step."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from github_action.check import FILES, Result, arguments, merge_base, result_of
from github_action.comment import MARKER
from github_action.install import ROOT, commands, wheels_key
from reports.examples import EXAMPLES

from semverdiff.reports import FORMATS, Reports, Style, render, render_all
from semverdiff.reports.formats import markdown

INPUTS = {
    "INPUT_PATH": "shop",
    "INPUT_WORKSPACE": "false",
    "INPUT_BASELINE": "",
    "INPUT_MERGE_BASE": "",
    "INPUT_FAIL_ON": "",
}


@pytest.mark.parametrize(
    ("inputs", "event", "revision"),
    [
        ({"GITHUB_BASE_REF": "main"}, {}, "origin/main"),
        ({"GITHUB_BASE_REF": "main", "INPUT_MERGE_BASE": "v1"}, {}, "v1"),
        ({"GITHUB_BASE_REF": "main", "INPUT_MERGE_BASE": "none"}, {}, ""),
        ({"GITHUB_BASE_REF": ""}, {"merge_group": {"base_sha": "abc"}}, "abc"),
        ({"GITHUB_BASE_REF": ""}, {"merge_group": None}, ""),
        ({}, {"ref": "refs/heads/main"}, ""),
    ],
)
def test_the_target_judges_unless_another_revision_is_named(
    inputs: dict[str, str], event: dict[str, object], revision: str
) -> None:
    assert merge_base({**INPUTS, **inputs}, event) == revision


def test_an_input_is_never_taken_for_an_option() -> None:
    inputs = {**INPUTS, "INPUT_PATH": "--baseline=none", "INPUT_FAIL_ON": "--strict"}
    made = arguments(inputs, {}, ["json"], Path("reports"))
    assert made == [
        "check",
        "--fail-on=--strict",
        "--format=json=reports/report.json",
        "--",
        "--baseline=none",
    ]


def test_inputs_become_options_and_empty_ones_do_not() -> None:
    inputs = {**INPUTS, "INPUT_WORKSPACE": "true", "INPUT_BASELINE": "1.2.3"}
    made = arguments(inputs, {"merge_group": {"base_sha": "abc"}}, [], Path("reports"))
    assert made == ["check", "--baseline=1.2.3", "--merge-base=abc", "--workspace", "--", "shop"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("under-bumped", Result("under-bumped", "2.0.0", is_notable=True)),
        ("unchanged", Result("passed", "1.3.2", is_notable=False)),
        ("patch-only", Result("passed", "1.3.3", is_notable=False)),
        ("error", Result("error", "", is_notable=True)),
        ("first-release", Result("first-release", "", is_notable=False)),
    ],
)
def test_outputs_are_those_of_the_report(name: str, expected: Result) -> None:
    text = render(EXAMPLES[name], "json", Style())
    assert result_of(text, 0 if expected.outcome in {"passed", "first-release"} else 1) == expected


def test_several_packages_need_no_single_version() -> None:
    reports = Reports((EXAMPLES["unchanged"], EXAMPLES["under-bumped"]))
    assert result_of(render_all(reports, "json", Style()), 1) == Result("under-bumped", "", is_notable=True)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"outcome": "passed"}', '{"packages": []}'])
def test_a_report_that_cannot_be_read_is_an_error(text: str) -> None:
    assert result_of(text, 0) == Result("error", "", is_notable=True)


@pytest.mark.parametrize("word", ["passed\noutcome=passed", "", None, 7])
def test_no_output_adds_another(word: object) -> None:
    report = json.loads(render(EXAMPLES["under-bumped"], "json", Style()))
    assert result_of(json.dumps({**report, "required_version": word}), 1).required_version == ""
    assert result_of(json.dumps({**report, "outcome": word}), 1).outcome == "error"


def test_an_exit_code_that_failed_is_notable_whatever_the_report_says() -> None:
    assert result_of(render(EXAMPLES["unchanged"], "json", Style()), 3).is_notable


def test_what_is_installed_is_held_by_its_hash_and_comes_from_the_checkout(tmp_path: Path) -> None:
    python = tmp_path / "python"
    fetched, installed, built = commands(python, ROOT, tmp_path)
    for command in (fetched, installed, built):
        assert command[:4] == [str(python), "-I", "-m", "pip"]
        assert "--no-cache-dir" in command
    for command in (fetched, installed):
        assert {"--require-hashes", "--only-binary=:all:"} <= set(command)
        assert command.count("--requirement") == 2
    for command in (installed, built):
        assert "--no-index" in command
    assert built[-1] == str(ROOT)


def test_other_requirements_are_kept_apart(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    for name in ("build", "run"):
        (tmp_path / "requirements" / f"{name}.txt").write_text("a==1", "utf-8")
    before = wheels_key(tmp_path)
    (tmp_path / "requirements" / "run.txt").write_text("a==2", "utf-8")
    assert wheels_key(tmp_path) != before


def test_the_action_has_a_file_for_every_format() -> None:
    assert tuple(FILES) == FORMATS


def test_comments_are_found_by_the_line_that_the_report_begins_with() -> None:
    assert MARKER == markdown.MARKER
