"""Packages of any size and shape: no recursion, and no walk that takes exponential or quadratic time."""

from __future__ import annotations

import pytest
from support.depth import run_without_recursion

pytestmark = pytest.mark.slow  # each in an interpreter of its own

IMPORTS = """
from semverdiff.api import *
from semverdiff.api.constants import named_value

LONG = 10_000
DOUBLINGS = 100  # levels that would take exponential time far beyond any patience

def chain(first, link, count):
    return first + "".join(link.replace("N", str(n)).replace("P", str(n - 1)) for n in range(1, count + 1))

def named(known, name):
    return Type(descriptor(f"{name}{LONG}"), "shop", known)

def value(known, name):
    return constant_value(known.declaration("shop", name), "shop", known)
"""


def run(program: str) -> list[str]:
    return run_without_recursion(IMPORTS, program).splitlines()


FORMS = {
    "maps": ("map<", "int", ">"),
    "results of functions": ("function () returns ", "int", ""),
    "tuples": ("[", "int", "]"),
    "distinct types": ("distinct (", "distinct error", ")"),
    "records": ("record {| ", "int", " a; |}"),
    "objects": ("object { public ", "int", " a; }"),
    "streams": ("stream<int, ", "int", ">"),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_deep_types_are_written(form: tuple[str, str, str]) -> None:
    program = f"""
        opening, middle, closing = {form!r}
        source = opening * 5_000 + middle + closing * 5_000
        print(type_text(descriptor(source)) == source)
    """
    assert run(program) == ["True"]


# What stands before the middle and behind it on each level, and what the value is.
EXPRESSIONS = {
    "operands": ("1 + ", "1", "", ["int 10001"]),
    "parentheses": ("(", "1", ")", ["int 1"]),
    "signs": ("- ", "1", "", ["int 1"]),
    "both": ("(1 + ", "1", ")", ["int 10001"]),
    "lists": ("[", "1", "]", ["expression 20001"]),
}


@pytest.mark.parametrize("parts", EXPRESSIONS.values(), ids=EXPRESSIONS)
def test_long_expressions_are_folded(parts: tuple[str, str, str, list[str]]) -> None:
    *written, expected = parts
    program = f"""
        opening, middle, closing = {written!r}
        known = surface("const C = " + opening * LONG + middle + closing * LONG + ";")
        basic, folded = value(known, "C")
        print(basic, len(folded) if basic == "expression" else folded)
    """
    assert run(program) == expected


def test_a_long_chain_of_constants_is_folded() -> None:
    program = """
        known = surface(chain("const C0 = 1;", "const CN = CP + 1;", LONG))
        print(value(known, f"C{LONG}"), named_value(known, "shop", "C5"))
    """
    assert run(program) == ["('int', 10001) 6"]


DOUBLING = {
    "strings": ('const C0 = "ab";', "const CN = CP + CP;", "string", "expression"),
    "lists": ("const C0 = [1];", "const CN = [CP, CP];", "list", "expression"),
    "mappings": ("const C0 = {};", "const CN = {a: CP, b: CP};", "map", "expression"),
    "lists in lists": ("const C0 = [];", "const CN = [CP];", "list", "expression"),
    "operands": ("const C0 = true;", "const CN = CP == CP;", "boolean", "boolean"),
}


@pytest.mark.parametrize("parts", DOUBLING.values(), ids=DOUBLING)
def test_constants_that_double_are_folded_while_they_are_small(parts: tuple[str, str, str, str]) -> None:
    first, link, small, large = parts
    program = f"""
        known = surface(chain({first!r}, {link!r}, DOUBLINGS))
        print(value(known, "C9")[0], value(known, f"C{{DOUBLINGS}}")[0])
    """
    assert run(program) == [f"{small} {large}"]


def test_a_long_enum_is_folded() -> None:
    program = """
        members = chain("M0", ", MN = MP", LONG)
        known = surface("enum E { " + members + " }")
        print(named_value(known, "shop", f"M{LONG}"))
    """
    assert run(program) == ["M0"]


def test_positions_follow_a_long_chain_of_records() -> None:
    program = """
        function = f"public function f(R{LONG} r) {{}}"
        known = surface(function + chain("type R0 int;", "type RN record {| RP? r; |};", LONG))
        print(Positions(known).of("shop", "R0"), len(exposed_modules(known)))
    """
    assert run(program) == ["1 0"]


def test_positions_are_found_in_deep_types() -> None:
    program = """
        known = surface("type R int; public function f(" + "map<" * LONG + "R" + ">" * LONG + " r) {}")
        print(Positions(known).of("shop", "R"))
    """
    assert run(program) == ["1"]


def test_long_chains_of_inclusions_are_expanded_as_far_as_is_followed() -> None:
    program = """
        from semverdiff import limits
        known = surface(
            chain("type R0 record {| int f0; |};", "type RN record {| *RP; int fN; |};", LONG)
            + chain("type O0 object { int f0; };", "type ON object { *OP; int fN; };", LONG)
        )
        for count in (limits.INCLUSION_LEVELS, LONG):
            record, target = (
                Type(descriptor(f"{kind}{count}"), "shop", known) for kind in "RO"
            )
            target = object_type_of(target)
            object_ = object_members(target.type_of(declared_object_type(target.declaration)))
            for members in [record_members(record_shape(record).type), object_]:
                print(len(members.fields) - limits.INCLUSION_LEVELS, bool(members.opaque))
    """
    assert run(program) == ["1 False", "1 False", "1 True", "1 True"]


def test_diamonds_of_inclusions_are_expanded_once() -> None:
    program = """
        first = "type A0 record {| int a0; |}; type B0 record {| int b0; |};"
        link = "type AN record {| *AP; *BP; int aN; |}; type BN record {| *AP; *BP; int bN; |};"
        known = surface(chain(first, link, DOUBLINGS))
        members = record_members(Type(known.declaration("shop", "A100").type, "shop", known))
        print(len(members.fields), len(members.included), *list(members.fields)[:4])
        print(*members.fields["a0"].origins[:2], *members.fields["a100"].origins)
    """
    assert run(program) == ["201 200 a0 b0 a1 b1", "('shop', 'B99') ('shop', 'B98')"]


def test_every_name_of_a_long_chain_is_followed_once() -> None:
    program = """
        records = chain("type T0 record {};", "type TN TP;", LONG)
        known = surface(records + chain("class O0 {}", "type ON OP;", LONG))
        for follow, name in [(record_shape, "T"), (object_type_of, "O")]:
            print(all(follow(Type(descriptor(f"{name}{n}"), "shop", known)) for n in range(LONG, 0, -1)))
    """
    assert run(program) == ["True", "True"]


ERRORS = {
    "a chain": ("type T0 error;", "type TN distinct TP;", "True"),
    "unions": ("type T0 error;", "type TN TP|TP;", "True"),
    "intersections": ("type T0 int;", "type TN TP & TP;", "False"),
}


@pytest.mark.parametrize("parts", ERRORS.values(), ids=ERRORS)
def test_errors_are_found_in_chains_and_diamonds(parts: tuple[str, str, str]) -> None:
    first, link, expected = parts
    assert run(f"""print(is_error(named(surface(chain({first!r}, {link!r}, LONG)), "T")))""") == [expected]


def test_names_that_nobody_declares_cost_no_search_each() -> None:
    program = """
        known = surface({f"f{n}.bal": f"type T{n} int;" + " " * 50_000 for n in range(50)})
        print(sum(known.declaration("shop", f"Unknown{n}") is not None for n in range(LONG)))
    """
    assert run(program) == ["0"]
