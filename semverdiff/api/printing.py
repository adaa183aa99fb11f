"""Type descriptors and signatures as a person would write them, on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from semverdiff.api.surface import Type

__all__ = [
    "KINDS",
    "declaration_kind",
    "declaration_text",
    "enum_member_text",
    "method_text",
    "object_field_text",
    "parameter_text",
    "record_field_text",
    "shown_type",
    "signature_text",
    "type_text",
]

_QUALIFIER_ORDER = (
    "final",
    "configurable",
    "distinct",
    "readonly",
    "isolated",
    "transactional",
    "client",
    "service",
)


KINDS: Mapping[type[nodes.Declaration], str] = {
    nodes.Function: "function",
    nodes.TypeDefinition: "type",
    nodes.Class: "class",
    nodes.Enum: "enum",
    nodes.Constant: "constant",
    nodes.Variable: "variable",
    nodes.Listener: "listener",
    nodes.AnnotationDeclaration: "annotation",
    nodes.Service: "service",
}
# How tight type descriptors bind, loosest first: SPEC, Type descriptors.
_FUNCTION, _UNION, _INTERSECTION, _POSTFIX, _DISTINCT, _PRIMARY = range(6)
_BINDING: Mapping[type[nodes.TypeDescriptor], int] = {
    nodes.FunctionType: _FUNCTION,
    nodes.UnionType: _UNION,
    nodes.IntersectionType: _INTERSECTION,
    nodes.ArrayType: _POSTFIX,
    nodes.OptionalType: _POSTFIX,
    nodes.DistinctType: _DISTINCT,
    nodes.BuiltinType: _PRIMARY,
    nodes.NilType: _PRIMARY,
    nodes.SingletonType: _PRIMARY,
    nodes.Reference: _PRIMARY,
    nodes.ParameterizedType: _PRIMARY,
    nodes.StreamType: _PRIMARY,
    nodes.TableType: _PRIMARY,
    nodes.TupleType: _PRIMARY,
    nodes.RecordType: _PRIMARY,
    nodes.ObjectType: _PRIMARY,
}


_ONLY_TEXT = frozenset({str})

Piece: TypeAlias = "str | nodes.TypeDescriptor"
"""A part of a text that is still to be written: types in types are, so that writing does not recurse."""


def type_text(descriptor: nodes.TypeDescriptor) -> str:
    """Write a type descriptor."""
    return _type_text(descriptor, None)


def shown_type(type_: Type) -> str:
    """Write a type as this package would: what another one calls `Amount` is `money:Amount`."""
    prefix = type_.module.rpartition(".")[2] if type_.surface.is_dependency else None
    return _type_text(type_.descriptor, prefix)


def _type_text(descriptor: nodes.TypeDescriptor, prefix: str | None) -> str:
    """Write a type descriptor; `prefix` is that of names without one."""
    simple = _simple(descriptor, prefix)
    return _written(_pieces(descriptor, prefix), prefix) if simple is None else simple


def _written(pieces: list[Piece], prefix: str | None = None) -> str:
    """Write pieces one after the other."""
    if _ONLY_TEXT.issuperset(map(type, pieces)):
        return "".join(cast("list[str]", pieces))
    text: list[str] = []
    unfinished = [iter(pieces)]
    while unfinished:
        for piece in unfinished[-1]:
            if isinstance(piece, str):
                text.append(piece)
            else:
                unfinished.append(iter(_pieces(piece, prefix)))
                break
        else:
            unfinished.pop()
    return "".join(text)


def _simple(descriptor: nodes.TypeDescriptor, prefix: str | None) -> str | None:
    """Write a type without parts, or an array, optional type or union of such, as most are; else `None`."""
    if type(descriptor) in nodes.LEAVES:
        return _leaf(descriptor, prefix)
    if type(descriptor) is nodes.UnionType:
        if not nodes.LEAVES.issuperset(map(type, descriptor.members)):
            return None
        return "|".join([_leaf(member, prefix) for member in descriptor.members])
    if type(descriptor) is nodes.ArrayType and type(descriptor.member) in nodes.LEAVES:
        return f"{_leaf(descriptor.member, prefix)}{_dimension(descriptor)}"
    if type(descriptor) is nodes.OptionalType and type(descriptor.member) in nodes.LEAVES:
        return f"{_leaf(descriptor.member, prefix)}?"
    return None


def _leaf(descriptor: nodes.TypeDescriptor, prefix: str | None) -> str:
    """Write a type without parts. Most nodes are leaves: a pattern costs a few times what a type does."""
    if type(descriptor) is nodes.BuiltinType:
        return descriptor.name
    if type(descriptor) is nodes.SingletonType:
        return descriptor.text
    if type(descriptor) is not nodes.Reference:
        return "()"
    if prefix is None or descriptor.module is not None:
        return reference_text(descriptor)
    return f"{prefix}:{spelled(descriptor.name)}"


def _around(before: str, descriptor: nodes.TypeDescriptor, after: str, prefix: str | None) -> list[Piece]:
    """Return a type between two texts, as one piece where that is possible."""
    simple = _simple(descriptor, prefix)
    return [before, descriptor, after] if simple is None else [f"{before}{simple}{after}"]


def _pieces(  # noqa: C901 (one case a form)
    descriptor: nodes.TypeDescriptor, prefix: str | None
) -> list[Piece]:
    match descriptor:
        # The commonest first: to find that a node is of another form takes long.
        case nodes.UnionType(members=members):
            return _separated("|", [_operand(member, _UNION, prefix) for member in members])
        case nodes.RecordType():
            return _record(descriptor, prefix)
        case nodes.ArrayType():
            return _array(descriptor, prefix)
        case nodes.OptionalType(member=member):
            return [*_operand(member, _INTERSECTION, prefix), "?"]
        case nodes.ParameterizedType(name=name, parameter=parameter):
            return _around(f"{name}<", parameter, ">", prefix)
        case nodes.IntersectionType(members=members):
            return _separated(" & ", [_operand(member, _INTERSECTION, prefix) for member in members])
        case nodes.DistinctType(member=member):
            return ["distinct ", *_operand(member, _DISTINCT, prefix)]
        case nodes.StreamType():
            return _stream(descriptor, prefix)
        case nodes.TableType():
            return _table(descriptor, prefix)
        case nodes.TupleType():
            return _tuple(descriptor, prefix)
        case nodes.FunctionType(qualifiers=qualifiers, signature=signature):
            head = f"{_qualifiers(qualifiers)}function"
            return [head] if signature is None else [f"{head} ", *_signature(signature, prefix)]
        case nodes.ObjectType():
            return _object(descriptor, prefix)
    raise AssertionError(f"{descriptor} has no parts, so that it is written as a whole")


def _separated(separator: str, groups: list[list[Piece]]) -> list[Piece]:
    pieces: list[Piece] = []
    for group in groups:
        if pieces:
            pieces.append(separator)
        pieces += group
    return pieces


def _operand(descriptor: nodes.TypeDescriptor, within: int, prefix: str | None) -> list[Piece]:
    """Return a part of a larger type, in parentheses where it binds no tighter than what it is a part of."""
    if _BINDING[type(descriptor)] <= within:
        return _around("(", descriptor, ")", prefix)
    return _around("", descriptor, "", prefix)


def _array(array: nodes.ArrayType, prefix: str | None) -> list[Piece]:
    """Return `T[2][]`: SPEC, Array types: the first dimension is the outer one."""
    dimensions: list[Piece] = []
    member: nodes.TypeDescriptor = array
    while type(member) is nodes.ArrayType:
        dimensions.append(_dimension(member))
        member = member.member
    return [*_operand(member, _INTERSECTION, prefix), *dimensions]


def _dimension(array: nodes.ArrayType) -> str:
    length = array.length
    return f"[{reference_text(length) if type(length) is nodes.Reference else length or ''}]"


def reference_text(reference: nodes.Reference) -> str:
    """Write a name with the last part of its module as prefix, as most imports have it."""
    if reference.module is None:
        return spelled(reference.name)
    return f"{reference.module.rpartition('/')[2].rpartition('.')[2]}:{spelled(reference.name)}"


def _stream(stream: nodes.StreamType, prefix: str | None) -> list[Piece]:
    if stream.completion == nodes.NIL:
        return _around("stream<", stream.value, ">", prefix)
    return [*_around("stream<", stream.value, ", ", prefix), *_around("", stream.completion, ">", prefix)]


def _table(table: nodes.TableType, prefix: str | None) -> list[Piece]:
    pieces = _around("table<", table.row, ">", prefix)
    if table.key_type is not None:
        return [*pieces, *_around(" key<", table.key_type, ">", prefix)]
    names = table.key_names
    return pieces if names is None else [*pieces, f" key({', '.join(map(spelled, names))})"]


def _tuple(tuple_type: nodes.TupleType, prefix: str | None) -> list[Piece]:
    parts = [_around("", member, "", prefix) for member in tuple_type.members]
    if tuple_type.rest is not None:
        parts.append(_around("", tuple_type.rest, "...", prefix))
    return ["[", *_separated(", ", parts), "]"]


def _record(record: nodes.RecordType, prefix: str | None) -> list[Piece]:
    start, end = (" {| ", "|}") if record.closed else (" { ", "}")
    pieces: list[Piece] = ["record", start, *(f"*{reference_text(one)}; " for one in record.inclusions)]
    for field in record.fields:
        pieces += _record_field(field, prefix, "; ")
    if record.rest is not None:
        pieces += _around("", record.rest, "...; ", prefix)
    pieces.append(end)
    return pieces


def _object(object_type: nodes.ObjectType, prefix: str | None) -> list[Piece]:
    parts: list[list[Piece]] = [[f"*{reference_text(one)};"] for one in object_type.inclusions]
    parts += [_object_field(field, prefix, ";") for field in object_type.fields]
    parts += [[*_method(method, prefix), ";"] for method in object_type.methods]
    return [f"{_qualifiers(object_type.qualifiers)}object {{ ", *_separated(" ", parts), " }"]


def record_field_text(field: nodes.RecordField) -> str:
    """Write a field of a record."""
    return _written(_record_field(field, None))


def _record_field(field: nodes.RecordField, prefix: str | None, end: str = "") -> list[Piece]:
    default = "" if field.default is None else f" = {field.default.text}"
    readonly = "readonly " if field.readonly else ""
    after = f" {spelled(field.name)}{'?' if field.optional else ''}{default}{end}"
    return _around(readonly, field.type, after, prefix)


def object_field_text(field: nodes.ObjectField) -> str:
    """Write a field of an object or class, without its initial value."""
    return _written(_object_field(field, None))


def _object_field(field: nodes.ObjectField, prefix: str | None, end: str = "") -> list[Piece]:
    visibility = "" if field.visibility == "module" else f"{field.visibility} "
    before = f"{visibility}{'final ' if field.final else ''}"
    return _around(before, field.type, f" {spelled(field.name)}{end}", prefix)


def method_text(method: nodes.Method) -> str:
    """Write a method without its body."""
    return _written(_method(method, None))


def _method(method: nodes.Method, prefix: str | None) -> list[Piece]:
    has_visibility = method.visibility != "module" and method.kind in {"normal", "init"}
    visibility = f"{method.visibility} " if has_visibility else ""
    network = f"{method.kind} " if method.kind in {"remote", "resource"} else ""
    head = f"{visibility}{_qualifiers(method.qualifiers)}{network}function "
    signature = _signature(method.signature, prefix)
    if method.kind != "resource":
        return [f"{head}{spelled(method.name)}", *signature]
    return [f"{head}{method.name} ", *_path(method, prefix), *signature]


def _path(method: nodes.Method, prefix: str | None) -> list[Piece]:
    return _separated("/", [_segment(segment, prefix) for segment in method.path]) or ["."]


def _segment(segment: nodes.PathSegment, prefix: str | None) -> list[Piece]:
    if segment.type is None:
        return [spelled(segment.name)]
    rest = "..." if segment.kind == "rest" else ""
    return _around("[", segment.type, f"{rest} {spelled(segment.name)}".rstrip() + "]", prefix)


def signature_text(signature: nodes.Signature) -> str:
    """Write parameters and result; a result of nil is left out."""
    return _written(_signature(signature, None))


def _signature(signature: nodes.Signature, prefix: str | None) -> list[Piece]:
    parameters = _separated(", ", [_parameter(parameter, prefix) for parameter in signature.parameters])
    if signature.result == nodes.NIL:
        return ["(", *parameters, ")"]
    return ["(", *parameters, *_around(") returns ", signature.result, "", prefix)]


def parameter_text(parameter: nodes.Parameter) -> str:
    """Write a parameter."""
    return _written(_parameter(parameter, None))


def _parameter(parameter: nodes.Parameter, prefix: str | None) -> list[Piece]:
    star = "*" if parameter.kind == "included" else ""
    dots = "..." if parameter.kind == "rest" else ""
    default = ""
    if parameter.inferred:
        default = " = <>"
    elif parameter.default is not None:
        default = f" = {parameter.default.text}"
    after = f"{dots} {spelled(parameter.name)}{default}".rstrip()
    return _around(star, parameter.type, after, prefix)


def enum_member_text(member: nodes.EnumMember) -> str:
    """Write a member of an enum."""
    name = spelled(member.name)
    return name if member.value is None else f"{name} = {member.value.text}"


def declaration_kind(declaration: nodes.Declaration) -> str:
    """Return the word for the kind of a declaration, as the language specification has it."""
    if type(declaration) is nodes.Variable and "configurable" in declaration.qualifiers:
        return "configurable"
    return KINDS[type(declaration)]


def declaration_text(declaration: nodes.Declaration) -> str:
    """Write the head of a declaration: a type definition whole, of a class or enum only its name."""
    match declaration:
        case nodes.Function():
            head = f"{_qualifiers(declaration.qualifiers)}function {spelled(declaration.name)}"
            return f"{head}{signature_text(declaration.signature)}"
        case nodes.TypeDefinition(name=name, type=type_):
            return f"type {spelled(name)} {type_text(type_)}"
        case nodes.Class():
            qualifiers = _qualifiers(declaration.qualifiers | declaration.type.qualifiers)
            return f"{qualifiers}class {spelled(declaration.name)}"
        case nodes.Enum(name=name):
            return f"enum {spelled(name)}"
        case nodes.Constant(name=name, type=type_, value=value):
            return f"const {_typed(type_)}{spelled(name)} = {value.text}"
        case nodes.Variable():
            head = f"{_qualifiers(declaration.qualifiers)}{_typed(declaration.type, 'var ')}"
            return f"{head}{spelled(declaration.name)}{' = ?' if declaration.required else ''}"
        case nodes.Listener(name=name, type=type_):
            return f"listener {_typed(type_)}{spelled(name)}"
        case nodes.AnnotationDeclaration():
            return _annotation_text(declaration)
        case nodes.Service(name=name):
            return f"service {name}"


def _annotation_text(declaration: nodes.AnnotationDeclaration) -> str:
    const = "const " if declaration.const else ""
    points = f" on {', '.join(sorted(declaration.attach_points))}" if declaration.attach_points else ""
    return f"{const}annotation {_typed(declaration.type)}{spelled(declaration.name)}{points}"


def _typed(descriptor: nodes.TypeDescriptor | None, otherwise: str = "") -> str:
    return otherwise if descriptor is None else f"{type_text(descriptor)} "


def _qualifiers(words: Iterable[str]) -> str:
    return "".join(f"{word} " for word in sorted(words, key=_rank))


def _rank(qualifier: str) -> tuple[int, str]:
    """Return what sorts qualifiers as they are written; one that a damaged model made up comes last."""
    known = qualifier in _QUALIFIER_ORDER
    return (_QUALIFIER_ORDER.index(qualifier) if known else len(_QUALIFIER_ORDER)), qualifier
