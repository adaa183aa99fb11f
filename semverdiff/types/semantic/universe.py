"""A new universe: the algebra together with the emptiness test of every basic type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.types.semantic import basic, cells, errors, functions, lists, mappings, objects, predefined
from semverdiff.types.semantic.algebra import Universe

if TYPE_CHECKING:
    from semverdiff.types.semantic.algebra import Predicate
    from semverdiff.types.semantic.diagrams import Node
    from semverdiff.types.semantic.parts import SemType
    from semverdiff.types.walk import Budget

__all__ = ["new_universe"]


def _is_inhabited(_universe: Universe, _node: Node) -> bool:
    """Nothing is known of what two foreign types share: what is left of them may be anything."""
    return False


_PREDICATES: Final[dict[int, Predicate]] = {
    basic.CELL: cells.is_empty,
    basic.ERROR: errors.is_empty,
    basic.FUNCTION: functions.is_empty,
    basic.MAPPING: mappings.is_empty,
    basic.OBJECT: objects.is_empty,
    **dict.fromkeys((basic.LIST, basic.TABLE, basic.STREAM, basic.FUTURE, basic.TYPEDESC), lists.is_empty),
    **dict.fromkeys((basic.FOREIGN_READONLY, basic.FOREIGN_MUTABLE), _is_inhabited),
}


def new_universe(budget: Budget) -> tuple[Universe, SemType]:
    """Return an empty universe and its `readonly`."""
    universe = Universe(_PREDICATES, budget)
    return universe, predefined.define_readonly(universe)
