"""Functions that a client declares: callbacks, and implementations of methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from semverdiff import api
from semverdiff.clients.errors import NotWritableError
from semverdiff.clients.program import NOT_SHOWN, Block, Line
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from semverdiff.api import Member, Type
    from semverdiff.clients.draft import Draft
    from semverdiff.clients.program import Part

__all__ = ["declared_function", "implementation", "is_typedesc", "own_signature", "result_body"]

_MOST_PARAMETERS = 40


def declared_function(
    draft: Draft, type_: Type, function: nodes.FunctionType, body: tuple[Part, ...] | None = None
) -> str:
    """Declare a function of a function type, and return its name. Without a body it does nothing useful."""
    if function.signature is None:
        function = msgspec.structs.replace(function, signature=nodes.Signature((), nodes.NIL))
    name = draft.names.fresh("callback")
    signature = own_signature(draft, cast("nodes.Signature", function.signature), type_)
    words = "".join(f"{one} " for one in sorted(function.qualifiers))
    head = f"{words}function {name}{api.signature_text(signature)} {{"
    draft.declare(Block(Line(head), result_body(signature) if body is None else body))
    return name


def result_body(signature: nodes.Signature) -> tuple[Line, ...]:
    """Return the end of a function that has the result of a signature, as it must, and never gives it."""
    return () if signature.result == nodes.NIL else (NOT_SHOWN,)


def own_signature(draft: Draft, signature: nodes.Signature, home: Type) -> nodes.Signature:
    """Return a signature as the client writes it: every parameter has a name, and defaults are its own."""
    if len(signature.parameters) > _MOST_PARAMETERS:
        raise NotWritableError("a function has too many parameters to be written out")
    draft.spend(len(signature.parameters))
    kept: dict[str, nodes.TypeDescriptor] = {
        one.name: nodes.Reference(None, one.name) for one in signature.parameters if _is_typedesc(one)
    }
    parameters = []
    for index, one in enumerate(signature.parameters):
        name = one.name or f"value{index + 1 if index else ''}"
        type_ = home.with_descriptor(one.type)
        default = None if one.default is None else _default(draft, type_)
        parameters.append(
            nodes.Parameter(
                one.kind, name, draft.names.descriptor(type_, kept), default, one.inferred, one.metadata
            )
        )
    result = draft.names.descriptor(home.with_descriptor(signature.result), kept)
    return nodes.Signature(tuple(parameters), result)


def _is_typedesc(parameter: nodes.Parameter) -> bool:
    return parameter.inferred or is_typedesc(parameter.type)


def is_typedesc(descriptor: nodes.TypeDescriptor) -> bool:
    """Return whether a type is written as one of type descriptors."""
    if type(descriptor) is nodes.BuiltinType or type(descriptor) is nodes.ParameterizedType:
        return descriptor.name == "typedesc"
    return False


def _default(draft: Draft, type_: Type) -> nodes.Expression:
    text = draft.constructed_inline(type_, "value")
    return nodes.Expression((text,), text)


def implementation(draft: Draft, member: Member[nodes.Method], *, breaks: bool = False) -> Block:
    """Return a method of a class of the client that implements a member."""
    method = member.declared
    home = member.type_of(nodes.NIL)
    path = tuple(
        msgspec.structs.replace(
            one, type=None if one.type is None else draft.names.descriptor(home.with_descriptor(one.type))
        )
        for one in method.path
    )
    own = msgspec.structs.replace(
        method, signature=own_signature(draft, method.signature, home), path=path, metadata=method.metadata
    )
    return Block(Line(f"{api.method_text(own)} {{", breaks), result_body(own.signature))
