"""The files of a package as far as packing sees them, none through a link, and no more than a limit."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from semverdiff import limits, packages
from semverdiff.errors import ArchiveError, SourceError
from semverdiff.publish.answers import Unknown
from semverdiff.publish.include_patterns import Included, Path, included_paths

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Sequence

    from semverdiff.packages import Tree

__all__ = ["Listings", "PackedFiles", "files_below", "paths_of"]

_TOO_MANY = Unknown(f"the package has more than {limits.PUBLISHED_PATHS:,} files and folders")


class Listings:
    """A tree whose folders are listed once each, however many of their files are asked for."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._names: dict[str, frozenset[str]] = {}

    def has(self, path: str) -> bool:
        """Return whether a file is there. Raise `SourceError` or `ArchiveError` if its folder is closed."""
        folder, _, name = path.rpartition("/")
        if folder not in self._names:
            self._names[folder] = frozenset(self.tree.files(folder))
        return name in self._names[folder]


class PackedFiles:
    """The files that are packed beside the sources; looked for when somebody asks."""

    def __init__(self, tree: Tree, root: pathlib.Path | None, patterns: Sequence[str]) -> None:
        self.patterns = tuple(patterns)
        self._tree = tree
        self._root = root

    @cached_property
    def included(self) -> Included | Unknown:
        """Return what the patterns of `include` pack, of sources."""
        if self._root is None or not self.patterns:
            return Included(())
        paths = paths_of(self._root)
        return paths if isinstance(paths, Unknown) else included_paths(self.patterns, paths)

    @cached_property
    def all(self) -> tuple[str, ...] | Unknown:
        """Return the files of an archive; of sources those in `resources/`, and what `include` names."""
        if self._root is None:
            return files_below(self._tree, "")
        resources = files_below(self._tree, "resources")
        if isinstance(resources, Unknown):
            return resources
        if isinstance(self.included, Unknown):
            return self.included
        return tuple(sorted({*self.included.files, *resources}))


def paths_of(root: pathlib.Path) -> tuple[Path, ...] | Unknown:
    """Return what lies below a directory, but for what version control and builds keep there."""
    found: list[Path] = []
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            entries = os.scandir(root / folder)
        except OSError as error:
            return Unknown(f"the folder '{folder or '.'}' cannot be read: {error.strerror}")
        with entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                is_folder = entry.is_dir(follow_symlinks=False)
                if is_folder and (path == "target" or entry.name.lower() in packages.VERSION_CONTROL):
                    continue
                if len(found) == limits.PUBLISHED_PATHS or len(path) > limits.PATH_CHARACTERS:
                    return _TOO_MANY
                found.append(Path(path, is_folder))
                if is_folder:
                    folders.append(path)
    return tuple(sorted(found, key=lambda one: one.path))


def files_below(tree: Tree, folder: str) -> tuple[str, ...] | Unknown:
    """Return the paths of the files in a folder of a tree and in those below it."""
    found: list[str] = []
    folders = [folder]
    count = 0
    while folders:
        above = folders.pop()
        prefix = f"{above}/" if above else ""
        try:
            files, below = tree.files(above), tree.folders(above)
        except (SourceError, ArchiveError) as error:
            return Unknown(str(error))
        count += len(files) + len(below)
        # A link may lead to a folder around it: the paths get longer, and never end.
        if count > limits.PUBLISHED_PATHS or len(prefix) > limits.PATH_CHARACTERS:
            return _TOO_MANY
        found += [f"{prefix}{name}" for name in files]
        folders += [f"{prefix}{name}" for name in below]
    return tuple(sorted(found))
