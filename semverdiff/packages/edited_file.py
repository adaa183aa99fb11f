"""A file of a project that a command edits: what it held, and what is written in its place.

The file is replaced as a whole or not at all, keeps its rights, and is found through links only as far as the
files of a package are. Nothing is written over what somebody else wrote in the meantime.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from semverdiff.errors import SemverdiffError, UsageError
from semverdiff.packages.disk import NEW_FILE_RIGHTS, read_inside, replace_files
from semverdiff.packages.workspace import bounds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["EditedFile", "open_edited", "write_edited"]

_ANY_MAY_WRITE = 0o222


class EditedFile(msgspec.Struct, frozen=True):
    """A file by its name in a directory, and what it held when it was read; None where there was none.

    A link may lead to it within the directory `bounds`.
    """

    directory: Path
    name: str
    content: bytes | None
    bounds: Path


def open_edited(directory: Path, name: str, workspace: Path | None = None) -> EditedFile:
    """Return a file that is to be edited; `workspace` is as in `bounds_of`.

    Raises:
        UsageError: it cannot be read, or a link leads out of the project.

    """
    root = directory.resolve()
    bounds = bounds_of(root, workspace)
    return EditedFile(root, name, _content(root, name, bounds), bounds)


def write_edited(edits: Sequence[tuple[EditedFile, bytes]]) -> None:
    """Write files that were read before: none of them if one must not be, or cannot be, written.

    Raises:
        UsageError: one is read-only.
        SemverdiffError: one was changed in the meantime, or cannot be written.

    """
    for file, _ in edits:
        _require_writable(file)
    targets = [_target(file) for file, _ in edits]
    contents = [content for _, content in edits]
    try:
        replace_files(
            [(path, content, rights) for (path, rights), content in zip(targets, contents, strict=True)]
        )
        for (path, rights), (file, _) in zip(targets, edits, strict=True):
            # What the user's mask took away.
            if file.content is not None and stat.S_IMODE(path.stat().st_mode) != rights:
                path.chmod(rights)
    except OSError as error:
        names = dict.fromkeys(f"'{file.name}'" for file, _ in edits)
        raise SemverdiffError(f"{', '.join(names)} cannot be written: {error.strerror}") from error


def _require_writable(file: EditedFile) -> None:
    if _content(file.directory, file.name, file.bounds) != file.content:
        raise SemverdiffError(
            f"'{file.name}' was changed in the meantime, and nothing is written: run the command again"
        )
    target = file.directory / file.name
    if file.content is not None and not (
        target.stat().st_mode & _ANY_MAY_WRITE and os.access(target, os.W_OK)
    ):
        raise UsageError(f"'{file.name}' is read-only, and nothing is written: let it be written to")


def _target(file: EditedFile) -> tuple[Path, int]:
    """Return where a file lies, after links, and its rights."""
    path = file.directory / file.name
    if file.content is None:
        return path, NEW_FILE_RIGHTS
    target = Path(os.path.realpath(path))
    return target, stat.S_IMODE(target.stat().st_mode)


def _content(root: Path, name: str, bounds: Path) -> bytes | None:
    if not os.path.lexists(root / name):
        return None
    try:
        return read_inside(root, name, bounds)
    except OSError as error:
        raise UsageError(f"'{name}' cannot be read: {error.strerror}") from error
