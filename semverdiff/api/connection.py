"""Two sides of a comparison, each connected with the packages that it was built with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api.surface import Surface
from semverdiff.api.world import World

if TYPE_CHECKING:
    from collections.abc import Collection

    from semverdiff.packages import FindPackage, Package

__all__ = ["connect", "surround"]


def connect(
    old: Surface,
    new: Surface,
    find_old: FindPackage,
    find_new: FindPackage,
    members: Collection[tuple[str | None, str]] = (),
) -> None:
    """Connect both sides of a comparison with what they were built with, which the functions find.

    `members` are the packages of the same workspace, by organization and name.
    """
    before, after = _world(old, find_old, members), _world(new, find_new, members)
    before.peer, after.peer = after, before


def surround(side: Surface, find: FindPackage) -> None:
    """Connect one surface with what it was built with, where nothing is compared."""
    _world(side, find)


def _world(
    side: Surface, find: FindPackage, members: Collection[tuple[str | None, str]] = ()
) -> World[Surface]:
    def show(package: Package) -> Surface:
        return Surface(package, side.outlines, world)

    world = side.world = World(side.package, side, find, show, members)
    return world
