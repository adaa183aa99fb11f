"""Overrides of a project: levels of its own, rules that are off, suppressions."""

from __future__ import annotations

from collections import Counter
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff import config
from semverdiff.errors import UsageError
from semverdiff.rules.model import Suppression
from semverdiff.text import plural
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from semverdiff.config import Settings, SuppressionEntry
    from semverdiff.rules.model import Finding
    from semverdiff.versions import AnyScheme, Ordered

__all__ = ["Overridden", "apply_overrides"]


_Target = tuple[str | None, str | None, str | None, str | None]
_Shape = tuple[bool, ...]


class Overridden(msgspec.Struct, frozen=True):
    """The findings with the project's overrides, and what it should know about its Semver.toml.

    `unused` suppressions match no finding, `expired` ones no longer act, whether they match one or not.
    """

    findings: tuple[Finding, ...]
    unused: tuple[SuppressionEntry, ...] = ()
    expired: tuple[SuppressionEntry, ...] = ()
    notes: tuple[str, ...] = ()


def apply_overrides(
    findings: Iterable[Finding], settings: Settings, *, candidate: str, scheme: AnyScheme, today: date
) -> Overridden:
    """Return findings with the levels and suppressions of Semver.toml.

    Suppressions end by `candidate`, the version being checked as its `scheme` orders it, or by `today`, the
    last day that has begun.
    One that matches more findings than it may matches none. A finding of a rule that is off is left out.
    Notes say both.

    Raises:
        UsageError: a suppression ends by a version, and `candidate` is none.

    """
    every = list(findings)
    listed = [_with_level(one, _level(one, settings)) for one in every if not _is_off(one.rule, settings)]
    ended = [(one, _has_expired(one, candidate, scheme, today)) for one in settings.suppressions]
    expired = tuple(one for one, has_ended in ended if has_ended)
    unexpired = [one for one, has_ended in ended if not has_ended]
    matches = _counts(listed, unexpired)
    counted = tuple((one, matches[_target(one)]) for one in unexpired)
    greedy = tuple(entry for entry, count in counted if entry.most is not None and count > entry.most)
    acting = [entry for entry, count in counted if entry.most is None or count <= entry.most]
    return Overridden(
        findings=_suppressed(listed, acting),
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


def _counts(findings: Iterable[Finding], entries: Sequence[SuppressionEntry]) -> Counter[_Target]:
    """Return how many findings agree with what each entry names; a file may have thousands of both."""
    targets = _Targets(entries)
    return Counter(target for one in findings for target in targets.of(one))


def _suppressed(findings: Iterable[Finding], entries: Sequence[SuppressionEntry]) -> tuple[Finding, ...]:
    """Return the findings, each with the first entry that agrees with it."""
    first: dict[_Target, tuple[int, SuppressionEntry]] = {}
    for at, one in enumerate(entries):
        first.setdefault(_target(one), (at, one))
    targets = _Targets(entries)
    suppressed: list[Finding] = []
    for finding in findings:
        agreeing = [first[target] for target in targets.of(finding) if target in first]
        entry = min(agreeing, key=itemgetter(0))[1] if agreeing else None
        suppressed.append(finding if entry is None else replace(finding, suppressed=_suppression(entry)))
    return tuple(suppressed)


class _Targets:
    """What entries name: looked up where they name it literally, and tried one by one where by a pattern."""

    def __init__(self, entries: Sequence[SuppressionEntry]) -> None:
        self._shapes = {_shape(_target(one)) for one in entries if not config.has_pattern(one)}
        self._patterns = dict.fromkeys(_target(one) for one in entries if config.has_pattern(one))

    def of(self, finding: Finding) -> Iterator[_Target]:
        """Yield what an entry of each shape names if it agrees with a finding, and the patterns that do."""
        yield from _targets(finding, self._shapes)
        yield from (target for target in self._patterns if _agrees(target, finding))


def _agrees(target: _Target, finding: Finding) -> bool:
    rule, symbol, module, fingerprint = target
    return (
        (rule is None or config.matches(rule, finding.rule))
        and (symbol is None or config.matches(symbol, finding.symbol))
        and module in {None, finding.module}
        and fingerprint in {None, finding.fingerprint}
    )


def _suppression(entry: SuppressionEntry) -> Suppression:
    return Suppression(entry.reason, None if entry.until is None else str(entry.until), entry.is_new)


def _target(entry: SuppressionEntry) -> _Target:
    """Return what an entry names; None for what it leaves open."""
    return entry.rule, entry.symbol, entry.module, entry.fingerprint


def _shape(target: _Target) -> _Shape:
    """Return which of the four parts a target names."""
    return tuple(part is not None for part in target)


def _targets(finding: Finding, shapes: Iterable[_Shape]) -> Iterator[_Target]:
    """Yield what an entry of each shape names if it agrees with a finding."""
    parts = finding.rule, finding.symbol, finding.module, finding.fingerprint
    for shape in shapes:
        rule, symbol, module, fingerprint = (
            part if names else None for part, names in zip(parts, shape, strict=True)
        )
        yield rule, symbol, module, fingerprint


def _has_expired(entry: SuppressionEntry, candidate: str, scheme: AnyScheme, today: date) -> bool:
    """Return whether a suppression has ended; a pre-release counts as the release it leads to."""
    match entry.until:
        case None:
            return False
        case date() as last_day:
            return today > last_day
        case first_without:
            return not _release_of(candidate, scheme) < first_without


def _release_of(candidate: str, scheme: AnyScheme) -> Ordered:
    try:
        return scheme.release(scheme.parse(candidate))
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
