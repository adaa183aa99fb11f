"""The declarations of a file by its tokens: where the file parses, those of its tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from grammar.test_broken_files import SOURCE
from grammar.test_corpus import CASES
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from syntax.test_outline import DECLARATIONS, IMPORTS, NAMELESS

from semverdiff.rules import all_rules
from semverdiff.syntax import outline
from semverdiff.syntax.declarations import read_scanned
from semverdiff.syntax.descriptors import BrokenSyntaxError
from semverdiff.syntax.outlines import scan

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.syntax.outlines import Item, Outline

WHOLE = [
    SOURCE,
    *DECLARATIONS,
    *NAMELESS,
    *IMPORTS,
    # What begins and ends a declaration.
    "// a\n# One.\n// b\n# Two.\n@A\n@m:B {x: {y: 1}}\n// c\npublic type T int;\n",
    "type A int; # Of B.\ntype B int;",
    "class C { } // a\n ; enum E { A } ;\nfunction f() { } ; function g() { }",
    '# é\ttype A int;\n@A {b: "é"} type B string;\ttype C int;',
    'type A int; // é\ntype B int; type C "é"; type D int;',
    "\r\ntype A int;\r\rtype B int;\r\n",
    # Functions: what they return, and how they end.
    "function f() returns record { int a; } { } type T int;",
    "function f() returns record {| int a; |}|error { } type T int;",
    "function f() returns service object { public function g(); } { } type T int;",
    "function f() returns map<record {| int a; |}>[] { return []; } type T int;",
    "function f() returns @A {a: 1} @m:B int { return 1; } type T int;",
    "function f() returns function (int) returns string => g; type T int;",
    "function f() returns string|() => let var a = {b: 1} in object { public int c = a; }; type T int;",
    'function f() = external; function g() returns int = @java:Method {name: "x"} external; type T int;',
    "isolated transactional function f() {} client isolated class C {} distinct readonly service class D {}",
    "class C { public function f() { object { public int a = 1; } b = object { public int a = 2; }; } }",
    "function f() { var a = object T { public function g() { } }; }",
    "function f() => object m:T { public function g() { } };",
    "function f() { var a = client object m:T { public int c; }; }",
    # What has the keyword of another kind.
    "function (int) returns string f = g; isolated function () h = i; function j; function k = l;",
    "readonly r = 1; distinct error d = e; service s = service { }; service object { } t = u; type T int;",
    "const A = 1; public const int B = A + 1; const map<int> C = {a: 1}; const record { int a; } D = E;",
    "const annotation A; public const annotation map<string> B on source type; annotation C;",
    'service isolated class C { } isolated service / on a, b { } service m:T "x" on new (1, {a: 2}) { };',
    "service object { } a = object { }; service /'on on 'record { }",
    # Names.
    r"type 'type int; function 'a\-b() { } const 'class = 1; enum \u{41} { B } type '4XX int; class a\ b { }",
    # Texts.
    r'const A = "\"}\u{1F600}\\"; type T int;',
    'final string a = string `}${"`" + string `{${1}`}`; type T int;',
    "final any a = re `[`]`; type T int;".replace("[`]", "[a]"),
    r"final any a = re `\[${b}[${]\]$]{`; final any c = re // x`" + "\n`}`; type T int;",
    r'final any a = re `\[${"`"}[\]${]`; type T int;',
    "function re() { var a = re + re.b; } type T int;",
    'function f() { var a = base16 `00`; var b = `x${{c: `d`}}`; xml d = xml `<a b="}">{</a>`; } type T int;',
    "type natural int; type T record { natural a; int natural; }; type U int;",
    "function f() { xml x = a/**/<b>/*; int c = 4/2; decimal d = 1.5e3d; foreach int i in 0..<5 { } }",
]
IRREGULAR = [
    "function f() { ",
    "function f() { ( }",
    "function f() { ) }",
    "function f() { (] }",
    "function f() { [) }",
    "const A = [1};",
    "const A = {a: 1];",
    "function f() { }}",
    "function f() }",
    "type T int",
    "type T record { int a; ",
    "type T int;;",
    "type T\n# Of nothing.\nint;",
    "@A\n# Behind an annotation.\ntype T int;",
    "# Of nothing.",
    "@A",
    "public",
    "isolated",
    "# Of an import.\nimport a/b;",
    "@A import a/b;",
    "@1 type T int;",
    "@m:1 type T int;",
    "@m: A type T int;",
    "public import a/b;",
    "import a/b c;",
    "import a/;",
    'const A = "x;',
    'const A = "x\n";',
    r'const A = "\x";',
    r'const A = "\u{D800}";',
    r'const A = "\u{110000}";',
    r'const A = "\u{}";',
    r'const A = "\u{41";',
    'const A = "\\',
    "const A = 1",
    "const = 1;",
    "const A;",
    "const (A) = 1;",
    "final any a = `x",
    "final any a = `x${",
    "final any a = `x${1}",
    "final any a = re `[`",
    "type T int; type",
    "type type int;",
    "type 1 int;",
    "type ' int;",
    "type é int;",
    "type T int; \\",
    "function f() { \\t = 1; }",
    "function f() { a\\",
    "function f() { \v }",
    "type T int; \x7f",
    "type \0 int;",
    'const A = "\0";',
    "type T int; // \0",
    "function f() { $ }",
    "function f();",
    "function f(); function g() { }",
    "function f() returns int;",
    "function int() { }",
    "final function f() { }",
    "final class C { }",
    "class C; { }",
    "class C",
    "enum E [ ]",
    "service / on a;",
    "service { }",
    "service /",
    "xmlns;",
    "int 1;",
    "word",
    "final any a = natural { };",
    "final any a = natural (m) { };",
    # Declarations that would be hidden in another one.
    "type A int type B int;",
    "type A object { }|record { public int a; };",
    "function f() { type T int; }",
    "function f() { public function g() { } }",
    "function f() { class C { } }",
    "type T record { enum E { A } };",
    "const A = 1 const B = 2;",
    "class C { function f() { public int a; } }",
    "enum E { A import b; }",
    "type A listener int;",
    "type A map<configurable>;",
    "type A annotation;",
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_scan_finds_what_the_tree_has(text: str) -> None:
    found, expected = scan(text.encode()), outline(text.encode())
    assert not expected.damages
    assert found is not None
    assert not found.is_parsed
    assert (found.items, list(found.imports.items())) == (expected.items, list(expected.imports.items()))


@pytest.mark.parametrize("text", IRREGULAR)
def test_what_is_not_known_to_be_sound_is_left_to_the_parser(text: str) -> None:
    assert scan(text.encode()) is None


def test_what_is_no_text_is_left_to_the_parser() -> None:
    assert scan(b'const A = "\xff";') is None
    assert scan(b'const A = "\xc3\xa9";') is not None


OTHERS = {"key": "g", "kind": "type_definition", "public": False, "content": b"\npublic function f() { }"}


@pytest.mark.parametrize("field", OTHERS)
def test_a_declaration_is_not_read_as_another_one(field: str) -> None:
    found = scan(b"public function f() { }")
    assert found is not None
    item = found.items[0]
    assert read_scanned(item, {}).name == "f"
    with pytest.raises(BrokenSyntaxError, match="does not parse"):
        read_scanned(replace(item, **{field: OTHERS[field]}), {})


@pytest.mark.parametrize("content", [b"", b"public function f() { } type T int;"])
def test_nothing_and_two_declarations_are_not_read_as_one(content: bytes) -> None:
    found = scan(b"public function f() { }")
    assert found is not None
    with pytest.raises(BrokenSyntaxError, match="does not parse"):
        read_scanned(replace(found.items[0], content=content), {})


def _assert_the_same(content: bytes) -> bool:
    found, expected = scan(content), outline(content)
    if found is not None and not expected.damages:
        assert found.items == expected.items
        assert found.imports == expected.imports
    if found is not None and expected.damages:
        # Or a file whose tree is broken would pass for whole, since each declaration in it is read by itself.
        assert not all(_parses(item, found) for item in found.items)
    return found is not None


def _parses(item: Item, found: Outline) -> bool:
    try:
        read_scanned(item, found.imports)
    except BrokenSyntaxError:
        return False
    return True


def test_the_sources_of_the_repository_are_scanned(repository: Path) -> None:
    sources = {
        text.encode()
        for rule in all_rules()
        for side in (rule.example.before, rule.example.after)
        for text in side.values()
    }
    sources |= {file.read_bytes() for file in repository.glob("fixtures/**/*.bal")}
    sources |= {file.read_bytes() for file in repository.glob("tests/cases/**/*.bal")}
    whole = [content for content in sources if not outline(content).damages]
    assert len(whole) > 400
    assert all(map(_assert_the_same, whole))


def test_the_cases_of_the_grammar_are_scanned_or_left_to_the_parser() -> None:
    whole = [case.source.encode() for case in CASES if not outline(case.source.encode()).damages]
    scanned = list(map(_assert_the_same, whole))
    assert sum(scanned) > 0.8 * len(whole)


def test_no_keyword_is_taken_for_a_name(repository: Path) -> None:
    grammar = (repository / "grammars" / "ballerina" / "grammar.js").read_text("utf-8")
    listed = grammar.partition("const RESERVED = [")[2].partition("];")[0]
    words = re.findall(r"'(\w+)'", listed)
    assert len(words) > 90
    assert [word for word in words if scan(f"type {word} int;".encode()) is not None] == []
    assert all(scan(f"type {word[:-1]}_ int;".encode()) is not None for word in words)


@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("[", "]"), ("{", "}"), ("`${", "}`")])
def test_deep_nesting_is_left_to_the_parser(opening: str, closing: str) -> None:
    def nested(depth: int) -> bytes:
        return f"const A = {opening * depth}1{closing * depth};".encode()

    assert scan(nested(200)) is not None
    assert scan(nested(100_000)) is None
    assert scan(b"const A = " + opening.encode() * 100_000) is None


@pytest.mark.parametrize("end", range(len(SOURCE)))
def test_a_file_cut_off_anywhere_has_what_its_tree_has(end: int) -> None:
    _assert_the_same(SOURCE[:end].encode())


_PIECES = st.sampled_from(
    [*";{}()[]|,=<>\"`'\\#@/?", "{|", "|}", "${", "//", "public ", "class ", "object ", "re `", "\r", "\0"]
)
_TEXTS = st.sampled_from([SOURCE, *WHOLE, *IRREGULAR])


@given(_TEXTS, st.integers(0, len(SOURCE)), st.integers(0, 40), _PIECES | st.text(max_size=3))
def test_a_file_edited_anywhere_has_what_its_tree_has(text: str, start: int, length: int, piece: str) -> None:
    _assert_the_same(f"{text[:start]}{piece}{text[start + length :]}".encode())
