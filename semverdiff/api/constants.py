"""The values of constants, enum members and array lengths, followed through the names that they use."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from semverdiff.api.folding import NotConstantError, fold
from semverdiff.syntax.nodes import BuiltinType, Constant, Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.api.folding import Value
    from semverdiff.api.surface import Surface
    from semverdiff.syntax.nodes import ArrayType, EnumMember, Expression

__all__ = [
    "Known",
    "array_length",
    "constant_value",
    "enum_member_value",
    "literal",
    "literal_value",
    "member_value",
    "named_value",
    "value_of",
]

Known = tuple[str, object]
"""The basic type's name and the value: `("int", 5)`. `("expression", ...)` is a value that is not known."""

_LONGEST_CHAIN: Final = 32
_LONGEST_ARRAY: Final = 2**63 - 1


def literal_value(text: str) -> Known | None:
    """Return the value of one literal, with or without a sign; `None` if the text is no literal."""
    try:
        return _known(literal(text))
    except NotConstantError:
        return None


def literal(text: str) -> Value:
    """Return the value of one literal, with or without a sign; raise `NotConstantError` if it is none."""
    tokens = (text,) if text[:1] not in {"+", "-"} else (text[0], text[1:])
    return fold(tokens, _no_names)


def constant_value(constant: Constant, module: str, surface: Surface) -> Known:
    """Return the value of a constant, folded."""
    return value_of(constant.value, module, surface, _expected(constant))


def enum_member_value(member: EnumMember, module: str, surface: Surface) -> Known:
    """Return the string that an enum member stands for: SPEC, Enums: its own name if none is written."""
    return ("string", member.name) if member.value is None else value_of(member.value, module, surface)


def value_of(expression: Expression, module: str, surface: Surface, expected: str = "") -> Known:
    """Fold an expression used in a module.

    Where it is more than a constant expression its tokens stand for it, with the values of the constants
    among them: equal ones mean the same.
    """
    try:
        return _known(fold(expression.tokens, _names(surface, module), expected))
    except NotConstantError:
        return "expression", tuple(_meaning(token, surface, module) for token in expression.tokens)


def named_value(surface: Surface, module: str, name: str, depth: int = 0) -> Value:
    """Return the value of a constant or enum member; raise `NotConstantError` for other names."""
    # Cycles of constants are errors of the package; the limit only keeps us from following them.
    if depth > _LONGEST_CHAIN:
        raise NotConstantError
    declaration = surface.declaration(module, name)
    if isinstance(declaration, Constant):
        names = _names(surface, module, depth + 1)
        return fold(declaration.value.tokens, names, _expected(declaration))
    enum = surface.enum_of_member(module, name) if declaration is None else None
    for member in enum.members if enum is not None else ():
        if member.name == name:
            return member_value(member, module, surface, depth)
    raise NotConstantError


def member_value(member: EnumMember, module: str, surface: Surface, depth: int = 0) -> Value:
    """Return the value of an enum member, as `named_value`."""
    if member.value is None:
        return member.name
    return fold(member.value.tokens, _names(surface, module, depth + 1))


def array_length(array: ArrayType, module: str, surface: Surface) -> int | None:
    """Return the length of an array, `None` for any; raise `NotConstantError` if it cannot be known."""
    match array.length:
        case None | "*":
            # SPEC, Array types: the length of `[*]` follows from a value, which is not looked at.
            return None
        case Reference() as reference:
            owner = surface.owner(reference, module)
            if owner is None:
                raise NotConstantError
            value = named_value(surface, owner, reference.name)
        case text:
            value = fold((text,), _no_names)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LONGEST_ARRAY:
        raise NotConstantError
    return value


def _expected(constant: Constant) -> str:
    """Return the builtin type that a constant declares: SPEC, Numeric literals: it decides what `1` means."""
    return constant.type.name if isinstance(constant.type, BuiltinType) else ""


def _names(surface: Surface, module: str, depth: int = 0) -> Callable[[str], Value]:
    """Return what looks names up that stand in an expression of a module: `name`, or `module:name`."""

    def named(written: str) -> Value:
        elsewhere, _, name = written.rpartition(":")
        owner = surface.owner(Reference(elsewhere or None, name), module)
        if owner is None:
            raise NotConstantError
        return named_value(surface, owner, name, depth)

    return named


def _no_names(name: str) -> Value:
    raise NotConstantError(name)


def _known(value: Value) -> Known:
    match value:
        case None:
            return "nil", None
        case bool():
            return "boolean", value
        case int():
            return "int", value
        case float():
            return "float", value
        case Decimal():
            return "decimal", value
        case str():
            return "string", value
        case tuple():
            return "list", tuple(_known(member) for member in value)
        case dict():
            return "map", tuple(sorted((name, _known(member)) for name, member in value.items()))


def _meaning(token: str, surface: Surface, module: str) -> object:
    """Return the value of a constant that a token names, or else the token."""
    if not token.replace(":", "").replace("/", "").replace(".", "").removeprefix("'").isidentifier():
        return token
    try:
        return _known(_names(surface, module)(token.removeprefix("'")))
    except NotConstantError:
        return token
