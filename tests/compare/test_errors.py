"""Error types: distinct or not, their supertype, the fields of their detail."""

from __future__ import annotations

import pytest
from support.sources import differences, facts

from semverdiff.config import Policies
from semverdiff.rules import evaluate
from semverdiff.versions import Level

DECLARED = """
public type Detail record {| string code; |};
public type Other record {| int code; |};
public type Base distinct error;
public type Second distinct error;
enum Kind { LOST }
"""

RESPELLED = "type-respelled"

# `public type E ...` before and after; facts of `error-`, or `type-respelled`.
ERRORS = {
    "the same": ("error", "error", []),
    "distinct": ("error", "distinct error", ["distinct-added"]),
    "not distinct": ("distinct error", "error", ["distinct-removed"]),
    "distinct supertype kept": ("distinct Base", "distinct Base", []),
    "another supertype": ("distinct Base", "distinct Second", ["supertype-changed"]),
    "supertype and distinct": ("Base", "distinct Base", ["distinct-added"]),
    "detail by name": ("error<Detail>", "error<Other>", ["detail-field-type-changed"]),
    "detail added": ("error", "error<Detail>", ["detail-type-narrowed"]),
    "detail removed": ("distinct error<Detail>", "distinct error", ["detail-type-widened"]),
    "distinct and detail": ("error", "distinct error<Detail>", ["detail-type-narrowed", "distinct-added"]),
    "another supertype as well": ("distinct Base", "distinct Base & Second", ["supertype-narrowed"]),
    "beside what is no error": ("error & Kind", "error<Detail> & Kind", ["detail-type-narrowed"]),
    "distinct in parentheses": (
        "distinct Base & error<Detail>",
        "distinct (Base & error<Detail>)",
        [RESPELLED],
    ),
    "a union of supertypes in another order": (
        "distinct (Base|Second)",
        "distinct (Second|Base)",
        [RESPELLED],
    ),
    "another union of supertypes": ("distinct (Base|Second)", "distinct (Base|error)", ["supertype-widened"]),
    "detail beside a union of supertypes": (
        "(Base|Second) & error<Detail>",
        "(Base|Second) & error<Other>",
        ["detail-field-type-changed"],
    ),
    "detail beside a supertype": (
        "distinct Base & error<Detail>",
        "distinct Base & error<record {| string code; int n; |}>",
        ["detail-field-required-added"],
    ),
    "detail in parentheses": (
        "distinct (Base & error<record {| int[] a; |}>)",
        "distinct (Base & error<record {| (int|string)[] a; |}>)",
        ["detail-field-type-widened"],
    ),
    "field required": ("error<record {}>", "error<record { int a; }>", ["detail-field-required-added"]),
    "field optional": ("error<record {}>", "error<record { int a?; }>", ["detail-field-optional-added"]),
    "field defaultable": (
        "error<record {}>",
        "error<record { int a = 1; }>",
        ["detail-field-defaultable-added"],
    ),
    "field removed": (
        "error<record { int a; int b; }>",
        "error<record { int a; }>",
        ["detail-field-removed"],
    ),
    "field renamed": ("error<record { int a; }>", "error<record { int b; }>", ["detail-field-renamed"]),
    "field type": ("error<record { int a; }>", "error<record { string a; }>", ["detail-field-type-changed"]),
    "field respelled": (
        "error<record { int? a; }>",
        "error<record { int|() a; }>",
        ["detail-field-type-respelled"],
    ),
    "field made optional": (
        "error<record { int a; }>",
        "error<record { int a?; }>",
        ["detail-field-made-optional"],
    ),
    "field made required": (
        "error<record { int a?; }>",
        "error<record { int a; }>",
        ["detail-field-made-required"],
    ),
    "readonly of a field": ("error<record { int a; }>", "error<record { readonly int a; }>", [RESPELLED]),
    "default of a field": ("error<record { int a = 1; }>", "error<record { int a = 2; }>", [RESPELLED]),
}


@pytest.mark.parametrize(("old", "new", "expected"), ERRORS.values(), ids=ERRORS)
def test_error(old: str, new: str, expected: list[str]) -> None:
    sides = (f"{DECLARED} public type E {text};" for text in (old, new))
    assert facts(*sides) == [f"E: {one if one == RESPELLED else f'error-{one}'}" for one in expected]


def test_a_detail_that_clients_can_name_is_compared_at_its_name() -> None:
    old = f"{DECLARED} public type E error<Detail>;"
    assert facts(old, old.replace("string code", "float code")) == ["Detail.code: record-field-type-changed"]


def test_a_detail_that_clients_cannot_name_is_compared_at_the_error() -> None:
    old = "type D record { string a; }; public type E error<D>;"
    (found,) = facts(old, old.replace("string", "int"))
    assert found.startswith("E: error-detail-")


