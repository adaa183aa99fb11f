"""Positions on differences: those of the old version, on what is said of types."""

from __future__ import annotations

import pytest
from support.sources import differences

USES = {
    "in": "public function f(T t) {}",
    "out": "public function f() returns T {}",
    "both": "",
}
TYPES = {
    "record field": ("public type T record { int a; };", "public type T record { string a; };"),
    "record": ("public type T record {| int a; |};", "public type T record { int a; };"),
    "union": ("public type T int;", "public type T string;"),
    "enum member": ("public enum T { A, B }", "public enum T { A }"),
    "object type": (
        "public type T object { public function m(); };",
        "public type T object { public function m(); public function n(); };",
    ),
    "error": ("public type T distinct error;", "public type T error;"),
}


@pytest.mark.parametrize(("position", "use"), USES.items(), ids=USES)
@pytest.mark.parametrize(("old", "new"), TYPES.values(), ids=TYPES)
def test_a_difference_has_the_position_of_its_type(old: str, new: str, position: str, use: str) -> None:
    (found,) = differences(f"{old} {use}", f"{new} {use}")
    assert found.position == position


def test_the_old_version_decides() -> None:
    (field, removed) = differences(
        "public type T record { int a; }; public function f(T t) {}", "public type T record { string a; };"
    )
    assert (field.position, removed.position) == ("in", None)


WITHOUT = {
    "function": ("public function f(int a) {}", "public function f(string a) {}"),
    "class": ("public class T { public int a = 1; }", "public class T { public string a = x; }"),
    "type added": ("", "public type T int;"),
    "type removed": ("public type T int;", ""),
    "type hidden": ("public type T int;", "type T int;"),
    "enum renamed": ("public enum T { A }", "public enum U { A }"),
}


@pytest.mark.parametrize(("old", "new"), WITHOUT.values(), ids=WITHOUT)
def test_what_is_no_type_or_comes_or_goes_has_no_position(old: str, new: str) -> None:
    assert {one.position for one in differences(old, new)} == {None}
