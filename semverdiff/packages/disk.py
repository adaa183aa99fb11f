"""Files on disk: read if they are regular, bounded and inside where they may lie; written as a whole or not.

A package that is worked on may come from anybody. A link in it may lead to a key or to the token that a CI
system keeps in `.git`, a pipe never ends, and a device is read without an end. So links are followed within
the tree of the package only, and only to files of the same kind; what a path means is decided once, when it
is opened, and not looked up again.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from semverdiff import limits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from io import BufferedReader
    from typing import IO

__all__ = [
    "NEW_FILE_RIGHTS",
    "VERSION_CONTROL",
    "from_here",
    "is_same_kind",
    "list_inside",
    "open_file",
    "open_inside",
    "read_file",
    "read_inside",
    "replace_file",
    "replace_files",
]

VERSION_CONTROL = frozenset({".git", ".hg", ".svn", ".bzr", ".jj", "cvs", "_darcs"})
"""The directories in which version control keeps histories, hooks and credentials, in lower case."""

NEW_FILE_RIGHTS = 0o666
"""What a new file may be used for, before the user's mask."""

# What a link where none may be is called by Linux, by macOS and by others.
_IS_LINK = frozenset({errno.ELOOP, errno.EMLINK, errno.ENOTDIR, getattr(errno, "EFTYPE", errno.ELOOP)})
# The endings of sources, and of texts that are written for everybody.
_KINDS = (".bal", ".md", ".vein")
# Windows has none of these, and Python there opens files as text unless told.
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FILE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_PIECE_BYTES = 2**16
_CAN_DESCEND = bool(_NO_LINK) and os.open in os.supports_dir_fd and os.scandir in os.supports_fd


def read_file(path: Path, most: int = limits.TEXT_BYTES) -> bytes:
    """Return the content of a file that the user names, through whatever links.

    Raises:
        OSError: it cannot be read, is no regular file, or has more than `most` bytes.

    """
    return _content(os.open(path, _FILE), most)


def open_file(path: Path) -> BufferedReader:
    """Open a file that the user names, through whatever links, of any size.

    Raises:
        OSError: it cannot be read, or is no regular file.

    """
    return _regular(os.open(path, _FILE))


def read_inside(root: Path, path: str, bounds: Path, most: int = limits.TEXT_BYTES) -> bytes:
    """Return the content of a file of a package, by its path from `root` with `/` between the parts.

    `root` is resolved. Links may lead to a file of the same kind within the directory `bounds`.

    Raises:
        OSError: as `read_file`, or a link leads elsewhere.

    """
    return _content(_open(root, path, bounds, _FILE), most)


def open_inside(root: Path, path: str, bounds: Path) -> BufferedReader:
    """Open a file of a package, of any size; raise as `read_inside` does."""
    return _regular(_open(root, path, bounds, _FILE))


def replace_file(path: Path, content: bytes | IO[bytes], rights: int = NEW_FILE_RIGHTS) -> None:
    """Write a file so that others see the old one or the new one, never a part, also when the power goes off.

    Its first name is new and cannot be guessed, so that nobody has prepared it. `path` is no link. Of the
    `rights` the user's mask takes away.

    Raises:
        OSError: it cannot be written; then nothing is left of it.

    """
    replace_files([(path, content, rights)])


def replace_files(replacements: Sequence[tuple[Path, bytes | IO[bytes], int]]) -> None:
    """Write files, each with its content and its rights as `replace_file` does: all of them, or none.

    All are on disk under other names before the first gets its own, so that a full disk changes nothing.

    Raises:
        OSError: one cannot be written; then nothing is left of any.

    """
    parts: list[Path] = []
    try:
        for path, content, rights in replacements:
            # In the same folder: a file can be renamed within a file system only.
            part = path.with_name(f".semverdiff-{os.urandom(8).hex()}.part")
            parts.append(part)
            _write_new(part, content, rights)
        for part, (path, _, _) in zip(tuple(parts), replacements, strict=True):
            part.replace(path)
            parts.remove(part)
    except BaseException:  # an interrupt as well leaves nothing behind
        for part in parts:
            with suppress(OSError):
                part.unlink()
        raise


def _write_new(part: Path, content: bytes | IO[bytes], rights: int) -> None:
    """Write a file that is not there yet, as far as to the disk itself."""
    descriptor = os.open(part, _NEW, rights)
    with os.fdopen(descriptor, "wb") as stream:
        if isinstance(content, bytes):
            stream.write(content)
        else:
            while piece := content.read(_PIECE_BYTES):
                stream.write(piece)
        stream.flush()
        os.fsync(descriptor)


