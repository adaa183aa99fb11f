"""Classes of types that are the same, and what they cost."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.sources import descriptor, surface
from support.types import DECLARED, IMPORTS, law, nothing_is_anchored, types

from semverdiff import limits
from semverdiff.types import Type, relate
from semverdiff.types.equality import Equality
from semverdiff.types.partition import Classes, Composition

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

Graph = list[Composition[int]]


def _nothing(_steps: int) -> None:
    """Count nothing."""


def _same_by_rounds(graph: Graph) -> list[int]:
    """Return classes by their definition: told apart by facts, then by the classes of parts, until stable."""
    classes = [0] * len(graph)
    while True:
        numbers: dict[object, int] = {}
        after = [
            numbers.setdefault((classes[index], one.signature(classes.__getitem__)), len(numbers))
            for index, one in enumerate(graph)
        ]
        if after == classes:
            return classes
        classes = after


@st.composite
def _graphs(draw: st.DrawFn) -> Graph:
    count = draw(st.integers(1, 9))
    parts = st.lists(st.integers(0, count - 1), max_size=3)
    kinds = st.sampled_from("ab")
    return [Composition(draw(kinds), draw(parts), draw(st.booleans())) for _ in range(count)]


@given(_graphs(), st.randoms())
def test_two_types_have_one_class_if_nothing_tells_them_apart(graph: Graph, chance: random.Random) -> None:
    """Whatever is asked about first: the classes of types that were met before stay."""
    order = list(range(len(graph)))
    chance.shuffle(order)
    classes = Classes(graph.__getitem__, _nothing)
    first = {index: classes.of(index) for index in order}
    expected = _same_by_rounds(graph)

    for one, other in itertools.product(order, order):
        assert (first[one] == first[other]) == (expected[one] == expected[other])
    assert first == {index: classes.of(index) for index in order}


def _chain(count: int) -> Graph:
    return [Composition("link", [index + 1]) for index in range(count)] + [Composition("end", [])]


def _circle(count: int) -> Graph:
    """One of the records is another: those of a circle are told apart one after the other."""
    return [Composition("odd" if not index else "link", [(index + 1) % count]) for index in range(count)]


def _mesh(count: int) -> Graph:
    return [
        Composition("odd" if not index else "link", [(index * 7 + 3) % count, (index + 1) % count])
        for index in range(count)
    ]


def _steps(graph: Graph) -> int:
    counted = Counter[str]()
    classes = Classes(graph.__getitem__, lambda steps: counted.update(steps=steps))
    for index in reversed(range(len(graph))):
        classes.of(index)
    return counted["steps"]


def _link(*parts: int) -> Composition[int]:
    return Composition("link", parts)


GRAPHS = {
    "a chain": _chain(12),
    "a circle": _circle(12),
    "a mesh": _mesh(12),
    "two circles": [_link(1), _link(0), _link(3), _link(2)],
    "circles of two lengths": [_link(1), _link(0), _link(3), _link(4), _link(2)],
    "a circle and a way to it": [_link(1), _link(2), _link(1), Composition("odd", [1])],
    "a circle and one with a way out": [
        _link(1, 0),
        _link(0, 1),
        _link(3, 2),
        _link(2, 4),
        Composition("end", []),
    ],
}


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
@pytest.mark.parametrize("step", [1, -1], ids=["from the first", "from the last"])
def test_types_are_told_apart_by_what_they_lead_to(graph: Graph, step: int) -> None:
    classes = Classes(graph.__getitem__, _nothing)
    found = {index: classes.of(index) for index in range(len(graph))[::step]}
    expected = _same_by_rounds(graph)

    for one, other in itertools.product(range(len(graph)), repeat=2):
        assert (found[one] == found[other]) == (expected[one] == expected[other])


def test_every_type_and_every_part_is_a_step() -> None:
    links = 300
    assert _steps(_chain(links)) == (links + 1) + links


def test_to_tell_types_apart_is_counted_beside_what_finds_them() -> None:
    links, parts = 300, 600
    assert _steps(_mesh(links)) >= 2 * (links + parts)


def test_a_type_that_is_told_apart_from_all_others_is_not_looked_at_again() -> None:
    assert _steps(_mesh(300)) < 12 * 300


@pytest.mark.parametrize("shape", [_chain, _circle, _mesh])
def test_ten_times_the_types_take_about_ten_times_the_steps(shape: Callable[[int], Graph]) -> None:
    assert _steps(shape(3000)) < 15 * _steps(shape(300))


# What declares the types that are asked about, read once.
_DECLARED = surface(DECLARED)


def _type(text: str) -> Type:
    return Type(descriptor(text, IMPORTS), _DECLARED.package.name, _DECLARED)


def _by_classes() -> Equality:
    """Return equality that follows no pair."""
    with patch.multiple(limits, OWN_COST=0, EQUALITY_STEPS=0):
        return Equality(nothing_is_anchored, _DECLARED)


CIRCLES = surface("type Ping Pong|int[]; type Pong Ping|int; type Alone Alone;")

# Where no pair is followed: the classes of the members of unions, what names stand for included.
UNIONS = {
    "in another order": ("int[]|map<int>|string", "string|map<int>|int[]", True),
    "with a structure more": ("int[]", "int[]|string[]", False),
    "with a structure less": ("int[]|string[]", "int[]", False),
    "with a value more": ("int[]", "int[]|string", False),
    "behind names that lead back to themselves": ("Ping[]", "(int[]|int)[]", True),
    "behind a name that stands for nothing else": ("Alone[]", "int[]", False),
}


@pytest.mark.parametrize(("old", "new", "is_same"), UNIONS.values(), ids=UNIONS)
def test_unions_are_the_same_by_the_classes_of_their_members(old: str, new: str, *, is_same: bool) -> None:
    with patch.multiple(limits, OWN_COST=0, EQUALITY_STEPS=0):
        equality = Equality(nothing_is_anchored, CIRCLES)
    left, right = (Type(descriptor(text), CIRCLES.package.name, CIRCLES) for text in (old, new))

    assert equality.same(left, right) is is_same


@law
@given(types, types)
def test_what_is_the_same_as_a_pair_is_in_one_class(old: str, new: str) -> None:
    assert Equality(nothing_is_anchored, _DECLARED).same(_type(old), _type(new)) <= _by_classes().same(
        _type(old), _type(new)
    )


@law
@given(types, types)
def test_what_is_in_one_class_is_equal(one: str, other: str) -> None:
    left, right = _type(f"[({one})|({other})]"), _type(f"[({other})|({one})]")

    assert _by_classes().same(left, right)
    assert relate(left, right, nothing_is_anchored).symbol in {"=", "?"}
