"""May an isolated function read a final variable of this type?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import Type, object_members, record_members
from semverdiff.syntax.nodes import (
    BuiltinType,
    Class,
    Constant,
    DistinctType,
    Enum,
    FunctionType,
    IntersectionType,
    NilType,
    ObjectType,
    OptionalType,
    ParameterizedType,
    RecordType,
    Reference,
    SingletonType,
    TypeDefinition,
    UnionType,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.api import Surface
    from semverdiff.syntax.nodes import TypeDescriptor

__all__ = ["shared_safely"]

_IMMUTABLE = frozenset(
    [
        "boolean",
        "byte",
        "decimal",
        "error",
        "float",
        "function",
        "handle",
        "int",
        "never",
        "readonly",
        "string",
        "typedesc",
    ]
)
_IMMUTABLE_PARAMETERIZED = frozenset({"error", "typedesc"})
# Their types are subtypes of basic types without mutable values (`int:Unsigned8`, `regexp:RegExp`).
_IMMUTABLE_MODULES = frozenset({"ballerina/lang.int", "ballerina/lang.regexp", "ballerina/lang.string"})
_READONLY = BuiltinType("readonly")

_Followed = frozenset[tuple[str, str]]


def shared_safely(
    descriptor: TypeDescriptor, module: str, surface: Surface, followed: _Followed = frozenset()
) -> bool | None:
    """Return whether a type lies within `readonly|isolated object {}`; `None` if another package knows.

    SPEC, Isolated functions: a final variable of such a type may be read. `followed` are the names that
    led here: a type that is reached again adds nothing to the answer.
    """
    match descriptor:
        case NilType() | SingletonType() | FunctionType():
            return True
        case BuiltinType(name=name):
            return name in _IMMUTABLE
        case ParameterizedType(name=name):
            return name in _IMMUTABLE_PARAMETERIZED
        case DistinctType(member=member) | OptionalType(member=member):
            return shared_safely(member, module, surface, followed)
        case UnionType(members=members):
            return _all(shared_safely(member, module, surface, followed) for member in members)
        case IntersectionType(members=members):
            if _READONLY in members:
                return True
            answers = [shared_safely(member, module, surface, followed) for member in members]
            return True if True in answers else None if None in answers else False
        case RecordType():
            return _record_shared(descriptor, module, surface)
        case ObjectType():
            return "isolated" in object_members(Type(descriptor, module, surface)).qualifiers
        case Reference():
            return _name_shared(descriptor, module, surface, followed)
    return False


def _all(answers: Iterable[bool | None]) -> bool | None:
    known = list(answers)
    return False if False in known else None if None in known else True


def _record_shared(record: RecordType, module: str, surface: Surface) -> bool | None:
    """SPEC, Record types: readonly if there are no further fields and every field is readonly."""
    members = record_members(Type(record, module, surface))
    if members.rest is not None or not all(one.declared.readonly for one in members.fields.values()):
        return False
    return None if members.opaque else True


def _name_shared(reference: Reference, module: str, surface: Surface, followed: _Followed) -> bool | None:
    owner = surface.owner(reference, module)
    if owner is None:
        return True if reference.module in _IMMUTABLE_MODULES else None
    name = (owner, reference.name)
    if name in followed:
        return True
    found = surface.resolve(reference, module)
    match found.declaration if found is not None else None:
        case TypeDefinition(type=type_):
            return shared_safely(type_, owner, surface, followed | {name})
        case Class(qualifiers=qualifiers, type=type_):
            return "readonly" in qualifiers or "isolated" in type_.qualifiers
        case Enum() | Constant():
            return True
    # A member of an enum, or a name that nobody declares.
    return True if surface.enum_of_member(owner, reference.name) is not None else None
