"""Whether an old and a new type leave it open what a constructor makes, at any depth.

SPEC, List and mapping constructors, `new`: the expected type says what is made. Where it is a union, the
members that the constructor fits are looked for, and there must be one: `f([1, 2])` is refused when
`int[]` becomes `int[]|float[]`. It is refused when `int[]` becomes `int[]|byte[]`, too, though the types are
equal, and when `A|B` stays and the record A gets a field that only B had.
"""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar

import msgspec

from semverdiff import limits
from semverdiff.api.members import field_type, record_members
from semverdiff.syntax import nodes
from semverdiff.types.expressions import ANY, DATA, Demands, covers, demands, meet
from semverdiff.types.forms import Shape, meaning, shape, written_members
from semverdiff.types.walk import Decisions, TypeNumbers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from semverdiff.api.surface import Type
    from semverdiff.types.equality import Anchor, Equality
    from semverdiff.types.walk import Steps

__all__ = ["Ambiguity"]

_CONSTRUCTORS: Final = {"list": "[]", "map": "{}", "record": "{}", "object": "new"}

# Members of a union of which all pairs are tried.
_FEW: Final = 16

_Pair = tuple[int, int]
_Origin = tuple[str, str]
_Held = TypeVar("_Held")


class _Row(msgspec.Struct, Generic[_Held], frozen=True):
    """What a list constructor must hold, and what further members may be."""

    members: tuple[_Held, ...]
    rest: _Held | None

    def at(self, index: int) -> _Held | None:
        """Return what stands at an index; `None` where nothing may stand."""
        return self.members[index] if index < len(self.members) else self.rest


class _Keys(msgspec.Struct, Generic[_Held], frozen=True):
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


class _Alternative(msgspec.Struct, frozen=True):
    """A member of a union whose values constructors make.

    `row` and `keys` are there if list or mapping constructors make them. `origin` is the public alias of
    both sides that brings the member: what is ambiguous within it is stated at its own name.
    """

    type: Type
    shape: Shape
    origin: _Origin | None
    row: _Row[Type] | None
    keys: _Keys[Type] | None

    @property
    def is_data(self) -> bool:
        """Return whether it takes any list or mapping constructor."""
        return self.row is not None and self.keys is not None


class _Taker(msgspec.Struct, frozen=True):
    """An alternative by the expressions that its constructors hold."""

    alternative: _Alternative
    is_class: bool
    row: _Row[Demands] | None
    keys: _Keys[Demands] | None


