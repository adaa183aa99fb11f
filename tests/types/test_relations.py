"""How do two types of a module text relate?"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.relations import cases, questions
from support.types import law

from semverdiff import limits
from semverdiff.types import TypeRelation, relation

if TYPE_CHECKING:
    from pathlib import Path

MIRRORED = {"<": ">", ">": "<", "=": "=", "<>": "<>", "?": "?"}


@pytest.mark.slow
@pytest.mark.parametrize("complement", [False, True], ids=["of the language", "with complements"])
def test_every_relation_of_the_corpus_is_told_both_ways(shared: Path, *, complement: bool) -> None:
    wrong = []
    chosen = [case for case in cases(shared) if case.has_complement is complement]
    for case in chosen:
        asked = questions(case.declarations)
        answer, mirrored = asked.relation(case.left, case.right), asked.relation(case.right, case.left)
        if (answer.symbol, mirrored.symbol) != (case.symbol, MIRRORED[case.symbol]):
            wrong.append((case, answer, mirrored))

    assert chosen
    assert not wrong


def test_a_question_asked_alone_has_the_answer_that_it_has_after_others(shared: Path) -> None:
    plain = [case for case in cases(shared) if not case.has_complement][::7]

    assert [relation(case.declarations, case.left, case.right).symbol for case in plain] == [
        case.symbol for case in plain
    ]


TWO = "typedesc<int> a, typedesc<int> b"

ASKED = {
    "a name and a descriptor": ("type Id string;", "Id", "string|int", "<"),
    "two descriptors": ("", "int[]", "(int|string)[]", "<"),
    "a name with a quote": ("type 'type int;", "'type", "int", "="),
    "an enum and its members": ("enum Color { RED, GREEN }", "Color", '"RED"|"GREEN"', "="),
    "an enum's member": ('enum Color { RED = "r", GREEN }', "RED", "Color", "<"),
    "a constant": ("const LIMIT = 2 + 3;", "LIMIT", "5", "="),
    "a class": ("class Clock { public int hour = 0; }", "Clock", "object { public int hour; }", "="),
    "a member of a list": ("type Row [int, string...];", "Row[0]", "int", "="),
    "a member behind the written ones": ("type Row [int, string...];", "Row[7]", "string", "="),
    "a field by a constant's name": (
        'const KEY = "a"; type Point record {| int a; |};',
        "Point[KEY]",
        "int",
        "=",
    ),
    "a member of any value that is a list": ("type T any;", "T[0]", "any|error", "="),
    "a member of what is a list, among others": ('type T int[]|map<string>|"a"|1;', "T[0]", "int", "="),
    "a field of what is a mapping, among others": (
        'type T int[]|map<string>|"a"|1;',
        'T["a"]',
        "string",
        "=",
    ),
    "a field and a member of a list of which nobody knows all values": (
        "type Row record {| int|http:A a; |}; type List [string|http:B];",
        'Row["a"]',
        "List[0]",
        "?",
    ),
    "a field of what has no value, among others": (
        "type T record {| never a; int b; |}|record {| string b; |};",
        'T["b"]',
        "string",
        "=",
    ),
    "a member of what has no value, among others": (
        "type T [never, int]|[boolean, string];",
        "T[1]",
        "string",
        "=",
    ),
    "a member at any index": ("type Row [int, string];", "Row[int]", "int|string", "="),
    "a field of any value that is a mapping": ("type T any;", 'T["a"]', "any|error", "="),
    "a field of any value that is a table": ("type T table<any>;", 'T["a"]', "never", "="),
    "a member of an array of a length": ("type Row int[10];", "Row[3]", "int", "="),
    "a member behind an array of a length": ("type Row int[10];", "Row[10]", "never", "="),
    "a member of a list by a name": ("type Row [int];", 'Row["a"]', "never", "="),
    "a field of a mapping by a number": ("type Point map<int>;", "Point[1]", "never", "="),
    "a field by any of two names": (
        'type Point record {| int a; string b; float...; |}; type Keys "a"|"b";',
        "Point[Keys]",
        "int|string",
        "=",
    ),
    "a field by any name": ("type Point record {| int a; float...; |};", "Point[string]", "int|float", "="),
    "two distinct errors of one definition": (
        "type Pair [distinct error, distinct error];",
        "Pair[0]",
        "Pair[1]",
        "<>",
    ),
    "a distinct error of one definition": ("type Pair [distinct error, error];", "Pair[0]", "Pair[1]", "<"),
    "a distinct class": ("distinct class A { }", "A", "object { }", "<"),
    "a class that is not distinct": ("class A { }", "A", "object { }", "="),
    "an isolated function": ("", "isolated function", "function", "<"),
    "a transactional function, which any will do for": ("", "function", "transactional function", "="),
    "a dependent result": (
        "",
        "function (typedesc<int> t) returns t",
        "function (typedesc<int>) returns int",
        "<",
    ),
    "a dependent result of any type": (
        "",
        "function (typedesc t) returns t",
        "function (typedesc) returns any|error",
        "<",
    ),
    "a dependent result in a union": (
        "",
        "function (typedesc<int> t) returns t|error",
        "function (typedesc<int>) returns int|error",
        "<",
    ),
    "a dependent result beside a name": (
        "type Failure distinct error;",
        "function (typedesc<int> t) returns t|Failure",
        "function (typedesc<int>) returns int|Failure",
        "<",
    ),
    "a dependent result or nil": (
        "",
        "function (typedesc<int> t) returns t?",
        "function (typedesc<int>) returns int?",
        "<",
    ),
    "a dependent result in a list": (
        "",
        "function (typedesc<int> t) returns t[]",
        "function (typedesc<int>) returns int[]",
        "<",
    ),
    "a dependent result in a tuple": (
        "",
        "function (typedesc<int> t) returns [t, string, t...]",
        "function (typedesc<int>) returns [int, string, int...]",
        "<",
    ),
    "a dependent result in a map": (
        "",
        "function (typedesc<int> t) returns map<t>",
        "function (typedesc<int>) returns map<int>",
        "<",
    ),
    "a dependent result in a stream": (
        "",
        "function (typedesc<int> t) returns stream<t, error?>",
        "function (typedesc<int>) returns stream<int, error?>",
        "<",
    ),
    "a dependent result in an intersection": (
        "",
        "function (typedesc<int[]> t) returns (t & readonly)",
        "function (typedesc<int[]>) returns (int[] & readonly)",
        "<",
    ),
    "a dependent result in a table": (
        "",
        "function (typedesc<map<int>> t) returns table<t>",
        "function (typedesc<map<int>>) returns table<map<int>>",
        "<",
    ),
    "two dependent results": (
        "",
        "function (typedesc<int> t) returns t",
        "function (typedesc<int> u) returns u",
        "=",
    ),
    "a result that is named like a parameter": (
        "type Id string;",
        "function (int Id) returns Id",
        "function (int) returns string",
        "=",
    ),
    "a dependent result and one that may be more": (
        "",
        "function (typedesc<int> t) returns t|error",
        "function (typedesc<int> t) returns t|error|string",
        "<",
    ),
    "results that depend on two parameters": (
        "",
        "function (typedesc<int> t, typedesc<int> u) returns t",
        "function (typedesc<int> t, typedesc<int> u) returns u",
        "<>",
    ),
    "a service": ("", "service", "service object { }", "="),
    "a length that nobody gives": ("", "int[NOWHERE]", "string", "?"),
    "an enum whose values are not known": ("enum E { A = nowhere(), B }", "E", "int", "?"),
    "an error that is no number, beside a type that is not here": (
        "import acme/other;",
        "[other:Thing, error<map<int>>]",
        "[other:Thing, int]",
        "<>",
    ),
    "a table with a key that its rows lack": (
        "type Row record {| readonly int a; |};",
        "table<Row> key(b)",
        "int",
        "<>",
    ),
    "a function that says what it takes": ("", "function (int)", "function", "<"),
    "a resource whose path takes any": (
        "",
        "client object { resource function get [string... all](); }",
        "client object { resource function get a/b(); }",
        "<",
    ),
    "a resource whose path takes any segment": (
        "",
        "client object { resource function get a/[string id](); }",
        "client object { resource function get a/b(); }",
        "<",
    ),
    "a resource whose path takes any, and whose parameter differs": (
        "",
        "client object { resource function get [string... all](int x); }",
        "client object { resource function get a/b(string x); }",
        "<>",
    ),
    "a resource whose path is shorter": (
        "",
        "client object { resource function get a(); }",
        "client object { resource function get a/b(); }",
        "<>",
    ),
    "a resource of another accessor": (
        "",
        "client object { resource function post a(); }",
        "client object { resource function get a(); }",
        "<>",
    ),
    "an array of a fixed length, which is no projection": ("", "int[3]", "int[]", "<"),
    "an array of a fixed length and a tuple": ("", "int[3]", "[int, int, int]", "="),
    "declarations without their semicolons": ("type A int\ntype B object { }\ntype C A|B", "A", "C", "<"),
    "a line that ends as on old systems, without its semicolon": ("type A int\r", "A", "int", "="),
    "the key of a table that lies in its own rows": (
        "type Row map<int>|record {| readonly int a; table<Row> key(a) t; |};",
        "table<Row> key(a)",
        "table<Row>",
        "<",
    ),
    "the key of records of a table that lies in a map, which they hold": (
        "type T map<table<A|B> key(id)>; type A record {| int id; T b; |}; type B record {| string id; |};",
        "T",
        "map<table<A|B> key<int|string>>",
        "<",
    ),
    "the key of records and maps of such a table": (
        "type T map<table<A|map<string>> key(id)>; type A record {| readonly int id; T b; |};",
        "T",
        "map<table<A|map<string>> key<int|string>>",
        "<",
    ),
    "the key of what such records have in common": (
        "type A record {| int id; T b; |}; type B map<int|T>; type T map<table<(A|B) & (A|B)> key(id)>;",
        "T",
        "map<table<(A|B) & (A|B)>>",
        "<",
    ),
    "the key of rows of which one lacks it": (
        "type A record {| readonly int id; |}; type B record {| int a; int...; |};",
        "table<A|B> key(id)",
        "table<A|B> key<int>",
        "<",
    ),
    "a field of what two unions have in common": (
        "type Row (map<int>|record {| string a; |}) & (map<int>|record {| string a; string b?; |});",
        'Row["a"]',
        "int|string",
        "=",
    ),
    "a member of what two unions have in common": (
        "type Row ([int]|[string]) & ([string]|[boolean]);",
        "Row[0]",
        "string",
        "=",
    ),
    "the results of two parameters, which no function has": (
        f"type A function ({TWO}) returns a; type B function ({TWO}) returns b; type Result A & B;",
        "Result",
        "never",
        "=",
    ),
    "an object type that includes itself": (
        "type Self distinct object { *Self; public int a; };",
        "Self",
        "object { public int a; }",
        "<",
    ),
    "a list with more members than are told apart": (
        "",
        f"[{'int, ' * limits.LIST_ROW_MEMBERS}int, int...] & int[20000]",
        "int[]",
        "?",
    ),
    "declarations in another order": ("type A B?; type B C[]; type C int;", "int[]?", "A", "="),
}


@pytest.mark.parametrize(("source", "left", "right", "symbol"), ASKED.values(), ids=ASKED)
def test_a_side_is_a_name_a_descriptor_or_a_projection(
    source: str, left: str, right: str, symbol: str
) -> None:
    assert relation(source, left, right).symbol == symbol


UNANSWERABLE = {
    "no type descriptor": ("", "int[", "int", "'int[' is no type descriptor"),
    "more than a type descriptor": (
        "",
        "int; type X string",
        "int",
        "'int; type X string' is no type descriptor",
    ),
    "nothing": ("", "", "int", "'' is no type descriptor"),
    "a key that is none": ("type Row [int];", "Row[1 +]", "int", "'Row[1 +]' is no type descriptor"),
    "a name that nobody declares": ("", "Nobody", "int", "Nobody"),
    "a broken declaration": ("type Half record {| int a", "Half", "int", "Half"),
    "an alias of itself": ("type Self Self;", "Self", "int", "Self"),
    "a record that includes itself": ("type Self record { *Self; };", "Self", "int", "Self"),
    "a constant that needs itself": ("const A = B; const B = A;", "A", "1", "A"),
    "a division by zero": ("const A = 1 / 0;", "A", "1", "A"),
    "an integer of 65 bits": ("", "9223372036854775808", "int", "9223372036854775808"),
    "a decimal beyond its range": ("const A = 1e9999d;", "A", "decimal", "A"),
    "a number of thousands of digits": (f"const A = {'9' * 5000};", "A", "int", "A"),
    "a function's name": ("function run() { }", "run", "int", "run"),
    "a type of a package that is not here": (
        "import acme/other; type Held other:Thing;",
        "Held",
        "int",
        "acme/other:Thing",
    ),
}


@pytest.mark.parametrize(("source", "left", "right", "missing"), UNANSWERABLE.values(), ids=UNANSWERABLE)
def test_what_cannot_be_followed_is_unknown_and_named(
    source: str, left: str, right: str, missing: str
) -> None:
    answer = relation(source, left, right)

    assert answer.symbol == "?"
    assert missing in answer.missing


def test_the_smallest_integer_is_in_range() -> None:
    assert relation("", "-9223372036854775808", "int").symbol == "<"


def test_a_long_decimal_keeps_its_digits_under_its_sign() -> None:
    digits = "1.234567890123456789012345678901234"

    assert relation(f"const A = -{digits}d;", "A", f"-{digits[:-1]}d").symbol == "<>"
    assert relation(f"const A = -{digits}d;", "A", f"-{digits}d").symbol == "="


WORDS = [
    *"()[]{}<>|&?;,.*=+-/~!\"'`",
    *[
        "type",
        "const",
        "enum",
        "class",
        "record",
        "object",
        "function",
        "returns",
        "readonly",
        "distinct",
        "public",
        "private",
        "final",
    ],
    *[
        "int",
        "string",
        "byte",
        "xml",
        "error",
        "map",
        "table",
        "key",
        "stream",
        "future",
        "typedesc",
        "json",
        "anydata",
        "never",
    ],
    *[
        "{|",
        "|}",
        "...",
        "A",
        "B",
        "0",
        "1",
        "1.5",
        "0x1F",
        '"a"',
        "import",
        "a/b",
        "b:C",
        "isolated",
        "client",
    ],
]
broken_texts = st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
names_and_texts = st.one_of(st.sampled_from(["A", "B", "A[0]", "A[B]", "A|B", "A[B"]), broken_texts)


@pytest.mark.slow
@law
@given(broken_texts, names_and_texts, names_and_texts)
def test_no_text_raises(source: str, left: str, right: str) -> None:
    declared = f"type A {source}; type B A[]; {source}"

    assert isinstance(relation(declared, left, right), TypeRelation)


COMPARISON = """
import sys
sys.path.insert(0, sys.argv[1])
from support.sources import differences
same = "public type Id string; public function get(Id id) returns int? => (); "
found = differences(same, same.replace("int?", "()|int") + "public function put(Id id) { }")
assert found
print(*(name for name in sys.modules if name.startswith("semverdiff.types.")))
"""


def test_the_engine_is_not_imported_where_no_type_changed(repository: Path) -> None:
    command = [sys.executable, "-c", COMPARISON, str(repository / "tests")]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True, cwd=repository).stdout

    assert loaded.split()
    assert not [name for name in loaded.split() if name.startswith("semverdiff.types.semantic.")]
