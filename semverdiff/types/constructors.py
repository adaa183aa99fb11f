"""Constructors by the expressions that they hold, and those that several types take."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar

import msgspec

from semverdiff.types.expressions import ANY, Demands, covers, meet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

__all__ = ["Constructor", "Demanded", "Keys", "Row", "common", "have_common", "takes"]

# A key that is the name of no field.
_UNDECLARED: Final = ""

_Held = TypeVar("_Held")


class Row(msgspec.Struct, Generic[_Held], frozen=True):
    """What a list constructor must hold, and what further members may be."""

    members: tuple[_Held, ...]
    rest: _Held | None

    def at(self, index: int) -> _Held | None:
        """Return what stands at an index; `None` where nothing may stand."""
        return self.members[index] if index < len(self.members) else self.rest


class Keys(msgspec.Struct, Generic[_Held], frozen=True):
    """What a mapping constructor may and must name. `rest` is what keys hold that are not declared."""

    fields: Mapping[str, _Held]
    required: frozenset[str]
    rest: _Held | None

    def at(self, name: str) -> _Held | None:
        """Return what a key holds; `None` for a key that does not fit."""
        return self.fields.get(name, self.rest)

    def are_written(self, names: Collection[str]) -> bool:
        """Return whether clients write keys without quotes."""
        return not self.fields or self.fields.keys() >= set(names)


class Demanded(msgspec.Struct, frozen=True):
    """What the constructors of an alternative hold, by the expressions that fit there."""

    row: Row[Demands] | None
    keys: Keys[Demands] | None
    is_class: bool
    kind: int


class _New(msgspec.Struct, frozen=True):
    """The constructor `new`."""

    text: ClassVar = "new"


class _List(msgspec.Struct, frozen=True):
    """A list constructor: for each index the expressions that may stand there."""

    text: ClassVar = "[]"
    holds: tuple[Demands, ...]


class _Mapping(msgspec.Struct, frozen=True):
    """A mapping constructor: for each key the expressions that may stand there."""

    text: ClassVar = "{}"
    holds: Mapping[str, Demands]


Constructor = _List | _Mapping | _New
"""A constructor as far as it decides which types take it; `text` is how reports write it."""


def have_common(*takers: Demanded) -> bool:
    """Return whether there is a constructor that all alternatives take."""
    return next(common(*takers), None) is not None


def common(*takers: Demanded) -> Iterator[Constructor]:
    """Yield constructors that all alternatives take, as clients of the first one write them.

    Of wide records there are many, each as large as the records: one is made when it is asked for.
    """
    rows = [one.row for one in takers if one.row is not None]
    keys = [one.keys for one in takers if one.keys is not None]
    if all(one.is_class for one in takers):
        yield _New()
    elif len(rows) == len(takers):
        yield from _common_lists(rows)
    elif len(keys) == len(takers):
        yield from _common_mappings(keys)


def _common_lists(rows: list[Row[Demands]]) -> Iterator[Constructor]:
    """Yield the shortest list that fits, with one member at least: clients rarely write `[]` alone."""
    length = max(1, *(len(row.members) for row in rows))
    holds = tuple(_shared(row.at(index) for row in rows) for index in range(length))
    if all(holds):
        yield _List(holds)


def _common_mappings(keys: list[Keys[Demands]]) -> Iterator[Constructor]:
    """Yield a mapping with the required keys alone, and those with one further key beside them."""
    first = keys[0]
    required = {name for one in keys for name in one.required}
    holds: dict[str, Demands] = {}
    for name in required:
        shared = _shared_at(keys, name)
        if not shared:
            return  # most records that are compared lack a key of each other
        holds[name] = shared
    if not first.are_written(required):
        return
    yield _Mapping(holds)
    for name in first.fields.keys() - required:
        further = _shared_at(keys, name)
        if further:
            yield _Mapping(holds | {name: further})
    # Of a map clients write any key, also one that no record declares.
    further = frozenset() if first.fields else _shared(one.rest for one in keys)
    if further:
        yield _Mapping(holds | {_UNDECLARED: further})


def _shared_at(keys: list[Keys[Demands]], name: str) -> Demands:
    """Return the expressions that fit at a key everywhere. A release has many keys: as `_shared`, at once."""
    shared = ANY
    for one in keys:
        expressions = one.fields.get(name, one.rest)
        if expressions is None:
            return frozenset()
        if expressions is not ANY:
            shared = meet(shared, expressions)
    return shared


def _shared(held: Iterable[Demands | None]) -> Demands:
    """Return the expressions that fit everywhere; none where one of the alternatives holds nothing."""
    shared = ANY
    for expressions in held:
        if expressions is None:
            return frozenset()
        shared = meet(shared, expressions)
    return shared


def takes(taker: Demanded, constructor: Constructor) -> bool:
    """Return whether an alternative takes a constructor, whichever of its expressions it holds."""
    match constructor:
        case _New():
            return taker.is_class
        case _List(holds=members):
            row = taker.row
            return (
                row is not None
                and len(members) >= len(row.members)
                and all(_covers(row.at(index), one) for index, one in enumerate(members))
            )
        case _Mapping(holds=fields):
            keys = taker.keys
            return (
                keys is not None
                and keys.required <= fields.keys()
                and all(_covers(keys.at(name), one) for name, one in fields.items())
            )


def _covers(wide: Demands | None, narrow: Demands) -> bool:
    return wide is not None and covers(wide, narrow)
