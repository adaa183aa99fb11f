"""Whether a requirement of a rule's row holds, and how the contract writes it."""

from __future__ import annotations

import pytest

from semverdiff.changes import Change, Position
from semverdiff.compare import Condition, Difference, Fact, Subject
from semverdiff.config import Policies, Policy, PolicyValue
from semverdiff.rules.conditions import IN, IN_OR_BOTH, OUT, PolicyIs, Requirement, contract_text, holds

IMPLEMENTED = PolicyIs(Policy.OPEN_CLASSES, PolicyValue.IMPLEMENT)


def difference(position: Position | None = None, *conditions: Condition) -> Difference:
    return Difference(
        Subject.METHOD,
        Fact.BODY_CHANGED,
        "C.f",
        "shop",
        (),
        Change.MODIFIED,
        position=position,
        conditions=frozenset(conditions),
    )


@pytest.mark.parametrize(
    ("requirement", "given", "expected"),
    [
        (IN, difference(Position.IN), True),
        (IN, difference(Position.BOTH), False),
        (IN_OR_BOTH, difference(Position.BOTH), True),
        (IN_OR_BOTH, difference(Position.OUT), False),
        (IN, difference(), None),
        (Condition.SEALED, difference(None, Condition.SEALED), True),
        (Condition.SEALED, difference(None, Condition.OPEN_CLASS), False),
        (Condition.SEALED, difference(None, Condition.PUBLIC), None),
        (Condition.NOT_PUBLIC, difference(None, Condition.PUBLIC), False),
        (Condition.NOT_PUBLIC, difference(None, Condition.SEALED), None),
        (Condition.RECORD_READONLY, difference(), False),
        (Condition.RECORD_READONLY, difference(None, Condition.RECORD_READONLY), True),
        (PolicyIs(Policy.OPEN_CLASSES, PolicyValue.USE), difference(), True),
        (IMPLEMENTED, difference(), False),
    ],
)
def test_a_requirement_holds_or_not_or_is_not_known(
    requirement: Requirement,
    given: Difference,
    expected: bool | None,  # noqa: FBT001 (data)
) -> None:
    assert holds(requirement, given, Policies()) is expected


@pytest.mark.parametrize(
    ("requirements", "text"),
    [
        ((), ""),
        ((IN_OR_BOTH,), "in or both"),
        ((Condition.OPEN_OBJECT_TYPE, OUT), "open object type, out"),
        ((Condition.SEALED, Condition.NO_WRITABLE_PUBLIC_FIELD), "sealed, no public field was writable"),
        ((IMPLEMENTED,), "policy open-classes = implement"),
        (
            (OUT, Condition.FIELD_FINAL, Condition.NARROWED_IMMUTABLE),
            "out, the field is final and what was narrowed is immutable",
        ),
        (
            (Condition.RECORD_READONLY, IMPLEMENTED, Condition.NARROWED_IMMUTABLE),
            "the record is readonly, policy open-classes = implement, what was narrowed is immutable",
        ),
    ],
)
def test_requirements_read_as_in_the_contract(requirements: tuple[Requirement, ...], text: str) -> None:
    assert contract_text(requirements) == text
