"""What types of a client are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import api
from semverdiff.syntax import nodes
from semverdiff.types import no_anchor, relate

if TYPE_CHECKING:
    from semverdiff.api import Type

__all__ = ["detail_of", "is_distinct", "is_plain", "is_typedesc", "object_members_of", "within"]


def object_members_of(type_: Type) -> api.ObjectMembers | None:
    """Return the members of an object type; `None` for other types."""
    target = api.object_type_of(type_)
    written = None if target is None else api.declared_object_type(target.declaration)
    return None if target is None or written is None else api.object_members(target.type_of(written))


def is_distinct(type_: Type) -> bool:
    """Return whether a name leads to a distinct type."""
    target = type_.target()
    while target is not None and isinstance(target.declaration, nodes.TypeDefinition):
        if isinstance(target.declaration.type, nodes.DistinctType):
            return True
        target = target.type_of(target.declaration.type).target()
    return False


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
