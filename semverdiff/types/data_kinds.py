"""Which kinds of data a type lies within: `json`, `anydata`, and `readonly`.

Clients assign values to these builtin types (`json j = order;`), and stop compiling when a field is added
that is not of the kind. The answer needs no subtype engine: it follows from the parts of the type.
"""

from __future__ import annotations

from collections import deque
from functools import cache, partial, reduce
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.api.members import field_type, record_members
from semverdiff.api.surface import Type
from semverdiff.syntax import nodes
from semverdiff.types.forms import ANYDATA, JSON, READONLY, is_declared
from semverdiff.types.walk import TypeNumbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["DataKinds", "kinds_in_library"]

Kinds = frozenset[str]


class _Bounds(msgspec.Struct, frozen=True):
    """The kinds that a type is known to lie within, and those that it may lie within."""

    known: Kinds
    possible: Kinds


_NO_KIND: Final[Kinds] = frozenset()
_ALL_KINDS: Final = frozenset({JSON, ANYDATA, READONLY})
_ONLY_READONLY: Final = frozenset({READONLY})
_ALL: Final = _Bounds(_ALL_KINDS, _ALL_KINDS)
_UNKNOWN: Final = _Bounds(_NO_KIND, _ALL_KINDS)

_BUILTIN: Final[Mapping[str, Kinds]] = {
    **dict.fromkeys(("boolean", "byte", "decimal", "float", "int", "never", "string"), _ALL_KINDS),
    **dict.fromkeys(("error", "function", "handle", "readonly", "typedesc"), _ONLY_READONLY),
    "json": frozenset({JSON, ANYDATA}),
    "anydata": frozenset({ANYDATA}),
    "xml": frozenset({ANYDATA}),
}
_OF_ALL_KINDS: Final = (nodes.NilType, nodes.SingletonType)
_XML: Final = frozenset({ANYDATA})
_FIXED_DATA: Final = frozenset({ANYDATA, READONLY})


def kinds_in_library(type_: Type, reference: nodes.Reference) -> Kinds | None:
    """Return the kinds of a subtype of a basic type that the language library has; `None` for other names.

    `type_` is where the name is written: it may be one of that package itself.
    """
    if type_.surface.owner(reference, type_.module) is not None:
        return None
    match reference.module, reference.name:
        case (("ballerina/lang.string" | "ballerina/lang.regexp"), "RegExp"):
            return _FIXED_DATA
        case (("ballerina/lang.int" | "ballerina/lang.string"), _):
            return _ALL_KINDS
        # SPEC, XML: text has no identity, and so it is immutable.
        case "ballerina/lang.xml", "Text":
            return _FIXED_DATA
        case "ballerina/lang.xml", _:
            return _XML
    return None


@cache  # of three kinds there are few bounds, and of types many
def _bounds(known: Kinds, possible: Kinds) -> _Bounds:
    return _Bounds(known, possible)


class _Node:
    """A type of the graph: how its kinds follow from those of its parts, and what they are by now."""

    __slots__ = ("bounds", "combine", "dependents", "parts")

    def __init__(self, combine: Callable[[list[_Bounds]], _Bounds], parts: list[_Node]) -> None:
        self.combine = combine
        self.parts = parts
        self.dependents: list[_Node] = []
        self.bounds = _ALL


