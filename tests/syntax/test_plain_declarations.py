"""Plain declarations without a tree: what is read so is what the tree says, and the rest is left to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from semverdiff.syntax import _ballerina, nodes, outline
from semverdiff.syntax.declarations import read_declaration, read_scanned, read_tree
from semverdiff.syntax.descriptors import BrokenSyntaxError
from semverdiff.syntax.outlines import Item
from semverdiff.syntax.plain_declarations import read_plain

if TYPE_CHECKING:
    from pathlib import Path

IMPORTS = {"m": "acme/money"}
PLAIN = [
    # Records: open, closed, with rests, inclusions and documented fields.
    "type R record { };",
    "type R record {};",
    "type R record {||};",
    "public type R record {| int a; |} ;",
    "# One.\n# + a - of it\n#\n#   Two.  \n\n# Three. \npublic type R record {\n    # É.\n    int a;\n};",
    "type R record { int a?; readonly string b; readonly A c ? ; int d; };",
    "type R record { *A; * B ; *m:C; int a; };",
    "type R record {| int a; anydata...; |};",
    "type R record {|m:A|error[]... ;|};",
    "type\tR\nrecord\f{ int\n\ta\n;}\n;",
    "type R record{int 'order; int 'int; int '4; int a_1; }  ;",
    # Values.
    'type R record { int a = 0; int b=10; boolean c = true; boolean d = false; string e = ""; };',
    'type R record { string a = "é  x // # {|"; int b; };',
    'type R record { string a = "é"; int b; string c = "éé"; int d;\n int e; };',
    # Types.
    "type T int|string|A|m:A|()|byte|decimal|float|boolean|json|handle|any|anydata|never|error;",
    "type T int[]|string[][]|A?|A[]?|()[]|()?|m:A[];",
    'type T "a"|"b-c"|"d/e.f_1"?|"";',
    "type T map<int>;",
    "type T map<map< A|m:B[]>?>[]|map<()>|map<error?>?;",
    "type T int |\n string\n| () ;",
    "type T mapper|typed|xmlns_|records|recordA;",
    "type T record_;",
    "type T n:A|int_:B;",
    # Constants.
    "const A = 1;",
    "# A.\npublic const A = true;",
    'const string A = "a b";',
    "const m:T|int A = 12 ;",
    "const A B=0;",
    "const 'order = 1;",
    # Functions.
    "function f() { }",
    "public isolated function f ( ) returns string|error { return; }",
    "# F.\nisolated function f(int a, A[]? b = 5, *m:C c, string... d) { foreach var a in b { } }",
    'function f(int a = 1, string b = "x", boolean c=true,* A d) returns map<json>? { }',
    "function f(int a,\n    string b)\nreturns error?{}",
    "function f(m:A... a) { }",
]
# Sound, but for the parser: each is plain but for one thing.
OTHERS = [
    "@A type R record { };",
    "type R record { @A int a; };",
    "type R record { // a\n int a; };",
    "type R record { int a; // a\n };",
    "type R record { record { } a; };",
    "type R record { int a = -1; };",
    "type R record { int a = 1 + 2; };",
    "type R record { int a = 0x1; };",
    "type R record { float a = 1.5; };",
    "type R record { float a = 1e3; };",
    "type R record { float a = 1f; };",
    "type R record { int a = B; };",
    'type R record { string a = "b" + "c"; };',
    r'type R record { string a = "\n"; };',
    r"type R record { int a\-b; };",
    r"type R record { int a\-b = 1; };",
    "type R record { int é; };",
    "type R record { int aé; };",
    "type R record { é a; };",
    "type R record { aé a; };",
    r"type R record { a\-b c; };",
    r"type R record { m:a\-b c; };",
    "type R record { m:é c; };",
    "type R record { m:aé c; };",
    "type R record { int[]a; };",
    "type R record { 'A a; };",
    "type R record { *'A; };",
    "type R record { int[2] a; };",
    "type R record { A & B a; };",
    "type R record { (A|B) a; };",
    "type R record { int? [] a; };",
    "type R record { A?[] a; };",
    "type R record {| A?...; |};",
    "type R record {| A ...; |};",
    "type R record { map <int> a; };",
    "type R record { map<int > a; };",
    "type R record { map a; };",
    "type R record { int:Signed32 a; };",
    "type R record { error:Detail a; };",
    "type R record { readonly a; };",
    "type R record { xml a; };",
    "type R record { error<A> a; };",
    "type R record { typedesc<A> a; };",
    "type R record { function () a; };",
    "type R record { 1|2 a; };",
    'type R record { "a|b" a; };',
    'type R record { "a b"|"[]" a; };',
    'type R record { "é" a; };',
    "type R record { }|record { };",
    "type R record { }[];",
    "type R record { }?;",
    "type R distinct error;",
    "type R object { };",
    "type R service;",
    "type R null;",
    "const A = {};",
    "const A = B;",
    "const annotation A;",
    "const record { } A = {};",
    "transactional function f() { }",
    "isolated transactional function f() { }",
    "function f(@A int a) { }",
    "function f(int) { }",
    "function f(int...) { }",
    "function f(typedesc<int> a = <>) { }",
    "function f(int a = b()) { }",
    "function f() returns @A int { }",
    "function f() returns (int) { }",
    "function f() = external;",
    "function f() => 1;",
    "function f() { };",
    "class C { }",
    "enum E { A }",
    "int a = 1;",
    "final int a = 1;",
    "public annotation A;",
]
# What does not parse, and is one sign from being plain.
BROKEN = [
    "type R record { int a };",
    "type R record { int a; }",
    "type R record { int a; |};",
    "type R record {| int a; };",
    "type R record { anydata...; };",
    "type R record {| anydata...; int a; |};",
    "type R record {| readonly int...; |};",
    "type R record {|\n# A.\nint...; |};",
    "type R record {\n# A.\n*A; };",
    "type R record { *int; };",
    "type R record { *A b; };",
    "type R record { *A[]; };",
    "type R record { int a? = 1; };",
    "type R record { int a = 1?; };",
    "type R record { int a = ; };",
    "type R record { int a = 01; };",
    "type R record { int a = 1a; };",
    "type R record { int a = truex y; };",
    'type R record { string a = "b; };',
    'type R record { string a = "b\n"; };',
    "type R record { int int; };",
    "type R record { int record; };",
    "type R record { int 1; };",
    "type R record { int '; };",
    "type R record { a; };",
    "type R record { int| a; };",
    "type R record { |int a; };",
    "type R record { int||string a; };",
    "type R record { map<int a; };",
    "type R record { int> a; };",
    "type R record { map<> a; };",
    "type R record { m: A a; };",
    "type R record { m :A a; };",
    "type R record { m:n:A a; };",
    "type R record { m:1 a; };",
    "type R record { m:int a; };",
    "type R record { where a; };",
    "type R record { readonly readonly int a; };",
    "type record int;",
    "type R int",
    "type R int; ;",
    "type R int; type S int;",
    "typeR int;",
    "public public type R int;",
    "isolated type R int;",
    "isolated const A = 1;",
    "type R",
    "type",
    "",
    "# A.",
    "# A.\n# B.\n",
    "type R int; # B.",
    "type R int;\n\n# B.\n",
    "const A;",
    "const A = 1",
    "const A = 1;;",
    "const A == 1;",
    "const int = 1;",
    "const A B C = 1;",
    "function f(int a,) { }",
    "function f(int a int b) { }",
    "function f(int... a, int b) { }",
    "function f(int... a = 1) { }",
    "function f(*A... a) { }",
    "function f(, int a) { }",
    "function f(int a { }",
    "function f) { }",
    "function int() { }",
    "function f() int { }",
    "function f() return int { }",
    "function f() returns { }",
    "function f() returns int;",
    "function f()",
    "isolated public function f() { }",
]
_SIGN = re.compile(r'"[^"\n]*"|#[^\n]*\n|[\w\']+|\{\||\|\}|\.\.\.|\s+|.', re.DOTALL)
_SIGNS = sorted({token for text in (*PLAIN, *OTHERS, *BROKEN) for token in _SIGN.findall(text)})


KINDS = {"record": "type_definition", "alias": "type_definition", "constant": "constant_declaration"}


def item_of(text: str) -> Item | None:
    """Return a text as the plain declaration that it is."""
    found = _ballerina.plain_declaration(text.encode())
    if found is None:
        return None
    form, public, _, _, head, _, _ = found
    return Item(head[3], KINDS.get(form, "function_definition"), public, 3, text.encode(), 4)


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_plain_is_read_as_the_tree_has_it(text: str) -> None:
    outlined = outline(text.encode())
    assert not outlined.damages
    (item,) = outlined.items
    for one in (item, replace(item, line=7, column=11)):
        plain = read_plain(one, IMPORTS)
        assert plain is not None
        assert (
            plain == read_tree(one, IMPORTS) == read_scanned(one, IMPORTS) == read_declaration(one, IMPORTS)
        )


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_not_plain_is_left_to_the_parser(text: str) -> None:
    outlined = outline(text.encode())
    assert not outlined.damages
    (item,) = outlined.items
    assert read_plain(item, IMPORTS) is None
    assert read_scanned(item, IMPORTS) == read_tree(item, IMPORTS)


@pytest.mark.parametrize("text", BROKEN)
def test_what_does_not_parse_is_not_plain(text: str) -> None:
    outlined = outline(text.encode())
    assert outlined.damages or len(outlined.items) != 1 or outlined.items[0].content != text.encode()
    assert item_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        " type R int;",
        "\n# A.\ntype R int;",
        "type R int;\0",
        'const A = "\0";',
        "type R int\r;",
        "# A.\r\ntype R int;",
    ],
)
def test_what_no_outline_has_is_not_plain(text: str) -> None:
    assert item_of(text) is None


OTHERWISE = {"key": "S", "kind": "function_definition", "public": True}


@pytest.mark.parametrize("field", OTHERWISE)
def test_a_plain_declaration_is_not_read_as_another_one(field: str) -> None:
    item = item_of("type R record { };")
    assert item is not None
    assert read_plain(item, IMPORTS) is not None
    assert read_plain(replace(item, **{field: OTHERWISE[field]}), IMPORTS) is None


def test_the_body_of_a_plain_function_is_parsed() -> None:
    item = item_of("function f() { return; }")
    assert item is not None
    assert read_scanned(item, IMPORTS) == read_tree(item, IMPORTS)
    with pytest.raises(BrokenSyntaxError, match="does not parse"):
        read_scanned(replace(item, content=b"function f() { return return; }"), IMPORTS)


@pytest.mark.parametrize(("type_", "is_kept"), [("B[]?", True), ("|".join("B" * 30), False), ("m:B", False)])
def test_a_short_type_that_is_written_twice_is_read_once(type_: str, *, is_kept: bool) -> None:
    text = f"type A {type_}; type C {type_};"
    declared = [read_scanned(item, IMPORTS) for item in outline(text.encode()).items]
    first, second = (one.type for one in declared if isinstance(one, nodes.TypeDefinition))
    assert first == second
    assert (first is second) is is_kept


def test_types_of_other_modules_mean_what_the_file_imports() -> None:
    item = item_of("type R m:A|n:B|int;")
    assert item is not None
    for imports in (IMPORTS, {"n": "acme/numbers"}, {}):
        assert read_plain(item, imports) == read_tree(item, imports)


@given(st.sampled_from([*PLAIN, *OTHERS, *BROKEN]), st.data())
def test_no_text_is_plain_that_the_tree_has_otherwise(text: str, data: st.DataObject) -> None:
    signs = _SIGN.findall(text)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(signs)))
        end = data.draw(st.integers(start, min(start + 2, len(signs))))
        signs[start:end] = data.draw(st.lists(st.sampled_from(_SIGNS), max_size=2))
    item = item_of("".join(signs))
    if item is None:
        return
    plain = read_plain(item, IMPORTS)
    if isinstance(plain, nodes.Function):
        try:
            expected = read_tree(item, IMPORTS)
        except BrokenSyntaxError:
            return  # its body does not parse
    else:
        expected = read_tree(item, IMPORTS)
    assert plain == expected


def test_the_declarations_of_a_folder_are_read_as_their_trees_have_them(repository: Path) -> None:
    items = [
        item
        for file in sorted(repository.glob("fixtures/**/*.bal"))
        for item in outline(file.read_bytes()).items
    ]
    plain = [(read_plain(item, IMPORTS), item) for item in items]
    assert sum(one is not None for one, _ in plain) > len(items) / 4
    assert all(one == read_tree(item, IMPORTS) for one, item in plain if one is not None)
