"""What a comparison asks of two types beside how they relate: the errors in them, and how literals read."""

from __future__ import annotations

import pytest
from support.sources import descriptor, surface

from semverdiff import limits
from semverdiff.types import Type, TypeComparison

SIDE = surface("type Timeout distinct error; type Failure Timeout|Broken; type Broken distinct error;")

# Only errors removed, only errors added, only errors left.
ERRORS = {
    "an error that is gone": ("int|error", "int", (True, False, False)),
    "a distinct error that is gone": ("int|Timeout|Broken", "int|Broken", (True, False, False)),
    "an error that is new": ("int", "int|error", (False, True, False)),
    "an error for another": ("int|Timeout", "int|Broken", (False, False, False)),
    "a value that is gone": ("int|string", "int", (False, False, False)),
    "a value and an error that are gone": ("int|string|error", "int", (False, False, False)),
    "a value and an error that are new": ("int", "int|string|error", (False, False, False)),
    "all values": ("int|error", "error", (False, False, True)),
    "all values beside a union of errors": ("int|Failure", "Failure", (False, False, True)),
    "nil": ("error?", "error", (False, False, True)),
    "an error of several": ("Failure", "Timeout", (True, False, False)),
    "nothing": ("int|error", "error|int", (False, False, False)),
    "nothing of an error": ("error", "error", (False, False, False)),
    "a value for errors": ("error", "int", (False, False, False)),
}


def _types(*texts: str) -> list[Type]:
    return [Type(descriptor(text), "shop", SIDE) for text in texts]


@pytest.mark.parametrize(("old", "new", "answers"), ERRORS.values(), ids=ERRORS)
def test_errors_are_told_from_values(old: str, new: str, answers: tuple[bool, bool, bool]) -> None:
    comparison = TypeComparison(SIDE, SIDE, lambda *_: False)
    before, after = _types(old, new)
    assert (
        comparison.only_errors_removed(before, after),
        comparison.only_errors_added(before, after),
        comparison.only_errors_left(before, after),
    ) == answers


@pytest.mark.parametrize(
    ("text", "has_error"),
    [
        ("int|error", True),
        ("error?", True),
        ("Failure", True),
        ("int", False),
        ("error[]", False),
        ("any", False),
    ],
)
def test_a_union_has_an_error_or_none(text: str, *, has_error: bool) -> None:
    (type_,) = _types(text)
    assert TypeComparison(SIDE, SIDE, lambda *_: False).has_error(type_) is has_error


def test_of_what_takes_too_long_only_the_worst_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = _types("int[]|error|map<int>", "map<int>|int[]")
    assert TypeComparison(SIDE, SIDE, lambda *_: False).only_errors_removed(old, new)
    assert not TypeComparison(SIDE, SIDE, lambda *_: False).declares_first_field(old, new)

    monkeypatch.setattr(limits, "EQUALITY_STEPS", 1)
    monkeypatch.setattr(limits, "EQUALITY_CLASS_STEPS", 1)
    assert not TypeComparison(SIDE, SIDE, lambda *_: False).only_errors_removed(old, new)
    assert TypeComparison(SIDE, SIDE, lambda *_: False).declares_first_field(old, new)
