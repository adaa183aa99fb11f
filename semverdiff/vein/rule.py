"""A rule of Vein: a subject, a fact, levels with their reasons, and the smallest change it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.rules.model import Certainty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.vein.difference import Condition, Fact, Subject
    from semverdiff.versions import Level

__all__ = ["EXAMPLE_FILE", "VeinExample", "VeinRow", "VeinRule"]

EXAMPLE_FILE: Final = "shapes.vein"
"""The file that the code of an example stands in."""


class VeinExample(msgspec.Struct, frozen=True):
    """The smallest change that a rule is about: files by their paths."""

    before: Mapping[str, str]
    after: Mapping[str, str]


class VeinRow(msgspec.Struct, frozen=True):
    """A level, why it is that, and what has to hold: nothing in the last row."""

    level: Level
    reason: str
    condition: Condition | None = None


class VeinRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of the catalogue.

    `message`, `reason` and `client` are templates: `{symbol}` is the symbol, `{type}` and `{name}` its type
    and its member, `{before}` and `{after}` what changed. `old` and `new` are the sources of the example;
    `is_compiled` says that only modules show the fact, so that these stand for them.
    """

    about: Subject
    fact: Fact
    title: str
    message: str
    rows: tuple[VeinRow, ...]
    old: str
    new: str
    client: str | None = None
    advice: str | None = None
    certainty: Certainty = Certainty.PROVED
    is_compiled: bool = False

    @property
    def id(self) -> str:
        """The id that reports print and Semver.toml names."""
        return f"vein-{self.about}-{self.fact}"

    @property
    def subject(self) -> str:
        """What the rule is about, in one word."""
        return f"vein-{self.about}"

    @property
    def levels(self) -> list[Level]:
        """The levels that the rule can give, the highest first."""
        return sorted({row.level for row in self.rows}, reverse=True)

    @property
    def highest_level(self) -> Level:
        """The highest level that the rule can give."""
        return max(row.level for row in self.rows)

    @property
    def remediation(self) -> str | None:
        """How to avoid breaking clients, if there is a way."""
        return self.advice

    @property
    def example(self) -> VeinExample:
        """The smallest change that the rule is about."""
        before, after = ({EXAMPLE_FILE: text} if text else {} for text in (self.old, self.new))
        return VeinExample(before, after)
