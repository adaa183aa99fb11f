"""The releases of a package: which versions there are, since when, and from where each can be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.artifact import full_name
from semverdiff.registry import sorted_versions

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Archive",
    "Commit",
    "Directory",
    "Omission",
    "PackageReleases",
    "Published",
    "Release",
    "Releases",
    "Source",
    "sorted_releases",
]


class Archive(msgspec.Struct, frozen=True, tag="archive"):
    """A `.bala` on this machine. Its path is absolute, so that another process can read it."""

    path: str


class Directory(msgspec.Struct, frozen=True, tag="directory"):
    """A directory that an archive was extracted into, or that holds the sources of a package."""

    path: str


class Commit(msgspec.Struct, frozen=True, tag="commit"):
    """A folder of a commit. `repository` is the path of a repository's own directory (`shop/.git`)."""

    repository: str
    revision: str
    commit: str
    folder: str


class Published(msgspec.Struct, frozen=True, tag="published"):
    """A version on Central, which is read from the cache of downloads or fetched."""

    organization: str
    name: str
    version: str


Source = Archive | Directory | Commit | Published
"""From where a release is read; it can be sent to another process, or to another machine that has it too."""


class Release(msgspec.Struct, frozen=True):
    """A version of a package that was released.

    `digest` changes whenever the content does: of an archive its SHA-256, of a folder one over the names and
    objects of its files. `released` is in seconds since 1970, None where nobody says when. `deprecation` is
    the publisher's message, None for a version that is not deprecated. `place` tells people where it is.
    """

    version: str
    place: str
    source: Source
    digest: str
    released: int | None = None
    deprecation: str | None = None


class Omission(msgspec.Struct, frozen=True):
    """What looked like a release and is not among them: `what` it is called, and half a sentence `why`."""

    what: str
    why: str


class PackageReleases(msgspec.Struct, frozen=True):
    """The releases of one package, the lowest version first, and what was left out."""

    organization: str
    name: str
    releases: tuple[Release, ...]
    omissions: tuple[Omission, ...] = ()

    @property
    def package(self) -> str:
        """Return the name as clients write it."""
        return full_name(self.organization, self.name)


class Releases(msgspec.Struct, frozen=True):
    """What was found in one place: packages sorted by name, and what could not be told to belong to one."""

    packages: tuple[PackageReleases, ...]
    omissions: tuple[Omission, ...] = ()


def sorted_releases(found: Iterable[Release]) -> tuple[tuple[Release, ...], tuple[Omission, ...]]:
    """Return releases, the lowest version first, and those whose version is none or was released before.

    Of several of one version the first counts: it is what clients got.
    """
    by_version: dict[str, Release] = {}
    omissions: list[Omission] = []
    for one in found:
        first = by_version.setdefault(one.version, one)
        if first is not one and first.digest != one.digest:
            omissions.append(Omission(one.place, f"{one.version} is already {first.place}, with other files"))
    versions, unreadable = sorted_versions(by_version)
    omissions += (Omission(by_version[one].place, f"{one!r} is no version") for one in unreadable)
    # Two that differ in build metadata alone are equal, and both are releases.
    return tuple(by_version[str(one)] for one in versions), tuple(omissions)
