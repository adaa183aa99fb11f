"""The baseline from this machine alone: the local repository, and offline everything that was downloaded."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from semverdiff.baselines.model import Baseline
from semverdiff.baselines.selection import (
    Deprecation,
    asked_for,
    choose,
    passed_over,
    used_nevertheless,
)
from semverdiff.errors import ArchiveError, BaselineError, SourceError
from semverdiff.packages import Provenance, read_archive
from semverdiff.registry.cache import cache_of
from semverdiff.registry.identity import check_answers_for
from semverdiff.registry.interface import sorted_versions
from semverdiff.registry.local import in_repository, pulled
from semverdiff.registry.stored_answers import Kept
from semverdiff.text import quote_all

if TYPE_CHECKING:
    from semverdiff.baselines.model import Wanted
    from semverdiff.baselines.selection import Choice
    from semverdiff.packages import Package
    from semverdiff.registry.environment import Environment
    from semverdiff.registry.identity import Identity
    from semverdiff.versions import Version

__all__ = ["cached_baseline", "local_baseline", "repository_baseline"]


class _Shelf(Protocol):
    """Where versions of one package lie."""

    def versions(self) -> tuple[Version, ...]: ...

    def deprecation(self, version: Version) -> str | None: ...

    def read(self, version: Version) -> Package | None: ...


def local_baseline(wanted: Wanted, environment: Environment) -> Baseline:
    """Find the version that was asked for, or the closest, in the local repository."""
    found = _closest((in_repository(environment, "local", wanted.identity),), wanted, "locally pushed")
    if found is None:
        raise BaselineError(
            f"the local repository has no usable version of {wanted}; push one by "
            "'bal push --repository local', or choose another --baseline"
        )
    return found


def repository_baseline(identifier: str, wanted: Wanted, environment: Environment) -> Baseline:
    """Find the version that was asked for, or the closest, in what `bal` has of a custom repository."""
    shelf = in_repository(environment, identifier, wanted.identity)
    found = _closest((shelf,), wanted, "cached")
    if found is None:
        raise BaselineError(
            f"offline, and this machine has no usable version of {wanted} from the repository "
            f"'{identifier}'; run without --offline, or name an archive by --baseline file:PATH"
        )
    return replace(found, reason=f"{found.reason} (offline: the repository '{identifier}' was not asked)")


def cached_baseline(wanted: Wanted, environment: Environment) -> Baseline:
    """Find the version that was asked for, or the closest, in what was downloaded from Central."""
    downloads = _Downloads(environment, wanted.identity)
    shelves = (downloads, pulled(environment, wanted.identity))
    found = _closest(shelves, wanted, "cached")
    if found is None:
        raise BaselineError(
            f"offline, and the cache on this machine has no usable version of {wanted}: what is published "
            "cannot be known; run without --offline, name an archive by --baseline file:PATH, or, if nothing "
            "was ever published, use --baseline none"
        )
    here = _versions_on(shelves)
    published, _ = sorted_versions((*map(str, here), *downloads.listed()))
    chosen = found.package.version if found.package is not None else ""
    missed = () if wanted.version is not None else _missed(chosen, wanted.own, published, here)
    return replace(
        found,
        reason=f"{found.reason} (offline: Ballerina Central was not asked)",
        published=tuple(str(one) for one in published),
        candidate_is_published=wanted.own in published,
        notes=(*missed, *found.notes),
    )


class _Downloads:
    """What we have downloaded from Central ourselves."""

    def __init__(self, environment: Environment, identity: Identity) -> None:
        self._kept = Kept(cache_of(environment), environment, identity)
        self._identity = identity
        self._registry = environment.registry

    def listed(self) -> tuple[str, ...]:
        """List the versions that Central had when it was last asked."""
        return self._kept.versions(fresh=False) or ()

    def versions(self) -> tuple[Version, ...]:
        return self._kept.archived()

    def deprecation(self, version: Version) -> str | None:
        release = self._kept.release(version, fresh=False)
        return release.deprecation if release is not None and release.deprecated else None

    def read(self, version: Version) -> Package | None:
        release = self._kept.release(version, fresh=False)
        archive = self._kept.archive(release) if release is not None else None
        if release is None or archive is None:
            return None
        name = f"{self._identity.organization}-{self._identity.name}-{release.platform}-{version}.bala"
        provenance = Provenance("central", self._registry, archive.digest, archive.digest_verified)
        package = read_archive(archive.content, name=name, provenance=provenance)
        return check_answers_for(package, self._identity, version)


def _closest(shelves: tuple[_Shelf, ...], wanted: Wanted, among: str) -> Baseline | None:
    """Read the version that was asked for, or the closest that can be read; `None` if there is none."""
    left = _versions_on(shelves)
    notes: tuple[str, ...] = ()
    if wanted.version is not None:
        left = tuple(one for one in left if str(one) == str(wanted.version))
    while (choice := _choice(wanted, left, among)) is not None:
        chosen, said = _undeprecated(shelves, choice)
        package, unusable = _read(shelves, chosen)
        if package is not None:
            return Baseline(package, choice.reason, notes=(*notes, *unusable, *choice.notes, *said))
        notes = (*notes, *unusable)
        left = tuple(other for other in left if str(other) != str(chosen))
    return None


def _choice(wanted: Wanted, versions: tuple[Version, ...], among: str) -> Choice | None:
    if wanted.version is None:
        return choose(wanted.own, versions, among)
    return asked_for(wanted.version) if versions else None


def _read(shelves: tuple[_Shelf, ...], version: Version) -> tuple[Package | None, tuple[str, ...]]:
    """Read a version from the first shelf that has it whole, and say what was wrong with the others."""
    notes: tuple[str, ...] = ()
    for shelf in shelves:
        try:
            package = shelf.read(version)
        except (ArchiveError, SourceError) as error:
            notes = (*notes, f"{version} on this machine was not used: {error}")
            continue
        if package is not None:
            return package, notes
    return None, notes


def _undeprecated(shelves: tuple[_Shelf, ...], choice: Choice) -> tuple[Version, tuple[str, ...]]:
    """Return the best version that is not deprecated, else the best, and what to say about the others."""
    deprecations: list[Deprecation] = []
    for version in choice.versions:
        messages = [said for shelf in shelves if (said := shelf.deprecation(version)) is not None]
        if not messages:
            return version, passed_over(deprecations)
        deprecations.append(Deprecation(version, messages[0]))
    return choice.versions[0], used_nevertheless(deprecations[0])


def _versions_on(shelves: tuple[_Shelf, ...]) -> tuple[Version, ...]:
    versions, _ = sorted_versions(str(version) for shelf in shelves for version in shelf.versions())
    return versions


def _missed(
    chosen: str, own: Version, published: tuple[Version, ...], here: tuple[Version, ...]
) -> tuple[str, ...]:
    """Name the versions that would be closer, but were never downloaded."""
    choice = choose(own, published)
    closer = takewhile(lambda one: str(one) != chosen, choice.versions if choice is not None else ())
    at_hand = {str(one) for one in here}
    missing = tuple(str(one) for one in closer if str(one) not in at_hand)
    return (f"published and closer, but not on this machine: {quote_all(missing)}",) if missing else ()
