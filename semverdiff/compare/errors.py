"""Error types: distinctness, supertype, and the fields of their detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.api import Type, record_members, record_shape, type_text
from semverdiff.compare.details import TypeChanged
from semverdiff.compare.record_fields import ERROR_DETAIL_FIELDS, field_differences
from semverdiff.compare.sides import Typed
from semverdiff.compare.type_changes import type_differences
from semverdiff.syntax.nodes import BuiltinType, DistinctType, IntersectionType, ParameterizedType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.nodes import TypeDefinition, TypeDescriptor

__all__ = ["error_differences", "writes_error"]

_ERROR = BuiltinType("error")


class _Parts(msgspec.Struct, frozen=True):
    """What an error type is made of, however it is written: SPEC, `distinct` binds tighter than `&`."""

    distinct: bool = False
    supertypes: tuple[TypeDescriptor, ...] = ()
    details: tuple[TypeDescriptor, ...] = ()


def writes_error(descriptor: TypeDescriptor) -> bool:
    """Return whether a descriptor makes an error type of its own; `A|B` only gives others a further name."""
    parts = _parts(descriptor)
    return parts.distinct or bool(parts.details)


def error_differences(
    place: Place, sides: Sides, old: TypeDefinition, new: TypeDefinition
) -> Iterator[Difference]:
    """Compare two error types. `place` has the subject `error`."""
    before = place.old_excerpt(type_text(old.type), old.metadata)
    after = place.new_excerpt(type_text(new.type), new.metadata)
    one, other = _parts(old.type), _parts(new.type)
    found: list[Difference] = []
    if one.distinct != other.distinct:
        found.append(place.differs("distinct-added" if other.distinct else "distinct-removed", before, after))
    supertypes = (_typed(_supertype(one), place, old), _typed(_supertype(other), place, new))
    found += type_differences(place, sides, "supertype", *supertypes)
    found += _detail_differences(place, sides, (old, one), (new, other))
    yield from found
    if not found and before.text != after.text:
        # In other words the same error: that is said of types of every kind alike.
        yield replace(place, subject="type").differs(
            "respelled",
            before,
            after,
            TypeChanged(
                sides.old_term(_typed(old.type, place, old)), sides.new_term(_typed(new.type, place, new))
            ),
        )


def _parts(descriptor: TypeDescriptor) -> _Parts:
    match descriptor:
        case DistinctType(member=member):
            inner = _parts(member)
            return _Parts(distinct=True, supertypes=inner.supertypes, details=inner.details)
        case IntersectionType(members=members):
            parts = [_parts(member) for member in members]
            return _Parts(
                distinct=any(one.distinct for one in parts),
                supertypes=tuple(name for one in parts for name in one.supertypes),
                details=tuple(detail for one in parts for detail in one.details),
            )
        case ParameterizedType(name="error", parameter=parameter):
            return _Parts(details=(parameter,))
        case BuiltinType(name="error"):
            return _Parts()
    return _Parts(supertypes=(descriptor,))


def _supertype(parts: _Parts) -> TypeDescriptor:
    match parts.supertypes:
        case ():
            return _ERROR
        case (only,):
            return only
    return IntersectionType(parts.supertypes)


def _typed(descriptor: TypeDescriptor, place: Place, definition: TypeDefinition) -> Typed:
    return Typed(descriptor, place.module, definition.metadata)


def _detail_differences(
    place: Place, sides: Sides, old: tuple[TypeDefinition, _Parts], new: tuple[TypeDefinition, _Parts]
) -> list[Difference]:
    """Compare the details: field by field where both are records that clients do not meet by one name."""
    (old_definition, before), (new_definition, after) = old, new
    match before.details, after.details:
        case ((), ()):
            return []
        case (one,), (other,):
            old_detail = _typed(one, place, old_definition)
            new_detail = _typed(other, place, new_definition)
            fields = _field_differences(place, sides, old_detail, new_detail)
            if fields:
                return fields
    details = (
        _typed(_detailed(before), place, old_definition),
        _typed(_detailed(after), place, new_definition),
    )
    return list(type_differences(place, sides, "detail-type", *details))


def _field_differences(place: Place, sides: Sides, old: Typed, new: Typed) -> list[Difference]:
    shape = record_shape(Type(old.descriptor, place.module, sides.old))
    new_shape = record_shape(Type(new.descriptor, place.module, sides.new))
    if shape is None or new_shape is None or sides.same_reference(old, new):
        return []
    members = record_members(shape.type)
    new_members = record_members(new_shape.type)
    return list(field_differences(place, ERROR_DETAIL_FIELDS, sides, members, new_members))


def _detailed(parts: _Parts) -> TypeDescriptor:
    """Return the error type of these details, whatever the supertypes."""
    details = [ParameterizedType("error", detail) for detail in parts.details]
    return IntersectionType(tuple(details)) if len(details) > 1 else details[0] if details else _ERROR
