"""What a difference says beside its fact: both forms, the change, positions, conditions, the detail."""

from __future__ import annotations

import pytest
from support.sources import differences, surface

from semverdiff.api import type_text
from semverdiff.compare import Condition, Difference, Kind, compare
from semverdiff.compare.details import (
    Added,
    DataLost,
    InclusionChanged,
    InitChanged,
    KindChanged,
    Moved,
    Opened,
    ParametersReordered,
    QualifierChanged,
    Removed,
    Renamed,
    SegmentChanged,
    TypeChanged,
    ValueChanged,
)
from semverdiff.syntax.nodes import Function, Method, ObjectField, Parameter, RecordField, Reference


def only(old: str, new: str, rule: str = "") -> Difference:
    """Return the one difference, or the one of that rule."""
    (found,) = (one for one in differences(old, new) if not rule or one.rule == rule)
    return found


def texts(found: Difference) -> tuple[str | None, str | None]:
    old, new = (None if one is None else one.text for one in (found.old, found.new))
    return old, new


FORMS = {
    "parameter": (
        "public function f(int a) {}",
        "public function f(int a, int b = 1) {}",
        ("added", None, "int b = 1"),
    ),
    "record field": (
        "public type A record {| int a; int b?; |};",
        "public type A record {| int a; |};",
        ("removed", "int b?", None),
    ),
    "enum member": ('public enum E { A = "a", B }', "public enum E { B }", ("removed", 'A = "a"', None)),
    "function": (
        "public function f() { g(); }",
        "public isolated function f() { g(); }",
        ("modified", "function f()", "isolated function f()"),
    ),
    "type of a field": (
        "public type A record {| int a; |};",
        "public type A record {| string a; |};",
        ("modified", "int", "string"),
    ),
    "object type": (
        "public type A object { public int a; };",
        "public type A object { public int a; private int b; };",
        ("modified", "type A object", "type A object"),
    ),
    "class": (
        "public class A { }",
        "public isolated class A { }",
        ("modified", "class A", "isolated class A"),
    ),
    "record": (
        "public type A record {| int a; |};",
        "public type A record {| int a; string...; |};",
        ("modified", "record {| ... |}", "record {| ... string...; |}"),
    ),
    # A renamed declaration is no longer there; what took its place is shown.
    "declaration under another name": (
        "public const A = 1;",
        "public const B = 1;",
        ("removed", "const A = 1", "const B = 1"),
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), FORMS.values(), ids=FORMS)
def test_both_forms_are_quoted(old: str, new: str, expected: tuple[str, str | None, str | None]) -> None:
    found = only(old, new)
    assert (found.change, *texts(found)) == expected


def test_what_is_added_or_removed_has_its_declaration_and_type() -> None:
    added = only("public function f() {}", "public function f(int[] a) {}").detail
    assert isinstance(added, Added)
    assert added.type is not None
    assert (type(added.declared), type_text(added.type.descriptor)) == (Parameter, "int[]")
    removed = only("public type A record {| int? a?; |};", "public type A record {| |};").detail
    assert isinstance(removed, Removed)
    assert removed.type is not None
    assert (type(removed.declared), type_text(removed.type.descriptor)) == (RecordField, "int?")
    inferred = only("", "public final var v = f();").detail
    assert isinstance(inferred, Added)
    assert inferred.type is None


def test_a_changed_type_says_what_decides() -> None:
    found = only("public function f(int|string a) {}", "public function f(int a) {}").detail
    assert isinstance(found, TypeChanged)
    assert (found.direction, found.comparable, found.constructor) == ("narrowed", True, None)
    assert found.example is not None


def test_an_ambiguous_type_names_the_constructor() -> None:
    found = only("public function f(int[] a) {}", "public function f(int[]|float[] a) {}").detail
    assert isinstance(found, TypeChanged)
    assert found.constructor == "[]"


def test_errors_are_not_compared_by_clients() -> None:
    found = only("public type A int|error;", "public type A int;", "type-narrowed").detail
    assert isinstance(found, TypeChanged)
    assert (found.example is not None, found.comparable) == (True, False)


def test_values_are_those_of_both_versions() -> None:
    found = only("public type A record {| int a = 1; |};", "public type A record {| int a = 2; |};").detail
    assert isinstance(found, ValueChanged)
    assert [one.text for one in (found.old, found.new) if one is not None] == ["1", "2"]
    required = only("configurable int v = 1;", "configurable int v = ?;").detail
    assert isinstance(required, ValueChanged)
    assert required.new is None
    member = only('public enum E { A = "a" }', "public enum E { A }").detail
    assert isinstance(member, ValueChanged)
    assert [one.text for one in (member.old, member.new) if one is not None] == ['"a"', '"A"']


