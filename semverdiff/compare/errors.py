"""Error types: distinctness, supertype, and the fields of their detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.api import record_members, record_shape, type_text
from semverdiff.compare.details import TypeChanged
from semverdiff.compare.facts import Fact, Subject
from semverdiff.compare.records import ERROR_DETAIL, field_differences
from semverdiff.compare.types import DETAIL, SUPERTYPE, type_differences
from semverdiff.syntax.nodes import BuiltinType, DistinctType, IntersectionType, ParameterizedType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api import Type
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Place
    from semverdiff.syntax.nodes import TypeDescriptor

__all__ = ["error_differences", "writes_error"]

_ERROR = BuiltinType("error")


class _Parts(msgspec.Struct, frozen=True):
    """What an error type is made of, however it is written: SPEC, `distinct` binds tighter than `&`."""

    distinct: bool
    supertypes: tuple[TypeDescriptor, ...]
    details: tuple[TypeDescriptor, ...]

    @property
    def supertype(self) -> TypeDescriptor:
        """Return the one supertype; that of several is their intersection."""
        return _intersection(self.supertypes)

    @property
    def detail(self) -> TypeDescriptor:
        """Return the error type of these details, whatever the supertypes."""
        return _intersection(tuple(ParameterizedType("error", detail) for detail in self.details))


def _intersection(members: tuple[TypeDescriptor, ...]) -> TypeDescriptor:
    match members:
        case ():
            return _ERROR
        case (only,):
            return only
    return IntersectionType(members)


def writes_error(descriptor: TypeDescriptor) -> bool:
    """Return whether a descriptor makes an error type of its own; `A|B` only gives others a further name."""
    parts = _parts(descriptor)
    return parts.distinct or bool(parts.details)


def error_differences(place: Place, old: Type, new: Type) -> Iterator[Difference]:
    """Compare two error types. `place` has the subject `error`."""
    place = place.quoting(type_text(old.descriptor), type_text(new.descriptor))
    before, after = _parts(old.descriptor), _parts(new.descriptor)
    found: list[Difference] = []
    if before.distinct != after.distinct:
        found.append(place.differs(Fact.DISTINCT_ADDED if after.distinct else Fact.DISTINCT_REMOVED))
    supertypes = (old.with_descriptor(before.supertype), new.with_descriptor(after.supertype))
    found += type_differences(place, SUPERTYPE, *supertypes)
    details = (old.with_descriptor(before.detail), new.with_descriptor(after.detail))
    found += _field_differences(place, *details) or type_differences(place, DETAIL, *details)
    yield from found
    if not found and place.old.text != place.new.text:
        # In other words the same error: that is said of types of every kind alike.
        yield place.about(Subject.TYPE).differs(Fact.RESPELLED, TypeChanged(old, new))


def _parts(descriptor: TypeDescriptor) -> _Parts:
    distinct = False
    supertypes: list[TypeDescriptor] = []
    details: list[TypeDescriptor] = []
    waiting = [descriptor]
    while waiting:
        match waiting.pop():
            case DistinctType(member=member):
                distinct = True
                waiting.append(member)
            case IntersectionType(members=members):
                waiting += reversed(members)
            case ParameterizedType(name="error", parameter=parameter):
                details.append(parameter)
            case BuiltinType(name="error"):
                pass
            case supertype:
                supertypes.append(supertype)
    return _Parts(distinct, tuple(supertypes), tuple(details))


def _field_differences(place: Place, old: Type, new: Type) -> list[Difference]:
    """Compare single details field by field where both are records that clients do not meet by one name."""
    match old.descriptor, new.descriptor:
        case ParameterizedType(parameter=before), ParameterizedType(parameter=after):
            types = (old.with_descriptor(before), new.with_descriptor(after))
            shapes = [record_shape(type_) for type_ in types]
            if None not in shapes and not place.context.same_name(*types):
                members = [record_members(shape.type) for shape in shapes if shape is not None]
                return list(field_differences(place, ERROR_DETAIL, *members))
    return []
