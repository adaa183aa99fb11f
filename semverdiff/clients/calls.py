"""Calls of functions, methods and `new`: what stands before the arguments, the arguments, and the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import api
from semverdiff.clients import functions, objects
from semverdiff.clients.errors import NotWritableError
from semverdiff.compare.details import TypeChanged
from semverdiff.compare.facts import Fact, Subject
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import spelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.api import Member, Target, Type
    from semverdiff.clients.draft import Draft

__all__ = [
    "Called",
    "ambiguous_constructor",
    "arguments_of",
    "called",
    "constructor_of",
    "fails",
    "found_method",
    "included_fields",
    "init_of",
    "method",
    "receiver",
    "result_type",
    "typedescs",
    "use_result",
]

# What is passed behind all positional arguments.
_WHOLE = frozenset({"included", "rest"})
_ANY = nodes.UnionType((nodes.BuiltinType("any"), nodes.BuiltinType("error")))
_BUILTIN = frozenset(
    {
        "any",
        "anydata",
        "json",
        "string",
        "int",
        "float",
        "decimal",
        "boolean",
        "byte",
        "xml",
        "readonly",
        "error",
    }
)
_ANY_DATA = frozenset({"any", "anydata", "json", "readonly"})


class Called(msgspec.Struct, frozen=True):
    """A function of the old version, ready to be called; `home` is where its signature is written.

    `creates` is the class of which the call makes an object: what is called is `new` with that class.
    `described` are typedesc parameters that get a variable, of which only the type is known.
    """

    callee: str
    signature: nodes.Signature
    home: api.Type
    creates: str | None = None
    described: frozenset[str] = frozenset()

    def call(self, arguments: list[str]) -> str:
        """Return the call with these arguments."""
        return f"{self.callee}({', '.join(arguments)})"

    def type_of(self, descriptor: nodes.TypeDescriptor) -> Type:
        """Return a type that is written in the signature."""
        return self.home.with_descriptor(descriptor)

    def parameter(self, name: str) -> nodes.Parameter:
        """Return a parameter by its name."""
        for one in self.signature.parameters:
            if one.name == name:
                return one
        raise NotWritableError(f"the old version has no parameter '{name}'")


def called(draft: Draft) -> Called:
    """Return what a difference of a function, method, init or of a part of them calls."""
    difference, target = draft.difference, draft.declared()
    declared = difference.declared
    match declared:
        case nodes.Function(signature=signature):
            draft.spend(len(signature.parameters))
        case nodes.Method(signature=signature, path=path):
            draft.spend(len(signature.parameters))
            draft.require(sum(segment.type is not None for segment in path))
    home = target.type_of(nodes.NIL)
    if isinstance(target.declaration, nodes.Function):
        callee = draft.names.of(target.module, target.key)
        return Called(callee, target.declaration.signature, home)
    if difference.subject is Subject.INIT or _is_init(difference.declared):
        init = init_of(draft, target)
        name = draft.names.of(target.module, target.key)
        if init is None:
            return Called(f"new {name}", nodes.Signature((), nodes.NIL), home, name)
        return Called(f"new {name}", init.declared.signature, init.type_of(nodes.NIL), name)
    if not isinstance(declared, nodes.Method):
        raise NotWritableError("the old version declares no such method")
    return method(draft, found_method(draft, declared))


def _is_init(declared: object) -> bool:
    return isinstance(declared, nodes.Method) and declared.kind == "init"


def found_method(draft: Draft, declared: nodes.Method) -> Member[nodes.Method]:
    """Return a method of the type at the head of the trail with what gives its names a meaning."""
    type_ = objects.written(draft.named)
    member = draft.members.object(type_).methods.get(api.method_key(declared))
    return member or api.Member(declared, draft.module, draft.old)


def init_of(draft: Draft, target: Target) -> Member[nodes.Method] | None:
    """Return the init of a class; `None` for the implicit one."""
    written = objects.written(target.type_of(nodes.Reference(None, target.key)))
    return draft.members.object(written).methods.get("init")


def receiver(draft: Draft) -> str:
    """Return a variable or parameter that holds an object of the type at the head of the trail."""
    return draft.held(draft.named, draft.wanted)


def method(draft: Draft, member: Member[nodes.Method]) -> Called:
    """Return a method of an object of the type at the head of the trail, ready to be called."""
    instance, declared, home = receiver(draft), member.declared, member.type_of(nodes.NIL)
    match declared.kind:
        case "remote":
            callee = f"{instance}->{spelled(declared.name)}"
        case "resource":
            steps = "/".join(_step(draft, one, home) for one in declared.path)
            callee = f"{instance}->/{steps}.{spelled(declared.name)}"
        case _:
            callee = f"{instance}.{spelled(declared.name)}"
    return Called(callee, declared.signature, home)


def _step(draft: Draft, segment: nodes.PathSegment, home: Type) -> str:
    if segment.type is None:
        return spelled(segment.name)
    value = f"[{_step_value(draft, segment, home.with_descriptor(segment.type))}]"
    # A rest takes more than one segment, which a parameter does not.
    return f"{value}/{value}" if segment.kind == "rest" else value


def _step_value(draft: Draft, segment: nodes.PathSegment, type_: Type) -> str:
    """Return a value of a path parameter; of one that the difference is about a variable of its type."""
    match draft.difference.detail:
        case TypeChanged(parameter=segment.name):
            return draft.typed(type_, segment.name)
    return draft.value(type_, segment.name)


def arguments_of(  # noqa: PLR0913 (which parameters are passed, and how)
    draft: Draft,
    signature: nodes.Signature,
    home: Type,
    *,
    given: Mapping[str, str] | None = None,
    full: bool = False,
    named_from: str | None = None,
) -> list[str]:
    """Return the arguments that a call needs.

    `given` are arguments by the name of their parameter: those before them are passed as well. `full` passes
    every positional parameter. From the parameter `named_from` on arguments have names, and no default before
    it is passed.
    """
    given = given or {}
    draft.spend(len(signature.parameters))
    positional = [one for one in signature.parameters if one.kind in {"required", "defaultable"}]
    whole = [given[one.name] for one in signature.parameters if one.kind in _WHOLE and one.name in given]
    demanded = {
        index
        for index, one in enumerate(positional)
        if full or whole or (one.kind == "required" and not one.inferred) or one.name in given
    }
    last = max(demanded, default=-1)
    by_position: list[str] = []
    by_name: list[str] = []
    is_named = False
    for index, one in enumerate(positional[: last + 1]):
        is_named = is_named or one.name == named_from
        if index not in demanded and (is_named or one.inferred or named_from is not None):
            is_named = True  # what is left out ends the arguments by position
            continue
        value = given.get(one.name) or _argument(draft, home, one)
        if is_named:
            by_name.append(f"{spelled(one.name)} = {value}")
        else:
            by_position.append(value)
    for one in signature.parameters:
        if one.kind == "included" and one.name not in given:
            by_name += included_fields(draft, home.with_descriptor(one.type))
    return [*by_position, *whole, *by_name]


def _argument(draft: Draft, home: Type, parameter: nodes.Parameter) -> str:
    """Return a value for a parameter; the default of a typedesc parameter, which the result may name."""
    if _has_default(parameter):
        return draft.names.written(_default(draft, home, parameter))
    return draft.value(home.with_descriptor(parameter.type), parameter.name or "value")


def included_fields(draft: Draft, type_: Type, with_: str = "") -> list[str]:
    """Return named arguments for the fields that an included record demands, and for the field `with_`."""
    shown = api.record_shape(type_)
    if shown is None:
        raise NotWritableError("the included record is not known")
    fields = draft.members.demanded(shown.type)
    if with_ and with_ not in fields:
        fields = {with_: draft.members.record(shown.type).fields[with_], **fields}
    return [
        f"{spelled(name)} = {draft.value(api.field_type(member), name)}" for name, member in fields.items()
    ]


def typedescs(draft: Draft, function: Called) -> dict[str, nodes.TypeDescriptor]:
    """Return what the typedesc parameters of a function stand for in the client: its result may name them."""
    return {
        one.name: _described(draft, function, one)
        for one in function.signature.parameters
        if functions.is_typedesc(one.type) or one.inferred
    }


def _described(draft: Draft, function: Called, parameter: nodes.Parameter) -> nodes.TypeDescriptor:
    match parameter.type:
        case nodes.BuiltinType(name="typedesc"):
            bound = function.type_of(_ANY)
        case nodes.ParameterizedType(name="typedesc", parameter=written):
            bound = function.type_of(written)
        case _:
            raise NotWritableError("the type of the result is behind a name")
    if parameter.name in function.described:
        return draft.names.descriptor(bound)
    if draft.difference.fact is Fact.RETURN_DEPENDENT_REMOVED:
        return _not_given(draft, bound)
    if _has_default(parameter):
        return _default(draft, function.home, parameter)
    if bound.descriptor == _ANY:
        return nodes.BuiltinType("string")
    match bound.descriptor:
        case nodes.BuiltinType(name=name) if name in _ANY_DATA:
            return nodes.BuiltinType("string")
    return draft.names.descriptor(bound)


def _not_given(draft: Draft, bound: Type) -> nodes.TypeDescriptor:
    """Return a type that the new result, which is the same for every argument, does not fit."""
    _, new = draft.changed_types()
    given = [one for one in draft.members.union(new) if not api.is_error(one)]
    for name in ("string", "int", "boolean"):
        one = bound.with_descriptor(nodes.BuiltinType(name))
        if draft.members.within(one, bound) is True and not _all_within(draft, given, one):
            return one.descriptor
    if _all_within(draft, given, bound):
        raise NotWritableError("the new result fits every type that the parameter describes")
    return draft.names.descriptor(bound)


def _all_within(draft: Draft, members: list[Type], type_: Type) -> bool:
    return all(draft.members.within(one, type_) is True for one in members)


def _has_default(parameter: nodes.Parameter) -> bool:
    """Return whether a typedesc parameter names the type that it describes if nothing is passed."""
    return functions.is_typedesc(parameter.type) and parameter.default is not None and not parameter.inferred


def _default(draft: Draft, home: Type, parameter: nodes.Parameter) -> nodes.TypeDescriptor:
    """Return the type that a typedesc parameter describes by its default."""
    text = parameter.default.text if parameter.default is not None else ""
    if text in _BUILTIN:
        return nodes.BuiltinType(text)
    module, _, name = text.rpartition(":")
    if not name.isidentifier():
        raise NotWritableError("the default of a typedesc parameter is no name")
    return draft.names.descriptor(home.with_descriptor(nodes.Reference(module or None, name)))


def result_type(draft: Draft, function: Called, *, without_errors: bool = False) -> str | None:
    """Return the result of a function as the client writes it; `None` for nil, or if nothing is left."""
    result = function.type_of(function.signature.result)
    if result.descriptor == nodes.NIL:
        return None
    kept = typedescs(draft, function)
    if not without_errors or not fails(draft, function):
        return draft.names.text(result, kept)
    members = [one for one in draft.members.union(result) if not api.is_error(one)]
    if not members or all(one.descriptor == nodes.NIL for one in members):
        return None
    texts = tuple(draft.names.descriptor(one, kept) for one in members)
    return draft.names.written(texts[0] if len(texts) == 1 else nodes.UnionType(texts))


def fails(draft: Draft, function: Called) -> bool:
    """Return whether a result may be an error, and something else that `check` leaves."""
    bounds = {one.name: one.type for one in function.signature.parameters if functions.is_typedesc(one.type)}
    errors = [
        _is_error(function, bounds, one)
        for one in draft.members.union(function.type_of(function.signature.result))
    ]
    return any(errors) and not all(errors)


def _is_error(function: Called, bounds: Mapping[str, nodes.TypeDescriptor], member: Type) -> bool:
    """Return whether a member of a result is an error, also one that a typedesc parameter describes."""
    match member.descriptor:
        case nodes.Reference(module=None, name=name) if name in bounds:
            match bounds[name]:
                case nodes.ParameterizedType(parameter=bound):
                    return api.is_error(function.type_of(bound))
    return api.is_error(member)


def use_result(draft: Draft, function: Called, arguments: list[str]) -> None:
    """Add the call as a statement whose result is used: `check`, and a variable of the rest of its type."""
    result = function.type_of(function.signature.result)
    expression = function.call(arguments)
    if function.creates is not None:
        checked = expression if result.descriptor == nodes.NIL else draft.checked(expression)
        draft.say(f"{function.creates} {draft.names.fresh('instance')} = {checked};", breaks=True)
        return
    if result.descriptor == nodes.BuiltinType("never"):
        draft.say(f"{expression};", breaks=True)
        return
    failing = fails(draft, function)
    text = result_type(draft, function, without_errors=True)
    used = draft.checked(expression) if failing else expression
    if text is None:
        draft.say(f"{used};", breaks=True)
    else:
        draft.say(f"{text} {draft.names.fresh('result')} = {used};", breaks=True)


def ambiguous_constructor(draft: Draft) -> str:
    """Return the constructor that a type which changed leaves open."""
    match draft.difference.detail:
        case TypeChanged(constructor=str() as constructor):
            return constructor
    raise NotWritableError("it is not known which constructor is ambiguous")


def constructor_of(draft: Draft, type_: Type, constructor: str) -> str:
    """Return an expression that begins with the constructor which an ambiguous type leaves open."""
    if constructor == "new":
        return "new"
    value = draft.constructed(type_, "value", full=True)
    return value if value[:1] == constructor[:1] else constructor
