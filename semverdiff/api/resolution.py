"""What do names lead to? Aliases and `readonly &` followed to records, object types and errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from semverdiff.api.surface import TYPE_KINDS
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.api.surface import Surface, Target, Type

__all__ = [
    "RecordShape",
    "aliased",
    "declared_object_type",
    "definition_of",
    "is_error",
    "object_type_of",
    "record_shape",
    "written_object_type",
]

_Found = TypeVar("_Found")
_READONLY = nodes.BuiltinType("readonly")
# What other types decide of, and what is named by a keyword.
_OF_OTHER_TYPES = frozenset({nodes.DistinctType, nodes.UnionType, nodes.IntersectionType, nodes.Reference})
_OF_A_KEYWORD = (nodes.BuiltinType, nodes.ParameterizedType)


class RecordShape(msgspec.Struct, frozen=True):
    """A record type as a definition or a reference leads to it, seen through `readonly &`.

    `record` is the descriptor of `type`.
    """

    record: nodes.RecordType
    type: Type
    readonly: bool


def aliased(surface: Surface, name: tuple[str, str]) -> tuple[str, str] | None:
    """Return the type of this package that a name is an alias of, by module and name; else `None`.

    Constants and the members of enums are values: `type Red RED;` is a type of its own.
    """
    declaration = surface.declaration(*name)
    if type(declaration) is not nodes.TypeDefinition or type(declaration.type) is not nodes.Reference:
        return None
    owner = surface.owner(declaration.type, name[0])
    located = surface.locate(owner, declaration.type.name) if owner is not None else None
    if owner is None or located is None or located.item.kind not in TYPE_KINDS:
        return None
    return owner, declaration.type.name


def definition_of(surface: Surface, name: tuple[str, str]) -> tuple[str, str]:
    """Return the name whose declaration says what a type is, at the end of aliases; else the name itself."""
    known = surface.memory.definitions
    passed: list[tuple[str, str]] = []
    while name not in known:
        known[name] = name  # also while it is followed, should it be an alias of itself
        passed.append(name)
        following = aliased(surface, name)
        if following is None:
            break
        name = following
    end = known[name]
    known |= dict.fromkeys(passed, end)
    return end


def record_shape(type_: Type) -> RecordShape | None:
    """Follow aliases and `readonly &` to a record type; return `None` if it is another kind of type."""
    if type(type_.descriptor) is nodes.RecordType:
        return RecordShape(type_.descriptor, type_, readonly=False)
    passed: list[Target] = []
    frozen = 0  # the first so many names of `passed` lead through `readonly &`
    readonly = False
    found: tuple[Type, bool] | None = None
    while True:
        match type_.descriptor:
            case nodes.Reference():
                target = type_.target()
                if target is None or not isinstance(target.declaration, nodes.TypeDefinition):
                    break
                known = target.surface.memory.records
                if not _follows(target, known, passed):
                    found = known[target.module, target.key]
                    break
                type_ = target.type_of(target.declaration.type)
            case nodes.RecordType():
                found = (type_, False)
                break
            case nodes.IntersectionType(members=members):
                member = _made_readonly(members)
                if member is None:
                    break
                readonly, frozen, type_ = True, len(passed), type_.with_descriptor(member)
            case _:
                break
    if found is None:
        return None
    record, is_readonly = found
    for index, one in enumerate(passed):
        one.surface.memory.records[one.module, one.key] = (record, is_readonly or index < frozen)
    return _shape(record, readonly=readonly or is_readonly)


def _follows(target: Target, known: dict[tuple[str, str], _Found | None], passed: list[Target]) -> bool:
    """Return whether a name is followed now: not if its end is known, or if it is an alias of itself."""
    name = (target.module, target.key)
    if name in known:
        return False
    known[name] = None
    passed.append(target)
    return True


def _shape(type_: Type, *, readonly: bool) -> RecordShape | None:
    record = type_.descriptor
    return RecordShape(record, type_, readonly) if isinstance(record, nodes.RecordType) else None


def object_type_of(type_: Type) -> Target | None:
    """Follow aliases to the declaration of an object type or class; return `None` for anything else."""
    passed: list[Target] = []
    found: Target | None = None
    while (target := type_.target()) is not None:
        known = target.surface.memory.objects
        if not _follows(target, known, passed):
            found = known[target.module, target.key]
            break
        if declared_object_type(target.declaration) is not None:
            found = target
            break
        if not isinstance(target.declaration, nodes.TypeDefinition):
            break
        type_ = target.type_of(target.declaration.type)
    if found is not None:
        for one in passed:
            one.surface.memory.objects[one.module, one.key] = found
    return found


def declared_object_type(declaration: nodes.Declaration) -> nodes.ObjectType | None:
    """Return the object type that a class or type definition writes down, if it does."""
    match declaration:
        case nodes.Class(type=type_):
            return type_
        case nodes.TypeDefinition(type=type_):
            return written_object_type(type_)
    return None


def written_object_type(descriptor: nodes.TypeDescriptor) -> nodes.ObjectType | None:
    """Return the object type that a descriptor writes down, `distinct` or `readonly` or not."""
    written: nodes.TypeDescriptor | None = descriptor
    while type(written) not in nodes.LEAVES:
        match written:
            case nodes.ObjectType():
                return written
            case nodes.DistinctType(member=member):
                written = member
            case nodes.IntersectionType(members=members):
                written = _made_readonly(members)
            case _:
                return None
    return None


def _made_readonly(members: tuple[nodes.TypeDescriptor, ...]) -> nodes.TypeDescriptor | None:
    """Return T of the intersection `readonly & T`; `None` if the intersection is another one."""
    others = [member for member in members if member != _READONLY]
    return others[0] if len(others) == 1 else None


def is_error(type_: Type) -> bool:
    """Return whether a type holds errors only, as far as names lead."""
    if type(type_.descriptor) in _OF_OTHER_TYPES:
        return _Errors().holds(type_)
    return _is_written_error(type_.descriptor)


def _is_written_error(descriptor: nodes.TypeDescriptor) -> bool:
    return isinstance(descriptor, _OF_A_KEYWORD) and descriptor.name == "error"


class _Node:
    """A type of a graph, and how many of its operands have still to be errors before it is one."""

    def __init__(self, type_: Type) -> None:
        self.type = type_
        self.missing = 1
        self.dependents: list[_Node] = []


class _Named(msgspec.Struct, frozen=True, gc=False):
    """The node of what a name stands for."""

    target: Target
    node: _Node


class _Errors:
    """Which types of a graph are errors: an operand of an intersection suffices, a union needs all of its.

    Truth spreads from the written error types to what is built of them, so that a circle of names, which
    rests on nothing, is no error.
    """

    def __init__(self) -> None:
        self._named: dict[tuple[int, str, str], _Named] = {}
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
        # All that is met is followed to its end, so that what is not true by now never is.
        for one in self._named.values():
            target = one.target
            target.surface.memory.errors[target.module, target.key] = one.node.missing <= 0
        return root.missing <= 0

    def _node(self, type_: Type) -> _Node:
        node = _Node(type_)
        self._waiting.append(node)
        return node

    def _link(self, node: _Node) -> None:
        """Enter the operands of a node, and what is an error by itself."""
        match node.type.descriptor:
            case nodes.DistinctType(member=member):
                self._depend(node, (member,))
            case nodes.UnionType(members=members):
                node.missing = len(members)
                self._depend(node, members)
            case nodes.IntersectionType(members=members):
                self._depend(node, members)
            case nodes.Reference():
                target = node.type.target()
                if target is None or not isinstance(target.declaration, nodes.TypeDefinition):
                    return
                is_known = target.surface.memory.errors.get((target.module, target.key))
                if is_known is not None:
                    if is_known:
                        node.missing = 0
                        self._true.append(node)
                    return
                key = (id(target.surface), target.module, target.key)
                if key not in self._named:
                    inner = self._node(target.type_of(target.declaration.type))
                    self._named[key] = _Named(target, inner)
                self._named[key].node.dependents.append(node)
            case descriptor if _is_written_error(descriptor):
                node.missing = 0
                self._true.append(node)

    def _depend(self, node: _Node, operands: Iterable[nodes.TypeDescriptor]) -> None:
        for operand in operands:
            self._node(node.type.with_descriptor(operand)).dependents.append(node)
