"""Boolean formulas over atoms: every operation against its truth table, and formulas of any depth."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from semverdiff import limits
from semverdiff.types.semantic.diagrams import Diagrams, Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.types.semantic.diagrams import Diagram

ATOMS = range(3)
WORLDS = list(product([False, True], repeat=len(ATOMS)))
"""Which atoms hold, in every combination."""


def table(diagram: Diagram) -> tuple[bool, ...]:
    """Return whether the formula holds in each world."""
    return tuple(_holds(diagram, world) for world in WORLDS)


def _holds(diagram: Diagram, world: tuple[bool, ...]) -> bool:
    if isinstance(diagram, bool):
        return diagram
    side = diagram.left if world[diagram.atom] else diagram.right
    return _holds(side, world) or _holds(diagram.middle, world)


def formulas(diagrams: Diagrams) -> list[Diagram]:
    """Return formulas of many shapes: atoms, and what two steps make of them."""
    atoms: list[Diagram] = [diagrams.atom(number) for number in ATOMS]
    found: list[Diagram] = [True, False, *atoms]
    for _ in range(2):
        one_more = [
            operation(diagrams, left, right) for operation in OPERATIONS for left in found for right in atoms
        ]
        one_more += [diagrams.complement(one) for one in found]
        found = list(dict.fromkeys([*found, *one_more]))
    return found


OPERATIONS: dict[Callable[[Diagrams, Diagram, Diagram], Diagram], Callable[[bool, bool], bool]] = {
    Diagrams.union: lambda left, right: left or right,
    Diagrams.intersection: lambda left, right: left and right,
    Diagrams.difference: lambda left, right: left and not right,
}


@pytest.mark.parametrize(
    ("operation", "meaning"), OPERATIONS.items(), ids=["union", "intersection", "difference"]
)
def test_an_operation_means_what_its_truth_table_says(
    operation: Callable[[Diagrams, Diagram, Diagram], Diagram], meaning: Callable[[bool, bool], bool]
) -> None:
    diagrams = Diagrams()
    known = {one: table(one) for one in formulas(diagrams)}
    for left, right in product(known, repeat=2):
        expected = tuple(map(meaning, known[left], known[right]))
        assert table(operation(diagrams, left, right)) == expected, (left, right)


def test_a_complement_holds_where_the_formula_does_not() -> None:
    diagrams = Diagrams()
    for one in formulas(diagrams):
        assert table(diagrams.complement(one)) == tuple(not value for value in table(one)), one


def test_the_clauses_are_the_ways_to_true() -> None:
    diagrams = Diagrams()
    for one in formulas(diagrams):
        ways = list(diagrams.clauses(one))
        assert table(one) == tuple(
            any(
                all(world[a] for a in positive) and not any(world[a] for a in negative)
                for positive, negative in ways
            )
            for world in WORLDS
        ), one


def test_equal_formulas_are_one_node() -> None:
    diagrams = Diagrams()
    one, two = diagrams.atom(0), diagrams.atom(1)

    assert diagrams.atom(0) is one
    assert diagrams.union(one, two) is diagrams.union(one, two)
    assert diagrams.intersection(one, two) is diagrams.intersection(one, two)
    assert diagrams.complement(diagrams.complement(one)) is one


def test_a_formula_may_be_deeper_than_operations_follow_at_once() -> None:
    diagrams = Diagrams()
    numbers = range(200)
    union: Diagram = False
    every: Diagram = True
    for number in reversed(numbers):
        union = diagrams.union(diagrams.atom(number), union)
        every = diagrams.intersection(diagrams.atom(number), every)

    assert isinstance(every, Node)
    assert list(diagrams.clauses(every)) == [(tuple(numbers), ())]
    assert diagrams.difference(every, union) is False
    assert diagrams.intersection(union, diagrams.complement(union)) is False
    assert diagrams.complement(diagrams.complement(every)) is every
    assert [positive for positive, _ in diagrams.clauses(union)] == [(number,) for number in numbers]


def test_what_lies_too_deep_is_computed_with_some_operations_for_each_node(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "DIAGRAM_NODES_A_CHARGE", 1)
    depth = 1000
    charged: list[int] = []
    diagrams = Diagrams(charged.append)
    union: Diagram = False
    for number in reversed(range(depth)):
        union = diagrams.union(diagrams.atom(number), union)
    charged.clear()

    assert diagrams.complement(diagrams.complement(union)) is union
    assert len(charged) < 4 * depth


def test_nodes_cost_steps_so_that_memory_has_an_end() -> None:
    charged: list[int] = []
    diagrams = Diagrams(charged.append)
    for number in range(2 * limits.DIAGRAM_NODES_A_CHARGE):
        diagrams.atom(number)

    assert charged == 2 * [limits.DIAGRAM_STEPS_A_CHARGE]


def test_operations_cost_steps_also_where_they_make_no_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DIAGRAM_NODES_A_CHARGE", 10)
    charged: list[int] = []
    diagrams = Diagrams(charged.append)
    union: Diagram = False
    for number in reversed(range(100)):
        union = diagrams.union(diagrams.atom(number), union)
    complement = diagrams.complement(union)
    charged.clear()

    assert diagrams.intersection(union, complement) is False
    assert charged
