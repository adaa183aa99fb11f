"""Sets of values that are listed, or all but those listed: floats, decimals and strings.

Strings come in two halves, because `string:Char` holds those of one code point: SPEC, lang.string.
"""

from __future__ import annotations

import msgspec

__all__ = ["LiteralSet", "StringSet", "difference", "intersection", "string_set", "union"]


class LiteralSet(msgspec.Struct, frozen=True, gc=False):
    """The listed values, or with `excluded` all others of the basic type."""

    values: frozenset[str]
    excluded: bool = False


class StringSet(msgspec.Struct, frozen=True, gc=False):
    """Strings of one code point, and all others."""

    characters: LiteralSet
    longer: LiteralSet


def string_set(values: frozenset[str]) -> StringSet:
    """Return the set of these strings."""
    characters = frozenset(value for value in values if len(value) == 1)
    return StringSet(LiteralSet(characters), LiteralSet(values - characters))


def union(one: LiteralSet, other: LiteralSet) -> LiteralSet:
    """Return the values of either set."""
    if one.excluded and other.excluded:
        return LiteralSet(one.values & other.values, excluded=True)
    if one.excluded:
        return LiteralSet(one.values - other.values, excluded=True)
    if other.excluded:
        return LiteralSet(other.values - one.values, excluded=True)
    return LiteralSet(one.values | other.values)


def intersection(one: LiteralSet, other: LiteralSet) -> LiteralSet:
    """Return the values of both sets."""
    return _inverse(union(_inverse(one), _inverse(other)))


def difference(one: LiteralSet, other: LiteralSet) -> LiteralSet:
    """Return the values of one set that the other has not."""
    return intersection(one, _inverse(other))


def _inverse(one: LiteralSet) -> LiteralSet:
    return LiteralSet(one.values, excluded=not one.excluded)
