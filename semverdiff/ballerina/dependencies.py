"""Where the packages come from that both sides of a comparison were built with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import baselines, registry
from semverdiff.ballerina.comparison import Context
from semverdiff.errors import NetworkError, SemverdiffError
from semverdiff.packages import Unavailable, as_package
from semverdiff.pipeline import ALONE, environment_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from semverdiff.config import Settings
    from semverdiff.packages import Dependency, FindPackage, Package
    from semverdiff.pipeline import Grounds, Neighbour

__all__ = ["dependencies_of", "local_packages"]

_REGISTRIES = frozenset({"central", "repository"})
_NOT_WANTED = Unavailable("--dependencies is none", "run with --dependencies fetch or local")
_SILENT = Unavailable("Ballerina Central does not answer", "try again")


def dependencies_of(
    grounds: Grounds,
    neighbours: Mapping[tuple[str | None, str], Neighbour] = ALONE.neighbours,
    merge_base: str | None = None,
    announce: Callable[[str], None] | None = None,
    *,
    clients: bool = True,
) -> Context:
    """Return what finds the packages that both sides of a check were built with.

    The option `dependencies` says where: also on Central, on this machine only, or nowhere. Who has a
    baseline from a registry has a network, and who compares with a file wants none; so Central is asked in
    the first case, unless something else was said.

    Packages of the workspace are what the new version is built with. The old one was built with what they
    were at its revision, where it is one of git, and else with what was published. That revision is the
    merge base with `merge_base`, if it is given, else the baseline. `announce` is told what is fetched;
    `clients` are part of the context as they are.
    """
    wanted = grounds.settings.dependencies
    environment = grounds.environment
    if wanted == "none":
        return Context(
            lambda _: _NOT_WANTED, clients=clients, open_store=lambda: registry.cache_of(environment)
        )
    source = grounds.baseline.package.provenance.source if grounds.baseline.package is not None else None
    fetch = wanted == "fetch" or (wanted == "auto" and source in _REGISTRIES)
    search = _Search(grounds, fetch=fetch, announce=announce)
    then = _Revision(grounds, neighbours if source == "git" else {}, merge_base)
    return Context(
        search.after(lambda names: as_package(neighbours[names].package) if names in neighbours else None),
        search.after(then.get),
        members=neighbours.keys(),  # no copy: each package of a workspace would make one
        clients=clients,
        open_store=lambda: registry.cache_of(environment),
    )


def local_packages(settings: Settings) -> FindPackage:
    """Return what finds packages on this machine, and asks nobody."""
    return lambda dependency: baselines.find_dependency(dependency, environment_of(settings, settings.path))


class _Revision:
    """The packages of a workspace as they were at the revision that the old version is from."""

    def __init__(
        self, grounds: Grounds, neighbours: Mapping[tuple[str | None, str], Neighbour], merge_base: str | None
    ) -> None:
        self._settings = grounds.settings
        self._merge_base = merge_base
        self._neighbours = neighbours
        self._found: dict[tuple[str, str], Package | None] = {}

    def get(self, names: tuple[str, str]) -> Package | None:
        """Return a package of the workspace by its names; None if it was not there, or not so."""
        if names not in self._neighbours:
            return None
        if names not in self._found:
            self._found[names] = self._read(self._neighbours[names])
        return self._found[names]

    def _read(self, neighbour: Neighbour) -> Package | None:
        environment = environment_of(self._settings, neighbour.path)
        identity = neighbour.package.identity
        try:
            if self._merge_base is not None:
                found = baselines.merge_base(self._merge_base, identity, environment).baseline
            else:
                spec = baselines.parse_spec(self._settings.baseline)
                found = baselines.resolve(spec, identity, environment)
        except SemverdiffError:
            return None  # what was published then may be at hand
        return None if found.package is None else as_package(found.package)


class _Search:
    """One search for the dependencies of both sides: each is looked for once.

    A Central that does not answer is not asked again: a check does not fail for what only makes some answers
    more exact.
    """

    def __init__(self, grounds: Grounds, *, fetch: bool, announce: Callable[[str], None] | None) -> None:
        self._announce = announce
        self._environment = grounds.environment
        self._fetch = fetch
        self._is_silent = False
        self._found: dict[Dependency, Package | Unavailable] = {}

    def after(self, known: Callable[[tuple[str, str]], Package | None]) -> FindPackage:
        """Return what finds a package by its names where they are known, and else searches."""

        def find(dependency: Dependency) -> Package | Unavailable:
            member = known((dependency.organization, dependency.name))
            return self._find(dependency) if member is None else member

        return find

    def _find(self, dependency: Dependency) -> Package | Unavailable:
        if dependency not in self._found:
            self._found[dependency] = self._ask(dependency)
        return self._found[dependency]

    def _ask(self, dependency: Dependency) -> Package | Unavailable:
        fetch = self._fetch and not self._is_silent
        try:
            found = baselines.find_dependency(
                dependency, self._environment, fetch=fetch, announce=self._announce
            )
        except NetworkError:
            self._is_silent = True
            return _SILENT
        return _SILENT if self._is_silent and isinstance(found, Unavailable) else found
