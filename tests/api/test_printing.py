"""Types and declarations as a person would write them."""

from __future__ import annotations

import pytest
from support.sources import descriptor, read

from semverdiff.api import declaration_text, enum_member_text, method_text, type_text
from semverdiff.syntax.nodes import Class, Enum, ObjectType

# Written as it is read.
TYPES = [
    "int",
    "()",
    '"RED"',
    "-5",
    "'order",
    "int[]",
    "int[2][]",
    "int[*]",
    "int[N]",
    "int?",
    "int[]?",
    "int?[]",
    "(int|string)[]",
    "(A & B)?",
    "(A & B)[]",
    "int|string|()",
    "A & B|C",
    "A & (B|C)",
    "A & B?",
    "distinct error",
    "distinct (A|B)",
    "distinct (distinct error)",
    "distinct A[]",
    "map<int>",
    "error<record { }>",
    "stream<int>",
    "stream<int, error?>",
    "table<R>",
    "table<R> key<int>",
    "table<R> key(a, 'order)",
    "[]",
    "[int, string]",
    "[int, string...]",
    "[int...]",
    "record { }",
    "record {| |}",
    "record { *A; int a; }",
    'record {| readonly int a; string b?; string c = "x"; int...; |}',
    "function",
    "isolated function",
    "function ()",
    "function (int a, string... b) returns int?",
    "(function () returns int)|string",
    "(function ())[]",
    "isolated client object { *A; public int a; private final string b; }",
    "service object { remote function f(int a); }",
    "client object { resource function get a/[int b]/[string... c]() returns int; }",
    "object { public isolated function f(); function g(); }",
    "object { resource function get .(); resource function post 'order/[int](); }",
]


@pytest.mark.parametrize("text", TYPES)
def test_a_type_is_written_as_it_is_read(text: str) -> None:
    assert type_text(descriptor(text)) == text


def test_a_name_of_another_module_has_the_last_part_as_prefix() -> None:
    imports = "import acme/shop.orders; import acme/lib as l;"
    assert type_text(descriptor("orders:A|l:B", imports)) == "orders:A|lib:B"


DECLARATIONS = {
    "public isolated function f(int a = 1, *R r, typedesc<any> t = <>) returns t = external;": (
        "isolated function f(int a = 1, *R r, typedesc<any> t = <>) returns t"
    ),
    "function 'order() {}": "function 'order()",
    "type T int|string;": "type T int|string",
    "public isolated distinct client class C {}": "distinct isolated client class C",
    "enum E { A }": "enum E",
    'const string C = "c";': 'const string C = "c"',
    "const C = 1;": "const C = 1",
    "final var v = 1;": "final var v",
    "configurable int v = ?;": "configurable int v = ?",
    "listener L l = new;": "listener L l",
    "const annotation record {} A on type, class;": "const annotation record { } A on class, type",
    "annotation A;": "annotation A",
    "service / on new L() {}": "service /",
}


@pytest.mark.parametrize(("source", "text"), DECLARATIONS.items(), ids=DECLARATIONS)
def test_a_declaration_is_written_without_its_body(source: str, text: str) -> None:
    assert declaration_text(read(source)) == text


def test_members_of_an_enum_are_written_with_their_values() -> None:
    enum = read('enum E { A, \'order = "o" }')
    assert isinstance(enum, Enum)
    assert [enum_member_text(one) for one in enum.members] == ["A", '\'order = "o"']


def test_methods_of_a_class_are_written_with_their_visibility_where_it_says_something() -> None:
    declared = read(
        "client class C { public function init() {} private function f() {} remote function g() {} }"
    )
    assert isinstance(declared, Class)
    assert [method_text(one) for one in declared.type.methods] == [
        "public function init()",
        "private function f()",
        "remote function g()",
    ]


def test_qualifiers_are_written_in_one_order() -> None:
    written = ObjectType(frozenset({"client", "isolated"}), (), (), ())
    assert type_text(written) == "isolated client object {  }"
