"""What questions about types cost, each with its bound.

The types of a case are read before the clock starts, those of the corpus while it runs. What counts is
processor time, the best of some runs, because other processes only ever make things slower.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import msgspec
from support.relations import Case, cases, questions
from support.sources import surface
from support.types import nothing_is_anchored

from performance.figures import Figure, Row
from semverdiff.syntax.nodes import Reference
from semverdiff.types import Type
from semverdiff.types.subtyping import Operand, Subtyping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from semverdiff.api import Surface

__all__ = ["question_rows"]

_RUNS: Final = 5
_CORPUS_SECONDS: Final = 0.5


class Cost(msgspec.Struct, frozen=True):
    """Declarations of types Old and New, the sign between them, and the seconds that it may take."""

    name: str
    source: str
    symbol: str
    bound: float


def question_rows(shared: Path) -> Iterator[Row]:
    """Time every question, and those of the corpus in `shared` if that is there."""
    for cost in COSTS:
        yield _row(cost.name, cost.bound, _asking(cost))
    if shared.is_dir():
        corpus = cases(shared)
        yield _row(
            f"{len(corpus)} relations of the corpus",
            _CORPUS_SECONDS,
            lambda: _seconds(lambda: _ask_corpus(corpus)),
        )


def _row(name: str, bound: float, timed: Callable[[], float]) -> Row:
    seconds = min(timed() for _ in range(_RUNS))
    return Row(
        case=name,
        figures={Figure.CPU_MS: round(1000 * seconds, 1)},
        most={Figure.CPU_MS: 1000 * bound},
        runs=_RUNS,
    )


def _asking(cost: Cost) -> Callable[[], float]:
    def timed() -> float:
        declared = surface(cost.source)
        module = declared.package.name
        for name in declared.all(module):
            declared.declaration(module, name)
        return _seconds(lambda: _ask(cost, declared))

    return timed


def _ask(cost: Cost, declared: Surface) -> None:
    old, new = (
        Operand(Type(Reference(None, name), declared.package.name, declared)) for name in ("Old", "New")
    )
    found = Subtyping(nothing_is_anchored, declared).relate(old, new).symbol
    if found != cost.symbol:
        raise AssertionError(f"{cost.name}: {found} instead of {cost.symbol}")


def _ask_corpus(corpus: list[Case]) -> None:
    asked = {declarations: questions(declarations) for declarations in {case.declarations for case in corpus}}
    for case in corpus:
        if asked[case.declarations].relation(case.left, case.right).symbol != case.symbol:
            raise AssertionError(f"{case.left} and {case.right} of {case.source}")


def _seconds(ask: Callable[[], None]) -> float:
    start = time.process_time()
    ask()
    return time.process_time() - start


def _record(count: int) -> str:
    fields = " ".join(f"int|string f{number};" for number in range(count))
    return f"type Old record {{| {fields} |}}; type New record {{| {fields} boolean more?; |}};"


def _enum(count: int) -> str:
    members = [f"MEMBER_{number}" for number in range(count)]
    return f'enum Old {{ {", ".join(members)} }} type New Old|"more";'


def _mutual(count: int, extra: str = "") -> str:
    lines = []
    for side, further in (("Old", ""), ("New", "int more?;")):
        for number in range(count):
            name = side if number == 0 else f"{side}{number}"
            following = side if number + 1 == count else f"{side}{number + 1}"
            last = further if number + 1 == count else ""
            lines.append(f"type {name} record {{| {following}? next; {side}[] all; {extra}{last} |}};")
    return "\n".join(lines)


def _client(count: int) -> str:
    methods = [
        f"resource function get things/[int id]/part{number}(string s) returns int|error;"
        for number in range(count)
    ]
    return (
        f"type Old client object {{ {' '.join(methods)} }};"
        f"type New client object {{ {' '.join(methods)} resource function post things(); }};"
    )


def _tagged(count: int) -> str:
    members = [f"record {{| {number} tag; int value; |}}" for number in range(count)]
    return f"type Old {'|'.join(members)}; type New {'|'.join(members[1:])};"


COSTS: Final = [
    Cost("a record of 300 fields", _record(300), "<", 0.010),
    Cost("an enum of 1,000 members", _enum(1000), "<", 0.100),
    Cost("120 mutually recursive records", _mutual(120), "<", 0.050),
    Cost("a client of 200 resource methods", _client(200), ">", 0.050),
    Cost("a union of 150 tagged records", _tagged(150), ">", 0.100),
]
