"""Sets of integers as closed ranges; booleans are the integers 0 and 1.

SPEC, Integers: an int has 64 bits. `byte` and the built-in subtypes of lang.int are ranges.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "BOOLEANS",
    "INTEGERS",
    "IntegerSet",
    "Range",
    "difference",
    "example",
    "intersection",
    "union",
]

Range = tuple[int, int]
IntegerSet = tuple[Range, ...]
"""Ranges in ascending order, none touching the next, never empty and never everything."""

INTEGERS: Final[Range] = (-(2**63), 2**63 - 1)
BOOLEANS: Final[Range] = (0, 1)


def union(one: IntegerSet, other: IntegerSet) -> IntegerSet:
    """Return the integers of either set."""
    merged: list[Range] = []
    for low, high in sorted(one + other):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)


def intersection(one: IntegerSet, other: IntegerSet) -> IntegerSet:
    """Return the integers of both sets."""
    shared: list[Range] = []
    left, right = 0, 0
    while left < len(one) and right < len(other):
        low, high = max(one[left][0], other[right][0]), min(one[left][1], other[right][1])
        if low <= high:
            shared.append((low, high))
        if one[left][1] < other[right][1]:
            left += 1
        else:
            right += 1
    return tuple(shared)


def difference(one: IntegerSet, other: IntegerSet) -> IntegerSet:
    """Return the integers of one set that the other has not."""
    if not one:
        return ()
    low, high = one[0][0], one[-1][1]
    gaps: list[Range] = []
    for start, end in other:
        if low < start:
            gaps.append((low, start - 1))
        low = max(low, end + 1)
    if low <= high:
        gaps.append((low, high))
    return intersection(one, tuple(gaps))


def example(numbers: IntegerSet) -> int:
    """Return the member that is nearest to zero, the positive one of two."""
    candidates = [0 if low <= 0 <= high else low if low > 0 else high for low, high in numbers]
    return min(candidates, key=lambda number: (abs(number), -number))
