"""Does a narrowing reach what clients write to? What they only read may become narrower."""

from __future__ import annotations

import pytest
from support.sources import descriptor, surface

from semverdiff.types import Total, Type, TypeComparison
from semverdiff.types.equality import Equality, no_anchor
from semverdiff.types.mutability import Mutability

OLD = surface("""
type Names string[];
type Order record {| int id; |};
""")
NEW = surface("""
type Names string[];
type Order record {| int id; |};
""")

REACHES = {
    "members of a list": ("(int|string)[]", "int[]"),
    "members of a tuple": ("[int|string]", "[int]"),
    "fields of a map": ("map<int|string>", "map<int>"),
    "a map that becomes a record": ("map<int?>", "record {| int a?; |}"),
    "a field": ("record {| int|string a; |}", "record {| int a; |}"),
    "a field in a field": ("record {| record {| int? a; |} b; |}", "record {| record {| int a; |} b; |}"),
    "a readonly field in a field, which clients set as a whole": (
        "record {| record {| readonly int? a; |} b; |}",
        "record {| record {| readonly int a; |} b; |}",
    ),
    "a field that became readonly": ("record {| int a; |}", "record {| readonly int a; |}"),
    "a tuple for a list": ("(int|string)[]", "[int, int]"),
    "a field that became required": ("record {| int a?; |}", "record {| int a; |}"),
    "a field that is gone": ("record {| int a; int b?; |}", "record {| int a; |}"),
    "further fields": ("record {| int?...; |}", "record {| int...; |}"),
    "further fields that are gone": ("record {| int a; int...; |}", "record {| int a; |}"),
    "rows of a table": ("table<map<int?>>", "table<map<int>>"),
    "a field of an object": ("object { public int? a; }", "object { public int a; }"),
    "a list in a union": ("int?[]|string", "int[]"),
    "a list behind a name": ("Names?[]", "Names[]"),
    "the list that a method returns": (
        "object { public function a() returns int?[]; }",
        "object { public function a() returns int[]; }",
    ),
    "the list that a function returns": ("function () returns int?[]", "function () returns int[]"),
    "the list of a future": ("future<int?[]>", "future<int[]>"),
    "lists of a stream": ("stream<int?[]>", "stream<int[]>"),
    "lists at the end of a stream": ("stream<int, int?[]>", "stream<int, int[]>"),
    "one of several lists": ("int[]|string?[]", "int[]|string[]"),
}
IS_READ_ONLY = {
    "a union": ("int|string", "int"),
    "a value": ("int", "1"),
    "members of a readonly list": ("readonly & (int|string)[]", "readonly & int[]"),
    "a readonly field": ("record {| readonly int? a; |}", "record {| readonly int a; |}"),
    "what a function returns": ("function () returns int|string", "function () returns int"),
    "what a function takes": ("function (int)", "function (int?)"),
    "any function": ("function|int", "function () returns int"),
    "the value of a future": ("future<int|string>", "future<int>"),
    "members of a stream": ("stream<int|string>", "stream<int>"),
    "the detail of an error": ("error<map<int?>>", "error<map<int>>"),
    "a type of types": ("typedesc<int|string>", "typedesc<int>"),
    "a list of the same members in other words": ("int[]|string", "(int|1)[]"),
    "a list of members that old code writes to none": ("int[]|string", "int[]|float[]"),
    "a list that is left": ("int[]|string", "int[]"),
    "the lists that are left": ("int[]|map<int>|string", "map<int>|int[]"),
    "a new optional field of an open record": (
        "record { int|string a; } & readonly",
        "record { int a; } & readonly",
    ),
    "a field of an object that is not public": ("object { int? a; }|int", "object { int? a; }"),
    "what a method returns": (
        "object { public function a() returns int?; }",
        "object { public function a() returns int; }",
    ),
    "a final field": ("object { public function a(); }|int", "object { public function a(); }"),
    "a record of the same name": ("Order|int", "Order"),
    "a method that a type which is not read may have": (
        "object { public function a() returns int?; }",
        "object { *http:Unread; }",
    ),
}


