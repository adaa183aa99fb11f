"""What a change set adds: the package against itself where the history parted from a branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.checking.comparison import compare_packages
from semverdiff.checking.decisions import Relaxed, decided, relaxed_since
from semverdiff.checking.dependencies import finder
from semverdiff.checking.reporting import in_order, side_of, verdict_on
from semverdiff.reports import ChangeSet
from semverdiff.verdict import Question
from semverdiff.versions import SEMANTIC

if TYPE_CHECKING:
    from semverdiff.baselines import Surroundings
    from semverdiff.config import Settings
    from semverdiff.packages import Package

__all__ = ["Since", "changes_since"]


class Since(msgspec.Struct, frozen=True):
    """The change set, and what it made easier for itself."""

    change_set: ChangeSet
    relaxed: Relaxed = Relaxed()


def changes_since(name: str, settings: Settings, candidate: Package, surroundings: Surroundings) -> Since:
    """Compare with the merge base of a revision and what is checked out. Nothing is gated by it."""
    from semverdiff.baselines.from_git import merge_base  # noqa: PLC0415 (slow: starts git)

    base = merge_base(name, surroundings)
    if base.package is None:
        return Since(ChangeSet(None, base.reason))
    find = finder(surroundings)
    found = compare_packages(base.package, candidate, settings.policies, strict=settings.strict, find=find)
    findings = decided(found.findings, settings, candidate).findings
    question = Question(
        scheme=SEMANTIC,
        candidate=candidate.version,
        baseline=base.package.version,
        findings=findings,
        initial_is_unstable=settings.policies.zero_minor == "breaking-minor",
    )
    change_set = ChangeSet(
        baseline=side_of(base.package),
        reason=base.reason,
        required_bump=verdict_on(question).required_bump,
        findings=in_order(findings),
        skipped=found.skipped,
    )
    return Since(change_set, relaxed_since(base.package, settings, candidate))
