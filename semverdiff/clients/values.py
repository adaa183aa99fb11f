"""Values of types as a client builds them: literals, constructors, `new`, its own functions and classes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import api
from semverdiff.clients import (
    calls,
    error_values,
    functions,
    objects,
)  # values hold functions and objects, which hold values
from semverdiff.clients.errors import NotWritableError
from semverdiff.clients.members import further_key
from semverdiff.clients.names import enum_string
from semverdiff.clients.program import NOT_SHOWN, Block, Line
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import quoted, spelled
from semverdiff.types.forms import array_length, shape, written_members

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.api import Target, Type
    from semverdiff.clients.draft import Draft

__all__ = [
    "constructed",
    "immutable",
    "needs_type",
    "new_object",
    "plain",
    "record",
]

_ANYDATA = nodes.BuiltinType("anydata")
_READONLY = nodes.BuiltinType("readonly")
# Their values are immutable, whatever they hold.
_IMMUTABLE: Final = nodes.NilType, nodes.SingletonType, nodes.FunctionType
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
    descriptor = type_.descriptor
    if type(descriptor) is nodes.BuiltinType:
        return _LITERALS[descriptor.name] if descriptor.name in _PLAIN else None
    if type(descriptor) is nodes.SingletonType:
        return descriptor.text
    return "()" if type(descriptor) is nodes.NilType else None


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
    descriptor = type_.descriptor
    if type(descriptor) is nodes.BuiltinType:
        return _LITERALS.get(descriptor.name) or _builtin(draft, descriptor.name)
    if type(descriptor) is nodes.Reference:
        return _named(draft, type_, descriptor, wanted, full=full, level=level)
    match descriptor:
        # The commonest first: to find that a node is of another form takes long.
        case nodes.ArrayType():
            return _list(draft, type_, descriptor, full=full, level=level)
        case nodes.RecordType():
            return record(draft, type_, {}, full=full, level=level)
        case nodes.OptionalType() | nodes.UnionType():
            # What a union names comes behind what is written in it.
            text = None if full else _plain_member(written_members(type_))
            return text or _of_union(draft, draft.members.union(type_), wanted, full=full, level=level)
        case nodes.NilType():
            return "()"
        case nodes.SingletonType(text=text):
            return text
        case nodes.TupleType(members=members, rest=rest):
            further = (rest,) if rest is not None and full and level < _FULL_LIST_LEVELS else ()
            parts = [
                constructed(draft, type_.with_descriptor(one), "item", full=full, level=level + 1)
                for one in (*members, *further)
            ]
            return f"[{', '.join(parts)}]"
        case nodes.ParameterizedType() as parameterized:
            return _parameterized(draft, type_, parameterized, wanted, full=full, level=level)
        case nodes.IntersectionType(members=members):
            return _intersection(draft, type_, members, wanted, full=full, level=level)
        case nodes.TableType(row=row) as table:
            return _table(draft, type_, table, type_.with_descriptor(row), full=full, level=level)
        case nodes.StreamType():
            return _stream(draft, type_, descriptor)
        case nodes.FunctionType() as function:
            return functions.declared_function(draft, type_, function)
        case nodes.ObjectType():
            return _implemented(draft, type_, None)
    raise NotWritableError("clients cannot make values of the type")


def _builtin(draft: Draft, name: str) -> str:
    if name != "function":
        raise NotWritableError(f"clients cannot make a value of type '{name}'")
    function = draft.names.fresh("callback")
    draft.declare(Block(Line(f"isolated function {function}() {{"), ()))
    return function


def _of_union(draft: Draft, members: list[Type], wanted: str, *, full: bool, level: int) -> str:
    """Return a value of one member; a variable says which, where a constructor would not."""
    text = None if full else _plain_member(members)
    if text is not None:
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


def _plain_member(members: Iterable[Type]) -> str | None:
    """Return a literal of the first member that has one, but for nil; `None` if none has."""
    for member in members:
        text = plain(member)
        if text is not None and text != "()":
            return text
    return None


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
            return error_values.error(draft, type_, {}, level=level)
        case "typedesc":
            match written.parameter:
                case nodes.BuiltinType(name="any" | "anydata" | "json" | "readonly"):
                    return "string"
                case nodes.BuiltinType(name=name) if name in _PLAIN:
                    return name
                case nodes.Reference() if _is_type(inner):
                    return draft.names.text(inner)
            raise NotWritableError("the type descriptor has no name")
        case "future":
            text = draft.names.text(inner)
            function = draft.names.fresh("compute")
            draft.declare(Block(Line(f"function {function}() returns {text} {{"), (NOT_SHOWN,)))
            # SPEC, Actions: `start` is no argument.
            return draft.variable(type_, wanted, f"start {function}()")
    raise AssertionError(f"no type '{written.name}' has a parameter")


def _is_type(type_: Type) -> bool:
    """Return whether a name is that of a type where a value is expected, and not of a constant."""
    target = type_.target()
    return target is not None and isinstance(
        target.declaration, nodes.TypeDefinition | nodes.Class | nodes.Enum
    )


def record(  # noqa: PLR0913 (as `constructed`, with what is known of the value)
    draft: Draft,
    type_: Type,
    given: dict[str, str],
    *,
    readonly: bool = False,
    full: bool = False,
    level: int = 0,
) -> str:
    """Return a mapping constructor with all required fields of a record type, or of `readonly &` it.

    `given` replaces the values of fields and adds others, by the key as it is written.
    """
    members = draft.members.whole_record(type_)
    parts: dict[str, str] = {}
    is_full = full and level < _FULL_LEVELS
    for name, member in (members.fields if is_full else draft.members.demanded(type_)).items():
        key, declared = spelled(name), member.declared
        if key in given or declared.default is not None:
            continue
        held = api.field_type(member)
        if readonly or declared.readonly:
            held = immutable(draft, held)
        parts[key] = constructed(draft, held, name, full=full, level=level + 1)
    rest = members.rest
    if is_full and not given and rest is not None and rest.descriptor != _ANYDATA:
        held = immutable(draft, rest) if readonly else rest
        parts[quoted(further_key(members))] = constructed(draft, held, "item", full=True, level=level + 1)
    parts |= given
    return "{" + ", ".join([f"{key}: {value}" for key, value in parts.items()]) + "}"


def _intersection(  # noqa: PLR0913 (as `constructed`, with the form of the type)
    draft: Draft,
    type_: Type,
    members: tuple[nodes.TypeDescriptor, ...],
    wanted: str,
    *,
    full: bool,
    level: int,
) -> str:
    others = [one for one in members if one != _READONLY]
    if len(others) == 1:
        return _immutable_value(draft, type_, others[0], wanted, full=full, level=level)
    if not api.is_error(type_):
        raise NotWritableError("values of the intersection are not found by its form")
    return error_values.of_several(draft, type_, level=level)


def immutable(draft: Draft, type_: Type) -> Type:
    """Return a type without its mutable values, which nothing immutable holds."""
    if isinstance(type_.descriptor, _IMMUTABLE):
        return type_
    if draft.members.within(type_, type_.with_descriptor(_READONLY)):
        return type_
    return type_.with_descriptor(nodes.IntersectionType((_READONLY, type_.descriptor)))


def _immutable_value(  # noqa: PLR0913 (as `constructed`, with what is to be immutable)
    draft: Draft, type_: Type, mutable: nodes.TypeDescriptor, wanted: str, *, full: bool, level: int
) -> str:
    """Return a value of `readonly &` a type: every part of it is of `readonly &` the part's type."""
    inner = type_.with_descriptor(mutable)
    match mutable:
        case nodes.UnionType() | nodes.OptionalType():
            members = [immutable(draft, one) for one in draft.members.union(inner)]
            return _of_union(draft, members, wanted, full=full, level=level)
        case nodes.ArrayType(member=member):
            part = immutable(draft, inner.with_descriptor(member)).descriptor
            array = msgspec.structs.replace(mutable, member=part)
            return _list(draft, inner.with_descriptor(array), array, full=full, level=level)
        case nodes.TupleType(members=members, rest=rest):
            parts = tuple(immutable(draft, inner.with_descriptor(one)).descriptor for one in members)
            further = None if rest is None else immutable(draft, inner.with_descriptor(rest)).descriptor
            inner = inner.with_descriptor(msgspec.structs.replace(mutable, members=parts, rest=further))
        case nodes.ParameterizedType(name="map", parameter=parameter):
            part = immutable(draft, inner.with_descriptor(parameter)).descriptor
            inner = inner.with_descriptor(msgspec.structs.replace(mutable, parameter=part))
        case nodes.RecordType():
            return record(draft, inner, {}, readonly=True, full=full, level=level)
        case nodes.TableType(row=row):
            rows = immutable(draft, inner.with_descriptor(row))
            return _table(draft, type_, mutable, rows, full=full, level=level)
        case nodes.StreamType() | nodes.ParameterizedType(name="future"):
            raise NotWritableError("values of the type are never immutable")
        case nodes.Reference():
            target = inner.target()
            match None if target is None else target.declaration:
                case nodes.TypeDefinition(type=descriptor) if target is not None and not api.is_error(inner):
                    named = target.type_of(nodes.IntersectionType((_READONLY, descriptor)))
                    if shape(inner).form != "object":
                        key = (id(target.surface), target.module, target.key, full, level, _READONLY)
                        build = partial(constructed, draft, named, wanted, full=full, level=level + 1)
                        return draft.shared(key) or draft.share(key, build)
    found = shape(inner)
    if found.form == "object" and not found.readonly:
        raise NotWritableError("objects are readonly by their class only")
    return constructed(draft, inner, wanted, full=full, level=level)


