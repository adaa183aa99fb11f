"""How packages lie in directories and in git revisions: what reading a history asks of an ecosystem."""

from __future__ import annotations

from fnmatch import fnmatchcase
from posixpath import join
from typing import TYPE_CHECKING, Final, Protocol

from semverdiff import packages
from semverdiff.artifact import MANIFESTS, Identity
from semverdiff.config import parse_toml
from semverdiff.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.artifact import Artifact
    from semverdiff.packages import GitRepository, Revision

__all__ = ["BALLERINA_LAYOUT", "Layout", "is_any_manifest"]


def is_any_manifest(name: str) -> bool:
    """Return whether a file of that name is the manifest of a package of whatever ecosystem.

    A change set may turn one into another.
    """
    return any(fnmatchcase(name, pattern) for pattern in MANIFESTS.values())


class Layout(Protocol):
    """The layout of the packages of an ecosystem. A folder is a path in a repository, with `/`."""

    def directory_of(self, place: Path, /) -> Path:
        """Return the directory of the package at a place, or the one that an archive lies in."""

    def is_manifest(self, name: str, /) -> bool:
        """Return whether a file of that name is the manifest of the folder that it lies in."""

    def manifest_at(self, repository: GitRepository, revision: Revision, folder: str, /) -> str | None:
        """Return the path of the manifest in a folder of a revision, or None where it has none.

        Raises:
            BaselineError: that cannot be told.

        """

    def manifests_of(self, repository: GitRepository, revision: Revision, /) -> tuple[str, ...] | None:
        """Return the paths of the manifests that the directory has in which a repository was opened.

        Those that it had before a revision under other names come behind; None where that cannot be told.
        """

    def named_by(self, manifest: bytes, path: str, /) -> Identity | None:
        """Return names and version in a manifest; None for one that is broken or lacks one of them."""

    def read_revision(self, repository: GitRepository, revision: Revision, folder: str, /) -> Artifact:
        """Return the package in a folder of a revision. Raise `SemverdiffError` if there is none."""


class _Ballerina:
    _MANIFEST = "Ballerina.toml"

    def directory_of(self, place: Path, /) -> Path:
        directory = place if place.is_dir() else place.parent
        try:
            return packages.find_root(directory)
        except UsageError:
            return directory

    def is_manifest(self, name: str, /) -> bool:
        return name == self._MANIFEST

    def manifest_at(self, repository: GitRepository, revision: Revision, folder: str, /) -> str | None:
        path = join(folder, self._MANIFEST)
        return path if packages.has_file(repository, revision, path) else None

    def manifests_of(self, repository: GitRepository, _revision: Revision, /) -> tuple[str, ...]:
        return (join(repository.folder, self._MANIFEST),)

    def named_by(self, manifest: bytes, _path: str, /) -> Identity | None:
        package = parse_toml(manifest, self._MANIFEST, []).table("package")
        organization, name, version = (package.text(key) for key in ("org", "name", "version"))
        if not organization or not name or not version:
            return None
        return Identity(organization, name, version)

    def read_revision(self, repository: GitRepository, revision: Revision, folder: str, /) -> Artifact:
        return packages.read_revision(repository, revision, folder)


BALLERINA_LAYOUT: Final[Layout] = _Ballerina()
