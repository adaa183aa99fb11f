"""Constant expressions to values: tokens in, what the program would compute out.

SPEC, Constant expressions: literals, operators, references to other constants, and constructors of
lists and mappings, whose values are immutable. An expression that is more than that is not folded.
"""

from __future__ import annotations

import math
import operator
import re
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import api, limits
from semverdiff.syntax.spelling import name_of, unquoted

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from decimal import Decimal

    Value = int | float | Decimal | str | bool | tuple["Value", ...] | dict[str, "Value"] | None

__all__ = ["Folded", "NotConstantError", "fold", "fold_literal"]

_HEX_INTEGER: Final = r"0[xX][0-9a-fA-F]+\Z"
_HEX_FLOAT: Final = r"0[xX][0-9a-fA-F]*\.?[0-9a-fA-F]*([pP][+-]?[0-9]+)?\Z"
_NUMBER: Final = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fFdD]?\Z"
_QUOTE: Final = '"'
_LOWEST: Final = -(2**63)
_HIGHEST: Final = 2**63 - 1
_EQUALITIES: Final = frozenset({"==", "!=", "===", "!=="})
_ORDERS: Final = frozenset({"<", ">", "<=", ">="})
# How tight operators bind, loosest first: SPEC, Expressions.
_LEVELS: Final = (
    ("||",),
    ("&&",),
    ("|",),
    ("^",),
    ("&",),
    tuple(_EQUALITIES),
    tuple(_ORDERS),
    ("<<", ">>", ">>>"),
    ("+", "-"),
    ("*", "/", "%"),
)
_BINDING: Final = {sign: binding for binding, level in enumerate(_LEVELS) for sign in level}
_SIGNS: Final = frozenset({"-x", "+x", "~x", "!x"})
_CLOSING: Final = {"[": "]", "{": "}"}


class Folded(msgspec.Struct, frozen=True):
    """A value, of how many values it is made, and how deep its lists and mappings are."""

    value: Value
    size: int = 1
    depth: int = 0


class NotConstantError(ValueError):
    """The expression is not one whose value is known before running."""


def fold(tokens: tuple[str, ...], expected: str = "") -> Generator[str, Folded, Folded]:
    """Fold an expression; `expected` is the numeric type that its place asks for.

    Yields the names of constants and enum members in it, written `name`, or `module:name` in another module,
    and is sent their values. Raises `NotConstantError` for what is no constant expression.
    """
    try:
        return (yield from _Folder(tokens, expected).folded())
    except (ArithmeticError, TypeError, ValueError) as error:
        raise NotConstantError from error


def fold_literal(text: str) -> Value:
    """Return the value of a literal with or without a sign; raise `NotConstantError` if it is none."""
    tokens = (text,) if text[:1] not in {"+", "-"} else (text[0], text[1:])
    try:
        next(fold(tokens))
    except StopIteration as end:
        folded: Folded = end.value
        return folded.value
    raise NotConstantError


def _is_in_range(value: Value) -> bool:
    """Return whether an integer fits 64 bits. SPEC, Integers: a literal is read before its sign."""
    return not isinstance(value, int) or isinstance(value, bool) or _LOWEST <= value <= _HIGHEST


