"""Trees of type descriptors, signatures and members into data.

The trees are whole: a declaration with a syntax error anywhere but in bodies is not read (`declarations`),
because half a type must never be compared as if it were one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import documentation
from semverdiff.syntax.tree import expression, location, reference, tokens

if TYPE_CHECKING:
    from collections.abc import Generator

    from tree_sitter import Node

    from semverdiff.syntax.tree import Slice

__all__ = [
    "BODIES",
    "QUALIFIERS",
    "BrokenSyntaxError",
    "Reader",
    "child",
    "descriptor",
    "index_of",
    "members",
    "metadata",
    "metadata_of",
    "parts_of",
    "qualifiers",
    "read",
    "signature",
]

_Read = TypeVar("_Read")
_Parts: TypeAlias = "tuple[list[Node], list[str]]"
"""The children of a node, and the kind of each."""
Reader: TypeAlias = "Generator[Node, nodes.TypeDescriptor, _Read]"
"""Reads a part of a declaration: yields the nodes of the types in it, and is sent what they were read as."""

_NETWORK_QUALIFIERS = frozenset({"remote", "resource"})
_NAMES = frozenset({"identifier", "qualified_identifier"})
_SMALL_FORMS = frozenset({"array_type", "optional_type", "union_type"})
BODIES = frozenset({"expression_function_body", "external_function_body", "function_body_block"})
_BEFORE_TYPE = frozenset({"*", "annotation"})
_NO_SEGMENTS = frozenset({"comment", "resource_path_root"})
_PARAMETER_KINDS: dict[str, nodes.ParameterKind] = {
    "required_parameter": "required",
    "defaultable_parameter": "defaultable",
    "included_record_parameter": "included",
    "rest_parameter": "rest",
}


class BrokenSyntaxError(ValueError):
    """The text has a syntax error where a type or a part of a declaration should be."""


def child(node: Node, name: str) -> Node:
    """Return a child that the grammar promises."""
    found = node.child_by_field_name(name)
    if found is None:
        raise TypeError(f"{node.type} without {name}")
    return found


def parts_of(node: Node) -> _Parts:
    """Return the children of a node without comments, and what kinds they are of.

    To ask for one child by the name of its field looks at all before it: readers of fields and parameters,
    of which there are most, look once.
    """
    parts = node.children
    kinds = [part.type for part in parts]
    if "comment" in kinds:
        parts = [part for part in parts if part.type != "comment"]
        kinds = [kind for kind in kinds if kind != "comment"]
    return parts, kinds


def index_of(kind: str, kinds: list[str]) -> int:
    """Return where the first part of a kind stands that the grammar promises."""
    return kinds.index(kind)


def descriptor(node: Node, piece: Slice) -> nodes.TypeDescriptor:
    """Read one type descriptor, however deep it is: readers wait on a stack for the types in theirs."""
    readers: list[Reader[nodes.TypeDescriptor]] = []
    wanted: Node | None = node
    found: nodes.TypeDescriptor | None = None
    while True:
        if wanted is not None:
            found = _simple(wanted, wanted.type, piece)
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


def _simple(node: Node, kind: str, piece: Slice) -> nodes.TypeDescriptor | None:
    """Read a type descriptor that holds no other, or an array, option or pair of such; else return `None`.

    Most types are no larger, and need no reader that waits for others.
    """
    if kind not in _SMALL_FORMS:
        return _leaf(node, kind, piece)
    parts = node.children
    kinds = [part.type for part in parts]
    first = _leaf(parts[0], kinds[0], piece)
    if first is None:
        return None
    match kinds[1:]:
        case ["[", "]"]:
            return nodes.ArrayType(first, None)
        case ["?"]:
            return nodes.OptionalType(first)
        case ["|", kind]:
            second = _leaf(parts[2], kind, piece)
            return None if second is None else nodes.UnionType((first, second))
    return None


def _leaf(node: Node, kind: str, piece: Slice) -> nodes.TypeDescriptor | None:
    """Read a type descriptor that holds no other; return `None` for all others."""
    if kind == "builtin_type":
        return nodes.BuiltinType(piece.text(node))
    if kind == "type_reference":
        written = piece.text(node)
        # A name without a prefix, a quote or an escape.
        return (
            nodes.Reference(None, written) if written.isidentifier() else reference(node.children[0], piece)
        )
    if kind == "nil_type":
        return nodes.NIL
    if kind == "singleton_type":
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
            return (yield from _table(node, piece))
        case "tuple_type":
            return (yield from _tuple(node))
    raise TypeError(f"no type descriptor: {node.type}")


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
    return reference(length, piece) if length.type in _NAMES else piece.text(length)


def _table(node: Node, piece: Slice) -> Reader[nodes.TableType]:
    row = yield child(node, "row")
    match node.child_by_field_name("key"):
        case None:
            return nodes.TableType(row, None, None)
        case key if key.type == "key_type_constraint":
            return nodes.TableType(row, (yield child(key, "type")), None)
        case key:
            names = tuple(piece.name(one) for one in key.named_children if one.type == "identifier")
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
                parts, kinds = parts_of(part)
                at = index_of("identifier", kinds)
                type_ = _simple(parts[at - 1], kinds[at - 1], piece)
                if type_ is None:
                    type_ = yield parts[at - 1]
                fields.append(_record_field(parts, kinds, at, type_, piece))
            case "type_inclusion":
                inclusions.append(_inclusion(part, piece))
            case "record_rest":
                rest = yield child(part, "type")
            case "{|":
                closed = True
    return nodes.RecordType(tuple(fields), tuple(inclusions), closed, rest)


def _record_field(
    parts: list[Node], kinds: list[str], at: int, type_: nodes.TypeDescriptor, piece: Slice
) -> nodes.RecordField:
    """Return the field of these parts; its name is the one at a place, behind the type, which was read."""
    return nodes.RecordField(
        name=piece.name(parts[at]),
        type=type_,
        optional="?" in kinds,
        readonly="readonly" in kinds,
        default=_value(parts, kinds, piece),
        metadata=metadata_of(parts, kinds, parts[at], piece),
    )


def _value(parts: list[Node], kinds: list[str], piece: Slice) -> nodes.Expression | None:
    """Return the expression behind the sign `=`."""
    return expression(parts[kinds.index("=") + 1], piece) if "=" in kinds else None


def _inclusion(node: Node, piece: Slice) -> nodes.Reference:
    return reference(child(node, "type").children[0], piece)


def signature(node: Node, piece: Slice) -> Reader[nodes.Signature]:
    """Read parameters and result."""
    written: list[nodes.Parameter] = []
    for part in child(node, "parameters").children:
        kind = _PARAMETER_KINDS.get(part.type)
        if kind is not None:
            parts, kinds = parts_of(part)
            at = 0
            while kinds[at] in _BEFORE_TYPE:
                at += 1
            type_ = _simple(parts[at], kinds[at], piece)
            if type_ is None:
                type_ = yield parts[at]
            written.append(_parameter(kind, (parts, kinds), at, type_, piece))
    parameters = tuple(written)
    returns = node.child_by_field_name("returns")
    if returns is None:
        return nodes.Signature(parameters, nodes.NIL)
    parts, kinds = parts_of(returns)
    result = _simple(parts[-1], kinds[-1], piece)
    if result is None:
        result = yield parts[-1]
    return nodes.Signature(parameters, result, _annotations(parts, kinds, piece))


def _parameter(
    kind: nodes.ParameterKind, whole: _Parts, at: int, type_: nodes.TypeDescriptor, piece: Slice
) -> nodes.Parameter:
    """Return the parameter of these parts; its type, which was read, is the one at a place."""
    parts, kinds = whole
    behind = at + 2 if "..." in kinds else at + 1
    name = parts[behind] if kinds[behind : behind + 1] == ["identifier"] else None
    return nodes.Parameter(
        kind=kind,
        name="" if name is None else piece.name(name),
        type=type_,
        default=_value(parts, kinds, piece),
        inferred=kinds[-1] == "inferred_typedesc_default",
        metadata=metadata_of(parts, kinds, parts[at] if name is None else name, piece),
    )


def members(node: Node, piece: Slice) -> Reader[nodes.ObjectType]:
    """Read the qualifiers and members of an object type, class or service."""
    fields: list[nodes.ObjectField] = []
    methods: list[nodes.Method] = []
    inclusions: list[nodes.Reference] = []
    parts, kinds = parts_of(node)
    for part, kind in zip(parts, kinds, strict=True):
        match kind:
            case "object_field":
                fields.append((yield from _object_field(part, piece)))
            case "method_definition" | "method_declaration":
                methods.append((yield from _method(part, piece)))
            case "type_inclusion":
                inclusions.append(_inclusion(part, piece))
    return nodes.ObjectType(QUALIFIERS.intersection(kinds), tuple(fields), tuple(methods), tuple(inclusions))


def _object_field(node: Node, piece: Slice) -> Reader[nodes.ObjectField]:
    parts, kinds = parts_of(node)
    at = index_of("identifier", kinds)
    return nodes.ObjectField(
        name=piece.name(parts[at]),
        type=(yield parts[at - 1]),
        visibility=_visibility(kinds),
        final="final" in kinds,
        initial=_value(parts, kinds, piece),
        metadata=metadata_of(parts, kinds, parts[at], piece),
    )


def _method(node: Node, piece: Slice) -> Reader[nodes.Method]:
    parts, kinds = parts_of(node)
    name_node = parts[index_of("identifier", kinds)]
    name = piece.name(name_node)
    kind: nodes.MethodKind = "normal"
    if "remote" in kinds:
        kind = "remote"
    elif "resource" in kinds or "resource_path" in kinds:
        kind = "resource"
    elif name == "init":
        kind = "init"
    segments: list[nodes.PathSegment] = []
    if "resource_path" in kinds:
        for part in parts[kinds.index("resource_path")].named_children:
            if part.type not in _NO_SEGMENTS:
                segment = yield from _segment(part, piece)
                segments.append(segment)
    # SPEC, Object type: remote and resource methods need no `public`; clients always see them.
    return nodes.Method(
        name=name,
        kind=kind,
        visibility="public" if kind in _NETWORK_QUALIFIERS else _visibility(kinds),
        qualifiers=QUALIFIERS.intersection(kinds) - _NETWORK_QUALIFIERS,
        path=tuple(segments),
        signature=(yield from signature(parts[index_of("signature", kinds)], piece)),
        body=parts[-1].text if kinds[-1] in BODIES else None,
        metadata=metadata_of(parts, kinds, name_node, piece),
    )


def _segment(node: Node, piece: Slice) -> Reader[nodes.PathSegment]:
    if node.type == "resource_path_segment":
        return nodes.PathSegment("name", piece.name(node), None)
    name = node.child_by_field_name("name")
    return nodes.PathSegment(
        kind="rest" if node.type == "resource_path_rest_parameter" else "parameter",
        name=piece.name(name) if name else "",
        type=(yield child(node, "type")),
    )


QUALIFIERS = frozenset(
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
    return QUALIFIERS.intersection([part.type for part in node.children])


def _visibility(kinds: list[str]) -> nodes.Visibility:
    """Return the visibility of a member of these parts; without a keyword it is the module's."""
    return "public" if "public" in kinds else "private" if "private" in kinds else "module"


def metadata(node: Node, piece: Slice) -> nodes.Metadata:
    """Read what stands before a declaration; the place is that of its name, or of its type."""
    place = node.child_by_field_name("name") or node.child_by_field_name("type") or node
    return metadata_of(*parts_of(node), place, piece)


def metadata_of(parts: list[Node], kinds: list[str], place: Node, piece: Slice) -> nodes.Metadata:
    """Read what stands before a declaration of these parts, whose place is that of one of them."""
    documented = documentation(piece.text(parts[0])) if kinds[0] == "documentation" else ""
    return nodes.Metadata(location(place, piece), documented, _annotations(parts, kinds, piece))


def _annotations(parts: list[Node], kinds: list[str], piece: Slice) -> tuple[nodes.Annotation, ...]:
    """Read the annotations attached to what these are the parts of."""
    if "annotation" not in kinds:
        return ()
    return tuple(
        _annotation(part, piece)
        for part, kind in zip(parts, kinds, strict=True)
        if kind == "annotation" and part.is_named
    )


def _annotation(node: Node, piece: Slice) -> nodes.Annotation:
    parts, _ = parts_of(node)
    _, name, *values = parts
    return nodes.Annotation(reference(name, piece), expression(values[0], piece) if values else None)
