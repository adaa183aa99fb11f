"""How many words and signs a source may hold: as a pattern counts them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.packages import package

from semverdiff import limits
from semverdiff.errors import SourceError
from semverdiff.packages.words import refuse_too_many_words

if TYPE_CHECKING:
    from semverdiff.packages import Package


def read(*texts: str) -> Package:
    return package({f"{number}.bal": text for number, text in enumerate(texts)})


def is_refused(*texts: str) -> bool:
    try:
        refuse_too_many_words(read(*texts).modules)
    except SourceError:
        return True
    return False


@given(st.text(alphabet="ab_1 \t\r\n\v\f.,;ä", max_size=30))
def test_words_and_signs_are_counted_as_a_pattern_finds_them(text: str) -> None:
    number = len(re.findall(rb"\w+|[^\w\s]", text.encode()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "SOURCE_WORDS", number)
        assert not is_refused(text)
        patch.setattr(limits, "SOURCE_WORDS", number - 1)
        assert is_refused(text) is (len(text.encode()) > number - 1 and number > number - 1)


def test_sources_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SOURCES_WORDS", 6)
    assert not is_refused("one two three   ", "four five six   ")
    assert is_refused("one two three   ", "four five six;  ")
