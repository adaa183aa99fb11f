"""What do questions about types cost? Each with its bound; a bound missed is a failure.

    python benchmarks/types_cost.py

The types of a case are read before the clock starts, those of the corpus while it runs. What counts is
processor time, the best of some runs, because other processes only ever make things slower.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

_REPOSITORY = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(_REPOSITORY), str(_REPOSITORY / "tests")]

from support.relations import Case, cases, questions  # noqa: E402 (of this repository, not of another)
from support.sources import surface  # noqa: E402 (as above)
from support.types import nothing_is_anchored  # noqa: E402 (as above)

from semverdiff.syntax.nodes import Reference  # noqa: E402 (as above)
from semverdiff.types import Type  # noqa: E402 (as above)
from semverdiff.types.subtyping import Operand, Subtyping  # noqa: E402 (as above)

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.api import Surface

_RUNS = 5


@dataclass(frozen=True, slots=True)
class Cost:
    """Declarations of types Old and New, the sign between them, and the seconds that it may take."""

    name: str
    source: str
    symbol: str
    bound: float


def main() -> None:
    """Time every case and print a table."""
    missed = 0
    for name, bound, timed in _timed_cases():
        seconds = min(timed() for _ in range(_RUNS))
        missed += seconds > bound
        verdict = "" if seconds <= bound else "  MISSED"
        print(f"{name:<45} {seconds * 1000:>9.1f} ms of {bound * 1000:.0f}{verdict}")
    sys.exit(min(missed, 1))


def _timed_cases() -> list[tuple[str, float, Callable[[], float]]]:
    timed = [(cost.name, cost.bound, _asking(cost)) for cost in COSTS]
    if (_REPOSITORY.parent / "shared").is_dir():
        corpus = cases(_REPOSITORY.parent / "shared")
        timed.append(
            (f"{len(corpus)} relations of the corpus", 0.5, lambda: _seconds(lambda: _ask_corpus(corpus)))
        )
    return timed


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


COSTS = [
    Cost("a record of 300 fields", _record(300), "<", 0.010),
    Cost("an enum of 1,000 members", _enum(1000), "<", 0.100),
    Cost("120 mutually recursive records", _mutual(120), "<", 0.050),
    Cost("a client of 200 resource methods", _client(200), ">", 0.050),
    Cost("a union of 150 tagged records", _tagged(150), ">", 0.100),
]


if __name__ == "__main__":
    main()
