"""The members that a record or object type really has: inclusions expanded, each with its origin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from semverdiff.syntax.nodes import (
    BuiltinType,
    Class,
    DistinctType,
    IntersectionType,
    ObjectType,
    ParameterizedType,
    RecordType,
    Reference,
    TypeDefinition,
    UnionType,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.api.surface import Found, Surface
    from semverdiff.syntax.nodes import Declaration, Method, ObjectField, RecordField, TypeDescriptor

__all__ = [
    "Member",
    "ObjectMembers",
    "Origin",
    "RecordMembers",
    "RecordShape",
    "declared_object_type",
    "is_error",
    "method_key",
    "object_members",
    "object_type_of",
    "record_members",
    "record_shape",
    "resource_path",
    "written_object_type",
]

Origin = tuple[str, str]

_ANYDATA = BuiltinType("anydata")
_NEVER = BuiltinType("never")
_READONLY = BuiltinType("readonly")


_Declared = TypeVar("_Declared")


class Member(msgspec.Struct, Generic[_Declared], frozen=True):
    """A field or method, the module that gives its names a meaning, and what brings it.

    `origins` is empty for a member that stands in the type itself; else the chain of included types,
    the outermost first.
    """

    declared: _Declared
    module: str
    origins: tuple[Origin, ...]


class RecordShape(msgspec.Struct, frozen=True):
    """A record type as a definition or a reference leads to it, seen through `readonly &`."""

    type: RecordType
    module: str
    readonly: bool


class RecordMembers(msgspec.Struct, frozen=True):
    """All fields of a record type.

    `rest` is the type of further fields, `None` if there are none; an inclusive record has anydata.
    `included` are the types that are included, at whatever depth; `opaque` those among the inclusions
    that this package does not declare.
    """

    fields: Mapping[str, Member[RecordField]]
    rest: TypeDescriptor | None
    rest_module: str
    included: frozenset[Origin]
    opaque: frozenset[Reference]


class ObjectMembers(msgspec.Struct, frozen=True):
    """All members of an object type or class; methods are keyed as clients tell them apart."""

    fields: Mapping[str, Member[ObjectField]]
    methods: Mapping[str, Member[Method]]
    qualifiers: frozenset[str]
    opaque: frozenset[Reference]


def record_shape(descriptor: TypeDescriptor, module: str, surface: Surface) -> RecordShape | None:
    """Follow aliases and `readonly &` to a record type; `None` if it is another kind of type."""
    readonly = False
    followed: set[tuple[str, str]] = set()
    while True:
        match descriptor:
            case RecordType():
                return RecordShape(descriptor, module, readonly)
            case IntersectionType(members) if _READONLY in members:
                others = [member for member in members if member != _READONLY]
                if len(others) != 1:
                    return None
                readonly, descriptor = True, others[0]
            case Reference():
                found = surface.resolve(descriptor, module)
                if found is None or not isinstance(found.declaration, TypeDefinition):
                    return None
                if (found.module, found.key) in followed:
                    return None
                followed.add((found.module, found.key))
                descriptor, module = found.declaration.type, found.module
            case _:
                return None


def record_members(
    record: RecordType, module: str, surface: Surface, within: frozenset[Origin] = frozenset()
) -> RecordMembers:
    """Expand the inclusions of a record type. `within` are the types whose inclusions led here."""
    fields: dict[str, Member[RecordField]] = {}
    origins: set[Origin] = set()
    opaque: set[Reference] = set()
    rest: TypeDescriptor | None = record.rest if record.closed else _ANYDATA
    rest_module = module
    said = rest is not None
    for inclusion in record.inclusions:
        found, shape = surface.resolve(inclusion, module), record_shape(inclusion, module, surface)
        if found is None or shape is None or (origin := (found.module, found.key)) in within:
            opaque.add(inclusion)
            continue
        inner = record_members(shape.type, shape.module, surface, within | {origin})
        origins |= {origin, *inner.included}
        for name, member in inner.fields.items():
            fields[name] = Member(member.declared, member.module, (origin, *member.origins))
        if not said and rest is None and inner.rest is not None:
            # SPEC, Record types: an included open record brings its rest along, unless there is an own one.
            rest, rest_module = inner.rest, inner.rest_module
        opaque |= inner.opaque
    for own in record.fields:
        fields[own.name] = Member(own, module, ())
    if rest == _NEVER:
        rest = None  # `never...` is another way to say that there are no further fields
    return RecordMembers(fields, rest, rest_module, frozenset(origins), frozenset(opaque))


def object_members(
    type_: ObjectType, module: str, surface: Surface, within: frozenset[Origin] = frozenset()
) -> ObjectMembers:
    """Expand the inclusions of an object type or class, as `record_members`."""
    fields: dict[str, Member[ObjectField]] = {}
    methods: dict[str, Member[Method]] = {}
    qualifiers = set(type_.qualifiers)
    opaque: set[Reference] = set()
    for inclusion in type_.inclusions:
        found = object_type_of(inclusion, module, surface)
        inner_type = declared_object_type(found.declaration) if found is not None else None
        if found is None or inner_type is None or (origin := (found.module, found.key)) in within:
            opaque.add(inclusion)
            continue
        inner = object_members(inner_type, found.module, surface, within | {origin})
        for name, field in inner.fields.items():
            fields[name] = Member(field.declared, field.module, (origin, *field.origins))
        for key, method in inner.methods.items():
            if method.declared.kind != "init":
                methods[key] = Member(method.declared, method.module, (origin, *method.origins))
        qualifiers |= inner.qualifiers
        opaque |= inner.opaque
    for own in type_.fields:
        fields[own.name] = Member(own, module, ())
    for one in type_.methods:
        methods[method_key(one)] = Member(one, module, ())
    return ObjectMembers(fields, methods, frozenset(qualifiers), frozenset(opaque))


def object_type_of(descriptor: TypeDescriptor, module: str, surface: Surface) -> Found | None:
    """Follow aliases to the declaration of an object type or class; `None` if it is something else."""
    followed: set[tuple[str, str]] = set()
    while isinstance(descriptor, Reference):
        found = surface.resolve(descriptor, module)
        if found is None or (found.module, found.key) in followed:
            return None
        followed.add((found.module, found.key))
        if declared_object_type(found.declaration) is not None:
            return found
        if not isinstance(found.declaration, TypeDefinition):
            return None
        descriptor, module = found.declaration.type, found.module
    return None


def declared_object_type(declaration: Declaration) -> ObjectType | None:
    """Return the object type that a class or type definition writes down, if it does."""
    match declaration:
        case Class(type=type_):
            return type_
        case TypeDefinition(type=type_):
            return written_object_type(type_)
    return None


def written_object_type(descriptor: TypeDescriptor) -> ObjectType | None:
    """Return the object type that a descriptor writes down, `distinct` or `readonly` or not."""
    match descriptor:
        case ObjectType():
            return descriptor
        case DistinctType(member=member):
            return written_object_type(member)
        case IntersectionType(members=members) if _READONLY in members:
            others = [member for member in members if member != _READONLY]
            return written_object_type(others[0]) if len(others) == 1 else None
    return None


def method_key(method: Method) -> str:
    """Return a method's name as clients tell methods apart: `get`, `[get users/{}]` for resources."""
    if method.kind != "resource":
        return method.name
    return f"[{method.name} {resource_path(method)}]"


