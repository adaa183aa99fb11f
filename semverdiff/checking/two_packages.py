"""What changed between any two packages: judged as in a check, but nothing is gated."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from semverdiff.checking.comparison import compare_packages
from semverdiff.checking.decisions import decided
from semverdiff.checking.dependencies import finder
from semverdiff.checking.reporting import completed, side_of, verdict_on
from semverdiff.checking.settings import decisions_in, surroundings_of
from semverdiff.config import Settings
from semverdiff.errors import SemverdiffError
from semverdiff.reports import failed
from semverdiff.verdict import Question
from semverdiff.versions import SEMANTIC

if TYPE_CHECKING:
    from semverdiff.packages import Package
    from semverdiff.reports import Report

__all__ = ["diff"]


def diff(old: str | Path, new: str | Path, settings: Settings | None = None) -> Report:
    """Compare any two packages, each as `semver diff` takes it.

    What the project decided (rules, policies, suppressions) is read beside the new side's Ballerina.toml;
    `settings` give the rest: whether to be strict, and how registries are reached.
    """
    candidate: Package | None = None
    wanted = settings if settings is not None else Settings(Path())
    sides = os.fspath(old), os.fspath(new)
    try:
        from semverdiff.baselines import Baseline  # noqa: PLC0415 (slow, as what it reads with)
        from semverdiff.baselines.sides import read_sides  # noqa: PLC0415 (as above)

        surroundings = surroundings_of(wanted, _place(*sides))
        before, after = read_sides(*sides, surroundings)
        candidate = after.package
        decisions = decisions_in(candidate.semver_toml)
        find = finder(surroundings)
        found = compare_packages(
            before.package, candidate, decisions.policies, strict=wanted.strict, find=find
        )
        judged = decided(found.findings, decisions, candidate)
        question = Question(
            scheme=SEMANTIC,
            candidate=candidate.version,
            baseline=before.package.version,
            findings=judged.findings,
            same_sources=found.same_sources,
            unread=len(found.skipped),
            initial_is_unstable=decisions.policies.zero_minor == "breaking-minor",
            fail_on="never",
        )
        return completed(
            candidate,
            Baseline(before.package, before.reason, notes=(*before.notes, *after.notes)),
            found,
            judged,
            verdict_on(question),
        )
    except SemverdiffError as error:
        return failed(error, None if candidate is None else side_of(candidate))


def _place(old: str, new: str) -> Path:
    """Return where the git repository is whose revisions are meant: around the side that is a directory."""
    return next((Path(side) for side in (new, old) if Path(side).is_dir()), Path())
