"""Texts of reports without the commands of CI systems: torn apart for people, the same for programs."""

from __future__ import annotations

import json
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from semverdiff.reports import without_commands

PARTS = [
    ":",
    "#",
    "a",
    "[",
    "]",
    " ",
    "vso",
    "section_start:",
    "1",
    "travis_fold:",
    "\\",
    '"',
    "\n",
    "<",
    "ü",
]
texts = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error::x", ": :error: :x"),
        (":::error", ":: :error"),
        ("##[group]", "# #[group]"),
        ("###[group]", "## #[group]"),
        ("##vso[a.b c=d]", "# #vso[a.b c=d]"),
        ("section_start:1:a", "section_ start:1:a"),
        ("section_end:1:a", "section_ end:1:a"),
        ("travis_time:start:a", "travis_ time:start:a"),
        ("a::b", "a: :b"),
    ],
)
def test_a_command_is_torn_apart_for_people(text: str, shown: str) -> None:
    assert without_commands(text, "text") == shown


@pytest.mark.parametrize(
    "text", ["a: b", "## Title [a]", "1::2", "http://[::1]:80", "# [a]", "section_start", ""]
)
def test_other_texts_stay(text: str) -> None:
    assert without_commands(text, "text") == without_commands(text, "json") == text


def test_styles_and_scripts_of_a_page_stay() -> None:
    page = "<style>a::before{}</style>a::b<script>'##[x]'</script><p>##[x]</p>"
    assert without_commands(page, "html") == (
        "<style>a::before{}</style>a&#58;:b<script>'##[x]'</script><p>&#35;#[x]</p>"
    )


@given(texts)
@example("\\::a")
@example("\\\\##[")
def test_json_means_the_same(text: str) -> None:
    document = json.dumps([text, {text: text}])
    assert json.loads(without_commands(document, "json")) == json.loads(document)


@given(texts.filter(lambda text: "<" not in text))
def test_a_page_means_the_same(text: str) -> None:
    assert unescape(without_commands(text, "html")) == unescape(text)


@given(texts, st.sampled_from(["text", "json", "html"]))
def test_nothing_is_left_and_twice_is_not_more(text: str, form: str) -> None:
    once = without_commands(text, form)
    assert without_commands(once, form) == once
