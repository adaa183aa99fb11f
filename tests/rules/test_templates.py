"""Every message, reason and piece of client code renders, however little a difference tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from semverdiff.changes import Change
from semverdiff.compare import Difference, Subject
from semverdiff.rules import all_rules, messages
from semverdiff.rules.pages import example_differences
from semverdiff.rules.templates import placeholders_in, title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.rules import Rule

pytestmark = pytest.mark.slow

OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
RULES = tuple(all_rules())
BY_ID = pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.id)


def bare(entry: Rule) -> Difference:
    """Return a difference that tells no more than its symbol."""
    return Difference(
        subject=entry.subject,
        fact=entry.entry.fact,
        symbol="Order.id",
        module="shop.orders",
        trail=(),
        change=Change.MODIFIED,
    )


def shown(entry: Rule) -> Difference:
    """Return the difference that comparing the example of a rule finds."""
    return next(one for one in example_differences(entry.example) if one.rule == entry.id)


def sentences(entry: Rule) -> Iterator[str]:
    yield entry.entry.message
    for row in entry.rows:
        yield row.effect.reason


def leftovers(text: str) -> list[str]:
    """Return what a template leaves behind outside of quoted names and forms."""
    return re.findall(r"\$|  |''|\s$|^\s|\[|\]|\?", re.sub(r"\B'[^']+'|`[^`]+`", "x", text))


@BY_ID
def test_sentences_render_with_every_detail(entry: Rule) -> None:
    difference = shown(entry)
    texts = [messages.sentence(template, difference) for template in sentences(entry)]
    assert [text for text in texts if leftovers(text) or "'?'" in text] == []


@BY_ID
def test_sentences_render_without_any_detail(entry: Rule) -> None:
    texts = [messages.sentence(template, bare(entry)) for template in sentences(entry)]
    assert [text for text in texts if leftovers(text)] == []


def test_a_title_names_its_subject_and_begins_like_a_sentence() -> None:
    assert title("$a is removed", Subject.ENUM) == "An enum is removed"
    assert title("the package is renamed", Subject.PACKAGE) == "The package is renamed"


def test_every_optional_part_depends_on_a_placeholder() -> None:
    parts = [part for entry in RULES for text in sentences(entry) for part in OPTIONAL.findall(text)]
    assert parts
    assert [part for part in parts if not placeholders_in(part)] == []


def test_placeholders_of_sentences_are_those_that_have_a_meaning_and_are_documented() -> None:
    used = {key for entry in RULES for text in sentences(entry) for key in placeholders_in(text)}
    assert used == messages.PLACEHOLDERS
    assert documented(messages.__doc__) == used


def documented(text: str | None) -> set[str]:
    names = re.findall(r"^ *([a-z_][a-z_, ]*?)  ", text or "", re.MULTILINE)
    return {name for line in names for name in line.split(", ")} - {"placeholder", ""}
