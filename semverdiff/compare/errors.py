"""Error types: distinctness, supertype, and the fields of their detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.api import record_members, type_text
from semverdiff.compare.record_fields import ERROR_DETAIL_FIELDS, field_differences
from semverdiff.compare.sides import Typed
from semverdiff.compare.type_changes import type_differences
from semverdiff.syntax.descriptors import DistinctType, ParameterizedType, RecordType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.compare.model import Difference
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides
    from semverdiff.syntax.declarations import TypeDefinition
    from semverdiff.syntax.descriptors import TypeDescriptor

__all__ = ["error_differences"]


def error_differences(
    place: Place, sides: Sides, old: TypeDefinition, new: TypeDefinition
) -> Iterator[Difference]:
    """Compare two error types. `place` has the subject `error`."""
    before = place.old_excerpt(type_text(old.type), old.metadata)
    after = place.new_excerpt(type_text(new.type), new.metadata)
    was_distinct, is_distinct = isinstance(old.type, DistinctType), isinstance(new.type, DistinctType)
    if was_distinct != is_distinct:
        yield place.differs("distinct-added" if is_distinct else "distinct-removed", before, after)
    one, other = _undistinct(old.type), _undistinct(new.type)
    match _written_detail(one), _written_detail(other):
        case RecordType() as detail, RecordType() as new_detail:
            members = record_members(detail, place.module, sides.old)
            new_members = record_members(new_detail, place.module, sides.new)
            found = list(field_differences(place, ERROR_DETAIL_FIELDS, sides, members, new_members))
            yield from found
            if found:
                return
    details = isinstance(one, ParameterizedType) or isinstance(other, ParameterizedType)
    prefix = "detail-type" if details else "supertype"
    types = (Typed(one, place.module, old.metadata), Typed(other, place.module, new.metadata))
    for difference in type_differences(place, sides, prefix, *types):
        # In other words the same error: that is said of types of every kind alike.
        respelled = difference.fact.endswith("-respelled")
        yield replace(difference, subject="type", fact="respelled") if respelled else difference


def _undistinct(descriptor: TypeDescriptor) -> TypeDescriptor:
    return descriptor.member if isinstance(descriptor, DistinctType) else descriptor


def _written_detail(descriptor: TypeDescriptor) -> TypeDescriptor | None:
    """Give the detail type if it is written at the error type itself, not behind a name."""
    return descriptor.parameter if isinstance(descriptor, ParameterizedType) else None
