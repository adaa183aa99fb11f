"""Enums: members by name and folded value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.two_versions import compared, rules

from semverdiff.compare import Condition
from semverdiff.compare.details import Renamed

if TYPE_CHECKING:
    from semverdiff.compare import Difference


def differences(old: str, new: str) -> list[Difference]:
    """Compare the members of the enum `Color` of two snippets, which may be a union in one of them."""
    return [one for one in compared(old, new, "Color") if len(one.trail) > 1]


def enum(members: str) -> str:
    return f"public enum Color {{ {members} }}"


CASES = {
    "same": ("RED, BLUE", "RED, BLUE", []),
    "order": ("RED, BLUE", "BLUE, RED", []),
    "quotes and explicit default": ("RED, BLUE", '\'RED = "RED", BLUE', []),
    "added": ("RED", "RED, BLUE", ["Color.BLUE: enum-member-added"]),
    "removed": ("RED, BLUE", "RED", ["Color.BLUE: enum-member-removed"]),
    "renamed in place": ("RED, BLUE", "RED, NAVY", ["Color.BLUE: enum-member-renamed"]),
    "renamed with its value": ("RED, BLUE", 'NAVY = "BLUE", RED', ["Color.BLUE: enum-member-renamed"]),
    "another member elsewhere": (
        "RED, BLUE",
        "NAVY, RED",
        ["Color.BLUE: enum-member-removed", "Color.NAVY: enum-member-added"],
    ),
    "two renamed": (
        "RED, BLUE",
        "ROSE, NAVY",
        [
            "Color.BLUE: enum-member-removed",
            "Color.NAVY: enum-member-added",
            "Color.RED: enum-member-removed",
            "Color.ROSE: enum-member-added",
        ],
    ),
    "value": ('RED = "r"', 'RED = "R"', ["Color.RED: enum-member-value-changed"]),
    "values swapped": (
        'A = "x", B = "y"',
        'A = "y", B = "x"',
        ["Color.A: enum-member-value-changed", "Color.B: enum-member-value-changed"],
    ),
    "value in other words": ('RED = "ab"', 'RED = "a" + "b"', []),
    "value from elsewhere": ('RED = "a"', "RED = other:A", ["Color.RED: enum-member-value-changed?"]),
    "documentation": ("RED", "# A colour\nRED", ["Color.RED: documentation-changed"]),
    "deprecation": ("RED", "@deprecated RED", ["Color.RED: symbol-deprecation-added"]),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_enum(old: str, new: str, expected: list[str]) -> None:
    assert rules(differences(enum(old), enum(new))) == expected


def test_a_value_that_a_constant_gives_follows_the_constant() -> None:
    old, new = (f'const A = "{value}"; {enum("RED = A")}' for value in ("x", "y"))
    assert rules(differences(old, new)) == ["Color.RED: enum-member-value-changed"]


UNION = 'public const RED = "RED"; public type Color RED|"BLUE";'


def test_a_union_that_becomes_an_enum_gains_the_names_that_were_no_constants() -> None:
    found = differences(UNION, enum("RED, BLUE, GREEN"))
    assert {one.symbol: Condition.ENUM_VALUES_KEPT in one.conditions for one in found} == {
        "Color.BLUE": True,
        "Color.GREEN": False,
    }
    assert {one.rule for one in found} == {"enum-member-added"}


def test_an_enum_that_becomes_a_union_loses_the_names_that_are_no_constants() -> None:
    assert rules(differences(enum("RED, BLUE"), UNION)) == ["Color.BLUE: enum-member-removed"]


def test_a_second_name_for_a_value_is_no_new_value() -> None:
    (found,) = differences(enum("RED"), enum('RED, ROSE = "RED"'))
    assert found.conditions == frozenset({Condition.ENUM_VALUES_KEPT})


def test_a_renamed_member_has_both_names() -> None:
    (found,) = differences(enum("RED"), enum("ROSE"))
    assert found.detail == Renamed("RED", "ROSE")
