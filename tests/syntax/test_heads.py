"""What is left of a declaration without bodies, documentation, comments and layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from support.sources import placeless, read
from syntax.descriptor_strategies import descriptors

from semverdiff.api import type_text
from semverdiff.syntax import head, outline
from semverdiff.syntax.nodes import TypeDefinition

if TYPE_CHECKING:
    from semverdiff.syntax import Head
    from semverdiff.syntax.nodes import TypeDescriptor


def _head(source: str) -> Head:
    (item,) = outline(source.encode()).items
    return head(item)


def _lines(source: str) -> list[str]:
    return [f"{line.key}: {line.text}" if line.key else line.text for line in _head(source).lines]


LINES = {
    "a body is empty": (
        "public function f(int a) returns int { return a; }",
        ["public function f(int a) returns int {}"],
    ),
    "an expression as a body is empty": ("function f() returns int => 1;", ["function f() returns int {}"]),
    "an external function is bound to nothing": (
        'function f() = @java:Method {name: "f"} external;',
        ["function f() = external;"],
    ),
    "documentation and comments are left out": (
        "# Adds.\n# + a - one\npublic function f(int a, // one\n    int b) {}",
        ["public function f(int a, int b) {}"],
    ),
    "annotations stay": (
        "@deprecated\npublic function f(@untainted int a) {}",
        ["@deprecated public function f(@untainted int a) {}"],
    ),
    "layout is none of the author's": (
        "public type   T record   {|int  a  ;string|int b=1;|} ;",
        ["public type T record {|...|};", "a: int a;", "b: string|int b = 1;"],
    ),
    "a service on two listeners": (
        "service /a on k, l { remote function f() {} resource function get b() {} }",
        ["service /a on k, l {...}", "f: remote function f() {}", "[get b]: resource function get b() {}"],
    ),
    "a record without members": ("type T record {};", ["type T record {};"]),
    "a closed record without members": ("type T record {||};", ["type T record {||};"]),
    "an open record": ("type T record { int a; };", ["type T record {...};", "a: int a;"]),
    "a rest and what is included": (
        "type T record {| *http:U; int a; string...; |};",
        ["type T record {|...|};", "*http:U: *http:U;", "a: int a;", "...: string...;"],
    ),
    "a readonly record has lines for its members": (
        "type T readonly & record {| int a; |};",
        ["type T readonly & record {|...|};", "a: int a;"],
    ),
    "a distinct object has them": (
        "type T distinct object { int a; function f(); };",
        ["type T distinct object {...};", "a: int a;", "f: function f();"],
    ),
    "a type in parentheses has them": (
        "type T (record {| int a; |});",
        ["type T (record {|...|});", "a: int a;"],
    ),
    "of two records neither has lines": (
        "type T record {| int a; |} & record {| int b; |};",
        ["type T record {| int a; |} & record {| int b; |};"],
    ),
    "a record inside of another type has none": (
        "type T map<record {| int a; |}>;",
        ["type T map<record {| int a; |}>;"],
    ),
    "members of an enum end in a comma": (
        'enum E { A, # b\n B = "b" }',
        ["enum E {...}", "A: A,", 'B: B = "b",'],
    ),
    "a class": (
        "public isolated client class C{ private int a = 1; function init() {} resource function get a(){} }",
        [
            "public isolated client class C {...}",
            "a: private int a = 1;",
            "init: function init() {}",
            "[get a]: resource function get a() {}",
        ],
    ),
    "a path with parameters": (
        "service class C { resource function get a / [int b] /[string...c] () {} }",
        [
            "service class C {...}",
            "[get a/[int b]/[string... c]]: resource function get a/[int b]/[string... c]() {}",
        ],
    ),
    "a resource at the root": (
        "service class C { resource function get .() {} }",
        ["service class C {...}", "[get .]: resource function get .() {}"],
    ),
    "a service": (
        "service /a/b on new http:Listener(9090) { resource function get c() {} }",
        ["service /a/b on new http:Listener(9090) {...}", "[get c]: resource function get c() {}"],
    ),
    "names are written with the quotes that they need": (
        "function f(int 'limit, int 'a) {}",
        ["function f(int 'limit, int a) {}"],
    ),
    "predeclared prefixes need no quote": ("const T = int:MAX_VALUE;", ["const T = int:MAX_VALUE;"]),
    "a sign belongs to its number": ("type T -1|+2;", ["type T -1|+2;"]),
    "a number without a sign is apart from a name": (
        "type T record { 1 a; };",
        ["type T record {...};", "a: 1 a;"],
    ),
    "a difference has blanks": ("const T = 3-1;", ["const T = 3 - 1;"]),
    "a less-than sign and a minus stay two": ("const T = 3< -1;", ["const T = 3 < -1;"]),
    "white space of a template counts": (
        "final string t = string `a  ${x}\n b`;",
        ["final string t = string `a  ${x}\n b`;"],
    ),
    "a type in parentheses": ("type T (int|string)[];", ["type T (int|string)[];"]),
    "a default that is inferred": (
        "function f(typedesc<int> t = <>) {}",
        ["function f(typedesc<int> t = <>) {}"],
    ),
    "an optional default": ("function f(int? a = ()) {}", ["function f(int? a = ()) {}"]),
    "a configurable without a default": ("configurable int a = ?;", ["configurable int a =?;"]),
    "a mapping": ('final map<int> m = {a:1,"b" : 2};', ['final map<int> m = { a: 1, "b": 2 };']),
}


@pytest.mark.parametrize(("source", "lines"), LINES.values(), ids=LINES)
def test_what_is_left(source: str, lines: list[str]) -> None:
    assert _lines(source) == lines


NAMES = {
    "types of fields, but not the fields": ("type T record {| Order id; |};", {"Order"}),
    "names of other modules with their prefix": ("function f(http:Client c) {}", {"http:Client"}),
    "what a default mentions": ("function f(int a = LIMIT, int b = a) {}", {"LIMIT", "a"}),
    "what a template mentions": ("final string t = string `${LIMIT}`;", {"LIMIT"}),
    "tags of annotations": ("@Tag {a: B}\nfunction f(@p:Other int a) {}", {"@Tag", "p:@Other", "B"}),
    "nothing of a body": ("function f() { g(LIMIT); }", set()),
    "what is included": ("type T record {| *Order; |};", {"Order"}),
}


@pytest.mark.parametrize(("source", "names"), NAMES.values(), ids=NAMES)
def test_which_names_are_mentioned(source: str, names: set[str]) -> None:
    found = {f"{prefix}:{name}" if prefix else name for prefix, name in _head(source).names}

    assert found - {"T", "t", "f"} == names


def test_places_are_those_of_the_names() -> None:
    lines = _head("# Doc\n@deprecated\npublic type T record {|\n    @a\n    int id;\n|};").lines

    assert [(line.row, line.column) for line in lines] == [(2, 12), (4, 8)]


@pytest.mark.slow
@given(descriptors)
def test_a_type_is_the_same_type_afterwards(descriptor: TypeDescriptor) -> None:
    source = f"type T {type_text(descriptor)};"
    before = read(source)
    assert isinstance(before, TypeDefinition)
    written = _head(source).lines
    members = " ".join(line.text for line in written[1:] if line.key != "...")
    rest = " ".join(line.text for line in written[1:] if line.key == "...")
    text = written[0].text.replace("...", f" {members} {rest} ", 1) if written[1:] else written[0].text

    assert placeless(read(text)) == placeless(before)
