"""What are the values of constants?"""

from __future__ import annotations

import pytest

from semverdiff.types import relation

DECLARED = """
const ONE = 1;
const NAME = "x";
enum Word { A = "a", B = A + "b", C }
const FAR = NEAR + 1;
const NEAR = ONE + 1;
"""

VALUES = {
    "a sum": ("1 + 2 * 3", "7"),
    "parentheses": ("(1 + 2) * 3", "9"),
    "a quotient goes towards zero": ("-7 / 2", "-3"),
    "a remainder has the left sign": ("-7 % 2", "-1"),
    "bits": ("6 & 3 | 8 ^ 1", "11"),
    "all bits": ("~0", "-1"),
    "a shift": ("1 << 3", "8"),
    "a shift beyond": ("1 << 63", "-9223372036854775808"),
    "a shift that keeps the sign": ("-8 >> 1", "-4"),
    "a shift that fills with zeros": ("-1 >>> 60", "15"),
    "texts": ('NAME + "y"', '"xy"'),
    "a name of a name": ("FAR", "3"),
    "an enum's member": ("B", '"ab"'),
    "a member without a value": ("C", '"C"'),
    "both": ("true && false", "false"),
    "either": ("true || false", "true"),
    "a comparison": ("ONE < 2 && 2 <= 2 && !(3 > 3) && 1.5 >= 1.0", "true"),
    "equality": ('NAME == "x" && 1 != 2', "true"),
    "texts in order": ('"a" < "b"', "true"),
    "floats": ("0.5 + 0.25", "0.75"),
    "a hexadecimal float": ("0x1p4", "16.0"),
    "decimals": ("0.1d + 0.2d", "0.3d"),
    "a list": ("[1, NAME]", 'readonly & [1, "x"]'),
    "a mapping": ("{a: 1, NAME}", 'readonly & record {| 1 a; "x" NAME; |}'),
}


@pytest.mark.parametrize(("expression", "type_"), VALUES.values(), ids=VALUES)
def test_a_constant_has_the_type_of_its_value(expression: str, type_: str) -> None:
    assert relation(f"{DECLARED} const VALUE = {expression};", "VALUE", type_).symbol == "="


UNKNOWN = {
    "a division by zero": "1 / 0",
    "an overflow": "9223372036854775807 + 1",
    "numbers of two types": "1 + 1.0",
    "a comparison of two types": "1 < 1.0",
    "an order of booleans": "true < false",
    "a name of nothing": "NOTHING",
    "itself": "VALUE",
    "a decimal beyond its range": "1e6000d * 1e6000d",
    "a call": "f()",
    "nothing more": "1 +",
}


@pytest.mark.parametrize("expression", UNKNOWN.values(), ids=UNKNOWN)
def test_what_has_no_value_before_running_is_unknown(expression: str) -> None:
    assert relation(f"{DECLARED} const VALUE = {expression};", "VALUE", "1").symbol == "?"


COVERED = {
    "both booleans": ("boolean", "YES|NO", "="),
    "one boolean": ("boolean", "YES", ">"),
    "a boolean beside others": ("boolean|int", "YES|NO|int", "="),
    "no value": ("()|int", "NOTHING|int", "="),
    "some strings": ("string", "NAME|C|B", ">"),
    "a string beside another type": ("string", "C|int", "<>"),
    "a number beside its type": ("int|boolean", "ONE|int|boolean", "="),
    "a value and a type of the same basic type": ("string", "NAME|Text", "="),
    "a value and a type of another": ("string[]", "NAME|Text", "<>"),
    "a list": ("int[]", "LIST|string", "<>"),
}


@pytest.mark.parametrize(("left", "right", "symbol"), COVERED.values(), ids=COVERED)
def test_values_cover_a_type_that_has_no_others(left: str, right: str, symbol: str) -> None:
    values = "const YES = true; const NO = !YES; const NOTHING = (); const LIST = [1]; type Text string;"

    assert relation(f"{DECLARED} {values}", left, right).symbol == symbol
