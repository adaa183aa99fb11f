"""Lists and mappings in one form each, however they are written: arrays as tuples, maps as records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api.constants import constant_value, literal_value
from semverdiff.syntax.nodes import ArrayType, Constant, ParameterizedType, RecordType, Reference, TupleType

if TYPE_CHECKING:
    from semverdiff.api.terms import Type
    from semverdiff.syntax.nodes import TypeDescriptor

__all__ = ["as_record", "length", "row"]

_LONGEST_ROW = 64  # fixed-length arrays up to here are compared with tuples member by member


def as_record(descriptor: TypeDescriptor) -> RecordType:
    """Write a map as the record that it is: one without fields of its own."""
    match descriptor:
        case RecordType():
            return descriptor
        case ParameterizedType(parameter=parameter):
            return RecordType((), (), closed=True, rest=parameter)
    message = f"neither record nor map: {descriptor}"
    raise TypeError(message)


def row(term: Type) -> tuple[tuple[TypeDescriptor, ...], TypeDescriptor | None] | None:
    """Return the members and rest of a list type; `None` for an array too long to write out."""
    match term.descriptor:
        case TupleType(members=members, rest=rest):
            return members, rest
        case ArrayType(member=member, length=None):
            return (), member
        case ArrayType(member=member) as array:
            count = length(term, array)
            if isinstance(count, int) and count <= _LONGEST_ROW:
                return (member,) * count, None
    return None


def length(term: Type, array: ArrayType) -> object:
    """Return what the length of an array is: a number where it is known, else what is written."""
    match array.length:
        case None | "*":
            return array.length
        case Reference() as reference:
            found = term.surface.resolve(reference, term.module)
            if found is not None and isinstance(found.declaration, Constant):
                return constant_value(found.declaration, found.module, term.surface)[1]
            return reference.module, reference.name
        case text:
            value = literal_value(text)
            return value[1] if value is not None else text
