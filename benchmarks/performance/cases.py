"""A case is how its inputs are made, a command of the program, and what that is compared with."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from performance.figures import Figure, Row
from performance.packages import write_archive
from performance.processes import Command, count_instructions, run

if TYPE_CHECKING:
    from performance.packages import Sides
    from performance.processes import Used
    from performance.program import Program

__all__ = ["Bench", "Case", "Prepare", "checked", "ratio"]

Prepare = Callable[[Path], tuple[str, ...]]
"""Makes the inputs of a command below a folder, unless they are there, and returns its arguments."""

_FLOOR: Final = ("-c", "import click")
"""What the interpreter is asked for beside most cases: the least that a command line costs."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A command to measure.

    `beside` is another command of the program that it is compared with, instead of the floor. What the
    program keeps in its cache is there: each case runs before it is measured. `series` and `symbols` are
    those of its row.
    """

    name: str
    prepare: Prepare
    beside: Prepare | None = None
    most: Mapping[Figure, float] = {}
    symbols: int = 0
    series: str = ""
    environment: Mapping[str, str] = {}


def _check(new: Path, old: Path, *formats: str) -> tuple[str, ...]:
    """Return the arguments of a check of one package against another, as JSON if no format is named."""
    chosen = formats or ("json",)
    if len(chosen) > 1:
        chosen = tuple(f"{one}={new.parent / 'report'}.{one}" for one in chosen)
    options = [part for one in chosen for part in ("--format", one)]
    return ("check", str(new), "--baseline", f"file:{old}", "--offline", *options)


def checked(write: Callable[[Path], Sides], *formats: str, archived: bool = False) -> Prepare:
    """Return what makes a check of two versions that `write` writes below a folder.

    With `archived` the old version is an archive, as it is published.
    """

    def prepare(folder: Path) -> tuple[str, ...]:
        sides = write(folder)
        return _check(sides.new, write_archive(sides.old) if archived else sides.old, *formats)

    return prepare


def ratio(pairs: list[tuple[Used, Used]]) -> float:
    """Return how many times as long the second of two commands takes: the median over pairs of runs.

    The two of a pair run one after the other, when the machine is about as busy.
    """
    return statistics.median(second.seconds / first.seconds for first, second in pairs)


class Bench(msgspec.Struct, frozen=True, kw_only=True):
    """Where and how cases are measured: below `folder`, in pairs of so many `runs`.

    `before` is another version of the program, which takes turns with this one. Instructions are counted of
    commands that take at most `counted_seconds`: counting makes them fifty times slower.
    """

    program: Program
    folder: Path
    runs: int = 9
    counted_seconds: float = 0.0
    before: Program | None = None

    def measured(self, case: Case) -> Row:
        """Return the figures of a case."""
        command = self.command(case)
        floor = self.floor
        if case.beside is not None:
            floor = self._semver(self.program, case.beside(self.folder), case)
        before = None
        if self.before is not None:
            before = self._semver(self.before, command.arguments[1:], case)
        pairs, pairs_before = self._pairs(floor, command, before)
        row = Row(
            case=case.name,
            figures=_figures(pairs),
            most=dict(case.most),
            runs=self.runs,
            symbols=case.symbols,
            series=case.series,
        )
        if pairs_before:
            row.figures[Figure.BEFORE_RATIO] = round(ratio(pairs_before), 2)
        if Figure.KIB_A_SYMBOL in case.most:
            above = max(used.peak_kib for _, used in pairs) - max(used.peak_kib for used, _ in pairs)
            row.figures[Figure.KIB_A_SYMBOL] = round(above / case.symbols, 2)
        if row.figures[Figure.CPU_MS] / 1000 <= self.counted_seconds:
            instructions = count_instructions(command)
            row.figures[Figure.INSTRUCTIONS] = round(instructions / 1e6, 1)
            row.figures[Figure.INSTRUCTION_RATIO] = round(instructions / count_instructions(floor), 2)
            if before is not None:
                row.figures[Figure.BEFORE_INSTRUCTIONS] = round(instructions / count_instructions(before), 3)
        return row

    @property
    def floor(self) -> Command:
        """The command that most cases are compared with."""
        return Command((self.program.python, *_FLOOR), self.folder, self._environment(), frozenset({0}))

    def command(self, case: Case) -> Command:
        """Return the command of a case, whose inputs are there then."""
        return self._semver(self.program, case.prepare(self.folder), case)

    def _semver(self, program: Program, arguments: tuple[str, ...], case: Case) -> Command:
        return Command((program.semver, *arguments), self.folder, {**self._environment(), **case.environment})

    def _environment(self) -> dict[str, str]:
        # The cache of the program is below the home. No variable of its own is set, as for most users: the
        # program would have to read it.
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.folder),
            "PYTHONHASHSEED": "0",
        }

    def _pairs(
        self, floor: Command, command: Command, before: Command | None
    ) -> tuple[list[tuple[Used, Used]], list[tuple[Used, Used]]]:
        """Return what the floor and a command take in turn, and what the command before and after takes."""
        alternating = [one for one in (floor, command, before) if one is not None]
        for one in alternating:
            run(one)  # what it keeps for the next time is there from now on
        pairs: list[tuple[Used, Used]] = []
        pairs_before: list[tuple[Used, Used]] = []
        for _ in range(self.runs):
            used = [run(one) for one in alternating]
            pairs.append((used[0], used[1]))
            pairs_before += [(one, used[1]) for one in used[2:]]
        return pairs, pairs_before


def _figures(pairs: list[tuple[Used, Used]]) -> dict[Figure, float]:
    measured = [used for _, used in pairs]
    return {
        Figure.CPU_RATIO: round(ratio(pairs), 2),
        Figure.CPU_MS: round(1000 * statistics.median(used.seconds for used in measured), 1),
        Figure.PEAK_MIB: round(max(used.peak_kib for used in measured) / 1024, 1),
    }
