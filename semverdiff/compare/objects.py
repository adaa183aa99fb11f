"""Classes and object types: qualifiers, who can implement them, what they include; members in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from semverdiff.api import Type, object_members, type_text
from semverdiff.compare.details import InclusionChanged, QualifierChanged
from semverdiff.compare.facts import Condition
from semverdiff.compare.inclusions import included_types
from semverdiff.compare.inits import init_differences, init_of
from semverdiff.compare.listener_classes import is_listener, listener_class_differences
from semverdiff.compare.methods import is_visible, method_differences
from semverdiff.compare.object_fields import field_differences, is_public_field
from semverdiff.syntax.nodes import ObjectType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.api import Member, ObjectMembers, Origin, Surface
    from semverdiff.compare.details import Detail
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import Metadata, Method

__all__ = ["ObjectSide", "object_differences"]

_NETWORK = ("client", "service")
_NOT_READ = "whether the included type is distinct, and what else it brings, is declared in another package"

_Declared = TypeVar("_Declared")


class ObjectSide(msgspec.Struct, frozen=True):
    """What a class and a definition of an object type have in common.

    `qualifiers` are those that are no part of the object type: `distinct`, and `readonly` of a class.
    """

    type: ObjectType
    module: str
    metadata: Metadata
    qualifiers: frozenset[str]
    is_class: bool


def object_differences(place: Place, sides: Sides, old: ObjectSide, new: ObjectSide) -> Iterator[Difference]:
    """Compare two classes or two object types, without their own documentation and annotations.

    `place` is the type's; its subject is `class` or `object`.
    """
    yield from _Objects(place, sides, _expanded(old, sides.old), _expanded(new, sides.new)).differences()


class _Expanded(msgspec.Struct, frozen=True):
    """One side with its inclusions expanded; `included` tells which included types are distinct."""

    declared: ObjectSide
    members: ObjectMembers
    included: Mapping[Origin, bool]


def _expanded(side: ObjectSide, surface: Surface) -> _Expanded:
    members = object_members(Type(side.type, side.module, surface))
    return _Expanded(side, members, included_types(side.type, side.module, surface))


class _Objects:
    """One comparison. `_shared` are included types that are compared at their own name."""

    def __init__(self, place: Place, sides: Sides, old: _Expanded, new: _Expanded) -> None:
        both = old.included.keys() & new.included.keys()
        self._shared = frozenset(origin for origin in both if sides.is_anchor(*origin))
        openness = Condition.OPEN_CLASS if old.declared.is_class else Condition.OPEN_OBJECT_TYPE
        condition = Condition.SEALED if _hidden(old.members) else openness
        self._place = replace(place, conditions=place.conditions | {condition})
        self._sides = sides
        self._old = old
        self._new = new

    def differences(self) -> Iterator[Difference]:
        """Compare from the outside in."""
        yield from self._qualifiers()
        yield from self._openness()
        yield from self._inclusions()
        yield from self._fields()
        if self._old.declared.is_class:
            yield from self._inits()
        yield from self._methods()

    def _whole(self, fact: str, detail: Detail | None = None, *, undecided: str | None = None) -> Difference:
        old, new, name = self._old.declared, self._new.declared, self._place.trail[-1].name
        return self._place.differs(
            fact,
            self._place.old_excerpt(_head(name, old), old.metadata),
            self._place.new_excerpt(_head(name, new), new.metadata),
            detail,
            undecided=undecided,
        )

    def _qualifiers(self) -> Iterator[Difference]:
        old, new = self._old.declared.qualifiers, self._new.declared.qualifiers
        yield from self._word("distinct", "distinct", old, new)
        for difference in self._word("readonly", "readonly", old, new):
            fields = self._old.members.fields.values()
            writable = any(is_public_field(one) and not one.declared.final for one in fields)
            unwritable = frozenset() if writable else frozenset({Condition.NO_WRITABLE_PUBLIC_FIELD})
            yield replace(difference, conditions=difference.conditions | unwritable)
        old, new = self._effective(self._old), self._effective(self._new)
        yield from self._word("isolated", "isolated", old, new)
        before, after = [[one for one in _NETWORK if one in words] for words in (old, new)]
        if len(before) == len(after) == 1 and before != after:
            yield self._whole(f"{before[0]}-to-{after[0]}", QualifierChanged(before[0], after[0]))
            return
        for word in _NETWORK:
            yield from self._word(word, f"{word}-qualifier", old, new)

    def _word(self, word: str, fact: str, old: frozenset[str], new: frozenset[str]) -> Iterator[Difference]:
        if (word in old) != (word in new):
            yield self._whole(f"{fact}-added" if word in new else f"{fact}-removed")

    def _effective(self, side: _Expanded) -> frozenset[str]:
        """Return the qualifiers with those that inclusions bring, where the sides include different types."""
        same = self._old.included.keys() == self._new.included.keys()
        return side.declared.type.qualifiers if same else side.members.qualifiers

    def _openness(self) -> Iterator[Difference]:
        """Return whether clients lost or gained the possibility to implement the type."""
        before, after = _hidden(self._old.members), _hidden(self._new.members)
        if before and not after and self._concern(self._old.members, before):
            yield self._whole("opened")
        # A member that is no longer public has a finding of its own, which says as much.
        reasons = after - _public(self._old.members)
        if after and not before and self._concern(self._new.members, reasons):
            yield self._whole("sealed")

    def _concern(self, members: ObjectMembers, names: frozenset[str]) -> bool:
        """Return whether one of these members is not brought by a type that is compared on its own."""
        found = (members.fields.get(name) or members.methods.get(name) for name in names)
        return any(one is not None and self._shared.isdisjoint(one.origins) for one in found)

    def _inclusions(self) -> Iterator[Difference]:
        lost, won = self._distinct(self._old, self._sides.old), self._distinct(self._new, self._sides.new)
        facts = [
            *(("type-id-removed", name, None) for _, name in sorted(lost - self._new.included.keys())),
            *(("type-id-added", name, None) for _, name in sorted(won - self._old.included.keys())),
            *(("type-id-removed", name, _NOT_READ) for name in _names(self._old, self._new)),
            *(("type-id-added", name, _NOT_READ) for name in _names(self._new, self._old)),
        ]
        for fact, name, undecided in facts:
            yield self._whole(fact, InclusionChanged(name), undecided=undecided)
        if not facts and self._respelled():
            yield self._whole("inclusion-respelled")

    def _distinct(self, side: _Expanded, surface: Surface) -> set[Origin]:
        """Return the distinct types whose ids a side gets otherwise than through a shared type."""
        declared = side.declared
        own = included_types(declared.type, declared.module, surface, self._shared)
        return {origin for origin, distinct in own.items() if distinct}

    def _respelled(self) -> bool:
        """Return whether other types are included without another member for clients."""
        old, new = self._old.declared, self._new.declared
        return set(old.type.inclusions) != set(new.type.inclusions) and _public(self._old.members) == _public(
            self._new.members
        )

    def _own(
        self, old: Mapping[str, Member[_Declared]], new: Mapping[str, Member[_Declared]]
    ) -> tuple[Mapping[str, Member[_Declared]], Mapping[str, Member[_Declared]]]:
        """Leave out what both sides, or the only side that has it, get from a shared type."""
        elsewhere = {
            name
            for name in old.keys() | new.keys()
            if any(
                all(origin in one.origins for one in (old.get(name), new.get(name)) if one is not None)
                for origin in self._shared
            )
        }
        return (
            {name: one for name, one in old.items() if name not in elsewhere},
            {name: one for name, one in new.items() if name not in elsewhere},
        )

    def _fields(self) -> Iterator[Difference]:
        old, new = self._own(self._old.members.fields, self._new.members.fields)
        # SPEC, Class definition: the fields of a readonly class are final, whether they say so or not.
        readonly = "readonly" in self._old.declared.qualifiers | self._new.declared.qualifiers
        for difference in field_differences(self._place, self._sides, old, new):
            if not (readonly and difference.fact in {"field-final-added", "field-final-removed"}):
                yield difference

    def _inits(self) -> Iterator[Difference]:
        old, new = self._old, self._new
        yield from init_differences(
            self._place,
            self._sides,
            init_of(old.members.methods, old.declared.metadata, old.declared.module, self._sides.old),
            init_of(new.members.methods, new.declared.metadata, new.declared.module, self._sides.new),
        )

    def _methods(self) -> Iterator[Difference]:
        methods = self._own(_without_init(self._old.members), _without_init(self._new.members))
        differences = method_differences(self._place, self._sides, *methods)
        old, new = methods
        if is_listener(old) and is_listener(new):
            yield from listener_class_differences(self._place, old, differences)
        else:
            yield from differences


def _head(name: str, side: ObjectSide) -> str:
    """Write a declaration without its members."""
    bare = ObjectType(side.qualifiers | side.type.qualifiers, (), (), ())
    words, _, _ = type_text(bare).partition("object {")
    return f"{words}class {name}" if side.is_class else f"type {name} {words}object"


def _names(side: _Expanded, other: _Expanded) -> list[str]:
    """Name the types of other packages that only this side includes."""
    return sorted(type_text(one) for one in side.members.opaque - other.members.opaque)


def _without_init(members: ObjectMembers) -> dict[str, Member[Method]]:
    return {key: one for key, one in members.methods.items() if one.declared.kind != "init"}


def _public(members: ObjectMembers) -> frozenset[str]:
    fields = {name for name, one in members.fields.items() if is_public_field(one)}
    return frozenset(fields | {key for key, one in _without_init(members).items() if is_visible(one)})


def _hidden(members: ObjectMembers) -> frozenset[str]:
    """Return the members that are not public; the contract: `init` does not count."""
    return frozenset(members.fields.keys() | _without_init(members).keys()) - _public(members)
