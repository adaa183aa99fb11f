"""Function types in parameters: what the library gives to the function that a client passes."""

from __future__ import annotations

import pytest
from support.sources import differences, facts

from semverdiff.compare.details import ParametersReordered

# The type of the parameter before and after; facts of `callback-`.
CALLBACKS = {
    "the same": ("function (int i) returns int", "function (int i) returns int", []),
    "parameter added": ("function (int i)", "function (int i, int j)", ["parameter-added"]),
    "parameter removed": ("function (int i, int j)", "function (int i)", ["parameter-removed"]),
    "two removed": ("function (int i, int j)", "function ()", ["parameter-removed", "parameter-removed"]),
    "reordered": ("function (int i, string s)", "function (string s, int i)", ["parameters-reordered"]),
    "one of two changed": (
        "function (int i, string s)",
        "function (string s, float f)",
        [
            *("parameter-renamed", "parameter-renamed", "parameter-type-changed", "parameter-type-changed"),
        ],
    ),
    "three reordered": (
        "function (int, string, float)",
        "function (float, int, string)",
        ["parameters-reordered"],
    ),
    "the same type twice": (
        "function (int, int, string)",
        "function (int, string, string)",
        ["parameter-type-changed"],
    ),
    "reordered by other names": ("function (Id, Text)", "function (string, int)", ["parameters-reordered"]),
    "other names alone": (
        "function (Id, int)",
        "function (int, Id)",
        ["parameter-type-respelled", "parameter-type-respelled"],
    ),
    "a default that another constant gives": (
        "function (int i = OLD)",
        "function (int i = NEW)",
        [
            "parameter-default-value-changed",
        ],
    ),
    "renamed": ("function (int i)", "function (int j)", ["parameter-renamed"]),
    "named now": ("function (int)", "function (int j)", []),
    "narrowed": ("function (int|string i)", "function (int i)", ["parameter-type-narrowed"]),
    "widened": ("function (int i)", "function (int|string i)", ["parameter-type-widened"]),
    "changed": ("function (int i)", "function (string i)", ["parameter-type-changed"]),
    "respelled": ("function (int? i)", "function (int|() i)", ["parameter-type-respelled"]),
    "mutable part narrowed": (
        "function ((int|string)[] i)",
        "function (int[] i)",
        ["parameter-mutable-member-narrowed"],
    ),
    "rest added": ("function (int i)", "function (int i, int... more)", ["parameter-rest-added"]),
    "rest removed": ("function (int i, int... more)", "function (int i)", ["parameter-rest-removed"]),
    "rest renamed": ("function (int... more)", "function (int... rest)", ["parameter-rest-renamed"]),
    "rest widened": ("function (int... more)", "function (int?... more)", ["parameter-rest-type-widened"]),
    "rest respelled": ("function (int?... m)", "function (int|()... m)", ["parameter-type-respelled"]),
    "result added": ("function ()", "function () returns int", ["return-type-added"]),
    "result removed": ("function () returns int", "function ()", ["return-type-removed"]),
    "result widened": ("function () returns int", "function () returns int?", ["return-type-widened"]),
    "result narrowed": ("function () returns int?", "function () returns int", ["return-type-narrowed"]),
    "may fail": ("function () returns int", "function () returns int|error", ["return-error-added"]),
    "cannot fail": ("function () returns int|error", "function () returns int", ["return-error-removed"]),
    "a default that stays": ("function (int i = 1)", "isolated function (int i = 1)", ["isolated-added"]),
    "isolated": ("function ()", "isolated function ()", ["isolated-added"]),
    "transactional no more": ("transactional function ()", "function ()", ["transactional-removed"]),
    "optional": ("(function (int i))?", "(function (string i))?", ["parameter-type-changed"]),
}


