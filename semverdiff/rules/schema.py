"""The values that the catalogue is made of: entries, their levels, and the rule an entry gives a subject.

Titles, messages and reasons are templates; the docstring of `messages` lists what their placeholders stand
for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from semverdiff.rules.examples import versions_of
from semverdiff.rules.model import Certainty
from semverdiff.versions import Level

if TYPE_CHECKING:
    from semverdiff.clients import Use
    from semverdiff.compare.facts import Fact, Subject
    from semverdiff.rules.conditions import Requirement
    from semverdiff.rules.examples import Example, Versions

__all__ = ["Effect", "Entry", "Levels", "Row", "Rule"]


class Effect(msgspec.Struct, frozen=True):
    """What a fact does to clients: the level, the level with `--strict`, and who breaks.

    `reason` is a template; `client` is the use that breaks, `None` where none does, or where it is not code.
    """

    level: Level
    strict: Level
    reason: str
    client: Use | None = None


class Row(msgspec.Struct, frozen=True):
    """A row of a level table: the effect where every requirement holds; without requirements: the rest."""

    requirements: tuple[Requirement, ...]
    effect: Effect


Levels = dict["Subject", tuple[Row, ...]]
"""The rows of each subject that a fact applies to, in order; the first that holds gives the level."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the catalogue: what can happen to some subjects, and what it means for clients.

    `title` and `message` are templates. `remediation` says how to make the change without breaking clients.
    `example` is the smallest change that the entry is about, written for each subject, or one for
    each subject where they differ. `certainty` is that of every finding; `undecided` that of findings
    about what `compare` could not decide: if it is `UNDECIDED`, the policy of that name gives the level.
    `since` is the version of semverdiff that knew the rule first.
    """

    fact: Fact
    title: str
    message: str
    levels: Levels
    example: Example | Mapping[Subject, Example]
    remediation: str | None = None
    certainty: Certainty = Certainty.PROVED
    undecided: Certainty = Certainty.ASSUMED
    since: str = "0.1.0"


class Rule(msgspec.Struct, frozen=True):
    """An entry as it applies to one subject. `title` is rendered, message and effects are templates."""

    subject: Subject
    title: str
    rows: tuple[Row, ...]
    entry: Entry

    @property
    def id(self) -> str:
        """The id that reports print and Semver.toml names."""
        return f"{self.subject}-{self.entry.fact}"

    @property
    def example(self) -> Versions:
        """The example, written for the subject."""
        given = self.entry.example
        return versions_of(given[self.subject] if isinstance(given, Mapping) else given, self.subject)

    @property
    def levels(self) -> list[Level]:
        """The levels that the rule can give without `--strict`, the highest first."""
        return sorted({row.effect.level for row in self.rows}, reverse=True)

    @property
    def highest_level(self) -> Level:
        """The highest level that the rule can give, with `--strict`."""
        return max(row.effect.strict for row in self.rows)

    @property
    def remediation(self) -> str | None:
        """How to avoid breaking clients; `None` where nobody breaks, and where there is no way."""
        return self.entry.remediation if self.highest_level is Level.MAJOR else None
