"""What is known of basic types without the engine of types: few clients are about more, and it is large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.syntax import nodes
from semverdiff.types.forms import written_members

if TYPE_CHECKING:
    from semverdiff.api import Type

__all__ = ["basic_within"]

# SPEC, Values: no value is of two basic types.
_BASIC: Final = frozenset({"boolean", "decimal", "float", "int", "string"})
# They hold all values of each of those, and nil.
_AROUND_BASIC: Final = frozenset({"any", "anydata", "json", "readonly"})
_MOST_DIGITS: Final = 18  # all such numbers are integers


def basic_within(left: Type, right: Type) -> bool | None:
    """Return whether each value of the left type is one of the right; `None` if the engine has to be asked.

    Basic types, literals of them and unions of both are within a union of whole basic types.
    """
    held = {_basic_type(one.descriptor) for one in written_members(left)}
    if None in held:
        return None
    whole = set[str | None]()
    for one in written_members(right):
        match one.descriptor:
            case nodes.BuiltinType(name=name) if name in _AROUND_BASIC:
                return True
            case nodes.BuiltinType() | nodes.NilType():
                whole.add(_basic_type(one.descriptor))
            case _:
                return None
    return None if None in whole else held <= whole


def _basic_type(descriptor: nodes.TypeDescriptor) -> str | None:
    """Return the basic type that all values of a type are of, if that is told by its form."""
    match descriptor:
        case nodes.BuiltinType(name=name) if name in _BASIC:
            return name
        case nodes.NilType():
            return "()"
        case nodes.SingletonType(text=text):
            return _of_literal(text)
    return None


def _of_literal(text: str) -> str | None:
    if text.startswith('"'):
        return "string"
    if text in {"true", "false"}:
        return "boolean"
    digits = text.removeprefix("-")
    return "int" if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else None
