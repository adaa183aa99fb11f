"""Where files lie: one view on a directory, an archive or a revision, so that layouts are read once."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from semverdiff.errors import Mistake, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = ["DiskTree", "Folder", "ListedTree", "Tree", "folders_of"]


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


class DiskTree(msgspec.Struct, frozen=True):
    """The files below a directory.

    People share sources through links, so a package that is worked on may link anywhere. What came
    out of somebody's archive may not: a `confined` tree refuses links that lead out of it.
    """

    root: Path
    confined: bool = False

    @property
    def label(self) -> str:
        """Return the directory's own name; `.` and `..` are names of no directory."""
        return self.root.resolve().name

    def files(self, folder: str) -> tuple[str, ...]:
        """Return the names of everything but folders; a link that leads nowhere fails when it is read."""
        return tuple(sorted(entry.name for entry in self._entries(folder) if not _is_folder(entry)))

    def folders(self, folder: str) -> tuple[str, ...]:
        """Return the names of the folders directly inside a folder."""
        return tuple(sorted(entry.name for entry in self._entries(folder) if _is_folder(entry)))

    def read(self, path: str) -> bytes:
        """Return the content of a regular file; a pipe or a device would never end."""
        self._refuse_escape(path)
        full = self.root / path
        try:
            if not stat.S_ISREG(full.stat().st_mode):
                raise _unreadable(path, "it is not a regular file")
            return full.read_bytes()
        except OSError as error:
            raise _unreadable(path, error.strerror or type(error).__name__) from error

    def _entries(self, folder: str) -> Iterator[os.DirEntry[str]]:
        self._refuse_escape(folder)
        try:
            with os.scandir(self.root / folder) as entries:
                yield from entries
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise _unreadable(folder or ".", error.strerror or type(error).__name__) from error

    def _refuse_escape(self, path: str) -> None:
        if not self.confined:
            return
        root = self.root.resolve()
        # Also a loop of links is found here: not strict, `resolve` raises RuntimeError before Python 3.13.
        try:
            inside = (root / path).resolve().is_relative_to(root)
        except (OSError, RuntimeError) as error:
            raise _unreadable(path, "it is a link that leads in a circle") from error
        if not inside:
            raise _unreadable(path, "it is a link out of the directory, which is not followed")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is a folder; a link in a circle is none, and fails when it is read."""
    try:
        return entry.is_dir()
    except OSError:
        return False


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


def _unreadable(path: str, why: str) -> SourceError:
    return SourceError(mistakes=(Mistake(f"'{path}' cannot be read: {why}.", file=path),))
