"""Sets of integers and of literals: every operation against the sets that Python has."""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import TYPE_CHECKING

from semverdiff.types.semantic import integers, literals
from semverdiff.types.semantic.literals import LiteralSet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.types.semantic.integers import IntegerSet

NUMBERS = range(-2, 4)
WORDS = ("a", "b", "c")
OTHER = "any other word"


def subsets(values: Iterable[int]) -> list[frozenset[int]]:
    values = list(values)
    chosen = chain.from_iterable(combinations(values, size) for size in range(len(values) + 1))
    return list(map(frozenset, chosen))


def ranges(numbers: frozenset[int]) -> IntegerSet:
    """Write a set as ranges that do not touch."""
    starts = sorted(number for number in numbers if number - 1 not in numbers)
    ends = sorted(number for number in numbers if number + 1 not in numbers)
    return tuple(zip(starts, ends, strict=True))


def test_the_example_of_a_set_of_integers_is_the_member_nearest_to_zero() -> None:
    for numbers in subsets(NUMBERS)[1:]:
        nearest = min(numbers, key=lambda number: (abs(number), number < 0))
        assert integers.example(ranges(numbers)) == nearest, numbers


def test_ranges_of_integers_are_sets_of_integers() -> None:
    for one, other in product(subsets(NUMBERS), repeat=2):
        left, right = ranges(one), ranges(other)
        assert integers.union(left, right) == ranges(one | other), (left, right)
        assert integers.intersection(left, right) == ranges(one & other), (left, right)
        assert integers.difference(left, right) == ranges(one - other), (left, right)


def test_an_example_is_nearest_to_zero_and_rather_positive() -> None:
    for one in subsets(NUMBERS):
        if one:
            assert integers.example(ranges(one)) == min(one, key=lambda number: (abs(number), number < 0))


def test_listed_and_excluded_literals_are_sets_of_words() -> None:
    written = [
        LiteralSet(frozenset(words), excluded=excluded)
        for size in range(len(WORDS) + 1)
        for words in combinations(WORDS, size)
        for excluded in (False, True)
    ]
    for one, other in product(written, repeat=2):
        left, right = words_of(one), words_of(other)
        assert words_of(literals.union(one, other)) == left | right, (one, other)
        assert words_of(literals.intersection(one, other)) == left & right, (one, other)
        assert words_of(literals.difference(one, other)) == left - right, (one, other)


def words_of(literal: LiteralSet) -> frozenset[str]:
    everything = {*WORDS, OTHER}
    return frozenset(everything - literal.values if literal.excluded else literal.values)
