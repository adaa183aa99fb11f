"""Packages that were built with others: a shelf of packages, and the worlds of two versions of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from support.packages import manifest, package

from semverdiff.api import Outlines, Surface, connect
from semverdiff.packages import Dependency, Manifest, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from semverdiff.packages import FindPackage, Package

__all__ = ["ABSENT", "built", "connected", "shelf"]

ABSENT = Unavailable("it is not on the shelf", "put it there")
_Versions = dict[str, str]
"""The versions of dependencies by their names, all of the organization acme."""


def built(
    files: str | Mapping[str, str], name: str = "shop", version: str = "1.0.0", **locked: str
) -> Package:
    """Return a package that was built with these versions of others; `_` in a name stands for a period."""
    dependencies = tuple(
        Dependency("acme", dependency.replace("_", "."), text) for dependency, text in sorted(locked.items())
    )
    facts = Manifest(dependencies=dependencies, dependencies_resolved=True, locked=dependencies)
    return replace(package(files, manifest(version, name)), manifest=facts)


def shelf(packages: Iterable[Package], asked: list[str] | None = None) -> FindPackage:
    """Return what finds these packages by name and version; what it is asked for is entered in `asked`."""
    known = {Dependency(one.organization, one.name, one.version): one for one in packages}

    def find(dependency: Dependency) -> Package | Unavailable:
        if asked is not None:
            asked.append(f"{dependency.name} {dependency.version}")
        return known.get(dependency, ABSENT)

    return find


def connected(old: Package, new: Package, find: FindPackage) -> tuple[Surface, Surface]:
    """Return the surfaces of two versions, each in the world that it was built in."""
    outlines = Outlines()
    before, after = Surface(old, outlines), Surface(new, outlines)
    connect(before, after, find, find)
    return before, after
