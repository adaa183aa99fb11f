"""The package that another one depends on, so that the types that come from there can be resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import baselines, registry
from semverdiff.baselines.inquiry import wanted_version
from semverdiff.errors import ArchiveError, BaselineError, DigestError, NetworkError, SourceError
from semverdiff.packages import Unavailable, as_package

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.baselines.inquiry import Wanted
    from semverdiff.packages import Dependency, Package
    from semverdiff.registry import Environment

__all__ = ["find_dependency"]


def find_dependency(
    dependency: Dependency,
    environment: Environment,
    *,
    fetch: bool = False,
    announce: Callable[[str], None] | None = None,
) -> Package | Unavailable:
    """Return a dependency as `bal` would resolve it, or why it cannot be had.

    First comes what was downloaded, by us or by `bal`, then the local repository; without a version the
    latest that is there. With `fetch`, and not offline, Central is asked last, of which `announce` is told
    before. What is damaged is passed over.

    Raises:
        NetworkError: Central did not answer, so that the next request would only take as long again.

    """
    wanted = _wanted(dependency)
    if wanted is None:
        return Unavailable("no package has such a name or version", "correct it where it is written")
    here = _on_this_machine(wanted, environment)
    if not isinstance(here, Unavailable):
        return here
    if environment.offline:
        return replace(here, remedy="run without --offline")
    if not fetch:
        return replace(here, remedy="run with --dependencies fetch")
    if announce is not None:
        announce(f"fetching {wanted}")
    return _on_central(wanted, environment)


def _wanted(dependency: Dependency) -> Wanted | None:
    """Return what is looked for; the names come from manifests, which may hold anything."""
    name = registry.parse_package_name(f"{dependency.organization}/{dependency.name}")
    try:
        return None if name is None else wanted_version(name, dependency.version)
    except ValueError:
        return None


def _on_this_machine(wanted: Wanted, environment: Environment) -> Package | Unavailable:
    """Return a package from what lies here, of which a registry that cannot be read has nothing."""
    version = "" if wanted.version is None else f":{wanted.version}"
    command = f"bal pull {wanted.package}{version}"
    if not registry.may_lie_here(wanted.package, environment):
        return Unavailable("it is not on this machine", command=command)
    try:
        found, damages = baselines.on_this_machine(wanted, environment)
    except BaselineError as error:
        return Unavailable(str(error), command=command)
    if found is not None:
        return found
    return Unavailable("; ".join(damages) or "it is not on this machine", command=command)


def _on_central(wanted: Wanted, environment: Environment) -> Package | Unavailable:
    try:
        found = baselines.from_central(wanted, environment).package
    except DigestError:
        return Unavailable(
            "what arrived from Ballerina Central has another digest than announced", "try again"
        )
    except NetworkError:
        raise
    except (BaselineError, ArchiveError, SourceError) as error:
        return Unavailable(str(error), "run with --refresh")
    return (
        Unavailable("Ballerina Central shows no version of it", "run with --refresh")
        if found is None
        else as_package(found)
    )
