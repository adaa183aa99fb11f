"""The packages that a package is built with: one version of each, read when a name first leads there.

A build has one version of every package, whoever asks for it. So both sides of a comparison have a world of
their own, by the lock of the package that is compared: what its dependencies were built with themselves
counts for packages that it does not name. A package that is the same in both worlds, with everything that
its own names may lead to, is one surface for both: nothing in it has to be compared.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from semverdiff import limits
from semverdiff.packages import Dependency, Package

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from semverdiff.packages import FindPackage, Unavailable

__all__ = ["Unread", "World"]

_Names = tuple[str, str]
_Surface = TypeVar("_Surface")


class Unread(msgspec.Struct, frozen=True):
    """A package that names lead to and that was not read, and why; `version` is None where none is known."""

    package: str
    version: str | None
    reason: Unavailable


class World(Generic[_Surface]):
    """The packages that one package is built with, whose surface is `root`.

    `find` gives them, as far as they can be had, and `show` their surfaces. `unread` are those that could not
    be had, by organization and name. `declared_here` are those of the root's own lock or manifest. `peer` is
    the world of the other side of a comparison. `members` are packages of the same workspace, which change
    without another version.
    """

    def __init__(
        self,
        package: Package,
        root: _Surface,
        find: FindPackage,
        show: Callable[[Package], _Surface],
        members: Collection[tuple[str | None, str]] = (),
    ) -> None:
        self.package = package
        self.root = root
        self.unread: dict[_Names, Unread] = {}
        self.peer: World[_Surface] | None = None
        self.find = find
        self.members = members
        self._show = show
        self.declared_here = _by_names(_declared(package))
        self._read_versions: dict[_Names, str] = {}
        self._surfaces: dict[_Names, _Surface | None] = {_names(package): root}
        self._built_with: dict[_Names, Mapping[_Names, Dependency]] = {}
        self._owners: dict[tuple[_Names, str], Dependency | None] = {}

    def declared(self, names: _Names) -> str | None:
        """Return the version of a package by the lock or the manifest of the root, None where neither has it.

        Without a lock a package that the manifest gives no minimum for counts as that of the other side.
        """
        known = self._known.get(names)
        return None if known is None else known.version

    @cached_property
    def _known(self) -> Mapping[_Names, Dependency]:
        if self._is_open() and self.peer is not None:
            return self.peer.declared_here | {
                names: one for names, one in self.declared_here.items() if one.version is not None
            }
        return self.declared_here

    def version(self, names: _Names) -> str | None:
        """Return the version of a package in this world, None where it is not known."""
        return self._read_versions.get(names) or self.declared(names)

    def differs_from(self, other: World[_Surface]) -> bool:
        """Return whether a package has another version there, as far as versions are written down."""
        names = self._known.keys() | other._known.keys()
        return bool(self.members) or any(self.declared(one) != other.declared(one) for one in names)

    def is_guessed(self, names: _Names) -> bool:
        """Return whether a package was read in a version that no lock says."""
        is_written = self.package.manifest.dependencies_resolved and names in self.declared_here
        return not is_written and names in self._read_versions

    def guesses(self) -> Iterator[tuple[_Names, str]]:
        """Yield names and version of each package that was read in a version that no lock says."""
        for names, version in sorted(self._read_versions.items()):
            if self.is_guessed(names):
                yield names, version

    def borrowed(self) -> tuple[_Names, ...]:
        """Return the packages that count in the version of the other side, because no lock is here."""
        peer = self.peer
        if peer is None or not self._is_open() or not peer.package.manifest.dependencies_resolved:
            return ()
        own = {names for names, one in self.declared_here.items() if one.version is not None}
        return tuple(sorted(one for one in peer.declared_here.keys() - own if not _is_bundled(*one)))

    def counterpart(self, package: Package) -> _Surface | None:
        """Return what this world has of a package that another world has, None if it has nothing of it."""
        return self.known(_names(package))

    def known(self, names: _Names) -> _Surface | None:
        """Return the surface of a package of this world by its names, None if it cannot be had."""
        if names not in self._surfaces:
            declared = self._known.get(names)
            if declared is None and not self._is_open():
                return None
            self._read(names, declared or Dependency(*names, None))
        return self._surfaces[names]

    def surface(self, asking: Package, module: str) -> _Surface | None:
        """Return what declares a module of another package (`ballerina/http`), None if it cannot be had.

        `asking` is the package whose source names the module.
        """
        dependency = self.owner(asking, module)
        if dependency is None:
            return None
        names = dependency.organization, dependency.name
        if names not in self._surfaces:
            self._read(names, dependency)
        return self._surfaces[names]

    def owner(self, asking: Package, module: str) -> Dependency | None:
        """Return the package that a module belongs to: `a/b.c` is one of b, unless there is a b.c."""
        key = _names(asking), module
        if key not in self._owners:
            organization, _, name = module.rpartition("/")
            self._owners[key] = self._owner(asking, organization or asking.organization, name)
        return self._owners[key]

    def _owner(self, asking: Package, organization: str, name: str) -> Dependency | None:
        if _is_bundled(organization, name):
            return None
        own = self.package
        itself = {_names(own): Dependency(own.organization, own.name, own.version)}
        known = _longest((itself, self._known), organization, name)
        if known is None and asking is not own:
            known = _longest((self._declared_by(asking),), organization, name)
        # No lock says which part of a name is the package's: most have one module, of their own name.
        return Dependency(organization, name, None) if known is None else known

    def _declared_by(self, package: Package) -> Mapping[_Names, Dependency]:
        names = _names(package)
        if names not in self._built_with:
            self._built_with[names] = _by_names(_declared(package))
        return self._built_with[names]

    def _read(self, names: _Names, dependency: Dependency) -> None:
        found = self.find(dependency)
        if not isinstance(found, Package):
            self._surfaces[names] = None
            self.unread[names] = Unread("/".join(names), dependency.version, found)
            return
        self._read_versions[names] = found.version
        surface = self._show(found)
        peer = self.peer
        if peer is not None and self._is_shared(peer, found):
            surface = peer.adopt(names, surface, found.version)
        self._surfaces[names] = surface

    def adopt(self, names: _Names, surface: _Surface, version: str) -> _Surface:
        """Return what this world has of a package, which is that of the other side if it has none yet."""
        known = self._surfaces.get(names)
        if known is not None:
            return known
        self._surfaces[names] = surface
        self._read_versions[names] = version
        return surface

    def _is_shared(self, peer: World[_Surface], package: Package) -> bool:
        """Return whether a package means the same in both worlds: it, and all that it was built with."""
        own = _names(package)
        if own in self.members or own in peer.members:
            return False
        if not package.manifest.dependencies_resolved and self.differs_from(peer):
            return False  # what it was built with is not written down: it may be any that differs
        built_with = [_names(one) for one in _declared(package)]
        return (
            not any(names in self.members or names in peer.members for names in built_with)
            and all(self.declared(names) == peer.declared(names) for names in [own, *built_with])
            and _names(self.package) not in built_with
            # Where no side says a version, each has the newest, or what its dependencies were built with.
            and (self.declared(own) is not None or (self._is_open() and peer._is_open()))
        )

    def _is_open(self) -> bool:
        return not self.package.manifest.dependencies_resolved


def _is_bundled(organization: str, name: str) -> bool:
    """Return whether a package comes with every distribution, where nobody can pull it."""
    return organization == "ballerinai" or (
        organization == "ballerina" and (name.startswith("lang.") or name == "jballerina.java")
    )


def _declared(package: Package) -> tuple[Dependency, ...]:
    manifest = package.manifest
    return manifest.locked or manifest.dependencies


def _names(one: Package | Dependency) -> _Names:
    return one.organization, one.name


def _by_names(dependencies: Iterable[Dependency]) -> dict[_Names, Dependency]:
    return {_names(one): one for one in dependencies}


def _longest(
    groups: Iterable[Mapping[_Names, Dependency]], organization: str, name: str
) -> Dependency | None:
    """Return the package with the longest name that the name of a module begins with."""
    groups = tuple(groups)
    # No package has a longer name, and a module may have a thousand parts.
    parts = name[: limits.NAME_CHARACTERS + 1].split(".")
    if len(name) > limits.NAME_CHARACTERS:
        parts.pop()
    while parts:
        names = organization, ".".join(parts)
        for group in groups:
            if names in group:
                return group[names]
        parts.pop()
    return None
