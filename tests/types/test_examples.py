"""What value does one type have that another has not?"""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from support.types import DECLARED, law, simple_types

from semverdiff.types import relation

DECLARATIONS = """
import ballerina/http; import ballerina/lang.'string; import ballerina/lang.'xml;
enum Color { RED, GREEN }
type Tree record {| int value; Tree[] children; |};
type Leaf record {| int value; Tree[0] children; |};
type Loop [Loop]|[int];
type Open record { int a; };
type Row record {| readonly int id; string name; |};
type Failure distinct error<record {| int code; |}>;
"""

EXAMPLES = {
    "a number": ("int", "string", "0"),
    "the nearest to zero": ("int", "byte", "-1"),
    "a gap": ("byte", "0|1|3", "2"),
    "nil": ("int?", "int", "()"),
    "a boolean": ("boolean", "true", "false"),
    "a float": ("float", "0f", "1.0"),
    "a decimal": ("decimal", "0d", "1d"),
    "a string": ("int|string", "int", '"a"'),
    "no single character": ("string", "string:Char", '""'),
    "another character": ("string:Char", '"a"|"b"', '"c"'),
    "a string that has to be escaped": (r'"a\\\"\n"', "int", r'"a\\\"\n"'),
    "an enum's member": ("Color", '"RED"', '"GREEN"'),
    "a member": ("int[]", "byte[]", "[-1]"),
    "the shortest list": ("int[]", "int[2]", "[]"),
    "a longer list": ("[int, int]", "[int]", "[0, 0]"),
    "a field": ("record {| int? a; |}", "record {| int a; |}", '{"a": ()}'),
    "a field that may be absent": ("record {| int a?; |}", "record {| int a; |}", "{}"),
    "a further field": ("Open", "record {| int a; |}", '{"a": 0, "key": ()}'),
    "a further field of a free name": ("map<int>", "record {| int key; |}|record {||}", '{"key1": 0}'),
    "no further field where another decides": (
        "record { int a; }",
        "record {| string a; |}",
        '{"a": 0}',
    ),
    "the smallest tree": ("Tree", "string", '{"children": [], "value": 0}'),
    "a tree with a branch": (
        "Tree",
        "Leaf",
        '{"children": [{"children": [], "value": 0}], "value": 0}',
    ),
    "the alternative that ends": ("Loop", "string", "[0]"),
    "an error": ("error", "Failure", 'error("a")'),
    "an error of a name": ("Failure", "int", 'error Failure("a", code = 0)'),
    "an error's detail": (
        "error<record {| int code; string reason?; |}>",
        "error<record {| int code; |}>",
        'error("a", code = 0, reason = "a")',
    ),
    "an element": ("xml", "xml:Text", "xml `<a/>`"),
    "no item": ("xml<xml:Element>", "xml:Element", "xml ``"),
    "two items": ("xml<xml:Element>", "xml:Element|xml:Text", "xml `<a/><a/>`"),
    "items of both": (
        "xml<xml:Element|xml:Comment>",
        "xml<xml:Element>|xml<xml:Comment>",
        "xml `<a/><!--a-->`",
    ),
    "items of what two have in common": (
        "(xml<xml:Element>|xml<xml:Comment|xml:Text>) & xml<xml:Comment>",
        "xml:Comment|xml<never>",
        "xml `<!--a--><!--a-->`",
    ),
    "items that no other type holds together": (
        "xml<xml:Element>|xml<xml:Comment|xml:Element>",
        "xml:Element|xml:Comment|xml<xml:Text|xml:Element>|xml<xml:Comment>",
        "xml `<a/><!--a-->`",
    ),
    "an error beside items that two types have not in common": (
        "(xml<xml:Element> & xml<xml:Comment>)|error",
        "xml<never>",
        'error("a")',
    ),
    "a member that two of four types have": ("([int]|[string]) & ([string]|[boolean])", "int", '["a"]'),
    "a field that two of four types have": (
        "(record {| int a; |}|record {| string a; |}) & (record {| string a; |}|record {| boolean a; |})",
        "int",
        '{"a": "a"}',
    ),
    "a table": ("table<Row>", "map<int>", "table []"),
    "a table with a row": (
        "table<Row>",
        "table<record {| int id; |}>",
        'table [{"id": 0, "name": "a"}]',
    ),
    "a table of the only kind that is left": (
        "table<map<byte>>|table<map<string>>",
        "table<map<int>>",
        'table [{"key": "a"}]',
    ),
    "a table with a key": ("table<Row> key(id)", "table<Row> key(name)", "table key(id) []"),
}


@pytest.mark.parametrize(("left", "right", "example"), EXAMPLES.values(), ids=EXAMPLES)
def test_the_example_is_small(left: str, right: str, example: str) -> None:
    assert relation(DECLARATIONS, left, right).example == example


def test_where_left_is_within_right_the_example_is_a_value_of_right() -> None:
    assert relation("", "int", "int?").example == "()"


def test_a_record_is_no_other_value_whatever_it_includes() -> None:
    assert relation(DECLARATIONS, "record {| *http:Request; int a; |}", "int").example == "0"


WITHOUT = {
    "functions": ("function ()", "int"),
    "objects": ("object { }", "int"),
    "what differs in what may be written to it": ("map<int>", "readonly & map<int>"),
    "what a member's type may be": ("[int|string]", "[int]|[string]"),
    "a list too long to be read": ("int[1000000]", "int"),
    "a table whose key has no name": ("table<Row> key<int>", "int"),
    "an error type without a name": ("distinct error", "int"),
    "a record that includes one of another package": ("record {| *http:Request; int a; |}", "map<int>"),
    "a type of another package": ("http:Request", "int"),
}


@pytest.mark.parametrize(("left", "right"), WITHOUT.values(), ids=WITHOUT)
def test_what_cannot_be_written_has_no_example(left: str, right: str) -> None:
    assert relation(DECLARATIONS, left, right).example is None


@pytest.mark.slow
@law
@given(simple_types, simple_types)
def test_the_example_is_a_value_of_the_one_side_only(left: str, right: str) -> None:
    answer = relation(DECLARED, left, right)
    assume(answer.example is not None)
    declared = f"{DECLARED} const EXAMPLE = {answer.example};"
    has, has_not = (left, right) if answer.within is False else (right, left)

    assert relation(declared, "EXAMPLE", has).within is True
    assert relation(declared, "EXAMPLE", has_not).within is False
