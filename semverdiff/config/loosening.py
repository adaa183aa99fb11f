"""What did a change set make easier for itself? Two settings of one project in, sentences out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.config.policies import choices
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from semverdiff.config.model import Settings, SuppressionEntry
    from semverdiff.config.policies import Policies

__all__ = ["relaxations"]

# Of each policy the value that lets more pass; each has two.
_LAX = {
    "enum-member-added": "minor",
    "constant-value-changed": "minor",
    "construct-output-records": "no",
    "open-classes": "use",
    "ambiguous-arguments": "minor",
    "zero-minor": "breaking-minor",
    "undecided": "minor",
}


def relaxations(old: Settings, new: Settings, usual: Callable[[str], Level]) -> tuple[str, ...]:
    """Return each rule, policy and suppression that lets more pass than before, one sentence each.

    `usual` gives the highest level that a rule has without decisions of a project.
    """
    return (
        *_rules(old, new, usual),
        *_policies(old.policies, new.policies),
        *_suppressions(old, new),
    )


def _rules(old: Settings, new: Settings, usual: Callable[[str], Level]) -> Iterator[str]:
    for rule_id in sorted(old.rules.keys() | new.rules.keys()):
        before = old.rules.get(rule_id, usual(rule_id))
        after = new.rules.get(rule_id, usual(rule_id))
        if after < before:
            yield f"rule '{rule_id}': {_word(after)}, before {_word(before)}"


def _word(level: Level) -> str:
    return "off" if level is Level.NONE else level.word


def _policies(old: Policies, new: Policies) -> Iterator[str]:
    for name in choices():
        before, after = old.value(name), new.value(name)
        if after != before and after == _LAX[name]:
            yield f"policy '{name}': {after}, before {before}"


def _suppressions(old: Settings, new: Settings) -> Iterator[str]:
    """Yield entries that are new, or act longer; a reason or a line of its own makes no difference."""
    before = {_target(one) for one in old.suppressions}
    acted = {_acts(one) for one in old.suppressions}
    for one in new.suppressions:
        if _acts(one) not in acted:
            what = "other end" if _target(one) in before else "new"
            yield f"suppression of {one}: {what}"


def _target(entry: SuppressionEntry) -> SuppressionEntry:
    return replace(_acts(entry), until=None)


def _acts(entry: SuppressionEntry) -> SuppressionEntry:
    return replace(entry, reason="", line=None)
