"""Where the packages come from that both sides of a comparison were built with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import baselines
from semverdiff.errors import NetworkError
from semverdiff.packages import Unavailable
from semverdiff.pipeline.assessment import Context
from semverdiff.pipeline.grounds import environment_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.config import Settings
    from semverdiff.packages import Dependency, FindPackage, Package
    from semverdiff.pipeline.grounds import Grounds

__all__ = ["dependencies_of", "local_packages"]

_REGISTRIES = frozenset({"central", "repository"})
_NOT_WANTED = Unavailable("--dependencies is none", "run with --dependencies fetch or local")
_SILENT = Unavailable("Ballerina Central does not answer", "try again")


def dependencies_of(grounds: Grounds, members: Sequence[Package] = ()) -> Context:
    """Return what finds the packages that both sides of a check were built with.

    The option `dependencies` says where: also on Central, on this machine only, or nowhere. Who has a
    baseline from a registry has a network, and who compares with a file wants none; so Central is asked in
    the first case, unless something else was said.

    `members` of the workspace are what the new version is built with. The old one was built with what there
    was then.
    """
    wanted = grounds.settings.dependencies
    if wanted == "none":
        return Context(lambda _: _NOT_WANTED)
    source = grounds.baseline.package.provenance.source if grounds.baseline.package is not None else None
    fetch = wanted == "fetch" or (wanted == "auto" and source in _REGISTRIES)
    search = _Search(grounds, fetch=fetch)
    return Context(search.among(members), search.among(()))


def local_packages(settings: Settings) -> FindPackage:
    """Return what finds packages on this machine, and asks nobody."""
    return lambda dependency: baselines.find_dependency(dependency, environment_of(settings, settings.path))


class _Search:
    """One search for the dependencies of both sides: each is looked for once.

    A Central that does not answer is not asked again: a check does not fail for what only makes some answers
    more exact.
    """

    def __init__(self, grounds: Grounds, *, fetch: bool) -> None:
        self._environment = grounds.environment
        self._fetch = fetch
        self._is_silent = False
        self._found: dict[Dependency, Package | Unavailable] = {}

    def among(self, members: Sequence[Package]) -> FindPackage:
        """Return what finds a package of these first."""
        by_names = {(one.organization, one.name): one for one in members}

        def find(dependency: Dependency) -> Package | Unavailable:
            member = by_names.get((dependency.organization, dependency.name))
            return self._find(dependency) if member is None else member

        return find

    def _find(self, dependency: Dependency) -> Package | Unavailable:
        if dependency not in self._found:
            self._found[dependency] = self._ask(dependency)
        return self._found[dependency]

    def _ask(self, dependency: Dependency) -> Package | Unavailable:
        fetch = self._fetch and not self._is_silent
        try:
            found = baselines.find_dependency(dependency, self._environment, fetch=fetch)
        except NetworkError:
            self._is_silent = True
            return _SILENT
        return _SILENT if self._is_silent and isinstance(found, Unavailable) else found
