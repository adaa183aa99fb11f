"""Questions that may lead back to themselves: what is decided, what is assumed, and what is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.sources import descriptor, surface

from semverdiff import limits
from semverdiff.api import Type
from semverdiff.types.walk import Budget, BudgetExceededError, Decisions, Total, TypeNumbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from semverdiff.types.walk import Steps


class _Asked:
    """Questions that are answered with yes if they say so themselves and all that they ask are."""

    def __init__(self, graph: Mapping[str, tuple[bool, Sequence[str]]]) -> None:
        self.begun: list[str] = []
        self._graph = graph
        self.decisions: Decisions[str] = Decisions(self._begin, Budget(100, 100))

    def _begin(self, question: str) -> Steps[str]:
        self.begun.append(question)
        return self._steps(question)

    def _steps(self, question: str) -> Steps[str]:
        answer, others = self._graph[question]
        for other in others:
            if not (yield other):
                return False
        return answer


GRAPHS: Mapping[str, tuple[Mapping[str, tuple[bool, Sequence[str]]], Mapping[str, bool]]] = {
    "a circle without an objection": (
        {"a": (True, "b"), "b": (True, "a")},
        {"a": True, "b": True},
    ),
    "a circle with one": ({"a": (True, "b"), "b": (False, "a")}, {"a": False, "b": False}),
    "one that is found after the way round": (
        {"a": (False, "b"), "b": (True, "a")},
        {"a": False, "b": False},
    ),
    "one that relies on an outer question and on itself": (
        {"a": (False, "b"), "b": (True, "ab")},
        {"a": False, "b": False},
    ),
    "one that relies on two outer questions": (
        {"a": (False, "b"), "b": (True, "c"), "c": (True, "ab")},
        {"a": False, "b": False, "c": False},
    ),
    "one that stands by itself below an objection": (
        {"a": (False, "bc"), "b": (True, "d"), "c": (True, ""), "d": (True, "b")},
        {"a": False, "b": True, "c": True, "d": True},
    ),
}


@pytest.mark.parametrize(("graph", "answers"), GRAPHS.values(), ids=GRAPHS)
def test_the_answer_is_the_same_whatever_was_asked_before(
    graph: Mapping[str, tuple[bool, Sequence[str]]], answers: Mapping[str, bool]
) -> None:
    for first in graph:
        decisions = _Asked(graph).decisions
        decisions.decide(first)
        assert {question: decisions.decide(question) for question in graph} == answers


def test_what_relies_on_nothing_that_is_open_is_decided_once() -> None:
    asked = _Asked({"a": (False, "b"), "b": (True, "c"), "c": (True, "b")})
    assert not asked.decisions.decide("a")
    assert asked.decisions.decide("b")
    assert asked.decisions.decide("c")
    assert asked.begun == ["a", "b", "c"]


def test_what_relied_on_an_answer_that_was_no_is_asked_again() -> None:
    asked = _Asked({"a": (False, "b"), "b": (True, "a")})
    assert not asked.decisions.decide("a")
    assert not asked.decisions.decide("b")
    assert asked.begun == ["a", "b", "b"]


def test_no_is_an_answer_also_where_it_relied_on_what_is_open() -> None:
    heard: list[bool] = []

    def outer() -> Steps[str]:
        for _ in range(2):
            heard.append((yield "inner"))  # noqa: PERF401 (a comprehension cannot yield)
        return True

    def inner() -> Steps[str]:
        yield "outer"
        return False

    decisions: Decisions[str] = Decisions(
        lambda asked: {"outer": outer, "inner": inner}[asked](), Budget(9, 9)
    )

    assert decisions.decide("outer")
    assert heard == [False, False]


def test_what_was_open_when_steps_ran_out_is_asked_again() -> None:
    asked = _Asked({"a": (False, "b"), "b": (False, "c"), "c": (False, "")})
    asked.decisions.budget = Budget(2, 0)
    with pytest.raises(BudgetExceededError):
        asked.decisions.decide("a")

    asked.decisions.budget = Budget(100, 100)
    assert not asked.decisions.decide("b")


def test_one_question_takes_so_many_steps_and_no_more() -> None:
    of_one = limits.OWN_COST + 10
    budget = Budget(of_one, 1_000_000)
    budget.step(of_one)
    with pytest.raises(BudgetExceededError):
        budget.step()
    budget.renew()
    budget.step(of_one)


def test_questions_share_what_they_take_beyond_their_own_steps() -> None:
    of_one = limits.OWN_COST + 10
    budget = Budget(of_one, 15)
    budget.step(of_one)
    budget.renew()
    with pytest.raises(BudgetExceededError):
        budget.step(of_one)


SPENT = {"by questions of its kind": (0, 1_000), "by those of all kinds": (1_000, 0)}


@pytest.mark.parametrize(("shared", "total"), SPENT.values(), ids=SPENT)
def test_questions_have_fewer_steps_once_what_they_share_is_spent(shared: int, total: int) -> None:
    budget = Budget(1_000, shared, total=Total(total))
    with pytest.raises(BudgetExceededError):
        budget.step(limits.OWN_COST + 1)
    budget.renew()
    budget.step(limits.OWN_COST // 4)
    with pytest.raises(BudgetExceededError):
        budget.step()


def test_a_question_that_takes_too_much_spends_nothing_of_what_others_share() -> None:
    budget = Budget(limits.OWN_COST + 10, 20)
    with pytest.raises(BudgetExceededError):
        budget.step(limits.OWN_COST + 20)
    budget.renew()
    budget.step(limits.OWN_COST)


def test_together_questions_take_what_there_is_and_no_more() -> None:
    total = Total(5)
    total.take(2)
    total.take(3)
    with pytest.raises(BudgetExceededError):
        total.take(1)


EQUAL = {
    "a builtin type": ("int", True),
    "nil": ("()", True),
    "a value": ('"a"', True),
    "a name": ("A", True),
    "a union of names": ("A|B?", True),
    "a map of an array": ("map<int[]>", True),
    "an intersection": ("readonly & A", True),
    "a record": ("record {| int a; |}", False),
    "a function": ("function (int a)", False),
    "an array of a length": ("int[2]", False),
    "many members": ("|".join(f"A{number}" for number in range(20)), False),
    "a type inside of many others": (f"{'map<' * 20}int{'>' * 20}", False),
}


@pytest.mark.parametrize(("text", "is_one"), EQUAL.values(), ids=EQUAL)
def test_small_types_of_one_module_have_one_number(text: str, is_one: bool) -> None:  # noqa: FBT001 (a case)
    one, other = (surface(f"public type T {text};") for _ in range(2))
    numbers = TypeNumbers()
    first, second = (Type(descriptor(text), "shop", one) for _ in range(2))

    assert (numbers.of(first) == numbers.of(second)) is is_one
    assert numbers.of(first) == numbers.of(first)
    assert numbers.of(Type(first.descriptor, "shop.other", one)) != numbers.of(first)
    assert numbers.of(Type(first.descriptor, "shop", other)) != numbers.of(first)
    assert numbers.type(numbers.of(second)).descriptor == second.descriptor
