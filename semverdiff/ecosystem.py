"""What everybody has to know of an ecosystem who knows nothing of its language: names, versions, rules."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 (the type of a field)
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from semverdiff.versions import SEMANTIC, AnyScheme, any_scheme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from semverdiff.rules.page_model import RulePage
    from semverdiff.versions import Level

__all__ = ["UNKNOWN", "Catalogue", "Ecosystem", "Example", "Rule"]


class Example(Protocol):
    """The smallest change that a rule is about: files by their paths."""

    @property
    def before(self) -> Mapping[str, str]:
        """The version without the change."""

    @property
    def after(self) -> Mapping[str, str]:
        """The version with it."""


class Rule(Protocol):
    """One rule of a catalogue, as reports and lists show it."""

    @property
    def id(self) -> str:
        """The id that reports print and Semver.toml names."""

    @property
    def subject(self) -> str:
        """What it is about, in one word of the catalogue."""

    @property
    def title(self) -> str:
        """What happened, as a sentence."""

    @property
    def levels(self) -> Sequence[Level]:
        """The levels that it can give without `--strict`, the highest first."""

    @property
    def highest_level(self) -> Level:
        """The highest level that it can give, with `--strict`."""

    @property
    def remediation(self) -> str | None:
        """How to avoid breaking clients; `None` where nobody breaks, and where there is no way."""

    @property
    def example(self) -> Example:
        """The smallest change that it is about."""


class Catalogue(Protocol):
    """The rules of an ecosystem. They are slow to load, so that nothing is known before it is asked for."""

    def rule(self, rule_id: str, /) -> Rule | None:
        """Return the rule of that id, or `None` if the catalogue has none."""

    def all_rules(self) -> Iterator[Rule]:
        """Yield every rule, sorted by id."""

    def rule_page(self, rule_id: str, /) -> RulePage | None:
        """Return what the page of a rule says, or `None` if the catalogue has none of that id."""

    def rule_entry(self, rule_id: str, /) -> Mapping[str, object] | None:
        """Return a rule as JSON has it, or `None` as above."""


class _NoRules:
    """The catalogue where no ecosystem is known."""

    def rule(self, _rule_id: str, /) -> Rule | None:
        return None

    def all_rules(self) -> Iterator[Rule]:
        return iter(())

    def rule_page(self, _rule_id: str, /) -> RulePage | None:
        return None

    def rule_entry(self, _rule_id: str, /) -> Mapping[str, object] | None:
        return None


class Ecosystem(msgspec.Struct, frozen=True):
    """The words and rules of an ecosystem.

    `manifest` is the file that says the version, with `*` for any name, and `version_line` how it does, with
    `{}` for the version. `language` is what fences of code in Markdown call it, and `deprecation` marks what
    will go. `registry` is where its versions are published, and `withheld` says why a format is not offered,
    by its name.
    """

    manifest: str
    version_line: str
    language: str = ""
    deprecation: str = ""
    registry: str = ""
    scheme: AnyScheme = any_scheme(SEMANTIC)
    catalogue: Catalogue = _NoRules()
    withheld: Mapping[str, str] = {}

    def written(self, version: str) -> str:
        """Return the line of the manifest that says a version."""
        return self.version_line.format(version)


UNKNOWN: Final = Ecosystem("the manifest", 'version = "{}"')
"""What is reported of where nothing was read."""
