"""The packages that the two sides were built against: their types decide what names of theirs mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semverdiff.baselines import Surroundings
    from semverdiff.packages import Dependency, FindPackage, Package

__all__ = ["at_hand"]


def at_hand(surroundings: Surroundings) -> FindPackage:
    """Give what finds a dependency among the archives on this machine, ours and those of `bal`.

    The network is not asked: a check must not wait for what only makes some answers more exact.
    """

    def find(dependency: Dependency) -> Package | None:
        from semverdiff.baselines.dependencies import find_dependency  # noqa: PLC0415 (slow, and rarely asked)

        return find_dependency(dependency.organization, dependency.name, dependency.version, surroundings)

    return find
