"""Two forms token by token: nothing is lost, and only what differs is marked."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st
from reports.strategies import hostile_texts, law

from semverdiff.reports.tokens import Segment, abridged, code_spans, token_diff


@law
@given(hostile_texts, hostile_texts)
def test_the_segments_of_a_form_add_up_to_it(old: str, new: str) -> None:
    before, after = token_diff(old, new)
    assert "".join(segment.text for segment in before) == old
    assert "".join(segment.text for segment in after) == new


@law
@given(hostile_texts)
def test_equal_forms_have_nothing_marked(text: str) -> None:
    assert not any(segment.marked for form in token_diff(text, text) for segment in form)


def test_only_the_words_that_differ_are_marked() -> None:
    _, after = token_diff("int quantity", "int:Signed32 quantity")
    assert [segment.text for segment in after if segment.marked] == [":Signed32"]


_few_tokens = st.lists(st.sampled_from(["a", "b", "|", "?", " "]), max_size=30).map("".join)


@law
@given(_few_tokens, _few_tokens)
def test_what_is_marked_is_what_the_matcher_of_the_standard_library_says(old: str, new: str) -> None:
    # Forms that begin and end with other tokens: nothing is common before it is looked for.
    old, new = f"<{old}>", f"({new})"
    a, b = (re.findall(r"\w+|\s+|[^\w\s]", form) for form in (old, new))
    opcodes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    expected = [("".join(a[start:end]), tag != "equal") for tag, start, end, _, _ in opcodes if start < end]
    assert [(one.text, one.marked) for one in token_diff(old, new)[0]] == expected


def test_of_very_long_differences_everything_between_the_first_and_the_last_is_marked() -> None:
    old, new = "int a, " * 200, "int b, " * 200
    before, after = token_diff(f"({old})", f"({new})")
    assert [(one.text, one.marked) for one in before] == [("(int ", False), (old[4:-2], True), (", )", False)]
    assert [(one.text, one.marked) for one in after] == [("(int ", False), (new[4:-2], True), (", )", False)]


def test_what_one_side_has_alone_is_marked_as_a_whole() -> None:
    before, after = token_diff("int a", "int a, int b")
    assert before == (Segment("int a", marked=False),)
    assert after == (Segment("int a", marked=False), Segment(", int b", marked=True))


def test_a_long_part_that_both_forms_have_is_cut_beside_what_differs() -> None:
    middle = "x" * 500
    _, form = token_diff(f"{middle} int {middle}", f"{middle} string {middle}")
    start, mark, end = abridged(form)
    assert (start.text, mark.text, end.text) == (f"… {'x' * 39} ", "string", f" {'x' * 39} …")


def test_a_long_part_between_two_differences_keeps_both_its_ends() -> None:
    middle = "x" * 500
    _, form = token_diff(f"int {middle} int", f"string {middle} string")
    assert [one.text for one in abridged(form)] == ["string", f" {'x' * 39} … {'x' * 39} ", "string"]


def test_a_form_without_a_mark_is_never_cut() -> None:
    form = (Segment("x" * 5_000, marked=False),)
    assert abridged(form) == form


def test_what_is_hardly_longer_than_its_ends_is_not_cut() -> None:
    form = (Segment("x" * 80, marked=False), Segment("int", marked=True))
    assert abridged(form) == form


def test_words_between_back_quotes_are_code() -> None:
    assert code_spans("the field `id` is") == (
        Segment("the field ", marked=False), Segment("id", marked=True), Segment(" is", marked=False),
    )  # fmt: skip
