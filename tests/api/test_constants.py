"""Constants and enum members folded to their values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.sources import surface

from semverdiff.api import constant_value, enum_member_value
from semverdiff.api.constants import literal_value
from semverdiff.syntax.nodes import Constant, Enum

LITERALS = {
    "5": ("int", 5),
    "-5": ("int", -5),
    "+5": ("int", 5),
    "0xfF": ("int", 255),
    "-0x10": ("int", -16),
    "007": ("int", 7),
    "1.5": ("float", 1.5),
    ".5": ("float", 0.5),
    "1e3": ("float", 1000.0),
    "1.5e-1F": ("float", 0.15),
    "2f": ("float", 2.0),
    "2d": ("decimal", 2.0),
    "-2.5D": ("decimal", -2.5),
    "true": ("boolean", True),
    "null": ("nil", None),
    "false": ("boolean", False),
    '""': ("string", ""),
    '"a b"': ("string", "a b"),
    r'"\t\n\r\\\""': ("string", '\t\n\r\\"'),
    r'"\u{e9}\u{1F600}"': ("string", "é😀"),
}


@pytest.mark.parametrize(("text", "value"), LITERALS.items(), ids=LITERALS)
def test_literal(text: str, value: tuple[str, object]) -> None:
    assert literal_value(text) == value


@pytest.mark.parametrize("text", ["", "A", "()", "5x", "1.2.3", "- 5", '"a', "[1]"])
def test_what_is_no_literal(text: str) -> None:
    assert literal_value(text) is None


DECLARED = """
const TWO = 2;
const int THREE = TWO + 1;
const NAME = "shop";
const SIX = TWO * THREE;
const FIRST = SECOND; const SECOND = FIRST;
const LOOP = LOOP + 1;
enum Color { RED, BLUE = "b", GREEN = RED + "ish", ROSE = RED }
"""

FOLDED = {
    "5": ("int", 5),
    "(5)": ("int", 5),
    "- 5": ("int", -5),
    "1 + 2 * 3": ("int", 7),
    "(1 + 2) * 3": ("int", 9),
    "10 - 3 - 2": ("int", 5),
    "2 * -3": ("int", -6),
    "-(2 + 3)": ("int", -5),
    "7 / 2": ("int", 3),
    "-7 / 2": ("int", -3),
    "7 / -2": ("int", -3),
    "7 % 3": ("int", 1),
    "-7 % 3": ("int", -1),
    "7 % -3": ("int", 1),
    '"a" + "b" + "c"': ("string", "abc"),
    "TWO": ("int", 2),
    "'TWO": ("int", 2),
    "1 << 2": ("int", 4),
    "!true": ("boolean", False),
    "TWO < THREE && true": ("boolean", True),
    "[1, TWO]": ("list", (("int", 1), ("int", 2))),
    "{b: 1, TWO}": ("map", (("TWO", ("int", 2)), ("b", ("int", 1)))),
    "null": ("nil", None),
    "THREE": ("int", 3),
    "SIX - TWO": ("int", 4),
    'NAME + ":" + NAME': ("string", "shop:shop"),
    "RED": ("string", "RED"),
    "BLUE": ("string", "b"),
    "GREEN": ("string", "REDish"),
    'ROSE + "!"': ("string", "RED!"),
}

# Equal only to the same words.
UNKNOWN = [
    "1 / 0",
    "1 % 0",
    '1 + "a"',
    '"a" - "b"',
    "true + 1",
    "other:A",
    "UNKNOWN",
    "FIRST",
    "LOOP",
    "f()",
    "[f()]",
]


def folded(expression: str, type_: str = "") -> tuple[str, object]:
    known = surface(f"{DECLARED} const {type_} C = {expression};")
    constant = known.declaration("shop", "C")
    assert isinstance(constant, Constant)
    return constant_value(constant, "shop", known)


@pytest.mark.parametrize(("text", "value"), FOLDED.items(), ids=FOLDED)
def test_expression(text: str, value: tuple[str, object]) -> None:
    assert folded(text) == value


@pytest.mark.parametrize("text", UNKNOWN)
def test_more_than_a_constant_expression_is_not_known(text: str) -> None:
    assert folded(text)[0] == "expression"


TYPED = {
    "float of an integer": ("float", "1", ("float", 1.0)),
    "decimal of an integer": ("decimal", "1", ("decimal", 1.0)),
    "byte": ("byte", "1", ("int", 1)),
    "string": ("string", '"1"', ("string", "1")),
}


@pytest.mark.parametrize(("type_", "text", "value"), TYPED.values(), ids=TYPED)
def test_the_declared_type_decides_what_a_number_is(type_: str, text: str, value: tuple[str, object]) -> None:
    assert folded(text, type_) == value


def test_a_decimal_may_be_written_as_a_float() -> None:
    assert folded("1.5", "decimal") == ("decimal", 1.5)


@pytest.mark.parametrize(("text", "value"), [("1.5 + 1.5", 3.0), ("-(1.5)", -1.5), ("2.0 * 2", 4.0)])
def test_floats_are_computed(text: str, value: float) -> None:
    assert folded(text) == ("float", value)


def test_what_is_not_known_changes_with_the_constants_in_it() -> None:
    before, after = (value_of_constant(f"const TWO = {two}; const C = f(TWO, other:TWO);") for two in (2, 3))
    assert before[0] == after[0] == "expression"
    assert before != after


def value_of_constant(source: str) -> tuple[str, object]:
    known = surface(f"import a/other; {source}")
    constant = known.declaration("shop", "C")
    assert isinstance(constant, Constant)
    return constant_value(constant, "shop", known)


def test_members_without_a_value_are_their_names() -> None:
    known = surface('enum E { A, \'order, B = "b" }')
    enum = known.declaration("shop", "E")
    assert isinstance(enum, Enum)
    assert [enum_member_value(one, "shop", known)[1] for one in enum.members] == ["A", "order", "b"]


def test_names_of_other_modules_of_the_package_are_constants_too() -> None:
    files = {
        "lib.bal": "import shop.base; const C = base:TWO + 1;",
        "modules/base/lib.bal": "public const TWO = 2;",
    }
    known = surface(files)
    constant = known.declaration("shop", "C")
    assert isinstance(constant, Constant)
    assert constant_value(constant, "shop", known) == ("int", 3)


_sums = st.recursive(
    st.integers(0, 99).map(str),
    lambda part: st.builds("({} {} {})".format, part, st.sampled_from("+-*"), part),
    max_leaves=6,
)


@given(_sums)
def test_arithmetic_is_that_of_integers(text: str) -> None:
    assert folded(text) == ("int", eval(text))  # noqa: S307 (digits, operators and parentheses made above)