class DataKinds:
    """The kinds of data that types lie within; each type that others decide about is looked into once.

    Types are a graph, which may have circles. Every type begins with all kinds and loses those that one of
    its parts excludes, until nothing changes: a type that only leads back to itself adds nothing.
    """

    def __init__(self, numbers: TypeNumbers | None = None) -> None:
        self._numbers = numbers or TypeNumbers()
        self._nodes: dict[int, _Node] = {}

    def of(self, type_: Type) -> Kinds | None:
        """Return the kinds of data that a type lies within; `None` if that is not known."""
        if type(type_.descriptor) is nodes.RecordType:
            combine, parts = _record(type_)
            if not parts:
                return _kinds(combine([]))  # as of most records: no other type decides
        number = self._numbers.of(type_)
        if number not in self._nodes:
            reached = self._reached(number)
            if reached:
                _settle(reached)
        return _kinds(self._nodes[number].bounds)

    def lost(self, old: Type, new: Type) -> Kinds:
        """Return the kinds of data that the old type surely lies within, and the new one surely does not."""
        after = self.of(new)
        # Most are open records, of anydata at most: what lies within that still has lost nothing.
        if after is None or _at_most(old) <= after:
            return _NO_KIND
        return (self.of(old) or _NO_KIND) - after

    def _reached(self, number: int) -> list[_Node]:
        """Return the nodes of the types that a type leads to and that were not met before."""
        reached: list[_Node] = []
        waiting = [self._node(number, reached)]
        while waiting:
            node, parts = waiting.pop()
            # Most fields are of the same few types.
            for inner in dict.fromkeys(map(self._numbers.of, parts)):
                if inner not in self._nodes:
                    waiting.append(self._node(inner, reached))
                node.parts.append(self._nodes[inner])
                self._nodes[inner].dependents.append(node)
        return reached

    def _node(self, number: int, reached: list[_Node]) -> tuple[_Node, list[Type]]:
        combine, parts = _composition(self._numbers.type(number))
        node = self._nodes[number] = _Node(combine, [])
        if parts:
            reached.append(node)
        else:
            node.bounds = combine([])  # nothing will change it
        return node, parts


def _at_most(type_: Type) -> Kinds:
    """Return kinds of data beyond which a type lies within none, by its further fields alone."""
    rest = record_members(type_).rest if isinstance(type_.descriptor, nodes.RecordType) else None
    kinds = None if rest is None else _fixed_kinds(rest.descriptor)
    return _ALL_KINDS if kinds is None else kinds


def _kinds(bounds: _Bounds) -> Kinds | None:
    return bounds.known if bounds.known == bounds.possible else None


def _settle(reached: list[_Node]) -> None:
    """Take away the kinds that parts exclude; parts were reached last, so they come first."""
    waiting = deque(reversed(reached))
    queued = set(map(id, reached))
    while waiting:
        node = waiting.popleft()
        queued.discard(id(node))
        bounds = node.combine([part.bounds for part in node.parts])
        if bounds != node.bounds:
            node.bounds = bounds
            for dependent in node.dependents:
                if id(dependent) not in queued:
                    queued.add(id(dependent))
                    waiting.append(dependent)


_Composition = tuple["Callable[[list[_Bounds]], _Bounds]", "list[Type]"]
"""How the kinds of a type follow from those of its parts, and the parts."""


def _composition(type_: Type) -> _Composition:  # noqa: C901 (one case a form)
    def of(
        combine: Callable[[list[_Bounds]], _Bounds], descriptors: Iterable[nodes.TypeDescriptor]
    ) -> _Composition:
        return combine, [type_.with_descriptor(descriptor) for descriptor in descriptors]

    match type_.descriptor:
        # Most that are looked into are records and names.
        case nodes.RecordType():
            return _record(type_)
        case nodes.Reference() as reference:
            return _named(type_, reference)
        case nodes.NilType() | nodes.SingletonType() | nodes.BuiltinType() as leaf:
            return _fixed(_fixed_kinds(leaf) or _NO_KIND)
        case nodes.FunctionType() | nodes.ParameterizedType(name="error" | "typedesc"):
            return _fixed(_ONLY_READONLY)
        case nodes.OptionalType(member=member) | nodes.DistinctType(member=member):
            return of(_common, [member])
        case nodes.UnionType(members=members):
            return of(_common, members)
        case nodes.IntersectionType(members=members):
            return of(_any, members)
        case nodes.ArrayType(member=member) | nodes.ParameterizedType(name="map", parameter=member):
            return of(_mutable, [member])
        case nodes.TupleType(members=members, rest=rest):
            return of(_mutable, members if rest is None else (*members, rest))
        case nodes.TableType(row=row):
            return of(_table, [row])
        case nodes.ParameterizedType(name="xml", parameter=item):
            return of(_xml, [item])
        case nodes.ObjectType() | nodes.StreamType() | nodes.ParameterizedType():
            return _fixed(_NO_KIND)


