"""Semantic types: sets of values, and the part of each that lies in one basic type.

Scalars are sets of values; xml is described in `xml`; everything with structure is a Boolean formula
over atoms (`diagrams`, `atoms`). A part is never empty by its form and never the whole basic type: for
these two stand `False` and `True`.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

import msgspec

from semverdiff.types.semantic import integers
from semverdiff.types.semantic import literals as literal_sets
from semverdiff.types.semantic.basic import BOOLEAN, DECIMAL, FLOAT, INT, STRING, XML
from semverdiff.types.semantic.diagrams import Diagram, Diagrams, Node
from semverdiff.types.semantic.integers import BOOLEANS, INTEGERS, IntegerSet
from semverdiff.types.semantic.literals import LiteralSet, StringSet
from semverdiff.types.semantic.xml import EVERY_ITEM, XmlSet

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "DIFFERENCE",
    "INTERSECTION",
    "UNION",
    "Data",
    "Operation",
    "Part",
    "SemType",
    "combined",
    "complemented",
]

Data = IntegerSet | LiteralSet | StringSet | XmlSet | Node
Part = Data | bool
"""A part, or `False` for nothing and `True` for the whole basic type."""


class Operation(msgspec.Struct, frozen=True):
    """One set operation, for each representation."""

    ranges: Callable[[IntegerSet, IntegerSet], IntegerSet]
    literals: Callable[[LiteralSet, LiteralSet], LiteralSet]
    items: Callable[[int, int], int]
    diagrams: Callable[[Diagrams, Diagram, Diagram], Diagram]


def _without(one: int, other: int) -> int:
    return one & ~other


UNION = Operation(integers.union, literal_sets.union, operator.or_, Diagrams.union)
INTERSECTION = Operation(
    integers.intersection, literal_sets.intersection, operator.and_, Diagrams.intersection
)
DIFFERENCE = Operation(integers.difference, literal_sets.difference, _without, Diagrams.difference)

_EVERY_LITERAL = LiteralSet(frozenset(), excluded=True)
_NO_LITERAL = LiteralSet(frozenset())
_WHOLE: dict[int, Data] = {
    BOOLEAN: (BOOLEANS,),
    INT: (INTEGERS,),
    FLOAT: _EVERY_LITERAL,
    DECIMAL: _EVERY_LITERAL,
    STRING: StringSet(_EVERY_LITERAL, _EVERY_LITERAL),
    XML: XmlSet(EVERY_ITEM, True),
}


def combined(diagrams: Diagrams, operation: Operation, code: int, one: Data, other: Data) -> Part:
    """Apply an operation to two parts of the basic type `code`."""
    result: Part
    match one, other:
        case Node(), Node():
            return operation.diagrams(diagrams, one, other)
        case tuple(), tuple():
            result = operation.ranges(one, other)
            return False if not result else _normal(code, result)
        case LiteralSet(), LiteralSet():
            result = operation.literals(one, other)
            return False if result == _NO_LITERAL else _normal(code, result)
        case StringSet(), StringSet():
            result = StringSet(
                operation.literals(one.characters, other.characters),
                operation.literals(one.longer, other.longer),
            )
            return False if result.characters == result.longer == _NO_LITERAL else _normal(code, result)
        case XmlSet(), XmlSet():
            result = XmlSet(
                operation.items(one.items, other.items),
                operation.diagrams(diagrams, one.sequences, other.sequences),
            )
            return False if not result.items and result.sequences is False else _normal(code, result)
    raise TypeError(f"parts of different basic types: {one!r} and {other!r}")


def complemented(diagrams: Diagrams, code: int, one: Data) -> Part:
    """Return what the basic type holds beside a part."""
    if isinstance(one, Node):
        return diagrams.complement(one)
    return combined(diagrams, DIFFERENCE, code, _WHOLE[code], one)


def _normal(code: int, data: Data) -> Part:
    return True if data == _WHOLE[code] else data


class SemType(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A set of values: the basic types that it holds as a whole, as bits, and parts of others by number.

    Made by a universe only, so that two that are written alike are one object.
    """

    whole: int
    parts: tuple[tuple[int, Data], ...]
