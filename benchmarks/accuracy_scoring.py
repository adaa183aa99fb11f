"""How a set of findings is held against labels: hits, misses and false alarms, and the level of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reference_rules import Impact, compare_modules, impact
from support.cases import cases_in
from support.packages import package

from semverdiff.ballerina import assess
from semverdiff.config import Settings
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from support.cases import Label

    from semverdiff.packages import Package
    from semverdiff.rules import Finding

__all__ = ["LEVELS", "NO_ANSWER", "Counts", "Scored", "Told", "found_between", "measure_cases", "scored"]

# A difference that nobody sees needs no release at all, but no tool claims to tell that from a patch.
LEVELS = ("patch", "minor", "major")
NO_ANSWER = "no answer"
_COUNTED = frozenset({"minor", "major"})


class Told(NamedTuple):
    """What is scored: a minor or major change of a symbol, by whatever rule it was found."""

    symbol: str
    module: str
    level: str


class Counts(NamedTuple):
    """Changes that are labelled and found, only labelled, only found."""

    hits: int = 0
    missed: int = 0
    extra: int = 0

    @property
    def precision(self) -> float:
        """The share of the findings that are right."""
        return self.hits / (self.hits + self.extra) if self.hits + self.extra else 1.0

    @property
    def recall(self) -> float:
        """The share of the labelled changes that are found."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    def plus(self, other: Counts) -> Counts:
        """Add the counts of another set."""
        return Counts(self.hits + other.hits, self.missed + other.missed, self.extra + other.extra)


@dataclass(frozen=True, slots=True)
class Scored:
    """One pair of versions: the bump that its label asks for, the one found, and where changes disagree."""

    id: str
    expected: str
    found: str
    hits: int
    missed: tuple[Told, ...]
    extra: tuple[Told, ...]

    @property
    def right(self) -> bool:
        """Whether both the bump and every change are as labelled."""
        return self.expected == self.found and not self.missed and not self.extra

    @property
    def counts(self) -> Counts:
        """How many changes agree and disagree."""
        return Counts(self.hits, len(self.missed), len(self.extra))


def measure_cases(folder: Path) -> tuple[list[Scored], list[str]]:
    """Score every case of a folder, and give what the reference answers to each: a level, or `NO_ANSWER`."""
    cases: list[Scored] = []
    answers: list[str] = []
    for case in cases_in(folder):
        old, new = package(case.old, case.old_toml), package(case.new, case.new_toml)
        cases.append(scored(case.id, case.expected.level, case.expected.changes, found_between(old, new)))
        answers.append(_asked_reference(old, new))
    return cases, answers


def found_between(old: Package, new: Package) -> tuple[Finding, ...]:
    """Compare two packages as `semver check` does by its default settings."""
    return assess(old, new, Settings(Path())).findings


def scored(name: str, level: str, labels: Iterable[Label], findings: Iterable[Finding]) -> Scored:
    """Hold the findings against the labels of a pair.

    Labels are counted one a (symbol, module, level). A certain rename is one finding at the old name,
    and stands for the removed and the added name that the label lists.
    """
    found = tuple(findings)
    told = {Told(one.symbol, one.module, one.level.word) for one in found if one.level.word in _COUNTED}
    listed = [one for one in labels if one.level in _COUNTED]
    wanted = {Told(one.symbol, one.module, one.level) for one in listed}
    added = {Told(one.symbol, one.module, one.level) for one in listed if one.kind.endswith("-added")}
    renames = sum(one.rule.endswith("-renamed") for one in found)
    told.update(sorted(added & (wanted - told))[:renames])
    return Scored(
        id=name,
        expected=_merged(level),
        found=max((one.level for one in found), default=Level.PATCH).word,
        hits=len(wanted & told),
        missed=tuple(sorted(wanted - told)),
        extra=tuple(sorted(told - wanted)),
    )


def _asked_reference(old: Package, new: Package) -> str:
    before, after = (
        {module.name: [file.content for file in module.files] for module in side.modules}
        for side in (old, new)
    )
    answer = impact(compare_modules(before, after))
    return NO_ANSWER if answer in {Impact.AMBIGUOUS, Impact.UNKNOWN} else answer.name.lower()


def _merged(level: str) -> str:
    return "patch" if level == "none" else level
