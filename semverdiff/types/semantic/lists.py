"""Lists: arrays and tuples. Also whatever is built like one: tables, streams, futures, typedescs.

What is left of a list type without others is found by trying: a list escapes `[T1, T2]` if its first
member escapes T1 or its second escapes T2, or if it is too short or too long. Members far behind the
written ones are alike, so some samples of them decide for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff import limits
from semverdiff.types.semantic.algebra import atoms_of
from semverdiff.types.semantic.atoms import ListAtom
from semverdiff.types.semantic.basic import INT, LIST, UNDEFINED, VALUES
from semverdiff.types.semantic.cells import content, held, shared, uncovered
from semverdiff.types.semantic.diagrams import Node
from semverdiff.types.semantic.integers import INTEGERS
from semverdiff.types.walk import BudgetExceededError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.diagrams import Clause
    from semverdiff.types.semantic.integers import IntegerSet
    from semverdiff.types.semantic.parts import SemType
    from semverdiff.types.walk import Steps

__all__ = ["array", "inhabitant", "is_empty", "projected", "rest_cell", "row"]


# Lists that are taken one after the other: to take them together, each is looked at once more.
_FEW: Final = 2
_FARTHEST_INDEX: Final = 2**31


def row(universe: Universe, members: Sequence[SemType], rest: SemType, *, readonly: bool = False) -> ListAtom:
    """Return the list of these types of members and rest, `never` for no rest."""
    cells = tuple(universe.cell(member, readonly=readonly) for member in members)
    return ListAtom(cells, len(cells), rest_cell(universe, rest, readonly=readonly))


def array(universe: Universe, member: SemType, length: int, *, readonly: bool = False) -> ListAtom:
    """Return the list of `length` members of one type."""
    cells = (universe.cell(member, readonly=readonly),) if length else ()
    return ListAtom(cells, length, rest_cell(universe, universe.never, readonly=readonly))


def rest_cell(universe: Universe, rest: SemType, *, readonly: bool) -> SemType:
    """Return the cell of further members; where there are none, nothing can be assigned to."""
    return universe.cell(rest, readonly=readonly or rest is universe.never)


def is_empty(universe: Universe, node: Node) -> Steps[SemType]:
    """Return whether no list is left."""
    for positive, negative in universe.diagrams.clauses(node):
        universe.step()
        whole = yield from _joined(universe, atoms_of(universe, ListAtom, positive))
        if whole is None:
            continue
        search = _Search(universe, whole, list(atoms_of(universe, ListAtom, negative)), 1)
        if (yield from search.exists()):
            return False
    return True


def inhabitant(universe: Universe, clause: Clause, longest: int) -> list[SemType] | None:
    """Return the cells of the members of one list; `None` if there is none, or only longer ones."""
    positive, negative = clause
    whole = universe.run(_joined(universe, atoms_of(universe, ListAtom, positive)))
    if whole is None:
        return None
    search = _Search(universe, whole, list(atoms_of(universe, ListAtom, negative)), 1)
    for cells in universe.run(search.lists()):
        # The search has looked at samples only.
        sampled = dict(zip(search.indices, cells, strict=False))
        length = max(sampled, default=-1) + 1
        if length <= longest:
            return [sampled.get(index, whole.member(index)) for index in range(length)]
    return None


def projected(universe: Universe, type_: SemType, key: SemType) -> SemType:
    """Return what the lists of a type hold at the indices of a key, each member taken as read-only."""
    ranges: IntegerSet = (INTEGERS,) if key.whole >> INT & 1 else ()
    for code, data in key.parts:
        if code == INT and isinstance(data, tuple):
            ranges = data
    found = [universe.top] if type_.whole >> LIST & 1 else []
    for code, data in type_.parts:
        if code != LIST or not isinstance(data, Node):
            continue
        for positive, negative in universe.diagrams.clauses(data):
            whole = universe.run(_joined(universe, atoms_of(universe, ListAtom, positive)))
            if whole is None:
                continue
            others = [_read(universe, other) for other in atoms_of(universe, ListAtom, negative)]
            search = _Search(universe, _read(universe, whole), others, limits.LIST_ESCAPES, ranges)
            for cells in universe.run(search.lists()):
                found.extend(
                    content(universe, cell)
                    for index, cell in zip(search.indices, cells, strict=False)
                    if any(low <= index <= high for low, high in ranges)
                )
    return universe.union_of(found)


def _read(universe: Universe, atom: ListAtom) -> ListAtom:
    """Return a list as it is read: what its members could be set to does not count."""
    cells = tuple(universe.cell(content(universe, cell), readonly=True) for cell in atom.initial)
    return ListAtom(cells, atom.length, universe.cell(content(universe, atom.rest), readonly=True))


def _joined(universe: Universe, atoms: Iterator[ListAtom]) -> Generator[SemType, bool, ListAtom | None]:
    """Return the intersection of list atoms; `None` if one member makes it empty."""
    anything = universe.cell(universe.type(VALUES | 1 << UNDEFINED), readonly=False)
    joined = next(atoms, None) or ListAtom((), 0, anything)
    for atom in atoms:
        joined = yield from _both(universe, joined, atom)
    for cell in joined.initial:
        values = held(universe, cell)
        if not values.whole and (yield values):
            return None
    return joined


def _both(universe: Universe, one: ListAtom, other: ListAtom) -> Generator[SemType, bool, ListAtom]:
    shorter, longer = (one, other) if one.length <= other.length else (other, one)
    if shorter.length < longer.length and (yield shorter.rest):
        return ListAtom((shorter.rest,), 1, shorter.rest)
    # The last written member stands for all up to the length; past it the two may differ in kind.
    written = max(len(one.initial), len(other.initial))
    if one.length != other.length:
        written = max(written, shorter.length + 1)
    written = min(written, longer.length)
    if written > limits.LIST_ROW_MEMBERS:
        raise BudgetExceededError
    return ListAtom(
        tuple(universe.intersection(one.member(index), other.member(index)) for index in range(written)),
        longer.length,
        universe.intersection(one.rest, other.rest),
    )


class _Search:
    """The search for lists that belong to one atom and to none of others; it ends at `limit` of them.

    `indices` are the sampled members, among them those of the keys that somebody asks for.
    """

    def __init__(
        self,
        universe: Universe,
        whole: ListAtom,
        others: list[ListAtom],
        limit: int,
        keys: IntegerSet = (),
    ) -> None:
        self._universe = universe
        self._whole = whole
        self._others = others
        self._limit = limit
        self._found: list[list[SemType]] = []
        self._is_shown = True  # of the last of the others it may be enough that lists escape, not how
        self.indices = _samples(whole, others, keys)

    def lists(self) -> Generator[SemType | Steps[SemType], bool, list[list[SemType]]]:
        """Return the cells of the samples of such lists."""
        cells, required = yield from self._sampled()
        yield self._escape(cells, required, 0)
        return self._found

    def exists(self) -> Steps[SemType]:
        """Return whether there is such a list, whatever it holds."""
        self._is_shown = False
        cells, required = yield from self._sampled()
        if required == len(cells) and len(self._others) > _FEW:
            narrowed = yield from self._narrowed(cells)
            if narrowed is None:
                return False
            cells = narrowed
        return (yield self._escape(cells, required, 0))

    def _narrowed(
        self, cells: list[SemType]
    ) -> Generator[SemType | Steps[SemType], bool, list[SemType] | None]:
        """Return what the others leave of each member that alone escapes them; they are done with then.

        All lists have these members and no others. `None` if nothing is left. The same is done for mappings.
        """
        universe = self._universe
        escaped: dict[int, list[SemType]] = {}
        further: list[ListAtom] = []
        for other in self._others:
            universe.step()
            if (yield from self._is_out_of_reach(cells, len(cells), other)):
                continue
            exceeding: list[tuple[int, SemType]] = []
            for position, cell in enumerate(cells):
                theirs = other.member(self.indices[position])
                left = uncovered(universe, cell, theirs)
                if left.whole or not (yield left):
                    exceeding.append((position, theirs))
            match exceeding:
                case []:
                    return None
                case [(position, theirs)]:
                    escaped.setdefault(position, []).append(theirs)
                case _:
                    further.append(other)
        self._others = further
        narrowed = list(cells)
        for position, covering in escaped.items():
            narrowed[position] = universe.difference(cells[position], universe.union_of(covering))
            values = held(universe, narrowed[position])
            if not values.whole and (yield values):
                return None
        return narrowed

    def _sampled(self) -> Generator[SemType, bool, tuple[list[SemType], int]]:
        """Return the cells of the samples that lists can have, and how many of these they must have."""
        cells: list[SemType] = []
        required = 0
        for position, index in enumerate(self.indices):
            cell = self._whole.member(index)
            values = held(self._universe, cell)
            if not values.whole and (yield values):
                break
            cells.append(cell)
            if index < self._whole.length:
                required = position + 1
        return cells, required

    def _escape(self, cells: list[SemType], required: int, number: int) -> Steps[SemType]:
        """Look for lists that the others from `number` on do not have."""
        universe = self._universe
        universe.step()
        while number < len(self._others):
            if not self._is_shown and number == len(self._others) - 1:
                if (yield from self._exceeds(cells, required, self._others[number])):
                    self._found.append(cells)
                return bool(self._found)
            if not (yield from self._is_out_of_reach(cells, required, self._others[number])):
                break
            number += 1
        if number == len(self._others):
            # For one answer the shortest list will do; for all of them every member counts.
            self._found.append(cells[:required] if self._limit == 1 else cells)
            return True
        other = self._others[number]
        for length in range(required, len(cells)):
            if self.indices[length] >= other.length or len(self._found) >= self._limit:
                break
            # Lists that are too short for the other type.
            yield self._escape(cells[:length], required, number + 1)
        for position, cell in enumerate(cells):
            if len(self._found) >= self._limit:
                break
            theirs = other.member(self.indices[position])
            left = uncovered(universe, cell, theirs)
            if left.whole or not (yield left):
                rest = universe.difference(cell, theirs)
                narrowed = [*cells[:position], rest, *cells[position + 1 :]]
                yield self._escape(narrowed, max(required, position + 1), number + 1)
        return bool(self._found)

    def _exceeds(self, cells: list[SemType], required: int, other: ListAtom) -> Steps[SemType]:
        """Return whether lists of these cells have more than another type.

        One member is enough, whatever the others are: they share nothing with the other type, or this one
        leaves it. What no question is needed for comes first.
        """
        if self._is_too_short(cells, other) or (
            required < len(cells) and self.indices[required] < other.length
        ):
            return True
        lefts = [
            uncovered(self._universe, cell, other.member(index))
            for cell, index in zip(cells, self.indices, strict=False)
        ]
        if any(left.whole for left in lefts):
            return True
        for left in lefts:
            if left is not self._universe.never and not (yield left):
                return True
        return False

    def _is_too_short(self, cells: list[SemType], other: ListAtom) -> bool:
        """Return whether no list of these cells is as long as those of another type."""
        return len(cells) < len(self.indices) and self.indices[len(cells)] < other.length

    def _is_out_of_reach(self, cells: list[SemType], required: int, other: ListAtom) -> Steps[SemType]:
        """Return whether no list of these cells is one of the other type, for a simple reason."""
        universe = self._universe
        if required:
            last = held(universe, other.member(self.indices[required - 1]))
            if not last.whole and (yield last):
                return True
        for position, cell in enumerate(cells[:required]):
            index = self.indices[position]
            if index >= other.length:
                break
            common = shared(universe, cell, other.member(index))
            if not common.whole and (yield common):
                return True
        return self._is_too_short(cells, other)


def _samples(whole: ListAtom, others: list[ListAtom], keys: IntegerSet) -> list[int]:
    """Choose indices that stand for all: between two lengths at which something changes, members are alike.

    Of each such stretch as many as there are others, since each may have to be escaped at another one.
    """
    atoms = [whole, *others]
    written = max(len(atom.initial) for atom in atoms)
    boundaries = {*range(1, written + 1), *(atom.length for atom in atoms)}
    for low, high in keys:
        boundaries |= {bound for bound in (low, low + 1, high + 1) if 0 < bound < _FARTHEST_INDEX}
    count = max(1, len(others))
    chosen: list[int] = []
    last = 0
    for boundary in sorted(boundaries):
        chosen.extend(range(boundary - min(boundary - last, count), boundary))
        last = boundary
    chosen.extend(range(last, last + count))
    return chosen
