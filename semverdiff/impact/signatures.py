"""Which parameter of a signature is meant, and which resource a path may reach."""

from __future__ import annotations

from typing import Final

from semverdiff.syntax import nodes

__all__ = ["may_reach", "member_symbol", "parameter_of", "rest_of", "typedesc"]

_ANY: Final = nodes.BuiltinType("any")


def member_symbol(owner: tuple[str, str], key: str) -> tuple[str, str]:
    """Return module and symbol of a member of a type."""
    module, name = owner
    return module, f"{name}{key}" if key.startswith("[") else f"{name}.{key}"


def parameter_of(signature: nodes.Signature, name: str) -> nodes.Parameter | None:
    """Return the parameter of a name, or of a place among the positional ones (`#2`)."""
    parameters = signature.parameters
    if not name.startswith("#"):
        return next((one for one in parameters if one.name == name and one.kind != "rest"), None)
    number = int(name[1:])
    positional = [one for one in parameters if one.kind != "rest"]
    if number < len(positional):
        return positional[number]
    return next((one for one in parameters if one.kind == "rest"), None)


def rest_of(signature: nodes.Signature) -> nodes.TypeDescriptor | None:
    """Return the type of a list that may be spread for the rest parameter."""
    rest = next((one for one in signature.parameters if one.kind == "rest"), None)
    return None if rest is None else nodes.ArrayType(rest.type, None)


def typedesc(signature: nodes.Signature | None, reference: nodes.Reference) -> nodes.TypeDescriptor | None:
    """Return the constraint of a typedesc parameter: SPEC, dependently-typed functions."""
    if signature is None or reference.module is not None:
        return None
    for one in signature.parameters:
        if one.name != reference.name:
            continue
        match one.type:
            case nodes.ParameterizedType(name="typedesc", parameter=parameter):
                return parameter
            case nodes.BuiltinType(name="typedesc"):
                return _ANY
    return None


def may_reach(written: str, key: str) -> bool:
    """Return whether a call of a resource may reach a method, both as symbols have them: `[get a/{}]`."""
    if not written.startswith("["):
        return False
    accessor, _, path = written[1:-1].partition(" ")
    called, _, called_path = key[1:-1].partition(" ")
    if accessor != called:
        return False
    segments = [] if path == "." else path.split("/")
    parts = [] if called_path == "." else called_path.split("/")
    for number, segment in enumerate(segments):
        if segment == "{...}":
            return True
        if number >= len(parts):
            return False
        if parts[number] == "{...}":
            return True
        if segment not in {"{}", parts[number]} and parts[number] != "{}":
            return False
    return len(parts) == len(segments) or (len(parts) > len(segments) and parts[len(segments)] == "{...}")