def _table(  # noqa: PLR0913 (as `constructed`, with the form of the type)
    draft: Draft, type_: Type, table: nodes.TableType, row: Type, *, full: bool, level: int
) -> str:
    keys = table.key_names
    key = f" key({', '.join(map(spelled, keys))})" if keys else ""
    rows = constructed(draft, row, "row", level=level + 1) if full or keys else ""
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
    declaration, surface = target.declaration, target.surface
    if isinstance(declaration, nodes.TypeDefinition):
        return _defined(draft, type_, target, declaration.type, wanted, full=full, level=level)
    public = declaration.public and surface.exported(target.module)
    match declaration:
        case nodes.Enum(members=(first, *_)) if public:
            return draft.names.of(target.module, first.name, surface)
        case nodes.Enum(members=(first, *_)):
            return enum_string(target, first)
        case nodes.Constant() if public:
            return draft.names.of(target.module, target.key, surface)
        case nodes.Constant(value=value):
            return value.text
        case nodes.Class() if public:
            key = (id(surface), target.module, target.key)
            return draft.shared(key) or draft.share(key, partial(new_object, draft, target))
    raise NotWritableError(f"clients cannot make values of '{target.key}'")


def _defined(  # noqa: PLR0913 (as `constructed`, with what the name stands for)
    draft: Draft,
    type_: Type,
    target: Target,
    descriptor: nodes.TypeDescriptor,
    wanted: str,
    *,
    full: bool,
    level: int,
) -> str:
    """Return a value of a type that a definition gives a name."""
    key = (id(target.surface), target.module, target.key, full, level)
    shared = draft.shared(key)
    if shared is not None:
        return shared
    inner = target.type_of(descriptor)
    # Most are records, which are neither errors nor objects.
    if type(descriptor) is not nodes.RecordType:
        public = target.declaration.public and target.surface.exported(target.module)
        if not isinstance(descriptor, nodes.UnionType) and api.is_error(inner):
            if public:
                return error_values.error(draft, inner, {}, draft.names.text(type_), level=level)
            return error_values.unnamed(draft, inner, target.key, level=level)
        if api.declared_object_type(target.declaration) is not None:
            return _implemented(draft, inner, type_ if public else None)
    return draft.share(key, partial(constructed, draft, inner, wanted, full=full, level=level + 1))


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
