"""Which names does a text have as words? The same answer as that of its words one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semverdiff.syntax import _ballerina
from semverdiff.syntax.words import Wanted, replaced_word, words

pieces = st.binary(max_size=12) | st.sampled_from(
    [b"Order", b"Orders", b"order_1", b"\xc3\xa4", b" ", b"|", b"'"]
)
texts = st.lists(pieces, max_size=12).map(b"".join)
names = st.lists(st.sampled_from([b"Order", b"Orders", b"order_1", b"\xc3\xa4", b"a", b"0", b"_"]) | pieces)


@given(st.lists(texts, max_size=4), names)
def test_each_piece_of_a_text_has_the_names_that_are_words_of_it(
    parts: list[bytes], wanted: list[bytes]
) -> None:
    bounds, content = list[int](), b""
    for part in parts:
        content += b" "
        bounds += (len(content), len(content) + len(part))
        content += part

    found = list(Wanted(wanted).within(content, bounds))

    assert set(found) == {
        (at, word) for at, part in enumerate(parts) for word in words(part) if word in wanted
    }
    assert len(found) == len(set(found))


def test_names_among_very_many_are_told_apart() -> None:
    # So many that most words of a text have the hash of one of them.
    wanted = [b"Name%d" % number for number in range(0, 200_000, 2)]
    content = b"|".join(b"Name%d" % number for number in range(1_000))

    found = [name for _, name in Wanted(wanted).within(content, [0, len(content)])]

    assert found == [b"Name%d" % number for number in range(0, 1_000, 2)]


@given(st.lists(texts, max_size=4), names)
def test_what_one_text_has_does_not_decide_what_the_next_has(
    contents: list[bytes], wanted: list[bytes]
) -> None:
    prepared = Wanted(wanted)
    for content in contents * 2:
        bounds = [0, len(content)] * 2
        assert list(prepared.within(content, bounds)) == list(Wanted(wanted).within(content, bounds))


@pytest.mark.parametrize("bounds", [[-1, 2], [2, 1], [0, 4]], ids=["before", "backwards", "behind"])
def test_a_piece_that_is_none_of_the_text_is_refused(bounds: list[int]) -> None:
    with pytest.raises(ValueError, match="a piece is none of the text"):
        _ballerina.mentions(b"abc", _ballerina.wanted((b"abc",)), bounds)


@pytest.mark.parametrize(
    ("content", "wanted", "bounds"),
    [("abc", b"a", [0, 1]), (b"abc", "a", [0, 1]), (b"abc", b"a", ["0", 1]), (b"abc", b"a", (0, 1))],
    ids=["a text", "a name that is a text", "a bound that is a text", "a tuple of bounds"],
)
def test_what_is_of_another_type_is_refused(content: object, wanted: object, bounds: object) -> None:
    with pytest.raises(TypeError):
        _ballerina.mentions(content, _ballerina.wanted((wanted,)), bounds)  # type: ignore[arg-type]  # the mistake


def test_a_text_of_nothing_but_names_has_more_places_than_were_asked_for() -> None:
    wanted = Wanted([b"b", b"a"])
    assert wanted.occurrences(b"a b c a", 3) == [(0, 1), (2, 0), (6, 1)]
    assert wanted.occurrences(b"a b c a", 2) is None
    assert wanted.occurrences(b"c d", 0) == []


def test_names_that_were_not_prepared_are_refused() -> None:
    with pytest.raises(TypeError, match="names have to be a tuple"):
        _ballerina.wanted([b"a"])  # type: ignore[arg-type]  # the mistake
    with pytest.raises(TypeError, match="these are no wanted names"):
        _ballerina.mentions(b"abc", _ballerina.language(), [0, 1])


@given(texts, st.sampled_from([b"Order", b"Orders", b"order_1", b"\xc3\xa4", b"a", b"0"]))
def test_a_word_is_replaced_wherever_it_is_one(content: bytes, word: bytes) -> None:
    replaced = replaced_word(content, word, b"_new_")
    if b"\\" not in content:
        assert words(replaced) == [b"_new_" if one == word else one for one in words(content)]
    assert replaced_word(content, word, word) == content


@pytest.mark.parametrize(
    ("content", "replaced"),
    [
        (b"T aT Ta T_ 'T T", b"U aT Ta T_ 'U U"),
        (rb"T T\-x x\-T T\u{1}", rb"U T\-x x\-T T\u{1}"),
        (b"TT T", b"TT U"),
        (b"", b""),
    ],
)
def test_a_word_is_no_part_of_a_longer_one(content: bytes, replaced: bytes) -> None:
    assert replaced_word(content, b"T", b"U") == replaced
    assert replaced_word(content, b"", b"U") == content
