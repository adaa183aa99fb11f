"""Overrides of a project: levels of its own, rules that are off, suppressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.errors import UsageError
from semverdiff.rules.model import Suppression
from semverdiff.text import plural
from semverdiff.versions import Level, Version, parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from semverdiff.config import Settings, SuppressionEntry
    from semverdiff.rules.model import Finding

__all__ = ["Overridden", "apply_overrides"]


class Overridden(msgspec.Struct, frozen=True):
    """The findings with the project's overrides, and what it should know about its Semver.toml.

    `unused` suppressions match no finding, `expired` ones no longer act, whether they match one or not.
    """

    findings: tuple[Finding, ...]
    unused: tuple[SuppressionEntry, ...] = ()
    expired: tuple[SuppressionEntry, ...] = ()
    notes: tuple[str, ...] = ()


def apply_overrides(
    findings: Iterable[Finding], settings: Settings, *, candidate: str, today: date
) -> Overridden:
    """Return findings with the levels and suppressions of Semver.toml.

    Suppressions end by `candidate`, the version being checked, or by `today`, the last day that has begun.
    One that matches more findings than it may matches none. A finding of a rule that is off is left out.
    Notes say both.

    Raises:
        UsageError: a suppression ends by a version, and `candidate` is none.

    """
    every = list(findings)
    listed = [_with_level(one, _level(one, settings)) for one in every if not _is_off(one.rule, settings)]
    expired = tuple(one for one in settings.suppressions if _has_expired(one, candidate, today))
    unexpired = tuple(one for one in settings.suppressions if one not in expired)
    matches = [sum(_matches(entry, one) for one in listed) for entry in unexpired]
    counted = tuple(zip(unexpired, matches, strict=True))
    greedy = tuple(entry for entry, count in counted if entry.most is not None and count > entry.most)
    acting = tuple(one for one in unexpired if one not in greedy)
    return Overridden(
        findings=tuple(_suppressed(one, acting) for one in listed),
        unused=tuple(entry for entry, count in counted if count == 0),
        expired=expired,
        notes=(
            *_notes_on_rules_off(every, settings),
            *map(_note_on_expired, expired),
            *map(_note_on_greedy, greedy),
        ),
    )


def _level(finding: Finding, settings: Settings) -> Level:
    level = settings.rules.get(finding.rule, finding.level)
    return max(level, settings.least_levels.get(finding.rule, Level.NONE))


def _is_off(rule_id: str, settings: Settings) -> bool:
    return settings.rules.get(rule_id) is Level.NONE


def _with_level(finding: Finding, level: Level) -> Finding:
    if level is finding.level:
        return finding
    overridden = f"Semver.toml makes this rule {level.word}; it would be {finding.level.word}."
    explanation = f"{finding.explanation} {overridden}" if finding.explanation else overridden
    return replace(finding, level=level, explanation=explanation)


def _suppressed(finding: Finding, entries: Iterable[SuppressionEntry]) -> Finding:
    entry = next((one for one in entries if _matches(one, finding)), None)
    if entry is None:
        return finding
    until = str(entry.until) if entry.until is not None else None
    return replace(finding, suppressed=Suppression(entry.reason, until, entry.is_new))


def _matches(entry: SuppressionEntry, finding: Finding) -> bool:
    return (
        entry.rule in {None, finding.rule}
        and entry.symbol in {None, finding.symbol}
        and entry.module in {None, finding.module}
        and entry.fingerprint in {None, finding.fingerprint}
    )


def _has_expired(entry: SuppressionEntry, candidate: str, today: date) -> bool:
    """Return whether a suppression has ended; a pre-release counts as the release it leads to."""
    match entry.until:
        case None:
            return False
        case Version() as first_without:
            return _release_of(candidate) >= first_without
        case last_day:
            return today > last_day


def _release_of(candidate: str) -> Version:
    try:
        return parse_version(candidate).release
    except ValueError as error:
        raise UsageError(str(error)) from error


def _notes_on_rules_off(findings: Sequence[Finding], settings: Settings) -> list[str]:
    """Return a note on each rule that is off and has findings, so that they are not taken for absent."""
    off = sorted({one.rule for one in findings if _is_off(one.rule, settings)})
    counts = {rule_id: sum(one.rule == rule_id for one in findings) for rule_id in off}
    return [
        f"{plural(count, 'finding')} of the rule '{rule_id}' not listed: Semver.toml turns it off."
        for rule_id, count in counts.items()
    ]


def _note_on_expired(entry: SuppressionEntry) -> str:
    return (
        f"The suppression of {entry} in Semver.toml acted until {entry.until} and does so no longer: "
        "remove it, or give it a new end."
    )


def _note_on_greedy(entry: SuppressionEntry) -> str:
    return (
        f"The suppression of {entry} is new in this change set and matches several findings, so that it "
        "suppresses none: name each of them by its fingerprint."
    )
