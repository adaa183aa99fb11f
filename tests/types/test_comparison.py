"""What a comparison asks of two types beside how they relate: the errors in them, and how literals read."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from support.sources import descriptor, surface

from semverdiff import limits
from semverdiff.types import Total, Type, TypeComparison
from semverdiff.types.equality import Equality

if TYPE_CHECKING:
    from collections.abc import Callable

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


def test_what_two_types_exchange_is_found_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    exchanged = Equality.exchanged

    def counted(equality: Equality, old: list[Type], new: list[Type]) -> tuple[list[Type], list[Type]]:
        asked.append((old, new))
        return exchanged(equality, old, new)

    monkeypatch.setattr(Equality, "exchanged", counted)
    comparison = TypeComparison(SIDE, SIDE, lambda *_: False)
    for old, new in (_types("int", "int|error"), _types("int|error", "int")) * 2:
        assert comparison.only_errors_added(old, new) is not comparison.only_errors_removed(old, new)
    assert len(asked) == 2


# Of the two errors only one is a public name of both sides.
ALIKE = {
    "a builtin type": ("int", "int", True),
    "another builtin type": ("int", "string", False),
    "builtin types in one form": ("map<int?[]>", "map<int?[]>", True),
    "builtin types in two forms": ("map<int>", "int[]", False),
    "a public name": ("Timeout", "Timeout", True),
    "two names": ("Timeout", "Broken", False),
    "a name and a builtin type": ("Timeout", "int", False),
    "a builtin type and a name": ("int", "Timeout", False),
    "a name that is followed": ("Broken", "Broken", False),
    "a public name in a form": ("map<Timeout[]>?", "map<Timeout[]>?", True),
    "a public name in two forms": ("Timeout[]", "Timeout?", False),
    "a public name in lists of a fixed length": ("Timeout[2]", "Timeout[2]", False),
    "a name that is followed in a form": ("Broken[]", "Broken[]", False),
    "a public name beside plain types": ('"a"|Timeout[]|string', '"a"|Timeout[]|string', True),
    "a public name beside other plain types": ("Timeout|string", "Timeout|int", False),
    "a public name beside data": ("Timeout|json", "Timeout|json", False),
    "a public name beside lists": ("Timeout|int[]", "Timeout|int[]", False),
    "a public name that lies deep": (f"Timeout{'[]' * 20}", f"Timeout{'[]' * 20}", False),
    "values": ('"a"|"b"', '"a"|"b"', True),
    "values in another order": ('"a"|"b"', '"b"|"a"', False),
    "data and a value": ('json|"a"', 'json|"a"', False),
}


@pytest.mark.parametrize(("old", "new", "is_alike"), ALIKE.values(), ids=ALIKE)
def test_of_what_is_compared_elsewhere_nothing_else_can_be_said(
    old: str, new: str, *, is_alike: bool
) -> None:
    comparison = TypeComparison(SIDE, SIDE, lambda _, name: name == "Timeout")
    assert comparison.same_by_name(*_types(old, new)) is is_alike


def test_names_of_two_modules_are_two_names() -> None:
    comparison = TypeComparison(SIDE, SIDE, lambda *_: True)
    old, new = (Type(descriptor("Timeout[]"), module, SIDE) for module in ("shop", "shop.stock"))
    assert not comparison.same_by_name(old, new)


MEANINGS = [
    *("record {| int a; |}", "record {| int a = 1; |}", "record { string b; }", "distinct error"),
    *("map<json>", "int[]|float[]", "byte[]|int[]", "int", "object { }"),
]


@pytest.mark.parametrize("form", ["{}", "{}[]", "map<{}>?", "{}|error", '"a"|{}[]|string', "int|{}|()"])
@pytest.mark.parametrize(("old", "new"), list(permutations(MEANINGS, 2)))
def test_whatever_a_public_name_means_nothing_is_said_where_it_alone_is_mentioned(
    form: str, old: str, new: str
) -> None:
    sides = (surface(f"type Public {old};"), surface(f"type Public {new};"))
    left, right = (Type(descriptor(form.format("Public")), "shop", side) for side in sides)
    comparison = TypeComparison(*sides, lambda *_: True)

    assert comparison.same_by_name(left, right)

    assert comparison.same_type(left, right)
    assert comparison.ambiguous(left, right) is None
    assert comparison.lost_default(left, right) is comparison.gained_default(left, right) is None
    assert not comparison.declares_first_field(left, right)
    assert not comparison.only_errors_added(left, right)
    assert not comparison.only_errors_removed(left, right)
    assert not comparison.only_errors_left(left, right)
    assert comparison.within(left, right)
    assert comparison.within(right, left)


SHARED = {
    "a list and a map of it": ("int|Timeout[]", "int|map<Timeout>", "<>"),
    "a list of it and it": ("int|Timeout[]", "int|Timeout", "<>"),
    "a list of maps and a map of lists": ("int|map<Timeout>[]", "int|map<Timeout[]>", "<>"),
    "a list of it and of another one": ("int|Timeout[]", "int|Broken[]", "<>"),
    "lists of any and of a fixed length": ("int|Timeout[]", "int|Timeout[1]", ">"),
    "lists of lists": ("int|Timeout[][]", "Timeout[][]|int|string", "<"),
}


@pytest.mark.parametrize(("old", "new", "symbol"), SHARED.values(), ids=SHARED)
def test_a_public_name_is_the_same_in_the_same_form(old: str, new: str, symbol: str) -> None:
    comparison = TypeComparison(SIDE, SIDE, lambda _, name: name == "Timeout")
    assert comparison.relate(*_types(old, new)).symbol == symbol


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


# Old and new types with a number in them, what is asked, and the answer.
EASY = {
    "the same": (
        "record {{| int a{0}; map<int> b; |}}",
        "record {{| map<int> b; int a{0}; |}}",
        TypeComparison.same_type,
        True,
    ),
    "what is exchanged": (
        "int[]|record {{| int a{0}; |}}|error",
        "record {{| int a{0}; |}}|int[]",
        TypeComparison.only_errors_removed,
        True,
    ),
    "what clients write to": (
        "record {{| readonly int? a{0}; |}}",
        "record {{| readonly int a{0}; |}}",
        TypeComparison.narrowed_inside,
        False,
    ),
    "open records": (
        "record {{ int a{0}; }}",
        "record {{ int a{0}; int b?; }}",
        TypeComparison.extended,
        True,
    ),
    "defaults": (
        "record {{| int a{0} = 1; |}}",
        "record {{| int a{0}; |}}",
        lambda *sides: (TypeComparison.lost_default(*sides) or "")[:1],
        "a",
    ),
    "constructors": (
        "record {{| int a{0}; |}}",
        "record {{| int a{0}; int b?; |}}",
        TypeComparison.ambiguous,
        None,
    ),
}


@pytest.mark.parametrize(("old", "new", "ask", "answer"), EASY.values(), ids=EASY)
def test_any_number_of_easy_questions_is_answered(
    old: str,
    new: str,
    ask: Callable[[TypeComparison, Type, Type], object],
    answer: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Each has some steps of its own, where nothing is left of what all of them share.
    monkeypatch.setattr(limits, "EQUALITY_CLASS_STEPS", 1)
    comparison = TypeComparison(SIDE, SIDE, lambda *_: False, total=Total(0))
    answers = [ask(comparison, *_types(old.format(at), new.format(at))) for at in range(40)]

    assert answers == [answer] * len(answers)


def test_any_number_of_easy_questions_about_relations_is_answered() -> None:
    comparison = TypeComparison(SIDE, SIDE, lambda *_: False, total=Total(0))
    basic = ["int", "string", "float", "decimal", "boolean", "handle", "function"]
    pairs = [_types(f"map<{one}>", f"map<{other}>") for one, other in permutations(basic, 2)]

    assert {comparison.within(*pair) for pair in pairs} == {False}


def test_what_is_written_alike_without_a_name_is_the_same_at_once() -> None:
    comparison = TypeComparison(SIDE, SIDE, lambda *_: False, total=Total(0))
    old, new = _types(f"int?{'[]' * 200}", f"int?{'[]' * 200}")

    assert comparison.same_type(old, new)
