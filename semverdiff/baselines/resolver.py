"""Compared with what? From the user's wish and the candidate to one published package and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import baselines, packages
from semverdiff.baselines.model import Baseline
from semverdiff.baselines.spec import (
    AtApiFile,
    AtPath,
    AtRevision,
    Auto,
    Central,
    InRegistry,
    InRepository,
    NoBaseline,
)
from semverdiff.errors import in_package
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from semverdiff.artifact import Identity
    from semverdiff.baselines.spec import Spec
    from semverdiff.packages import Package
    from semverdiff.registry import Environment

__all__ = ["resolve", "resolve_pre_release"]


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
            return Baseline(None, "no baseline was wanted", is_wanted=False)
        case AtPath(path):
            return _given(packages.read_package(path), "the package at the given path", candidate)
        case AtApiFile(path):
            with in_package(path):
                return _given(packages.read_api_file(path), "the given API file", candidate)
        case AtRevision():
            return baselines.revision_base(spec, candidate, environment).baseline
        case InRegistry():
            raise TypeError("a baseline that no text for a package of Ballerina stands for")
    found = baselines.from_registry(spec, baselines.wanted_by(candidate, spec.version), environment)
    if found.package is not None:
        return found
    return baselines.with_history(found, candidate, environment.place, base)


def resolve_pre_release(
    spec: Spec, baseline: Baseline, candidate: Identity, environment: Environment
) -> Baseline | None:
    """Return the pre-release of the same x.y.z that was published before a candidate that is one, too.

    `baseline` is what the candidate is compared with. Return None if there is no such pre-release, if it is
    the baseline, or if `spec` asks for one version. Raises as `resolve` does.
    """
    if not baseline.published:
        return None
    published = map(parse_version, baseline.published)
    found = baselines.earlier_pre_release(parse_version(candidate.version), published)
    if found is None or baseline.package is None or baseline.package.version == str(found):
        return None
    asked: Spec
    match spec:
        case Auto() | Central(None):
            asked = Central(found)
        case InRepository(identifier, None):
            asked = InRepository(identifier, found)
        case _:
            return None
    return replace(resolve(asked, candidate, environment), reason="the pre-release before")


def _given(package: Package, reason: str, candidate: Identity) -> Baseline:
    old, new = package.identity.package, candidate.package
    notes = (f"the baseline is another package: {old} instead of {new}",) if old != new else ()
    return Baseline(package, reason, notes=notes)
