"""docs/explanation/compatibility.md names every rule with its levels, in the section that the rule cites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from semverdiff.rules import all_rules
from semverdiff.rules.level_tables import with_level_tables
from semverdiff.rules.subjects import SUBJECTS

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.compare import Subject

LINK = re.compile(r"\(\.\./reference/rules/[a-z-]+\.md#([a-z-]+)\)")


@pytest.fixture
def document(repository: Path) -> str:
    return (repository / "docs" / "explanation" / "compatibility.md").read_text("utf-8")


def test_every_rule_is_in_a_table_once(document: str) -> None:
    assert sorted(LINK.findall(document)) == [rule.id for rule in all_rules()]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_sections_that_rules_cite_are_there(document: str, subject: Subject) -> None:
    headings = re.findall(r"^### (\S+) ", document, re.MULTILINE)
    assert set(SUBJECTS[subject].sections) <= set(headings)


@pytest.mark.parametrize(
    ("subjects", "line"),
    [
        ("map", "`alias-to-record`: [map](../reference/rules/map.md#map-alias-to-record) | M |"),
        ("record-field", "| m/M (out, policy construct-output-records = no), M else |"),
        ("function, method", "| function: m/M; method: called m, implemented M |"),
        ("class", "| m (sealed), M (open class, policy open-classes = implement), m/M (open class) |"),
        ("enum", "| p |"),
    ],
)
def test_a_table_has_the_levels_in_short(subjects: str, line: str) -> None:
    written = with_level_tables(f"before\n<!-- levels: {subjects} -->\nold\n<!-- end -->\nafter\n")
    assert line in written
    assert written.startswith(f"before\n<!-- levels: {subjects} -->\n\n| what happened | rules | level |\n")
    assert written.endswith("|\n\n<!-- end -->\nafter\n")
    assert "old" not in written.splitlines()


def test_a_table_has_the_facts_of_any_of_its_subjects() -> None:
    written = with_level_tables("<!-- levels: function, method -->\n<!-- end -->")
    assert "`kind-changed`: [method](../reference/rules/method.md#method-kind-changed) |" in written
    assert "`removed`: [function](../reference/rules/function.md#function-removed) |" in written
    assert "kind-changed" not in with_level_tables("<!-- levels: function -->\n<!-- end -->")


def test_text_without_a_marker_stays_as_it_is() -> None:
    assert with_level_tables("levels: class\n") == "levels: class\n"
