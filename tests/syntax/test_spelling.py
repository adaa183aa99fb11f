"""Names and strings as a source has to write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.sources import read

from semverdiff.syntax import spelling
from semverdiff.syntax.nodes import Constant

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {"count": "count", "order": "'order", "a-b": r"a\-b", "4XX": "'4XX", "_x": "_x", "größe": "größe"}
NAMES |= {"a²": r"a\²", "a\tb": r"a\u{9}b", "a\u2028b": r"a\u{2028}b", "\U0001d4b3": r"\u{1D4B3}"}


@pytest.mark.parametrize(("name", "written"), NAMES.items())
def test_name(name: str, written: str) -> None:
    assert spelling.spelled(name) == written


@pytest.mark.parametrize("spelt", [r"\u{41}b", r"\u{00000000041}b", r"'\u{0000041}\u{62}", "Ab", "'Ab"])
def test_spellings_of_one_name(spelt: str) -> None:
    assert spelling.name_of(spelt) == "Ab"


TOKENS = {
    "limit": (None, "limit"),
    "'limit": (None, "limit"),
    r"a\-b": (None, "a-b"),
    r"\u{61}b": (None, "ab"),
    "acme/money:LIMIT": ("acme/money", "LIMIT"),
    "acme/money:'limit": ("acme/money", "limit"),
    "größe": (None, "größe"),
    "12": None,
    "0x1F": None,
    '"limit"': None,
    '"a:b"': None,
    "`a:b`": None,
    "+": None,
    ":": None,
    "": None,
}


@pytest.mark.parametrize(("token", "named"), TOKENS.items())
def test_a_token_names_what_is_neither_literal_nor_mark(
    token: str, named: tuple[str | None, str] | None
) -> None:
    assert spelling.name_in(token) == named


@pytest.mark.slow
@given(st.from_regex(r"[A-Za-z_0-9\-. $]{1,12}", fullmatch=True) | st.text(min_size=1, max_size=12))
def test_what_is_written_is_read_as_the_name(name: str) -> None:
    declaration = read(f"const {spelling.spelled(name)} = 1;")
    assert isinstance(declaration, Constant)
    assert declaration.name == name


@given(st.text())
def test_a_string_literal_means_the_string_that_was_written(text: str) -> None:
    assert spelling.unquoted(spelling.quoted(text)) == text


def test_a_string_literal_shows_what_nobody_would_see() -> None:
    assert spelling.quoted('a"b\\c\n\t\x07\u200eé') == r'"a\"b\\c\n\t\u{7}\u{200e}é"'


def test_the_grammar_reserves_the_same_words(repository: Path) -> None:
    grammar = (repository / "grammars/ballerina/grammar.js").read_text()
    (words,) = re.findall(r"const RESERVED = \[(.*?)\];", grammar, re.DOTALL)
    reserved = set(re.findall(r"'(\w+)'", words))
    assert {word for word in reserved if spelling.spelled(word) == word} == set()