@pytest.mark.parametrize(("old", "new", "expected"), CALLBACKS.values(), ids=CALLBACKS)
def test_callback(old: str, new: str, expected: list[str]) -> None:
    declared = "type Id int; type Text string; const OLD = 1; const NEW = 1;"
    sides = (f"{declared} public function each({text} visit) {{ }}" for text in (old, new))
    assert facts(*sides) == [f"each(visit): callback-{one}" for one in expected]


def test_names_that_changed_their_meaning_are_no_other_order() -> None:
    use = "public function each(function ({}, {}) visit) {{ }}"
    old = f"type A int; type B string; {use.format('A', 'B')}"
    new = f"type A string; type B int; {use.format('B', 'A')}"
    assert facts(old, new) == ["each(visit): callback-parameter-type-respelled"] * 2


def test_parameters_without_names_are_told_by_their_types() -> None:
    (found,) = differences(
        *(
            f"public function each(function ({text}) visit) {{ }}"
            for text in ("int, string s", "string s, int")
        )
    )
    assert found.detail == ParametersReordered(("int", "s"), ("s", "int"))


@pytest.mark.parametrize(
    ("count", "expected"), [(64, {"parameters-reordered"}), (65, {"parameter-type-changed"})]
)
def test_of_many_parameters_each_is_compared_in_its_place(count: int, expected: set[str]) -> None:
    types = ['"' + str(number) + '"' for number in range(count)]
    sides = (", ".join(row) for row in (types, [*types[1:], types[0]]))
    found = facts(*(f"public function each(function ({text}) visit) {{ }}" for text in sides))
    assert {one.removeprefix("each(visit): callback-") for one in found} == expected


@pytest.mark.parametrize("default", ["D", "1 + D"])
@pytest.mark.parametrize(("value", "expected"), [(1, []), (2, ["parameter-default-value-changed"])])
def test_a_default_is_what_its_constant_holds(value: int, expected: list[str], default: str) -> None:
    use = f"public function each(function (int i = {default}) visit) {{ }}"
    found = facts(f"const D = 1; {use}", f"const D = {value}; {use}")
    assert found == [f"each(visit): callback-{one}" for one in expected]


OTHERWISE = {
    "no function before": ("int", "function ()", "each(visit): function-parameter-type-changed"),
    "any function before": ("function", "function ()", "each(visit): function-parameter-type-narrowed"),
    "nil no more": (
        "(function (int i) returns int)?",
        "function (int i) returns int",
        "each(visit): function-parameter-type-narrowed",
    ),
    "nil as well": (
        "function (int i) returns int",
        "(function (int i) returns int)?",
        "each(visit): function-parameter-type-widened",
    ),
    "nil no more, and another function": (
        "(function (int i))?",
        "function (string i)",
        "each(visit): function-parameter-type-changed",
    ),
    "a function in a list": (
        "function ()[]",
        "function (int i)[]",
        "each(visit): function-parameter-type-changed",
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), OTHERWISE.values(), ids=OTHERWISE)
def test_what_is_no_written_function_type_on_both_sides_is_a_type(old: str, new: str, expected: str) -> None:
    sides = (f"public function each({text} visit) {{ }}" for text in (old, new))
    assert facts(*sides) == [expected]


def test_a_method_has_callbacks_too() -> None:
    old, new = (
        f"public class C {{ public function each(function ({text} i) visit) {{ }} }}"
        for text in ("int", "string")
    )
    (found,) = differences(old, new)
    assert (found.rule, found.symbol) == ("callback-parameter-type-changed", "C.each(visit)")


@pytest.mark.parametrize(
    ("hidden", "fact"),
    [("", "method-parameter-type-changed"), ("private int p;", "callback-parameter-added")],
    ids=["open", "sealed"],
)
def test_who_may_implement_an_object_type_is_given_the_function(hidden: str, fact: str) -> None:
    old, new = (
        f"public type O object {{ public function m(function ({text}) f); {hidden} }};"
        for text in ("int a", "int a, int b")
    )
    assert facts(old, new) == [f"O.m(f): {fact}"]
