"""The values that the catalogue is made of: a fact, its level tables, and the rule it gives a subject.

Titles, messages, reasons and client code are templates; the room's docstring lists their placeholders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.compare import Condition
from semverdiff.rules.model import Certainty

if TYPE_CHECKING:
    from semverdiff.versions import Level

__all__ = ["Case", "Effect", "Fact", "Rule", "Table"]


class Effect(msgspec.Struct, frozen=True):
    """What a fact does to clients: the level, the level with `--strict`, and who breaks.

    `reason` and `client` are templates; `client` is the code that breaks, `None` where nobody does.
    """

    level: Level
    strict: Level
    reason: str
    client: str | None = None


class Case(msgspec.Struct, frozen=True):
    """A row of a level table: the effect where all words of `when` hold; no words: the rest.

    Words are contexts (`sealed`, `open class`, `open object type`), positions (`in`, `out or both`),
    `policy NAME = VALUE`, and plain sentences, as in the compatibility contract.
    """

    when: tuple[str, ...]
    effect: Effect

    @property
    def condition(self) -> str:
        """Return the row as the contract writes it: `what was narrowed` goes with the word before."""
        narrowed = Condition.NARROWED_IMMUTABLE
        return ", ".join(self.when).replace(f", {narrowed}", f" and {narrowed}")


class Table(msgspec.Struct, frozen=True):
    """The rows of a fact for some subjects, in order; the first that holds decides."""

    subjects: tuple[str, ...]
    cases: tuple[Case, ...]


class Fact(msgspec.Struct, frozen=True):
    """One entry of the catalogue: what can happen to some subjects, and what it means for clients.

    `title` and `message` are templates. `certainty` is that of every finding; `undecidable` the one
    of findings about what `compare` could not tell apart: if it is `UNDECIDED`, the policy of that
    name gives the level. `since` is the version of semverdiff that knows the rule first.
    """

    name: str
    title: str
    message: str
    tables: tuple[Table, ...]
    certainty: Certainty = Certainty.PROVED
    undecidable: Certainty = Certainty.ASSUMED
    since: str = "0.1.0"


class Rule(msgspec.Struct, frozen=True):
    """A fact as it applies to one subject. `title` is rendered, message and effects are templates."""

    id: str
    subject: str
    title: str
    message: str
    cases: tuple[Case, ...]
    certainty: Certainty
    undecidable: Certainty
    since: str
