"""What a pattern of a suppression matches: only `*` is special in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semverdiff.config import SuppressionEntry, has_pattern, matches

_texts = st.text("ab[.*", max_size=8)


@pytest.mark.parametrize(
    ("pattern", "text", "is_match"),
    [
        ("Order.*", "Order.note", True),
        ("Order.*", "Order.", True),
        ("Order.*", "Order", False),
        ("*.note", "Order.note", True),
        ("*.note", "Order.notes", False),
        ("Client[get users/{}]", "Client[get users/{}]", True),
        ("Client[get *]", "Client[get users/{}]", True),
        ("Client[get *](verbose)", "Client[get users/{}](verbose)", True),
        ("Client[*", "Client.init", False),
        ("a*a", "a", False),
        ("a*b*a", "abba", True),
        ("a*bb*b", "abb", False),
    ],
)
def test_a_text_is_like_a_pattern(pattern: str, text: str, is_match: bool) -> None:  # noqa: FBT001 (a column)
    assert matches(pattern, text) is is_match


@given(_texts, _texts)
def test_a_star_is_any_text_and_everything_else_itself(pattern: str, text: str) -> None:
    expression = ".*".join(map(re.escape, pattern.split("*")))
    assert matches(pattern, text) is (re.fullmatch(expression, text) is not None)


@given(_texts, _texts, _texts)
def test_a_pattern_that_matches_another_matches_all_that_the_other_does(
    wide: str, narrow: str, text: str
) -> None:
    if matches(wide, narrow) and matches(narrow, text):
        assert matches(wide, text)


@pytest.mark.parametrize(
    ("rule", "symbol", "expected"),
    [("a", "b", False), ("a*", "b", True), ("a", "b*", True), (None, "b*", True), (None, "b", False)],
)
def test_an_entry_has_a_pattern(rule: str | None, symbol: str, expected: bool) -> None:  # noqa: FBT001 (a column)
    assert has_pattern(SuppressionEntry(rule=rule, symbol=symbol, reason="r")) is expected
