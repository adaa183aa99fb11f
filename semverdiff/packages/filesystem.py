"""A tree of files in a directory, read when asked for."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import msgspec

from semverdiff.errors import Mistake, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["DiskTree"]


class DiskTree(msgspec.Struct, frozen=True):
    """The files below a directory.

    People share sources through links, so a package that is worked on may link anywhere. What came
    out of somebody's archive may not: a `confined` tree refuses links that lead out of it.
    """

    root: Path
    confined: bool = False

    @property
    def label(self) -> str:
        """The directory's own name; `.` and `..` are names of no directory."""
        return self.root.resolve().name

    def files(self, folder: str) -> tuple[str, ...]:
        """Return the names of everything but folders; a link that leads nowhere fails when it is read."""
        return tuple(sorted(entry.name for entry in self._entries(folder) if not entry.is_dir()))

    def folders(self, folder: str) -> tuple[str, ...]:
        """Return the names of the folders directly inside a folder."""
        return tuple(sorted(entry.name for entry in self._entries(folder) if entry.is_dir()))

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


def _unreadable(path: str, why: str) -> SourceError:
    return SourceError(mistakes=(Mistake(f"'{path}' cannot be read: {why}.", file=path),))
