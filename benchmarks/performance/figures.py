"""What was measured: figures of cases, what each may be at most, and suites of them as JSON."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Figure", "Load", "Measured", "Results", "Row", "read_results", "write_results"]


class Figure(enum.StrEnum):
    """What a figure says; in the order of the columns of a table."""

    CPU_RATIO = "CPU ratio"
    CPU_MS = "CPU ms"
    WALL_MS = "wall ms"
    BEFORE_RATIO = "CPU ratio to before"
    INSTRUCTIONS = "M instructions"
    INSTRUCTION_RATIO = "ratio of instructions"
    BEFORE_INSTRUCTIONS = "ratio of instructions to before"
    ABOVE_SCANNING = "M instructions above scanning"
    ABOVE_SCANNING_MS = "CPU ms above scanning"
    PEAK_MIB = "peak MiB"
    KIB_A_SYMBOL = "KiB a symbol"
    GROWTH = "growth"
    SLOWNESS = "times as slow"


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The figures of one case, and what some of them may be at most.

    `runs` is how often it was measured, and `symbols` are those of one side. Rows of one `series` have
    a CPU ratio, and differ in their symbols alone: a plot joins them.
    """

    case: str
    figures: dict[Figure, float]
    most: dict[Figure, float] = {}
    runs: int = 1
    symbols: int = 0
    series: str = ""

    def missed(self) -> list[Figure]:
        """Return the figures that are above what they may be."""
        return [figure for figure, most in self.most.items() if self.figures.get(figure, 0.0) > most]


class Load(msgspec.Struct, frozen=True):
    """How many processes wanted one of the processors of a machine, on average of the busiest minute."""

    processes: float
    processors: int


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """A run of a suite at a commit, by a build of Python; `left_out` says what was not measured.

    `load` is that of the machine meanwhile, with what the suite took itself; None where nobody noted it.
    """

    suite: str
    question: str
    commit: str
    python: str
    rows: tuple[Row, ...]
    left_out: tuple[str, ...] = ()
    load: Load | None = None


class Results(msgspec.Struct, frozen=True):
    """The last run of each suite, by its name."""

    suites: dict[str, Measured] = {}

    def with_runs(self, runs: Iterable[Measured]) -> Results:
        """Return these results with other runs in place of the earlier ones of their suites.

        A run that could measure nothing takes the place of none: what was measured elsewhere says more.
        """
        later = {run.suite: run for run in runs if run.rows or run.suite not in self.suites}
        return Results({**self.suites, **later})


def read_results(file: Path) -> Results:
    """Return what was written down; nothing if no file is there."""
    return msgspec.json.decode(file.read_bytes(), type=Results) if file.exists() else Results()


def write_results(file: Path, results: Results) -> None:
    """Write results down."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n")
