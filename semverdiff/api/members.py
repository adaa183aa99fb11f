"""The members that a record or object type really has: inclusions expanded, each with its origin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar, cast

import msgspec

from semverdiff import limits
from semverdiff.api.resolution import declared_object_type, object_type_of, record_shape
from semverdiff.api.surface import Surface, Type
from semverdiff.syntax.nodes import BuiltinType, ObjectType, RecordType, Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from semverdiff.api.surface import Target
    from semverdiff.syntax.nodes import Method, ObjectField, RecordField, TypeDescriptor

__all__ = [
    "IncludingType",
    "Inclusion",
    "Member",
    "ObjectMembers",
    "Origin",
    "RecordMembers",
    "field_type",
    "included_object",
    "method_key",
    "object_members",
    "record_members",
    "resource_path",
]

Origin = tuple[str, str]
"""The module and the name of an included type; a module of another package has its organization in front."""

_ANYDATA = BuiltinType("anydata")
_NEVER = BuiltinType("never")

_Declared = TypeVar("_Declared")
_Declared_co = TypeVar("_Declared_co", covariant=True)
_Form = TypeVar("_Form", RecordType, ObjectType)
_Follow: TypeAlias = "Callable[[Type], tuple[Target, Type] | None]"


class _Own(Protocol[_Declared_co]):
    """A function from a type to the members that it declares itself, or hands on where it is included."""

    def __call__(self, type_: Type, *, is_included: bool) -> Mapping[str, _Declared_co]: ...


class Inclusion(msgspec.Struct, frozen=True, gc=False):
    """An included type, and the inclusion that led to it. Linked, because chains share their beginnings."""

    origin: Origin
    outer: Inclusion | None


class Member(msgspec.Struct, Generic[_Declared], frozen=True):
    """A field or method, the module and package that give its names a meaning, and what brings it."""

    declared: _Declared
    module: str
    surface: Surface
    inclusion: Inclusion | None = None

    @property
    def origin(self) -> Origin | None:
        """Return the type that declares the member, the last of its origins; None for an own member."""
        return None if self.inclusion is None else self.inclusion.origin

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Return the included types that bring the member, the outermost first; none for an own member."""
        inclusion, chain = self.inclusion, []
        while inclusion is not None:
            chain.append(inclusion.origin)
            inclusion = inclusion.outer
        return tuple(reversed(chain))

    def type_of(self, descriptor: TypeDescriptor) -> Type:
        """Return a type that is written in this member."""
        return Type(descriptor, self.module, self.surface)


class RecordMembers(msgspec.Struct, frozen=True):
    """All fields of a record type.

    `rest` is the type of further fields, `None` if there are none; an inclusive record has anydata.
    `included` are the types that are included, at whatever depth; `opaque` those among the inclusions
    that could not be read: of other packages, mostly.
    """

    fields: Mapping[str, Member[RecordField]]
    rest: Type | None
    included: frozenset[Origin]
    opaque: frozenset[Reference]


class ObjectMembers(msgspec.Struct, frozen=True):
    """All members of an object type or class; methods are keyed as clients tell them apart."""

    fields: Mapping[str, Member[ObjectField]]
    methods: Mapping[str, Member[Method]]
    qualifiers: frozenset[str]
    opaque: frozenset[Reference]


def field_type(field: Member[RecordField] | Member[ObjectField]) -> Type:
    """Return the type of a field."""
    return Type(field.declared.type, field.module, field.surface)


def _written(type_: Type, form: type[_Form], word: str) -> _Form:
    if not isinstance(type_.descriptor, form):
        raise TypeError(f"no {word} type: {type(type_.descriptor).__name__}")
    return type_.descriptor


def record_members(type_: Type) -> RecordMembers:
    """Return the fields of a record type with those of the types that it includes.

    Raises `TypeError` if the descriptor is no record type: `record_shape` follows names to one.
    """
    record = _written(type_, RecordType, "record")
    if not record.fields and not record.inclusions:
        # A map, as such made anew each time.
        return RecordMembers({}, _own_rest(type_), frozenset(), frozenset())
    memory = cast("dict[int, tuple[Type, RecordMembers]]", type_.surface.memory.members)
    known = memory.get(id(record))
    if known is not None and known[0].module == type_.module:
        return known[1]
    members = _record_members(type_, record)
    if not members.opaque:  # a package that is not there yet may be there later
        memory[id(record)] = type_, members
    return members


def _record_members(type_: Type, record: RecordType) -> RecordMembers:
    if not record.inclusions:
        fields = {field.name: Member(field, type_.module, type_.surface) for field in record.fields}
        return RecordMembers(fields, _own_rest(type_), frozenset(), frozenset())
    graph = _Graph(type_, _included_record)
    expansion = _expansion(graph)
    return RecordMembers(expansion.merged(_record_fields), _rest(graph), expansion.included, expansion.opaque)


