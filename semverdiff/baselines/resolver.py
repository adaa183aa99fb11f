"""Compared with what? From the user's wish and the candidate to one published package and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import packages
from semverdiff.baselines import git, registries
from semverdiff.baselines.history import with_history
from semverdiff.baselines.model import Baseline, wanted_by
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
    from semverdiff.packages import Identity
    from semverdiff.registry import Environment

__all__ = ["resolve"]


def resolve(
    spec: Spec, candidate: Identity, environment: Environment, base: Baseline | None = None
) -> Baseline:
    """Return what the candidate is compared with; `base` is the package that its change set started from.

    Raises:
        UsageError: the wish cannot be understood, or the candidate does not say what to look for.
        BaselineError: it could not be found out what is published (NetworkError: nobody answered).
        ArchiveError, ManifestError, SourceError: the package is broken.

    """
    match spec:
        case NoBaseline():
            return Baseline(None, "no baseline was wanted")
        case AtPath(path):
            return _at_path(path, candidate)
        case AtRevision():
            return git.revision_base(spec, candidate, environment).baseline
        case Local(version):
            return registries.from_local_repository(wanted_by(candidate, version), environment)
        case InRepository(identifier, version):
            return registries.from_custom_repository(identifier, wanted_by(candidate, version), environment)
        case Auto():
            wanted = wanted_by(candidate, None)
        case Central(version):
            wanted = wanted_by(candidate, version)
    found = registries.from_central(wanted, environment, private=candidate.is_private)
    return found if found.package is not None else with_history(found, candidate, environment.place, base)


def _at_path(path: Path, candidate: Identity) -> Baseline:
    package = packages.read_package(path)
    old, new = package.identity.package, candidate.package
    notes = (f"the baseline is another package: {old} instead of {new}",) if old != new else ()
    return Baseline(package, "the package at the given path", notes=notes)
