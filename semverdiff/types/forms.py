"""What a type is made of as it is written: union members, what names stand for, forms of structures."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from semverdiff import limits
from semverdiff.api.constants import constant_value, enum_member_value, literal_value
from semverdiff.api.members import record_members
from semverdiff.api.surface import Type
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api.surface import Surface

__all__ = [
    "ANYDATA",
    "JSON",
    "READONLY",
    "Current",
    "Form",
    "Shape",
    "array_length",
    "as_record",
    "declares_fields",
    "is_closed",
    "is_declared",
    "list_members",
    "meaning",
    "shape",
    "structure",
    "union_members",
    "written_members",
]

Current = Callable[[Type], Type]
"""Returns a name that counts as equal on both sides as the new side means it, and any other type as it is."""

Form = Literal["list", "map", "record", "object", "table", "other"]

# Builtin types that clients assign data to as a whole: the kinds of data that a type may lie within.
JSON: Final = "json"
ANYDATA: Final = "anydata"
READONLY: Final = "readonly"

_READONLY = nodes.BuiltinType(READONLY)
_MOST_CLOSED_PARTS: Final = 64
_CLOSED_LEAVES: Final = frozenset({nodes.BuiltinType, nodes.NilType})


# Unions


def written_members(type_: Type) -> Iterator[Type]:
    """Yield the members of a union as it is written; `T?` has two."""
    waiting = [type_.descriptor]
    while waiting:
        written = waiting.pop()
        if type(written) in nodes.LEAVES:
            yield type_.with_descriptor(written)
            continue
        match written:
            case nodes.UnionType(members=members):
                waiting.extend(reversed(members))
            case nodes.OptionalType(member=member):
                waiting += (nodes.NIL, member)
            case descriptor:
                yield type_.with_descriptor(descriptor)


def union_members(type_: Type, current: Current | None = None) -> list[Type]:
    """Return the members of a union and of the unions and aliases that it names.

    Records, objects, classes and distinct types stay names. With `current`, public names of both sides are
    followed as the new side means them.
    """
    members: list[Type] = []
    waiting = deque([type_])
    followed: set[tuple[int, str, nodes.Reference]] = set()
    while waiting:
        for written in written_members(waiting.popleft()):
            member = written if current is None else current(written)
            reference = member.descriptor
            if not isinstance(reference, nodes.Reference):
                members.append(member)
                continue
            name = (id(member.surface), member.module, reference)
            if name in followed:
                members.append(member)
                continue
            inner = meaning(member, reference)
            if inner is None:
                members.append(member)
            else:
                followed.add(name)
                waiting.extend(inner)
    return members


# Names


def meaning(type_: Type, reference: nodes.Reference) -> list[Type] | None:
    """Return what a name stands for, if that is an alias, a union or values; else `None`.

    Records, objects, classes and distinct types stay names: the pair of names is what recursion is
    recognised by.
    """
    target = type_.surface.resolve(reference, type_.module)
    if target is None:
        return _enum_member(type_, reference)
    match target.declaration:
        case nodes.TypeDefinition(type=descriptor) if not isinstance(
            descriptor, nodes.RecordType | nodes.ObjectType | nodes.DistinctType
        ):
            return [target.type_of(descriptor)]
        case nodes.Enum(members=members):
            values = (enum_member_value(member, target.module, target.surface) for member in members)
            return [_singleton(type_, value) for value in values]
        case nodes.Constant() as constant:
            return [_singleton(type_, constant_value(constant, target.module, target.surface))]
    return None


def is_declared(surface: Surface, owner: str, name: str) -> bool:
    """Return whether a module declares a name, be it as a member of an enum."""
    return surface.locate(owner, name) is not None or surface.enum_of_member(owner, name) is not None


def structure(type_: Type) -> Type | None:
    """Return the structure that a name stands for; `None` for a name that leads nowhere."""
    if not isinstance(type_.descriptor, nodes.Reference):
        return type_
    target = type_.target()
    match target.declaration if target is not None else None:
        case nodes.Class(type=descriptor) | nodes.TypeDefinition(type=descriptor) if target is not None:
            return target.type_of(descriptor)
    return None


def _enum_member(type_: Type, reference: nodes.Reference) -> list[Type] | None:
    home = type_.surface.home(reference, type_.module)
    if home is None:
        return None
    surface, owner = home
    found = surface.enum_member(owner, reference.name)
    return None if found is None else [_singleton(type_, enum_member_value(found[1], owner, surface))]


def _singleton(type_: Type, value: tuple[str, object]) -> Type:
    kind, content = value
    match kind:
        case "boolean":
            text = str(content).lower()
        case "decimal":
            text = f"{content}d"
        case "string":
            text = quoted(str(content))
        case _:
            text = str(content)
    return type_.with_descriptor(nodes.SingletonType(text))


def is_closed(type_: Type) -> bool:
    """Return whether a type is made of some builtin types alone: no name decides what it is.

    Such types are compared, and looked up, as they are written, which walks into them with the interpreter's
    stack. One of more parts is not worth it, and may nest as deeply as its author likes.
    """
    descriptor = type_.descriptor
    if type(descriptor) in nodes.LEAVES:  # as most are
        return type(descriptor) in _CLOSED_LEAVES
    return _is_row_of_keywords(descriptor) or _has_closed_parts(descriptor)


def _is_row_of_keywords(descriptor: nodes.TypeDescriptor) -> bool:
    """Return whether a type is an array or union of keywords, as most are that have parts."""
    if type(descriptor) is nodes.ArrayType:
        return descriptor.length is None and type(descriptor.member) in _CLOSED_LEAVES
    return (
        type(descriptor) is nodes.UnionType
        and len(descriptor.members) < _MOST_CLOSED_PARTS
        and _CLOSED_LEAVES.issuperset(map(type, descriptor.members))
    )


def _has_closed_parts(descriptor: nodes.TypeDescriptor) -> bool:
    waiting: list[nodes.TypeDescriptor] = [descriptor]
    parts = 0
    while waiting:
        parts += 1
        if parts > _MOST_CLOSED_PARTS:
            return False
        part = waiting.pop()
        if type(part) in nodes.LEAVES:
            if type(part) not in _CLOSED_LEAVES:
                return False
            continue
        match part:
            case nodes.OptionalType(member=member) | nodes.ArrayType(member=member, length=None):
                waiting.append(member)
            case nodes.ParameterizedType(parameter=parameter):
                waiting.append(parameter)
            case nodes.StreamType(value=value, completion=completion):
                waiting += (value, completion)
            case nodes.TableType(row=row, key_type=None):
                waiting.append(row)
            case nodes.UnionType(members=members):
                waiting += members
            case _:
                return False
    return True


# Lists and mappings in one form each, however they are written


def as_record(descriptor: nodes.TypeDescriptor) -> nodes.RecordType:
    """Return a map as the record that it is: one without fields of its own."""
    match descriptor:
        case nodes.RecordType():
            return descriptor
        case nodes.ParameterizedType(name="map", parameter=parameter):
            return nodes.RecordType((), (), closed=True, rest=parameter)
    raise TypeError(f"neither record nor map: {type(descriptor).__name__}")


def list_members(type_: Type) -> tuple[tuple[nodes.TypeDescriptor, ...], nodes.TypeDescriptor | None] | None:
    """Return the members and rest of a list type; `None` for an array too long to write out."""
    match type_.descriptor:
        case nodes.TupleType(members=members, rest=rest):
            return members, rest
        case nodes.ArrayType(member=member, length=None):
            return (), member
        case nodes.ArrayType(member=member) as array:
            count = array_length(type_, array)
            if isinstance(count, int) and count <= limits.EXPANDED_ROW_MEMBERS:
                return (member,) * count, None
    return None


def array_length(type_: Type, array: nodes.ArrayType) -> object:
    """Return the length of an array: a number where it is known, else what is written."""
    match array.length:
        case None | "*":
            return array.length
        case nodes.Reference() as reference:
            target = type_.surface.resolve(reference, type_.module)
            if target is not None and isinstance(target.declaration, nodes.Constant):
                return constant_value(target.declaration, target.module, target.surface)[1]
            return reference.module, reference.name
        case text:
            value = literal_value(text)
            return value[1] if value is not None else text


# Structures


class Shape(msgspec.Struct, frozen=True):
    """The structure that a member of a union is, behind names, `distinct` and `readonly &`.

    `is_class` says that `new` makes its values. The form of what clients neither construct nor write to is
    `other`.
    """

    form: Form
    type: Type
    readonly: bool = False
    is_class: bool = False


def shape(member: Type) -> Shape:
    """Return the shape of a member of a union."""
    type_, readonly, is_class = member, False, False
    followed: set[tuple[int, str, nodes.Reference]] = set()
    while True:
        match type_.descriptor:
            case nodes.IntersectionType(members=members) if _READONLY in members:
                readonly = True
                others = [member for member in members if member != _READONLY]
                if len(others) != 1:
                    return Shape("other", type_, readonly)
                type_ = type_.with_descriptor(others[0])
            case nodes.DistinctType(member=inner):
                type_ = type_.with_descriptor(inner)
            case nodes.Reference() as reference:
                target, inner_type = type_.target(), structure(type_)
                name = (id(type_.surface), type_.module, reference)
                if target is None or inner_type is None or name in followed:
                    return Shape("other", type_, readonly)
                followed.add(name)
                if isinstance(target.declaration, nodes.Class):
                    is_class = True
                    readonly = readonly or "readonly" in target.declaration.qualifiers
                type_ = inner_type
            case descriptor:
                return Shape(_form(descriptor), type_, readonly, is_class)


def declares_fields(member: Type) -> bool | None:
    """Return whether a mapping declares fields of its own; None for a type of another form."""
    found = shape(member)
    match found.form:
        case "map":
            return False
        case "record":
            return bool(record_members(found.type).fields)
    return None


def _form(descriptor: nodes.TypeDescriptor) -> Form:
    if type(descriptor) in nodes.LEAVES:
        return "other"
    match descriptor:
        case nodes.ArrayType() | nodes.TupleType():
            return "list"
        case nodes.ParameterizedType(name="map"):
            return "map"
        case nodes.RecordType():
            return "record"
        case nodes.ObjectType():
            return "object"
        case nodes.TableType():
            return "table"
        case (
            nodes.BuiltinType()
            | nodes.NilType()
            | nodes.SingletonType()
            | nodes.Reference()
            | nodes.OptionalType()
            | nodes.UnionType()
            | nodes.IntersectionType()
            | nodes.DistinctType()
            | nodes.ParameterizedType()
            | nodes.StreamType()
            | nodes.FunctionType()
        ):
            return "other"
