"""Where files lie: one view on a directory, an archive, or a revision, so that layouts are read once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["Folder", "ListedTree", "Tree", "folders_of"]


class Tree(Protocol):
    """Files by paths that are relative to the root and use `/`; the root itself is the empty path.

    Listings are sorted and name what lies directly inside; a folder that is absent is empty. `read`
    raises `SourceError` or `ArchiveError`.
    """

    @property
    def label(self) -> str:
        """The last part of the tree's name (`shop.bala`), good for messages."""

    def files(self, folder: str) -> tuple[str, ...]:
        """Return the names of the files directly inside a folder."""

    def folders(self, folder: str) -> tuple[str, ...]:
        """Return the names of the folders directly inside a folder."""

    def read(self, path: str) -> bytes:
        """Return the content of a file that was listed."""


class Folder(NamedTuple):
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