def resource_path(method: Method) -> str:
    """Write a resource path with `{}` for path parameters and `{...}` for a rest, root as `.`."""
    marks = {"parameter": "{}", "rest": "{...}"}
    return (
        "/".join(segment.name if segment.kind == "name" else marks[segment.kind] for segment in method.path)
        or "."
    )


def is_error(descriptor: TypeDescriptor, module: str, surface: Surface) -> bool:
    """Return whether a type holds errors only, as far as names of this package lead."""
    return _is_error(descriptor, module, surface, frozenset())


def _is_error(descriptor: TypeDescriptor, module: str, surface: Surface, followed: frozenset[Origin]) -> bool:
    match descriptor:
        case BuiltinType(name="error") | ParameterizedType(name="error"):
            return True
        case DistinctType(member=member):
            return _is_error(member, module, surface, followed)
        case UnionType(members=members):
            return all(_is_error(member, module, surface, followed) for member in members)
        case IntersectionType(members=members):
            return any(_is_error(member, module, surface, followed) for member in members)
        case Reference():
            found = surface.resolve(descriptor, module)
            if found is None or not isinstance(found.declaration, TypeDefinition):
                return False
            origin = (found.module, found.key)
            if origin in followed:
                return False
            return _is_error(found.declaration.type, found.module, surface, followed | {origin})
    return False