def object_members(type_: Type) -> ObjectMembers:
    """Return the members of an object type or class with those of the types that it includes.

    Raises `TypeError` if the descriptor is no object type: `object_type_of` follows names to one.
    """
    written = _written(type_, ObjectType, "object")
    if not written.inclusions:
        module, surface = type_.module, type_.surface
        fields = {field.name: Member(field, module, surface) for field in written.fields}
        methods = {method_key(method): Member(method, module, surface) for method in written.methods}
        return ObjectMembers(fields, methods, written.qualifiers, frozenset())
    expansion = _expansion(_Graph(type_, included_object))
    return ObjectMembers(
        expansion.merged(_object_fields),
        expansion.merged(_object_methods),
        written.qualifiers.union(*(_qualifiers(layer.node.type) for layer in expansion.layers)),
        expansion.opaque,
    )


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


class IncludingType:
    """A type in the graph of inclusions; the `origin` of a type that nothing includes is `None`.

    What was found out about an included type serves every type that includes it.
    """

    __slots__ = ("_declared", "_inclusions", "origin", "type")

    def __init__(self, origin: Origin | None, type_: Type) -> None:
        self.origin = origin
        self.type = type_
        self._declared: dict[object, Mapping[str, object]] = {}
        self._inclusions: list[tuple[Reference, IncludingType]] | None = None

    def inclusions(self, follow: _Follow, opaque: set[Reference]) -> list[tuple[Reference, IncludingType]]:
        """Return what is included, in its order; enter in `opaque` what leads nowhere."""
        if self._inclusions is not None:
            return self._inclusions
        found: list[tuple[Reference, IncludingType]] = []
        written = _inclusions(self.type)
        for reference in written:
            included = _followed(self.type, reference, follow)
            if included is None:
                opaque.add(_qualified(reference, self.type))
            else:
                found.append((reference, included))
        if len(found) == len(written):  # a package that is not there yet may be there later
            self._inclusions = found
        return found

    def declared(self, own: _Own[_Declared]) -> Mapping[str, _Declared]:
        """Return the members that the type declares itself."""
        known = self._declared.get(own)
        if known is None:
            known = self._declared[own] = own(self.type, is_included=self.origin is not None)
        return cast("Mapping[str, _Declared]", known)


def _followed(type_: Type, reference: Reference, follow: _Follow) -> IncludingType | None:
    """Return the one node of an included type."""
    found = follow(type_.with_descriptor(reference))
    if found is None:
        return None
    target, included = found
    known = cast("dict[Origin, IncludingType]", target.surface.memory.included)
    key = (target.module, target.key)
    if key not in known or known[key].type.descriptor is not included.descriptor:
        known[key] = IncludingType(target.origin, included)
    return known[key]


class _Layer(msgspec.Struct, frozen=True):
    """A type whose members count, and the inclusions that led to it."""

    node: IncludingType
    inclusion: Inclusion | None


class _Expansion(msgspec.Struct, frozen=True):
    """A type and what it includes, each type once.

    `layers` holds the types whose members win first: the type itself, then its last inclusion. `order` holds
    them as members are listed: the first inclusion first, the type itself last.
    """

    layers: list[_Layer]
    order: list[IncludingType]
    included: frozenset[Origin]
    opaque: frozenset[Reference]

    def merged(self, own: _Own[_Declared]) -> dict[str, Member[_Declared]]:
        """Return the members of all types by key; `own` gives those that a type declares itself."""
        members: dict[str, Member[_Declared]] = {}
        declaring: dict[Origin | None, Mapping[str, _Declared]] = {}
        for layer in self.layers:
            node = layer.node
            declared = node.declared(own)
            if not declared:
                continue  # of a long chain most declare nothing
            declaring[node.origin] = declared
            for key, one in declared.items():
                if key not in members:
                    members[key] = Member(one, node.type.module, node.type.surface, layer.inclusion)
        rows = (declaring[node.origin] for node in self.order if node.origin in declaring)
        return {key: members[key] for row in rows for key in row}


class _Graph:
    """What a type includes, as deeply as is followed. What leads nowhere, or deeper, is `opaque`."""

    def __init__(self, type_: Type, follow: _Follow) -> None:
        self.root = IncludingType(None, type_)
        self.opaque: set[Reference] = set()
        self._follow = follow
        # In a chain of n types each expands all before it, which is a square of n for all of them.
        self._deepest: set[Origin | None] = set()
        self._look(limits.INCLUSION_LEVELS)

    def _look(self, levels: int) -> None:
        """Find what leads nowhere, and the types whose own inclusions lie too deep."""
        met: set[Origin | None] = {None}
        row = [self.root]
        for _ in range(levels):
            following: list[IncludingType] = []
            for node in row:
                for _, included in node.inclusions(self._follow, self.opaque):
                    if included.origin not in met:
                        met.add(included.origin)
                        following.append(included)
            row = following
            if not row:
                return
        for node in row:
            self._deepest.add(node.origin)
            self.opaque.update(_qualified(reference, node.type) for reference in _inclusions(node.type))

    def included(self, node: IncludingType) -> list[tuple[Reference, IncludingType]]:
        """Return what a type includes, as far as it is followed."""
        if node.origin in self._deepest:
            return []
        return node.inclusions(self._follow, self.opaque)


