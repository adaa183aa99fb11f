"""The assessment of two packages: what differs, what that means for clients, what the project decided."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import rules
from semverdiff.pipeline.model import Assessment
from semverdiff.reports import StaleSuppression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.artifact import Artifact
    from semverdiff.config import Settings, SuppressionEntry
    from semverdiff.pipeline.front_end import Compare
    from semverdiff.rules import Finding
    from semverdiff.versions import AnyScheme

__all__ = ["assess"]


def assess(  # noqa: PLR0913 (both versions, and what judges them)
    old: Artifact | None,
    new: Artifact,
    settings: Settings,
    compare: Compare,
    *,
    scheme: AnyScheme,
    today: date | None = None,
) -> Assessment:
    """Compare two packages, and apply the project's overrides to what was found.

    `old` is the published package, or None for a first release: nothing is compared then. Suppressions end by
    the version of the new one, as the `scheme` orders it, or by `today`, the last day that has begun.

    Raises:
        SourceError: a declaration of the new package does not parse.

    """
    if old is None:
        return Assessment()
    compared = compare(old, new, settings)
    assessment = Assessment(
        findings=_in_order(compared.findings),
        skipped=compared.skipped,
        same_sources=compared.same_sources,
        breaking_step=compared.breaking_step,
        notes=compared.notes,
    )
    if not settings.rules and not settings.least_levels and not settings.suppressions:
        return assessment
    settings = replace(settings, suppressions=tuple(_own_suppressions(settings, old, new)))
    overridden = rules.apply_overrides(
        compared.findings, settings, candidate=new.version, scheme=scheme, today=today or _today()
    )
    return replace(
        assessment,
        findings=_in_order(overridden.findings),
        unused_suppressions=tuple(map(_stale, overridden.unused)),
        expired_suppressions=tuple(map(_stale, overridden.expired)),
        notes=(*compared.notes, *overridden.notes),
    )


def _today() -> date:
    return datetime.now(UTC).date()


def _own_suppressions(settings: Settings, old: Artifact, new: Artifact) -> Iterator[SuppressionEntry]:
    """Yield the suppressions that may be about a package: a workspace's file has those of others, too."""
    modules = {name for package in (old, new) for name in package.module_names}
    for entry in settings.suppressions:
        if not settings.is_shared or entry.module is None or entry.module in modules:
            yield entry


def _in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.module, finding.symbol, finding.rule)))


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
