"""Parameters, fields and methods: their kinds, words, defaults and what stands before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.sources import descriptor, read

from semverdiff.syntax.nodes import (
    NIL,
    ArrayType,
    BuiltinType,
    Class,
    Function,
    FunctionType,
    IntersectionType,
    Method,
    ObjectField,
    ObjectType,
    OptionalType,
    ParameterizedType,
    PathSegment,
    RecordField,
    RecordType,
    Reference,
    TupleType,
    UnionType,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.syntax.nodes import TypeDescriptor

INT, STRING, READONLY, ERROR = (BuiltinType(name) for name in ("int", "string", "readonly", "error"))


def words(qualifiers: Iterable[str]) -> str:
    return " ".join(sorted(qualifiers))


def function(text: str) -> Function:
    found = read(text)
    assert isinstance(found, Function)
    return found


PARAMETERS = {
    "int a": ("required", "a", INT, None),
    "int 'type": ("required", "type", INT, None),
    "@m {} int a": ("required", "a", INT, None),
    "int a = 5": ("defaultable", "a", INT, "5"),
    'string? a = f("x", {y: [1]})': ("defaultable", "a", OptionalType(STRING), 'f("x", {y: [1]})'),
    "*Options o": ("included", "o", Reference(None, "Options"), None),
    "int... rest": ("rest", "rest", INT, None),
    "function (int) returns string f": ("required", "f", None, None),
}


@pytest.mark.parametrize(("text", "expected"), PARAMETERS.items(), ids=PARAMETERS)
def test_parameter(text: str, expected: tuple[str, str, object, str | None]) -> None:
    (found,) = function(f"function f({text}) {{}}").signature.parameters
    kind, name, type_, default = expected
    assert (found.kind, found.name, found.default.text if found.default else None) == (kind, name, default)
    assert type_ is None or found.type == type_
    assert not found.inferred


def test_a_typedesc_may_be_inferred() -> None:
    (found,) = function("function f(typedesc<anydata> t = <>) returns t = external;").signature.parameters
    assert (found.kind, found.inferred) == ("defaultable", True)


def test_parameters_keep_their_order() -> None:
    found = function("function f(int b, int a = 1, *O o, int... r) {}").signature.parameters
    assert [one.name for one in found] == ["b", "a", "o", "r"]


def test_a_parameter_of_a_function_type_needs_no_name() -> None:
    found = descriptor('function (int, string s = "", int...) returns int|error')
    assert isinstance(found, FunctionType)
    assert found.signature is not None
    assert [(one.kind, one.name) for one in found.signature.parameters] == [
        ("required", ""),
        ("defaultable", "s"),
        ("rest", ""),
    ]
    assert found.signature.result == UnionType((INT, ERROR))


def test_the_result_of_a_function_type_takes_in_the_rest_of_a_union() -> None:
    inside, outside = descriptor("function () returns A|B"), descriptor("(function () returns A)|B")
    assert isinstance(inside, FunctionType)
    assert isinstance(outside, UnionType)


def test_annotations_of_a_result_are_apart_from_its_type() -> None:
    found = function('function f() returns @http:Payload {mediaType: "x"} string {}').signature
    assert found.result == STRING
    assert [one.tag.name for one in found.result_annotations] == ["Payload"]


FUNCTIONS = {
    "function f() {}": ("", NIL),
    "isolated function f() returns int => 1;": ("isolated", INT),
    "transactional isolated function f() {}": ("isolated transactional", NIL),
    'isolated function f() returns () = @java:Method {name: "x"} external;': ("isolated", NIL),
    "function f() returns map<int>? {}": ("", OptionalType(ParameterizedType("map", INT))),
}


@pytest.mark.parametrize(("text", "expected"), FUNCTIONS.items(), ids=FUNCTIONS)
def test_function(text: str, expected: tuple[str, object]) -> None:
    found = function(text)
    assert (words(found.qualifiers), found.signature.result) == expected


def test_a_body_is_kept_as_it_is() -> None:
    assert function("function f() {\n\treturn; // é\n}").body == "{\n\treturn; // é\n}".encode()


RECORD_FIELDS = {
    "int a": ("a", INT, False, False, None),
    "int a?": ("a", INT, True, False, None),
    "int? a": ("a", OptionalType(INT), False, False, None),
    "int a = 1 + 1": ("a", INT, False, False, "1 + 1"),
    "readonly int a": ("a", INT, False, True, None),
    "readonly int a = 1": ("a", INT, False, True, "1"),
    "readonly a": ("a", READONLY, False, False, None),
    "readonly & int a": ("a", IntersectionType((READONLY, INT)), False, False, None),
    "readonly readonly a": ("a", READONLY, False, True, None),
    "int 'order": ("order", INT, False, False, None),
    "int key": ("key", INT, False, False, None),
    r"int 'e\-mail": ("e-mail", INT, False, False, None),
}


@pytest.mark.parametrize(("text", "expected"), RECORD_FIELDS.items(), ids=RECORD_FIELDS)
def test_record_field(text: str, expected: tuple[str, object, bool, bool, str | None]) -> None:
    record = descriptor(f"record {{| {text}; |}}")
    assert isinstance(record, RecordType)
    assert [told(one) for one in record.fields] == [expected]


def told(field: RecordField) -> tuple[str, object, bool, bool, str | None]:
    default = field.default.text if field.default else None
    return field.name, field.type, field.optional, field.readonly, default


def test_members_of_a_record_may_be_mixed() -> None:
    record = descriptor("record {| int a; *B; string c?; *D; float...; |}")
    assert isinstance(record, RecordType)
    assert [one.name for one in record.fields] == ["a", "c"]
    assert record.inclusions == (Reference(None, "B"), Reference(None, "D"))
    assert (record.closed, record.rest) == (True, BuiltinType("float"))


OBJECT_FIELDS = {
    "int a": ("module", False, None),
    "public int a": ("public", False, None),
    "private final int a": ("private", True, None),
    "public final int a = f(1)": ("public", True, "f(1)"),
}


def class_type(members: str) -> ObjectType:
    found = read(f"class C {{ {members} }}")
    assert isinstance(found, Class)
    return found.type


@pytest.mark.parametrize(("text", "expected"), OBJECT_FIELDS.items(), ids=OBJECT_FIELDS)
def test_object_field(text: str, expected: tuple[str, bool, str | None]) -> None:
    (found,) = class_type(f"{text};").fields
    assert object_field(found) == expected


def object_field(field: ObjectField) -> tuple[str, bool, str | None]:
    return field.visibility, field.final, field.initial.text if field.initial else None


METHODS = {
    "function f() {}": ("f", "normal", "module", ""),
    "public isolated function f() {}": ("f", "normal", "public", "isolated"),
    "private function f() {}": ("f", "normal", "private", ""),
    "function init() returns error? {}": ("init", "init", "module", ""),
    "public isolated function init() {}": ("init", "init", "public", "isolated"),
    "remote function f() {}": ("f", "remote", "public", ""),
    "isolated remote function f() {}": ("f", "remote", "public", "isolated"),
    "resource function get items() {}": ("get", "resource", "public", ""),
    "transactional resource function post .() {}": ("post", "resource", "public", "transactional"),
    "remote function 'start() {}": ("start", "remote", "public", ""),
}


@pytest.mark.parametrize(("text", "expected"), METHODS.items(), ids=METHODS)
def test_method(text: str, expected: tuple[str, str, str, str]) -> None:
    (found,) = class_type(text).methods
    assert (found.name, found.kind, found.visibility, words(found.qualifiers)) == expected


PATHS = {
    ".": (),
    "items": (("name", "items", None),),
    "items/'type": (("name", "items", None), ("name", "type", None)),
    r"v1\.0/items": (("name", "v1.0", None), ("name", "items", None)),
    "[int id]": (("parameter", "id", INT),),
    "[int]": (("parameter", "", INT),),
    "items/[string... rest]": (("name", "items", None), ("rest", "rest", STRING)),
    "[@m {} int id]/lines": (("parameter", "id", INT), ("name", "lines", None)),
}


@pytest.mark.parametrize(("text", "expected"), PATHS.items(), ids=PATHS)
def test_resource_path(text: str, expected: tuple[tuple[str, str, object], ...]) -> None:
    (found,) = class_type(f"resource function get {text}() {{}}").methods
    assert [segment(one) for one in found.path] == list(expected)


def segment(one: PathSegment) -> tuple[str, str, object]:
    return one.kind, one.name, one.type


def test_methods_of_an_object_type_have_no_body() -> None:
    found = descriptor("object { public function f(int a) returns int; resource function get .(); *A; }")
    assert isinstance(found, ObjectType)
    assert [bodiless(one) for one in found.methods] == [("f", True), ("get", True)]
    assert found.inclusions == (Reference(None, "A"),)


def bodiless(method: Method) -> tuple[str, bool]:
    return method.name, method.body is None


def test_qualifiers_of_a_class_are_those_of_its_type_and_its_own() -> None:
    found = read("public isolated client readonly distinct class C { *D; int a; function f(int x) {} }")
    assert isinstance(found, Class)
    assert (found.public, words(found.qualifiers)) == (True, "distinct readonly")
    assert words(found.type.qualifiers) == "client isolated"
    assert [len(part) for part in (found.type.inclusions, found.type.fields, found.type.methods)] == [1, 1, 1]


@pytest.mark.parametrize("other", ["isolated", "client", "service", "readonly"])
def test_distinct_may_be_the_first_word_of_a_class(other: str) -> None:
    found = read(f"distinct {other} class C {{}}")
    assert isinstance(found, Class)
    assert words(found.qualifiers | found.type.qualifiers) == words({"distinct", other})


READONLY_FIELDS = {
    "readonly [int] a;": (True, TupleType((INT,), None)),
    "readonly int[] a;": (True, ArrayType(INT, None)),
    "readonly (int|string) a;": (True, UnionType((INT, STRING))),
    "readonly a;": (False, READONLY),
    "readonly? a;": (False, OptionalType(READONLY)),
    "readonly & int a;": (False, IntersectionType((READONLY, INT))),
}


@pytest.mark.parametrize(("text", "expected"), READONLY_FIELDS.items())
def test_readonly_before_a_type_is_about_the_field(text: str, expected: tuple[bool, TypeDescriptor]) -> None:
    record = descriptor(f"record {{| {text} |}}")
    assert isinstance(record, RecordType)
    (field,) = record.fields
    assert (field.readonly, field.type) == expected
