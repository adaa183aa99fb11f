"""Errors: a detail mapping that is always read-only, and the type-ids of distinct error types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.types.semantic import mappings
from semverdiff.types.semantic.algebra import atoms_of
from semverdiff.types.semantic.atoms import MappingAtom
from semverdiff.types.semantic.basic import ERROR, MAPPING
from semverdiff.types.semantic.predefined import READONLY_MAPPING

if TYPE_CHECKING:
    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.diagrams import Node
    from semverdiff.types.semantic.parts import SemType
    from semverdiff.types.walk import Steps

__all__ = ["error", "is_empty"]


def error(universe: Universe, detail: SemType) -> SemType:
    """Return the errors with details of a type: SPEC, Error types: details are immutable."""
    return universe.part(ERROR, dict(detail.parts).get(MAPPING, bool(detail.whole >> MAPPING & 1)))


def is_empty(universe: Universe, node: Node) -> Steps[SemType]:
    """Return whether no error is left."""
    for positive, negative in universe.diagrams.clauses(node):
        universe.step()
        details = mappings.joined(
            universe, list(atoms_of(universe, MappingAtom, (READONLY_MAPPING, *positive)))
        )
        others = list(atoms_of(universe, MappingAtom, negative))
        if (yield from mappings.escapes(universe, details, others)):
            return False
    return True
