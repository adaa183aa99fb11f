"""Constant expressions to values, as far as the language lets them be known before running.

SPEC, Constant expressions: literals, references to other constants and enum members, arithmetic on
integers, concatenation of strings. What is more than that keeps its tokens as its value: equal only
to the same tokens.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from semverdiff.syntax.declarations import Constant
from semverdiff.syntax.descriptors import BuiltinType, Reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.api.surface import Surface
    from semverdiff.syntax.declarations import EnumMember
    from semverdiff.syntax.descriptors import Expression

__all__ = ["Value", "constant_value", "enum_member_value", "literal_value", "value_of"]

Value = tuple[str, int | float | str | bool | tuple[str, ...]]
"""The basic type's name and the value: `("int", 5)`; `("expression", tokens)` where it is not known."""

_INTEGER = re.compile(r"(?:0[xX][0-9a-fA-F]+|[0-9]+)\Z")
_FLOAT = re.compile(r"(?:[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+|[0-9]+)[fFdD]?\Z")
_NAME = re.compile(r"'?[^\W\d][\w]*\Z")
_STRING_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|(.))", re.DOTALL)
_LONGEST_CHAIN = 32
_SINGLE_ESCAPES: Mapping[str, str] = {"t": "\t", "n": "\n", "r": "\r"}


class _NotConstantError(ValueError):
    """The expression is more than this module folds."""


def literal_value(text: str) -> Value | None:
    """Give the value of one literal, with or without a sign; `None` if the text is no literal."""
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text.removeprefix("+"))
    if text in {"true", "false"}:
        return "boolean", text == "true"
    if text.startswith('"') and text.endswith('"'):
        return "string", _STRING_ESCAPE.sub(_unescaped, text[1:-1])
    if _INTEGER.match(digits):
        return "int", sign * int(digits, 16 if digits[:2] in {"0x", "0X"} else 10)
    if _FLOAT.match(digits):
        basic = "decimal" if digits[-1] in "dD" else "float"
        return basic, sign * float(digits.rstrip("fFdD"))
    return None


def _unescaped(match: re.Match[str]) -> str:
    code, character = match.groups()
    return chr(int(code, 16)) if code else _SINGLE_ESCAPES.get(character, character)


def constant_value(constant: Constant, module: str, surface: Surface) -> Value:
    """Give the value of a constant, folded."""
    value = value_of(constant.value, module, surface)
    match constant.type, value:
        case BuiltinType(name="float" | "decimal" as name), ("int" | "float", int() | float() as number):
            # SPEC, Numeric literals: the expected type decides what `1` and `1.5` mean.
            return name, float(number)
    return value


def enum_member_value(member: EnumMember, module: str, surface: Surface) -> Value:
    """Give the string that an enum member stands for: SPEC, Enums: its own name if none is written."""
    return ("string", member.name) if member.value is None else value_of(member.value, module, surface)


def value_of(expression: Expression, module: str, surface: Surface, depth: int = 0) -> Value:
    """Fold an expression used in a module."""
    if len(expression.tokens) == 1 and (known := literal_value(expression.tokens[0])) is not None:
        return known
    try:
        folder = _Folder(expression.tokens, module, surface, depth)
        value = folder.sum()
        folder.end()
    except _NotConstantError:
        return "expression", expression.tokens
    return value


class _Folder:
    """A reader of tokens that computes as it goes: sums of products of signed operands."""

    def __init__(self, tokens: tuple[str, ...], module: str, surface: Surface, depth: int) -> None:
        self._tokens = tokens
        self._next = 0
        self._module = module
        self._surface = surface
        self._depth = depth

    def _peek(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        self._next += 1
        return token

    def end(self) -> None:
        """Require that nothing is left."""
        if self._peek():
            raise _NotConstantError

    def sum(self) -> Value:
        """Fold `a + b - c`; SPEC, Additive expression: `+` also concatenates strings."""
        value = self._product()
        while self._peek() in {"+", "-"}:
            value = _applied(self._take(), value, self._product())
        return value

    def _product(self) -> Value:
        value = self._operand()
        while self._peek() in {"*", "/", "%"}:
            value = _applied(self._take(), value, self._operand())
        return value

    def _operand(self) -> Value:
        word = self._take()
        if word == "(":
            value = self.sum()
            if self._take() != ")":
                raise _NotConstantError
            return value
        if word == "-":
            return _applied("-", ("int", 0), self._operand())
        literal = literal_value(word)
        if literal is not None:
            return literal
        return self._named(word)

    def _named(self, word: str) -> Value:
        # Cycles of constants are errors of the package; the limit only keeps us from following them.
        if not _NAME.match(word) or self._peek() == ":" or self._depth > _LONGEST_CHAIN:
            raise _NotConstantError
        name = word.removeprefix("'")
        found = self._surface.resolve(Reference(None, name), self._module)
        if found is not None and isinstance(found.declaration, Constant):
            return value_of(found.declaration.value, found.module, self._surface, self._depth + 1)
        enum = self._surface.enum_of_member(self._module, name)
        for member in enum.members if enum is not None else ():
            if member.name == name and member.value is None:
                return "string", name
            if member.name == name and member.value is not None:
                return value_of(member.value, self._module, self._surface, self._depth + 1)
        raise _NotConstantError


def _applied(operator: str, left: Value, right: Value) -> Value:
    match operator, left, right:
        case "+", ("string", str() as one), ("string", str() as other):
            return "string", one + other
        case "+", ("int", int() as one), ("int", int() as other):
            return "int", one + other
        case "-", ("int", int() as one), ("int", int() as other):
            return "int", one - other
        case "*", ("int", int() as one), ("int", int() as other):
            return "int", one * other
        case "/", ("int", int() as one), ("int", int() as other) if other != 0:
            # SPEC, Multiplicative expression: integer division truncates towards zero.
            return "int", abs(one) // abs(other) * (1 if (one < 0) == (other < 0) else -1)
        case "%", ("int", int() as one), ("int", int() as other) if other != 0:
            return "int", abs(one) % abs(other) * (-1 if one < 0 else 1)
        case _, ("float" | "int", float() | int() as one), ("float" | "int", float() | int() as other):
            return "float", _computed(operator, float(one), float(other))
    raise _NotConstantError


def _computed(operator: str, left: float, right: float) -> float:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/" if right:
            return left / right
    raise _NotConstantError
