"""Mappings: maps and records. Also objects and the details of errors, which are built like them.

A mapping escapes a record type if a field of its own does, or if it has a field that the record type
does not allow. An optional field's cell also holds the absence.
"""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from semverdiff import limits
from semverdiff.types.semantic.algebra import UndefinedAtomError, atoms_of
from semverdiff.types.semantic.atoms import MappingAtom
from semverdiff.types.semantic.basic import MAPPING, STRING, UNDEFINED, VALUES
from semverdiff.types.semantic.cells import content, held, shared, uncovered
from semverdiff.types.semantic.diagrams import Node
from semverdiff.types.semantic.literals import StringSet

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.parts import SemType
    from semverdiff.types.walk import Steps

__all__ = [
    "Fields",
    "absent_or",
    "is_empty",
    "joined",
    "mapping",
    "projected",
    "rest_cell",
]

_FIELDS_A_STEP: Final = 8
_COPIED_FIELDS_A_STEP: Final = 32
# Mappings that are taken one after the other: to take them together, each is looked at once more.
_FEW: Final = 2
_Pair: TypeAlias = "tuple[str, SemType, SemType]"
"""A field, its cell, and that of another type."""


class Fields(msgspec.Struct, frozen=True):
    """Fields by name, and the cell of all other names."""

    cells: Mapping[str, SemType]
    rest: SemType

    def cell(self, name: str) -> SemType:
        """Return the cell of a field."""
        return self.cells.get(name, self.rest)


def absent_or(universe: Universe, type_: SemType) -> SemType:
    """Return what an optional field may hold."""
    return universe.union(type_, universe.type(1 << UNDEFINED))


def rest_cell(universe: Universe, rest: SemType) -> SemType:
    """Return the cell of further fields, `never` for none: then nothing can be added, either."""
    return universe.cell(absent_or(universe, rest), readonly=rest is universe.never)


def mapping(cells: Mapping[str, SemType], rest: SemType) -> MappingAtom:
    """Return the mapping of these cells."""
    names = tuple(sorted(cells))
    return MappingAtom(names, tuple(cells[name] for name in names), rest)


def is_empty(universe: Universe, node: Node) -> Steps[SemType]:
    """Return whether no mapping is left."""
    for positive, negative in universe.diagrams.clauses(node):
        universe.step()
        fields = joined(universe, list(atoms_of(universe, MappingAtom, positive)))
        if (yield from escapes(universe, fields, list(atoms_of(universe, MappingAtom, negative)))):
            return False
    return True


def joined(universe: Universe, found: list[MappingAtom]) -> Fields:
    """Return the intersection of mapping atoms."""
    if not found:
        return Fields({}, universe.cell(universe.type(VALUES | 1 << UNDEFINED), readonly=False))
    waiting = deque(Fields(dict(zip(atom.names, atom.cells, strict=True)), atom.rest) for atom in found)
    # Two and two: were they joined one after the other, the first one's fields would be looked at each time.
    while len(waiting) > 1:
        waiting.append(_both(universe, waiting.popleft(), waiting.popleft()))
    return waiting.pop()