class Ambiguity:
    """Constructors in the light of old and new types, each pair of types looked into once.

    `anchor` names the public types of both sides: what became ambiguous inside one of them is stated at its
    own name. They count as equal `here`, while equality `everywhere` follows every name.
    """

    def __init__(self, here: Equality, everywhere: Equality, anchor: Anchor) -> None:
        self._here = here
        self._everywhere = everywhere
        self._anchor = anchor
        self._numbers = TypeNumbers()
        self._constructors: dict[_Pair, str] = {}
        # A pair that is met again on the way is as clear as what else is found in it.
        self._clear: Decisions[_Pair] = Decisions(self._begin, limits.AMBIGUITY_STEPS)

    def constructor(self, old: Type, new: Type) -> str | None:
        """Return a constructor that made one thing of `old`, and in `new`, or inside, may make two.

        It is `[]`, `{}` or `new`, whatever it holds; `None` if every constructor that was clear still is.
        Raise `BudgetExceededError` if that takes too long to find out.
        """
        pair = self._pair(old, new)
        self._clear.renew_budget()
        return None if self._clear.decide(pair) else self._constructors[pair]

    def _pair(self, old: Type, new: Type) -> _Pair:
        return self._numbers.of(old), self._numbers.of(new)

    def _begin(self, pair: _Pair) -> bool | Steps[_Pair]:
        old, new = self._numbers.type(pair[0]), self._numbers.type(pair[1])
        if isinstance(new.descriptor, nodes.BuiltinType | nodes.NilType | nodes.SingletonType):
            return True
        origin = self._origin(old)
        if origin is not None and origin == self._origin(new):
            return True
        return self._steps(pair, old, new)

    def _origin(self, type_: Type) -> _Origin | None:
        """Return module and name of a public type of both sides; `None` for every other type."""
        match type_.descriptor:
            case nodes.Reference() as reference:
                origin = type_.surface.origin(reference, type_.module)
                if self._anchor(*origin):
                    return origin
        return None

    def _steps(self, pair: _Pair, old: Type, new: Type) -> Steps[_Pair]:
        before, after = self._alternatives(old), self._alternatives(new)
        if not before or not after:
            return True
        constructor = self._second(before, after) if len(after) > 1 else None
        if constructor is not None:
            self._constructors[pair] = constructor
            return False
        for one, two in product(*self._changed(self._here, before, after)):
            self._clear.step()
            if not self._stated_elsewhere(one, two) and _common(_taker(one), _taker(two)):
                for parts in _parts(one, two):
                    if not (yield self._pair(*parts)):
                        self._constructors[pair] = _CONSTRUCTORS[two.shape.form]
                        return False
        return True

    def _alternatives(self, type_: Type) -> list[_Alternative]:
        """Return the members of a union, and of those that it names, whose values constructors make."""
        found: list[_Alternative] = []
        waiting: list[tuple[Type, _Origin | None]] = [(type_, None)]
        followed: set[tuple[str, nodes.Reference]] = set()
        while waiting:
            written, origin = waiting.pop()
            for member in written_members(written):
                reference, inner = member.descriptor, None
                if isinstance(reference, nodes.Reference) and (member.module, reference) not in followed:
                    inner = meaning(member, reference)
                    followed.add((member.module, reference))
                if inner is not None:
                    through = origin or self._origin(member)
                    waiting.extend((one, through) for one in inner)
                else:
                    found.append(_alternative(member, origin))
        return [one for one in found if one.row or one.keys or one.shape.is_class]

    def _of_types(self, alternatives: Iterable[_Alternative], types: Iterable[Type]) -> list[_Alternative]:
        chosen = set(map(self._numbers.of, types))
        return [one for one in alternatives if self._numbers.of(one.type) in chosen]

    def _changed(
        self, equality: Equality, before: list[_Alternative], after: list[_Alternative]
    ) -> tuple[list[_Alternative], list[_Alternative]]:
        """Return the members of either side that the other one has not."""
        if len(before) == len(after) == 1:
            return before, after  # what they hold is compared in any case
        lost, gained = equality.exchanged([one.type for one in before], [one.type for one in after])
        return self._of_types(before, lost), self._of_types(after, gained)

    def _second(self, before: list[_Alternative], after: list[_Alternative]) -> str | None:
        """Return a constructor that one old member takes alone, and two new ones take."""
        old_takers, new_takers = list(map(_taker, before)), list(map(_taker, after))
        added = new_takers
        if len(after) > _FEW:
            # Two members of which neither changed are no news; to know it costs less than all pairs.
            replaced, gained = self._changed(self._everywhere, before, after)
            if len(after) - len(gained) == len(before) - len(replaced):
                added = list(map(_taker, gained))
        # What takes the same constructors as another member takes none of them alone.
        demanded = list(map(_demanded, old_takers))
        count_of = Counter(demanded)
        alone = [old for old, one in zip(old_takers, demanded, strict=True) if count_of[one] == 1]
        for one, two in product(added, new_takers):
            self._clear.step()
            if _are_apart(one.alternative, two.alternative) or not (_common(one, two) or _common(two, one)):
                continue
            for old in alone:
                for constructor in _common(old, one, two):
                    self._clear.step()
                    if not any(_takes(other, constructor) for other in old_takers if other is not old):
                        return constructor.text
        return None

    def _stated_elsewhere(self, old: _Alternative, new: _Alternative) -> bool:
        """Return whether two members are, or come from, one public type of both sides."""
        if old.origin is not None:
            return old.origin == new.origin
        origin = self._origin(old.type)
        return origin is not None and origin == self._origin(new.type)


def _are_apart(one: _Alternative, two: _Alternative) -> bool:
    """Return whether two members of a union are no news as alternatives of each other."""
    same_alias = one.origin is not None and one.origin == two.origin
    return one is two or same_alias or (one.is_data and two.is_data)


# What alternatives are made of


