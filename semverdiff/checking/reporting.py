"""From what was found and decided to the one `Report` value that every format draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.errors import UsageError
from semverdiff.reports import Report, Side
from semverdiff.verdict import decide

if TYPE_CHECKING:
    from semverdiff.baselines import Baseline
    from semverdiff.checking.comparison import Comparison
    from semverdiff.checking.decisions import Decided
    from semverdiff.packages import Package
    from semverdiff.rules import Finding
    from semverdiff.verdict import Question, Verdict
    from semverdiff.versions import Version

__all__ = ["completed", "in_order", "side_of", "verdict_on"]


def verdict_on(question: Question[Version]) -> Verdict:
    """Decide, or raise a `UsageError` about a version that is none."""
    try:
        return decide(question)
    except ValueError as error:
        raise UsageError(str(error)) from error


def completed(
    candidate: Package, baseline: Baseline, found: Comparison, decided: Decided, verdict: Verdict
) -> Report:
    """Return the report of a run that came to its end."""
    return Report(
        outcome=verdict.outcome,
        candidate=side_of(candidate),
        baseline=side_of(baseline.package) if baseline.package is not None else None,
        baseline_reason=baseline.reason,
        gates=verdict.gates,
        declared_bump=verdict.declared_bump,
        required_bump=verdict.required_bump,
        required_version=verdict.required_version,
        counts=verdict.counts,
        findings=in_order(decided.findings),
        unused_suppressions=decided.unused,
        expired_suppressions=decided.expired,
        relaxed_settings=decided.relaxed,
        skipped=found.skipped,
        notes=(*candidate.notes, *baseline.notes, *found.notes, *decided.notes, *verdict.notes),
        summary=verdict.summary,
    )


def in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Sort findings as reports list them."""
    return tuple(sorted(findings, key=lambda one: (one.module, one.symbol, one.rule)))


def side_of(package: Package) -> Side:
    """Return what a report tells about a package."""
    return Side(
        organization=package.organization,
        name=package.name,
        version=package.version,
        source=package.provenance.source,
        platform=package.platform,
        repository=package.provenance.repository,
        digest=package.provenance.digest,
        digest_verified=package.provenance.digest_verified,
    )
