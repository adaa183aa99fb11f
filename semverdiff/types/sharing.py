"""May an isolated function read a final variable of this type?"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from semverdiff.api.members import object_members, record_members
from semverdiff.syntax import nodes
from semverdiff.types.data_kinds import kinds_in_library
from semverdiff.types.forms import READONLY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from semverdiff.api.surface import Type

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
_READONLY = nodes.BuiltinType("readonly")


class _Node:
    """A type, and how many of its operands have to be mutable before it is: one of a union, all of others.

    `answer` is that of a type that needs no operands; `None` is not known.
    """

    def __init__(self, type_: Type) -> None:
        self.type = type_
        self.answer: bool | None = True
        self.mutable_operands = 1
        self.dependents: list[_Node] = []


def shared_safely(type_: Type) -> bool | None:
    """Return whether a type lies within `readonly|isolated object {}`; `None` if a package was not read.

    SPEC, Isolated functions: a final variable of such a type may be read. Mutability spreads from what is
    written to what is built of it, so that a name which leads back to itself adds nothing to the answer.
    """
    graph = _Graph()
    root = graph.node(type_)
    graph.link()
    if root in graph.spread(lambda answer: answer is False):
        return False
    return None if root in graph.spread(lambda answer: answer is not True) else True


class _Graph:
    """The types that a type is built of, each name once."""

    def __init__(self) -> None:
        self._nodes: list[_Node] = []
        self._named: dict[tuple[int, str, str], _Node] = {}
        self._waiting: list[_Node] = []

    def node(self, type_: Type) -> _Node:
        """Return a new node, which is not linked yet."""
        node = _Node(type_)
        self._nodes.append(node)
        self._waiting.append(node)
        return node

    def link(self) -> None:
        """Answer or link every node."""
        while self._waiting:
            self._answer(self._waiting.pop())

    def spread(self, is_mutable: Callable[[bool | None], bool]) -> set[_Node]:
        """Return the nodes that are mutable if those with such an answer are."""
        missing = {node: node.mutable_operands for node in self._nodes}
        mutable = [node for node in self._nodes if is_mutable(node.answer)]
        found = set(mutable)
        while mutable:
            for dependent in mutable.pop().dependents:
                missing[dependent] -= 1
                if missing[dependent] == 0 and dependent not in found:
                    found.add(dependent)
                    mutable.append(dependent)
        return found

    def _answer(self, node: _Node) -> None:
        match node.type.descriptor:
            case nodes.NilType() | nodes.SingletonType() | nodes.FunctionType():
                node.answer = True
            case nodes.BuiltinType(name=name):
                node.answer = name in _IMMUTABLE
            # SPEC, XML: a sequence has no identity of its own, its items may have.
            case (
                nodes.DistinctType(member=member)
                | nodes.OptionalType(member=member)
                | nodes.ParameterizedType(name="xml", parameter=member)
            ):
                self._depend(node, (member,))
            case nodes.ParameterizedType(name=name):
                node.answer = name in _IMMUTABLE_PARAMETERIZED
            case nodes.UnionType(members=members):
                self._depend(node, members)
            case nodes.IntersectionType(members=members) if _READONLY not in members:
                node.mutable_operands = len(members)
                self._depend(node, members)
            case nodes.IntersectionType():
                node.answer = True
            case nodes.RecordType():
                node.answer = _record(node.type)
            case nodes.ObjectType():
                node.answer = "isolated" in object_members(node.type).qualifiers
            case nodes.Reference() as reference:
                self._follow(node, reference)
            case nodes.ArrayType() | nodes.TupleType() | nodes.TableType() | nodes.StreamType():
                node.answer = False
            case _:
                assert_never(node.type.descriptor)

    def _depend(self, node: _Node, operands: Iterable[nodes.TypeDescriptor]) -> None:
        for operand in operands:
            self.node(node.type.with_descriptor(operand)).dependents.append(node)

    def _follow(self, node: _Node, reference: nodes.Reference) -> None:
        kinds = kinds_in_library(node.type, reference)
        if kinds is not None:
            node.answer = READONLY in kinds
            return
        home, target = node.type.surface.home(reference, node.type.module), node.type.target()
        match target.declaration if target is not None else None:
            case nodes.TypeDefinition(type=descriptor) if target is not None:
                name = (id(target.surface), target.module, target.key)
                if name not in self._named:
                    self._named[name] = self.node(target.type_of(descriptor))
                self._named[name].dependents.append(node)
            case nodes.Class(qualifiers=qualifiers, type=written):
                node.answer = "readonly" in qualifiers or "isolated" in written.qualifiers
            case nodes.Enum() | nodes.Constant():
                node.answer = True
            case _:
                # A member of an enum, or a name that nobody declares.
                is_member = home is not None and home[0].enum_of_member(home[1], reference.name) is not None
                node.answer = True if is_member else None


def _record(type_: Type) -> bool | None:
    """Return whether a record is readonly; SPEC, Record types: if it has readonly fields and no others."""
    members = record_members(type_)
    if members.rest is not None or not all(one.declared.readonly for one in members.fields.values()):
        return False
    return None if members.opaque else True
