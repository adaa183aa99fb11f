"""Client code: what its placeholders stand for, read from declarations and types of the old version.

    placeholder    stands for
    arguments      what a call passes, by the names of the parameters: `item, quantity`
    call           what stands before the argument list: `shop:createOrder`, `c->/users/[id].get`
    constructor    the constructor that an ambiguous type leaves open: `[]`, `{}`, `new`
    data           `json` if the old record was
    declared_type  the type of the field that the old version declares
    declaring      the type or function at the head of the symbol
    example        a value of the old type only
    implementing   the kind of class that implements the member
    leading        arguments with a comma, for what follows them
    name           the changed parameter, field, member or declaration, by its old name
    old            the old value
    old_list       a list of the old type
    old_operand    the old type as a part of a larger one
    old_optional   the old type or nil
    old_read       what reading the field gave: the old type, or nil if the field was optional
    old_type       the old type
    optional       `?` if the old field was optional
    passed         the arguments of a call that passes the parameter in question
    prefix         the prefix of the module's import
    record_passed  arguments, and an included record as a whole
    signature      the old method as an implementer writes it, without body
    taking         the object that a call needs, as a parameter
    use            what stands before the call in a statement

Code with a placeholder that is not known is not shown.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from semverdiff.api import Type, method_text, type_text
from semverdiff.compare.details import InclusionChanged, Opened, TypeChanged, ValueChanged
from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules import templates
from semverdiff.rules.client_types import for_clients, typedesc_parameters
from semverdiff.rules.messages import has_same_words, name_of
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import spelled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from semverdiff.compare import Difference

__all__ = ["MEANINGS", "client_code"]


def client_code(template: str, difference: Difference) -> str | None:
    """Return the client that a difference breaks; `None` if the difference does not tell all of it."""
    return templates.code(template, partial(_meaning, difference))


def _meaning(difference: Difference, placeholder: str) -> str | None:
    return MEANINGS[placeholder](difference)


def _prefix(difference: Difference) -> str:
    return spelled(difference.module.rpartition(".")[2])


def _declaring(difference: Difference) -> str | None:
    return spelled(difference.trail[0].name) if difference.trail else None


def _name(difference: Difference) -> str | None:
    name = name_of(difference)
    return None if name is None else spelled(name)


def _arguments(difference: Difference) -> str:
    """Return what a call passes.

    A typedesc argument that is inferred is left out, as clients do; so is what a call without the default
    that was removed leaves out.
    """
    match difference.declared:
        case nodes.Function(signature=signature) | nodes.Method(signature=signature):
            names = [
                one.name
                for one in signature.parameters
                if one.kind in {"required", "defaultable"} and not one.inferred
            ]
        case _:
            return ""
    if difference.fact is Fact.PARAMETER_DEFAULT_REMOVED and difference.trail[-1].name in names:
        names = names[: names.index(difference.trail[-1].name)]
    return ", ".join(map(spelled, names))


def _leading(difference: Difference) -> str:
    arguments = _arguments(difference)
    return f"{arguments}, " if arguments else ""


def _passed(difference: Difference) -> str | None:
    return _arguments(difference) or _name(difference)


def _call(difference: Difference) -> str | None:
    if difference.subject is Subject.INIT:
        return f"new {_prefix(difference)}:{_declaring(difference)}"
    match difference.declared:
        case nodes.Function(name=name):
            return f"{_prefix(difference)}:{spelled(name)}"
        case nodes.Method(name=name, kind="resource", path=path):
            return f"c->/{'/'.join(map(_step, path))}.{spelled(name)}"
        case nodes.Method(name=name, kind="remote"):
            return f"c->{spelled(name)}"
        case nodes.Method(name=name):
            return f"c.{spelled(name)}"
        case _:
            return None


def _step(segment: nodes.PathSegment) -> str:
    match segment.kind:
        case "name":
            return spelled(segment.name)
        case "parameter":
            return "[id]"
        case "rest":
            return "[...ids]"


def _taking(difference: Difference) -> str:
    is_method = isinstance(difference.declared, nodes.Method) and difference.subject is not Subject.INIT
    return f"{_prefix(difference)}:{_declaring(difference)} c" if is_method else ""


def _implementing(difference: Difference) -> str:
    return "class" if difference.subject is Subject.METHOD else "client class"


def _signature(difference: Difference) -> str | None:
    match difference.declared:
        case nodes.Method() as method:
            return method_text(for_clients(method, difference.module, typedesc_parameters(method)))
        case _:
            return None


def _old(difference: Difference) -> str | None:
    match difference.detail:
        case ValueChanged(nodes.Expression(text=text)):
            return text
        case _:
            return None


def _old_descriptor(difference: Difference) -> nodes.TypeDescriptor | None:
    """Return the old type as a client writes it; `None` if it is written like the new one."""
    match difference.detail:
        case TypeChanged(Type() as old) as detail if not has_same_words(detail):
            return _for_clients(difference, old)
        case InclusionChanged(included):
            return for_clients(included, difference.module)
        case _:
            return None


def _for_clients(difference: Difference, old: Type) -> nodes.TypeDescriptor:
    declared = difference.declared
    kept = (
        typedesc_parameters(declared)
        if isinstance(declared, nodes.Function | nodes.Method)
        else frozenset[str]()
    )
    return for_clients(old.descriptor, old.module, kept)


def _old_type(difference: Difference) -> str | None:
    old = _old_descriptor(difference)
    return None if old is None else type_text(old)


def _old_operand(difference: Difference) -> str | None:
    old = _old_descriptor(difference)
    return None if old is None else _operand(old)


def _old_list(difference: Difference) -> str | None:
    operand = _old_operand(difference)
    return None if operand is None else f"{operand}[]"


def _old_optional(difference: Difference) -> str | None:
    operand = _old_operand(difference)
    return None if operand is None else f"{operand}?"


def _old_read(difference: Difference) -> str | None:
    old = _old_descriptor(difference)
    if old is None or not _optional(difference):
        return _old_type(difference)
    return f"{_operand(_without_nil(old))}?"


def _operand(descriptor: nodes.TypeDescriptor) -> str:
    """Return a type so that `?`, `[]` or `...` after it means all of it."""
    match descriptor:
        case (
            nodes.BuiltinType()
            | nodes.SingletonType()
            | nodes.Reference()
            | nodes.ArrayType(length=None)
            | nodes.ParameterizedType()
            | nodes.StreamType()
        ):
            return type_text(descriptor)
        case _:
            return f"({type_text(descriptor)})"


def _without_nil(descriptor: nodes.TypeDescriptor) -> nodes.TypeDescriptor:
    """Return a type without the `?` at its end, which an optional field asks for once."""
    match descriptor:
        case nodes.OptionalType(member):
            return member
        case nodes.UnionType((*members, nodes.OptionalType(member))):
            return nodes.UnionType((*members, member))
        case _:
            return descriptor


def _declared_type(difference: Difference) -> str | None:
    match difference.declared:
        case nodes.RecordField(type=descriptor):
            return type_text(for_clients(descriptor, difference.module))
        case _:
            return None


def _optional(difference: Difference) -> str:
    match difference.declared:
        case nodes.RecordField(optional=True):
            return "?"
        case _:
            return ""


def _constructor(difference: Difference) -> str | None:
    match difference.detail:
        case TypeChanged(constructor=constructor):
            return constructor
        case _:
            return None


def _example(difference: Difference) -> str | None:
    match difference.detail:
        case TypeChanged(example=example, comparable=True):
            return example
        case _:
            return None


def _data(difference: Difference) -> str | None:
    match difference.detail:
        case Opened(was_json=True):
            return "json"
        case _:
            return None


MEANINGS: Mapping[str, Callable[[Difference], str | None]] = {
    "arguments": _arguments,
    "call": _call,
    "constructor": _constructor,
    "data": _data,
    "declared_type": _declared_type,
    "declaring": _declaring,
    "example": _example,
    "implementing": _implementing,
    "leading": _leading,
    "name": _name,
    "old": _old,
    "old_list": _old_list,
    "old_operand": _old_operand,
    "old_optional": _old_optional,
    "old_read": _old_read,
    "old_type": _old_type,
    "optional": _optional,
    "passed": _passed,
    "prefix": _prefix,
    "record_passed": lambda difference: f"{_leading(difference)}options",
    "signature": _signature,
    "taking": _taking,
    "use": lambda difference: "var c = " if difference.subject is Subject.INIT else "",
}
"""What each placeholder of client code stands for; `None`: not known."""
