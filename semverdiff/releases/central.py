"""Releases that are published on Ballerina Central, of one package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import registry
from semverdiff.errors import BaselineError, NetworkError
from semverdiff.registry import PackageName, sorted_versions
from semverdiff.releases.model import (
    Omission,
    PackageReleases,
    Published,
    Release,
    Releases,
    sorted_releases,
)

if TYPE_CHECKING:
    from semverdiff.registry import Environment, Registry
    from semverdiff.versions import Version

__all__ = ["releases_on_central"]


def releases_on_central(package: PackageName, environment: Environment) -> Releases:
    """Return the releases of a package on Central; offline those that are in caches on this machine.

    Raises:
        NetworkError: Central does not answer.
        BaselineError: it shows no such package.

    """
    if environment.offline:
        return _found(package, _cached(package, environment), environment, "no version is in a cache here")
    environment = registry.with_credentials(environment)
    with registry.open_cached_central(environment, None) as central:
        known: dict[str, Registry] = dict.fromkeys(central.versions(package), central)
        return _found(package, known, environment, "check its name and your token")


def _cached(package: PackageName, environment: Environment) -> dict[str, Registry]:
    """Return what we or `bal` have downloaded; where both have a version, ours has a digest."""
    ours, pulled = registry.OfflineCache(environment), registry.pulled_from_central(environment)
    by_version: dict[str, Registry] = dict.fromkeys(pulled.versions(package), pulled)
    return {**by_version, **dict.fromkeys(ours.versions(package), ours)}


def _found(
    package: PackageName, known: dict[str, Registry], environment: Environment, remedy: str
) -> Releases:
    versions, unreadable = sorted_versions(known)
    if not versions:
        raise BaselineError(f"{environment.registry} shows no version of {package}: {remedy}")
    omissions = [Omission(f"{package}:{one}", "that is no version") for one in unreadable]
    releases = []
    for version in versions:
        try:
            releases.append(_release(package, version, known[str(version)], environment))
        except NetworkError as error:
            omissions.append(Omission(f"{package}:{version}", str(error)))
    found, double = sorted_releases(releases)
    return Releases((PackageReleases(package.organization, package.name, found, (*omissions, *double)),))


def _release(package: PackageName, version: Version, source: Registry, environment: Environment) -> Release:
    """Return what is known about a version. Without a digest its name stands for its content.

    What is published never changes.
    """
    known = source.release(package, version)
    return Release(
        version=str(version),
        place=environment.registry,
        source=Published(package.organization, package.name, str(version)),
        digest=known.digest or f"{environment.base} {package} {version}",
        released=known.created,
        deprecation=known.deprecation,
    )
