"""Which names does a text have as words? The same answer as that of its words one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semverdiff.syntax import _ballerina
from semverdiff.syntax.words import Wanted, first_words, last_word, replaced_word, words

pieces = st.binary(max_size=12) | st.sampled_from(
    [b"Order", b"Orders", b"order_1", b"\xc3\xa4", b" ", b"|", b"'"]
)
texts = st.lists(pieces, max_size=12).map(b"".join)
names = st.lists(st.sampled_from([b"Order", b"Orders", b"order_1", b"\xc3\xa4", b"a", b"0", b"_"]) | pieces)


@given(st.lists(texts, max_size=4), names)
def test_each_text_has_the_names_that_are_words_of_it(contents: list[bytes], wanted: list[bytes]) -> None:
    found = Wanted(wanted).within(contents)

    assert set(found) == {
        (at, word) for at, content in enumerate(contents) for word in words(content) if word in wanted
    }
    assert len(found) == len(set(found))


@given(texts)
def test_the_words_at_either_end_are_those_of_all(content: bytes) -> None:
    assert first_words(content, 2) == words(content)[:2]
    assert last_word(content) == words(content)[-1:]


def test_names_among_very_many_are_told_apart() -> None:
    # So many that most words of a text have the hash of one of them.
    wanted = [b"Name%d" % number for number in range(0, 200_000, 2)]
    content = b"|".join(b"Name%d" % number for number in range(1_000))

    found = [name for _, name in Wanted(wanted).within([content])]

    assert found == [b"Name%d" % number for number in range(0, 1_000, 2)]


@given(st.lists(texts, max_size=4), names)
def test_what_one_text_has_does_not_decide_what_the_next_has(
    contents: list[bytes], wanted: list[bytes]
) -> None:
    prepared = Wanted(wanted)
    for content in contents * 2:
        assert prepared.within([content] * 2) == Wanted(wanted).within([content] * 2)


@pytest.mark.parametrize(
    ("contents", "wanted"),
    [([b"a", "abc"], b"a"), ([b"abc"], "a"), ((b"abc",), b"a")],
    ids=["a text", "a name that is a text", "a tuple of texts"],
)
def test_what_is_of_another_type_is_refused(contents: object, wanted: object) -> None:
    with pytest.raises(TypeError):
        _ballerina.mentions(contents, _ballerina.wanted((wanted,)))  # type: ignore[arg-type]  # the mistake


def test_names_that_were_not_prepared_are_refused() -> None:
    with pytest.raises(TypeError, match="names have to be a tuple"):
        _ballerina.wanted([b"a"])  # type: ignore[arg-type]  # the mistake
    with pytest.raises(TypeError, match="these are no wanted names"):
        _ballerina.mentions([b"abc"], _ballerina.language())


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
