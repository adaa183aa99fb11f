"""Where files lie: one view on a directory, an archive or a revision, so that layouts are read once."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Protocol

import msgspec

from semverdiff.errors import Mistake, SourceError
from semverdiff.packages.disk import list_inside, open_inside, read_inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from typing import IO

__all__ = ["DiskTree", "EditedTree", "Folder", "ListedTree", "Tree", "folders_of", "open_listed"]


class Tree(Protocol):
    """Files by paths that are relative to the root and use `/`; the root itself is the empty path.

    Listings are sorted and name what lies directly inside; a folder that is absent is empty. `read`
    raises `SourceError` or `ArchiveError`.
    """

    @property
    def label(self) -> str:
        """Return the last part of the tree's name (`shop.bala`), for messages."""

    def files(self, folder: str) -> tuple[str, ...]:
        """Return the names of the files directly inside a folder."""

    def folders(self, folder: str) -> tuple[str, ...]:
        """Return the names of the folders directly inside a folder."""

    def read(self, path: str) -> bytes:
        """Return the content of a file that was listed."""


class Folder(msgspec.Struct, frozen=True):
    """What lies directly inside one folder, sorted."""

    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


class ListedTree(msgspec.Struct, frozen=True):
    """A tree whose paths are all known at the start (an archive, a revision)."""

    label: str
    listing: Mapping[str, Folder]
    read_file: Callable[[str], bytes]

    def files(self, folder: str) -> tuple[str, ...]:
        """Return the names of the files directly inside a folder."""
        return self.listing.get(folder, Folder()).files

    def folders(self, folder: str) -> tuple[str, ...]:
        """Return the names of the folders directly inside a folder."""
        return self.listing.get(folder, Folder()).folders

    def read(self, path: str) -> bytes:
        """Return the content of a file that was listed."""
        return self.read_file(path)


class DiskTree(msgspec.Struct, frozen=True):
    """The files below a directory, which is resolved.

    People share sources through links: these are followed within the directory `bounds`, and refused where
    they lead out of it.
    """

    root: Path
    bounds: Path

    @property
    def label(self) -> str:
        """Return the directory's own name."""
        return self.root.name

    def files(self, folder: str) -> tuple[str, ...]:
        """Return the names of everything but folders; a link that leads nowhere fails when it is read."""
        return tuple(sorted(self._names(folder)[1]))

    def folders(self, folder: str) -> tuple[str, ...]:
        """Return the names of the folders directly inside a folder."""
        return tuple(sorted(self._names(folder)[0]))

    def read(self, path: str) -> bytes:
        """Return the content of a regular file; a pipe or a device would never end."""
        try:
            return read_inside(self.root, path, self.bounds)
        except OSError as error:
            raise _unreadable(path, error) from error

    def _names(self, folder: str) -> tuple[list[str], list[str]]:
        try:
            return list_inside(self.root, folder, self.bounds)
        except (FileNotFoundError, NotADirectoryError):
            return [], []
        except OSError as error:
            raise _unreadable(folder or ".", error) from error


class EditedTree(msgspec.Struct, frozen=True):
    """A tree in which some files have another content than they have where they lie."""

    tree: Tree
    edited: Mapping[str, bytes]

    @property
    def label(self) -> str:
        """Return the last part of the tree's name."""
        return self.tree.label

    def files(self, folder: str) -> tuple[str, ...]:
        """Return the names of the files directly inside a folder."""
        return self.tree.files(folder)

    def folders(self, folder: str) -> tuple[str, ...]:
        """Return the names of the folders directly inside a folder."""
        return self.tree.folders(folder)

    def read(self, path: str) -> bytes:
        """Return the content that a file is to have."""
        return self.edited[path] if path in self.edited else self.tree.read(path)


def open_listed(tree: Tree, path: str) -> IO[bytes]:
    """Open a file of a tree, on disk one of any size; raise as the tree's `read` does."""
    if not isinstance(tree, DiskTree):
        return BytesIO(tree.read(path))
    try:
        return open_inside(tree.root, path, tree.bounds)
    except OSError as error:
        raise _unreadable(path, error) from error


def folders_of(paths: Iterable[str]) -> dict[str, Folder]:
    """Return the folders that a list of file paths makes up."""
    files: dict[str, set[str]] = {"": set()}
    folders: dict[str, set[str]] = {"": set()}
    for path in paths:
        folder, _, name = path.rpartition("/")
        _enter(folder, files, folders)
        files[folder].add(name)
    return {
        folder: Folder(tuple(sorted(names)), tuple(sorted(folders[folder])))
        for folder, names in files.items()
    }


def _enter(folder: str, files: dict[str, set[str]], folders: dict[str, set[str]]) -> None:
    """Make a folder known, and the folders around it as far as they are new."""
    while folder not in files:
        files[folder] = set()
        folders.setdefault(folder, set())
        parent, _, name = folder.rpartition("/")
        folders.setdefault(parent, set()).add(name)
        folder = parent


def _unreadable(path: str, error: OSError) -> SourceError:
    why = error.strerror or type(error).__name__
    return SourceError(mistakes=(Mistake(f"'{path}' cannot be read: {why}.", file=path),))
