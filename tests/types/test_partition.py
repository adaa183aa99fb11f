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
