"""Error types: distinctness, supertype, and the fields of their detail."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import msgspec

from semverdiff.api import Type, definition_of, record_members, record_shape
from semverdiff.compare.declarations.records import ERROR_DETAIL, field_differences
from semverdiff.compare.facts import Fact
from semverdiff.compare.types import DETAIL, SUPERTYPE, type_differences
from semverdiff.syntax.nodes import (
    BuiltinType,
    DistinctType,
    IntersectionType,
    ParameterizedType,
    Reference,
    TypeDefinition,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api import Origin
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.place import Form, Place
    from semverdiff.syntax.nodes import TypeDescriptor

__all__ = ["error_differences", "writes_error"]

_ERROR = BuiltinType("error")


class _Parts(msgspec.Struct, frozen=True):
    """What an error type is made of, however it is written: SPEC, `distinct` binds tighter than `&`.

    `details` are error types that give a detail, `supertypes` all others.
    """

    distinct: bool
    supertypes: tuple[Type, ...]
    details: tuple[Type, ...]


def writes_error(descriptor: TypeDescriptor) -> bool:
    """Return whether a descriptor makes an error type of its own; `A|B` only gives others a further name."""
    waiting = [descriptor]
    while waiting:
        match waiting.pop():
            case DistinctType() | ParameterizedType(name="error"):
                return True
            case IntersectionType(members=members):
                waiting += members
    return False


def error_differences(place: Place, old: Type, new: Type) -> Iterator[Difference]:
    """Compare two error types; `place` quotes them and has the subject `error`."""
    shared = _names(place, old) & _names(place, new)
    before, after = _parts(place, old, shared), _parts(place, new, shared)
    if before.distinct != after.distinct:
        yield place.differs(Fact.DISTINCT_ADDED if after.distinct else Fact.DISTINCT_REMOVED)
    elif before.distinct and _identity(place, place.old) != _identity(place, place.new):
        # The name denotes another distinct error now.
        yield place.differs(Fact.DISTINCT_REMOVED)
    yield from type_differences(
        place, SUPERTYPE, _joined(old, before.supertypes), _joined(new, after.supertypes)
    )
    details = (_joined(old, before.details), _joined(new, after.details))
    yield from _field_differences(place, *details) or type_differences(place, DETAIL, *details)


def _identity(place: Place, form: Form) -> Origin:
    """Return the name by which both versions know the distinct error that a form declares."""
    name = form.node.name if form.node is not None else place.symbol
    return place.context.names.identity(form.surface, (form.module, name))


def _joined(type_: Type, members: tuple[Type, ...]) -> Type:
    """Return the intersection of error types that are written in one module; of none, every error."""
    match members:
        case ():
            return type_.with_descriptor(_ERROR)
        case (only,):
            return only
    return members[0].with_descriptor(IntersectionType(tuple(one.descriptor for one in members)))


def _names(place: Place, type_: Type) -> set[Origin]:
    """Return the supertypes that an error type names, by the names that the old version gives them."""
    references = [one for one in _members(type_) if isinstance(one.descriptor, Reference)]
    return {name for one in references if (name := _included(place, one)) is not None}


def _included(place: Place, type_: Type) -> Origin | None:
    """Return the name that the old version gives what a reference names; `None` in another package."""
    if not isinstance(type_.descriptor, Reference):
        return None
    if type_.surface.owner(type_.descriptor, type_.module) is None:
        return None
    origin = type_.surface.origin(type_.descriptor, type_.module)
    return place.context.names.included(type_.surface, origin)


def _members(type_: Type) -> Iterator[Type]:
    """Yield the members of an intersection, each without `distinct`."""
    waiting = [type_.descriptor]
    while waiting:
        match waiting.pop():
            case DistinctType(member=member):
                waiting.append(member)
            case IntersectionType(members=members):
                waiting += reversed(members)
            case member:
                yield type_.with_descriptor(member)


def _parts(place: Place, type_: Type, shared: set[Origin]) -> _Parts:
    """Take an error type apart. Supertypes that both versions name stay names: they are compared there.

    Others that are not distinct are nothing but their parts, as far as one module writes all of these.
    """
    parts = _taken_apart(place, type_, shared)
    in_one_module = all(len({one.module for one in kind}) <= 1 for kind in (parts.supertypes, parts.details))
    return parts if in_one_module else _taken_apart(place, type_, shared | _names(place, type_))


def _taken_apart(place: Place, type_: Type, shared: set[Origin]) -> _Parts:
    supertypes: list[Type] = []
    details: list[Type] = []
    followed = set(shared)
    waiting = deque(_members(type_))
    while waiting:
        member = waiting.popleft()
        match member.descriptor:
            case ParameterizedType(name="error"):
                details.append(member)
            case BuiltinType(name="error"):
                pass
            case _:
                name, inner = _included(place, member), _plain_error(member)
                if name is None or inner is None or name in followed:
                    supertypes.append(member)
                else:
                    followed.add(name)
                    waiting += _members(inner)
    return _Parts(_is_distinct(type_), tuple(supertypes), tuple(details))


def _plain_error(type_: Type) -> Type | None:
    """Return what a name stands for if that is an error type without a type-id of its own."""
    target = type_.target()
    if target is None:
        return None
    definition = definition_of(target.surface, (target.module, target.key))
    match target.surface.declaration(*definition):
        case TypeDefinition(type=descriptor) if writes_error(descriptor):
            inner = Type(descriptor, definition[0], target.surface)
            return None if _is_distinct(inner) else inner
    return None


def _is_distinct(type_: Type) -> bool:
    waiting = [type_.descriptor]
    while waiting:
        match waiting.pop():
            case DistinctType():
                return True
            case IntersectionType(members=members):
                waiting += members
    return False


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
