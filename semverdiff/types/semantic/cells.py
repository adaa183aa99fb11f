"""Cells: what a member of a structure may hold.

SPEC, Inherent type: a mutable structure belongs to a type if its inherent type does, so the one type of
a mutable member has to fit into one alternative: the cell of int|string is not covered by the cells of
int and of string together, though each value that it can hold is. A read-only member has but its value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.types.semantic.algebra import atoms_of, formula
from semverdiff.types.semantic.atoms import CellAtom
from semverdiff.types.semantic.basic import UNDEFINED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.diagrams import Node
    from semverdiff.types.semantic.parts import SemType
    from semverdiff.types.walk import Steps

__all__ = ["content", "held", "is_empty", "shared", "uncovered"]


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
    """Return the intersection of cells."""
    # There is one at least: no type holds all cells, and what is left of one without others has that one.
    joined, *others = atoms_of(universe, CellAtom, numbers)
    for cell in others:
        joined = CellAtom(
            universe.intersection(joined.type, cell.type), readonly=joined.readonly or cell.readonly
        )
    return joined


def _is_covered(universe: Universe, cell: CellAtom, others: list[CellAtom]) -> Steps[SemType]:
    """Return whether others hold whatever a cell holds: one of them alone, if the cell is assigned to."""
    if _is_never_assigned(universe, cell):
        return (yield universe.difference(cell.type, universe.union_of([other.type for other in others])))
    for other in others:
        if not other.readonly and (yield universe.difference(cell.type, other.type)):
            return True
    return False


def _is_never_assigned(universe: Universe, cell: CellAtom) -> bool:
    """Return whether a member is read-only, or as good as that because it can only be absent."""
    return cell.readonly or cell.type is universe.type(1 << UNDEFINED)


# Most cells are one alternative. What is asked of two of them is asked of the values that they hold, which
# takes half as many questions as to ask it of the cells.


def held(universe: Universe, cell: SemType) -> SemType:
    """Return a type that is empty if a cell is: what a plain cell holds, or the cell."""
    plain = universe.plain(cell)
    return cell if plain is None else plain.type


def shared(universe: Universe, cell: SemType, other: SemType) -> SemType:
    """Return a type that is empty if two cells have nothing in common."""
    left, right = universe.plain(cell), universe.plain(other)
    if left is None or right is None:
        return universe.intersection(cell, other)
    return universe.intersection(left.type, right.type)


def uncovered(universe: Universe, cell: SemType, other: SemType) -> SemType:
    """Return a type that is empty if a cell lies within another one."""
    left, right = universe.plain(cell), universe.plain(other)
    if left is None or right is None:
        return universe.difference(cell, other)
    if right.readonly and not _is_never_assigned(universe, left):
        return left.type
    return universe.difference(left.type, right.type)


def content(universe: Universe, cell: SemType) -> SemType:
    """Return the values that a cell may hold, whatever its mutability."""
    plain = universe.plain(cell)
    if plain is not None:
        return plain.type
    found = universe.never
    for positive, negative in universe.diagrams.clauses(formula(cell)):
        joined = _joined(universe, positive)
        values = joined.type
        if joined.readonly:
            for other in atoms_of(universe, CellAtom, negative):
                values = universe.difference(values, other.type)
        found = universe.union(found, values)
    return found