def _narrowed_inside(texts: tuple[str, str]) -> bool:
    old, new = texts
    comparison = TypeComparison(OLD, NEW, lambda _, name: name == "Order")
    return comparison.narrowed_inside(Type(descriptor(old), "shop", OLD), Type(descriptor(new), "shop", NEW))


@pytest.mark.parametrize("texts", REACHES.values(), ids=REACHES)
def test_a_narrowing_reaches_what_clients_write_to(texts: tuple[str, str]) -> None:
    assert _narrowed_inside(texts)


@pytest.mark.parametrize("texts", IS_READ_ONLY.values(), ids=IS_READ_ONLY)
def test_what_clients_only_read_may_become_narrower(texts: tuple[str, str]) -> None:
    assert not _narrowed_inside(texts)


EXTENDED = {
    "an optional field": ("record { int a; }", "record { int a; int b?; }", True),
    "two optional fields": ("record { int a; }", "record { int a; int b?; int c?; }", True),
    "a field that is required": ("record { int a; }", "record { int a; int b; }", False),
    "a field that is no longer there": ("record { int a; int b?; }", "record { int a; int c?; }", False),
    "an optional field of a closed record": ("record {| int a; |}", "record {| int a; int b?; |}", False),
    "an optional field that took strings": (
        "record {| int a; string...; |}",
        "record {| int a; int b?; string...; |}",
        False,
    ),
    "another type of a field": ("record { int a; }", "record { string a; int b?; }", False),
    "a readonly field beside it": (
        "record { readonly int a; }",
        "record { readonly int a; int b?; }",
        True,
    ),
    "a field that is readonly no longer": ("record { readonly int a; }", "record { int a; int b?; }", True),
    "a field that became readonly": ("record { int a; }", "record { readonly int a; int b?; }", False),
    "another type of a readonly field": (
        "record { readonly int|string a; }",
        "record { readonly int a; int b?; }",
        False,
    ),
    "another type within a readonly field": (
        "record { readonly record { int|string a; } b; }",
        "record { readonly record { int a; } b; }",
        False,
    ),
    "a readonly field that became required": (
        "record { readonly int a?; }",
        "record { readonly int a; int b?; }",
        False,
    ),
    "only one of both is readonly": ("readonly & record { int a; }", "record { int a; int b?; }", False),
    "a map": ("map<anydata>", "record { int b?; }", False),
    "nothing": ("record { int a; }", "record { int a; }", True),
}


@pytest.mark.parametrize(("old", "new", "is_extended"), EXTENDED.values(), ids=EXTENDED)
def test_an_open_record_may_get_optional_fields(old: str, new: str, *, is_extended: bool) -> None:
    comparison = TypeComparison(OLD, NEW, lambda *_: False)
    left, right = Type(descriptor(old), "shop", OLD), Type(descriptor(new), "shop", NEW)
    assert comparison.extended(left, right) is is_extended


def test_what_a_comparison_has_no_steps_left_for_may_be_a_write_that_fails() -> None:
    def mutability(cost: int) -> Mutability:
        comparison = TypeComparison(OLD, NEW, no_anchor)
        return Mutability(comparison.relate, Equality(no_anchor, NEW), lambda type_: type_, Total(cost))

    called = "function () returns " * 30
    old, new = (Type(descriptor(f"{called}({leaf})"), "shop", OLD) for leaf in ("int|string", "int"))
    inside, further = "record { " * 30 + "int a;", " } b; " * 29 + "}"
    small, large = (Type(descriptor(f"{inside}{more}{further}"), "shop", OLD) for more in ("", " string c?;"))

    assert not mutability(1_000_000).narrowed_inside(old, new)
    assert mutability(0).narrowed_inside(old, new)
    assert mutability(1_000_000).extended(small, large)
    assert not mutability(0).extended(small, large)
