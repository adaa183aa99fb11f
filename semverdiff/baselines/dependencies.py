"""The packages that a package was built against, as far as `bal` has pulled them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.baselines.identity import Identity
from semverdiff.baselines.on_disk import pulled
from semverdiff.errors import SemverdiffError
from semverdiff.packages import organization_faults, package_name_faults
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from semverdiff.baselines.surroundings import Surroundings
    from semverdiff.packages import Dependency, Package

__all__ = ["pulled_dependency"]


def pulled_dependency(surroundings: Surroundings, dependency: Dependency) -> Package | None:
    """Give a dependency out of the cache on disk; `None` if it is not there whole.

    Nothing is downloaded for it, and nothing that is wrong with it is an error: it is not the package
    that somebody asked about, and without it less is known, but nothing wrong is said.
    """
    named_well = not any(organization_faults(dependency.organization)) and not any(
        package_name_faults(dependency.name)
    )
    if dependency.version is None or not named_well:
        return None
    shelf = pulled(surroundings, Identity(dependency.organization, dependency.name))
    try:
        return shelf.read(parse_version(dependency.version))
    except (SemverdiffError, ValueError):
        return None
