"""Clients that call a function, method or init, use its result, or pass a function to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import api
from semverdiff.clients import calls, functions, losses, writes
from semverdiff.clients.errors import NotWritableError
from semverdiff.clients.program import Block, Line
from semverdiff.compare.facts import Fact, Kind, Subject
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import spelled

if TYPE_CHECKING:
    from semverdiff.api import Type
    from semverdiff.clients.calls import Called
    from semverdiff.clients.draft import Draft

__all__ = [
    "call",
    "call_ambiguously",
    "call_by_name",
    "call_in_full",
    "call_in_type_test",
    "call_isolated",
    "call_with_check",
    "call_with_field",
    "call_with_key",
    "call_with_old",
    "call_with_record",
    "call_with_rest",
    "compare_result",
    "function_value",
    "pass_function",
    "result",
]


def call(draft: Draft) -> None:
    """Call with what the old version demands."""
    function = calls.called(draft)
    if draft.difference.fact is Fact.PARAMETER_DEFAULT_REMOVED:
        _call_without(draft, function, draft.name)
        return
    _use(draft, function, _arguments(draft, function))


def _call_without(draft: Draft, function: Called, name: str) -> None:
    """Call without a parameter that had a default; what is demanded behind it is named."""
    arguments = calls.arguments_of(draft, function.signature, function.home, named_from=name)
    _use(draft, function, arguments)


def call_in_full(draft: Draft) -> None:
    """Call with an argument for each positional parameter, in the old order."""
    function = calls.called(draft)
    given: dict[str, str] = {}
    name = _parameter_name(draft)
    changed = next((one for one in function.signature.parameters if one.name == name), None)
    if changed is not None and changed.kind == "included":
        call_with_field(draft)
        return
    if changed is not None:
        given[changed.name] = draft.value(function.type_of(changed.type), changed.name)
    _use(
        draft, function, calls.arguments_of(draft, function.signature, function.home, given=given, full=True)
    )


def call_by_name(draft: Draft) -> None:
    """Call with the changed parameter by its old name, and with the demanded ones."""
    function = calls.called(draft)
    parameter = function.parameter(draft.name)
    if parameter.kind == "included":
        others = tuple(one for one in function.signature.parameters if one is not parameter)
        arguments = calls.arguments_of(draft, nodes.Signature(others, nodes.NIL), function.home)
        value = draft.typed(function.type_of(parameter.type), parameter.name)
        _use(draft, function, [*arguments, f"{spelled(parameter.name)} = {value}"])
        return
    given = {parameter.name: draft.value(function.type_of(parameter.type), parameter.name)}
    arguments = calls.arguments_of(
        draft, function.signature, function.home, given=given, named_from=parameter.name
    )
    _use(draft, function, arguments)


def call_with_old(draft: Draft) -> None:
    """Pass a value whose type is the old one of the parameter."""
    function = calls.called(draft)
    parameter = function.parameter(draft.name)
    type_ = function.type_of(parameter.type)
    if functions.is_typedesc(parameter.type):
        function = msgspec.structs.replace(function, described=frozenset({parameter.name}))
    _use(draft, function, _with(draft, function, parameter, draft.typed(type_, parameter.name)))


def call_with_rest(draft: Draft) -> None:
    """Pass an argument for the rest parameter."""
    function = calls.called(draft)
    parameter = function.parameter(draft.name)
    value = draft.value(function.type_of(parameter.type), parameter.name)
    _use(draft, function, _with(draft, function, parameter, value))


def call_with_record(draft: Draft) -> None:
    """Pass the included record as a whole."""
    function = calls.called(draft)
    included = next((one for one in function.signature.parameters if one.kind == "included"), None)
    if included is None:
        raise NotWritableError("the old version includes no record")
    value = draft.typed(function.type_of(included.type), included.name)
    _use(draft, function, _with(draft, function, included, value))


def call_with_field(draft: Draft) -> None:
    """Pass a field of the included record by its name."""
    function = calls.called(draft)
    name = _parameter_name(draft)
    included = [one for one in function.signature.parameters if one.kind == "included"]
    parameter = next((one for one in included if one.name == name), included[0] if included else None)
    if parameter is None:
        raise NotWritableError("the old version includes no record")
    shown = api.record_shape(function.type_of(parameter.type))
    fields = {} if shown is None else draft.members.record(shown.type).fields
    if not fields:
        raise NotWritableError("the included record declares no field")
    others = tuple(one for one in function.signature.parameters if one is not parameter)
    arguments = calls.arguments_of(draft, nodes.Signature(others, nodes.NIL), function.home)
    arguments += calls.included_fields(draft, function.type_of(parameter.type), next(iter(fields)))
    _use(draft, function, arguments)


def call_with_key(draft: Draft) -> None:
    """Pass a mapping with a key that no field declares, without a quote."""
    function = calls.called(draft)
    parameter = function.parameter(draft.name)
    mapping = writes.unquoted_mapping(draft, function.type_of(parameter.type))
    _use(draft, function, _with(draft, function, parameter, mapping))


def call_ambiguously(draft: Draft) -> None:
    """Pass a constructor that fitted one type."""
    function = calls.called(draft)
    parameter = function.parameter(draft.name)
    constructor = calls.ambiguous_constructor(draft)
    value = calls.constructor_of(draft, function.type_of(parameter.type), constructor)
    _use(draft, function, _with(draft, function, parameter, value))


def call_isolated(draft: Draft) -> None:
    """Call in an isolated function."""
    draft.isolated = True
    function = calls.called(draft)
    _use(draft, function, _arguments(draft, function))


def call_with_check(draft: Draft) -> None:
    """Use what the result has beside its errors."""
    function = calls.called(draft)
    if not calls.fails(draft, function):
        _use(draft, function, _arguments(draft, function))
        return
    text = calls.result_type(draft, function, without_errors=True)
    expression = draft.checked(function.call(_arguments(draft, function)))
    if text is None:
        draft.say(f"{expression};", breaks=True)
        draft.say('string state = "done";')
        return
    draft.say(f"{text} {draft.names.fresh('result')} = {expression};", breaks=True)


def call_in_type_test(draft: Draft) -> None:
    """Test whether the result is an error."""
    function = calls.called(draft)
    text = calls.result_type(draft, function)
    name = draft.names.fresh("result")
    if text is None:
        raise NotWritableError("the result has no type to test")
    draft.say(f"var {name} = {function.call(_arguments(draft, function))};")
    draft.add(Block(Line(f"if {name} is error {{", breaks=True), (Line("return;"),)))


def result(draft: Draft) -> None:
    """Use the result as one of the old type."""
    function = calls.called(draft)
    old = function.type_of(function.signature.result)
    fact = draft.difference.fact
    arguments = _arguments(draft, function)
    if fact is Fact.RETURN_DEPENDENT_REMOVED:
        arguments = _with_types(draft, function)
    if draft.difference.subject is Subject.INIT and function.creates is not None:
        _create(draft, function.creates, function.call(arguments), old)
        return
    if fact is Fact.RETURN_NEVER or old.descriptor == nodes.NIL:
        _use(draft, function, arguments)
        return
    text = calls.result_type(draft, function)
    if fact is Fact.RETURN_DEPENDENT_ADDED:
        text = "var"  # nothing says which type is meant
    if fact is Fact.RETURN_READONLY_REMOVED:
        shown = f"readonly & ({text})" if isinstance(old.descriptor, nodes.UnionType) else str(text)
        draft.say(f"{shown} {draft.names.fresh('result')} = {function.call(arguments)};", breaks=True)
        return
    draft.say(f"{text} {draft.names.fresh('result')} = {function.call(arguments)};", breaks=True)


def _with_types(draft: Draft, function: Called) -> list[str]:
    """Return the arguments with a type for each typedesc parameter, which the result depends on."""
    types = {
        name: draft.names.written(one)
        for name, one in calls.typedescs(draft, function).items()
        if not function.parameter(name).inferred
    }
    return calls.arguments_of(draft, function.signature, function.home, given=types)


def _create(draft: Draft, class_name: str, expression: str, old: Type) -> None:
    """Create an object where no other errors than the old ones may occur."""
    text = class_name if old.descriptor == nodes.NIL else _or_error(draft, old, class_name)
    draft.say(f"{text} {draft.names.fresh('instance')} = {expression};", breaks=True)


def _or_error(draft: Draft, old: Type, class_name: str) -> str:
    members = [one for one in draft.members.union(old) if one.descriptor != nodes.NIL]
    return "|".join([class_name, *(draft.names.text(one) for one in members)])


def compare_result(draft: Draft) -> None:
    """Compare the result with a value that it can no longer be."""
    function = calls.called(draft)
    example = losses.example_of(draft)
    expression = function.call(_arguments(draft, function))
    if calls.fails(draft, function):
        expression = draft.checked(expression)
    if calls.result_type(draft, function, without_errors=True) is None:
        raise NotWritableError("only errors are left to compare")
    # SPEC, Actions: a call of a remote or resource method is no operand.
    name = draft.names.fresh("result")
    draft.say(f"var {name} = {expression};")
    draft.say(f"boolean {draft.names.fresh('lost')} = {losses.lost_test(draft, name, example)};", breaks=True)


def function_value(draft: Draft) -> None:
    """Keep the function in a variable of its old type."""
    function = calls.called(draft)
    signature = functions.own_signature(draft, function.signature, function.home)
    unnamed = tuple(_unnamed(one) for one in signature.parameters)
    text = api.signature_text(nodes.Signature(unnamed, signature.result))
    draft.say(f"function {text} {draft.names.fresh('operation')} = {function.callee};", breaks=True)


def _unnamed(parameter: nodes.Parameter) -> nodes.Parameter:
    return nodes.Parameter(
        kind=parameter.kind if parameter.kind in {"rest", "included"} else "required",
        name=parameter.name if parameter.kind in {"included", "defaultable"} else "",
        type=parameter.type,
        default=None,
        inferred=False,
        metadata=parameter.metadata,
    )


def pass_function(draft: Draft) -> None:
    """Pass a function of the old type to the parameter that takes it."""
    function = calls.called(draft)
    steps = [one for one in draft.difference.trail if one.kind == Kind.PARAMETER]
    if not steps:
        raise NotWritableError("the difference is about no parameter")
    parameter = function.parameter(steps[0].name)
    type_ = function.type_of(parameter.type)
    found = next(
        (one for one in draft.members.union(type_) if isinstance(one.descriptor, nodes.FunctionType)), None
    )
    if found is None or not isinstance(found.descriptor, nodes.FunctionType):
        raise NotWritableError("the parameter takes no function")
    signature = found.descriptor.signature
    body = None if signature is None else _callback_body(draft, found, signature)
    callback = functions.declared_function(draft, found, found.descriptor, body)
    _use(draft, function, _with(draft, function, parameter, callback))


def _callback_body(draft: Draft, type_: Type, signature: nodes.Signature) -> tuple[Line | Block, ...] | None:
    """Return what the callback does that the new version does not allow; `None`: its type says it."""
    match draft.difference.fact:
        case Fact.ISOLATED_ADDED:
            counter = draft.names.fresh("count")
            draft.declare(Line(f"int {counter} = 0;"))
            return (Line(f"{counter} += 1;"), *functions.result_body(signature))
        case Fact.RETURN_ERROR_REMOVED:
            return (Line('return error("failed");'),) if _takes_any_error(draft, type_, signature) else None
        case Fact.PARAMETER_MUTABLE_MEMBER_NARROWED:
            return _writing_body(draft, signature)
        case _:
            return None


def _takes_any_error(draft: Draft, type_: Type, signature: nodes.Signature) -> bool:
    members = draft.members.union(type_.with_descriptor(signature.result))
    return any(one.descriptor == nodes.BuiltinType("error") for one in members)


def _writing_body(draft: Draft, signature: nodes.Signature) -> tuple[Line | Block, ...]:
    old, new = draft.changed_types()
    parameter = next(
        (one for one in signature.parameters if one.type == old.descriptor), signature.parameters[0]
    )
    name = spelled(parameter.name or "value")
    with draft.outside():
        statement = writes.write_into(draft, name, old, new)
    return (statement, *functions.result_body(signature))


def _parameter_name(draft: Draft) -> str | None:
    last = draft.difference.trail[-1]
    return last.name if last.kind == Kind.PARAMETER else None


def _with(draft: Draft, function: Called, parameter: nodes.Parameter, value: str) -> list[str]:
    return calls.arguments_of(draft, function.signature, function.home, given={parameter.name: value})


def _arguments(draft: Draft, function: Called) -> list[str]:
    return calls.arguments_of(draft, function.signature, function.home)


def _use(draft: Draft, function: Called, arguments: list[str]) -> None:
    calls.use_result(draft, function, arguments)
