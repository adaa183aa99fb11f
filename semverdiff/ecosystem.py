"""What everybody has to know of an ecosystem who knows nothing of its language: names, versions, rules."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 (the type of a field)
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from semverdiff.versions import SEMANTIC, AnyScheme, any_scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.rules.pages import RulePage
    from semverdiff.rules.schema import Rule

__all__ = ["UNKNOWN", "Catalogue", "Ecosystem"]


class Catalogue(Protocol):
    """The rules of an ecosystem: a module will do. Rules are slow to load, so nothing is known beforehand."""

    def rule(self, rule_id: str, /) -> Rule | None:
        """Return the rule of that id, or `None` if the catalogue has none."""

    def all_rules(self) -> Iterator[Rule]:
        """Yield every rule, sorted by id."""

    def page_of(self, rule: Rule, /) -> RulePage:
        """Return what a page says about a rule."""


class _NoRules:
    """The catalogue where no ecosystem is known."""

    def rule(self, _rule_id: str, /) -> Rule | None:
        return None

    def all_rules(self) -> Iterator[Rule]:
        return iter(())

    def page_of(self, rule: Rule, /) -> RulePage:
        raise LookupError(rule.id)


class Ecosystem(msgspec.Struct, frozen=True):
    """The words and rules of an ecosystem.

    `manifest` is the file that says the version, and `version_line` how it does, with `{}` for the version.
    `language` is what fences of code in Markdown call it, and `deprecation` marks what will go. `withheld`
    says why a format is not offered, by its name.
    """

    manifest: str
    version_line: str
    language: str = ""
    deprecation: str = ""
    scheme: AnyScheme = any_scheme(SEMANTIC)
    catalogue: Catalogue = _NoRules()
    withheld: Mapping[str, str] = {}

    def written(self, version: str) -> str:
        """Return the line of the manifest that says a version."""
        return self.version_line.format(version)


UNKNOWN: Final = Ecosystem("the manifest", 'version = "{}"')
"""What is reported of where nothing was read."""