def _both(universe: Universe, one: Fields, other: Fields) -> Fields:
    universe.step(1 + (len(one.cells) + len(other.cells)) // _FIELDS_A_STEP)
    return Fields(
        {
            name: universe.intersection(one.cell(name), other.cell(name))
            for name in sorted(one.cells.keys() | other.cells.keys())
        },
        universe.intersection(one.rest, other.rest),
    )


def escapes(universe: Universe, fields: Fields, others: list[MappingAtom]) -> Steps[SemType]:
    """Return whether a mapping can have these fields and be in none of the others."""
    if not (yield from _are_inhabited(universe, fields)):
        return False
    cells: Mapping[str, SemType] = fields.cells
    if len(others) > _FEW:
        narrowed = yield from _narrowed(universe, fields, others)
        if narrowed is None:
            return False
        cells, others = narrowed
    if not others:
        return True
    *others, last = others
    search = _Search(universe, fields, others, 1, last)
    return (yield search.escape(dict(cells), 0))


def _narrowed(
    universe: Universe, fields: Fields, others: list[MappingAtom]
) -> Generator[SemType, bool, tuple[dict[str, SemType], list[MappingAtom]] | None]:
    """Return what the others leave of each field that alone escapes them, and the others that are left.

    `None` if nothing is left. Mappings that one field tells apart are one question then: taken one after the
    other, each would ask again what those before it have left.
    """
    escaped: dict[str, list[SemType]] = {}
    further: list[MappingAtom] = []
    for other in others:
        universe.step(1 + len(fields.cells) // _FIELDS_A_STEP)
        match (yield from _exceeding(universe, fields, fields.cells, other)):
            case None:
                continue
            case []:
                return None
            case [(name, _, theirs)]:
                escaped.setdefault(name, []).append(theirs)
            case _:
                further.append(other)
    cells = dict(fields.cells)
    for name, covering in escaped.items():
        cells[name] = universe.difference(fields.cell(name), universe.union_of(covering))
        values = held(universe, cells[name])
        if not values.whole and (yield values):
            return None
    return cells, further


def escaping(
    universe: Universe, fields: Fields, others: list[MappingAtom], limit: int
) -> Generator[SemType | Steps[SemType], bool, list[Fields]]:
    """Return at most `limit` ways to have these fields and to be in none of the others."""
    if not (yield from _are_inhabited(universe, fields)):
        return []
    search = _Search(universe, fields, others, limit)
    yield search.escape(dict(fields.cells), 0)
    return search.found


def _are_inhabited(universe: Universe, fields: Fields) -> Steps[SemType]:
    for cell in fields.cells.values():
        values = held(universe, cell)
        if not values.whole and (yield values):
            return False
    return True


class _Search:
    """The search for mappings that belong to none of others; it ends at `limit` of them.

    `fields` are those of the mappings before one of them is narrowed to escape. Of the `last` of the others
    it only counts that they escape, not how.
    """

    def __init__(
        self,
        universe: Universe,
        fields: Fields,
        others: list[MappingAtom],
        limit: int,
        last: MappingAtom | None = None,
    ) -> None:
        self.found: list[Fields] = []
        self._last = last
        self._universe = universe
        self._fields = fields
        self._others = others
        self._limit = limit

    def escape(self, cells: dict[str, SemType], number: int) -> Steps[SemType]:
        """Look for mappings of these fields that the others from `number` on do not have."""
        for other in islice(self._others, number, None):
            number += 1
            self._universe.step(1 + len(self._fields.cells) // _FIELDS_A_STEP)
            remainders = yield from self._remainders(cells, other)
            if remainders is None:
                continue
            if not remainders:
                return bool(self.found)
            *branches, (last, left) = remainders
            for name, rest in branches:
                if len(self.found) < self._limit:
                    self._universe.step(1 + len(cells) // _COPIED_FIELDS_A_STEP)
                    yield self.escape(cells | {name: rest}, number)
            if len(self.found) >= self._limit:
                return True
            cells[last] = left  # most have one way to escape: no copy, and no walk within the walk
        if self._last is not None and not (yield from self._exceeds(cells, self._last)):
            return False
        self.found.append(Fields(cells, self._fields.rest))
        return True

    def _exceeds(self, cells: dict[str, SemType], other: MappingAtom) -> Steps[SemType]:
        """Return whether mappings of these fields have more than another type.

        One field is enough, whatever the others are: they share nothing with the other type, or this one
        leaves it. What no question is needed for comes first.
        """
        universe = self._universe
        universe.step(1 + len(self._fields.cells) // _FIELDS_A_STEP)
        lefts = [uncovered(universe, self._fields.rest, other.rest)]
        for _, cell, theirs in _paired(self._fields, cells, other):
            if cell is not theirs:
                lefts.append(uncovered(universe, cell, theirs))
        if any(left.whole for left in lefts):
            return True
        for left in lefts:
            if left is not universe.never and not (yield left):
                return True
        return False

    def _remainders(
        self, cells: dict[str, SemType], other: MappingAtom
    ) -> Generator[SemType, bool, list[tuple[str, SemType]] | None]:
        """Return what is left of each field without the other type; `None` if they have nothing in common."""
        exceeding = yield from _exceeding(self._universe, self._fields, cells, other)
        if exceeding is None:
            return None
        return [(name, self._universe.difference(cell, theirs)) for name, cell, theirs in exceeding]


def _exceeding(
    universe: Universe, fields: Fields, cells: Mapping[str, SemType], other: MappingAtom
) -> Generator[SemType, bool, list[_Pair] | None]:
    """Return the fields that hold more than those of another type; `None` if they have nothing in common.

    Of types with different further fields one mapping more is never in common: it has a field of a name that
    nobody knows.
    """
    further = uncovered(universe, fields.rest, other.rest)
    if further.whole or not (yield further):
        return None
    exceeding: list[_Pair] = []
    for name, cell, theirs in _paired(fields, cells, other):
        if cell is theirs:
            continue
        left = uncovered(universe, cell, theirs)
        if not left.whole and (yield left):
            continue
        common = shared(universe, cell, theirs)
        if not common.whole and (yield common):
            return None
        exceeding.append((name, cell, theirs))
    return exceeding


def _paired(fields: Fields, cells: Mapping[str, SemType], other: MappingAtom) -> Iterator[_Pair]:
    """Yield the fields of which something may be left, each with the cell of the other type.

    `cells` are the fields as far as they are narrowed. What a search added is a part of the further fields,
    all of which the other type has unless it names the field, too.
    """
    theirs = dict(zip(other.names, other.cells, strict=True))
    for name in fields.cells:
        yield name, cells[name], theirs.get(name, other.rest)
    for name, cell in theirs.items():
        if name not in fields.cells:
            yield name, cells.get(name, fields.rest), cell


def projected(universe: Universe, type_: SemType, key: SemType) -> SemType:
    """Return what the mappings of a type hold at the names of a key, each field taken as read-only."""
    found = [universe.top] if type_.whole >> MAPPING & 1 else []
    for code, data in type_.parts:
        if code != MAPPING or not isinstance(data, Node):
            continue
        for positive, negative in universe.diagrams.clauses(data):
            try:
                fields = _read(universe, joined(universe, list(atoms_of(universe, MappingAtom, positive))))
                names, others_too = _asked(key, fields)
                fields = Fields({name: fields.cell(name) for name in {**fields.cells, **names}}, fields.rest)
                others = [_read_atom(universe, other) for other in atoms_of(universe, MappingAtom, negative)]
                rows = universe.run(escaping(universe, fields, others, limits.MAPPING_ESCAPES))
            except UndefinedAtomError:
                # A type that is being made, or what its fields hold: nothing is known of these yet.
                return universe.top
            for escaped in rows:
                found.extend(content(universe, escaped.cell(name)) for name in names)
                if others_too:
                    found.append(content(universe, escaped.rest))
    return universe.difference(universe.union_of(found), universe.type(1 << UNDEFINED))


def _asked(key: SemType, fields: Fields) -> tuple[dict[str, None], bool]:
    """Return the names of a key that matter, and whether it holds names beside them."""
    if key.whole >> STRING & 1:
        return dict.fromkeys(fields.cells), True
    asked: dict[str, None] = {}
    for code, data in key.parts:
        if code != STRING or not isinstance(data, StringSet):
            continue
        for half in (data.characters, data.longer):
            if not half.excluded:
                asked.update(dict.fromkeys(sorted(half.values)))
        for name in fields.cells:
            half = data.characters if len(name) == 1 else data.longer
            if (name in half.values) != half.excluded:
                asked[name] = None
        return asked, data.characters.excluded or data.longer.excluded
    return asked, False


def _read(universe: Universe, fields: Fields) -> Fields:
    """Return fields as they are read: what they could be set to does not count."""
    cells = {
        name: universe.cell(content(universe, cell), readonly=True) for name, cell in fields.cells.items()
    }
    return Fields(cells, universe.cell(content(universe, fields.rest), readonly=True))


def _read_atom(universe: Universe, atom: MappingAtom) -> MappingAtom:
    fields = _read(universe, Fields(dict(zip(atom.names, atom.cells, strict=True)), atom.rest))
    return mapping(fields.cells, fields.rest)
