"""The enum of texts is what `StrEnum` is, to whoever uses its members."""

from __future__ import annotations

import copy
import enum
import json
import pickle
from collections.abc import Collection
from typing import TYPE_CHECKING

import pytest

from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.enums import StrEnum

if TYPE_CHECKING:
    from collections.abc import Callable


class Color(StrEnum):
    """Words with an alias, and one that is written otherwise than its name."""

    RED = "red"
    DARK_BLUE = "dark blue"
    NAVY = "dark blue"

    def shout(self) -> str:
        return self.value.upper()


class Standard(enum.StrEnum):
    """The same words in a standard enum."""

    RED = "red"
    DARK_BLUE = "dark blue"
    NAVY = "dark blue"

    def shout(self) -> str:
        return self.value.upper()


# What is asked of a class and of its members; every answer but those about the class's name is the same.
QUESTIONS: dict[str, Callable[[type[Color | Standard]], object]] = {
    "its members, in their order": lambda words: [word.value for word in words],
    "how many": len,
    "names": lambda words: [word.name for word in words],
    "text": lambda words: [str(word) for word in words],
    "formatted": lambda words: f"{words.DARK_BLUE:>12}|{words.RED}",
    "an alias is the member": lambda words: words.NAVY is words.DARK_BLUE,
    "a member by its text": lambda words: words("dark blue") is words.DARK_BLUE,
    "a member by itself": lambda words: words(words.RED) is words.RED,
    "equal to its text": lambda words: words.RED == "red",
    "hash": lambda words: hash(words.RED) == hash("red"),
    "a member of the class": lambda words: words.RED in words,
    "a collection, as parameters of tests are": lambda words: isinstance(words, Collection),
    "an instance": lambda words: isinstance(words.RED, words) and isinstance(words.RED, str),
    "a copy is the member": lambda words: copy.deepcopy(words.RED) is words.RED,
    "methods": lambda words: words.RED.shout(),
    "as JSON": lambda words: json.dumps({"color": words.RED, words.NAVY: 1}),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_answers_as_the_standard_enum_does(question: str) -> None:
    answer = QUESTIONS[question]
    assert answer(Color) == answer(Standard)


@pytest.mark.parametrize("text", ["", "Red", "navy", "dark  blue"])
def test_a_text_that_is_no_member_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text!r} is not a valid Color$"):
        Color(text)


def test_a_member_shows_its_class_and_name() -> None:
    assert repr(Color.NAVY) == "<Color.DARK_BLUE: 'dark blue'>"


def test_a_member_survives_pickling_as_itself() -> None:
    assert pickle.loads(pickle.dumps(Fact.ADDED)) is Fact.ADDED  # noqa: S301 (our own bytes)


def test_a_member_takes_no_other_attributes() -> None:
    with pytest.raises(AttributeError):
        setattr(Color.RED, "shade", "dark")  # noqa: B010 (the type checker refuses the assignment, too)


@pytest.mark.parametrize("words", [Fact, Subject, Condition])
def test_every_word_of_the_contract_has_one_name(words: type[StrEnum]) -> None:
    names = [name for name in vars(words) if name.isupper()]
    assert [word.name for word in words] == names
