"""The example of a rule is the smallest change that the rule is about: comparing it finds the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.sources import differences

from semverdiff.rules import all_rules
from semverdiff.rules.examples import Example, example

if TYPE_CHECKING:
    from semverdiff.rules.entries import Rule

# What examples refer to, the same on both sides.
SURROUNDINGS = """
public type Options record {| int page = 1; int size = 10; |};
public type OtherOptions record {| int page = 1; int size; |};
public type Priced object { public int price; };
public type Tagged distinct object { public int price; };
public type Detail record {| string reason; |};
public type Label string;
public type TimeoutError distinct error;
public type LoginError distinct error;
"""

# What a file of code cannot show, or only together with much else.
WITHOUT_EXAMPLE = ("contract", "listener", "module", "package", "service", "symbol")

EXAMPLES = {entry.id: (entry, example(entry)) for entry in all_rules()}
SHOWN = [(entry, shown) for entry, shown in EXAMPLES.values() if shown is not None]


@pytest.mark.parametrize(("entry", "shown"), SHOWN, ids=[entry.id for entry, _ in SHOWN])
def test_comparing_an_example_finds_its_rule(entry: Rule, shown: Example) -> None:
    found = differences(shown.before + SURROUNDINGS, shown.after + SURROUNDINGS)
    assert (entry.id, shown.symbol) in {(one.rule, one.symbol) for one in found}
    assert not any(one.undecidable for one in found)


@pytest.mark.parametrize("shown", [shown for _, shown in SHOWN], ids=[entry.id for entry, _ in SHOWN])
def test_an_example_parses_and_differs_from_itself_in_nothing(shown: Example) -> None:
    for side in (shown.before, shown.after):
        assert differences(side + SURROUNDINGS, side + SURROUNDINGS) == []


def test_every_rule_about_code_has_an_example() -> None:
    missing = [entry.id for entry, shown in EXAMPLES.values() if shown is None]
    assert [one for one in missing if not one.startswith(WITHOUT_EXAMPLE)] == []


def test_no_mark_is_left_in_an_example() -> None:
    assert [entry.id for entry, shown in SHOWN if set("«»") & set(repr(shown))] == []
