"""What is highlighted in a source, in characters."""

from __future__ import annotations

import pytest

from semverdiff.syntax import highlights

SOURCE = """# Größe
public type Grösse record {|
    int größe = 1; // ä
|};
string s = string `a ${s} b`;
"""
CAPTURES = {
    "# Größe": "comment.documentation",
    "type": "keyword.type",
    "Grösse": "type.definition",
    "int": "type.builtin",
    "größe": "property",
    "// ä": "comment",
    "${": "punctuation.special",
}


@pytest.mark.parametrize(("text", "capture"), CAPTURES.items(), ids=CAPTURES)
def test_parts_are_highlighted(text: str, capture: str) -> None:
    start = SOURCE.index(text)
    found = {(one.start, one.end): one.capture for one in highlights(SOURCE)}
    assert found[start, start + len(text)] == capture


def test_parts_are_in_the_order_of_the_source() -> None:
    places = [(one.start, -one.end) for one in highlights(SOURCE)]
    assert places == sorted(set(places))


def test_of_two_patterns_the_last_counts() -> None:
    # An identifier is a variable, but the name of a type is highlighted as that.
    assert [one.capture for one in highlights("type T int;")][1] == "type.definition"


def test_a_piece_of_a_source_is_highlighted() -> None:
    assert "keyword.function" in {one.capture for one in highlights("public function f(")}


def test_nothing_is_highlighted_in_nothing() -> None:
    assert highlights("") == ()
