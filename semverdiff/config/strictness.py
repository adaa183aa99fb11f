"""What did a change set make easier for itself? The settings of base and head in, sentences out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.config.model import Policy, PolicyValue
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from semverdiff.config.model import Policies, Settings, SuppressionEntry

__all__ = ["loosened"]

_LOOSE = {
    Policy.ENUM_MEMBER_ADDED: PolicyValue.MINOR,
    Policy.CONSTANT_VALUE_CHANGED: PolicyValue.MINOR,
    Policy.CONSTRUCT_OUTPUT_RECORDS: PolicyValue.NO,
    Policy.OPEN_CLASSES: PolicyValue.USE,
    Policy.AMBIGUOUS_ARGUMENTS: PolicyValue.MINOR,
    Policy.ZERO_MINOR: PolicyValue.BREAKING_MINOR,
    Policy.UNDECIDED: PolicyValue.MINOR,
}
"""The value of each policy that lets more pass; each has two."""


def loosened(base: Settings, head: Settings, highest_level: Callable[[str], Level]) -> tuple[str, ...]:
    """Return each rule, policy and suppression that lets more pass than before, one sentence each.

    `highest_level` gives the highest level that a rule has where the project decided nothing about it.
    """
    return (
        *_rules(base, head, highest_level),
        *_policies(base.policies, head.policies),
        *_suppressions(base, head),
    )


def _rules(base: Settings, head: Settings, highest_level: Callable[[str], Level]) -> Iterator[str]:
    for rule_id in sorted(base.rules.keys() | head.rules.keys()):
        before = base.rules.get(rule_id, highest_level(rule_id))
        after = head.rules.get(rule_id, highest_level(rule_id))
        if after < before:
            yield f"rule '{rule_id}': {_word(after)}, before {_word(before)}"


def _word(level: Level) -> str:
    return "off" if level is Level.NONE else level.word


def _policies(base: Policies, head: Policies) -> Iterator[str]:
    for policy, loose in _LOOSE.items():
        before, after = base.value(policy), head.value(policy)
        if after != before and after == loose:
            yield f"policy '{policy}': {after}, before {before}"


def _suppressions(base: Settings, head: Settings) -> Iterator[str]:
    """Yield entries that are new, or act longer; a reason or a line of its own makes no difference."""
    targets = {_target(one) for one in base.suppressions}
    effects = {_effect(one) for one in base.suppressions}
    for one in head.suppressions:
        if _effect(one) not in effects:
            yield f"suppression of {one}: {'other end' if _target(one) in targets else 'new'}"


def _target(entry: SuppressionEntry) -> SuppressionEntry:
    return replace(_effect(entry), until=None)


def _effect(entry: SuppressionEntry) -> SuppressionEntry:
    return replace(entry, reason="", line=None)
