"""What the project decided about findings, and whether it still should: levels, suppressions, relaxations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.checking.settings import decisions_in
from semverdiff.errors import UsageError
from semverdiff.reports import Gate, StaleSuppression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.config import Settings, SuppressionEntry
    from semverdiff.packages import Package
    from semverdiff.rules import Finding
    from semverdiff.versions import Level

__all__ = ["Decided", "Relaxed", "decided", "relaxed_since"]


class Relaxed(msgspec.Struct, frozen=True):
    """What lets more pass than the Semver.toml of a git revision did, and what is not known about it."""

    settings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Decided(msgspec.Struct, frozen=True):
    """The findings as the project sees them, and what it should know about its Semver.toml."""

    findings: tuple[Finding, ...]
    unused: tuple[StaleSuppression, ...] = ()
    expired: tuple[StaleSuppression, ...] = ()
    relaxed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def with_relaxed(self, relaxed: Relaxed) -> Decided:
        """Add what lets more pass than before."""
        return replace(self, relaxed=relaxed.settings, notes=(*self.notes, *relaxed.notes))

    def gates(self, *, strict: bool) -> tuple[Gate, ...]:
        """Return the gates of a strict run: nothing in the file is stale, nothing was relaxed unseen."""
        if not strict:
            return ()
        reasons = (
            ("suppressions", [_count(self.unused, "without a finding"), _count(self.expired, "expired")]),
            ("relaxed settings", list(self.relaxed)),
        )
        return tuple(
            Gate(name, passed=False, why="; ".join(filter(None, why))) for name, why in reasons if any(why)
        )


def decided(findings: tuple[Finding, ...], settings: Settings, candidate: Package) -> Decided:
    """Apply the rules and suppressions of Semver.toml to findings."""
    if not settings.rules and not settings.suppressions:
        return Decided(findings)
    # Slow, and most projects decide nothing.
    from datetime import UTC, datetime  # noqa: PLC0415

    from semverdiff.rules.decisions import apply  # noqa: PLC0415

    applied = apply(findings, settings, candidate=candidate.version, today=datetime.now(UTC).date())
    return Decided(
        findings=applied.findings,
        unused=tuple(map(_stale, applied.unused)),
        expired=tuple(map(_stale, applied.expired)),
        notes=applied.notes,
    )


def relaxed_since(revision: Package, settings: Settings, candidate: Package) -> Relaxed:
    """Compare the decisions of a run with those that a git revision of the package holds.

    Those of a workspace are not looked up in the revision: they are no part of the package.
    A file that was broken then decided nothing: no run was possible with it.
    """
    from semverdiff.config.relaxations import relaxations  # noqa: PLC0415 (slow: only for git revisions)

    if candidate.semver_toml is None and (settings.rules or settings.suppressions):
        return Relaxed(
            notes=("What was relaxed is not known: the decisions are not from a Semver.toml of the package.",)
        )
    try:
        before = decisions_in(revision.semver_toml)
    except UsageError as error:
        broken = f"the Semver.toml of the git revision is broken ({error.mistakes[0].message})"
        return Relaxed(notes=(f"What was relaxed is not known: {broken}.",))
    return Relaxed(relaxations(before, settings, _usual))


def _usual(rule_id: str) -> Level:
    from semverdiff.rules import rule  # noqa: PLC0415 (slow: only where rules are named)
    from semverdiff.versions import Level  # noqa: PLC0415 (as above)

    found = rule(rule_id)
    return Level.MAJOR if found is None else max(case.effect.strict for case in found.cases)


def _stale(entry: SuppressionEntry) -> StaleSuppression:
    return StaleSuppression(
        about=str(entry),
        rule=entry.rule,
        symbol=entry.symbol,
        module=entry.module,
        fingerprint=entry.fingerprint,
        reason=entry.reason,
        until=None if entry.until is None else str(entry.until),
        line=entry.line,
    )


def _count(entries: Sequence[StaleSuppression], what: str) -> str:
    if not entries:
        return ""
    return f"{len(entries)} {'suppression' if len(entries) == 1 else 'suppressions'} {what}"
