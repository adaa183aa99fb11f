"""What the project decided about findings: levels of its own, rules that are off, suppressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.errors import UsageError
from semverdiff.rules.model import Suppression
from semverdiff.versions import Level, Version, parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from semverdiff.config import Settings, SuppressionEntry
    from semverdiff.rules.model import Finding

__all__ = ["Decided", "apply"]


class Decided(msgspec.Struct, frozen=True):
    """The findings as the project sees them, and what it should know about its file.

    `unused` entries agree with no finding, `expired` ones no longer act, whether they agree with one or not.
    """

    findings: tuple[Finding, ...]
    unused: tuple[SuppressionEntry, ...] = ()
    expired: tuple[SuppressionEntry, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def stale(self) -> str | None:
        """Why a strict run fails: suppressions that do nothing; `None` if all of them act."""
        reasons = [
            f"{len(entries)} {'suppression' if len(entries) == 1 else 'suppressions'} {what}"
            for entries, what in ((self.unused, "without a finding"), (self.expired, "expired"))
            if entries
        ]
        return ", ".join(reasons) or None


def apply(findings: Iterable[Finding], settings: Settings, *, candidate: str, today: date) -> Decided:
    """Apply rules and suppressions of Semver.toml to findings.

    `candidate` is the version being checked, `today` the last day that has begun: what suppressions run
    out by. A finding of a rule that is off is left out, and a note says so.
    """
    judged = list(findings)
    if not settings.rules and not settings.suppressions:
        return Decided(tuple(judged))
    listed = [
        _with_level(one, settings.rules.get(one.rule, one.level))
        for one in judged
        if settings.rules.get(one.rule) is not Level.NONE
    ]
    version = _release_of(candidate) if any(one.until is not None for one in settings.suppressions) else None
    expired = tuple(one for one in settings.suppressions if _has_expired(one, version, today))
    acting = tuple(one for one in settings.suppressions if one not in expired)
    return Decided(
        findings=tuple(_suppressed(one, acting) for one in listed),
        unused=tuple(entry for entry in acting if not any(_agrees(entry, one) for one in listed)),
        expired=expired,
        notes=(*_about_off(judged, settings), *map(_about_expired, expired)),
    )


def _with_level(finding: Finding, level: Level) -> Finding:
    if level is finding.level:
        return finding
    decided = f"Semver.toml makes this rule {level.word}; it would be {finding.level.word}."
    explanation = f"{finding.explanation} {decided}" if finding.explanation else decided
    return replace(finding, level=level, explanation=explanation)


def _suppressed(finding: Finding, entries: Iterable[SuppressionEntry]) -> Finding:
    entry = next((one for one in entries if _agrees(one, finding)), None)
    if entry is None:
        return finding
    until = str(entry.until) if entry.until is not None else None
    return replace(finding, suppressed=Suppression(entry.reason, until))


def _agrees(entry: SuppressionEntry, finding: Finding) -> bool:
    return (
        entry.rule in {None, finding.rule}
        and entry.symbol in {None, finding.symbol}
        and entry.module in {None, finding.module}
        and entry.fingerprint in {None, finding.fingerprint}
    )


def _has_expired(entry: SuppressionEntry, version: Version | None, today: date) -> bool:
    """Return whether the time of an entry is over; a pre-release counts as the release it leads to."""
    match entry.until:
        case None:
            return False
        case Version() as first_without:
            return version is not None and version >= first_without
        case last_day:
            return today > last_day


def _release_of(candidate: str) -> Version:
    try:
        return parse_version(candidate).release
    except ValueError as error:
        raise UsageError(str(error)) from error


def _about_off(findings: Sequence[Finding], settings: Settings) -> list[str]:
    """Say what is not listed: a reader must be able to tell it from what did not happen."""
    off = sorted({one.rule for one in findings if settings.rules.get(one.rule) is Level.NONE})
    counts = {rule_id: sum(one.rule == rule_id for one in findings) for rule_id in off}
    return [
        f"{count} {'finding' if count == 1 else 'findings'} of the rule '{rule_id}' not listed: "
        "Semver.toml turns it off."
        for rule_id, count in counts.items()
    ]


def _about_expired(entry: SuppressionEntry) -> str:
    return (
        f"The suppression of {entry} in Semver.toml acted until {entry.until} and does so no longer: "
        "remove it, or give it a new end."
    )
