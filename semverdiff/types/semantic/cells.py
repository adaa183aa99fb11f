"""Cells: what a member of a structure may hold.

SPEC, Inherent type: a mutable structure belongs to a type if its inherent type does, so the one type of
a mutable member has to fit into one alternative: the cell of int|string is not covered by the cells of
int and of string together, though each value that it can hold is. A read-only member has but its value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.types.semantic.algebra import atoms_of
from semverdiff.types.semantic.atoms import CellAtom
from semverdiff.types.semantic.basic import UNDEFINED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.diagrams import Node
    from semverdiff.types.semantic.parts import SemType
    from semverdiff.types.walk import Steps

__all__ = ["content", "is_empty"]


def is_empty(universe: Universe, node: Node) -> Steps[SemType]:
    """Return whether no cell is left."""
    for positive, negative in universe.diagrams.clauses(node):
        universe.step()
        cell = _joined(universe, positive)
        if (yield cell.type):
            continue
        if not (yield from _is_covered(universe, cell, list(atoms_of(universe, CellAtom, negative)))):
            return False
    return True


def _joined(universe: Universe, numbers: Sequence[int]) -> CellAtom:
    # There is one at least: no type holds all cells, and what is left of one without others has that one.
    joined, *others = atoms_of(universe, CellAtom, numbers)
    for cell in others:
        joined = CellAtom(
            universe.intersection(joined.type, cell.type), readonly=joined.readonly or cell.readonly
        )
    return joined


def _is_covered(universe: Universe, cell: CellAtom, others: list[CellAtom]) -> Steps[SemType]:
    # A member that can only be absent is never assigned to: it is as good as read-only.
    if cell.readonly or cell.type is universe.type(1 << UNDEFINED):
        return (yield universe.difference(cell.type, universe.union_of([other.type for other in others])))
    for other in others:
        if not other.readonly and (yield universe.difference(cell.type, other.type)):
            return True
    return False


def content(universe: Universe, cell: SemType) -> SemType:
    """Return the values that a cell may hold, whatever its mutability."""
    found = universe.never
    for _, data in cell.parts:
        plain = universe.plain_cell(data)  # type: ignore[arg-type] # a part of a cell is a diagram
        if plain is not None:
            return plain.type
        for positive, negative in universe.diagrams.clauses(data):  # type: ignore[arg-type] # as above
            joined = _joined(universe, positive)
            held = joined.type
            if joined.readonly:
                for other in atoms_of(universe, CellAtom, negative):
                    held = universe.difference(held, other.type)
            found = universe.union(found, held)
    return found
