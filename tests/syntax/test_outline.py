"""The first look at a file: its imports, and the names and texts of its declarations."""

from __future__ import annotations

import pytest

from semverdiff.syntax import outline

DECLARATIONS = {
    "function f() {}": ("f", "function_definition", False),
    "public isolated function 'from() returns int => 1;": ("from", "function_definition", True),
    "public type T int;": ("T", "type_definition", True),
    "isolated client class C {}": ("C", "class_definition", False),
    'public enum E { A, B = "b" }': ("E", "enum_declaration", True),
    "public const float PI = 3.14;": ("PI", "constant_declaration", True),
    "public final int v = 1;": ("v", "module_variable_declaration", True),
    "var v = f();": ("v", "module_variable_declaration", False),
    "configurable int port = ?;": ("port", "module_variable_declaration", False),
    "public listener http:Listener l = new (8080);": ("l", "listener_declaration", True),
    "public const annotation T A on source type;": ("@A", "annotation_declaration", True),
    "service / on l {}": ("service /", "service_declaration", False),
    "service /a/b on l, m {}": ("service /a/b", "service_declaration", False),
    'service S "x" on l {}': ('service "x"', "service_declaration", False),
    "service on new  L(1) {}": ("service new L(1)", "service_declaration", False),
    r"type order\-line int;": ("order-line", "type_definition", False),
    r"type '\u{e9}t\u{e9} int;": ("été", "type_definition", False),
    "@m:A {x: 1}\npublic type T int;": ("T", "type_definition", True),
    "# Text.\npublic type T int;": ("T", "type_definition", True),
}


@pytest.mark.parametrize(("text", "expected"), DECLARATIONS.items(), ids=DECLARATIONS)
def test_declaration(text: str, expected: tuple[str, str, bool]) -> None:
    found = outline(text.encode())
    (item,) = found.items
    assert (item.key, item.kind, item.public) == expected
    assert item.content == text.encode()
    assert not found.damages


NAMELESS = ["", "\n\n", "// only a comment", 'xmlns "http://x" as x;', "import a/b;"]


@pytest.mark.parametrize("text", NAMELESS)
def test_what_declares_no_name_is_no_item(text: str) -> None:
    found = outline(text.encode())
    assert (found.items, found.damages) == ((), ())


BINDINGS = ["[int, int] [a, b] = f();", "var {a, b} = f();", "Order {id: a} = f();", "var error(a) = f();"]


@pytest.mark.parametrize("text", BINDINGS)
def test_a_variable_may_be_bound_by_a_pattern(text: str) -> None:
    assert not outline(text.encode()).damages


IMPORTS = {
    "import orders;": {"orders": "orders"},
    "import shop.orders;": {"orders": "shop.orders"},
    "import acme/shop.orders;": {"orders": "acme/shop.orders"},
    "import acme/shop.orders as o;": {"o": "acme/shop.orders"},
    "import ballerina/lang.'int;": {"int": "ballerina/lang.int"},
    "import ballerina/lang.'int as ints;": {"ints": "ballerina/lang.int"},
    "import acme/shop as 'shop;": {"shop": "acme/shop"},
    "import ballerinax/mysql.driver as _;": {"_": "ballerinax/mysql.driver"},
    "import a/b;\n// comment\nimport c/d;": {"b": "a/b", "d": "c/d"},
    "import a/b as x; int v = 1; import c/d as y;": {"x": "a/b", "y": "c/d"},
}


@pytest.mark.parametrize(("text", "expected"), IMPORTS.items(), ids=IMPORTS)
def test_import(text: str, expected: dict[str, str]) -> None:
    assert outline(text.encode()).imports == expected


FILE = """// licence
import a/b;

# Text.
public type A int;

function f() {
    int x = 1;
} // after

@m:X
public const C = 1; public const D = 2;
"""
TEXTS = [
    ("A", 4, "# Text.\npublic type A int;"),
    ("f", 7, "function f() {\n    int x = 1;\n}"),
    ("C", 11, "@m:X\npublic const C = 1;"),
    ("D", 12, "public const D = 2;"),
]


def test_texts_begin_with_what_belongs_to_the_declaration() -> None:
    items = outline(FILE.encode()).items
    assert [(one.key, one.line, one.content.decode()) for one in items] == TEXTS


def test_ends_of_lines_as_on_windows_are_those_of_the_specification() -> None:
    items = outline(FILE.replace("\n", "\r\n").encode()).items
    assert [(one.key, one.line, one.content.decode()) for one in items] == TEXTS


def test_a_mark_of_the_byte_order_is_no_text() -> None:
    found = outline(b"\xef\xbb\xbf" + FILE.encode())
    assert [(one.key, one.line) for one in found.items] == [(key, line) for key, line, _ in TEXTS]
    assert not found.damages


@pytest.mark.parametrize("blank", ["\t", "\f", "\r\n", "  \n\t"])
def test_layout_does_not_count(blank: str) -> None:
    text = blank.join(["", "public", "type", "T", "record", "{", "int", "a", ";", "}", ";", ""])
    found = outline(text.encode())
    assert [(one.key, one.public) for one in found.items] == [("T", True)]
    assert not found.damages


def test_a_symbol_and_an_annotation_may_share_a_name() -> None:
    found = outline(b"type A int; annotation A on type;")
    assert [one.key for one in found.items] == ["A", "@A"]


def test_declarations_of_one_name_are_all_listed() -> None:
    assert [one.key for one in outline(b"int a = 1; int a = 2;").items] == ["a", "a"]


OLDER = {
    "type T object { public int a = 1; public function f() returns int { return 1; } };": "T",
    "type T abstract object { public function f(); };": "T",
    "type T client object { public remote function f() {} };": "T",
    "service name on l { resource function m(http:Caller c) { } }": "service l",
    "service on e {}": "service e",
    "function f(@tainted string a) returns @tainted string {}": "f",
    "type S service;": "S",
    "type E error<*>;": "E",
}


@pytest.mark.parametrize(("text", "key"), OLDER.items(), ids=OLDER)
def test_an_older_form_is_known(text: str, key: str) -> None:
    found = outline(text.encode())
    assert [one.key for one in found.items] == [key]
    assert not found.damages


FORGOTTEN = [
    "import org/mod version 1.2 as x;",
    "service s = service { resource function m(http:Caller c) { } };",
    "type E error<REASON, Detail>;",
]


@pytest.mark.parametrize("text", FORGOTTEN)
def test_a_form_of_early_releases_is_known(text: str) -> None:
    assert not outline(text.encode()).damages
