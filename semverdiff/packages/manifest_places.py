"""Where a manifest says what it says: the line and column of a key. Asked only for what a report quotes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from semverdiff import config, packages
from semverdiff.artifact import ManifestPlace
from semverdiff.enums import StrEnum

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from semverdiff.config import KeyPath, Table
    from semverdiff.packages.model import Package

__all__ = ["ManifestKey", "ManifestPlaces"]


class ManifestKey(StrEnum):
    """What a manifest says about the package as a whole, under one name or another."""

    ORGANIZATION = "organization"
    NAME = "name"
    VERSION = "version"
    VISIBILITY = "visibility"
    PLATFORM = "platform"
    GRAALVM_COMPATIBLE = "graalvm-compatible"
    EXPORT = "export"
    DISTRIBUTION = "distribution"
    LIBRARIES = "libraries"
    LICENSE = "licenses"
    AUTHORS = "authors"
    KEYWORDS = "keywords"
    REPOSITORY = "source_repository"
    DESCRIPTION = "description"
    ICON = "icon"
    TEMPLATE = "template"


# Ballerina.toml and package.json have other names for some.
_IN_TOML: dict[ManifestKey, tuple[KeyPath, ...]] = {
    ManifestKey.ORGANIZATION: (("package", "org"),),
    ManifestKey.PLATFORM: (("platform",),),
    ManifestKey.GRAALVM_COMPATIBLE: (("platform",),),
    ManifestKey.LIBRARIES: (("platform",),),
    ManifestKey.EXPORT: (("package", "export"), ("package", "modules")),
    ManifestKey.LICENSE: (("package", "license"),),
    ManifestKey.REPOSITORY: (("package", "repository"),),
}
_IN_JSON: dict[ManifestKey, tuple[KeyPath, ...]] = {
    ManifestKey.GRAALVM_COMPATIBLE: (("graalvmCompatible",),),
    ManifestKey.LIBRARIES: (("platformDependencies",),),
    ManifestKey.DISTRIBUTION: (("ballerina_version",),),
}
# And the header of an API file.
_IN_API_FILE = {
    ManifestKey.VERSION: "version",
    ManifestKey.VISIBILITY: "visibility",
    ManifestKey.PLATFORM: "platform",
    ManifestKey.GRAALVM_COMPATIBLE: "graalvm",
    ManifestKey.EXPORT: "exported-by",
    ManifestKey.DISTRIBUTION: "distribution",
    ManifestKey.LIBRARIES: "library",
}
_API_FILE_PACKAGE = "package"


class ManifestPlaces:
    """The places in the manifests of one package, which are read when the first is asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._files = {file.path: file.content for file in package.manifests}

    def of(self, keys: Sequence[ManifestKey]) -> ManifestPlace | None:
        """Return the place of the first key that is written, else of the table that would hold it.

        `None` where the package has no manifest, as one that a program has put together.
        """
        if self._package.is_api_file:
            words = (*(_IN_API_FILE[key] for key in keys if key in _IN_API_FILE), _API_FILE_PACKAGE)
            return next(filter(None, (self._line(f"{word}: ") for word in words)), None)
        manifest = self._manifest
        if manifest is None:
            return None
        is_toml = manifest.document.file.endswith(".toml")
        paths = [path for key in keys for path in _paths(key, is_toml=is_toml)]
        # The table that a key would stand in comes last.
        paths += [("package",)] if is_toml else [("name",)]
        places = manifest.document.places()
        found = next((place for path in paths if (place := places.find(path)) is not None), (1, 1))
        return ManifestPlace(manifest.document.file, *found)

    def of_dependency(self, name: str) -> ManifestPlace | None:
        """Return where the version of a dependency, `org/name`, stands, or else its entry."""
        if self._package.is_api_file:
            return self._line(f"dependency: {name} ") or self._line(f"locked: {name} ")
        if self._dependencies is None:
            return None
        table, paths = self._dependencies
        found = table.document.places().closest(paths[name]) if name in paths else None
        return None if found is None else ManifestPlace(table.document.file, *found)

    def _line(self, start: str) -> ManifestPlace | None:
        """Return the line of an API file that begins like that."""
        for name, content in self._files.items():
            for number, line in enumerate(content.decode().split("\n"), 1):
                if line.startswith(start):
                    return ManifestPlace(name, number, 1)
        return None

    @cached_property
    def _manifest(self) -> Table | None:
        return self._table("Ballerina.toml") or self._table("package.json")

    @cached_property
    def _dependencies(self) -> tuple[Table, dict[str, KeyPath]] | None:
        """Return the file that names the dependencies, and the ways to their versions by `org/name`."""
        is_resolved = self._package.manifest.dependencies_resolved
        file = next((one for one in _files_of_dependencies(resolved=is_resolved) if one in self._files), None)
        table = None if file is None else self._table(file)
        if table is None:
            return None
        # The first entry counts: a graph names a package wherever it is needed.
        found: dict[str, KeyPath] = {}
        for entry in _entries(table, self._package.name):
            found.setdefault(f"{entry.text('org')}/{entry.text('name')}", (*entry.path, "version"))
        return table, found

    def _table(self, file: str) -> Table | None:
        if file not in self._files:
            return None
        # What is wrong in it was told when the package was read.
        parse = config.parse_toml if file.endswith(".toml") else packages.parse_json
        return parse(self._files[file], file, [])


def _paths(key: ManifestKey, *, is_toml: bool) -> tuple[KeyPath, ...]:
    if is_toml:
        return _IN_TOML.get(key, (("package", key.value),))
    return _IN_JSON.get(key, ((key.value,),))


def _files_of_dependencies(*, resolved: bool) -> tuple[str, ...]:
    return ("Dependencies.toml", "dependency-graph.json") if resolved else ("Ballerina.toml",)


def _entries(table: Table, name: str) -> Iterator[Table]:
    """Yield the entries of packages; those that a graph has for the package of that name come first."""
    match table.document.file:
        case "Dependencies.toml":
            yield from table.tables("package")
        case "Ballerina.toml":
            yield from table.tables("dependency")
        case _:
            nodes = table.tables("packages")
            for node in nodes:
                if node.text("name") == name:
                    yield from node.tables("dependencies")
            yield from nodes
