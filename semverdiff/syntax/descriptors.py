"""Trees of type descriptors, signatures and members into data.

A form that the tree does not have whole (a hole left by a syntax error) raises `BrokenSyntaxError`:
half a type must never be compared as if it were one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

from semverdiff.syntax import nodes
from semverdiff.syntax.tree import expression, identifier, location, reference, text, tokens

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from tree_sitter import Node

    from semverdiff.syntax.tree import Slice

__all__ = [
    "BrokenSyntaxError",
    "Reader",
    "attached_annotations",
    "child",
    "descriptor",
    "members",
    "metadata",
    "qualifiers",
    "read",
    "signature",
    "visibility",
]

_Read = TypeVar("_Read")
Reader: TypeAlias = "Generator[Node, nodes.TypeDescriptor, _Read]"
"""Reads a part of a declaration: yields the nodes of the types in it, and is sent what they were read as."""

_NETWORK_QUALIFIERS = frozenset({"remote", "resource"})
_PARAMETER_KINDS: dict[str, nodes.ParameterKind] = {
    "required_parameter": "required",
    "defaultable_parameter": "defaultable",
    "included_record_parameter": "included",
    "rest_parameter": "rest",
}


class BrokenSyntaxError(ValueError):
    """The text has a syntax error where a type or a part of a declaration should be."""


def child(node: Node, name: str) -> Node:
    """Return a child that the grammar promises; without it the source has a syntax error here."""
    found = node.child_by_field_name(name)
    if found is None or found.is_missing:
        raise BrokenSyntaxError(f"{node.type} without {name}")
    return found


def descriptor(node: Node, piece: Slice) -> nodes.TypeDescriptor:
    """Read one type descriptor, however deep it is: readers wait on a stack for the types in theirs."""
    readers: list[Reader[nodes.TypeDescriptor]] = []
    wanted: Node | None = node
    found: nodes.TypeDescriptor | None = None
    while True:
        if wanted is not None:
            found = _simple(wanted, piece)
            if found is None:
                readers.append(_compound(wanted, piece))
        if found is not None and not readers:
            return found
        try:
            wanted = next(readers[-1]) if found is None else readers[-1].send(found)
        except StopIteration as end:
            readers.pop()
            wanted, found = None, end.value
        else:
            found = None


def read(reader: Reader[_Read], piece: Slice) -> _Read:
    """Run a reader of something that holds types."""
    found: nodes.TypeDescriptor | None = None
    while True:
        try:
            wanted = next(reader) if found is None else reader.send(found)
        except StopIteration as end:
            result: _Read = end.value
            return result
        found = descriptor(wanted, piece)


def _simple(node: Node, piece: Slice) -> nodes.TypeDescriptor | None:
    """Read a type descriptor that holds no other; return `None` for all others."""
    match node.type:
        case "builtin_type":
            return nodes.BuiltinType(text(node))
        case "type_reference":
            return reference(node.named_children[0], piece)
        case "nil_type":
            return nodes.NIL
        case "singleton_type":
            return nodes.SingletonType("".join(tokens(node)))
    return None


def _compound(node: Node, piece: Slice) -> Reader[nodes.TypeDescriptor]:  # noqa: C901, PLR0912 (one case a form)
    match node.type:
        case "optional_type":
            return nodes.OptionalType((yield child(node, "type")))
        case "array_type":
            return (yield from _array(node, piece))
        case "union_type":
            return nodes.UnionType((yield from _operands(node)))
        case "intersection_type":
            return nodes.IntersectionType((yield from _operands(node)))
        case "record_type":
            return (yield from _record(node, piece))
        case "parenthesized_type":
            return (yield child(node, "type"))
        case "map_type" | "future_type" | "typedesc_type" | "xml_type" | "error_type":
            name = node.type.removesuffix("_type")
            parameter = node.child_by_field_name("type")
            if parameter is None or parameter.type == "*":  # `error<*>`: of any detail
                return nodes.BuiltinType(name)
            return nodes.ParameterizedType(name, (yield parameter))
        case "distinct_type":
            return nodes.DistinctType((yield child(node, "type")))
        case "function_type":
            inner = node.child_by_field_name("signature")
            return nodes.FunctionType(
                qualifiers(node), (yield from signature(inner, piece)) if inner else None
            )
        case "object_type":
            return (yield from members(node, piece))
        case "stream_type":
            completion = node.child_by_field_name("completion")
            value = yield child(node, "value")
            return nodes.StreamType(value, (yield completion) if completion else nodes.NIL)
        case "table_type":
            return (yield from _table(node))
        case "tuple_type":
            return (yield from _tuple(node))
    raise BrokenSyntaxError(f"no type descriptor: {node.type}")


def _operands(node: Node) -> Reader[tuple[nodes.TypeDescriptor, ...]]:
    """Read the operands of `A|B|C` or `A & B`, those of an operand of that kind in parentheses among them."""
    kind = node.type
    operands: list[nodes.TypeDescriptor] = []
    waiting = [node]
    while waiting:
        node = waiting.pop()
        inner = node
        while inner.type == "parenthesized_type":
            inner = child(inner, "type")
        if inner.type == kind:
            waiting += (child(inner, "right"), child(inner, "left"))
        else:
            operand = yield inner
            operands.append(operand)
    return tuple(operands)


def _array(node: Node, piece: Slice) -> Reader[nodes.TypeDescriptor]:
    """Read `T[2][]`: SPEC: the first dimension is the outer one. The tree has the last on top."""
    lengths = []
    while node.type == "array_type":
        lengths.append(_array_length(node, piece))
        node = child(node, "member")
    found = yield node
    for length in lengths:
        found = nodes.ArrayType(found, length)
    return found


def _array_length(node: Node, piece: Slice) -> str | nodes.Reference | None:
    length = node.child_by_field_name("length")
    if length is None:
        return None
    if length.type in {"identifier", "qualified_identifier"}:
        return reference(length, piece)
    if length.type == "type_reference":
        return reference(length.named_children[0], piece)
    return text(length)


def _table(node: Node) -> Reader[nodes.TableType]:
    row = yield child(node, "row")
    match node.child_by_field_name("key"):
        case None:
            return nodes.TableType(row, None, None)
        case key if key.type == "key_type_constraint":
            return nodes.TableType(row, (yield child(key, "type")), None)
        case key:
            names = tuple(identifier(one) for one in key.named_children if one.type == "identifier")
            return nodes.TableType(row, None, names)


def _tuple(node: Node) -> Reader[nodes.TupleType]:
    members_of: list[nodes.TypeDescriptor] = []
    rest: nodes.TypeDescriptor | None = None
    for part in node.named_children:
        match part.type:
            case "tuple_member":
                members_of.append((yield child(part, "type")))
            case "tuple_rest":
                rest = yield child(part, "type")
    return nodes.TupleType(tuple(members_of), rest)


def _record(node: Node, piece: Slice) -> Reader[nodes.RecordType]:
    fields: list[nodes.RecordField] = []
    inclusions: list[nodes.Reference] = []
    rest: nodes.TypeDescriptor | None = None
    closed = False
    for part in node.children:
        match part.type:
            case "record_field":
                fields.append((yield from _record_field(part, piece)))
            case "type_inclusion":
                inclusions.append((yield from _inclusion(part)))
            case "record_rest":
                rest = yield child(part, "type")
            case "{|":
                closed = True
    return nodes.RecordType(tuple(fields), tuple(inclusions), closed, rest)


def _record_field(node: Node, piece: Slice) -> Reader[nodes.RecordField]:
    default = node.child_by_field_name("default")
    return nodes.RecordField(
        name=identifier(child(node, "name")),
        type=(yield child(node, "type")),
        optional=any(part.type == "?" for part in node.children),
        readonly="readonly" in qualifiers(node),
        default=expression(default, piece) if default else None,
        metadata=metadata(node, piece),
    )


def _inclusion(node: Node) -> Reader[nodes.Reference]:
    included = yield child(node, "type")
    if isinstance(included, nodes.Reference):
        return included
    raise BrokenSyntaxError("an inclusion names a type")


def signature(node: Node, piece: Slice) -> Reader[nodes.Signature]:
    """Read parameters and result."""
    written: list[nodes.Parameter] = []
    for part in child(node, "parameters").named_children:
        kind = _PARAMETER_KINDS.get(part.type)
        if kind is not None:
            written.append((yield from _parameter(part, kind, piece)))
    parameters = tuple(written)
    returns = node.child_by_field_name("returns")
    if returns is None:
        return nodes.Signature(parameters, nodes.NIL)
    result = yield child(returns, "type")
    return nodes.Signature(parameters, result, tuple(attached_annotations(returns, piece)))


def _parameter(node: Node, kind: nodes.ParameterKind, piece: Slice) -> Reader[nodes.Parameter]:
    name, default = node.child_by_field_name("name"), node.child_by_field_name("default")
    inferred = default is not None and default.type == "inferred_typedesc_default"
    return nodes.Parameter(
        kind=kind,
        name=identifier(name) if name else "",
        type=(yield child(node, "type")),
        default=expression(default, piece) if default else None,
        inferred=inferred,
        metadata=metadata(node, piece),
    )


def members(node: Node, piece: Slice) -> Reader[nodes.ObjectType]:
    """Read the qualifiers and members of an object type, class or service."""
    fields: list[nodes.ObjectField] = []
    methods: list[nodes.Method] = []
    inclusions: list[nodes.Reference] = []
    for part in node.named_children:
        match part.type:
            case "object_field":
                fields.append((yield from _object_field(part, piece)))
            case "method_definition" | "method_declaration":
                methods.append((yield from _method(part, piece)))
            case "type_inclusion":
                inclusions.append((yield from _inclusion(part)))
    return nodes.ObjectType(qualifiers(node), tuple(fields), tuple(methods), tuple(inclusions))


def _object_field(node: Node, piece: Slice) -> Reader[nodes.ObjectField]:
    initial = node.child_by_field_name("value")
    return nodes.ObjectField(
        name=identifier(child(node, "name")),
        type=(yield child(node, "type")),
        visibility=visibility(node),
        final="final" in qualifiers(node),
        initial=expression(initial, piece) if initial else None,
        metadata=metadata(node, piece),
    )


def _method(node: Node, piece: Slice) -> Reader[nodes.Method]:
    name = identifier(child(node, "name"))
    written = qualifiers(node)
    body = node.child_by_field_name("body")
    path = node.child_by_field_name("path")
    kind: nodes.MethodKind = "normal"
    if "remote" in written:
        kind = "remote"
    elif "resource" in written or path is not None:
        kind = "resource"
    elif name == "init":
        kind = "init"
    segments: list[nodes.PathSegment] = []
    for part in path.named_children if path else ():
        if part.type != "resource_path_root":
            segment = yield from _segment(part)
            segments.append(segment)
    # SPEC, Object type: remote and resource methods need no `public`; clients always see them.
    return nodes.Method(
        name=name,
        kind=kind,
        visibility="public" if kind in _NETWORK_QUALIFIERS else visibility(node),
        qualifiers=written - _NETWORK_QUALIFIERS,
        path=tuple(segments),
        signature=(yield from signature(child(node, "signature"), piece)),
        body=body.text if body else None,
        metadata=metadata(node, piece),
    )


def _segment(node: Node) -> Reader[nodes.PathSegment]:
    if node.type == "resource_path_segment":
        return nodes.PathSegment("name", identifier(node), None)
    name = node.child_by_field_name("name")
    return nodes.PathSegment(
        kind="rest" if node.type == "resource_path_rest_parameter" else "parameter",
        name=identifier(name) if name else "",
        type=(yield child(node, "type")),
    )


_QUALIFIERS = frozenset(
    {
        "abstract",
        "client",
        "configurable",
        "const",
        "distinct",
        "final",
        "isolated",
        "readonly",
        "remote",
        "resource",
        "service",
        "transactional",
    }
)


def qualifiers(node: Node) -> frozenset[str]:
    """Return the keywords before a declaration, without its visibility."""
    # To ask for the children of a field takes the square of the annotations before it.
    return frozenset(part.type for part in node.children if part.type in _QUALIFIERS)


def visibility(node: Node) -> nodes.Visibility:
    """Return the visibility of a member; without a keyword it is the module's."""
    match node.child_by_field_name("visibility"):
        case None:
            return "module"
        case keyword:
            return "public" if keyword.type == "public" else "private"


