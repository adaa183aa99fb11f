"""What do names of other packages stand for? The surfaces of the packages that one was built against.

Each side sees the versions that it was built against itself. What is not at hand stays a name: the
engine then says nothing that does not hold for every meaning of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api.surface import Surface
from semverdiff.types.semantic.library import language_library

if TYPE_CHECKING:
    from semverdiff.packages import Dependency, FindPackage, Package
    from semverdiff.types.semantic.library import Elsewhere

__all__ = ["looked_up"]


def looked_up(find: FindPackage) -> Elsewhere:
    """Return what follows names into the language library, and into the packages that can be found.

    A package is asked for once, when a name first leads into it; equal versions on both sides are one.
    """
    surfaces: dict[Dependency, Surface | None] = {}
    followed: dict[tuple[int, str], Surface | None] = {}
    sides: list[Surface] = []  # what `followed` identifies must not be freed

    def declares(side: Surface, module: str) -> Surface | None:
        dependency = _owner(side.package, module)
        if dependency is None:
            return language_library(side, module)
        if dependency not in surfaces:
            found = find(dependency)
            surfaces[dependency] = None if found is None else Surface(found)
        return surfaces[dependency]

    def elsewhere(side: Surface, module: str) -> Surface | None:
        key = (id(side), module)
        if key not in followed:
            sides.append(side)
            followed[key] = declares(side, module)
        return followed[key]

    return elsewhere


def _owner(package: Package, module: str) -> Dependency | None:
    """Return the dependency that a module belongs to: `a/b.c` is a module of b, unless there is a b.c.

    Only of versions that are certain; a minimum version says little about what was there.
    """
    organization, _, name = module.rpartition("/")
    if not package.manifest.dependencies_resolved:
        return None
    owners = [
        one
        for one in package.manifest.dependencies
        if one.organization == (organization or package.organization)
        and one.version is not None
        and (name == one.name or name.startswith(f"{one.name}."))
    ]
    return max(owners, key=lambda one: len(one.name), default=None)