def _alternative(member: Type, origin: _Origin | None) -> _Alternative:
    form = shape(member)
    row: _Row[Type] | None = None
    keys: _Keys[Type] | None = None
    type_ = form.type
    match type_.descriptor:
        case nodes.BuiltinType(name=name) if name in DATA:
            row, keys = _Row((), type_), _Keys({}, frozenset(), type_)
        case nodes.TupleType(members=members, rest=rest):
            further = None if rest is None else type_.with_descriptor(rest)
            row = _Row(tuple(map(type_.with_descriptor, members)), further)
        case nodes.ArrayType(member=written, length=length):
            # Of an array of fixed length a constructor may leave members out.
            held = type_.with_descriptor(written)
            row = _Row(() if length is None else (held,), held)
        case nodes.ParameterizedType(name="map", parameter=parameter):
            keys = _Keys({}, frozenset(), type_.with_descriptor(parameter))
        case nodes.RecordType():
            declared = record_members(type_)
            fields = {name: field_type(field) for name, field in declared.fields.items()}
            required = frozenset(
                name
                for name, field in declared.fields.items()
                if not field.declared.optional and field.declared.default is None
            )
            keys = _Keys(fields, required, declared.rest)
    return _Alternative(member, form, origin, row, keys)


def _taker(alternative: _Alternative) -> _Taker:
    row, keys = alternative.row, alternative.keys
    return _Taker(
        alternative,
        alternative.shape.is_class,
        None if row is None else _Row(tuple(map(demands, row.members)), _demands(row.rest)),
        None
        if keys is None
        else _Keys(
            {name: demands(type_) for name, type_ in keys.fields.items()}, keys.required, _demands(keys.rest)
        ),
    )


def _demanded(taker: _Taker) -> tuple[object, ...]:
    """Return what tells the constructors that an alternative takes from those of another one."""
    row, keys = taker.row, taker.keys
    return (
        taker.is_class,
        row and (row.members, row.rest),
        keys and (frozenset(keys.fields.items()), keys.required, keys.rest),
    )


def _demands(type_: Type | None) -> Demands | None:
    return None if type_ is None else demands(type_)


# Constructors that several alternatives take


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


_Constructor = _List | _Mapping | _New


def _common(*takers: _Taker) -> list[_Constructor]:
    """Return constructors that all alternatives take, as clients of the first one write them."""
    if all(one.is_class for one in takers):
        return [_New()]
    rows = [one.row for one in takers if one.row is not None]
    if len(rows) == len(takers):
        return list(_common_lists(rows))
    keys = [one.keys for one in takers if one.keys is not None]
    return list(_common_mappings(keys)) if len(keys) == len(takers) else []


def _common_lists(rows: list[_Row[Demands]]) -> Iterator[_Constructor]:
    """Yield the shortest list that fits, with one member at least: clients rarely write `[]` alone."""
    length = max(1, *(len(row.members) for row in rows))
    holds = tuple(_shared(row.at(index) for row in rows) for index in range(length))
    if all(holds):
        yield _List(holds)


def _common_mappings(keys: list[_Keys[Demands]]) -> Iterator[_Constructor]:
    """Yield a mapping with the required keys alone, and those with one optional key beside them."""
    first = keys[0]
    required = {name for one in keys for name in one.required}
    holds = {name: _shared(one.at(name) for one in keys) for name in required}
    if not all(holds.values()) or not first.are_written(required):
        return
    yield _Mapping(holds)
    for name in first.fields.keys() - required:
        further = _shared(one.at(name) for one in keys)
        if further:
            yield _Mapping(holds | {name: further})


def _shared(held: Iterable[Demands | None]) -> Demands:
    """Return the expressions that fit everywhere; none where one of the alternatives holds nothing."""
    shared = ANY
    for expressions in held:
        shared = meet(shared, expressions or frozenset())
    return shared


def _takes(taker: _Taker, constructor: _Constructor) -> bool:
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


def _parts(old: _Alternative, new: _Alternative) -> Iterator[tuple[Type, Type]]:
    """Yield the types of what a constructor of both alternatives holds, in pairs."""
    pairs: list[tuple[Type | None, Type | None]] = []
    if old.row is not None and new.row is not None:
        length = max(len(old.row.members), len(new.row.members))
        pairs += [(old.row.at(index), new.row.at(index)) for index in range(length)]
        pairs.append((old.row.rest, new.row.rest))
    if old.keys is not None and new.keys is not None:
        pairs += [(type_, new.keys.at(name)) for name, type_ in old.keys.fields.items()]
        pairs.append((old.keys.rest, new.keys.rest))
    yield from ((one, two) for one, two in pairs if one is not None and two is not None)
