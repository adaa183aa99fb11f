"""What do names lead to? Aliases and `readonly &` followed to records, object types and errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    from collections.abc import Iterable

    from semverdiff.api.surface import Target, Type
    from semverdiff.syntax.nodes import Declaration, TypeDescriptor

__all__ = [
    "RecordShape",
    "declared_object_type",
    "is_error",
    "object_type_of",
    "record_shape",
    "written_object_type",
]

_READONLY = BuiltinType("readonly")


class RecordShape(msgspec.Struct, frozen=True):
    """A record type as a definition or a reference leads to it, seen through `readonly &`.

    `record` is the descriptor of `type`.
    """

    record: RecordType
    type: Type
    readonly: bool


def record_shape(type_: Type) -> RecordShape | None:
    """Follow aliases and `readonly &` to a record type; return `None` if it is another kind of type."""
    readonly = False
    followed: set[tuple[str, str]] = set()
    while True:
        match type_.descriptor:
            case RecordType() as record:
                return RecordShape(record, type_, readonly)
            case IntersectionType(members=members):
                member = _made_readonly(members)
                if member is None:
                    return None
                readonly, type_ = True, type_.with_descriptor(member)
            case Reference():
                target = type_.target()
                if target is None or not isinstance(target.declaration, TypeDefinition):
                    return None
                if (target.module, target.key) in followed:
                    return None
                followed.add((target.module, target.key))
                type_ = target.type_of(target.declaration.type)
            case _:
                return None


def object_type_of(type_: Type) -> Target | None:
    """Follow aliases to the declaration of an object type or class; return `None` for anything else."""
    followed: set[tuple[str, str]] = set()
    while (target := type_.target()) is not None:
        if (target.module, target.key) in followed:
            return None
        followed.add((target.module, target.key))
        if declared_object_type(target.declaration) is not None:
            return target
        if not isinstance(target.declaration, TypeDefinition):
            return None
        type_ = target.type_of(target.declaration.type)
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
    written: TypeDescriptor | None = descriptor
    while True:
        match written:
            case ObjectType():
                return written
            case DistinctType(member=member):
                written = member
            case IntersectionType(members=members):
                written = _made_readonly(members)
            case _:
                return None


def _made_readonly(members: tuple[TypeDescriptor, ...]) -> TypeDescriptor | None:
    """Return T of the intersection `readonly & T`; `None` if the intersection is another one."""
    others = [member for member in members if member != _READONLY]
    return others[0] if len(others) == 1 else None


def is_error(type_: Type) -> bool:
    """Return whether a type holds errors only, as far as names of this package lead."""
    match type_.descriptor:
        case DistinctType() | UnionType() | IntersectionType() | Reference():
            return _Errors().holds(type_)
    return _is_written_error(type_.descriptor)


def _is_written_error(descriptor: TypeDescriptor) -> bool:
    return isinstance(descriptor, BuiltinType | ParameterizedType) and descriptor.name == "error"


class _Node:
    """A type of a graph, and how many of its operands have still to be errors before it is one."""

    def __init__(self, type_: Type) -> None:
        self.type = type_
        self.missing = 1
        self.dependents: list[_Node] = []


class _Errors:
    """Which types of a graph are errors: an operand of an intersection suffices, a union needs all of its.

    Truth spreads from the written error types to what is built of them, so that a circle of names, which
    rests on nothing, is no error.
    """

    def __init__(self) -> None:
        self._named: dict[tuple[str, str], _Node] = {}
        self._waiting: list[_Node] = []
        self._true: list[_Node] = []

    def holds(self, type_: Type) -> bool:
        """Return whether a type is an error type."""
        root = self._node(type_)
        while self._waiting:
            self._link(self._waiting.pop())
        while self._true:
            for dependent in self._true.pop().dependents:
                dependent.missing -= 1
                if dependent.missing == 0:
                    self._true.append(dependent)
        return root.missing <= 0

    def _node(self, type_: Type) -> _Node:
        node = _Node(type_)
        self._waiting.append(node)
        return node

    def _link(self, node: _Node) -> None:
        """Enter the operands of a node, and what is an error by itself."""
        match node.type.descriptor:
            case DistinctType(member=member):
                self._depend(node, (member,))
            case UnionType(members=members):
                node.missing = len(members)
                self._depend(node, members)
            case IntersectionType(members=members):
                self._depend(node, members)
            case Reference():
                target = node.type.target()
                if target is None or not isinstance(target.declaration, TypeDefinition):
                    return
                key = (target.module, target.key)
                if key not in self._named:
                    self._named[key] = self._node(target.type_of(target.declaration.type))
                self._named[key].dependents.append(node)
            case descriptor if _is_written_error(descriptor):
                node.missing = 0
                self._true.append(node)

    def _depend(self, node: _Node, operands: Iterable[TypeDescriptor]) -> None:
        for operand in operands:
            self._node(node.type.with_descriptor(operand)).dependents.append(node)
