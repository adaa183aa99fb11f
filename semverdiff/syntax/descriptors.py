"""Trees of type descriptors, signatures and members into data.

A form that the tree does not have whole (a hole left by a syntax error) raises `BrokenSyntaxError`:
half a type must never be compared as if it were one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.syntax.nodes import (
    NIL,
    Annotation,
    ArrayType,
    BuiltinType,
    DistinctType,
    FunctionType,
    IntersectionType,
    Metadata,
    Method,
    ObjectField,
    ObjectType,
    OptionalType,
    Parameter,
    ParameterizedType,
    PathSegment,
    RecordField,
    RecordType,
    Reference,
    Signature,
    SingletonType,
    StreamType,
    TableType,
    TupleType,
    UnionType,
)
from semverdiff.syntax.tree import expression, identifier, location, reference, text, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from semverdiff.syntax.nodes import (
        MethodKind,
        ParameterKind,
        TypeDescriptor,
        Visibility,
    )
    from semverdiff.syntax.tree import Slice

__all__ = [
    "BrokenSyntaxError",
    "attached_annotations",
    "child",
    "descriptor",
    "members",
    "metadata",
    "qualifiers",
    "signature",
    "visibility",
]

_NETWORK_QUALIFIERS = frozenset({"remote", "resource"})
_PARAMETER_KINDS: dict[str, ParameterKind] = {
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
        message = f"{node.type} without {name}"
        raise BrokenSyntaxError(message)
    return found


def descriptor(node: Node, piece: Slice) -> TypeDescriptor:  # noqa: C901, PLR0912 (one case a form)
    """Read one type descriptor."""
    match node.type:
        case "builtin_type":
            return BuiltinType(text(node))
        case "type_reference":
            return reference(node.named_children[0], piece)
        case "optional_type":
            return OptionalType(descriptor(child(node, "type"), piece))
        case "array_type":
            return _array(node, piece)
        case "union_type":
            return UnionType(tuple(_flat_operands(node, UnionType, piece)))
        case "intersection_type":
            return IntersectionType(tuple(_flat_operands(node, IntersectionType, piece)))
        case "record_type":
            return _record(node, piece)
        case "nil_type":
            return NIL
        case "parenthesized_type":
            return descriptor(child(node, "type"), piece)
        case "singleton_type":
            return SingletonType("".join(tokens(node)))
        case "map_type" | "future_type" | "typedesc_type" | "xml_type" | "error_type":
            name = node.type.removesuffix("_type")
            parameter = node.child_by_field_name("type")
            if parameter is None or parameter.type == "*":  # `error<*>`: of any detail
                return BuiltinType(name)
            return ParameterizedType(name, descriptor(parameter, piece))
        case "distinct_type":
            return DistinctType(descriptor(child(node, "type"), piece))
        case "function_type":
            inner = node.child_by_field_name("signature")
            return FunctionType(qualifiers(node), signature(inner, piece) if inner else None)
        case "object_type":
            return members(node, piece)
        case "stream_type":
            completion = node.child_by_field_name("completion")
            return StreamType(
                descriptor(child(node, "value"), piece), descriptor(completion, piece) if completion else NIL
            )
        case "table_type":
            return _table(node, piece)
        case "tuple_type":
            return _tuple(node, piece)
    message = f"no type descriptor: {node.type}"
    raise BrokenSyntaxError(message)


def _operands(node: Node, kind: str, piece: Slice) -> Iterator[TypeDescriptor]:
    """Yield the operands of `A|B|C`, which the tree nests to the left; a long union must not recurse."""
    right: list[Node] = []
    while node.type == kind:
        right.append(child(node, "right"))
        node = child(node, "left")
    yield descriptor(node, piece)
    for operand in reversed(right):
        yield descriptor(operand, piece)


def _flat_operands(
    node: Node, kind: type[UnionType | IntersectionType], piece: Slice
) -> Iterator[TypeDescriptor]:
    """Yield the operands, those of an operand of the same kind in parentheses among them."""
    for operand in _operands(node, node.type, piece):
        if isinstance(operand, kind):
            yield from operand.members
        else:
            yield operand


def _array(node: Node, piece: Slice) -> TypeDescriptor:
    """Read `T[2][]`: SPEC: the first dimension is the outer one. The tree has the last on top."""
    lengths = []
    while node.type == "array_type":
        lengths.append(_array_length(node, piece))
        node = child(node, "member")
    read = descriptor(node, piece)
    for length in lengths:
        read = ArrayType(read, length)
    return read


def _array_length(node: Node, piece: Slice) -> str | Reference | None:
    length = node.child_by_field_name("length")
    if length is None:
        return None
    if length.type in {"identifier", "qualified_identifier"}:
        return reference(length, piece)
    if length.type == "type_reference":
        return reference(length.named_children[0], piece)
    return text(length)


def _table(node: Node, piece: Slice) -> TableType:
    row = descriptor(child(node, "row"), piece)
    match node.child_by_field_name("key"):
        case None:
            return TableType(row, None, None)
        case key if key.type == "key_type_constraint":
            return TableType(row, descriptor(child(key, "type"), piece), None)
        case key:
            names = tuple(identifier(one) for one in key.named_children if one.type == "identifier")
            return TableType(row, None, names)


def _tuple(node: Node, piece: Slice) -> TupleType:
    members_of: list[TypeDescriptor] = []
    rest: TypeDescriptor | None = None
    for part in node.named_children:
        match part.type:
            case "tuple_member":
                members_of.append(descriptor(child(part, "type"), piece))
            case "tuple_rest":
                rest = descriptor(child(part, "type"), piece)
    return TupleType(tuple(members_of), rest)


def _record(node: Node, piece: Slice) -> RecordType:
    fields: list[RecordField] = []
    inclusions: list[Reference] = []
    rest: TypeDescriptor | None = None
    closed = False
    for part in node.children:
        match part.type:
            case "record_field":
                fields.append(_record_field(part, piece))
            case "type_inclusion":
                inclusions.append(_inclusion(part, piece))
            case "record_rest":
                rest = descriptor(child(part, "type"), piece)
            case "{|":
                closed = True
    return RecordType(tuple(fields), tuple(inclusions), closed, rest)


def _record_field(node: Node, piece: Slice) -> RecordField:
    default = node.child_by_field_name("default")
    return RecordField(
        name=identifier(child(node, "name")),
        type=descriptor(child(node, "type"), piece),
        optional=any(part.type == "?" for part in node.children),
        readonly="readonly" in qualifiers(node),
        default=expression(default, piece) if default else None,
        metadata=metadata(node, piece),
    )


def _inclusion(node: Node, piece: Slice) -> Reference:
    included = descriptor(child(node, "type"), piece)
    if isinstance(included, Reference):
        return included
    message = "an inclusion names a type"
    raise BrokenSyntaxError(message)


def signature(node: Node, piece: Slice) -> Signature:
    """Read parameters and result."""
    parameters = tuple(
        _parameter(part, kind, piece)
        for part in child(node, "parameters").named_children
        if (kind := _PARAMETER_KINDS.get(part.type)) is not None
    )
    returns = node.child_by_field_name("returns")
    if returns is None:
        return Signature(parameters, NIL)
    result = descriptor(child(returns, "type"), piece)
    return Signature(parameters, result, tuple(attached_annotations(returns, piece)))


def _parameter(node: Node, kind: ParameterKind, piece: Slice) -> Parameter:
    name, default = node.child_by_field_name("name"), node.child_by_field_name("default")
    inferred = default is not None and default.type == "inferred_typedesc_default"
    return Parameter(
        kind=kind,
        name=identifier(name) if name else "",
        type=descriptor(child(node, "type"), piece),
        default=expression(default, piece) if default else None,
        inferred=inferred,
        metadata=metadata(node, piece),
    )


def members(node: Node, piece: Slice) -> ObjectType:
    """Read the qualifiers and members of an object type, class or service."""
    fields: list[ObjectField] = []
    methods: list[Method] = []
    inclusions: list[Reference] = []
    for part in node.named_children:
        match part.type:
            case "object_field":
                fields.append(_object_field(part, piece))
            case "method_definition" | "method_declaration":
                methods.append(_method(part, piece))
            case "type_inclusion":
                inclusions.append(_inclusion(part, piece))
    return ObjectType(qualifiers(node), tuple(fields), tuple(methods), tuple(inclusions))


def _object_field(node: Node, piece: Slice) -> ObjectField:
    initial = node.child_by_field_name("value")
    return ObjectField(
        name=identifier(child(node, "name")),
        type=descriptor(child(node, "type"), piece),
        visibility=visibility(node),
        final="final" in qualifiers(node),
        initial=expression(initial, piece) if initial else None,
        metadata=metadata(node, piece),
    )


def _method(node: Node, piece: Slice) -> Method:
    name = identifier(child(node, "name"))
    written = qualifiers(node)
    body = node.child_by_field_name("body")
    path = node.child_by_field_name("path")
    kind: MethodKind = "normal"
    if "remote" in written:
        kind = "remote"
    elif "resource" in written or path is not None:
        kind = "resource"
    elif name == "init":
        kind = "init"
    # SPEC, Object type: remote and resource methods need no `public`; clients always see them.
    return Method(
        name=name,
        kind=kind,
        visibility="public" if kind in _NETWORK_QUALIFIERS else visibility(node),
        qualifiers=written - _NETWORK_QUALIFIERS,
        path=tuple(_segment(part, piece) for part in path.named_children if part.type != "resource_path_root")
        if path
        else (),
        signature=signature(child(node, "signature"), piece),
        body=body.text if body else None,
        metadata=metadata(node, piece),
    )


def _segment(node: Node, piece: Slice) -> PathSegment:
    if node.type == "resource_path_segment":
        return PathSegment("name", identifier(node), None)
    name = node.child_by_field_name("name")
    return PathSegment(
        kind="rest" if node.type == "resource_path_rest_parameter" else "parameter",
        name=identifier(name) if name else "",
        type=descriptor(child(node, "type"), piece),
    )


def qualifiers(node: Node) -> frozenset[str]:
    """Return the keywords before a declaration, without its visibility."""
    return frozenset(part.type for part in node.children_by_field_name("qualifier"))


def visibility(node: Node) -> Visibility:
    """Return the visibility of a member; without a keyword it is the module's."""
    match node.child_by_field_name("visibility"):
        case None:
            return "module"
        case keyword:
            return "public" if keyword.type == "public" else "private"


_BEFORE_OTHER_PARTS = frozenset({"annotation", "documentation"})


def metadata(node: Node, piece: Slice) -> Metadata:
    """Read what stands before a declaration; the place is that of its name, or of its type."""
    place = node.child_by_field_name("name") or node.child_by_field_name("type") or node
    documentation = node.child_by_field_name("documentation")
    return Metadata(
        location=location(place, piece),
        documentation=_documentation(documentation) if documentation else "",
        annotations=tuple(attached_annotations(node, piece)),
    )


def attached_annotations(node: Node, piece: Slice) -> Iterator[Annotation]:
    """Yield the annotations attached to a node, which stand before its other parts."""
    first = node.named_child(0)
    if first is None or first.type not in _BEFORE_OTHER_PARTS:
        return  # most have none, and the children of a class are many
    for part in node.named_children:
        if part.type == "annotation":
            value = part.child_by_field_name("value")
            read = expression(value, piece) if value else None
            yield Annotation(reference(child(part, "name"), piece), read)


def _documentation(node: Node) -> str:
    """Return the documentation without its `#` marks and without blanks at the ends of lines."""
    lines = (line.strip().removeprefix("#").removeprefix(" ").rstrip() for line in text(node).splitlines())
    return "\n".join(lines).strip()
