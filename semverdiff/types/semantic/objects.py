"""Objects: an open mapping from the names of members to what they are, and resource methods.

A member is described by a list: its kind, its visibility, and its value. Methods and final fields are
never assigned to. Resource methods have no names: an object belongs to a type if for each resource of
the type it has one with that accessor whose path takes in as much and whose function fits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.types.semantic import mappings
from semverdiff.types.semantic.algebra import atoms_of
from semverdiff.types.semantic.atoms import ListAtom, MappingAtom
from semverdiff.types.semantic.basic import BOOLEAN, LIST, STRING, UNDEFINED, VALUES
from semverdiff.types.semantic.literals import string_set

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.atoms import Resource
    from semverdiff.types.semantic.diagrams import Node
    from semverdiff.types.semantic.parts import SemType
    from semverdiff.types.walk import Steps

__all__ = ["is_empty", "member", "object_atom", "open_rest", "qualifier_cells"]

_ISOLATED: Final = "$isolated"
_NETWORK: Final = "$network"


def open_rest(universe: Universe) -> SemType:
    """Return the cell of members that a type does not mention."""
    return universe.cell(universe.type(VALUES | 1 << UNDEFINED), readonly=True)


def member(universe: Universe, kind: str, visibility: str, value: SemType, *, final: bool) -> SemType:
    """Return the cell of a member. SPEC, Object types: a private member is no public one."""
    cells = (_word(universe, kind), _word(universe, visibility), universe.cell(value, readonly=final))
    closed = universe.cell(universe.never, readonly=True)
    described = universe.atomic(LIST, universe.number(ListAtom(cells, len(cells), closed)))
    return universe.cell(described, readonly=True)


def _word(universe: Universe, word: str) -> SemType:
    return universe.cell(universe.part(STRING, string_set(frozenset({word}))), readonly=True)


def qualifier_cells(universe: Universe, qualifiers: AbstractSet[str]) -> dict[str, SemType]:
    """Return what qualifiers demand. SPEC, Object types: no object is both a client and a service."""
    cells: dict[str, SemType] = {}
    if "isolated" in qualifiers:
        cells[_ISOLATED] = universe.cell(universe.part(BOOLEAN, ((1, 1),)), readonly=True)
    for network in ("client", "service"):
        if network in qualifiers:
            cells[_NETWORK] = _word(universe, network)
    return cells


def object_atom(
    universe: Universe, members: Mapping[str, SemType], resources: tuple[Resource, ...]
) -> MappingAtom:
    """Return the object type of these members."""
    names = tuple(sorted(members))
    return MappingAtom(names, tuple(members[name] for name in names), open_rest(universe), resources)


def is_empty(universe: Universe, node: Node) -> Steps[SemType]:
    """Return whether no object is left."""
    for positive, negative in universe.diagrams.clauses(node):
        universe.step()
        own = [MappingAtom((), (), open_rest(universe)), *atoms_of(universe, MappingAtom, positive)]
        resources = [resource for atom in own for resource in atom.resources]
        # An object with no resources but its own is in no type that demands another one.
        others: list[MappingAtom] = []
        for other in atoms_of(universe, MappingAtom, negative):
            if (yield from _are_served(universe, other.resources, resources)):
                others.append(other)  # noqa: PERF401 (a comprehension cannot yield)
        if (yield from mappings.escapes(universe, mappings.joined(universe, own), others)):
            return False
    return True


def _are_served(
    universe: Universe, demanded: tuple[Resource, ...], offered: list[Resource]
) -> Steps[SemType]:
    exact = set(offered)
    alike: dict[tuple[object, ...], list[Resource]] = {}
    for resource in offered:
        alike.setdefault((resource.accessor, resource.names, resource.open), []).append(resource)
    for wanted in demanded:
        # One whose path is written alike is the likeliest; with hundreds the others are rarely looked at.
        likely = alike.get((wanted.accessor, wanted.names, wanted.open), [])
        if wanted in exact or (yield from _is_served(universe, wanted, likely)):
            continue
        others = [other for other in offered if _may_serve(wanted, other)]
        if not (yield from _is_served(universe, wanted, others)):
            return False
    return True


def _may_serve(wanted: Resource, other: Resource) -> bool:
    """Return whether names and number of the segments let one path be within the other."""
    if wanted.accessor != other.accessor or (wanted.open and not other.open):
        return False
    if len(wanted.names) < len(other.names) or (len(wanted.names) > len(other.names) and not other.open):
        return False
    return all(
        theirs is None or mine == theirs for mine, theirs in zip(wanted.names, other.names, strict=False)
    )


def _is_served(universe: Universe, wanted: Resource, offered: list[Resource]) -> Steps[SemType]:
    for resource in offered:
        universe.step()
        if (yield universe.difference(wanted.path, resource.path)) and (
            yield universe.difference(resource.function, wanted.function)
        ):
            return True
    return False
