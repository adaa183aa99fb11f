"""Does every question end, however large the types are?"""

from __future__ import annotations

import itertools
import random

import pytest
from support.sources import surface
from support.types import nothing_is_anchored

from semverdiff import limits
from semverdiff.syntax.nodes import Reference
from semverdiff.types import TOO_LONG, Type
from semverdiff.types.module_types import Questions
from semverdiff.types.subtyping import Operand, Subtyping


def _rows(count: int, rules: list[dict[int, str]]) -> str:
    """Declare `count` booleans, and the rows of them that are ruled out: together a question of logic."""
    ruled_out = "|".join(
        f"[{', '.join(rule.get(index, 'boolean') for index in range(count))}]" for rule in rules
    )
    every = ", ".join(["boolean"] * count)
    return f"type Old readonly & [{every}]; type New readonly & ({ruled_out});"


def _riddle(count: int) -> str:
    """Rule out three values at a time, as many as make it hardest to see whether a row is left."""
    chance = random.Random(1)  # noqa: S311 (a puzzle, not a secret)
    rules = [
        {index: chance.choice(["true", "false"]) for index in chance.sample(range(count), 3)}
        for _ in range(count * 9 // 2)
    ]
    return _rows(count, rules)


def _pigeons(count: int) -> str:
    """Rule out that a pigeon has no hole or two share one, of which there is one too few."""
    holes = count - 1
    rules = [{pigeon * holes + hole: "false" for hole in range(holes)} for pigeon in range(count)]
    rules += [
        {one * holes + hole: "true", other * holes + hole: "true"}
        for hole in range(holes)
        for one, other in itertools.combinations(range(count), 2)
    ]
    return _rows(count * holes, rules)


def _chain(length: int) -> str:
    links = "".join(f"type Link{number} record {{| Link{number + 1} next; |}};" for number in range(length))
    return f"{links} type Link{length} int; type Old Link0; type New Link1;"


BEYOND = {
    "a riddle": _riddle(40),
    "pigeons": _pigeons(7),
}


@pytest.mark.slow
@pytest.mark.parametrize("source", BEYOND.values(), ids=BEYOND)
def test_a_question_beyond_the_budget_is_unknown_and_says_so(source: str) -> None:
    asked = Questions(f"{source} type Small int; type Large int?;")

    answer = asked.relation("Old", "New")

    assert (answer.symbol, answer.missing) == ("?", (TOO_LONG,))
    assert asked.relation("Small", "Large").symbol == "<"


def _product(count: int) -> str:
    """A record of many choices, and those of which one certain choice is made."""

    def narrowed(at: int) -> str:
        fields = (f"{'int' if number == at else 'int|string'} f{number};" for number in range(count))
        return f"record {{| {' '.join(fields)} |}}"

    members = "|".join(narrowed(number) for number in range(count))
    return f"type Old readonly & {narrowed(-1)}; type New readonly & ({members});"


def _arrows(count: int) -> str:
    arrows = " & ".join(
        f"function (int:Unsigned8|{number}) returns map<{number}|{number + 1}>" for number in range(count)
    )
    return (
        f"import ballerina/lang.'int; type Old {arrows}; type New function (int:Unsigned8) returns map<-1>;"
    )


def _resources(count: int) -> str:
    def client(parameter: str) -> str:
        methods = (f"resource function get part{n}/[{parameter} id]();" for n in range(count))
        return f"client object {{ {' '.join(methods)} }}"

    return f"type Old {client('int|string')}; type New {client('int')};"


WITHIN = {
    "few pigeons": (_pigeons(4), "="),
    "a product of fields": (_product(20), ">"),
    "an intersection of functions": (_arrows(24), "<"),
    "hundreds of resource methods": (_resources(300), "<"),
    "a chain of 1,000 records": (_chain(1000), "<>"),
    "a list of two thousand million": ("type Old int[2000000000]; type New [int, int...];", "<"),
    "a long tuple": (f"type Old [{', '.join(['int'] * 5000)}]; type New int[5000];", "="),
}


@pytest.mark.slow
@pytest.mark.parametrize(("source", "symbol"), WITHIN.values(), ids=WITHIN)
def test_what_only_looks_hard_is_answered(source: str, symbol: str) -> None:
    assert Questions(source).relation("Old", "New").symbol == symbol


@pytest.mark.slow
def test_an_answer_stands_where_only_its_example_is_beyond_the_budget() -> None:
    answer = Questions(_riddle(40).replace("readonly & ", "")).relation("Old", "New")

    assert (answer.symbol, answer.example) == (">", None)


def test_a_question_that_took_too_long_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "EMPTINESS_STEPS", 10)
    declared = surface(_chain(100))
    old, new = (Operand(Type(Reference(None, name), "shop", declared)) for name in ("Old", "New"))
    subtyping = Subtyping(nothing_is_anchored, declared)
    first = subtyping.relate(old, new)
    monkeypatch.setattr(subtyping, "_relate", None)

    assert subtyping.relate(old, new) == first
    assert first.missing == (TOO_LONG,)


def test_half_a_question_that_took_too_long_is_not_known_and_not_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "EMPTINESS_STEPS", 10)
    declared = surface(f"{_chain(100)} type Small int; type Large int?;")
    old, new, small, large = (
        Operand(Type(Reference(None, name), "shop", declared)) for name in ("Old", "New", "Small", "Large")
    )
    subtyping = Subtyping(nothing_is_anchored, declared)

    assert subtyping.within(old, new) is None
    assert subtyping.within(small, large) is True
    assert subtyping.within(large, small) is False
    monkeypatch.setattr(subtyping, "_is_subtype", None)
    assert subtyping.within(old, new) is None


def test_a_question_that_was_answered_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = surface("type Old int; type New string;")
    old, new = (Operand(Type(Reference(None, name), "shop", declared)) for name in ("Old", "New"))
    subtyping = Subtyping(nothing_is_anchored, declared)
    first = subtyping.relate(old, new)
    monkeypatch.setattr(subtyping, "_relate", None)

    assert subtyping.relate(old, new) is first
    assert first.symbol == "<>"
