"""Compared with what? From the user's wish and the candidate to one published package and the reason.

Each kind of wish has a file of its own, which is imported when it is wished for: a run that compares two
directories must not wait for the caches, the registries and what they need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.baselines.model import Baseline, Wanted
from semverdiff.baselines.spec import (
    AtPath,
    AtRevision,
    Auto,
    Central,
    InRepository,
    Local,
    NoBaseline,
)

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.baselines.spec import Spec
    from semverdiff.packages import Package
    from semverdiff.registry.environment import Environment
    from semverdiff.versions import Version

__all__ = ["baseline_on_central", "resolve"]


def resolve(spec: Spec, candidate: Package, environment: Environment) -> Baseline:
    """Find what the candidate is compared with.

    Raises a `UsageError` where the wish cannot be understood, a `BaselineError` (`NetworkError`) where it
    could not be found out what is published, and what reading a broken package raises.
    """
    match spec:
        case NoBaseline():
            return Baseline(None, "no baseline was wanted")
        case AtPath(path):
            return _at_path(path, candidate)
        case AtRevision():
            from semverdiff.baselines.git import revision_baseline  # noqa: PLC0415 (slow: starts git)

            return revision_baseline(spec, candidate, environment)
        case Local(version):
            from semverdiff.baselines.offline import local_baseline  # noqa: PLC0415 (as the file says)

            return local_baseline(_wanted(candidate, version), environment)
        case InRepository(identifier, version):
            return _in_repository(identifier, _wanted(candidate, version), environment)
        case Auto():
            private = candidate.manifest.visibility == "private"
            return baseline_on_central(_wanted(candidate, None), environment, private=private)
        case Central(version):
            private = candidate.manifest.visibility == "private"
            return baseline_on_central(_wanted(candidate, version), environment, private=private)


def _at_path(path: Path, candidate: Package) -> Baseline:
    from semverdiff.packages import read_package  # noqa: PLC0415 (slow, and the composer has it already)

    package = read_package(path)
    old, new = (f"{one.organization}/{one.name}" for one in (package, candidate))
    notes = (f"the baseline is another package: {old} instead of {new}",) if old != new else ()
    return Baseline(package, "the package at the given path", notes=notes)


def baseline_on_central(wanted: Wanted, environment: Environment, *, private: bool = False) -> Baseline:
    """Find a version on Ballerina Central, or offline in what was downloaded from there.

    `private` says that the candidate is: then "no such package" proves nothing to those without a token.
    """
    # Each of the two is slow, and only one is needed.
    if environment.offline:
        from semverdiff.baselines.offline import cached_baseline  # noqa: PLC0415

        return cached_baseline(wanted, environment)
    from semverdiff.baselines.online import ask_central  # noqa: PLC0415

    return ask_central(wanted, environment, private=private)


def _in_repository(identifier: str, wanted: Wanted, environment: Environment) -> Baseline:
    if environment.offline:
        from semverdiff.baselines.offline import repository_baseline  # noqa: PLC0415 (as above)

        return repository_baseline(identifier, wanted, environment)
    from semverdiff.baselines.online import ask_repository  # noqa: PLC0415 (as above)

    return ask_repository(identifier, wanted, environment)


def _wanted(candidate: Package, version: Version | None) -> Wanted:
    """Say what is looked for in repositories, or raise a `UsageError` where the candidate does not tell."""
    from semverdiff.registry.identity import identity_of, own_version  # noqa: PLC0415 (slow: not for paths)

    return Wanted(identity_of(candidate), own_version(candidate), version)
