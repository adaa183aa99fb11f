"""What types consist of and how they relate, worked out once for all clients.

A large type is met in as many clients as it has parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from semverdiff import api, limits, types
from semverdiff.clients.basic_types import basic_within
from semverdiff.clients.errors import OpaqueError
from semverdiff.syntax.nodes import Reference
from semverdiff.types.forms import union_members

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from semverdiff.api import Member, ObjectMembers, RecordMembers, Surface, Type
    from semverdiff.clients.program import Line
    from semverdiff.syntax.nodes import RecordField, TypeDescriptor

__all__ = ["Failure", "Members", "Value", "further_key"]

_Answer = TypeVar("_Answer")
_Members = TypeVar("_Members", "ObjectMembers", "RecordMembers")


class Value(msgspec.Struct, frozen=True):
    """An expression that is all its value takes: its parts, and the prefixes that it has for modules.

    One that `fails` checks a call, so that the function around it returns errors. `parameters` are the names
    and types of those that it needs: of what nobody can make.
    """

    text: str
    parts: int
    prefixes: dict[str, str]
    fails: bool
    parameters: tuple[tuple[str, str], ...] = ()


class Failure(msgspec.Struct, frozen=True):
    """Why no value was built. `parts` are those that it took; where they were too few, all that were left."""

    reason: str
    parts: int
    is_too_long: bool


class _Record(msgspec.Struct, frozen=True):
    """A record type: all of its fields, and those that its constructor has to give."""

    members: RecordMembers
    demanded: dict[str, Member[RecordField]]


class Members:
    """The members of records, objects and unions, remembered by the name or descriptor that writes them.

    `large` are private types that are too large to be spelled out, by module and name. `private` are others
    as they were spelled out, by module, name and level, with the prefixes that they have there, and `refused`
    says of others why they cannot be. `values` are those of named types, by all that decides about them, and
    `failures` say of others why they have none. `public` are the modules by which clients name public types,
    by where these are mentioned; `imports` are declarations by module and prefix. All questions of a
    comparison share what the engine of types may spend beyond the steps of a single one.
    """

    def __init__(self) -> None:
        self.large: set[tuple[str, str]] = set()
        self.private: dict[tuple[tuple[str, str], int], tuple[TypeDescriptor, dict[str, str]]] = {}
        self.refused: dict[tuple[tuple[str, str], int], str] = {}
        self.values: dict[Hashable, Value] = {}
        self.failures: dict[Hashable, Failure] = {}
        self.public: dict[tuple[int, str, Reference], str] = {}
        self.imports: dict[tuple[str, str], Line] = {}
        self._total = types.Total(limits.CLIENT_COST)
        self._subtypings: dict[int, tuple[Surface, types.Subtyping]] = {}
        self._known: dict[tuple[str, int, str, Reference | int], tuple[Type, object]] = {}

    def record(self, type_: Type) -> RecordMembers:
        """Return all fields of a record type."""
        return self._once("record", type_, _expanded).members

    def whole_record(self, type_: Type) -> RecordMembers:
        """Return all fields of a record type; raise `OpaqueError` if not all of them are known."""
        return _whole(self.record(type_))

    def demanded(self, type_: Type) -> dict[str, Member[RecordField]]:
        """Return the fields of a record type that its constructor has to give."""
        return self._once("record", type_, _expanded).demanded

    def object(self, type_: Type) -> ObjectMembers:
        """Return all members of an object type."""
        return self._once("object", type_, api.object_members)

    def whole_object(self, type_: Type) -> ObjectMembers:
        """Return all members of an object type; raise `OpaqueError` if not all of them are known."""
        return _whole(self.object(type_))

    def within(self, left: Type, right: Type) -> bool | None:
        """Return whether each value of the left type is one of the right; `None` if that is not known."""
        known = basic_within(left, right)
        if known is not None:
            return known
        surface = right.surface
        if id(surface) not in self._subtypings:
            begun = types.Subtyping(types.no_anchor, surface, total=self._total)
            self._subtypings[id(surface)] = surface, begun
        return self._subtypings[id(surface)][1].within(types.Operand(left), types.Operand(right))

    def union(self, type_: Type) -> list[Type]:
        """Return the members of a union, or the type alone."""
        return self._once("union", type_, union_members)

    def _once(self, question: str, type_: Type, answer: Callable[[Type], _Answer]) -> _Answer:
        descriptor = type_.descriptor
        written = descriptor if type(descriptor) is Reference else id(descriptor)
        key = question, id(type_.surface), type_.module, written
        known = self._known.get(key)
        if known is None:
            # The type is kept as well: the number of one that is gone may be given again.
            known = self._known[key] = (type_, answer(type_))
        return known[1]  # type: ignore[return-value] # the question decides the kind of answer


def _expanded(type_: Type) -> _Record:
    members = api.record_members(type_)
    demanded = {
        name: member
        for name, member in members.fields.items()
        if not member.declared.optional and member.declared.default is None
    }
    return _Record(members, demanded)


def _whole(members: _Members) -> _Members:
    if members.opaque:
        raise OpaqueError
    return members


def further_key(members: RecordMembers) -> str:
    """Return a key that no field of a record declares."""
    key, number = "key", 1
    while key in members.fields:
        number += 1
        key = f"key{number}"
    return key
