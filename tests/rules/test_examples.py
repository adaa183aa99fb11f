"""The example of a rule is the smallest change that the rule is about: comparing it finds the rule, alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from semverdiff.rules import all_rules
from semverdiff.rules.pages import example_differences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.rules import Rule
    from semverdiff.rules.examples import Versions

# What a change brings along by the contract, as a finding of its own.

COMPANIONS: Mapping[str, set[str]] = {
    # A field of a class has a value, and one of another type has another.
    "class-field-type-changed": {"class-field-initial-value-changed: Cart.total"},
    # The name that the alias stands for is new.
    "class-to-alias-of-class": {"class-added: Basket"},
    "enum-to-alias-of-enum": {"enum-added: Paint"},
    # Each name that is added or removed is a finding of its own (2.6, 2.8).
    "enum-to-type-alias": {"enum-member-removed: Color.BLUE", "enum-member-removed: Color.RED"},
    "type-alias-to-enum": {"enum-member-added: Color.BLUE", "enum-member-added: Color.RED"},
    # What is lost accompanies the finding that caused it (0.4).
    "type-anydata-lost": {"record-field-optional-added: Order.done"},
    "type-json-lost": {"record-field-optional-added: Order.body"},
    "type-readonly-lost": {"record-field-optional-added: Order.label"},
}

# Facts whose meaning is always outside of what can be read.
NEVER_DECIDED = ("contract-", "service-")

SHOWN = [(entry, entry.example) for entry in all_rules()]


@pytest.mark.parametrize(("entry", "shown"), SHOWN, ids=[entry.id for entry, _ in SHOWN])
def test_comparing_an_example_finds_its_rule_and_no_other(entry: Rule, shown: Versions) -> None:
    found = example_differences(shown)
    own = f"{entry.id}: {shown.symbol}"
    expected = {own} | COMPANIONS.get(entry.id, set())
    assert sorted(f"{one.rule}: {one.symbol}" for one in found) == sorted(expected)
    if not entry.id.startswith(NEVER_DECIDED):
        assert [one.undecided for one in found if one.undecided] == []


@pytest.mark.slow
@pytest.mark.parametrize("shown", [shown for _, shown in SHOWN], ids=[entry.id for entry, _ in SHOWN])
def test_an_example_parses_and_differs_from_itself_in_nothing(shown: Versions) -> None:
    for side in (shown.before, shown.after):
        assert example_differences(replace(shown, before=side, after=side)) == []


def test_every_exception_is_about_a_rule() -> None:
    known = {entry.id for entry, _ in SHOWN}
    assert sorted(COMPANIONS.keys() - known) == []
