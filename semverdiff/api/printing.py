"""Type descriptors and signatures as a person would write them, on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.syntax.nodes import (
    NIL,
    AnnotationDeclaration,
    ArrayType,
    BuiltinType,
    Class,
    Constant,
    DistinctType,
    Enum,
    Function,
    FunctionType,
    IntersectionType,
    Listener,
    NilType,
    ObjectType,
    OptionalType,
    ParameterizedType,
    RecordType,
    Reference,
    Service,
    SingletonType,
    StreamType,
    TableType,
    TupleType,
    TypeDefinition,
    UnionType,
    Variable,
)
from semverdiff.syntax.spelling import spelled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.syntax.nodes import (
        Declaration,
        EnumMember,
        Method,
        ObjectField,
        Parameter,
        RecordField,
        Signature,
        TypeDescriptor,
    )

__all__ = [
    "declaration_text",
    "enum_member_text",
    "method_text",
    "object_field_text",
    "parameter_text",
    "record_field_text",
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


# How tight type descriptors bind, loosest first: SPEC, Type descriptors.
_FUNCTION, _UNION, _INTERSECTION, _POSTFIX, _DISTINCT, _PRIMARY = range(6)


def type_text(descriptor: TypeDescriptor) -> str:  # noqa: C901, PLR0912 (one case a form)
    """Write a type descriptor."""
    match descriptor:
        case BuiltinType(name=name):
            return name
        case NilType():
            return "()"
        case SingletonType(text=text):
            return text
        case Reference():
            return reference_text(descriptor)
        case ArrayType():
            return _array_text(descriptor)
        case OptionalType(member=member):
            return f"{_operand(member, _INTERSECTION)}?"
        case UnionType(members=members):
            return "|".join(_operand(member, _UNION) for member in members)
        case IntersectionType(members=members):
            return " & ".join(_operand(member, _INTERSECTION) for member in members)
        case DistinctType(member=member):
            return f"distinct {_operand(member, _DISTINCT)}"
        case ParameterizedType(name=name, parameter=parameter):
            return f"{name}<{type_text(parameter)}>"
        case StreamType(value=value, completion=completion):
            end = "" if completion == NIL else f", {type_text(completion)}"
            return f"stream<{type_text(value)}{end}>"
        case TableType():
            return _table_text(descriptor)
        case TupleType(members=members, rest=rest):
            parts = [type_text(member) for member in members]
            return f"[{', '.join([*parts, f'{type_text(rest)}...'] if rest is not None else parts)}]"
        case RecordType():
            return _record_text(descriptor)
        case FunctionType(qualifiers=qualifiers, signature=signature):
            shown = "" if signature is None else f" {signature_text(signature)}"
            return f"{_qualifiers(qualifiers)}function{shown}"
        case ObjectType():
            return _object_text(descriptor)


def _operand(descriptor: TypeDescriptor, within: int) -> str:
    """Write a part of a larger type, in parentheses where it binds no tighter than what it is a part of."""
    shown = type_text(descriptor)
    return f"({shown})" if _binding(descriptor) <= within else shown


def _binding(descriptor: TypeDescriptor) -> int:
    match descriptor:
        case FunctionType():
            return _FUNCTION
        case UnionType():
            return _UNION
        case IntersectionType():
            return _INTERSECTION
        case ArrayType() | OptionalType():
            return _POSTFIX
        case DistinctType():
            return _DISTINCT
    return _PRIMARY


def _array_text(array: ArrayType) -> str:
    """Write `T[2][]`: SPEC, Array types: the first dimension is the outer one."""
    dimensions = ""
    member: TypeDescriptor = array
    while isinstance(member, ArrayType):
        length = member.length
        dimensions += f"[{reference_text(length) if isinstance(length, Reference) else length or ''}]"
        member = member.member
    return f"{_operand(member, _INTERSECTION)}{dimensions}"


def reference_text(reference: Reference) -> str:
    """Write a name with the last part of its module as prefix, as most imports have it."""
    if reference.module is None:
        return spelled(reference.name)
    return f"{reference.module.rpartition('/')[2].rpartition('.')[2]}:{spelled(reference.name)}"


def _table_text(table: TableType) -> str:
    shown = f"table<{type_text(table.row)}>"
    if table.key_type is not None:
        return f"{shown} key<{type_text(table.key_type)}>"
    return shown if table.key_names is None else f"{shown} key({', '.join(map(spelled, table.key_names))})"


def _record_text(record: RecordType) -> str:
    parts = [f"*{reference_text(one)};" for one in record.inclusions]
    parts += [f"{record_field_text(field)};" for field in record.fields]
    if record.rest is not None:
        parts.append(f"{type_text(record.rest)}...;")
    start, end = ("{|", "|}") if record.closed else ("{", "}")
    return " ".join(["record", start, *parts, end])


def _object_text(object_type: ObjectType) -> str:
    parts = [f"*{reference_text(one)};" for one in object_type.inclusions]
    parts += [f"{object_field_text(field)};" for field in object_type.fields]
    parts += [f"{method_text(method)};" for method in object_type.methods]
    return f"{_qualifiers(object_type.qualifiers)}object {{ {' '.join(parts)} }}"


def record_field_text(field: RecordField) -> str:
    """Write a field of a record."""
    default = "" if field.default is None else f" = {field.default.text}"
    readonly = "readonly " if field.readonly else ""
    return f"{readonly}{type_text(field.type)} {spelled(field.name)}{'?' if field.optional else ''}{default}"


def object_field_text(field: ObjectField) -> str:
    """Write a field of an object or class, without its initial value."""
    visibility = "" if field.visibility == "module" else f"{field.visibility} "
    return f"{visibility}{'final ' if field.final else ''}{type_text(field.type)} {spelled(field.name)}"


def method_text(method: Method) -> str:
    """Write a method without its body."""
    visibility = (
        f"{method.visibility} " if method.visibility != "module" and method.kind in {"normal", "init"} else ""
    )
    network = f"{method.kind} " if method.kind in {"remote", "resource"} else ""
    name = spelled(method.name) if method.kind != "resource" else f"{method.name} {_path_text(method)}"
    head = f"{visibility}{_qualifiers(method.qualifiers)}{network}function {name}"
    return f"{head}{signature_text(method.signature)}"


def _path_text(method: Method) -> str:
    segments = []
    for segment in method.path:
        if segment.type is None:
            segments.append(spelled(segment.name))
            continue
        rest = "..." if segment.kind == "rest" else ""
        segments.append(f"[{f'{type_text(segment.type)}{rest} {spelled(segment.name)}'.rstrip()}]")
    return "/".join(segments) or "."


def signature_text(signature: Signature) -> str:
    """Write parameters and result; a result of nil is left out."""
    parameters = ", ".join(parameter_text(parameter) for parameter in signature.parameters)
    result = "" if signature.result == NIL else f" returns {type_text(signature.result)}"
    return f"({parameters}){result}"


def parameter_text(parameter: Parameter) -> str:
    """Write a parameter."""
    star = "*" if parameter.kind == "included" else ""
    dots = "..." if parameter.kind == "rest" else ""
    default = ""
    if parameter.inferred:
        default = " = <>"
    elif parameter.default is not None:
        default = f" = {parameter.default.text}"
    return f"{star}{type_text(parameter.type)}{dots} {spelled(parameter.name)}{default}".rstrip()


def enum_member_text(member: EnumMember) -> str:
    """Write a member of an enum."""
    name = spelled(member.name)
    return name if member.value is None else f"{name} = {member.value.text}"


def declaration_text(declaration: Declaration) -> str:
    """Write the head of a declaration: a type definition whole, of a class or enum only its name."""
    match declaration:
        case Function():
            head = f"{_qualifiers(declaration.qualifiers)}function {spelled(declaration.name)}"
            return f"{head}{signature_text(declaration.signature)}"
        case TypeDefinition(name=name, type=type_):
            return f"type {spelled(name)} {type_text(type_)}"
        case Class():
            qualifiers = _qualifiers(declaration.qualifiers | declaration.type.qualifiers)
            return f"{qualifiers}class {spelled(declaration.name)}"
        case Enum(name=name):
            return f"enum {spelled(name)}"
        case Constant(name=name, type=type_, value=value):
            return f"const {_typed(type_)}{spelled(name)} = {value.text}"
        case Variable():
            head = f"{_qualifiers(declaration.qualifiers)}{_typed(declaration.type, 'var ')}"
            return f"{head}{spelled(declaration.name)}{' = ?' if declaration.required else ''}"
        case Listener(name=name, type=type_):
            return f"listener {_typed(type_)}{spelled(name)}"
        case AnnotationDeclaration():
            return _annotation_text(declaration)
        case Service(name=name):
            return f"service {name}"


def _annotation_text(declaration: AnnotationDeclaration) -> str:
    const = "const " if declaration.const else ""
    points = f" on {', '.join(sorted(declaration.attach_points))}" if declaration.attach_points else ""
    return f"{const}annotation {_typed(declaration.type)}{spelled(declaration.name)}{points}"


def _typed(descriptor: TypeDescriptor | None, otherwise: str = "") -> str:
    return otherwise if descriptor is None else f"{type_text(descriptor)} "


def _qualifiers(words: Iterable[str]) -> str:
    return "".join(f"{word} " for word in sorted(words, key=_QUALIFIER_ORDER.index))
