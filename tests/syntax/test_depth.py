"""Types and expressions of any depth are read without recursion, and many parts without their square."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from support.depth import run_without_recursion

import semverdiff

LEVELS = 5_000
# What stands before the middle and behind it on each level: `map<map<int>>`.
DEEP = {
    "maps": ("type T ", "map<", "int", ">", ";"),
    "arrays": ("type T ", "", "int", "[]?", ";"),
    "parentheses": ("type T ", "(", "int", ")", ";"),
    "unions in parentheses": ("type T ", "(int|", "string", ")", ";"),
    "distinct types": ("type T ", "distinct ", "error", "", ";"),
    "records": ("type T ", "record {| ", "int", " a; |}", ";"),
    "objects": ("type T ", "object { public ", "int", " a; }", ";"),
    "results of functions": ("type T ", "function () returns ", "int", "", ";"),
    "streams": ("type T ", "stream<int, ", "()", ">", ";"),
    "tables": ("type T ", "table<map<", "int", ">>", ";"),
    "tuples": ("type T ", "[", "int", "]", ";"),
    "operands": ("const int T = ", "1 + ", "1", "", ";"),
    "brackets": ("const int T = ", "(", "1", ")", ";"),
    "lists": ("const T = ", "[", "1", "]", ";"),
    "values of annotations": ("@a {b: ", "[", "1", "]", "} type T int;"),
}


@pytest.mark.parametrize("parts", DEEP.values(), ids=DEEP)
def test_reading_does_not_recurse(parts: tuple[str, ...]) -> None:
    program = f"""
        before, opening, middle, closing, behind = {parts!r}
        print(read(before + opening * {LEVELS} + middle + closing * {LEVELS} + behind).name)
    """
    assert run_without_recursion("", program) == "T"


BROKEN = {
    "in a type": ("type T ", "map<", " ;"),
    "in a body": ("function T() {", "{ if x ", ""),
    "outside": ("", "} ( [ ", ""),
}


@pytest.mark.parametrize("parts", BROKEN.values(), ids=BROKEN)
def test_damage_is_found_without_recursion(parts: tuple[str, ...]) -> None:
    program = f"""
        before, opening, behind = {parts!r}
        print(len(outline((before + opening * {LEVELS} + behind).encode()).damages) > 0)
    """
    assert run_without_recursion("from semverdiff.syntax import outline", program) == "True"


def test_bodies_are_compared_without_recursion() -> None:
    program = f"""
        body = "{{ int i = " + "(" * {LEVELS} + "1" + ")" * {LEVELS} + "; }}"
        print(same_body(body.encode(), body.replace("1", " 1").encode()))
    """
    assert run_without_recursion("from semverdiff.syntax import same_body", program) == "True"


def test_deep_types_are_freed_without_recursion() -> None:
    # Without the garbage collector's help the interpreter ends here for want of stack.
    program = """
        deep = descriptor("int")
        for _ in range(500_000):
            deep = FunctionType(frozenset(), Signature((), OptionalType(deep)))
        del deep
        print("freed")
    """
    imports = "from semverdiff.syntax.nodes import FunctionType, OptionalType, Signature"
    assert run_without_recursion(imports, program) == "freed"


# Each looks through the annotations before a child once more: 40,000 of them took 7 s, 660,000 half an hour.
_OF_THE_SQUARE = {"children_by_field_id", "children_by_field_name", "field_name", "field_name_for_child"}


# Reads bodies, and asks once for each child that is no annotation: of those it takes no time.
_NEVER_OF_ANNOTATIONS = {"impact/reader.py": {"field_name"}}


def test_nobody_asks_the_parser_which_field_each_child_is() -> None:
    package = Path(semverdiff.__file__).parent
    for file in package.rglob("*.py"):
        parsed = ast.walk(ast.parse(file.read_text()))
        asked = {one.attr for one in parsed if isinstance(one, ast.Attribute)} & _OF_THE_SQUARE
        asked -= _NEVER_OF_ANNOTATIONS.get(file.relative_to(package).as_posix(), set())
        assert not asked, f"{file} asks for {asked}"
