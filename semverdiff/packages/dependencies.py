"""What a package was built against: Dependencies.toml beside sources, dependency-graph.json in archives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.packages.model import Dependency

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.packages.documents import Table

__all__ = ["graph_dependencies", "locked_dependencies"]

_TEST_ONLY = "testOnly"


def locked_dependencies(root: Table, organization: str, name: str) -> tuple[Dependency, ...] | None:
    """Return the direct dependencies out of a Dependencies.toml, `None` where the package is not in it."""
    packages = [
        (entry.text("org"), entry.text("name"), entry.text("version"), entry.text("scope"), entry)
        for entry in root.tables("package")
    ]
    own = next(
        (
            entry
            for org, found, _, _, entry in packages
            # Without an organization in Ballerina.toml the file holds a made-up one.
            if found == name and organization in ("", org)
        ),
        None,
    )
    if own is None:
        return None
    wanted = {(entry.text("org"), entry.text("name")) for entry in own.tables("dependencies")}
    return _sorted(
        Dependency(org or "", found or "", version)
        for org, found, version, scope, _ in packages
        if (org, found) in wanted and scope != _TEST_ONLY
    )


def graph_dependencies(root: Table, organization: str, name: str) -> tuple[Dependency, ...] | None:
    """Return the direct dependencies in a dependency-graph.json, `None` if the package is not in it."""
    for entry in root.tables("packages"):
        if (entry.text("org"), entry.text("name")) == (organization, name):
            return _sorted(
                Dependency(found.text("org") or "", found.text("name") or "", found.text("version"))
                for found in entry.tables("dependencies")
                if found.text("scope") != _TEST_ONLY
            )
    return None


def _sorted(dependencies: Iterable[Dependency]) -> tuple[Dependency, ...]:
    return tuple(sorted(set(dependencies), key=lambda one: (one.organization, one.name, one.version or "")))
