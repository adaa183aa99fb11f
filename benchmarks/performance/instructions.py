"""Six small cases whose instructions are written down: a change that makes them dearer is seen at once.

A count is the same on every run of one build of Python. On another build the ratio to the count of the floor
is compared: how many instructions Python needs for a step differs, and it does for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from performance.cases import Bench, Case, checked
from performance.packages import ONE_FILE, Synthetic
from performance.processes import count_instructions, run

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["CASES", "Change", "Counts", "changes", "count", "read_counts", "too_dear", "write_counts"]

_ALLOWED_PERCENT: Final = 5


CASES: Final = (
    Case(name="start", prepare=lambda _: ("--version",)),
    Case(name="equal", prepare=checked(Synthetic(800, ONE_FILE, 0).write)),
    Case(name="a comment", prepare=checked(Synthetic(800, ONE_FILE, 0, comment=True).write)),
    Case(name="many changes", prepare=checked(Synthetic(800, ONE_FILE, 100).write)),
    Case(name="an archive", prepare=checked(Synthetic(4_000, ONE_FILE, 4).write, archived=True)),
    Case(name="a page", prepare=checked(Synthetic(400, ONE_FILE, 50).write, "html")),
)


class Counts(msgspec.Struct, frozen=True):
    """The instructions of the floor and of each case, by one build of Python."""

    python: str
    floor: int
    cases: dict[str, int]


class Change(msgspec.Struct, frozen=True):
    """How a case compares with what is written down. `expected` is what it would be without a change."""

    case: str
    expected: int
    found: int

    @property
    def share(self) -> float:
        """How much more it is now, as a share: 0.05 is five per cent more."""
        return self.found / self.expected - 1

    def __str__(self) -> str:
        return f"{self.case}: {self.found / 1e6:.1f} M instructions, {self.share:+.1%}"


def count(bench: Bench) -> Counts:
    """Count the instructions of every case."""

    def counted(case: Case) -> int:
        command = bench.command(case)
        run(command)  # what it keeps for the next time is there when it is counted
        return count_instructions(command)

    run(bench.floor)
    return Counts(
        bench.program.build, count_instructions(bench.floor), {case.name: counted(case) for case in CASES}
    )


def changes(written: Counts, now: Counts) -> list[Change]:
    """Return how the cases that both have compare; with another build by the ratio to the floor."""
    scale = 1.0 if written.python == now.python else now.floor / written.floor
    return [
        Change(case, round(written.cases[case] * scale), found)
        for case, found in now.cases.items()
        if case in written.cases
    ]


def too_dear(written: Counts, now: Counts) -> list[Change]:
    """Return the cases that need more instructions than is written down, by more than 5 %."""
    most = 100 + _ALLOWED_PERCENT
    return [one for one in changes(written, now) if one.found * 100 > one.expected * most]


def read_counts(file: Path) -> Counts:
    """Return what is written down."""
    return msgspec.json.decode(file.read_bytes(), type=Counts)


def write_counts(file: Path, counts: Counts) -> None:
    """Write counts down."""
    file.write_bytes(msgspec.json.format(msgspec.json.encode(counts), indent=1) + b"\n")
