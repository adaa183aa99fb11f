"""Functions: arguments as a list type, a result, and qualifiers that are no part of the arrow.

Arrows are compared by the rule of set-theoretic types (Frisch, Castagna, Benzaken, "Semantic subtyping"):
an intersection of arrows is within T -> U if T is within their arguments, and for each way to split
them, T is within the arguments of the one half or the results of the other half meet within U.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.types.semantic.algebra import atoms_of
from semverdiff.types.semantic.atoms import FunctionAtom

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.diagrams import Node
    from semverdiff.types.semantic.parts import SemType
    from semverdiff.types.walk import Steps

__all__ = ["EVERY_QUALIFIER", "is_empty", "qualifier_bits"]

# One bit for each of: plain, isolated, transactional, isolated and transactional.
EVERY_QUALIFIER: Final = 0b1111
_ISOLATED: Final = 0b1010
_NOT_TRANSACTIONAL: Final = 0b0011


def qualifier_bits(written: AbstractSet[str]) -> int:
    """Return the functions that these qualifiers admit.

    SPEC, Function types: `isolated` restricts what a function may be; `transactional` restricts who may
    call it, so a function without it will do where one with it is expected.
    """
    admitted = EVERY_QUALIFIER
    if "isolated" in written:
        admitted &= _ISOLATED
    if "transactional" not in written:
        admitted &= _NOT_TRANSACTIONAL
    return admitted


def is_empty(universe: Universe, node: Node) -> Steps[SemType]:
    """Return whether no function is left."""
    for positive, negative in universe.diagrams.clauses(node):
        universe.step()
        arrows, others = (
            list(atoms_of(universe, FunctionAtom, positive)),
            list(atoms_of(universe, FunctionAtom, negative)),
        )
        if not (yield from _is_covered(universe, arrows, others)):
            return False
    return True


def _is_covered(universe: Universe, arrows: list[FunctionAtom], others: list[FunctionAtom]) -> Steps[SemType]:
    qualifiers = EVERY_QUALIFIER
    dependencies = {arrow.dependency for arrow in arrows} - {None}
    for arrow in arrows:
        qualifiers &= arrow.qualifiers
    if len(dependencies) > 1:
        return True
    # A function whose result depends on no argument is in no type of such functions.
    comparable = [other for other in others if other.dependency is None or other.dependency in dependencies]
    admitting = {
        tuple(other for other in comparable if other.qualifiers >> bit & 1): None
        for bit in range(EVERY_QUALIFIER.bit_length())
        if qualifiers >> bit & 1
    }
    for alike in admitting:
        if not (yield from _is_within_one(universe, arrows, alike)):
            return False
    return True


def _is_within_one(
    universe: Universe, arrows: list[FunctionAtom], others: tuple[FunctionAtom, ...]
) -> Steps[SemType]:
    accepted = universe.union_of([arrow.parameters for arrow in arrows])
    for other in others:
        if (yield universe.difference(other.parameters, accepted)) and (
            yield _splits_within(universe, other.parameters, universe.top, arrows, other.result)
        ):
            return True
    return False


def _splits_within(
    universe: Universe, arguments: SemType, result: SemType, arrows: list[FunctionAtom], goal: SemType
) -> Steps[SemType]:
    """Check every split of the arrows: those whose arguments are taken away, those whose results meet."""
    universe.step()
    if (yield arguments) or (yield universe.difference(result, goal)):
        return True
    if not arrows:
        return False
    first, *others = arrows
    met, rest = universe.intersection(result, first.result), universe.difference(arguments, first.parameters)
    return (yield _splits_within(universe, arguments, met, others, goal)) and (
        yield _splits_within(universe, rest, result, others, goal)
    )
