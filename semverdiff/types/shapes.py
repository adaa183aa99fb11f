"""Which form a structure has: what clients construct and write to, seen through its names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from semverdiff.api.members import record_members
from semverdiff.syntax.nodes import (
    ArrayType,
    BuiltinType,
    Class,
    DistinctType,
    IntersectionType,
    ObjectType,
    ParameterizedType,
    RecordType,
    Reference,
    TableType,
    TupleType,
)
from semverdiff.types.forms import Type, alternatives, declared, structure

if TYPE_CHECKING:
    from semverdiff.syntax.nodes import TypeDescriptor

__all__ = ["Form", "Shape", "records_with_fields", "shape_of"]

Form = Literal["list", "map", "record", "object", "table", "other"]

_READONLY = BuiltinType("readonly")


class Shape(msgspec.Struct, frozen=True):
    """One alternative of a type. `term` holds the structure itself, `is_class`: `new` makes its values."""

    form: Form
    term: Type
    readonly: bool = False
    is_class: bool = False


def shape_of(alternative: Type) -> Shape:
    """See through names, `distinct` and `readonly &`; `other` is neither written to nor constructed."""
    term, readonly, is_class = alternative, False, False
    followed: set[Type] = set()
    while True:
        match term.descriptor:
            case IntersectionType(members=members) if _READONLY in members:
                readonly = True
                others = [member for member in members if member != _READONLY]
                if len(others) != 1:
                    return Shape("other", term, readonly)
                term = term.with_descriptor(others[0])
            case DistinctType(member=member):
                term = term.with_descriptor(member)
            case Reference():
                found, inner = declared(term), structure(term)
                if found is None or inner is None or term in followed:
                    return Shape("other", term, readonly)
                followed.add(term)
                if isinstance(found.declaration, Class):
                    is_class = True
                    readonly = readonly or "readonly" in found.declaration.qualifiers
                term = inner
            case descriptor:
                return Shape(_form(descriptor), term, readonly, is_class)


def records_with_fields(term: Type) -> int:
    """Count the alternatives of a type that are records with declared fields."""
    count = 0
    for shape in map(shape_of, alternatives(term)):
        match shape.term.descriptor:
            case RecordType():
                count += bool(record_members(shape.term).fields)
    return count


def _form(descriptor: TypeDescriptor) -> Form:
    match descriptor:
        case ArrayType() | TupleType():
            return "list"
        case ParameterizedType(name="map"):
            return "map"
        case RecordType():
            return "record"
        case ObjectType():
            return "object"
        case TableType():
            return "table"
    return "other"
