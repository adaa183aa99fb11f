"""Where the packages come from that both sides of a comparison were built with."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 (a field's type)
from pathlib import Path  # noqa: TC003 (as above)
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import baselines, registry
from semverdiff.errors import NetworkError, SemverdiffError
from semverdiff.packages import Unavailable
from semverdiff.pipeline.assessment import Context
from semverdiff.pipeline.grounds import environment_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.config import Settings
    from semverdiff.packages import Dependency, FindPackage, Package
    from semverdiff.pipeline.grounds import Grounds

__all__ = ["ALONE", "Neighbour", "Workspace", "dependencies_of", "local_packages"]

_REGISTRIES = frozenset({"central", "repository"})
_NOT_WANTED = Unavailable("--dependencies is none", "run with --dependencies fetch or local")
_SILENT = Unavailable("Ballerina Central does not answer", "try again")


class Neighbour(msgspec.Struct, frozen=True):
    """A package of the workspace, and where it lies."""

    package: Package
    path: Path


class Workspace(msgspec.Struct, frozen=True):
    """What a package is checked beside: the packages of its workspace, by organization and name.

    It is one value for all of them, so each of many is among its own neighbours: a package never asks for
    itself. `root` is the directory of the workspace, where there is one.
    """

    root: Path | None = None
    neighbours: Mapping[tuple[str, str], Neighbour] = {}


ALONE: Final = Workspace()


def dependencies_of(
    grounds: Grounds,
    neighbours: Mapping[tuple[str, str], Neighbour] = ALONE.neighbours,
    merge_base: str | None = None,
    announce: Callable[[str], None] | None = None,
) -> Context:
    """Return what finds the packages that both sides of a check were built with.

    The option `dependencies` says where: also on Central, on this machine only, or nowhere. Who has a
    baseline from a registry has a network, and who compares with a file wants none; so Central is asked in
    the first case, unless something else was said.

    Packages of the workspace are what the new version is built with. The old one was built with what they
    were at its revision, where it is one of git, and else with what was published. That revision is the
    merge base with `merge_base`, if it is given, else the baseline. `announce` is told what is fetched.
    """
    wanted = grounds.settings.dependencies
    environment = grounds.environment
    if wanted == "none":
        return Context(lambda _: _NOT_WANTED, open_store=lambda: registry.cache_of(environment))
    source = grounds.baseline.package.provenance.source if grounds.baseline.package is not None else None
    fetch = wanted == "fetch" or (wanted == "auto" and source in _REGISTRIES)
    search = _Search(grounds, fetch=fetch, announce=announce)
    then = _Revision(grounds, neighbours if source == "git" else {}, merge_base)
    return Context(
        search.after(lambda names: neighbours[names].package if names in neighbours else None),
        search.after(then.get),
        members=neighbours.keys(),
        open_store=lambda: registry.cache_of(environment),
    )


def local_packages(settings: Settings) -> FindPackage:
    """Return what finds packages on this machine, and asks nobody."""
    return lambda dependency: baselines.find_dependency(dependency, environment_of(settings, settings.path))


class _Revision:
    """The packages of a workspace as they were at the revision that the old version is from."""

    def __init__(
        self, grounds: Grounds, neighbours: Mapping[tuple[str, str], Neighbour], merge_base: str | None
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
                return baselines.merge_base(self._merge_base, identity, environment).baseline.package
            spec = baselines.parse_spec(self._settings.baseline)
            return baselines.resolve(spec, identity, environment).package
        except SemverdiffError:
            return None  # what was published then may be at hand


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
