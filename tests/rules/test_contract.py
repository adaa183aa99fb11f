"""The catalogue says exactly what the compatibility contract says."""

from __future__ import annotations

import json
import re
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from semverdiff.compare.facts import Subject
from semverdiff.config import choices
from semverdiff.rules import all_rules, catalogue, rule
from semverdiff.rules.conditions import PolicyIs, contract_text

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.rules import Rule

Row = tuple[str, str, str]

# Section 7 of the contract names these after its table of rules was written.
ADDED = {
    f"{subject}-parameter-rest-type-widened-ambiguous": f"{subject}-parameter-type-widened-ambiguous"
    for subject in ("function", "init", "method", "remote-method", "resource")
} | {
    "record-rest-type-widened-ambiguous": "record-field-type-widened-ambiguous",
    **{
        f"{subject}-return-only-errors": f"{subject}-return-never"
        for subject in ("function", "method", "remote-method", "resource")
    },
}
"""Rules that the table lacks, and the rule that has their levels."""

_NOT_CONSTRUCTED = "policy construct-output-records = no"
_READONLY = "out, the field or the record is readonly and what was narrowed is immutable"
_NATIVE: Row = ("always", "patch", "patch")
CHANGED: dict[str, list[Row]] = {
    "function-parameter-type-widened": [
        ("a literal argument may have another type", "minor", "major"),
        ("else", "minor", "minor"),
    ],
    "package-native-binding-changed": [_NATIVE],
    "record-field-defaultable-added": [
        ("in or both, policy mirrored-records = yes", "major", "major"),
        ("else", "minor", "major"),
    ],
    "record-field-type-narrowed": [
        (f"{_READONLY}, {_NOT_CONSTRUCTED}", "minor", "major"),
        ("out, an open record only got optional fields", "minor", "major"),
        ("else", "major", "major"),
    ],
    "record-rest-type-narrowed": [
        (f"out, the record is readonly, {_NOT_CONSTRUCTED}", "minor", "major"),
        ("else", "major", "major"),
    ],
}
"""Rules whose levels section 7 decides anew, or for the first time."""


@pytest.fixture
def contract(shared: Path) -> dict[str, list[Row]]:
    entries = json.loads((shared / "reference" / "rules.json").read_text())
    table = {
        entry["id"]: [(row["when"], row["level"], row["strict"]) for row in entry["levels"]]
        for entry in entries
    }
    return table | {added: table[like] for added, like in ADDED.items()} | CHANGED


def rows(entry: Rule) -> list[Row]:
    rest = "always" if len(entry.rows) == 1 else "else"
    return [
        (contract_text(row.requirements) or rest, row.effect.level.word, row.effect.strict.word)
        for row in entry.rows
    ]


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
    required = {one for entry in all_rules() for row in entry.rows for one in row.requirements}
    named = {(one.policy, one.value) for one in required if isinstance(one, PolicyIs)}
    assert named
    assert named <= {(name, value) for name, values in choices().items() for value in values}


def test_strict_is_never_lower() -> None:
    assert [
        entry.id for entry in all_rules() for row in entry.rows if row.effect.strict < row.effect.level
    ] == []


def test_a_harmless_change_has_no_client_that_breaks() -> None:
    assert [
        entry.id
        for entry in all_rules()
        for row in entry.rows
        if row.effect.strict.word != "major" and row.effect.client is not None
    ] == []


def test_every_rule_has_a_title_of_one_sentence() -> None:
    sentence = re.compile(r"[A-Z`][^$\[\]]*\.")
    assert [entry.id for entry in all_rules() if not sentence.fullmatch(entry.title)] == []


def test_no_fact_has_two_entries_for_a_subject() -> None:
    ids = [
        f"{subject}-{entry.fact}"
        for module in {name for subject in Subject for name in catalogue.modules_of(subject)}
        for entry in import_module(f"{catalogue.__name__}.{module}").ENTRIES
        for subject in entry.levels
    ]
    assert sorted(ids) == [entry.id for entry in all_rules()]