def _record(type_: Type) -> _Composition:
    members = record_members(type_)
    if members.opaque:
        return _unknown, []
    fields, rest = members.fields.values(), members.rest
    fixed, parts = _ALL_KINDS, list[Type]()
    for field in fields:
        kinds = _fixed_kinds(field.declared.type)
        if kinds is None:
            parts.append(field_type(field))
        elif not fixed <= kinds:
            fixed &= kinds
    if rest is not None:
        kinds = _fixed_kinds(rest.descriptor)
        if kinds is None:
            parts.append(rest)
        elif not fixed <= kinds:
            fixed &= kinds
    # SPEC, Record types: a record whose every field is readonly is readonly. One without fields is, too,
    # but means nothing by it.
    frozen = bool(fields) and rest is None and all(field.declared.readonly for field in fields)
    return partial(_immutable if frozen else _mutable, fixed=fixed), parts


def _fixed_kinds(descriptor: nodes.TypeDescriptor) -> Kinds | None:
    """Return the kinds of a type without parts, or of a list of such, as most fields are; else `None`."""
    if type(descriptor) is nodes.BuiltinType:
        return _BUILTIN.get(descriptor.name, _NO_KIND)
    if type(descriptor) is nodes.ArrayType and type(descriptor.member) is nodes.BuiltinType:
        return _BUILTIN.get(descriptor.member.name, _NO_KIND) - _ONLY_READONLY
    return _ALL_KINDS if type(descriptor) in _OF_ALL_KINDS else None


def _named(type_: Type, reference: nodes.Reference) -> _Composition:
    kinds = kinds_in_library(type_, reference)
    if kinds is not None:
        return _fixed(kinds)
    home, target = type_.surface.home(reference, type_.module), type_.target()
    match target.declaration if target is not None else None:
        case nodes.TypeDefinition(type=descriptor) if target is not None:
            return _common, [target.type_of(descriptor)]
        case nodes.Class(qualifiers=qualifiers):
            return _fixed(_ONLY_READONLY if "readonly" in qualifiers else _NO_KIND)
        case nodes.Enum() | nodes.Constant():
            return _fixed(_ALL_KINDS)
    # A member of an enum, or a name in error.
    is_member = home is not None and is_declared(*home, reference.name)
    return _fixed(_ALL_KINDS) if is_member else (_unknown, [])


def _fixed(kinds: Kinds) -> _Composition:
    bounds = _bounds(kinds, kinds)
    return lambda _: bounds, []


def _unknown(_: list[_Bounds]) -> _Bounds:
    return _UNKNOWN


def _common(parts: list[_Bounds], fixed: Kinds = _ALL_KINDS) -> _Bounds:
    """Return what all parts lie within, and others of which it is `fixed`."""
    known = possible = fixed
    for part in parts:
        known &= part.known
        possible &= part.possible
    return _bounds(known, possible)


def _any(parts: list[_Bounds]) -> _Bounds:
    """Return what one of the parts lies within: an intersection lies within it as well."""
    nothing = _bounds(_NO_KIND, _NO_KIND)
    return reduce(
        lambda one, two: _bounds(one.known | two.known, one.possible | two.possible), parts, nothing
    )


def _mutable(parts: list[_Bounds], fixed: Kinds = _ALL_KINDS) -> _Bounds:
    common = _common(parts, fixed)
    return _bounds(common.known - _ONLY_READONLY, common.possible - _ONLY_READONLY)


def _immutable(parts: list[_Bounds], fixed: Kinds) -> _Bounds:
    common = _common(parts, fixed)
    return _bounds(common.known | _ONLY_READONLY, common.possible | _ONLY_READONLY)


def _xml(parts: list[_Bounds]) -> _Bounds:
    """Return the kinds of a sequence: it has no identity, so that it is readonly if its items are."""
    common = _common(parts)
    return _bounds(common.known & _ONLY_READONLY | _XML, common.possible & _ONLY_READONLY | _XML)


def _table(parts: list[_Bounds]) -> _Bounds:
    common = _common(parts)
    return _bounds(common.known & {ANYDATA}, common.possible & {ANYDATA})
