"""Constant expressions to values: tokens in, what the program would compute out.

SPEC, Constant expressions: literals, operators, references to other constants, and constructors of
lists and mappings, whose values are immutable. An expression that is more than that is not folded.
"""

from __future__ import annotations

import math
import operator
import re
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Final

from semverdiff.syntax.spelling import unquoted

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DECIMALS", "NotConstantError", "Value", "fold"]

Value = int | float | Decimal | str | bool | tuple["Value", ...] | dict[str, "Value"] | None

_INTEGER: Final = re.compile(r"0[xX][0-9a-fA-F]+\Z|[0-9]+\Z")
_HEX_FLOAT: Final = re.compile(r"0[xX][0-9a-fA-F]*\.?[0-9a-fA-F]*([pP][+-]?[0-9]+)?\Z")
_HEX_PREFIX: Final = re.compile(r"0[xX]")
_REST_OF_HEX_FLOAT: Final = re.compile(r"\.[0-9a-fA-F]*\Z|[pP][+-]?[0-9]+\Z")
_NUMBER: Final = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fFdD]?\Z")
_QUOTE: Final = '"'
DECIMALS: Final = Context(prec=34, Emin=-6143, Emax=6144)  # SPEC, Decimal: IEEE 754 decimal128
_LOWEST: Final = -(2**63)
_HIGHEST: Final = 2**63 - 1
_LONGEST_NUMBER: Final = 1_000  # what is longer is no number that anybody has written
_EQUALITIES: Final = frozenset({"==", "!=", "===", "!=="})
_ORDERS: Final = frozenset({"<", ">", "<=", ">="})
_LEVELS: Final = (
    frozenset({"||"}),
    frozenset({"&&"}),
    frozenset({"|"}),
    frozenset({"^"}),
    frozenset({"&"}),
    _EQUALITIES,
    _ORDERS,
    frozenset({"<<", ">>", ">>>"}),
    frozenset({"+", "-"}),
    frozenset("*/%"),
)


class NotConstantError(ValueError):
    """The expression is not one whose value is known before running."""


def fold(tokens: tuple[str, ...], names: Callable[[str], Value], expected: str = "") -> Value:
    """Return the value of an expression; `expected` is the numeric type that its place asks for.

    `names` gives the value of a constant or enum member, written `name`, or `module:name` in another module.
    Raises `NotConstantError`, as `names` does for any other name.
    """
    folder = _Folder(_joined(tokens), names, expected)
    try:
        value = folder.level(0)
    except (ArithmeticError, RecursionError, TypeError) as error:
        raise NotConstantError from error
    if not folder.at_end() or not _is_in_range(value):
        raise NotConstantError
    return value