@pytest.mark.parametrize(
    ("old", "new"),
    [("record {| int a; |}", "record { int a; }"), ("record {| int...; |}", "record {| string...; |}")],
)
def test_further_fields_of_a_detail_count(old: str, new: str) -> None:
    assert facts(f"public type E error<{old}>;", f"public type E error<{new}>;")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Base|Second", "Base", "type-narrowed"),
        ("Base", "Base|Second", "type-widened"),
        ("Base", "Second", "type-changed"),
        ("error", "Base", "type-narrowed"),
        ("Base|Second", "Second|Base", RESPELLED),
    ],
)
def test_a_name_for_errors_that_are_declared_elsewhere_is_a_type_like_any_other(
    old: str, new: str, expected: str
) -> None:
    sides = (f"{DECLARED} public type E {text};" for text in (old, new))
    assert facts(*sides) == [f"E: {expected}"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("distinct error", "Base|Second", "type-changed"),
        ("distinct error", "(Base|Second)?", "type-changed"),
        ("distinct error<Detail>", "Base|Second", "type-changed"),
        ("distinct error", "Base|error", "type-changed"),
        ("distinct Base", "Base|Second", "type-changed"),
        ("distinct Base", "Third|Fourth", "type-changed"),
        ("distinct Base", "Several", "type-changed"),
        ("error<Detail>", "Base|error<Detail>", "type-changed"),
        ("Base|Second", "distinct error", "type-changed"),
        ("Base|Second", "distinct Base", "type-narrowed"),
        ("Base|Second", "Base & error<record { int a; }>", "type-narrowed"),
        ("error<Detail>|error<Other>", "error<Detail|Other>", RESPELLED),
    ],
)
def test_one_error_and_several_are_compared_by_the_values_that_they_hold(
    old: str, new: str, expected: str
) -> None:
    more = "type Third distinct Base; type Fourth distinct Base; type Several Base|Second; "
    sides = (f"{DECLARED} {more} public type E {text};" for text in (old, new))
    assert facts(*sides) == [f"E: {expected}"]


def test_errors_that_have_a_distinct_supertype_now_are_fewer_than_that() -> None:
    old = "public type E A|B; public type A distinct error; public type B distinct error;"
    new = "public type E distinct error; public type A distinct E; public type B distinct E;"
    assert facts(old, new) == [
        "A: error-supertype-narrowed",
        "B: error-supertype-narrowed",
        "E: type-widened",
    ]


@pytest.mark.parametrize("use", ["public function f(E e) { }", "public function f() returns E? => ();"])
def test_an_error_that_nobody_creates_any_more_breaks_clients_wherever_they_meet_it(use: str) -> None:
    sides = (f"{DECLARED} public type E {text}; {use}" for text in ("distinct Base", "Base|Second"))
    found = evaluate(differences(*sides), Policies(), strict=False)
    assert [(one.rule, one.level) for one in found] == [("type-changed", Level.MAJOR)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("P", "Q", "changed"),
        ("P", "P|Q", "widened"),
        ("P|Q", "P", "narrowed"),
        ("P", "R", "respelled"),
    ],
)
@pytest.mark.parametrize("made", ["error", "Base", "Unread"])
def test_two_distinct_errors_of_one_supertype_are_two(made: str, old: str, new: str, expected: str) -> None:
    declared = f"""
import acme/bank;
public type Base distinct error;
type Unread bank:Failure;
type P distinct {made};
type Q distinct {made};
type R P;
"""
    sides = (f"{declared} public function f() returns ({text})? => ();" for text in (old, new))
    assert facts(*sides) == [f"f: function-return-type-{expected}"]


def test_an_error_type_may_be_respelled() -> None:
    old, new = (f"{DECLARED} type D Detail; public type E error<{name}>;" for name in ("Detail", "D"))
    assert facts(old, new) == ["E: type-respelled"]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("public type E distinct error<record { int a; }>;", RESPELLED),
        ("type Q error<record { int a; }>; public type E distinct Q;", RESPELLED),
        ("type Q error<record { string a; }>; public type E distinct Q;", "error-detail-field-type-changed"),
    ],
)
def test_a_supertype_that_clients_cannot_name_is_nothing_but_its_parts(new: str, expected: str) -> None:
    assert facts("type P error<record { int a; }>; public type E distinct P;", new) == [f"E: {expected}"]


@pytest.mark.parametrize("made", ["error", "object {}"])
def test_a_distinct_type_is_the_same_under_the_name_that_was_another_one_of_it(made: str) -> None:
    old, new = f"type B distinct {made}; public type A B;", f"public type A distinct {made};"
    assert facts(old, new) == ["A: type-respelled"]


@pytest.mark.parametrize("made", ["error", "object {}"])
def test_a_name_of_another_distinct_type_is_of_the_old_one_no_longer(made: str) -> None:
    declared = f"type First distinct {made}; type Second distinct {made};"
    sides = (f"{declared} public type T {name};" for name in ("First", "Second"))
    assert facts(*sides) == [f"T: {made.split(maxsplit=1)[0]}-distinct-removed"]


def test_details_that_two_modules_write_are_not_read_as_if_one_did() -> None:
    supertype = "type Hidden record {| int a; |}; public type X error<Hidden>;"
    open_detail = "type Open record { int b; };"
    own = f"{open_detail} type Hidden record {{| string a; |}};"
    old = {"lib.bal": f"import shop.m; {own} public type E m:X & error<Open>;", "modules/m/a.bal": supertype}
    new = {"lib.bal": f"{own} public type E error<Hidden> & error<Open>;", "modules/m/a.bal": supertype}
    assert RESPELLED not in {one.partition(": ")[2] for one in facts(old, new)}
    assert facts(old, new) != []
