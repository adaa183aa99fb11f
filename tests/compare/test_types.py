"""Types in places: equal in the same words, respelled, or another type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.sources import differences, facts

from semverdiff.api import type_text
from semverdiff.compare.details import TypeChanged
from semverdiff.types import TypeComparison

if TYPE_CHECKING:
    from semverdiff.api import Type

# Where a type may stand, and what a change of it is called.
PLACES = {
    "type": ("public type S %s;", "S: type"),
    "parameter": ("public function S(%s a) {}", "S(a): function-parameter-type"),
    "rest parameter": ("public function S((%s)... a) {}", "S(a): function-parameter-rest-type"),
    "result": ("public function S() returns %s {}", "S: function-return-type"),
    "field": ("public type S record { %s a; };", "S.a: record-field-type"),
    "rest": ("public type S record {| (%s)...; |};", "S: record-rest-type"),
    "detail": ("public type S error<record { %s a; }>;", "S: error-detail-field-type"),
    "field of a class": ("public class S { public %s a = x; }", "S.a: class-field-type"),
    "field of an object": ("public type S object { public %s a; };", "S.a: object-field-type"),
    "method": ("public class S { public function m(%s a) {} }", "S.m(a): method-parameter-type"),
    "result of a method": ("public class S { public function m() returns %s {} }", "S.m: method-return-type"),
    "path": (
        "public client class S { resource function get [(%s) a]() {} }",
        "S[get {}]: resource-path-parameter-type",
    ),
    "variable": ("public %s S = x;", "S: variable-type"),
    "annotation": ("public annotation (%s) S on type;", "S: annotation-type"),
}


@pytest.mark.parametrize(("source", "expected"), PLACES.values(), ids=PLACES)
def test_place(source: str, expected: str) -> None:
    assert facts(source % "int?", source % "int?") == []
    assert facts(source % "int?", source % "int|()") == [f"{expected}-respelled"]
    assert facts(source % "int", source % "string") == [f"{expected}-changed"]


SAME_WORDS = {
    "layout": ("map<int>", "map< int >"),
    "comments": ("int|string", "int|\n// or\nstring"),
    "quotes": ("A", "'A"),
    "parentheses": ("int|string", "(int|string)"),
    "order of fields": ("record { int a; int b; }[]", "record { int b; int a; }[]"),
    "literal": ("5", "5"),
}

# A default within a record that is written in a type: said in other words only where other words are there.
DEFAULTS = {
    "quotes": ("A + 'x:B", "'A + x:'B", False),
    "escapes": (r"A\u{42}", "AB", False),
    "comments": ("A + // one\n1", "A +\n1", False),
    "a comment in a string": ('"//" + A', '"//" +  A', False),
    "what a template holds": ("string `'A//`", "string `A//`", True),
    "another name": ("A", "B", True),
}


@pytest.mark.parametrize(("old", "new", "respelled"), DEFAULTS.values(), ids=DEFAULTS)
def test_a_default_in_a_type_is_written_as_always(old: str, new: str, respelled: bool) -> None:  # noqa: FBT001 (data)
    sides = (f"public type R record {{| record {{| int a = {text}; |}} b; |}};" for text in (old, new))
    assert facts(*sides) == ["R.b: record-field-type-respelled"] * respelled


@pytest.mark.parametrize(("old", "new"), SAME_WORDS.values(), ids=SAME_WORDS)
def test_the_same_words_are_no_difference_or_respelled(old: str, new: str) -> None:
    declared = "type A int;"
    found = facts(
        f"{declared} public function f({old} a) {{}}", f"{declared} public function f({new} a) {{}}"
    )
    assert found in ([], ["f(a): function-parameter-type-respelled"])


FIRST_FIELDS = {
    "a map": ("map<int>", "record {| int a?; int...; |}", "declared-field-set-changed"),
    "a record like a map": (
        "record {| int...; |}",
        "record {| int a?; int...; |}",
        "declared-field-set-changed",
    ),
    "one of two": ("map<int>|string", "string|record {| int a?; int...; |}", "declared-field-set-changed"),
    "of the same fields as another one": ("A|B", "A|B|C", "type-respelled"),
    "the same under another name": ("A|map<int>", "B|map<int>", "type-respelled"),
}


@pytest.mark.parametrize(("old", "new", "fact"), FIRST_FIELDS.values(), ids=FIRST_FIELDS)
def test_a_map_that_declares_its_first_field(old: str, new: str, fact: str) -> None:
    declared = "".join(f"type {name} record {{| int x; |}};" for name in "ABC")
    sides = (f"{declared} public function f(({text}) p) {{}}" for text in (old, new))
    assert facts(*sides) == [f"f(p): function-parameter-{fact}"]


PRIVATE = {
    "alias": ("type P int;", "type P string;"),
    "record": ("type P record { int a; };", "type P record { string a; };"),
    "through another": ("type P Q[]; type Q int;", "type P Q[]; type Q string;"),
    "constant": ("const P = 1;", "const P = 2;"),
    "enum": ("enum P { A }", "enum P { B }"),
    "inclusion": (
        "type P record { *Q; }; type Q record { int a; };",
        "type P record { *Q; }; type Q record { string a; };",
    ),
}


@pytest.mark.parametrize(("old", "new"), PRIVATE.values(), ids=PRIVATE)
def test_a_type_that_clients_cannot_name_is_compared_where_they_meet_it(old: str, new: str) -> None:
    use = "public function f(P? a) returns map<P> {}"
    assert facts(f"{old} {use}", f"{new} {use}") == [
        "f(a): function-parameter-type-changed",
        "f: function-return-type-changed",
    ]


@pytest.mark.parametrize(("old", "_"), PRIVATE.values(), ids=PRIVATE)
def test_a_private_type_may_have_another_name(old: str, _: str) -> None:
    before, after = (f"{text} public function f(P? a) {{}}" for text in (old, ""))
    assert facts(before, before.replace("P", "Renamed")) == ["f(a): function-parameter-type-respelled"]
    assert after != before


def test_a_public_type_is_compared_at_its_own_name_only() -> None:
    old = "public type T record { int a; }; public function f(T t) returns T[] {}"
    assert facts(old, old.replace("int", "string")) == ["T.a: record-field-type-changed"]


def test_both_forms_are_told() -> None:
    (found,) = differences("public type T int[];", "public type T map<int>;")
    assert isinstance(found.detail, TypeChanged)
    types = [type_text(one.descriptor) for one in (found.detail.old, found.detail.new) if one]
    assert types == ["int[]", "map<int>"]
    assert [one.text for one in (found.old, found.new) if one] == ["int[]", "map<int>"]


@pytest.mark.parametrize("declared", PRIVATE.values(), ids=PRIVATE)
def test_types_that_are_written_alike_differ_by_what_they_name(declared: tuple[str, str]) -> None:
    use = "public function f(P[] p) {}" if "const" not in declared[0] else "public function f(int[P] p) {}"
    (found,) = [one for one in differences(*(f"{side} {use}" for side in declared)) if one.symbol == "f(p)"]
    assert isinstance(found.detail, TypeChanged)
    assert len({type_text(one.descriptor) for one in (found.detail.old, found.detail.new) if one}) == 1


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [("int[]", "int[]|string", "widened"), ("int[]|string", "int[]", "narrowed")],
)
def test_an_immutable_value_of_one_type_alone_says_that_more_than_readonly_changed(
    old: str, new: str, fact: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(_: TypeComparison, left: Type, right: Type) -> bool:
        raise AssertionError(f"{left} within {right}?")

    monkeypatch.setattr(TypeComparison, "within", asked)
    before, after = (f"public function f() returns {one} {{}}" for one in (old, new))
    assert facts(before, after) == [f"f: function-return-type-{fact}"]


def test_a_named_type_that_gives_way_to_its_old_definition_is_another_type() -> None:
    old = "public type L record {| int port; |}; public function f() returns L => {port: 1};"
    new = (
        "public type L record {| int port; string? x = (); |}; public type I record {| int port; |};"
        "public function f() returns I => {port: 1};"
    )
    assert "f: function-return-type-changed" in facts(old, new)
