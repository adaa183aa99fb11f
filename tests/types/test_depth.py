"""Types of any depth and width, under any recursion limit, in any thread."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.sources import surface
from support.types import nothing_is_anchored

from semverdiff import limits
from semverdiff.syntax.nodes import (
    NIL,
    ArrayType,
    BuiltinType,
    DistinctType,
    FunctionType,
    IntersectionType,
    Location,
    Metadata,
    ObjectField,
    ObjectType,
    OptionalType,
    Parameter,
    ParameterizedType,
    RecordField,
    RecordType,
    Reference,
    Signature,
    StreamType,
    TableType,
    TupleType,
    UnionType,
)
from semverdiff.types import Type, equal
from semverdiff.types.subtyping import Operand, Subtyping

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.api import Surface
    from semverdiff.syntax.nodes import TypeDescriptor

pytestmark = pytest.mark.slow

DEPTH = 5000
_NOWHERE = Metadata(Location(1, 1))
_INT, _STRING = BuiltinType("int"), BuiltinType("string")


def _parameter(descriptor: TypeDescriptor) -> Parameter:
    return Parameter("required", "a", descriptor, None, inferred=False, metadata=_NOWHERE)


FORMS: dict[str, Callable[[TypeDescriptor], TypeDescriptor]] = {
    "maps": lambda inner: ParameterizedType("map", inner),
    "arrays": lambda inner: ArrayType(inner, None),
    "tuples": lambda inner: TupleType((inner,), None),
    "optional types": OptionalType,
    "unions": lambda inner: UnionType((inner, BuiltinType("float"))),
    "intersections": lambda inner: IntersectionType((BuiltinType("readonly"), inner)),
    "maps of optional types": lambda inner: ParameterizedType("map", OptionalType(inner)),
    "records": lambda inner: RecordType(
        (RecordField("x", inner, optional=False, readonly=False, default=None, metadata=_NOWHERE),),
        (),
        closed=True,
        rest=None,
    ),
    "objects": lambda inner: ObjectType(
        frozenset(),
        (ObjectField("x", inner, "public", final=False, initial=None, metadata=_NOWHERE),),
        (),
        (),
    ),
    "distinct types": DistinctType,
    "results": lambda inner: FunctionType(frozenset(), Signature((), inner)),
    "parameters": lambda inner: FunctionType(frozenset(), Signature((_parameter(inner),), NIL)),
    "streams": lambda inner: StreamType(inner, NIL),
    "tables": lambda inner: TableType(inner, None, None),
    "errors": lambda inner: ParameterizedType("error", inner),
}


def _nested(form: Callable[[TypeDescriptor], TypeDescriptor], leaf: TypeDescriptor) -> TypeDescriptor:
    for _ in range(DEPTH):
        leaf = form(leaf)
    return leaf


@pytest.fixture(scope="module")
def nothing() -> Surface:
    return surface("")


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_nested_types_are_equal_if_their_leaves_are(
    form: Callable[[TypeDescriptor], TypeDescriptor], nothing: Surface
) -> None:
    old, same, changed = (
        Type(_nested(form, leaf), nothing.package.name, nothing) for leaf in (_INT, _INT, _STRING)
    )

    assert equal(old, same, nothing_is_anchored)
    assert not equal(old, changed, nothing_is_anchored)
    assert old.descriptor is not same.descriptor


@pytest.mark.parametrize("form", ["optional types", "unions"])
def test_nested_unions_are_related_as_parts_of_a_type(form: str, nothing: Surface) -> None:
    old, new = (
        Operand(Type(ParameterizedType("map", _nested(FORMS[form], leaf)), nothing.package.name, nothing))
        for leaf in (_INT, _STRING)
    )

    assert Subtyping(nothing_is_anchored, nothing).relate(old, new).symbol == "<>"


def _chain(side: str, length: int, leaf: str) -> str:
    links = "".join(
        f"type {side}{number} record {{| {side}{number + 1} next; |}};" for number in range(length)
    )
    return f"{links} type {side}{length} {leaf};"


def _circle(side: str, length: int, leaf: str = "int") -> str:
    """Records that each lead on to two others, all of them in one circle."""
    return "".join(
        f"type {side}{number} record {{| {side}{(number + 1) % length}? next; "
        f"{side}{(number * 7 + 3) % length}[] others; {leaf if number == length - 1 else 'int'} n; |}};"
        for number in range(length)
    )


NAMED = {
    "a chain of 10,000 records": (_chain("A", 10_000, "int"), _chain("B", 10_000, "int"), True),
    "a chain of 10,000 records that ends in another way": (
        _chain("A", 10_000, "int"),
        _chain("B", 10_000, "string"),
        False,
    ),
    "a circle of 500 records": (_circle("A", 500), _circle("B", 500), True),
    "a circle of 500 records with another one": (_circle("A", 500), _circle("B", 500, "string"), False),
    "a chain of 3,000 unions": (
        "".join(f"type A{number} A{number + 1}|{number};" for number in range(3_000)) + "type A3000 int;",
        "".join(f"type B{number} B{number + 1}|{number};" for number in range(3_000)) + "type B3000 int;",
        True,
    ),
}


def _type(declared: Surface, name: str) -> Type:
    return Type(Reference(None, name), declared.package.name, declared)


@pytest.mark.parametrize(("old", "new", "same"), NAMED.values(), ids=NAMED)
def test_names_that_lead_far_are_followed(old: str, new: str, *, same: bool) -> None:
    declared = surface(f"{old} {new}")

    assert equal(_type(declared, "A0"), _type(declared, "B0"), nothing_is_anchored) is same


def _many_alike() -> tuple[Type, Type]:
    """Return a union of 800 records of one form, and the same in reverse: half a million pairs."""
    old, new = (
        "|".join(f"record {{| {number} tag; |}}" for number in numbers)
        for numbers in (range(800), reversed(range(800)))
    )
    declared = surface(f"type Old {old}; type New {new};")
    return _type(declared, "Old"), _type(declared, "New")


def test_two_unions_of_many_members_of_one_form_are_compared() -> None:
    assert equal(*_many_alike(), nothing_is_anchored)


def test_two_unions_beyond_the_budget_are_not_called_equal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "EQUALITY_CLASS_STEPS", 1_000)

    assert not equal(*_many_alike(), nothing_is_anchored)


def _tagged(first: int, last: int) -> str:
    return "|".join(f"record {{| {number} tag; |}}" for number in range(first, last))


def _intersection(length: int) -> str:
    return " & ".join(f"object {{ public int f{number}; }}" for number in range(length))


QUESTIONS = {
    "a chain of 2,000 records": (f"{_chain('Link', 2_000, 'int')} type Old Link0; type New Link1;", "<>"),
    "a circle of 300 records": (
        f"{_circle('A', 300)} {_circle('B', 300, 'int|string')} type Old A0; type New B0;",
        "<",
    ),
    "a chain of 2,000 functions": (
        "".join(f"type F{number} function (F{number + 1}) returns int;" for number in range(2_000))
        + "type F2000 int; type G2000 int|string;"
        + "".join(f"type G{number} function (G{number + 1}) returns int;" for number in range(2_000))
        + "type Old F0; type New G0;",
        "<",
    ),
    "a union of 400 records": (
        f"type Old {_tagged(1, 400)}; type New {_tagged(0, 400)};",
        "<",
    ),
    "an intersection of 300 objects": (
        f"type Old {_intersection(300)}; type New object {{ public int f7; }};",
        "<",
    ),
    "a chain of 2,000 aliases": (
        "".join(f"type A{number} readonly & A{number + 1};" for number in range(2_000))
        + "type A2000 int[]; type Old A0; type New int[];",
        "<",
    ),
}


@pytest.mark.parametrize(("source", "symbol"), QUESTIONS.values(), ids=QUESTIONS)
def test_large_types_are_related(source: str, symbol: str) -> None:
    declared = surface(source)
    answer = Subtyping(nothing_is_anchored, declared).relate(
        Operand(_type(declared, "Old")), Operand(_type(declared, "New"))
    )

    assert answer.symbol == symbol


def test_two_threads_compare_under_a_low_recursion_limit() -> None:
    """The limit is the process's, so that the comparison has a process of its own."""
    command = [sys.executable, "-c", IN_THREADS, *sys.path]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (run.stdout.split(), run.stderr, run.returncode) == (["<>", "False"] * 2 + ["200"], "", 0)


IN_THREADS = """
import sys, threading
sys.path[:] = sys.argv[1:]
from support.sources import surface
from support.types import nothing_is_anchored
from semverdiff.types import equal
from semverdiff.types.subtyping import Operand, Subtyping
from semverdiff.syntax.nodes import Reference
from semverdiff.types import Type

links = (f"type Link{n} record {{| Link{n + 1} next; |}};" for n in range(1000))
source = "".join([*links, "type Link1000 int;"])

def compare():
    declared = surface(source)
    for name in declared.all(declared.package.name):
        declared.declaration(declared.package.name, name)
    old, new = (Type(Reference(None, name), declared.package.name, declared) for name in ("Link0", "Link1"))
    relation = Subtyping(nothing_is_anchored, declared).relate(Operand(old), Operand(new), explained=False)
    answers.append(f"{relation.symbol} {equal(old, new, nothing_is_anchored)}")

answers = []
sys.setrecursionlimit(200)
threads = [threading.Thread(target=compare) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(*answers, sys.getrecursionlimit())
"""