def _expansion(graph: _Graph) -> _Expansion:
    """Expand a type. One that includes itself is an error: the inclusion that closes the circle is opaque."""
    opaque = graph.opaque
    layers: list[_Layer] = []
    done: set[Origin | None] = set()
    around: set[Origin | None] = set()
    met_again = False
    waiting: list[_Layer | IncludingType] = [_Layer(graph.root, None)]
    while waiting:
        step = waiting.pop()
        if isinstance(step, IncludingType):  # all that it includes is done
            around.discard(step.origin)
            continue
        node = step.node
        if node.origin in done:
            met_again = True
            continue
        done.add(node.origin)
        around.add(node.origin)
        layers.append(step)
        waiting.append(node)
        for reference, included in graph.included(node):
            origin = included.origin
            if origin is None or origin in around:
                opaque.add(_qualified(reference, node.type))
            else:
                waiting.append(_Layer(included, Inclusion(origin, step.inclusion)))
    order = _declaration_order(graph) if met_again else [layer.node for layer in reversed(layers)]
    origins = frozenset(origin for origin in done if origin is not None)
    return _Expansion(layers, order, origins, frozenset(opaque))


def _qualified(reference: Reference, type_: Type) -> Reference:
    """Return an inclusion as any other package would write it, if a dependency has it."""
    if not type_.surface.is_dependency:
        return reference
    module = reference.module or type_.module
    organized = module if "/" in module else f"{type_.surface.package.organization}/{module}"
    return Reference(organized, reference.name)


def _declaration_order(graph: _Graph) -> list[IncludingType]:
    """Return the types in the order of their declaration: what a type includes stands before it."""
    order: list[IncludingType] = []
    done: set[Origin | None] = set()
    waiting: list[tuple[IncludingType, bool]] = [(graph.root, False)]
    while waiting:
        node, left = waiting.pop()
        if left:
            order.append(node)
        elif node.origin not in done:
            done.add(node.origin)
            waiting.append((node, True))
            waiting += [(included, False) for _, included in reversed(graph.included(node))]
    return order


def _rest(graph: _Graph) -> Type | None:
    """Return the type of further fields.

    SPEC, Record types: an included open record brings its rest, unless the type has one of its own.
    """
    done: set[Origin | None] = set()
    waiting = [graph.root]
    while waiting:
        node = waiting.pop()
        if node.origin in done:
            continue
        done.add(node.origin)
        if _says_rest(node.type):
            rest = _own_rest(node.type)
            if rest is not None:
                return rest
        else:
            waiting += [included for _, included in reversed(graph.included(node))]
    return None


def _says_rest(record: Type) -> bool:
    return isinstance(record.descriptor, RecordType) and not (
        record.descriptor.closed and record.descriptor.rest is None
    )


def _own_rest(record: Type) -> Type | None:
    """Return the rest that a record type says itself."""
    written = _written(record, RecordType, "record")
    if not written.closed:
        return record.with_descriptor(_ANYDATA)
    # `never...` is another way to say that there are no further fields.
    return None if written.rest is None or written.rest == _NEVER else record.with_descriptor(written.rest)


def _included_record(inclusion: Type) -> tuple[Target, Type] | None:
    target, shape = inclusion.target(), record_shape(inclusion)
    return (target, shape.type) if target is not None and shape is not None else None


def included_object(inclusion: Type) -> tuple[Target, Type] | None:
    """Return the declaration that an inclusion leads to, and its object type; `None` if it leads to none."""
    target = object_type_of(inclusion)
    written = declared_object_type(target.declaration) if target is not None else None
    if target is None or written is None:
        return None
    return target, target.type_of(written)


def _inclusions(type_: Type) -> tuple[Reference, ...]:
    """Return what a record or object type includes."""
    return cast("RecordType | ObjectType", type_.descriptor).inclusions


def _record_fields(type_: Type, *, is_included: bool) -> Mapping[str, RecordField]:  # noqa: ARG001 (an _Own)
    written = type_.descriptor
    return {field.name: field for field in written.fields} if isinstance(written, RecordType) else {}


def _object_fields(type_: Type, *, is_included: bool) -> Mapping[str, ObjectField]:  # noqa: ARG001 (an _Own)
    written = type_.descriptor
    return {field.name: field for field in written.fields} if isinstance(written, ObjectType) else {}


def _object_methods(type_: Type, *, is_included: bool) -> Mapping[str, Method]:
    """Return the methods that a type declares; its `init` is not for those that include it."""
    written = type_.descriptor
    methods = written.methods if isinstance(written, ObjectType) else ()
    return {method_key(method): method for method in methods if not is_included or method.kind != "init"}


def _qualifiers(type_: Type) -> frozenset[str]:
    written = type_.descriptor
    return written.qualifiers if isinstance(written, ObjectType) else frozenset()
