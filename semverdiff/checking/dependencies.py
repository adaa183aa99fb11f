"""The packages that the two sides were built against: their types decide what names of theirs mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.baselines import Surroundings
    from semverdiff.packages import Dependency, FindPackage, Package

__all__ = ["finder"]


def finder(
    surroundings: Surroundings, *, members: Sequence[Package] = (), fetch: bool = False
) -> FindPackage:
    """Return what finds a dependency: among `members` of the workspace, then in archives on this machine.

    With `fetch` Central is asked for what is missing, until it does not answer: a check does not fail for
    what only makes some answers more exact.
    """
    reachable = fetch

    def find(dependency: Dependency) -> Package | None:
        from semverdiff.baselines.dependencies import find_dependency  # noqa: PLC0415 (slow, and rarely asked)

        nonlocal reachable
        wanted = dependency.organization, dependency.name, dependency.version
        try:
            return find_dependency(*wanted, surroundings, members=members, fetch=reachable)
        except NetworkError:
            reachable = False
            return None

    return find
