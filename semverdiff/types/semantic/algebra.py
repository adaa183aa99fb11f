"""Semantic types: sets of values with union, intersection, difference, and the test for emptiness.

S is a subtype of T if nothing is left of S without T: `is_empty(difference(S, T))`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

from semverdiff.types.semantic.atoms import CellAtom
from semverdiff.types.semantic.basic import CELL, SCALARS, VALUES, XML
from semverdiff.types.semantic.diagrams import Diagrams, Node
from semverdiff.types.semantic.parts import DIFFERENCE, INTERSECTION, UNION, SemType, combined, complemented
from semverdiff.types.semantic.xml import XmlSet, holds_sequences
from semverdiff.types.walk import Decisions

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping

    from semverdiff.types.semantic.atoms import Atom
    from semverdiff.types.semantic.parts import Data, Part
    from semverdiff.types.walk import Budget, Steps

__all__ = ["Predicate", "UndefinedAtomError", "Universe", "atoms_of", "formula"]


_Kind = TypeVar("_Kind", bound="Atom")
_Outcome = TypeVar("_Outcome")
_Memo = dict[tuple[SemType, SemType], SemType]
Predicate: TypeAlias = "Callable[[Universe, Node], bool | Steps[SemType]]"
"""Whether a formula over the atoms of one basic type has no value."""


class UndefinedAtomError(TypeError):
    """An atom that is still being made was looked into."""


class Universe:
    """All types of one comparison: each made once, each question answered once.

    `predicates` decide whether a formula over the atoms of a basic type has no value. They yield the types
    whose emptiness they depend on. Types are defined inductively: one that is met again while it is being
    decided may be taken as empty, because a value that would have to contain itself does not exist.
    """

    def __init__(self, predicates: Mapping[int, Predicate], budget: Budget) -> None:
        self.diagrams = Diagrams(self.step)
        self._predicates = predicates
        self._types: dict[tuple[int, tuple[tuple[int, Data], ...]], SemType] = {}
        self._atoms: list[Atom | None] = []
        self._numbers: dict[Atom, int] = {}
        self._cells: dict[tuple[SemType, bool], SemType] = {}
        self._plain: dict[SemType, CellAtom | None] = {}
        self._unions: _Memo = {}
        self._intersections: _Memo = {}
        self._differences: _Memo = {}
        self._emptiness = Decisions(self._begin, budget)
        self.never = self.type(0)
        self.top = self.type(VALUES)

    def type(self, whole: int, parts: Iterable[tuple[int, Data]] = ()) -> SemType:
        """Return the type of these basic types and parts, which come in ascending order."""
        key = (whole, tuple(parts))
        known = self._types.get(key)
        if known is None:
            known = self._types[key] = SemType(*key)
        return known

    def part(self, code: int, data: Part) -> SemType:
        """Return the type that lies in one basic type."""
        if isinstance(data, bool):
            return self.type(1 << code) if data else self.never
        return self.type(0, ((code, data),))

    # Atoms

    def reserve(self) -> int:
        """Return a number to an atom that is not known yet."""
        self._atoms.append(None)
        return len(self._atoms) - 1

    def define(self, number: int, atom: Atom) -> None:
        """Set the atom that a reserved number stands for."""
        self._atoms[number] = atom

    def number(self, atom: Atom) -> int:
        """Return the number of an atom."""
        known = self._numbers.get(atom)
        if known is None:
            self._atoms.append(atom)
            known = self._numbers[atom] = len(self._atoms) - 1
        return known

    def atom(self, number: int) -> Atom:
        """Return the atom of a number."""
        found = self._atoms[number]
        if found is None:
            raise UndefinedAtomError(f"atom {number} is used before it is defined")
        return found

    def peek(self, number: int) -> Atom | None:
        """Return the atom of a number, `None` while it is being made."""
        return self._atoms[number]

    def atomic(self, code: int, number: int) -> SemType:
        """Return the type that is one atom of a basic type."""
        return self.type(0, ((code, self.diagrams.atom(number)),))

    def cell(self, type_: SemType, *, readonly: bool) -> SemType:
        """Return the cell that holds values of a type."""
        key = (type_, readonly)
        known = self._cells.get(key)
        if known is None:
            known = self._cells[key] = self.atomic(CELL, self.number(CellAtom(type_, readonly)))
        return known

    # Operations

    def union(self, first: SemType, second: SemType) -> SemType:
        """Return the values of either type."""
        if first is second or second is self.never:
            return first
        if first is self.never:
            return second
        key = (first, second)
        known = self._unions.get(key)
        if known is None:
            known = self._unions[key] = self._union(first, second)
        return known

    def _union(self, first: SemType, second: SemType) -> SemType:
        whole = first.whole | second.whole
        left, right = dict(first.parts), dict(second.parts)
        parts: list[tuple[int, Data]] = []
        for code in sorted(left.keys() | right.keys()):
            if whole >> code & 1:
                continue
            if code in left and code in right:
                data = combined(self.diagrams, UNION, code, left[code], right[code])
                whole = self._collect(parts, whole, code, data)
            else:
                parts.append((code, left[code] if code in left else right[code]))
        return self.type(whole, parts)

    def union_of(self, types: Iterable[SemType]) -> SemType:
        """Return the values of any of the types."""
        return _pairwise(self.union, list(types) or [self.never])

    def intersection_of(self, types: Iterable[SemType]) -> SemType:
        """Return the values of all of the types."""
        return _pairwise(self.intersection, list(types) or [self.top])

    def intersection(self, first: SemType, second: SemType) -> SemType:
        """Return the values of both types."""
        if first is second:
            return first
        if first is self.never or second is self.never:
            return self.never
        key = (first, second)
        known = self._intersections.get(key)
        if known is None:
            known = self._intersections[key] = self._intersection(first, second)
        return known

    def _intersection(self, first: SemType, second: SemType) -> SemType:
        whole = first.whole & second.whole
        left, right = dict(first.parts), dict(second.parts)
        parts: list[tuple[int, Data]] = []
        for code in sorted(left.keys() | right.keys()):
            if code in left and code in right:
                data = self._both(code, left[code], right[code])
                whole = self._collect(parts, whole, code, data)
            elif code in left and second.whole >> code & 1:
                parts.append((code, left[code]))
            elif code in right and first.whole >> code & 1:
                parts.append((code, right[code]))
        return self.type(whole, parts)

    def _both(self, code: int, first: Data, second: Data) -> Part:
        if code == CELL and isinstance(first, Node) and isinstance(second, Node):
            left, right = self._plain_cell(first), self._plain_cell(second)
            if left is not None and right is not None:
                # {S} and {T} is {S and T}: one alternative again, which keeps cells simple.
                both = self.intersection(left.type, right.type)
                return self.diagrams.atom(self.number(CellAtom(both, left.readonly or right.readonly)))
        return combined(self.diagrams, INTERSECTION, code, first, second)

    def plain(self, cell: SemType) -> CellAtom | None:
        """Return the one alternative of a cell; `None` for a cell of another form."""
        if cell not in self._plain:
            self._plain[cell] = self._plain_cell(formula(cell))
        return self._plain[cell]

    def _plain_cell(self, diagram: Node) -> CellAtom | None:
        """Return the cell that a formula of cells is, if it is just one."""
        if diagram.left is True and diagram.middle is False and diagram.right is False:
            return cast("CellAtom", self.atom(diagram.atom))
        return None

    def difference(self, first: SemType, second: SemType) -> SemType:
        """Return the values of one type that the other has not."""
        if first is second or first is self.never:
            return self.never
        if second is self.never:
            return first
        key = (first, second)
        known = self._differences.get(key)
        if known is None:
            known = self._differences[key] = self._difference(first, second)
        return known

    def _difference(self, first: SemType, second: SemType) -> SemType:
        whole = first.whole & ~second.whole
        left, right = dict(first.parts), dict(second.parts)
        parts: list[tuple[int, Data]] = []
        for code in sorted(left.keys() | right.keys()):
            if second.whole >> code & 1:
                continue
            if code in left:
                data: Part = left[code]
                if code in right:
                    data = combined(self.diagrams, DIFFERENCE, code, left[code], right[code])
                whole = self._collect(parts, whole, code, data)
            elif whole >> code & 1:
                data = complemented(self.diagrams, code, right[code])
                whole = self._collect(parts, whole & ~(1 << code), code, data)
        return self.type(whole, parts)

    @staticmethod
    def _collect(parts: list[tuple[int, Data]], whole: int, code: int, data: Part) -> int:
        if data is True:
            return whole | 1 << code
        if data is not False:
            parts.append((code, data))
        return whole

    # Questions

    def is_subtype(self, first: SemType, second: SemType) -> bool:
        """Return whether every value of one type is a value of the other."""
        return self.is_empty(self.difference(first, second))

    def is_empty(self, type_: SemType) -> bool:
        """Return whether a type has no value."""
        return self._emptiness.decide(type_)

    def run(self, steps: Generator[SemType | Steps[SemType], bool, _Outcome]) -> _Outcome:
        """Return what steps lead to that yield types and are sent whether they are empty."""
        return self._emptiness.run(steps)

    def _begin(self, type_: SemType) -> bool | Steps[SemType]:
        if type_.whole:
            return False
        for code, data in type_.parts:
            if not isinstance(data, Node) and not self._is_empty_set(code, data):
                return False
        match type_.parts:
            case ((code, Node() as diagram),):
                return self._predicates[code](self, diagram)
        return self._are_empty([part for part in type_.parts if isinstance(part[1], Node)])

    def _is_empty_set(self, code: int, data: Data) -> bool:
        if code == XML and isinstance(data, XmlSet):
            return not data.items and not holds_sequences(self.diagrams, data.sequences)
        return code not in SCALARS

    def _are_empty(self, parts: list[tuple[int, Data]]) -> Steps[SemType]:
        for part in parts:
            if not (yield self.type(0, (part,))):
                return False
        return True

    def step(self, cost: int = 1) -> None:
        """Count a step of a decision, or several; raise `BudgetExceededError` when they are used up."""
        self._emptiness.budget.step(cost)

    def charge(self, budget: Budget) -> None:
        """Begin a question that takes its steps from this budget."""
        budget.renew()
        self._emptiness.budget = budget


def formula(cell: SemType) -> Node:
    """Return the formula of cells that a cell is. No cell is empty, or holds all cells, as it is made."""
    match cell.parts:
        case ((_, Node() as diagram),) if not cell.whole:
            return diagram
    raise TypeError("no cell")


def _pairwise(operation: Callable[[SemType, SemType], SemType], row: list[SemType]) -> SemType:
    """Return the result of an operation on all types: in pairs, because long ones grow as they are made."""
    while len(row) > 1:
        paired = [operation(one, other) for one, other in zip(row[::2], row[1::2], strict=False)]
        row = paired + row[len(paired) * 2 :]
    return row[0]


def atoms_of(universe: Universe, kind: type[_Kind], numbers: Iterable[int]) -> Iterator[_Kind]:
    """Yield the atoms of one kind. A type-id excludes nothing: other values without it are alike."""
    for number in numbers:
        atom = universe.atom(number)
        if isinstance(atom, kind):
            yield atom
