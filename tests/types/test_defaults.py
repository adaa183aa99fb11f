"""Which fields do constructors have to name now, because their default is gone?"""

from __future__ import annotations

import pytest
from support.sources import descriptor, surface

from semverdiff.types import Type, TypeComparison

OLD = """
public type Order record {| int id = 1; |};
public type Item record {| record {| int n = 1; |} part = {}; |};
type Inner record {| int id = 1; |};
type Alias Inner;
type Tree record {| int id = 1; Tree[] children = []; |};
type Each Order|Item;
type Only Order;
"""
NEW = """
public type Order record {| int id; |};
public type Item record {| record {| int n; |} part = {n: 1}; |};
type Inner record {| int id; |};
type Alias Inner;
type Tree record {| int id; Tree[] children = []; |};
type Each Order|Item;
type Only Order;
"""
WITH, WITHOUT = "record {| int a = 1; |}", "record {| int a; |}"

LOST = {
    "a field": (WITH, WITHOUT, "a"),
    "a field that stays optional for nobody": (
        "record {| int a = 1; int b = 2; |}",
        "record {| int a = 1; int b; |}",
        "b",
    ),
    "behind a private name": ("Inner", "Inner", "id"),
    "behind an alias": ("Alias", "Alias", "id"),
    "in a list": (f"({WITH})[]", f"({WITHOUT})[]", "a"),
    "in a tuple": (f"[int, {WITH}]", f"[int, {WITHOUT}]", "a"),
    "in a map": (f"map<{WITH}>", f"map<{WITHOUT}>", "a"),
    "in a field": (f"record {{| {WITH} b; |}}", f"record {{| {WITHOUT} b; |}}", "a"),
    "in further fields": (f"record {{| {WITH}...; |}}", f"record {{| {WITHOUT}...; |}}", "a"),
    "in a union": (f"{WITH}?", f"{WITHOUT}?", "a"),
    "in all records of a union": (WITH, f"{WITHOUT}|record {{| int a; int b; |}}", "a"),
    "in a record that asks for more": (WITH, "record {| int a; int b; |}", "a"),
    "readonly": (f"readonly & {WITH}", f"readonly & {WITHOUT}", "a"),
    "in a circle": ("Tree", "Tree", "id"),
    "beside a public record": (f"Order|{WITH}", f"Order|{WITHOUT}", "a"),
    "beside a list": (f"int[]|{WITH}", f"int[]|{WITHOUT}", "a"),
    "beside a public record by another name": (f"Order|{WITH}", f"Only|{WITHOUT}", "a"),
    "a public record for one that has no name": ("Order|Inner", "Order", "id"),
}
KEPT = {
    "a default that stays": (WITH, WITH),
    "a default that is new": (WITHOUT, WITH),
    "a field that is optional now": (WITH, "record {| int a?; |}"),
    "a field that is gone": (WITH, "record {| |}"),
    "a field without a default": (WITHOUT, WITHOUT),
    "a public record": ("Order", "Order"),
    "a public record that is readonly": ("readonly & Order", "readonly & Order"),
    "a public record among others": ("Order|int", "Order|string"),
    "public records in lists": ("Order[]", "Order[]"),
    "public records of a union that are named as well": ("Order|Item|Each", "Order|Item|int[]"),
    "one record of a union takes it": (WITH, f"{WITHOUT}|{WITH}"),
    "one record of a union takes it and more": (WITH, f"{WITHOUT}|record {{| int a = 1; int b?; |}}"),
    "a union in another order": (
        f'{WITH}|record {{| string b = ""; |}}',
        f'record {{| string b = ""; |}}|{WITH}',
    ),
    "a list for a record": (f"({WITH})[]", WITHOUT),
    "another number of members": (f"[{WITH}]", f"[{WITHOUT}, int]"),
    "a closed record for an open one": (f"record {{| {WITH}...; |}}", "record {| |}"),
    "an open record for a closed one": ("record {| |}", f"record {{| {WITHOUT}...; |}}"),
    "an intersection that nothing is in": (WITH, f"readonly & {WITHOUT} & record {{| int b; |}}"),
    "basic types": ("int", "string"),
    "no record": ("int[]", "string[]"),
}


def _lost(old: str, new: str) -> str | None:
    before, after = surface(OLD), surface(NEW)
    comparison = TypeComparison(before, after, lambda _, name: name in {"Order", "Item"})
    return comparison.lost_default(
        Type(descriptor(old), "shop", before), Type(descriptor(new), "shop", after)
    )


@pytest.mark.parametrize(("old", "new", "field"), LOST.values(), ids=LOST)
def test_a_field_whose_default_is_gone_has_to_be_named(old: str, new: str, field: str) -> None:
    assert _lost(old, new) == field


@pytest.mark.parametrize(("old", "new"), KEPT.values(), ids=KEPT)
def test_constructors_that_leave_fields_out_go_on_compiling(old: str, new: str) -> None:
    assert _lost(old, new) is None


def test_a_default_is_gained_the_other_way_round() -> None:
    before, after = surface(OLD), surface(NEW)
    comparison = TypeComparison(before, after, lambda *_: False)
    old, new = Type(descriptor(WITHOUT), "shop", before), Type(descriptor(WITH), "shop", after)
    assert comparison.gained_default(old, new) == "a"
    assert comparison.lost_default(old, new) is None
