"""JSON manifests say what `json` finds in them, and are refused in its words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semverdiff.packages import parse_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.errors import Mistake

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def _parsed(text: str) -> tuple[Mapping[str, object], list[Mistake]]:
    mistakes: list[Mistake] = []
    return parse_json(text.encode(), "package.json", mistakes).entries, mistakes


@given(st.dictionaries(st.text(max_size=3), _VALUES, max_size=3), st.booleans(), st.sampled_from([None, 2]))
def test_a_document_says_what_the_parser_of_python_finds(
    document: dict[str, object],
    ascii_only: bool,  # noqa: FBT001 (a case)
    indent: int | None,
) -> None:
    text = json.dumps(document, ensure_ascii=ascii_only, indent=indent)
    entries, mistakes = _parsed(text)
    assert json.dumps(entries) == json.dumps(json.loads(text))
    assert not mistakes


@pytest.mark.parametrize(
    "text",
    [
        '{"a": NaN}',
        '{"a": 1e400}',
        '{"a": "\\ud800"}',
        '{"a": 1, "a": 2}',
        f'{{"a": {"9" * 50}}}',
        '{"a": -0.0}',
    ],
)
def test_what_only_the_parser_of_python_takes_is_taken(text: str) -> None:
    entries, mistakes = _parsed(text)
    assert json.dumps(entries) == json.dumps(json.loads(text))
    assert not mistakes


@given(st.text(st.sampled_from('{}[]":,a1. \n\\u-eN'), max_size=8))
def test_what_is_no_json_is_refused_in_the_words_of_the_parser_of_python(text: str) -> None:
    _, mistakes = _parsed(text)
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        (mistake,) = mistakes
        expected = (f"invalid JSON: {error.msg}", error.lineno, error.colno)
        assert (mistake.message, mistake.line, mistake.column) == expected
    else:
        assert bool(mistakes) is not isinstance(found, dict)


def test_a_number_that_python_does_not_convert_is_a_mistake_without_a_place() -> None:
    _, (mistake,) = _parsed(f'{{"a": {"9" * 5000}}}')
    assert mistake.message.startswith("invalid JSON: ")
    assert mistake.line is None