def _joined(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Put together what the grammar takes apart: `>>`, which also ends two types, and hexadecimal floats."""
    joined: list[str] = []
    for part in tokens:
        last = joined[-1] if joined else ""
        if (part == ">" and last in {">", ">>"}) or (
            _HEX_PREFIX.match(last) and _REST_OF_HEX_FLOAT.match(part)
        ):
            joined[-1] = last + part
        else:
            joined.append(part)
    return tuple(joined)


def _is_in_range(value: Value) -> bool:
    """Return whether every integer fits 64 bits. SPEC, Integers: a literal is read before its sign."""
    match value:
        case bool():
            return True
        case int():
            return _LOWEST <= value <= _HIGHEST
        case tuple():
            return all(_is_in_range(member) for member in value)
        case dict():
            return all(_is_in_range(member) for member in value.values())
    return True


class _Folder:
    """A reader of tokens that computes as it goes."""

    def __init__(self, tokens: tuple[str, ...], names: Callable[[str], Value], expected: str) -> None:
        self._tokens = tokens
        self._names = names
        self._expected = expected
        self._next = 0

    def at_end(self) -> bool:
        """Return whether every token was read."""
        return self._next >= len(self._tokens)

    def _peek(self) -> str:
        return "" if self.at_end() else self._tokens[self._next]

    def _take(self, wanted: str = "") -> str:
        token = self._peek()
        if not token or (wanted and token != wanted):
            raise NotConstantError
        self._next += 1
        return token

    def level(self, binding: int) -> Value:
        """Fold operators of this precedence and above, the loosest first."""
        if binding == len(_LEVELS):
            return self._unary()
        value = self.level(binding + 1)
        while self._peek() in _LEVELS[binding]:
            value = _applied(self._take(), value, self.level(binding + 1))
        return value

    def _unary(self) -> Value:
        match self._peek():
            case "-" | "+" | "~" | "!" as sign:
                self._take()
                return _signed(sign, self._unary())
            case "(":
                self._take()
                if self._peek() == ")":
                    self._take()
                    return None
                value = self.level(0)
                self._take(")")
                return value
            case "[":
                return self._list()
            case "{":
                return self._mapping()
        word = self._take()
        if word in {"true", "false", "null"}:
            return None if word == "null" else word == "true"
        if len(word) > 1 and word[0] == word[-1] == _QUOTE:
            return unquoted(word)
        if word[0].isdigit() or word[0] == ".":
            return _number(word, self._expected)
        return self._names(word.removeprefix("'"))

    def _list(self) -> Value:
        self._take("[")
        members: list[Value] = []
        while self._peek() != "]":
            members.append(self.level(0))
            if self._peek() != "]":
                self._take(",")
        self._take("]")
        return tuple(members)

    def _mapping(self) -> Value:
        self._take("{")
        members: dict[str, Value] = {}
        while self._peek() != "}":
            word = self._take()
            name = unquoted(word) if word.startswith('"') else word.removeprefix("'")
            if self._peek() == ":":
                self._take()
                members[name] = self.level(0)
            else:
                members[name] = self._names(name)
            if self._peek() != "}":
                self._take(",")
        self._take("}")
        return members


def _number(word: str, expected: str) -> Value:
    """Return a number. SPEC, Numeric literals: a suffix decides, then the expected type, then the form."""
    if len(word) > _LONGEST_NUMBER:
        raise NotConstantError
    if _INTEGER.match(word):
        number = int(word, 16 if word[:2] in {"0x", "0X"} else 10)
        match expected:
            case "float":
                return float(number)
            case "decimal":
                return DECIMALS.create_decimal(number)
        return number
    if _HEX_FLOAT.match(word):
        return float.fromhex(word)
    if not _NUMBER.match(word):
        raise NotConstantError
    digits = word.rstrip("fFdD")
    if word[-1] in "dD" or (expected == "decimal" and word[-1] not in "fF"):
        return DECIMALS.create_decimal(digits)
    return float(digits)


def _signed(sign: str, value: Value) -> Value:
    match sign, value:
        case "!", bool():
            return not value
        case (("-" | "+"), (int() | float() | Decimal())) if not isinstance(value, bool):
            if sign == "+":
                return value
            # The operator of a Decimal would round to the digits of another context.
            return value.copy_negate() if isinstance(value, Decimal) else -value
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
        case str(), str() if sign == "+":
            return left + right
        case int(), int():
            return _integer(sign, left, right)
        case (int(), float() | Decimal()) | (float() | Decimal(), int()) if sign in {"*", "/", "%"}:
            # SPEC, Multiplicative expression: the integer is converted.
            return _applied(sign, _converted(left, right), _converted(right, left))
        case float(), float():
            return _float(sign, left, right)
        case Decimal(), Decimal() if sign in _DECIMAL_OPERATIONS:
            return _DECIMAL_OPERATIONS[sign](DECIMALS, left, right)
    raise NotConstantError


def _converted(value: Value, other: Value) -> Value:
    """Return an integer as the basic type of the other operand."""
    match value, other:
        case int(), float():
            return float(value)
        case int(), Decimal():
            return DECIMALS.create_decimal(value)
    return value


def _compared(sign: str, left: Value, right: Value) -> bool:
    """Compare two values of one basic type; the language compares no others."""
    if type(left) is not type(right) or (isinstance(left, float) and math.isnan(left)):
        raise NotConstantError
    if sign in _EQUALITIES:
        return (left == right) is sign.startswith("=")
    match left, right:
        case bool(), bool():
            raise NotConstantError
        case int(), int():
            return _in_order(sign, less=left < right, same=left == right)
        case float(), float():
            return _in_order(sign, less=left < right, same=left == right)
        case Decimal(), Decimal():
            return _in_order(sign, less=left < right, same=left == right)
        case str(), str():
            return _in_order(sign, less=left < right, same=left == right)
    raise NotConstantError


def _in_order(sign: str, *, less: bool, same: bool) -> bool:
    return {"<": less, "<=": less or same, ">": not (less or same), ">=": not less}[sign]


_DECIMAL_OPERATIONS: Final[dict[str, Callable[[Context, Decimal, Decimal], Decimal]]] = {
    "+": Context.add,
    "-": Context.subtract,
    "*": Context.multiply,
    "/": Context.divide,
    "%": Context.remainder,
}
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
