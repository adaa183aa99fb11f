"""Single files of git revisions: what decided about a package there, and how it was called before."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from semverdiff import limits
from semverdiff.errors import BaselineError
from semverdiff.packages.git_commands import COMMITS, CONTENTS, FOLDERS, PATHS, ask
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.packages.git_repository import GitRepository, Revision

__all__ = ["commits_of", "file_at", "files_named", "object_at", "read_objects"]

_LINK = "120000"
_SUBMODULE = "160000"
_FILE = b"blob"
_MISSING = 2  # `<name> missing` instead of `<id> <type> <size>`


def file_at(repository: GitRepository, revision: Revision, path: str) -> bytes | None:
    """Return a file of a revision by its path from the root, or None where there is none.

    Links are followed inside the repository, as they are on disk.

    Raises:
        BaselineError: it is no file, too large, not on this machine, or a link out of the repository.

    """
    shown = f"{quote(path)} of the git revision {quote(revision.name)}"
    place = path
    for _ in range(limits.GIT_LINKS):
        entry = _entry(repository, revision, place)
        if entry is None and place == path:
            return None
        if entry is None:
            raise BaselineError(f"{shown} is a link that leads nowhere")
        mode, oid, size = entry
        if mode == _SUBMODULE or not size.isdecimal():
            raise BaselineError(f"{shown} is no file")
        if int(size) > limits.TEXT_BYTES:
            raise BaselineError(f"{shown} is too large: expected at most {limits.TEXT_BYTES:,} bytes")
        contents = read_objects(repository, (oid,))
        if contents is None or contents[0] is None:
            raise BaselineError(f"{shown} is not on this machine (a partial clone)")
        if mode != _LINK:
            return contents[0]
        target = contents[0].decode(errors="surrogateescape")
        place = posixpath.normpath(posixpath.join(posixpath.dirname(place), target))
        if place == ".." or place.startswith(("/", "../")):
            raise BaselineError(f"{shown} is a link out of the repository")
    raise BaselineError(f"{shown} is a link that leads in a circle")


def _entry(repository: GitRepository, revision: Revision, path: str) -> tuple[str, str, str] | None:
    """Return mode, id and size of what a revision has at a path."""
    folder, _, name = path.rpartition("/")
    # After the colon everything is a path: nothing in it can be an option or a pattern.
    entries = repository.ask(FOLDERS, f"{revision.commit}:{folder}").output or b""
    for line in entries.split(b"\0")[:-1]:
        facts, _, found = line.partition(b"\t")
        if found.decode(errors="surrogateescape") == name:
            mode, _, oid, size = facts.decode().split()
            return mode, oid, size
    return None


def object_at(repository: GitRepository, revision: Revision, path: str) -> str | None:
    """Return the id of the file or folder that a revision has at a path from the root, or None."""
    entry = _entry(repository, revision, path)
    return None if entry is None else entry[1]


def files_named(repository: GitRepository, revision: Revision, name: str) -> tuple[str, ...]:
    """Return the paths of all files of that name in a revision; none where these are too many to list."""
    output = repository.ask(PATHS, revision.commit).output or b""
    paths = (path.decode(errors="surrogateescape") for path in output.split(b"\0")[:-1])
    return tuple(path for path in paths if path.rpartition("/")[2] == name)


def commits_of(repository: GitRepository, revision: Revision, path: str) -> tuple[str, ...] | None:
    """Return the commits up to a revision that changed a file, the newest first; None where git fails."""
    output = repository.ask(COMMITS, revision.commit, "--", path).output
    return None if output is None else tuple(output.decode().split())


def read_objects(repository: GitRepository, names: Sequence[str]) -> tuple[bytes | None, ...] | None:
    """Return the contents of files, each named by its id or as `COMMIT:PATH`, None for what is no file.

    A name with a line break names nothing. None instead of all of them: git failed, or they are too large.
    """
    asked = [name for name in names if "\n" not in name]
    given = "".join(f"{name}\n" for name in asked).encode(errors="surrogateescape")
    answer = ask(repository.git, repository.directory, CONTENTS, given=given, most=limits.TEXTS_BYTES)
    if answer.output is None:
        return None
    found = dict(zip(asked, _objects(answer.output), strict=False))
    return tuple(found.get(name) for name in names)


def _objects(output: bytes) -> list[bytes | None]:
    """Return what `cat-file --batch` prints: `<id> <type> <size>` and the bytes, or `<name> missing`."""
    found: list[bytes | None] = []
    at = 0
    while at < len(output):
        end = output.index(b"\n", at)
        words = output[at:end].rsplit(b" ", 2)
        at = end + 1
        if len(words) <= _MISSING or not words[-1].isdigit():
            found.append(None)
            continue
        size = int(words[-1])
        found.append(output[at : at + size] if words[1] == _FILE else None)
        at += size + 1
    return found
