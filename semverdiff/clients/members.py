"""What types consist of, worked out once for all clients: a large type is met in as many as it has parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from semverdiff import api
from semverdiff.syntax.nodes import Reference
from semverdiff.types.forms import union_members

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.api import Member, ObjectMembers, RecordMembers, Type
    from semverdiff.syntax.nodes import RecordField

__all__ = ["Members"]

_Answer = TypeVar("_Answer")


class Members:
    """The members of records, objects and unions, remembered by the name or descriptor that writes them.

    `large` are private types that are too large to be spelled out, by module and name.
    """

    def __init__(self) -> None:
        self.large: set[tuple[str, str]] = set()
        self._known: dict[tuple[str, int, str, Reference | int], tuple[Type, object]] = {}

    def record(self, type_: Type) -> RecordMembers:
        """Return all fields of a record type."""
        return self._once("record", type_, api.record_members)

    def demanded(self, type_: Type) -> dict[str, Member[RecordField]]:
        """Return the fields of a record type that its constructor has to give."""
        return self._once("demanded", type_, self._demanded)

    def object(self, type_: Type) -> ObjectMembers:
        """Return all members of an object type."""
        return self._once("object", type_, api.object_members)

    def union(self, type_: Type) -> list[Type]:
        """Return the members of a union, or the type alone."""
        return self._once("union", type_, union_members)

    def _demanded(self, type_: Type) -> dict[str, Member[RecordField]]:
        return {
            name: member
            for name, member in self.record(type_).fields.items()
            if not member.declared.optional and member.declared.default is None
        }

    def _once(self, question: str, type_: Type, answer: Callable[[Type], _Answer]) -> _Answer:
        descriptor = type_.descriptor
        written = descriptor if isinstance(descriptor, Reference) else id(descriptor)
        key = question, id(type_.surface), type_.module, written
        known = self._known.get(key)
        if known is None:
            # The type is kept as well: the number of one that is gone may be given again.
            known = self._known[key] = (type_, answer(type_))
        return known[1]  # type: ignore[return-value] # the question decides the kind of answer
