"""What structures consist of: members of lists, keys and fields of mappings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.syntax import nodes
from semverdiff.types.forms import list_members, shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.api import Member, Type
    from semverdiff.clients.draft import Draft
    from semverdiff.types.forms import Shape

__all__ = ["fields_of", "is_structure", "key_type", "list_parts", "or_nil", "structure"]


def is_structure(found: Shape) -> bool:
    """Return whether values of a shape have parts that clients write to."""
    return found.form in {"list", "map", "record", "object"}


def structure(draft: Draft, type_: Type) -> Shape | None:
    """Return the one structure among the members of a union that clients can write to."""
    found = [one for one in map(shape, draft.members.union(type_)) if is_structure(one)]
    return found[0] if len(found) == 1 else None


def list_parts(type_: Type) -> tuple[list[Type], Type | None]:
    """Return the types of a list's members, or of the first of a long array, and that of further ones."""
    found = list_members(type_)
    if found is None and isinstance(type_.descriptor, nodes.ArrayType):
        found = (type_.descriptor.member,), None
    if found is None:
        return [], None
    first, rest = found
    return [*map(type_.with_descriptor, first)], None if rest is None else type_.with_descriptor(rest)


def key_type(draft: Draft, type_: Type | None) -> Type | None:
    """Return the type of what a map, or a record behind its fields, has by any key."""
    match None if type_ is None else type_.descriptor:
        case nodes.ParameterizedType(name="map", parameter=parameter) if type_ is not None:
            return type_.with_descriptor(parameter)
        case nodes.RecordType() if type_ is not None:
            return draft.members.record(type_).rest
    return None


def fields_of(draft: Draft, type_: Type | None) -> Mapping[str, Member[nodes.RecordField]]:
    """Return the fields of a record by their names; none of any other type."""
    if type_ is None or not isinstance(type_.descriptor, nodes.RecordType):
        return {}
    return draft.members.record(type_).fields


def or_nil(type_: Type) -> Type:
    """Return a type with nil, as what may be absent is read and written."""
    return type_.with_descriptor(nodes.OptionalType(type_.descriptor))
