"""What is to be published, as the rules see it: the package, its files, and what is known around it."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

import msgspec

from semverdiff import config, packages
from semverdiff.artifact import ManifestPlace
from semverdiff.publish.answers import Unknown
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import IO

    from semverdiff.config import KeyPath, Table
    from semverdiff.packages import ManifestPlaces, Package, Tree
    from semverdiff.publish.answers import Problem
    from semverdiff.publish.files import Listings, PackedFiles
    from semverdiff.publish.published import PublishedPackages

__all__ = ["Location", "Publication", "absent", "manifest_table", "outside", "place_in"]

_IN_TOML, _IN_JSON = "Ballerina.toml", "package.json"
# Where package.json has another name for a key of Ballerina.toml.
_JSON_KEYS = {"org": "organization", "license": "licenses", "repository": "source_repository"}


class Location(msgspec.Struct, frozen=True):
    """A file of a package: the files that it is one of, and its path there."""

    listings: Listings
    path: str

    def exists(self) -> bool:
        """Return whether the file is there. Raise `SourceError` or `ArchiveError` if its folder is closed."""
        return self.listings.has(self.path)

    def read(self) -> bytes:
        """Return what the file holds. Raise `SourceError` or `ArchiveError`."""
        return self.listings.tree.read(self.path)

    def start(self, count: int) -> bytes:
        """Return the first bytes of the file. Raise `SourceError` or `ArchiveError`."""
        with self.open() as stream:
            return stream.read(count)

    def open(self) -> IO[bytes]:
        """Open the file. Raise `SourceError` or `ArchiveError`."""
        return packages.open_listed(self.listings.tree, self.path)


class Publication(msgspec.Struct, frozen=True):
    """A package that is to be published.

    `listings` hold its files: those of the directory `root`, links from which may lead to anything within
    `bounds`, or those of an archive, for which `root` is None. `surroundings` hold the files of `bounds`.
    `manifest` is the Ballerina.toml or the package.json; `places` are those in it and in the file of
    dependencies, each read once. `baseline` is the published package, where there is one. `sources` are
    those that an archive was built from, if they lie beside it. `version_of_member` returns the version of a
    package of the same workspace by organization and name, None if there is none.
    """

    package: Package
    manifest: Table
    listings: Listings
    files: PackedFiles
    published: PublishedPackages
    places: ManifestPlaces
    version_of_member: Callable[[tuple[str, str]], str | None]
    baseline: Package | None = None
    root: Path | None = None
    bounds: Path | None = None
    surroundings: Listings | None = None
    sources: Package | Unknown | None = None

    @property
    def tree(self) -> Tree:
        """Return the files of the package."""
        return self.listings.tree

    @property
    def is_archive(self) -> bool:
        """Return whether a built `.bala` is looked at, and not sources."""
        return self.package.provenance.source == "bala"

    @property
    def metadata(self) -> Mapping[str, str]:
        """Return the descriptive entries of the manifest by their names in package.json."""
        return dict(self.package.manifest.metadata)

    def place(self, key: str) -> ManifestPlace:
        """Return the place of a key of `[package]`, or of the table that it would stand in."""
        if self.manifest.document.file == _IN_JSON:
            return place_in(self.manifest, (_JSON_KEYS.get(key, key),))
        return place_in(self.manifest, ("package", key))

    def locate(self, path: str) -> Location | None:
        """Return the file at a path that the manifest names, or None where nothing is looked for.

        That is outside of the repository that the package lies in.
        """
        inside = posixpath.normpath(path)
        if not inside.startswith(("../", "/")) and inside not in {"..", "."}:
            return Location(self.listings, inside)
        if self.root is None or self.bounds is None or self.surroundings is None:
            return None
        if self.root == self.bounds or inside.startswith("/"):
            return None
        below = posixpath.normpath(posixpath.join(self.root.relative_to(self.bounds).as_posix(), inside))
        return None if below.startswith("..") else Location(self.surroundings, below)


def outside(what: str, path: str) -> Unknown:
    """Return that a file is not known, for which `locate` found no place to look."""
    return Unknown(f"{what} {quote(path)} lies outside of the repository, where nothing is looked for")


def absent(publication: Publication, what: str, path: str, problem: Problem) -> Iterator[Problem | Unknown]:
    """Yield the problem that a file which the manifest names does not exist, or that this is not known."""
    location = publication.locate(path)
    if location is None:
        yield outside(what, path)
    elif not location.exists():
        yield problem


def place_in(table: Table, keys: KeyPath) -> ManifestPlace:
    """Return the place of a key below a table, or of the closest that is written."""
    line, column = table.document.places().closest((*table.path, *keys)) or (1, 1)
    return ManifestPlace(table.document.file, line, column)


def manifest_table(package: Package) -> Table:
    """Return the manifest of a package; what is wrong in it was told when it was read."""
    found = {file.path: file.content for file in package.manifests}
    if _IN_TOML not in found and _IN_JSON in found:
        return packages.parse_json(found[_IN_JSON], _IN_JSON, [])
    return config.parse_toml(found.get(_IN_TOML, b""), _IN_TOML, [])
