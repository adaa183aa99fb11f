"""Defaults of fields whose record has no public name: constructors leave these fields out."""

from __future__ import annotations

import pytest
from support.sources import differences, facts

from semverdiff import limits
from semverdiff.compare import Direction
from semverdiff.compare.details import TypeChanged

WITH = "type P record {| int a = 1; int b?; |};"
WITHOUT = "type P record {| int a; int b?; |};"
PUBLIC = "public type R record {| int a; int b?; |};"

# A type in a parameter, where `{}` makes a part of it.
PLACES = [
    *("P", "P?", "P|string", "P[]", "[int, P]", "[int, P...]", "map<P>", "table<P>", "record {| P x; |}"),
    *(
        "record {| P...; |}",
        "readonly & P",
        "Q",
        "Q|int[]",
        "function () returns P",
        "(function () returns P)[]",
    ),
    *("object { public function f(P p); }", "T", "stream<P>"),
]
MORE = "type Q record {| P p?; |}; type T record {| *P; T[] more?; |};"


@pytest.mark.parametrize("place", PLACES)
def test_a_default_that_is_gone_narrows_what_a_parameter_takes(place: str) -> None:
    use = f"{MORE} public function f(({place}) p) {{ }}"
    assert facts(f"{WITH} {use}", f"{WITH} {use}") == []
    (found,) = differences(f"{WITH} {use}", f"{WITHOUT} {use}")
    callback = place == "function () returns P"
    assert found.rule == ("callback-return-type-narrowed" if callback else "function-parameter-type-narrowed")
    assert isinstance(found.detail, TypeChanged)
    assert found.detail.path == 'field "a" has no default value any more'
    assert found.undecided is None


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("public function f(P p) {}", ["f(p): function-parameter-type-widened"]),
        ("public function f() returns P {}", []),
        ("public type T record {| P p; |};", []),
    ],
)
def test_a_default_that_is_new_widens_what_a_parameter_takes(use: str, expected: list[str]) -> None:
    assert facts(f"{WITHOUT} {use}", f"{WITH} {use}") == expected


ELSEWHERE = {
    "a result": ("public function f() returns P {}", "f: function-return-type-narrowed"),
    "a field": ("public type T record {| P p; |};", "T.p: record-field-type-narrowed"),
    "an alias": ("public type T P[];", "T: type-narrowed"),
    "a field of a class": ("public class C { public P p = {}; }", "C.p: class-field-type-narrowed"),
    "a variable": ("public P v = {};", "v: variable-type-narrowed"),
    "an included record": ("public function f(*P p) {}", "f(p): function-parameter-included-record-changed"),
}


@pytest.mark.parametrize(("use", "expected"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_wherever_a_record_without_a_public_name_is_met(use: str, expected: str) -> None:
    assert facts(f"{WITH} {use}", f"{WITHOUT} {use}") == [expected]


WRITTEN = {
    "gone": ("record {| int a = 1; |}", "record {| int a; |}", "narrowed"),
    "optional now": ("record {| int a = 1; |}", "record {| int a?; |}", "widened"),
    "another one": ("record {| int a = 1; |}", "record {| int a = 2; |}", "respelled"),
    "gone, and another type beside it": ("record {| int a = 1; |}", "record {| int a; |}|string", "changed"),
    "gone, and another field is wider": (
        "record {| int a = 1; int b; |}",
        "record {| int a; int|string b; |}",
        "changed",
    ),
    "kept by one of two": (
        "record {| int a = 1; |}",
        "record {| int a = 1; |}|record {| int a; |}[]",
        "widened",
    ),
    "kept by a public record": (
        "record {| int a = 1; int b?; |}",
        "record {| int a = 1; int b?; |}|string",
        "widened",
    ),
    "a public record that has none": ("record {| int a = 1; int b?; |}", "R", "narrowed"),
    "gone with its field": ("record {| int a = 1; int b?; |}", "record {| int b?; |}", "changed"),
    "of another type": ("record {| int a = 1; |}", "record {| string a; |}", "changed"),
}


@pytest.mark.parametrize(("old", "new", "fact"), WRITTEN.values(), ids=WRITTEN)
def test_a_record_that_is_written_where_it_is_used(old: str, new: str, fact: str) -> None:
    sides = (f"{PUBLIC} public function f({text} p) {{}}" for text in (old, new))
    assert facts(*sides) == [f"f(p): function-parameter-type-{fact}"]


def test_a_public_record_is_compared_at_its_own_name_only() -> None:
    use = "type P record {| *R; |}; public function f(R r, R[] l, readonly & R f, P p) {}"
    old = f"public type R record {{| int a = 1; |}}; {use}"
    assert facts(old, old.replace(" = 1", "")) == ["R.a: record-field-default-removed"]


def test_the_direction_is_that_of_the_constructor() -> None:
    (found,) = differences(f"{WITH} public function f(P p) {{}}", f"{WITHOUT} public function f(P p) {{}}")
    assert isinstance(found.detail, TypeChanged)
    assert found.detail.direction is Direction.NARROWED


def test_what_takes_too_long_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DEFAULT_STEPS", 1)
    use = "public function f(P[] p) {}"
    (found,) = differences(f"{WITH} {use}", f"{WITHOUT} {use}")
    assert found.rule == "function-parameter-type-narrowed"
    assert found.undecided is not None


def test_a_record_that_leads_to_itself_is_looked_into_once() -> None:
    old = "type P record {| int a = 1; P next?; |}; public function f(P p) {}"
    assert facts(old, old.replace("P next?;", "P next?; int c?;")) == [
        "f(p): function-parameter-type-widened"
    ]
    assert facts(old, old.replace(" = 1", "")) == ["f(p): function-parameter-type-narrowed"]
