"""Constant expressions: operators by operator, and what is no constant expression."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from support.sources import descriptor, surface

from semverdiff.api.constants import array_length, literal, member_value, named_value, value_of
from semverdiff.api.folding import Folded, NotConstantError, fold
from semverdiff.syntax import outline, read_declaration
from semverdiff.syntax.nodes import ArrayType, Constant, Enum, Expression

LOWEST, HIGHEST = -(2**63), 2**63 - 1

VALUES: dict[str, object] = {
    # By precedence, from the left.
    "1 + 2 * 3 - 4": 3,
    "2 * 3 + 4 * 5": 26,
    "8 / 2 / 2": 2,
    "1 << 2 + 1": 8,
    "1 + 2 < 4": True,
    "1 < 2 == true": True,
    "6 & 3 == 2": None,
    "(6 & 3) == 2": True,
    "1 | 6 & 3": 3,
    "1 ^ 3 | 4": 6,
    "5 ^ 1 & 3": 4,
    "true || false && false": True,
    "false && true || true": True,
    # Integers.
    "7 / 2": 3,
    "-7 / 2": -3,
    "7 / -2": -3,
    "-7 / -2": 3,
    "0 / 5": 0,
    "0 / -5": 0,
    "7 % 3": 1,
    "-7 % 3": -1,
    "7 % -3": 1,
    "6 & 3": 2,
    "6 | 3": 7,
    "6 ^ 3": 5,
    "~5": -6,
    "~~5": 5,
    "1 << 4": 16,
    "1 << 64": 1,
    "1 << 65": 2,
    "1 << 63": LOWEST,
    "-16 >> 2": -4,
    "16 >> 65": 8,
    "-1 >>> 60": 15,
    "-1 >>> 0": -1,
    "9223372036854775807": HIGHEST,
    "-9223372036854775808": LOWEST,
    "9223372036854775808": None,
    "9223372036854775807 + 1": None,
    "-9223372036854775808 - 1": None,
    "9223372036854775807 * 2": None,
    "[9223372036854775808]": None,
    "{a: 9223372036854775808}": None,
    "5 / 0": None,
    "5 % 0": None,
    # Floats and decimals.
    "1.5 + 1.5": 3.0,
    "1.5 - 2.0": -0.5,
    "1.5 * 2": 3.0,
    "3 * 1.5": 4.5,
    "3.0 / 2": 1.5,
    "7.5 % 2.0": 1.5,
    "7.5 % 2": 1.5,
    "1.0 / 0.0": math.inf,
    "-1.0 / 0.0": -math.inf,
    "1.0 / -0.0": -math.inf,
    "1.5 + 1": None,
    "1.5 & 1.5": None,
    "0x1p3": 8.0,
    "0x1.8p1": 3.0,
    "0x.8": 0.5,
    "1.5d + 1.5d": Decimal("3.0"),
    "1.5d - 2d": Decimal("-0.5"),
    "1.5d * 2": Decimal("3.0"),
    "3d / 2": Decimal("1.5"),
    "7d % 4d": Decimal(3),
    "1d / 0d": None,
    "1d & 1d": None,
    "1d + 1.5": None,
    "-(1.5d)": Decimal("-1.5"),
    "+1": 1,
    # Strings and booleans.
    '"a" + "b"': "ab",
    '"a" * "b"': None,
    '"a" + 1': None,
    "!true": False,
    "!!true": True,
    "!1": None,
    "-true": None,
    '-"a"': None,
    "~1.5": None,
    "true & false": None,
    "true + 1": None,
    "1 && true": None,
    "true && false": False,
    "true && true": True,
    "false || false": False,
    # Comparisons: of one basic type.
    "1 == 1": True,
    "1 != 1": False,
    "1 === 1": True,
    "1 !== 2": True,
    '"a" == "a"': True,
    "true == false": False,
    "[1] == [1]": True,
    "{a: 1} == {a: 2}": False,
    "() == null": True,
    "1 == 1.0": None,
    "1 < 2": True,
    "2 <= 2": True,
    "2 < 2": False,
    "2 > 2": False,
    "2 >= 2": True,
    "3 > 2": True,
    "1.5 < 2.5": True,
    "2.5 <= 1.5": False,
    "1.5d < 2.5d": True,
    "2.5d >= 2.5d": True,
    '"a" < "b"': True,
    '"b" <= "a"': False,
    "true < false": None,
    "[1] < [2]": None,
    "1 < 1.5": None,
    # Lists, mappings and brackets.
    "()": (),
    "[]": [],
    "[1, 2]": [1, 2],
    "[[1], [], [2, [3]]]": [[1], [], [2, [3]]],
    "[(1), -2]": [1, -2],
    "{}": {},
    '{"a b": 1, \'c: 2}': {"a b": 1, "c": 2},
    "{ONE, b: [ONE]}": {"ONE": 1, "b": [1]},
    "(((1)))": 1,
    "-(1 + 2) * -(3)": 9,
    "1 +": None,
    "(1": None,
    "1)": None,
    "(1 ]": None,
    "[1 }": None,
    "{ a ; 1 }": None,
    "[1": None,
    "[1 2]": None,
    "{a: 1": None,
    "{a 1}": None,
    "{a: 1 b: 2}": None,
    "{ONE b: 2}": None,
    "1 2": None,
    "": None,
    "f(1)": None,
    "ONE.x": None,
    # Names.
    "ONE": 1,
    "'ONE": 1,
    r"\u{4f}NE": 1,
    "a:ONE": None,
    "Nothing": None,
    "T": None,
    '"': None,
    r'"\u{110000}"': r"\u{110000}",
    r'"\u{d800}"': r"\u{d800}",
    r'"\u{10ffff}"': "\U0010ffff",
    "0x": None,
    "1e": None,
}
KNOWN = surface(
    'const ONE = 1; type T int; enum E { A, B = "b", C = A + B, D = f() } const BAD = f(); const P = BAD;'
)


def plain(value: object) -> object:
    """Return a known value without the names of basic types; an unknown one as `None`."""
    match value:
        case ("list", tuple() as members):
            return [plain(one) for one in members]
        case ("map", tuple() as members):
            return {name: plain(one) for name, one in members}
        case ("expression", _):
            return None
        case ("nil", None):
            return ()
        case (_, scalar):
            return scalar
    raise AssertionError(value)


@pytest.mark.parametrize(("text", "expected"), VALUES.items(), ids=VALUES)
def test_expression(text: str, expected: object) -> None:
    found = plain(value_of(expression(text), "shop", KNOWN))
    assert (type(found), found) == (type(expected), expected)


def expression(text: str) -> Expression:
    """Read an expression; of what is none, the words between blanks are the tokens."""
    found = outline(f"const C = {text};".encode())
    if found.damages:
        return Expression(tuple(text.split()), text)
    declaration = read_declaration(found.items[0], {})
    assert isinstance(declaration, Constant)
    return declaration.value


@pytest.mark.parametrize("text", ["0.0 / 0.0", "1.0 % 0.0", "0.0 / 0.0 / 0.0"])
def test_what_is_no_number_is_a_value(text: str) -> None:
    found = plain(value_of(expression(text), "shop", KNOWN))
    assert isinstance(found, float)
    assert math.isnan(found)


def test_what_is_no_number_is_not_compared() -> None:
    assert plain(value_of(expression("0.0 / 0.0 == 0.0 / 0.0"), "shop", KNOWN)) is None


TYPED = {
    "1 + 1": ("float", 2.0),
    "1.5 + 1": ("decimal", Decimal("2.5")),
    "1.5f": ("decimal", 1.5),
    "1.5d": ("float", Decimal("1.5")),
    "0x10": ("float", 16.0),
    "10": ("decimal", Decimal(10)),
}


@pytest.mark.parametrize(("text", "case"), TYPED.items(), ids=TYPED)
def test_the_expected_type_decides_what_a_number_is(text: str, case: tuple[str, object]) -> None:
    expected_type, expected = case
    found = plain(value_of(expression(text), "shop", KNOWN, expected_type))
    assert (type(found), found) == (type(expected), expected)


def test_decimals_have_34_digits_and_keep_them_under_a_sign() -> None:
    digits = "0.1234567890123456789012345678901234"
    assert plain(value_of(expression(f"-{digits}d"), "shop", KNOWN)) == Decimal(f"-{digits}")
    assert plain(value_of(expression("1d / 3"), "shop", KNOWN)) == Decimal("0." + "3" * 34)


@pytest.mark.parametrize(("length", "known"), [(998, True), (1_001, False)])
def test_numbers_of_a_thousand_digits_are_none(length: int, known: bool) -> None:  # noqa: FBT001 (a case)
    assert (plain(value_of(expression(f"0.{'0' * length}"), "shop", KNOWN)) == 0.0) is known


SIZES = {
    "strings": tuple('"a" + "' + "b" * length + '"' for length in (99_999, 100_000)),
    "lists": tuple(f"[{', '.join(['1'] * length)}]" for length in (9_999, 10_000)),
    "levels": tuple("[" * depth + "]" * depth for depth in (64, 65)),
}


@pytest.mark.parametrize(("known", "unknown"), SIZES.values(), ids=SIZES)
def test_values_beyond_all_reason_are_not_known(known: str, unknown: str) -> None:
    assert plain(value_of(expression(known), "shop", KNOWN)) is not None
    assert plain(value_of(expression(unknown), "shop", KNOWN)) is None


@pytest.mark.parametrize(
    "text", ["[#]", "{#}", "{a: [#]}"], ids=["members of a list", "fields named like constants", "nested"]
)
def test_what_has_too_many_values_is_not_read_to_its_end(text: str) -> None:
    names = text.replace("#", ", ".join(["ONE"] * 20_000))
    asked = []

    def read() -> None:
        folding = fold(expression(names).tokens)
        asked.append(next(folding))
        while True:
            asked.append(folding.send(Folded(1)))

    with pytest.raises(NotConstantError):
        read()
    assert len(asked) == 10_001


def test_what_is_not_known_is_its_tokens_with_the_values_of_constants() -> None:
    assert value_of(expression('f(ONE, \'ONE, x, "ONE")'), "shop", KNOWN) == (
        "expression",
        ("f", "(", ("int", 1), ",", ("int", 1), ",", "x", ",", '"ONE"', ")"),
    )


@pytest.mark.parametrize(("name", "value"), [("A", "A"), ("B", "b"), ("C", "Ab")])
def test_members_of_enums_have_values(name: str, value: str) -> None:
    enum = KNOWN.declaration("shop", "E")
    assert isinstance(enum, Enum)
    (member,) = (one for one in enum.members if one.name == name)
    assert named_value(KNOWN, "shop", name) == value == member_value(member, "shop", KNOWN)


@pytest.mark.parametrize("name", ["D", "E", "T", "BAD", "P", "Nothing"])
def test_other_names_have_none_however_often_they_are_asked(name: str) -> None:
    for _ in range(2):
        with pytest.raises(NotConstantError):
            named_value(KNOWN, "shop", name)


def test_constants_that_wait_for_each_other_have_no_value() -> None:
    known = surface("const A = B; const B = [A]; const C = A; const D = 1;")
    for name in "CABC":
        with pytest.raises(NotConstantError):
            named_value(known, "shop", name)
    assert named_value(known, "shop", "D") == 1


@pytest.mark.parametrize(("text", "value"), [("-5", -5), ("+5", 5), ('"a"', "a"), ("true", True)])
def test_literals(text: str, value: object) -> None:
    assert literal(text) == value


@pytest.mark.parametrize("text", ["A", "", "-A", "1 + 1"])
def test_what_is_no_literal(text: str) -> None:
    with pytest.raises(NotConstantError):
        literal(text)


LENGTHS = {
    "int[]": None,
    "int[*]": None,
    "int[0]": 0,
    "int[0x10]": 16,
    "int[9223372036854775807]": HIGHEST,
    "int[ONE]": 1,
    "int[base:TWO]": 2,
}
NO_LENGTHS = ["int[A]", "int[Nothing]", "int[other:N]", "int[MINUS]", "int[YES]", "int[HALF]"]
ARRAYS = surface(
    {
        "lib.bal": 'const ONE = 1; const A = "a"; const MINUS = -1; const YES = true; const HALF = 0.5;',
        "modules/base/lib.bal": "public const TWO = 2;",
    }
)
IMPORTS = "import shop.base; import acme/other;"


@pytest.mark.parametrize(("text", "length"), LENGTHS.items(), ids=LENGTHS)
def test_arrays_have_lengths(text: str, length: int | None) -> None:
    array = descriptor(text, IMPORTS)
    assert isinstance(array, ArrayType)
    assert array_length(array, "shop", ARRAYS) == length


@pytest.mark.parametrize("text", NO_LENGTHS)
def test_arrays_of_no_length_that_is_known(text: str) -> None:
    array = descriptor(text, IMPORTS)
    assert isinstance(array, ArrayType)
    with pytest.raises(NotConstantError):
        array_length(array, "shop", ARRAYS)
