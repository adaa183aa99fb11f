"""The package that another one depends on, so that the types that come from there can be resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import registry
from semverdiff.baselines import registries
from semverdiff.baselines.selection import wanted_version
from semverdiff.errors import ArchiveError, BaselineError, NetworkError, SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.baselines.selection import Wanted
    from semverdiff.packages import Dependency, Package
    from semverdiff.registry import Environment

__all__ = ["find_dependency"]


def find_dependency(
    dependency: Dependency,
    environment: Environment,
    *,
    members: Sequence[Package] = (),
    fetch: bool = False,
) -> Package | None:
    """Return a dependency as `bal` would resolve it, or None where it is not known.

    `members` of the same workspace go before all else, whatever their version. Then comes what was
    downloaded, by us or by `bal`; without a version the latest that is there. With `fetch`, and not
    offline, Central is asked last. What is damaged counts as absent.

    Raises:
        NetworkError: Central did not answer, so that the next request would only take as long again.

    """
    names = dependency.organization, dependency.name
    member = next((one for one in members if (one.organization, one.name) == names), None)
    if member is not None:
        return member
    wanted = _wanted(dependency)
    if wanted is None:
        return None
    try:
        return registries.from_central(wanted, replace(environment, offline=True)).package
    except BaselineError:
        return _on_central(wanted, environment) if fetch and not environment.offline else None


def _wanted(dependency: Dependency) -> Wanted | None:
    """Return what is looked for; the names come from manifests, which may hold anything."""
    name = registry.parse_package_name(f"{dependency.organization}/{dependency.name}")
    try:
        return None if name is None else wanted_version(name, dependency.version)
    except ValueError:
        return None


def _on_central(wanted: Wanted, environment: Environment) -> Package | None:
    try:
        return registries.from_central(wanted, environment).package
    except NetworkError:
        raise
    except (BaselineError, ArchiveError, SourceError):
        return None
