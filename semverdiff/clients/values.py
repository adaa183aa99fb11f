"""Values of types as a client builds them: literals, constructors, `new`, its own functions and classes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from semverdiff import api
from semverdiff.clients import (
    calls,
    functions,
    objects,
)  # values hold functions and objects, which hold values
from semverdiff.clients.errors import NotWritableError
from semverdiff.clients.names import enum_string
from semverdiff.clients.program import NOT_SHOWN, Block, Line
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import spelled
from semverdiff.types.forms import array_length, shape

if TYPE_CHECKING:
    from semverdiff.api import Target, Type
    from semverdiff.clients.draft import Draft

__all__ = [
    "constructed",
    "detail_fields",
    "details_of",
    "error",
    "needs_type",
    "new_object",
    "plain",
    "record",
]

_DEEPEST = 8
# Below this level lists and maps are left empty: their members have members of their own.
_FULL_LIST_LEVELS = 6
_LONGEST_LIST = 16
# Deeper than this a record has its required fields only: a client has to be readable.
_FULL_LEVELS = 2
_LITERALS: Final = {
    "int": "1",
    "float": "1.5",
    "decimal": "1.5d",
    "string": '"text"',
    "boolean": "true",
    "byte": "1",
    "json": '"text"',
    "anydata": '"text"',
    "any": '"text"',
    "readonly": '"text"',
    "xml": "xml `<item/>`",
    "error": 'error("message")',
    "map": "{}",
    "object": "object {}",
    "typedesc": "string",
}
_LIBRARY: Final = {
    "lang.int": "1",
    "lang.string": '"a"',
}
_XML: Final = {
    "Element": "xml `<item/>`",
    "Comment": "xml `<!--text-->`",
    "Text": "xml `text`",
    "ProcessingInstruction": "xml `<?item text?>`",
}
# A literal says which of these a member of a union is.
_PLAIN = frozenset({"int", "string", "boolean"})


def plain(type_: Type) -> str | None:
    """Return a literal that fits a type whatever stands beside it in a union; `None` if there is none."""
    match type_.descriptor:
        case nodes.NilType():
            return "()"
        case nodes.BuiltinType(name=name) if name in _PLAIN:
            return _LITERALS[name]
        case nodes.SingletonType(text=text):
            return text
    return None


def constructed(  # noqa: C901, PLR0912 (one case a form)
    draft: Draft, type_: Type, wanted: str, *, full: bool = False, level: int = 0
) -> str:
    """Return an expression whose value has a type, where a value of that type is expected.

    `full` fills lists, mappings and optional fields. Raise `NotWritableError` if nobody outside of the
    package can make such a value, or not in a few lines.
    """
    draft.spend()
    if level > _DEEPEST:
        raise NotWritableError("its values are nested too deeply to be written out")
    match type_.descriptor:
        case nodes.NilType():
            return "()"
        case nodes.SingletonType(text=text):
            return text
        case nodes.BuiltinType(name=name):
            return _builtin(draft, name)
        case nodes.OptionalType() | nodes.UnionType():
            return _of_union(draft, type_, wanted, full=full, level=level)
        case nodes.ArrayType():
            return _list(draft, type_, type_.descriptor, full=full, level=level)
        case nodes.TupleType(members=members):
            parts = [
                constructed(draft, type_.with_descriptor(one), "item", full=full, level=level + 1)
                for one in members
            ]
            return f"[{', '.join(parts)}]"
        case nodes.ParameterizedType() as parameterized:
            return _parameterized(draft, type_, parameterized, wanted, full=full, level=level)
        case nodes.RecordType():
            return record(draft, type_, {}, full=full, level=level)
        case nodes.IntersectionType(members=members):
            return _intersection(draft, type_, members, wanted, full=full, level=level)
        case nodes.TableType(row=row):
            return _table(draft, type_, row, full=full, level=level)
        case nodes.StreamType():
            return _stream(draft, type_, type_.descriptor)
        case nodes.FunctionType() as function:
            return functions.declared_function(draft, type_, function)
        case nodes.ObjectType():
            return _implemented(draft, type_, None)
        case nodes.Reference() as reference:
            return _named(draft, type_, reference, wanted, full=full, level=level)
    raise NotWritableError("clients cannot make values of the type")


def _builtin(draft: Draft, name: str) -> str:
    if name == "function":
        function = draft.names.fresh("callback")
        draft.declare(Block(Line(f"isolated function {function}() {{"), ()))
        return function
    if name not in _LITERALS:
        raise NotWritableError(f"clients cannot make a value of type '{name}'")
    return _LITERALS[name]


def _of_union(draft: Draft, type_: Type, wanted: str, *, full: bool, level: int) -> str:
    """Return a value of one member; a variable says which, where a constructor would not."""
    members = draft.members.union(type_)
    if not full:
        for member in members:
            text = plain(member)
            if text is not None and text != "()":
                return text
    failed: NotWritableError | None = None
    ordered = [one for one in members if not api.is_error(one) and one.descriptor != nodes.NIL]
    for member in ordered:
        try:
            value = draft.attempt(partial(constructed, draft, member, wanted, full=full, level=level + 1))
        except NotWritableError as error:
            failed = error
            continue
        if len(ordered) == 1 or plain(member) is not None or full or not needs_type(value):
            return value
        return draft.variable(member, wanted, value)
    if any(one.descriptor == nodes.NIL for one in members):
        return "()"
    for member in members:
        if api.is_error(member):
            return constructed(draft, member, wanted, level=level + 1)
    raise failed or NotWritableError("clients cannot make a value of the type")


def needs_type(value: str) -> bool:
    """Return whether an expression takes its type from where it stands, so that a union leaves it open."""
    return value[:1] in {"[", "{", "1", "-"} or value.startswith(("table", "error(", "stream"))


def _list(draft: Draft, type_: Type, array: nodes.ArrayType, *, full: bool, level: int) -> str:
    length = array_length(type_, array)
    if length is None:
        if not full or level >= _FULL_LIST_LEVELS:
            return "[]"
        length = 1
    if length == "*":
        length = 1
    if not isinstance(length, int) or length > _LONGEST_LIST:
        raise NotWritableError("the array has too many members to be written out")
    member = type_.with_descriptor(array.member)
    parts = [constructed(draft, member, "item", full=full, level=level + 1) for _ in range(length)]
    return f"[{', '.join(parts)}]"


def _parameterized(  # noqa: PLR0913 (as `constructed`, with the form of the type)
    draft: Draft, type_: Type, written: nodes.ParameterizedType, wanted: str, *, full: bool, level: int
) -> str:
    inner = type_.with_descriptor(written.parameter)
    match written.name:
        case "map":
            if not full or level >= _FULL_LIST_LEVELS:
                return "{}"
            return f'{{"key": {constructed(draft, inner, "item", full=full, level=level + 1)}}}'
        case "xml":
            return _XML.get(getattr(written.parameter, "name", ""), _LITERALS["xml"])
        case "error":
            return error(draft, type_, {}, level=level)
        case "typedesc":
            match written.parameter:
                case nodes.BuiltinType(name="any" | "anydata" | "json" | "readonly"):
                    return "string"
                case nodes.BuiltinType(name=name) if name in _PLAIN:
                    return name
                case nodes.Reference():
                    return draft.names.text(inner)
            raise NotWritableError("the type descriptor has no name")
        case "future":
            text = draft.names.text(inner)
            function = draft.names.fresh("compute")
            draft.declare(Block(Line(f"function {function}() returns {text} {{"), (NOT_SHOWN,)))
            # SPEC, Actions: `start` is no argument.
            return draft.variable(type_, wanted, f"start {function}()")
    raise NotWritableError("clients cannot make values of the type")


def record(draft: Draft, type_: Type, given: dict[str, str], *, full: bool = False, level: int = 0) -> str:
    """Return a mapping constructor with all required fields of a record type.

    `given` replaces the values of fields and adds others, by the key as it is written.
    """
    members = draft.members.whole_record(type_)
    parts: dict[str, str] = {}
    fields = members.fields if full and level < _FULL_LEVELS else draft.members.demanded(type_)
    for name, member in fields.items():
        key = spelled(name)
        if key in given or member.declared.default is not None:
            continue
        parts[key] = constructed(draft, api.field_type(member), name, full=full, level=level + 1)
    parts |= given
    return "{" + ", ".join(f"{key}: {value}" for key, value in parts.items()) + "}"


def error(draft: Draft, type_: Type, given: dict[str, str], name: str = "", *, level: int = 0) -> str:
    """Return an error constructor with the fields that the detail demands."""
    fields = detail_fields(draft, type_, given, level=level)
    arguments = ", ".join(['"message"', *(f"{key} = {value}" for key, value in fields.items())])
    return f"error{f' {name}' if name else ''}({arguments})"


def detail_fields(draft: Draft, type_: Type, given: dict[str, str], *, level: int = 0) -> dict[str, str]:
    """Return the values of the detail fields that an error type demands, by their keys."""
    parts: dict[str, str] = {}
    for detail in details_of(type_):
        shown = api.record_shape(detail)
        if shown is None:
            continue
        draft.members.whole_record(shown.type)
        for name, member in draft.members.demanded(shown.type).items():
            key = spelled(name)
            if key in given:
                continue
            parts[key] = constructed(draft, api.field_type(member), name, level=level + 1)
    return parts | given


def details_of(type_: Type) -> list[Type]:
    """Return the detail types of an error type, through names, `distinct` and intersections."""
    found: list[Type] = []
    waiting, seen = [type_], set[tuple[str, str]]()
    while waiting:
        current = waiting.pop()
        match current.descriptor:
            case nodes.ParameterizedType(name="error", parameter=parameter):
                found.append(current.with_descriptor(parameter))
            case nodes.DistinctType(member=member):
                waiting.append(current.with_descriptor(member))
            case nodes.IntersectionType(members=members):
                waiting += [current.with_descriptor(one) for one in members]
            case nodes.Reference():
                target = current.target()
                if target is None or target.origin in seen:
                    continue
                seen.add(target.origin)
                if isinstance(target.declaration, nodes.TypeDefinition):
                    waiting.append(target.type_of(target.declaration.type))
    return found


def _intersection(  # noqa: PLR0913 (as `constructed`, with the form of the type)
    draft: Draft,
    type_: Type,
    members: tuple[nodes.TypeDescriptor, ...],
    wanted: str,
    *,
    full: bool,
    level: int,
) -> str:
    if api.is_error(type_):
        return error(draft, type_, {}, level=level)
    others = [one for one in members if one != nodes.BuiltinType("readonly")]
    if len(others) != 1:
        raise NotWritableError("values of the intersection are not found by its form")
    inner = type_.with_descriptor(others[0])
    if shape(inner).form == "object" and not shape(inner).readonly:
        raise NotWritableError("objects are readonly by their class only")
    return constructed(draft, inner, wanted, full=full, level=level + 1)


def _table(draft: Draft, type_: Type, row: nodes.TypeDescriptor, *, full: bool, level: int) -> str:
    keys = type_.descriptor.key_names if isinstance(type_.descriptor, nodes.TableType) else None
    key = f" key({', '.join(map(spelled, keys))})" if keys else ""
    rows = constructed(draft, type_.with_descriptor(row), "row", level=level + 1) if full or keys else ""
    if draft.inline:
        return f"table{key} [{rows}]"
    text = draft.names.text(type_)
    name = draft.names.fresh("rows")
    draft.say(f"{text} {name} = table{key} [{rows}];")
    return name


def _stream(draft: Draft, type_: Type, stream: nodes.StreamType) -> str:
    member = draft.names.text(type_.with_descriptor(stream.value))
    items = draft.variable(type_.with_descriptor(nodes.ArrayType(stream.value, None)), "items", "[]")
    item = draft.names.fresh("item")
    return f"stream from {member} {item} in {items} select {item}"


def _named(  # noqa: PLR0913 (as `constructed`, with the form of the type)
    draft: Draft, type_: Type, reference: nodes.Reference, wanted: str, *, full: bool, level: int
) -> str:
    target = type_.target()
    if target is None:
        # A member of an enum is a name of its module, too; what else leads nowhere was not read.
        if type_.surface.home(reference, type_.module) is None:
            return _of_library(reference)
        return draft.names.text(type_)
    public = target.declaration.public and target.surface.exported(target.module)
    match target.declaration:
        case nodes.Enum(members=(first, *_)) if public:
            return draft.names.of(target.module, first.name, target.surface)
        case nodes.Enum(members=(first, *_)):
            return enum_string(target, first)
        case nodes.Constant() if public:
            return draft.names.of(target.module, target.key, target.surface)
        case nodes.Constant(value=value):
            return value.text
        case nodes.Class() if public:
            return new_object(draft, target)
        case nodes.TypeDefinition(type=descriptor):
            inner = target.type_of(descriptor)
            if not isinstance(descriptor, nodes.UnionType) and api.is_error(inner):
                name = draft.names.text(type_) if public else ""
                if not public and isinstance(descriptor, nodes.DistinctType):
                    raise NotWritableError(f"clients cannot name the private distinct type '{target.key}'")
                return error(draft, inner, {}, name, level=level)
            if api.declared_object_type(target.declaration) is not None:
                return _implemented(draft, inner, type_ if public else None)
            key = (id(target.surface), target.module, target.key, full, level)
            return draft.shared(key, partial(constructed, draft, inner, wanted, full=full, level=level + 1))
    raise NotWritableError(f"clients cannot make values of '{target.key}'")


def _of_library(reference: nodes.Reference) -> str:
    module = (reference.module or "").removeprefix("ballerina/")
    if module == "lang.xml":
        return _XML.get(reference.name, _LITERALS["xml"])
    if module in _LIBRARY and reference.name != "RegExp":
        return _LIBRARY[module]
    raise NotWritableError("the type is another package's, which was not read")


def new_object(draft: Draft, target: Target, arguments: list[str] | None = None) -> str:
    """Return a `new` expression of a public class, with the arguments that its init demands."""
    init = calls.init_of(draft, target)
    name = draft.names.of(target.module, target.key, target.surface)
    if init is None:
        return f"new {name}()"
    if init.declared.visibility != "public":
        raise NotWritableError(f"clients cannot call the init of '{target.key}'")
    passed = (
        calls.arguments_of(draft, init.declared.signature, init.type_of(nodes.NIL))
        if arguments is None
        else arguments
    )
    expression = f"new {name}({', '.join(passed)})"
    fails = init.declared.signature.result != nodes.NIL
    return draft.checked(expression) if fails else expression


def _implemented(draft: Draft, type_: Type, name: Type | None) -> str:
    """Declare a class that implements an object type, and return what creates an object of it."""
    return f"new {objects.own_class(draft, name or type_, includes=name is not None)}()"
