"""What every registry can be asked, in the network or on this machine: versions, releases, archives.

A registry is added by a file that has a class with the methods of `Registry`, and a way to it in
`semverdiff.baselines`: `spec` (how users name it), `registries` (how it is asked), `resolver`, `operands`.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Protocol

import msgspec

from semverdiff import limits
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from semverdiff.artifact import Provenance
    from semverdiff.registry.folders import PackageName
    from semverdiff.versions import Version

__all__ = [
    "PLATFORMS",
    "Archive",
    "Extracted",
    "Packed",
    "Registry",
    "Release",
    "RemoteRegistry",
    "SearchableRegistry",
    "is_platform",
    "sorted_versions",
]

PLATFORMS = ("any", "java25", "java21", "java17", "java11")
"""The platforms of archives, in the order in which `bal` looks for them: any, then the newest JVM."""

_PLATFORM = r"(?!\.+\Z)[a-zA-Z0-9_.]+"


class Release(msgspec.Struct, frozen=True):
    """What is known about one published version.

    `platform` is None where it is not known before the archive is read. `digest` is as the registry writes
    it (`sha-256=...`). `deprecation` is the publisher's message, None for a version that is not deprecated.
    `address` is signed and so a secret while it lasts. `created` is when it was published, in seconds since
    1970, None where the registry does not say.
    """

    version: Version
    platform: str | None = None
    digest: str | None = None
    deprecation: str | None = None
    address: str | None = None
    created: int | None = None

    def __repr__(self) -> str:
        return f"Release({self.version}, {self.platform}, {self.digest})"

    def file_name(self, package: PackageName) -> str:
        """Return what the archive is called in messages."""
        return f"{package.organization}-{package.name}-{self.platform or 'any'}-{self.version}.bala"


class Packed(msgspec.Struct, frozen=True):
    """A `.bala`, its SHA-256, and whether the registry had announced that one.

    `content` is an open file, in memory or on disk; whoever reads the archive closes it.
    """

    content: IO[bytes]
    digest: str
    digest_verified: bool


class Extracted(msgspec.Struct, frozen=True):
    """The directories that archives of one version were extracted into, one a platform, the best first."""

    directories: tuple[Path, ...]


Archive = Packed | Extracted


class Registry(Protocol):
    """Where versions of packages are published, or stored after they were downloaded."""

    @property
    def provenance(self) -> Provenance:
        """Return the source that reports give for packages from here."""

    def versions(self, package: PackageName) -> tuple[str, ...]:
        """Return the published versions, in no order; nothing where the package is not known."""

    def release(self, package: PackageName, version: Version) -> Release:
        """Return what is known about one of the versions."""

    def download(self, package: PackageName, release: Release) -> Archive | None:
        """Return the archive of a release, or None where this registry has none for its platform."""


class RemoteRegistry(Registry, Protocol):
    """A registry that is asked over the network. It raises a `NetworkError` where it does not answer."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Return sentences for the report about what happened on the way to the answers so far."""

    @property
    def token_refused(self) -> bool:
        """Return whether the access token was refused; then an absence proves nothing."""

    def download(self, package: PackageName, release: Release) -> Packed:
        """Return the archive of a release."""


class SearchableRegistry(RemoteRegistry, Protocol):
    """A registry that finds packages by parts of their names."""

    def packages_like(self, package: PackageName) -> tuple[PackageName, ...]:
        """Return packages whose names are like that of one, however they are written, in no order."""


def is_platform(text: str) -> bool:
    """Return whether a text can be a platform (`any`, `java21`, `go1.26`) and so the name of a folder."""
    return len(text) <= limits.NAME_CHARACTERS and re.fullmatch(_PLATFORM, text) is not None


def sorted_versions(texts: Iterable[str]) -> tuple[tuple[Version, ...], tuple[str, ...]]:
    """Return versions, lowest first and without repetitions, and the texts that cannot be read as one."""
    readable: list[Version] = []
    unreadable: list[str] = []
    # Versions that differ in build metadata only are equal; sorting the texts first settles their order.
    for text in sorted(set(texts)):
        try:
            readable.append(parse_version(text))
        except ValueError:
            unreadable.append(text)
    return tuple(sorted(readable)), tuple(unreadable)
