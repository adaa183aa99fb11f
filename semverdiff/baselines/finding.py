"""Compared with what? From the user's wish and the candidate to one published package and the reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from semverdiff.baselines.choosing import Deprecation, asked_for, choose, passed_over, used_nevertheless
from semverdiff.baselines.identity import identity_of
from semverdiff.baselines.model import Baseline
from semverdiff.baselines.on_disk import (
    central_cache,
    deprecation_in,
    local_repository,
    read_version,
    versions_in,
)
from semverdiff.baselines.specs import AtPath, Auto, Central, Local, NoBaseline
from semverdiff.errors import ArchiveError, BaselineError, SourceError, UsageError
from semverdiff.packages import read_package
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.baselines.choosing import Choice
    from semverdiff.baselines.identity import Identity
    from semverdiff.baselines.on_disk import Repository
    from semverdiff.baselines.specs import Spec
    from semverdiff.baselines.surroundings import Surroundings
    from semverdiff.packages import Package
    from semverdiff.versions import Version

__all__ = ["find_baseline"]


def find_baseline(spec: Spec, candidate: Package, surroundings: Surroundings) -> Baseline:
    """Find what the candidate is compared with.

    Raises a `UsageError` where the wish cannot be understood, a `BaselineError` (`NetworkError`) where it
    could not be found out what is published, and what reading a broken package raises.
    """
    match spec:
        case NoBaseline():
            return Baseline(None, "no baseline was wanted")
        case AtPath(path):
            return _at_path(path, candidate)
        case Local(version):
            return _local(version, candidate, surroundings)
        case Auto():
            return _central(None, candidate, surroundings)
        case Central(version):
            return _central(version, candidate, surroundings)


def _at_path(path: Path, candidate: Package) -> Baseline:
    package = read_package(path)
    old, new = (f"{one.organization}/{one.name}" for one in (package, candidate))
    notes = (f"the baseline is another package: {old} instead of {new}",) if old != new else ()
    return Baseline(package, "the package at the given path", notes=notes)


def _local(version: Version | None, candidate: Package, surroundings: Surroundings) -> Baseline:
    identity, own = identity_of(candidate), _own_version(candidate)
    found = _read_closest(local_repository(surroundings), identity, own, version, "locally pushed")
    if found is None:
        raise BaselineError(
            f"the local repository has no usable version of {identity}"
            f"{'' if version is None else f' {version}'}; push one by 'bal push --repository local', or "
            "choose another --baseline"
        )
    return found


def _central(version: Version | None, candidate: Package, surroundings: Surroundings) -> Baseline:
    identity, own = identity_of(candidate), _own_version(candidate)
    if not surroundings.offline:
        from semverdiff.baselines.from_central import ask_central  # noqa: PLC0415 (slow: half of this room)

        private = candidate.manifest.visibility == "private"
        return ask_central(identity, own, version, surroundings, private=private)
    repository = central_cache(surroundings)
    found = _read_closest(repository, identity, own, version, "cached")
    if found is None:
        raise BaselineError(
            f"offline, and the cache on this machine has no usable version of {identity}"
            f"{'' if version is None else f' {version}'}: what is published cannot be known; run without "
            "--offline, name an archive by --baseline file:PATH, or, if nothing was ever published, use "
            "--baseline none"
        )
    cached = versions_in(repository, identity)
    return replace(
        found,
        reason=f"{found.reason} (offline: Ballerina Central was not asked)",
        published=tuple(str(one) for one in cached),
        candidate_is_published=own in cached,
    )


def _own_version(candidate: Package) -> Version:
    try:
        return parse_version(candidate.version)
    except ValueError as error:
        raise UsageError(
            f"the package's own version cannot be compared with others: {error}; correct 'version' under "
            "[package] in Ballerina.toml"
        ) from None


def _read_closest(
    repository: Repository, identity: Identity, own: Version, version: Version | None, among: str
) -> Baseline | None:
    """Read the version that was asked for, or the closest that can be read; `None` if there is none."""
    if version is not None:
        package = read_version(repository, identity, version)
        return Baseline(package, asked_for(version).reason) if package is not None else None
    left = versions_in(repository, identity)
    notes: tuple[str, ...] = ()
    while (choice := choose(own, left, among)) is not None:
        chosen, said = _undeprecated(repository, identity, choice)
        try:
            package = read_version(repository, identity, chosen)
        except (ArchiveError, SourceError) as error:
            package = None
            notes = (*notes, f"{chosen} on this machine was not used: {error}")
        if package is not None:
            return Baseline(package, choice.reason, notes=(*notes, *choice.notes, *said))
        left = tuple(other for other in left if str(other) != str(chosen))
    return None


def _undeprecated(
    repository: Repository, identity: Identity, choice: Choice
) -> tuple[Version, tuple[str, ...]]:
    """Give the best version that is not deprecated, else the best, and what to say about the others."""
    deprecations: list[Deprecation] = []
    for version in choice.versions:
        message = deprecation_in(repository, identity, version)
        if message is None:
            return version, passed_over(deprecations)
        deprecations.append(Deprecation(version, message))
    return choice.versions[0], used_nevertheless(deprecations[0])