def list_inside(root: Path, path: str, bounds: Path) -> tuple[list[str], list[str]]:
    """Return the names of what lies directly in a folder of a package: folders, and everything else.

    Raises:
        OSError: it cannot be read, or a link leads out of the directory `bounds`.

    """
    if not _CAN_DESCEND:
        return _names(_checked(root, path, bounds))
    descriptor = _open(root, path, bounds, _FOLDER)
    try:
        return _names(descriptor)
    finally:
        os.close(descriptor)


def _names(folder: int | Path) -> tuple[list[str], list[str]]:
    folders: list[str] = []
    others: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if len(folders) + len(others) == limits.ARCHIVE_ENTRIES:
                raise OSError(errno.E2BIG, f"it holds more than {limits.ARCHIVE_ENTRIES:,} files and folders")
            (folders if _is_folder(entry) else others).append(entry.name)
    return folders, others


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads in a circle
        return False


def _content(descriptor: int, most: int) -> bytes:
    """Return what a file holds, and close it. A package has hundreds, so that no buffer is made for each."""
    pieces: list[bytes] = []
    length = 0
    try:
        # One byte more than is said, so that most end with the second call. Some say that they are empty.
        size = min(max(_regular_size(descriptor), _PIECE_BYTES), most) + 1
        while length <= most and (piece := os.read(descriptor, size)):
            pieces.append(piece)
            length += len(piece)
    finally:
        os.close(descriptor)
    if length > most:
        raise OSError(errno.EFBIG, f"it has more than {most:,} bytes")
    return b"".join(pieces)


def _regular(descriptor: int) -> BufferedReader:
    try:
        _regular_size(descriptor)
    except OSError:
        os.close(descriptor)
        raise
    return open(descriptor, "rb")


def _regular_size(descriptor: int) -> int:
    """Return how many bytes a regular file says it has; raise `OSError` for anything else."""
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file")
    return status.st_size


def _open(root: Path, path: str, bounds: Path, flags: int) -> int:
    """Return a descriptor of what lies at a path; on the way links are followed as far as they may lead."""
    if not _CAN_DESCEND:
        return os.open(_checked(root, path, bounds), flags)
    try:
        return _descend(root, path, flags)
    except OSError as error:
        if error.errno not in _IS_LINK:
            raise
    target = _checked(root, path, bounds)
    return _descend(bounds, target.relative_to(bounds).as_posix(), flags)


def _descend(folder: Path, path: str, flags: int) -> int:
    """Return a descriptor of what lies at a path below a folder. No part of the path may be a link."""
    *folders, name = [part for part in path.split("/") if part not in {"", "."}] or ["."]
    descriptor = os.open(folder, _FOLDER)
    for part in folders:
        descriptor = _step(descriptor, part, _FOLDER)
    return _step(descriptor, name, flags)


def _step(folder: int, name: str, flags: int) -> int:
    """Return a descriptor of what a folder holds under a name, and close that of the folder."""
    try:
        return os.open(name, flags | _NO_LINK, dir_fd=folder)
    finally:
        os.close(folder)


def _checked(root: Path, path: str, bounds: Path) -> Path:
    """Return where a path leads, after all links; refuse what lies elsewhere or is of another kind."""
    try:
        target = (root / path).resolve(strict=True)
    except (OSError, RuntimeError) as error:  # the latter before Python 3.13
        if isinstance(error, OSError) and error.errno != errno.ELOOP:
            raise
        raise OSError(errno.ELOOP, "it is a link that leads in a circle") from error
    if target == root / path:
        return target
    if not target.is_relative_to(bounds):
        raise OSError(errno.EPERM, f"it is a link out of '{bounds.name}', which is not followed")
    parts = target.relative_to(bounds).parts
    if any(part.lower() in VERSION_CONTROL for part in parts):
        raise OSError(errno.EPERM, "it is a link into the files of version control, which is not followed")
    if not target.is_dir() and not is_same_kind(path, target.name):
        raise OSError(errno.EPERM, f"it is a link to another kind of file, '{target.name}'")
    return target


def is_same_kind(path: str, target: str) -> bool:
    """Return whether a link leads to what its name says: sources and texts to such, others by name."""
    name = path.rpartition("/")[2]
    ending = next((one for one in _KINDS if name.endswith(one)), None)
    return target == name if ending is None else Path(target).suffix == ending


def from_here(path: Path) -> Path:
    """Return a path as it is seen from the working directory; as it is, if it lies on another drive."""
    try:
        return Path(os.path.relpath(path))
    except ValueError:
        return path
