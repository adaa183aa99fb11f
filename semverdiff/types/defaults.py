"""Defaults of record fields that constructors rely on, where no public name leads to the record.

Defaults are no part of a type: two records with the same fields hold the same values. But `f({})` compiles
only as long as every field that it leaves out has one. SPEC, Mapping constructor: the contextually expected
type provides the defaults. A public record is compared at its own name; one that is private, or written where
it is used, is a part of every type that leads to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from semverdiff import limits
from semverdiff.api.members import field_type, record_members
from semverdiff.syntax import nodes
from semverdiff.types.equality import shared_name
from semverdiff.types.forms import shape, union_members, written_members
from semverdiff.types.structure import structure_of
from semverdiff.types.walk import Budget, Decisions, TypeNumbers

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from semverdiff.api.surface import Type
    from semverdiff.types.equality import Anchor
    from semverdiff.types.forms import Form, Shape
    from semverdiff.types.walk import Steps, Total

__all__ = ["Defaults"]

_READONLY = nodes.BuiltinType("readonly")

_Pair = tuple[int, int]
_Named: TypeAlias = "list[tuple[Type, tuple[str, str] | None]]"
"""Types, each with its public name if it has one."""


class Defaults:
    """Fields of old types whose default is gone, each pair of types looked into once.

    `anchor` names the public types of both sides: their fields are not looked at here. `numbers`
    are those of types, which others may share.
    """

    def __init__(
        self, anchor: Anchor, total: Total | None = None, numbers: TypeNumbers | None = None
    ) -> None:
        self._anchor = anchor
        self._numbers = numbers or TypeNumbers()
        self._lost: dict[_Pair, str] = {}
        self._budget = Budget(limits.DEFAULT_STEPS, limits.DEFAULT_SHARED_STEPS, limits.DEFAULT_COST, total)
        self._kept: Decisions[_Pair] = Decisions(self._begin, self._budget)

    def lost(self, old: Type, new: Type) -> str | None:
        """Return a field that has to be named now, and had a default before; None where there is none.

        Parts that have no counterpart are passed over: which values they hold is another question. Raise
        `BudgetExceededError` if it takes too long to find out.
        """
        self._budget.renew()
        pair = self._pair(old, new)
        return None if self._kept.decide(pair) else self._lost[pair]

    def _pair(self, old: Type, new: Type) -> _Pair:
        return self._numbers.of(old), self._numbers.of(new)

    def _begin(self, pair: _Pair) -> bool | Steps[_Pair]:
        old, new = map(self._numbers.type, pair)
        if pair[0] == pair[1] or isinstance(old.descriptor, nodes.BuiltinType | nodes.NilType):
            return True
        return self._keeps_members(pair, old, new)

    def _keeps_members(self, pair: _Pair, old: Type, new: Type) -> Steps[_Pair]:
        """Return whether what made a member of the old union still makes one of the new union."""
        near: _Shapes | None = None
        every: _Shapes | None = None
        public: set[tuple[str, str] | None] = set()
        before, after = self._named(old), self._named(new)
        # Most have their counterpart beside what both unions name, and that is compared at its own name.
        for member in self._members(before, after):
            one = shape(member)
            near = near or _Shapes(self._members(after, before))
            found, lost = yield from self._lost_by_all(member, one, near)
            if found and lost is None:
                continue
            if every is None:
                others = union_members(new)
                self._budget.step(len(others))
                every = _Shapes(others)
                public = set(map(self._public_name, others)) - {None}
            # A public type of both versions in both unions is compared at its own name.
            if self._public_name(member) in public:
                continue
            _, lost = yield from self._lost_by_all(member, one, every)
            if lost is not None:
                self._lost[pair] = lost
                return False
        return True

    def _named(self, type_: Type) -> _Named:
        """Return the members of a union as it is written, each with its public name."""
        return [(member, self._public_name(member)) for member in written_members(type_)]

    def _members(self, union: _Named, other: _Named) -> list[Type]:
        """Return the members of a union but for the public names that are written in another one, too."""
        shared = {name for _, name in other} - {None}
        members = [
            member for written, name in union if name not in shared for member in union_members(written)
        ]
        self._budget.step(len(members))
        return members

    def _lost_by_all(
        self, member: Type, one: Shape, others: _Shapes
    ) -> Generator[_Pair | Steps[_Pair], bool, tuple[bool, str | None]]:
        """Return whether there is a member of that form, and the field that all of them ask for."""
        found, lost = False, None
        # What made the old member makes none that asks for more fields: that is the last to look at.
        for asks_for_more in (False, True):
            for two in others.alike(member, one):
                self._budget.step()
                if _asks_for_more(one.type, two.type) is not asks_for_more:
                    continue
                found = True
                lost = yield from self._lost_by(one.type, two.type)
                if lost is None:
                    break
            if found:
                break
        return found, lost

    def _public_name(self, type_: Type) -> tuple[str, str] | None:
        """Return module and name of a public type of both versions, also where it is made readonly.

        One of another package is compared at its own name, too, where both builds have it.
        """
        descriptor = type_.descriptor
        if type(descriptor) is nodes.Reference:
            return shared_name(type_, self._anchor)
        while isinstance(descriptor, nodes.IntersectionType):
            others = [one for one in descriptor.members if one != _READONLY]
            if len(others) != 1:
                return None
            (descriptor,) = others
        return shared_name(type_.with_descriptor(descriptor), self._anchor)

    def _lost_by(self, old: Type, new: Type) -> Generator[_Pair, bool, str | None]:
        """Return a field that what made the old member leaves out and the new one asks for."""
        for one, two in _parts(old, new):
            pair = self._pair(one, two)
            if not (yield pair):
                return self._lost[pair]
        if not isinstance(old.descriptor, nodes.RecordType) or not isinstance(
            new.descriptor, nodes.RecordType
        ):
            return None
        after = record_members(new).fields
        for name, field in record_members(old).fields.items():
            successor = after.get(name)
            if field.declared.default is None or any(self._anchor(*origin) for origin in field.origins):
                continue
            if (
                successor is not None
                and successor.declared.default is None
                and not successor.declared.optional
            ):
                return name
        return None


def _asks_for_more(old: Type, new: Type) -> bool:
    """Return whether a record requires a field that the old one had not."""
    match old.descriptor, new.descriptor:
        case nodes.RecordType(), nodes.RecordType():
            known = record_members(old).fields
            return any(
                name not in known and not field.declared.optional and field.declared.default is None
                for name, field in record_members(new).fields.items()
            )
    return False


def _parts(old: Type, new: Type) -> Iterator[tuple[Type, Type]]:
    """Yield the types at the same places of two structures of one form."""
    match old.descriptor, new.descriptor:
        case nodes.RecordType(), nodes.RecordType():
            before, after = record_members(old), record_members(new)
            for name, field in before.fields.items():
                if name in after.fields:
                    yield field_type(field), field_type(after.fields[name])
            if before.rest is not None and after.rest is not None:
                yield before.rest, after.rest
            return
    left, right = structure_of(old), structure_of(new)
    if left is not None and right is not None and left.facts == right.facts and not left.unordered:
        yield from zip(left.parts, right.parts, strict=True)


class _Shapes:
    """The members of a union by their names, and by the forms of their structures."""

    def __init__(self, members: list[Type]) -> None:
        self._named: dict[nodes.Reference, Shape] = {}
        self._formed: dict[Form, list[Shape]] = {}
        for member in members:
            found = shape(member)
            self._formed.setdefault(found.form, []).append(found)
            if isinstance(member.descriptor, nodes.Reference):
                self._named[member.descriptor] = found

    def alike(self, member: Type, one: Shape) -> Iterator[Shape]:
        """Yield the members of the form that one of another union has, first that of the same name."""
        named = self._named.get(member.descriptor) if isinstance(member.descriptor, nodes.Reference) else None
        if named is not None and named.form == one.form:
            yield named
        yield from (two for two in self._formed.get(one.form, ()) if two is not named)
