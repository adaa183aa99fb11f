"""The gate that only Ballerina packages have: the lock that says with which versions one is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.packages import Package, imported_modules
from semverdiff.text import quote_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.packages import Dependency
    from semverdiff.pipeline import Grounds

__all__ = ["unlocked"]


def unlocked(grounds: Grounds, candidate: Package) -> str:
    """Return what the package is built with in a version that nobody knows any more, if nobody consents."""
    if grounds.settings.accept_settings == "head":
        return ""
    manifest = candidate.manifest
    known = {
        (one.organization, one.name)
        for one in (manifest.dependencies if manifest.dependencies_resolved else ())
        if one.version is not None
    }
    lost = [one for one in _locked_before(grounds) if (one.organization, one.name) not in known]
    # What is not imported any more is not built with, either.
    imported = imported_modules(candidate.modules) if lost else frozenset()
    names = [f"{one.organization}/{one.name}" for one in lost if _is_imported(one, imported)]
    if not names:
        return ""
    return (
        f"no Dependencies.toml says any more in which version {quote_all(names)} comes, as one of "
        f"{grounds.judging.base} does; build the package, and commit the file"
    )


def _locked_before(grounds: Grounds) -> tuple[Dependency, ...]:
    """Return the direct dependencies that a lock gave a version at the base of the change set."""
    package = grounds.start_package
    if not isinstance(package, Package) or not package.manifest.dependencies_resolved:
        return ()
    return package.manifest.dependencies


def _is_imported(dependency: Dependency, imported: Iterable[tuple[str, str]]) -> bool:
    """Return whether one of the modules is one of a package; its name begins with the package's."""
    return any(
        organization == dependency.organization and f"{module}.".startswith(f"{dependency.name}.")
        for organization, module in imported
    )
