"""Enums that come from and go to aliases and constants, and what uses their members."""

from __future__ import annotations

import pytest
from support.sources import differences, facts

from semverdiff.compare import Condition

CONSTANTS = 'public const RED = "RED"; public const BLUE = "BLUE";'
CASES = {
    "enum to alias of a private enum": (
        "public enum Color { RED, BLUE }",
        "enum Hue { RED, BLUE } public type Color Hue;",
        [
            "Color.BLUE: enum-member-removed",
            "Color.RED: enum-member-removed",
            "Color: enum-to-alias-of-enum",
        ],
    ),
    "alias of literals to enum": (
        'public type Color "RED"|"BLUE";',
        "public enum Color { RED, BLUE }",
        [
            "Color.BLUE: enum-member-added",
            "Color.RED: enum-member-added",
            "Color: type-alias-to-enum",
        ],
    ),
    "enum to alias of literals": (
        "public enum Color { RED, BLUE }",
        'public type Color "RED"|"BLUE";',
        [
            "Color.BLUE: enum-member-removed",
            "Color.RED: enum-member-removed",
            "Color: enum-to-type-alias",
        ],
    ),
    "constants to enum": (
        f"{CONSTANTS} public type Color RED|BLUE;",
        "public enum Color { RED, BLUE }",
        ["Color: type-alias-to-enum-same-names"],
    ),
    "literals beside constants to enum": (
        f'{CONSTANTS} public type Color "RED"|"BLUE";',
        "public enum Color { RED, BLUE }",
        ["Color: type-alias-to-enum"],
    ),
    "constants to enum with a further member": (
        f"{CONSTANTS} public type Color RED|BLUE;",
        "public enum Color { RED, BLUE, GREEN }",
        ["Color.GREEN: enum-member-added", "Color: type-alias-to-enum"],
    ),
    "private constant to member": (
        'const RED = "RED";',
        "public enum Color { RED }",
        ["Color: enum-added"],
    ),
    "enum to constants": (
        "public enum Color { RED, BLUE }",
        f"{CONSTANTS} public type Color RED|BLUE;",
        ["Color: enum-to-constants"],
    ),
    "enum to a type beside a private constant": (
        "public enum Color { RED }",
        'public type Color "RED"|"BLUE"; const RED = "RED";',
        ["Color.RED: enum-member-removed", "Color: enum-to-type-alias", "Color: type-widened"],
    ),
    "enum to a type beside a function of a member's name": (
        "public enum Color { RED }",
        'public type Color "RED"|"BLUE"; public function RED() {}',
        [
            "Color.RED: enum-member-removed",
            "Color: enum-to-type-alias",
            "Color: type-widened",
            "RED: function-added",
        ],
    ),
    "enum to alias of an enum that lacks a member, which is a constant": (
        "public enum Color { RED, BLUE }",
        'public enum Colour { RED } public type Color Colour; public const BLUE = "BLUE";',
        ["Color.BLUE: enum-member-removed", "Color: enum-to-alias-of-enum", "Colour: enum-added"],
    ),
    "enum to alias of an enum": (
        "public enum Color { RED }",
        "public enum Colour { RED } public type Color Colour;",
        ["Color: enum-to-alias-of-enum", "Colour: enum-added"],
    ),
    "alias of names that are gone": (
        "public enum Color { RED, BLUE }",
        'public const RED = "RED"; public type Color RED|BLUE;',
        ["Color.BLUE: enum-member-removed", "Color: enum-to-constants", "Color: type-changed"],
    ),
    "member to a variable": (
        "public enum Color { RED, BLUE }",
        'public enum Color { BLUE } public final string RED = "RED";',
        ["Color.RED: enum-member-removed", "RED: variable-added"],
    ),
    "alias of something else": (
        "public enum Color { RED }",
        "public type Color int;",
        ["Color.RED: enum-member-removed", "Color: enum-to-type-alias", "Color: type-changed"],
    ),
    "something else to an enum": (
        "public type Color int|string;",
        "public enum Color { RED }",
        ["Color: symbol-kind-changed"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_enums_and_aliases(old: str, new: str, expected: list[str]) -> None:
    assert facts(old, new) == expected


# A public enum stays; what mentions it does not change with the members that it gets.
USES = {
    "parameter": "public function f(Color c) {}",
    "member as a type": "public function f(RED r) {}",
    "default": "public function f(Color c = RED) {}",
    "constant": "public const C = RED;",
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_what_uses_an_enum_is_not_changed_by_another_member(use: str) -> None:
    old, new = (f"public enum Color {{ {members} }} {use}" for members in ("RED", "RED, BLUE"))
    assert facts(old, new) == ["Color.BLUE: enum-member-added"]


def test_a_constant_follows_the_member_that_it_is() -> None:
    old, new = (f'public enum Color {{ RED = "{value}" }} public const C = RED;' for value in ("r", "s"))
    assert facts(old, new) == ["C: constant-value-changed", "Color.RED: enum-member-value-changed"]


@pytest.mark.parametrize(("old", "new"), [("RED", 'RED = "r"'), ('RED = "r"', "RED")])
def test_a_constant_follows_the_member_that_has_a_value_of_its_own_in_one_version(old: str, new: str) -> None:
    sides = (f"public enum Color {{ {member} }} public const C = RED;" for member in (old, new))
    assert facts(*sides) == ["C: constant-value-changed", "Color.RED: enum-member-value-changed"]


def test_a_member_as_a_type_follows_its_value() -> None:
    old, new = (
        f'public enum Color {{ RED = "{value}" }} public function f(RED r) {{}}' for value in ("r", "s")
    )
    assert facts(old, new) == [
        "Color.RED: enum-member-value-changed",
        "f(r): function-parameter-type-changed",
    ]


@pytest.mark.parametrize(("new", "is_decided"), [('"r"', True), ("other:RED", False)])
def test_whether_a_constant_has_the_value_of_the_member_is_not_known_if_it_is_not_read(
    new: str, *, is_decided: bool
) -> None:
    old = "public enum Color { RED, BLUE }"
    constants = f'import acme/other; public const RED = {new}; public const BLUE = "BLUE";'
    found = {one.symbol: one for one in differences(old, f"{constants} public type Color RED|BLUE;")}
    assert found["Color.RED"].rule == "enum-member-value-changed"
    assert (found["Color.RED"].undecided is None) is is_decided


@pytest.mark.parametrize("type_", ["other:Color", "readonly & other:Color"])
def test_what_an_enum_became_is_not_known_where_another_package_declares_it(type_: str) -> None:
    found = differences("public enum Color { RED }", f"import acme/other; public type Color {type_};")
    assert [(one.symbol, one.rule, one.undecided is None) for one in found] == [
        ("Color", "enum-to-type-alias", False),
        ("Color.RED", "enum-member-removed", True),
    ]


KEPT = {
    "every string": ("string", True),
    "a name of every string": ("Text", True),
    "the same literal": ('"RED"|"BLUE"', True),
    "another literal": ('"BLUE"', False),
}


@pytest.mark.parametrize(("old", "is_kept"), KEPT.values(), ids=KEPT)
def test_a_member_may_name_a_value_that_the_type_had(old: str, *, is_kept: bool) -> None:
    text = "public type Text string;"
    found = differences(f"{text} public type Color {old};", f"{text} public enum Color {{ RED }}")
    (added,) = (one for one in found if one.symbol == "Color.RED")
    assert (Condition.ENUM_VALUES_KEPT in added.conditions) is is_kept


def test_a_private_enum_is_reported_where_clients_meet_its_values() -> None:
    old, new = (f"enum Color {{ {members} }} public function f(Color c) {{}}" for members in ("RED", "BLUE"))
    assert facts(old, new) == ["f(c): function-parameter-type-changed"]


def test_a_private_enum_may_have_other_names() -> None:
    old, new = (
        f'enum {name} {{ {member} = "x" }} public function f({name} c) {{}}' for name, member in ("AB", "CD")
    )
    assert facts(old, new) == ["f(c): function-parameter-type-respelled"]


@pytest.mark.parametrize("value", ["", " = other:X"])
@pytest.mark.parametrize("one", ["A|B", "A|B|int"])
def test_an_enum_is_the_union_of_its_members_whatever_their_values_are(value: str, one: str) -> None:
    declared = f"import acme/other; enum E {{ A{value}, B }}"
    other = one.replace("A|B", "E")
    for old, new in ((one, other), (other, one)):
        sides = (f"{declared} public function f({written} x) {{}}" for written in (old, new))
        assert facts(*sides) == ["f(x): function-parameter-type-respelled"]


def test_the_order_of_members_does_not_count() -> None:
    assert facts("public enum Color { RED, BLUE }", "public enum Color { BLUE, RED }") == []
