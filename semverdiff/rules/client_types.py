"""Types and signatures as clients write them: names of the package carry the prefix of their module."""

from __future__ import annotations

from typing import TypeVar, cast

import msgspec

from semverdiff.syntax import nodes

__all__ = ["for_clients", "typedesc_parameters"]

_Node = TypeVar("_Node", bound=msgspec.Struct)

_NO_NAMES: frozenset[str] = frozenset()


def for_clients(node: _Node, module: str, kept: frozenset[str] = _NO_NAMES) -> _Node:
    """Return a type descriptor or method whose unqualified names are those of `module`.

    A name without prefix is one of the module that writes it, except those `kept`: typedesc parameters
    that a dependent result names. Defaults of record fields, which are no part of a type, are left out.
    """
    written: dict[int, object] = {}
    waiting: list[object] = [node]
    while waiting:
        current = waiting[-1]
        ahead = [part for part in _parts(current) if id(part) not in written]
        if ahead:
            waiting += ahead
            continue
        waiting.pop()
        written[id(current)] = _rewritten(current, written, module, kept)
    return cast("_Node", written[id(node)])


def typedesc_parameters(declared: nodes.Function | nodes.Method) -> frozenset[str]:
    """Return the names of typedesc parameters, which the result of a dependent function may name."""
    return frozenset(
        one.name for one in declared.signature.parameters if one.inferred or _is_typedesc(one.type)
    )


def _is_typedesc(descriptor: nodes.TypeDescriptor) -> bool:
    match descriptor:
        case nodes.BuiltinType(name="typedesc") | nodes.ParameterizedType(name="typedesc"):
            return True
        case _:
            return False


def _parts(node: object) -> tuple[object, ...]:
    """Return the parts that may hold names: of a tuple its members, of a node its fields."""
    match node:
        case nodes.Expression() | nodes.Metadata():
            return ()
        case tuple():
            return node
        case msgspec.Struct():
            return tuple(
                part
                for name in node.__struct_fields__
                if isinstance(part := getattr(node, name), msgspec.Struct | tuple)
            )
        case _:
            return ()


def _rewritten(node: object, written: dict[int, object], module: str, kept: frozenset[str]) -> object:
    match node:
        case nodes.Reference(module=None, name=name) if name not in kept:
            return nodes.Reference(module, name)
        case tuple():
            return tuple(written[id(part)] for part in node)
        case nodes.RecordField(default=nodes.Expression()):
            return _rewritten(msgspec.structs.replace(node, default=None), written, module, kept)
        case msgspec.Struct():
            parts = {name: getattr(node, name) for name in node.__struct_fields__}
            changed = {name: written[id(part)] for name, part in parts.items() if id(part) in written}
            return msgspec.structs.replace(node, **changed) if changed else node
        case _:
            return node