_BEFORE_OTHER_PARTS = frozenset({"annotation", "documentation"})


def metadata(node: Node, piece: Slice) -> nodes.Metadata:
    """Read what stands before a declaration; the place is that of its name, or of its type."""
    place = node.child_by_field_name("name") or node.child_by_field_name("type") or node
    documentation = node.child_by_field_name("documentation")
    return nodes.Metadata(
        location=location(place, piece),
        documentation=_documentation(documentation) if documentation else "",
        annotations=tuple(attached_annotations(node, piece)),
    )


def attached_annotations(node: Node, piece: Slice) -> Iterator[nodes.Annotation]:
    """Yield the annotations attached to a node, which stand before its other parts."""
    first: Node | None = node.named_child(0)
    if first is not None and first.type == "comment":
        first = next((part for part in node.named_children if part.type != "comment"), None)
    if first is None or first.type not in _BEFORE_OTHER_PARTS:
        return  # most have none, and the children of a class are many
    for part in node.named_children:
        if part.type == "annotation":
            value = part.child_by_field_name("value")
            read = expression(value, piece) if value else None
            yield nodes.Annotation(reference(child(part, "name"), piece), read)


def _documentation(node: Node) -> str:
    """Return the documentation without its `#` marks and without blanks at the ends of lines."""
    lines = (line.strip().removeprefix("#").removeprefix(" ").rstrip() for line in text(node).split("\n"))
    return "\n".join(lines).strip()
