"""What a term stands for: values by their types, and what may be called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from semverdiff import api, limits
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from semverdiff.api import Member, ObjectMembers, Origin, RecordMembers, Surface, Type

__all__ = [
    "NONE",
    "UNKNOWN",
    "Alternative",
    "Callee",
    "Members",
    "Names",
    "Value",
    "World",
    "details",
    "merged",
    "without",
]

Names: TypeAlias = "tuple[Origin, ...]"


class Alternative(msgspec.Struct, frozen=True):
    """One of the types that a value may have: no union, and no name any more.

    `names` are those of the package that was asked about which lead to it, by module and name.
    """

    type: Type
    names: Names = ()


class Value(msgspec.Struct, frozen=True):
    """A value by the types that it may have, as far as they are known.

    `type` is the type as a whole where one is written for it.
    """

    alternatives: tuple[Alternative, ...] = ()
    is_unknown: bool = False
    type: Type | None = None

    @property
    def names(self) -> frozenset[Origin]:
        """Return the names of the package that was asked about that the value's types have."""
        return frozenset(name for one in self.alternatives for name in one.names)


UNKNOWN: Final = Value(is_unknown=True)
NONE: Final = Value()


class Callee(msgspec.Struct, frozen=True):
    """What may be called: the symbols of the package that stand for it, and its signature.

    `symbols` are none for what is no part of the package. `result` is what a call gives, where it is
    declared. What has no signature takes nothing but the fields of the detail of the error that it makes.
    """

    symbols: tuple[Origin, ...]
    signature: nodes.Signature | None
    result: Type
    owner: Alternative | None = None

    def type_of(self, descriptor: nodes.TypeDescriptor) -> Type:
        """Return a type that is written in its signature."""
        return self.result.with_descriptor(descriptor)


class World(msgspec.Struct, frozen=True):
    """A dependent among the packages that it may be built with; `package` is the one that was asked about.

    `may_lead` tells whether a module that was not read may lead back to that package.
    """

    dependent: Surface
    package: Surface
    may_lead: Callable[[str], bool]


class Members:
    """The members of types, expanded once each."""

    def __init__(self) -> None:
        self._records: dict[int, tuple[nodes.TypeDescriptor, RecordMembers]] = {}
        self._objects: dict[int, tuple[nodes.TypeDescriptor, ObjectMembers]] = {}

    def record(self, type_: Type) -> RecordMembers | None:
        """Return the members of a record type."""
        if not isinstance(type_.descriptor, nodes.RecordType):
            return None
        known = self._records.get(id(type_.descriptor))
        if known is None:
            known = self._records[id(type_.descriptor)] = type_.descriptor, api.record_members(type_)
        return known[1]

    def object(self, type_: Type) -> ObjectMembers | None:
        """Return the members of an object type."""
        if not isinstance(type_.descriptor, nodes.ObjectType):
            return None
        known = self._objects.get(id(type_.descriptor))
        if known is None:
            known = self._objects[id(type_.descriptor)] = type_.descriptor, api.object_members(type_)
        return known[1]

    def field(self, type_: Type, name: str) -> Member[nodes.RecordField] | Member[nodes.ObjectField] | None:
        """Return the field of a record or object type."""
        record = self.record(type_)
        if record is not None:
            return record.fields.get(name)
        members = self.object(type_)
        return None if members is None else members.fields.get(name)


def merged(values: Iterable[Value]) -> Value:
    """Return what any of some values may be."""
    found: dict[tuple[int, str, int, Names], Alternative] = {}
    is_unknown = False
    types: list[Type | None] = []
    for value in values:
        types.append(value.type)
        is_unknown = is_unknown or value.is_unknown
        for one in value.alternatives:
            if len(found) >= limits.USED_ALTERNATIVES:
                is_unknown = True
                break
            key = (id(one.type.descriptor), one.type.module, id(one.type.surface), one.names)
            found.setdefault(key, one)
    return Value(tuple(found.values()), is_unknown, types[0] if len(types) == 1 else None)


def without(value: Value, is_left_out: Callable[[Type], bool]) -> Value:
    """Return a value without some of its types."""
    left = tuple(one for one in value.alternatives if not is_left_out(one.type))
    return value if len(left) == len(value.alternatives) else Value(left, value.is_unknown)


def details(value: Value) -> Iterator[Type]:
    """Yield the types of the details of the errors that a value may be."""
    for one in value.alternatives:
        match one.type.descriptor:
            case nodes.ParameterizedType(name="error", parameter=parameter):
                yield one.type.with_descriptor(parameter)
