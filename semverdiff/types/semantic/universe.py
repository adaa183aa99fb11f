"""A new universe: the algebra together with the emptiness test of every basic type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.types.semantic import cells, errors, functions, lists, mappings, objects, predefined
from semverdiff.types.semantic.algebra import Universe
from semverdiff.types.semantic.basic import (
    CELL,
    ERROR,
    FOREIGN_MUTABLE,
    FOREIGN_READONLY,
    FUNCTION,
    FUTURE,
    LIST,
    MAPPING,
    OBJECT,
    STREAM,
    TABLE,
    TYPEDESC,
)

if TYPE_CHECKING:
    from semverdiff.types.semantic.algebra import Predicate
    from semverdiff.types.semantic.diagrams import Node
    from semverdiff.types.semantic.parts import SemType

__all__ = ["new_universe"]


def _is_inhabited(_universe: Universe, _node: Node) -> bool:
    """Nothing is known of what two foreign types share: what is left of them may be anything."""
    return False


_PREDICATES: Final[dict[int, Predicate]] = {
    CELL: cells.is_empty,
    ERROR: errors.is_empty,
    FUNCTION: functions.is_empty,
    MAPPING: mappings.is_empty,
    OBJECT: objects.is_empty,
    **dict.fromkeys((LIST, TABLE, STREAM, FUTURE, TYPEDESC), lists.is_empty),
    **dict.fromkeys((FOREIGN_READONLY, FOREIGN_MUTABLE), _is_inhabited),
}


def new_universe() -> tuple[Universe, SemType]:
    """Return an empty universe and its `readonly`."""
    universe = Universe(_PREDICATES)
    return universe, predefined.define_readonly(universe)
