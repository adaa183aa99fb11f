"""The coarsest partition of a graph of types: which of them are the same, all answered at once.

Two types are the same if their facts are, and their parts are the same in turn. A pair can be followed on
its own, but a graph of n types has n squared pairs. The partition takes n log n steps instead, with circles,
too: all types begin in one class, and a class is split as long as its types have parts of different classes.
Of the pieces the largest keeps its name, so that each type is looked at again a few times only (Hopcroft; in
this form J. Jacobs and T. Wissmann, "Fast Coalgebraic Bisimilarity Minimization", POPL 2023).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from itertools import count
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Classes", "Composition", "coarsest_partition"]

_Key = TypeVar("_Key", bound=Hashable)


class Composition(msgspec.Struct, Generic[_Key], frozen=True):
    """What a type is made of: what has to be the same of it whatever its parts are, and its parts.

    The parts are `unordered` where neither order nor repetitions count.
    """

    facts: Hashable
    parts: Sequence[_Key]
    unordered: bool = False

    def signature(self, classes: Callable[[_Key], int]) -> Hashable:
        """Return what tells a type from those of other classes, if its parts are of these classes."""
        of_parts = map(classes, self.parts)
        return self.facts, frozenset(of_parts) if self.unordered else tuple(of_parts)


class Classes(Generic[_Key]):
    """Numbers of classes for types, which stay as they are when further types are met.

    `compose` returns what a type is made of, `step` counts the types and parts that are looked at and may
    raise an error. A type whose parts have classes has the class of its signature. Only those in a circle,
    and those that lead to it, need the partition.
    """

    def __init__(self, compose: Callable[[_Key], Composition[_Key]], step: Callable[[int], None]) -> None:
        self._compose = compose
        self._step = step
        self._class: dict[_Key, int] = {}
        self._by_signature: dict[Hashable, int] = {}
        self._fresh = count()
        # What leads to a circle: a further circle may be the same as one of them.
        self._endless: dict[_Key, Composition[_Key]] = {}
        self._endless_classes: set[int] = set()

    def of(self, key: _Key) -> int:
        """Return the class of a type."""
        if key not in self._class:
            self._classify(self._reached(key))
        return self._class[key]

    def _reached(self, key: _Key) -> dict[_Key, Composition[_Key]]:
        """Return the types without a class that a type leads to, itself among them."""
        reached: dict[_Key, Composition[_Key]] = {}
        waiting = [key]
        while waiting:
            one = waiting.pop()
            if one not in reached and one not in self._class:
                composition = reached[one] = self._compose(one)
                self._step(1 + len(composition.parts))
                waiting += composition.parts
        return reached

    def _classify(self, reached: dict[_Key, Composition[_Key]]) -> None:
        missing: dict[_Key, int] = {}
        users: dict[_Key, list[_Key]] = {}
        for key, composition in reached.items():
            unknown = [part for part in composition.parts if part in reached]
            missing[key] = len(unknown)
            for part in unknown:
                users.setdefault(part, []).append(key)
        ready = [key for key, count in missing.items() if not count]
        while ready:
            key = ready.pop()
            self._enter(key, reached.pop(key))
            for user in users.get(key, ()):
                missing[user] -= 1
                if not missing[user]:
                    ready.append(user)
        if reached:
            self._enter_circles(reached)

    def _enter(self, key: _Key, composition: Composition[_Key]) -> None:
        """Enter the class of a type whose parts have classes."""
        signature = composition.signature(self._class.__getitem__)
        number = self._by_signature.get(signature)
        if number is None:
            number = self._by_signature[signature] = next(self._fresh)
        self._class[key] = number
        if any(self._class[part] in self._endless_classes for part in composition.parts):
            self._endless[key] = composition
            self._endless_classes.add(number)

    def _enter_circles(self, reached: dict[_Key, Composition[_Key]]) -> None:
        """Enter the classes of types of which each leads to a circle that was not met before."""
        everything = {**self._endless, **reached}
        index_of = {key: index for index, key in enumerate(everything)}
        facts: dict[Hashable, int] = {}
        compositions = [
            Composition(
                facts.setdefault(one.facts, len(facts)),
                [self._index(part, index_of) for part in one.parts],
                one.unordered,
            )
            for one in everything.values()
        ]
        blocks = coarsest_partition(compositions, self._step)
        number_of = {
            block: self._class[key]
            for key, block in zip(everything, blocks, strict=True)
            if key in self._endless
        }
        for key, block in zip(everything, blocks, strict=True):
            if block not in number_of:
                number_of[block] = next(self._fresh)
            self._class[key] = number_of[block]
        for key, composition in reached.items():
            self._by_signature[composition.signature(self._class.__getitem__)] = self._class[key]
        self._endless = everything
        self._endless_classes.update(number_of.values())

    def _index(self, part: _Key, index_of: dict[_Key, int]) -> int:
        index = index_of.get(part)
        return ~self._class[part] if index is None else index


def coarsest_partition(compositions: Sequence[Composition[int]], step: Callable[[int], None]) -> list[int]:
    """Return the number of the class of each type. Parts are indices; a negative one is its own class."""
    partition = _Partition(compositions, step)
    partition.refine()
    return partition.block_of


class _Partition:
    """Blocks of types that were not told apart yet.

    `_order` holds the types block by block, from `_start` to `_end`; those before `_clean`, whose parts got
    another block, have to be looked at.
    """

    def __init__(self, compositions: Sequence[Composition[int]], step: Callable[[int], None]) -> None:
        self._step = step
        self._compositions = compositions
        self._users: list[list[int]] = [[] for _ in compositions]
        for index, one in enumerate(compositions):
            for part in one.parts:
                if part >= 0:
                    self._users[part].append(index)
        self.block_of = [0] * len(compositions)
        self._order = list(range(len(compositions)))
        self._place = list(range(len(compositions)))
        self._start, self._clean, self._end = [0], [len(compositions)], [len(compositions)]
        self._waiting = [0]

    def refine(self) -> None:
        """Split blocks until the types of each have parts in the same blocks."""
        while self._waiting:
            for moved in self._split(self._waiting.pop()):
                for user in self._users[moved]:
                    self._touch(user)

    def _split(self, block: int) -> list[int]:
        """Split a block by signatures; return the types that are in a new block now."""
        start, clean, end = self._start[block], self._clean[block], self._end[block]
        self._clean[block] = start
        groups: dict[Hashable, list[int]] = {}
        for index in self._order[start:clean]:
            groups.setdefault(self._signature(index), []).append(index)
        # All that are clean have one signature, and stay where they are.
        kept = groups.pop(self._signature(self._order[clean]), []) if clean < end else None
        if kept is not None:
            groups[None] = kept
        ends: list[int] = []
        place = start
        for group in groups.values():
            for index in group:
                self._order[place], self._place[index] = index, place
                place += 1
            ends.append(place)
        ends[-1] = end
        return self._renamed(block, [start, *ends[:-1]], ends)

    def _renamed(self, block: int, starts: list[int], ends: list[int]) -> list[int]:
        """Return the types that are in a new block now: all pieces of a block but the largest."""
        moved: list[int] = []
        sizes = [end - start for start, end in zip(starts, ends, strict=True)]
        largest = sizes.index(max(sizes))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
            if number == largest:
                self._start[block] = self._clean[block] = start
                self._end[block] = end
                continue
            piece = self._order[start:end]
            for index in piece:
                self.block_of[index] = len(self._start)
            moved += piece
            self._start.append(start)
            self._clean.append(start)
            self._end.append(end)
        return moved

    def _touch(self, index: int) -> None:
        """Note that a part of a type is in another block now."""
        self._step(1)
        block = self.block_of[index]
        place, clean = self._place[index], self._clean[block]
        if place < clean or self._end[block] - self._start[block] == 1:
            return
        if clean == self._start[block]:
            self._waiting.append(block)
        other = self._order[clean]
        self._order[clean], self._order[place] = index, other
        self._place[index], self._place[other] = clean, place
        self._clean[block] = clean + 1

    def _signature(self, index: int) -> Hashable:
        composition = self._compositions[index]
        self._step(1 + len(composition.parts))
        return composition.signature(self._block)

    def _block(self, part: int) -> int:
        return part if part < 0 else self.block_of[part]
