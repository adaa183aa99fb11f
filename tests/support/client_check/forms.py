"""What types of a client are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import api
from semverdiff.syntax import nodes
from semverdiff.types import no_anchor, relate
from semverdiff.types.forms import union_members

if TYPE_CHECKING:
    from semverdiff.api import Type
    from semverdiff.types.forms import Shape

__all__ = [
    "detail_of",
    "is_distinct",
    "is_plain",
    "is_typedesc",
    "map_parameter",
    "members_of",
    "object_members_of",
    "part",
    "within",
]

_READONLY = nodes.BuiltinType("readonly")


def object_members_of(type_: Type) -> api.ObjectMembers | None:
    """Return the members of an object type; `None` for other types."""
    target = api.object_type_of(type_)
    written = None if target is None else api.declared_object_type(target.declaration)
    return None if target is None or written is None else api.object_members(target.type_of(written))


def is_distinct(type_: Type) -> bool:
    """Return whether a name leads to a distinct type, or a member of an intersection is one."""
    waiting = [type_]
    while waiting:
        one = waiting.pop()
        match one.descriptor:
            case nodes.DistinctType():
                return True
            case nodes.IntersectionType(members=members):
                waiting += map(one.with_descriptor, members)
            case nodes.Reference():
                target = one.target()
                if target is not None and isinstance(target.declaration, nodes.TypeDefinition):
                    waiting.append(target.type_of(target.declaration.type))
    return False


def part(whole: Shape, type_: Type) -> Type:
    """Return the type that a part of a structure has: what is in a readonly one is readonly."""
    if not whole.readonly:
        return type_
    return type_.with_descriptor(nodes.IntersectionType((_READONLY, type_.descriptor)))


def map_parameter(type_: Type) -> nodes.TypeDescriptor:
    """Return the type of the members of a map."""
    assert isinstance(type_.descriptor, nodes.ParameterizedType)
    return type_.descriptor.parameter


def members_of(type_: Type) -> list[Type]:
    """Return the members of a union, also of one that is `readonly &`."""
    found: list[Type] = []
    for member in union_members(type_):
        match member.descriptor:
            case nodes.IntersectionType(members=(left, right)) if _READONLY in {left, right}:
                inner = member.with_descriptor(right if left == _READONLY else left)
                found += [
                    one.with_descriptor(nodes.IntersectionType((_READONLY, one.descriptor)))
                    for one in union_members(inner)
                ]
            case _:
                found.append(member)
    return found


def is_typedesc(written: nodes.TypeDescriptor) -> bool:
    """Return whether a type is that of type descriptors."""
    return getattr(written, "name", "") == "typedesc"


def is_plain(type_: Type) -> bool:
    """Return whether a type is written as a basic type or literal."""
    return isinstance(type_.descriptor, nodes.BuiltinType | nodes.SingletonType | nodes.NilType)


def within(one: Type, other: Type) -> bool | None:
    """Return whether each value of one type is one of the other; `None` if that is not known."""
    return relate(one, other, no_anchor).within


def detail_of(type_: Type) -> Type | None:
    """Return the detail type of an error type, as far as it is written; `None` if it is not."""
    waiting = [type_]
    while waiting:
        one = waiting.pop()
        match one.descriptor:
            case nodes.ParameterizedType(name="error", parameter=parameter):
                return one.with_descriptor(parameter)
            case nodes.DistinctType(member=member):
                waiting.append(one.with_descriptor(member))
            case nodes.Reference():
                target = one.target()
                if target is not None and isinstance(target.declaration, nodes.TypeDefinition):
                    waiting.append(target.type_of(target.declaration.type))
    return None
