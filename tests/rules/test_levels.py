"""The vocabulary of levels: who breaks, and at which level, for each owner of a member."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from semverdiff.clients import Use
from semverdiff.compare import Condition, Subject
from semverdiff.rules.conditions import contract_text
from semverdiff.rules.effects import always, major, minor, on, otherwise, patch, tolerated, when
from semverdiff.rules.levels import (
    IMPLEMENTER,
    MEMBERS,
    by_owner,
    callers_break,
    everybody_breaks,
    implementable,
    only_implementers_break,
    readers_break,
    type_implementers_break,
    writers_break,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.rules.schema import Effect, Levels, Row

CALLERS, IMPLEMENTERS = "Callers break.", "Implementers break."


def said(effect: Effect) -> tuple[str, str, str, Use | None]:
    return effect.level.word, effect.strict.word, effect.reason, effect.client


def rows(table: tuple[Row, ...]) -> dict[str, str]:
    return {
        contract_text(row.requirements): f"{row.effect.level.word}/{row.effect.strict.word}" for row in table
    }


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        (major("r", Use.CALL), ("major", "major", "r", Use.CALL)),
        (tolerated("r", Use.CALL), ("minor", "major", "r", Use.CALL)),
        (minor("r"), ("minor", "minor", "r", None)),
        (patch("r"), ("patch", "patch", "r", None)),
    ],
)
def test_an_effect_has_a_level_for_each_mode(effect: Effect, expected: tuple[object, ...]) -> None:
    assert said(effect) == expected


def test_one_level_for_one_subject_or_several() -> None:
    effect = patch("r")
    assert always(Subject.MAP, effect) == {Subject.MAP: (otherwise(effect),)}
    assert always(MEMBERS, effect) == dict.fromkeys(MEMBERS, (otherwise(effect),))


def test_rows_keep_their_order() -> None:
    first, rest = when(Condition.SEALED, then=minor("r")), otherwise(patch("r"))
    assert on(Subject.CLASS, first, rest) == {Subject.CLASS: (first, rest)}


def test_readers_break_by_position() -> None:
    table = readers_break("readers", Use.READ, "own")
    assert rows(table) == {"in": "minor/major", "out or both": "major/major"}
    assert [(row.effect.reason, row.effect.client) for row in table] == [
        ("own", Use.READ),
        ("readers", Use.READ),
    ]


def test_writers_break_by_position() -> None:
    table = writers_break("writers", Use.WRITE, "handlers", Use.COMPARE_VALUE)
    assert rows(table) == {"out": "minor/major", "in or both": "major/major"}
    assert [(row.effect.reason, row.effect.client) for row in table] == [
        ("handlers", Use.COMPARE_VALUE),
        ("writers", Use.WRITE),
    ]


def test_implementers_of_a_type_break_where_they_can_exist() -> None:
    levels = type_implementers_break("Users survive.", IMPLEMENTERS, Use.IMPLEMENT)
    assert rows(levels[Subject.CLASS]) == {
        "sealed": "minor/minor",
        "open class, policy open-classes = implement": "major/major",
        "open class": "minor/major",
    }
    assert rows(levels[Subject.OBJECT]) == {
        "sealed": "minor/minor",
        "open object type, out": "minor/major",
        "": "major/major",
    }
    assert said(levels[Subject.CLASS][2].effect)[2:] == (f"Users survive. {IMPLEMENTERS}", Use.IMPLEMENT)


MEMBER_ROWS = {
    "a tolerated call, and tolerated implementing": (
        lambda: by_owner(tolerated(CALLERS, Use.CALL), tolerated(IMPLEMENTERS, IMPLEMENTER)),
        {
            "sealed": "minor/major",
            "open class": "minor/major",
            "open object type, out": "minor/major",
            "open object type, in": "minor/major",
            "open object type, both": "minor/major",
        },
    ),
    "callers break, implementers do not": (
        lambda: callers_break(CALLERS, Use.CALL, IMPLEMENTERS),
        {
            "sealed": "major/major",
            "open class": "major/major",
            "open object type, out": "major/major",
            "open object type, in": "minor/major",
            "open object type, both": "major/major",
        },
    ),
    "implementers break, callers do not": (
        lambda: only_implementers_break(CALLERS, IMPLEMENTERS),
        {
            "sealed": "minor/minor",
            "open class, policy open-classes = implement": "major/major",
            "open class": "minor/major",
            "open object type, out": "minor/major",
            "open object type, in": "major/major",
            "open object type, both": "major/major",
        },
    ),
    "both break": (
        lambda: everybody_breaks(CALLERS, Use.CALL, IMPLEMENTERS),
        {"": "major/major"},
    ),
    "a tolerated call": (
        lambda: by_owner(tolerated(CALLERS, Use.CALL), major(IMPLEMENTERS, IMPLEMENTER)),
        {
            "sealed": "minor/major",
            "open class, policy open-classes = implement": "major/major",
            "open class": "minor/major",
            "open object type, out": "minor/major",
            "open object type, in": "major/major",
            "open object type, both": "major/major",
        },
    ),
}


@pytest.mark.parametrize(("make", "expected"), MEMBER_ROWS.values(), ids=MEMBER_ROWS)
def test_members_have_rows_by_owner(make: Callable[[], Levels], expected: dict[str, str]) -> None:
    levels = make()  # in the test: what runs when tests are collected is not tried by mutants
    assert {subject for subject in levels if subject in MEMBERS} == set(MEMBERS)
    assert all(rows(levels[subject]) == expected for subject in MEMBERS)


def test_who_is_only_called_has_the_level_of_callers() -> None:
    levels = only_implementers_break(CALLERS, IMPLEMENTERS)
    assert levels[Subject.FUNCTION] == levels[Subject.INIT] == (otherwise(minor(CALLERS)),)
    alone = callers_break(CALLERS, Use.CALL, IMPLEMENTERS, called_only=(Subject.FUNCTION,))
    assert Subject.INIT not in alone
    assert Subject.INIT not in everybody_breaks(
        CALLERS, Use.CALL, IMPLEMENTERS, called_only=(Subject.FUNCTION,)
    )
    assert Subject.INIT not in only_implementers_break(CALLERS, "i", called_only=(Subject.FUNCTION,))


def test_without_an_effect_on_implementers_members_have_the_level_of_callers() -> None:
    effect = patch("r")
    assert by_owner(effect) == dict.fromkeys((Subject.FUNCTION, Subject.INIT, *MEMBERS), (otherwise(effect),))


def test_both_reasons_are_given_where_both_count() -> None:
    both = everybody_breaks(CALLERS, Use.CALL, IMPLEMENTERS)[Subject.METHOD][0].effect
    assert said(both) == ("major", "major", f"{CALLERS} {IMPLEMENTERS}", Use.CALL)
    seen_by_callers = only_implementers_break(CALLERS, IMPLEMENTERS)[Subject.METHOD][2].effect
    assert said(seen_by_callers) == ("minor", "major", f"{CALLERS} {IMPLEMENTERS}", IMPLEMENTER)
    first, *_, both_positions = implementable(MEMBERS, minor(CALLERS), major(IMPLEMENTERS, Use.IMPLEMENT))[
        Subject.METHOD
    ]
    assert said(first.effect) == ("minor", "minor", CALLERS, None)
    alike = by_owner(tolerated(CALLERS, Use.CALL), tolerated(IMPLEMENTERS, Use.IMPLEMENT))[Subject.METHOD][
        1
    ].effect
    assert said(alike) == ("minor", "major", CALLERS, Use.CALL)
    assert said(both_positions.effect) == ("major", "major", IMPLEMENTERS, Use.IMPLEMENT)