class _Level:
    """What stands between two brackets: operands, operators that wait for an operand, and members so far.

    `kind` is the opening bracket, or empty for the whole expression. The sign of an operand waits as `-x`.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.operands: list[Folded] = []
        self.operators: list[str] = []
        self.members: list[tuple[str, Folded]] = []
        self.name = ""

    def add(self, operand: Folded) -> None:
        """Take an operand with the signs before it, which bind tighter than any operator."""
        while self.operators and self.operators[-1] in _SIGNS:
            operand = Folded(_signed(self.operators.pop()[0], operand.value))
        self.operands.append(operand)

    def reduce(self, binding: int) -> None:
        """Apply the waiting operators that bind at least as tight."""
        while self.operators and _BINDING[self.operators[-1]] >= binding:
            right, left = self.operands.pop(), self.operands.pop()
            self.operands.append(Folded(_applied(self.operators.pop(), left.value, right.value)))

    def close(self) -> Folded:
        """Return the value of all that was read."""
        match self.kind:
            case "[":
                return _structure(self.members, tuple(one.value for _, one in self.members))
            case "{":
                return _structure(self.members, {name: one.value for name, one in self.members})
        return self.operands.pop()

    def end_member(self) -> None:
        """Take the value that was read for a member of a list or mapping."""
        member = self.operands.pop()
        if not _is_in_range(member.value):
            raise NotConstantError
        self.take(self.name, member)

    def take(self, name: str, member: Folded) -> None:
        """Take a member of a list or mapping, unless there are too many for any value."""
        if len(self.members) >= limits.CONSTANT_VALUES:
            raise NotConstantError
        self.members.append((name, member))


def _structure(members: list[tuple[str, Folded]], value: Value) -> Folded:
    size = 1 + sum(one.size for _, one in members)
    depth = 1 + max((one.depth for _, one in members), default=0)
    if size > limits.CONSTANT_VALUES or depth > limits.CONSTANT_LEVELS:
        raise NotConstantError
    return Folded(value, size, depth)


class _Folder:
    """A reader of tokens that computes as it goes, with a stack of open brackets instead of recursion."""

    def __init__(self, tokens: tuple[str, ...], expected: str) -> None:
        self._tokens = tokens
        self._expected = expected
        self._next = 0
        self._levels = [_Level("")]

    def folded(self) -> Generator[str, Folded, Folded]:
        """Return the value of the whole expression."""
        while True:
            operand = yield from self._operand()
            while operand is not None:
                level = self._levels[-1]
                level.add(operand)
                token = self._peek()
                if token in _BINDING:
                    level.reduce(_BINDING[token])
                    level.operators.append(self._take())
                    break
                level.reduce(0)
                if not level.kind:
                    return self._whole(level.close())
                operand = yield from self._ended(level)

    def _whole(self, value: Folded) -> Folded:
        if self._next < len(self._tokens) or not _is_in_range(value.value):
            raise NotConstantError
        return value

    def _peek(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def _take(self, wanted: str = "") -> str:
        token = self._peek()
        if not token or (wanted and token != wanted):
            raise NotConstantError
        self._next += 1
        return token

    def _takes(self, token: str) -> bool:
        taken = self._peek() == token
        self._next += taken
        return taken

    def _operand(self) -> Generator[str, Folded, Folded | None]:
        """Read an operand; `None` if signs or brackets stand before it."""
        word = self._take()
        match word:
            case "-" | "+" | "~" | "!":
                self._levels[-1].operators.append(f"{word}x")
                return None
            case "(":
                if self._takes(")"):
                    return Folded(None)
                self._levels.append(_Level(word))
                return None
            case "[" | "{":
                self._levels.append(_Level(word))
                return (yield from self._member())
            case "true" | "false":
                return Folded(word == "true")
            case "null":
                return Folded(None)
        if len(word) > 1 and word[0] == word[-1] == _QUOTE:
            return Folded(unquoted(word))
        if word[0].isdigit() or word[0] == ".":
            return Folded(_number(word, self._expected))
        return (yield name_of(word))

    def _member(self) -> Generator[str, Folded, Folded | None]:
        """Go to the next member of a list or mapping; return the list or mapping if there is none."""
        level = self._levels[-1]
        while not self._takes(_CLOSING[level.kind]):
            if level.kind == "[":
                return None
            word = self._take()
            level.name = unquoted(word) if word.startswith(_QUOTE) else name_of(word)
            if self._takes(":"):
                return None
            level.take(level.name, (yield level.name))
            if self._peek() != "}":
                self._take(",")
        return self._levels.pop().close()

    def _ended(self, level: _Level) -> Generator[str, Folded, Folded | None]:
        """End a member, or what stands in parentheses, and return its value if that is whole."""
        if level.kind == "(":
            self._take(")")
            return self._levels.pop().close()
        level.end_member()
        if self._peek() != _CLOSING[level.kind]:
            self._take(",")
        return (yield from self._member())


def _number(word: str, expected: str) -> Value:
    """Return a number. SPEC, Numeric literals: a suffix decides, then the expected type, then the form."""
    if len(word) > limits.NUMBER_CHARACTERS:
        raise NotConstantError
    is_decimal = word.isascii() and word.isdigit()
    if is_decimal or re.match(_HEX_INTEGER, word):
        number = int(word, 10 if is_decimal else 16)
        match expected:
            case "float":
                return float(number)
            case "decimal":
                return api.decimals.decimal_of(number)
        return number
    if re.match(_HEX_FLOAT, word):
        return float.fromhex(word)
    if not re.match(_NUMBER, word):
        raise NotConstantError
    digits = word.rstrip("fFdD")
    if word[-1] in "dD" or (expected == "decimal" and word[-1] not in "fF"):
        return api.decimals.decimal_of(digits)
    return float(digits)


def _signed(sign: str, value: Value) -> Value:
    match sign, value:
        case "!", bool():
            return not value
        case (("-" | "+"), int() | float()) if not isinstance(value, bool):
            return -value if sign == "-" else value
        case (("-" | "+"), api.decimals.Decimal()):
            # The operator of a Decimal would round to the digits of another context.
            return value.copy_negate() if sign == "-" else value
        case "~", int():
            return ~value
    raise NotConstantError


def _applied(sign: str, left: Value, right: Value) -> Value:
    if sign in _EQUALITIES | _ORDERS:
        return _compared(sign, left, right)
    match left, right:
        case bool(), bool() if sign in {"&&", "||"}:
            return left and right if sign == "&&" else left or right
        case (bool(), _) | (_, bool()):
            pass
        case str(), str() if sign == "+" and len(left) + len(right) <= limits.CONSTANT_STRING_CHARACTERS:
            return left + right
        case int(), int():
            return _integer(sign, left, right)
        case (int(), float() | api.decimals.Decimal()) | (float() | api.decimals.Decimal(), int()) if (
            sign in {"*", "/", "%"}
        ):
            # SPEC, Multiplicative expression: the integer is converted.
            return _applied(sign, _converted(left, right), _converted(right, left))
        case float(), float():
            return _float(sign, left, right)
        case api.decimals.Decimal(), api.decimals.Decimal() if sign in api.decimals.OPERATIONS:
            return api.decimals.OPERATIONS[sign](api.decimals.DECIMALS, left, right)
    raise NotConstantError


def _converted(value: Value, other: Value) -> Value:
    """Return an integer as the basic type of the other operand."""
    match value, other:
        case int(), float():
            return float(value)
        case int(), api.decimals.Decimal():
            return api.decimals.decimal_of(value)
    return value


def _compared(sign: str, left: Value, right: Value) -> bool:
    """Compare two values of one basic type; the language compares no others."""
    if type(left) is not type(right) or (isinstance(left, float) and math.isnan(left)):
        raise NotConstantError
    same = left == right
    if sign in _EQUALITIES:
        return same is sign.startswith("=")
    less = _is_less(left, right)
    return {"<": less, "<=": less or same, ">": not (less or same), ">=": not less}[sign]


def _is_less(left: Value, right: Value) -> bool:
    """Return whether a value comes before another one. SPEC, Relational expression: some have an order."""
    match left, right:
        case bool(), bool():
            pass  # which Python takes for integers
        case int(), int():
            return left < right
        case float(), float():
            return left < right
        case api.decimals.Decimal(), api.decimals.Decimal():
            return left < right
        case str(), str():
            return left < right
    raise NotConstantError


_INTEGER_OPERATIONS: Final[dict[str, Callable[[int, int], int]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
}


def _integer(sign: str, left: int, right: int) -> int:
    if sign in {"/", "%"}:
        # SPEC, Multiplicative expression: division truncates towards zero, the remainder has the left sign.
        quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
        result = quotient if sign == "/" else left - quotient * right
    elif sign in {"<<", ">>", ">>>"}:
        # SPEC, Shift expression: of 64 bits, by the low 6 bits; `>>>` fills with zeros.
        moved = left % 2**64 if sign == ">>>" else left
        distance = right % 64
        result = moved << distance if sign == "<<" else moved >> distance
        result = (result + 2**63) % 2**64 - 2**63
    else:
        result = _INTEGER_OPERATIONS[sign](left, right)
    if not _is_in_range(result):
        raise NotConstantError
    return result


def _float(sign: str, left: float, right: float) -> float:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/" if right == 0:
            if left == 0 or math.isnan(left):
                return math.nan
            return math.copysign(math.inf, left) * math.copysign(1.0, right)
        case "/":
            return left / right
        case "%":
            return math.nan if right == 0 else math.fmod(left, right)
    raise NotConstantError
