"""The catalogue says exactly what the compatibility contract says."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, get_args, get_type_hints

import pytest

from semverdiff.config.policies import Policies
from semverdiff.rules import all_rules, rule

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.rules.entries import Rule

Row = tuple[str, str, str]


@pytest.fixture
def contract(shared: Path) -> dict[str, list[Row]]:
    entries = json.loads((shared / "reference" / "rules.json").read_text())
    return {
        entry["id"]: [(row["when"], row["level"], row["strict"]) for row in entry["levels"]]
        for entry in entries
    }


def rows(entry: Rule) -> list[Row]:
    rest = "always" if len(entry.cases) == 1 else "else"
    return [(case.condition or rest, case.effect.level.word, case.effect.strict.word) for case in entry.cases]


def test_knows_the_same_rules(contract: dict[str, list[Row]]) -> None:
    assert [entry.id for entry in all_rules()] == sorted(contract)


def test_gives_the_same_levels_in_the_same_order(contract: dict[str, list[Row]]) -> None:
    assert {entry.id: rows(entry) for entry in all_rules()} == contract


def test_finds_every_rule_by_its_id() -> None:
    assert [rule(entry.id) for entry in all_rules()] == list(all_rules())


@pytest.mark.parametrize("unknown", ["", "record", "record-", "field-removed", "record-exploded", "-removed"])
def test_knows_no_rule_of_another_name(unknown: str) -> None:
    assert rule(unknown) is None


def test_every_policy_of_a_condition_exists_with_that_value() -> None:
    choices = {
        f"policy {name.replace('_', '-')} = {value}"
        for name, choice in get_type_hints(Policies).items()
        for value in get_args(choice)
    }
    words = {word for entry in all_rules() for case in entry.cases for word in case.when}
    assert {word for word in words if word.startswith("policy ")} <= choices


def test_strict_is_never_lower() -> None:
    assert [
        entry.id for entry in all_rules() for case in entry.cases if case.effect.strict < case.effect.level
    ] == []


def test_a_harmless_change_has_no_client_that_breaks() -> None:
    assert [
        entry.id
        for entry in all_rules()
        for case in entry.cases
        if case.effect.strict.word != "major" and case.effect.client is not None
    ] == []


def test_every_rule_has_a_title_of_one_sentence() -> None:
    sentence = re.compile(r"[A-Z`][^$\[\]]*\.")
    assert [entry.id for entry in all_rules() if not sentence.fullmatch(entry.title)] == []