CLIENT = "public client class C {{ {} }}"
DETAILS = {
    "constant to variable": (
        "public const v = 1;",
        "public final int v = 1;",
        KindChanged(Kind.CONSTANT, Kind.VARIABLE),
    ),
    "variable to configurable": (
        "public final int v = 1;",
        "public configurable int v = 1;",
        KindChanged(Kind.VARIABLE, Kind.CONFIGURABLE_VARIABLE),
    ),
    "error to object": (
        "public type A distinct error;",
        "public class A { }",
        KindChanged(Kind.ERROR_TYPE, Kind.CLASS),
    ),
    "record to client": (
        "public type A record {| |};",
        "public client class A { }",
        KindChanged(Kind.RECORD, Kind.CLIENT_CLASS),
    ),
    "remote method": (
        CLIENT.format("function f() { } remote function g() { }"),
        CLIENT.format("function f() { } resource function get g() { }"),
        KindChanged(Kind.REMOTE_METHOD, Kind.RESOURCE),
    ),
    "service to client": (
        "public service class A { }",
        "public client class A { }",
        QualifierChanged("service", "client"),
    ),
    "client to service": (
        "public client class A { }",
        "public service class A { }",
        QualifierChanged("client", "service"),
    ),
    "order of a callback": (
        "public function f(function (int a, string b) g) {}",
        "public function f(function (string b, int a) g) {}",
        ParametersReordered(("a", "b"), ("b", "a")),
    ),
    "resource under another name": (
        CLIENT.format("resource function get a() { }"),
        CLIENT.format("resource function get b() { }"),
        Renamed("get a", "get b"),
    ),
    "json record": (
        "public type A record {| int a; |};",
        "public type A record { int a; };",
        Opened(was_json=True),
    ),
    "record of objects": (
        "public type A record {| object { } a; |};",
        "public type A record { object { } a; };",
        Opened(was_json=False),
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), DETAILS.values(), ids=DETAILS)
def test_a_detail_says_from_what_to_what(old: str, new: str, expected: object) -> None:
    assert [one.detail for one in differences(old, new)] == [expected]


def test_a_moved_declaration_is_shown_in_its_new_module() -> None:
    old = {"lib.bal": "public const A = 1;", "modules/m/a.bal": ""}
    new = {"lib.bal": "", "modules/m/a.bal": "\npublic const A = 1;"}
    manifest = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\nexport = ["shop", "shop.m"]\n'
    (found,) = compare(surface(old, manifest), surface(new, manifest))
    assert (found.rule, found.module, found.detail) == (
        "symbol-moved-to-other-module",
        "shop",
        Moved("shop", "shop.m"),
    )
    assert found.new is not None
    assert (found.new.file, found.new.line) == ("modules/m/a.bal", 2)


def test_a_path_segment_has_both_forms() -> None:
    old, new = (CLIENT.format(f"resource function get a/[int {name}]() {{ }}") for name in ("id", "key"))
    found = only(old, new).detail
    assert isinstance(found, SegmentChanged)
    assert (found.old.name, found.new.name) == ("id", "key")


def test_the_type_of_a_path_parameter_names_the_parameter() -> None:
    old, new = (CLIENT.format(f"resource function get a/[{type_} id]() {{ }}") for type_ in ("int", "string"))
    found = only(old, new).detail
    assert isinstance(found, TypeChanged)
    assert found.parameter == "id"


def test_an_init_that_is_not_written_is_none() -> None:
    init = "public isolated function init() { }"
    found = only("public class C { }", f"public class C {{ {init} }}").detail
    assert isinstance(found, InitChanged)
    assert (found.old is None, found.new is None) == (True, False)


def test_lost_data_names_the_type_that_changed() -> None:
    old = "public type A record {| int a; |}; public type B record {| A a; |};"
    found = differences(old, old.replace("int a;", "int a; xml b?;"))
    lost = {one.symbol: one.detail for one in found if one.rule == "type-json-lost"}
    assert lost == {"A": DataLost(("shop", "A")), "B": DataLost(("shop", "A"))}


DECLARED = {
    "parameter": ("public function f(int a) {}", "public function f(string a) {}", Function),
    "method": (
        "public class C { public function f() { } }",
        "public class C { public isolated function f() { } }",
        Method,
    ),
    "record field": (
        "public type A record {| int a; |};",
        "public type A record {| string a; |};",
        RecordField,
    ),
    "object field": (
        "public type A object { public int a; };",
        "public type A object { public string a; };",
        ObjectField,
    ),
    "added field": ("public type A record {| |};", "public type A record {| int a?; |};", type(None)),
    "enum member": ("public enum E { A, B }", "public enum E { A }", type(None)),
}


@pytest.mark.parametrize(("old", "new", "kind"), DECLARED.values(), ids=DECLARED)
def test_client_code_is_written_from_the_old_declaration(old: str, new: str, kind: type) -> None:
    assert isinstance(only(old, new).declared, kind)


CONDITIONS = {
    "immutable readonly field": (
        "public type A record {| readonly int a; |};",
        "public type A record {| readonly string a; |};",
        {Condition.FIELD_READONLY, Condition.FIELD_IMMUTABLE},
    ),
    "mutable field": (
        "public type A record {| int[] a; |};",
        "public type A record {| int[] a?; |};",
        set(),
    ),
    "fixed field with an immutable part narrowed": (
        "public type A record {| readonly int|string a; |}; public function f() returns A {}",
        "public type A record {| readonly int a; |}; public function f() returns A {}",
        {Condition.FIELD_READONLY, Condition.FIELD_IMMUTABLE, Condition.NARROWED_IMMUTABLE},
    ),
    "final variable": (
        "public final int|string v = 1;",
        "public final int v = 1;",
        {Condition.VARIABLE_FINAL, Condition.NARROWED_IMMUTABLE},
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), CONDITIONS.values(), ids=CONDITIONS)
def test_conditions_are_known_when_a_difference_is_stated(
    old: str, new: str, expected: set[Condition]
) -> None:
    assert only(old, new).conditions == expected


def test_a_sure_removal_is_not_undecided() -> None:
    assert only("public type A record {| int a; |};", "public type A record {| |};").undecided is None


def test_a_distinct_type_that_is_included_is_named_as_its_package_writes_it() -> None:
    named = "public type Named distinct object { public string name; };"
    old, new = f"{named} public type A object {{ *Named; }};", f"{named} public type A object {{ }};"
    assert only(old, new, "object-type-id-removed").detail == InclusionChanged(Reference(None, "Named"))
