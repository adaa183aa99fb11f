"""Single files of git revisions: what decided about a package there, and how it was called before."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.errors import BaselineError
from semverdiff.packages.git_commands import COMMITS, PATHS, REMOVED, ask
from semverdiff.packages.git_objects import list_entries, read_objects
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from semverdiff.packages.git_objects import Entry
    from semverdiff.packages.git_repository import GitRepository, Revision

__all__ = [
    "Followed",
    "commits_of",
    "file_at",
    "files_named",
    "follow",
    "has_file",
    "object_at",
    "removed_files",
]


def has_file(repository: GitRepository, revision: Revision, path: str) -> bool:
    """Return whether a revision has a file, by its path from the root. Raises as `file_at` does."""
    entry = _entry(repository, revision, path)
    return entry is not None and entry.is_file


def file_at(repository: GitRepository, revision: Revision, path: str) -> bytes | None:
    """Return a file of a revision by its path from the root, or None where there is none.

    A link is followed inside the repository, as it is on disk.

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
        if not entry.is_file:
            raise BaselineError(f"{shown} is no file")
        if entry.size > limits.TEXT_BYTES:
            raise BaselineError(f"{shown} is too large: expected at most {limits.TEXT_BYTES:,} bytes")
        content = _content(repository, entry, shown)
        if not entry.is_link:
            return content
        place = _joined(posixpath.dirname(place), content)
        if _leads_out(place):
            raise BaselineError(f"{shown} is a link out of the repository")
    raise BaselineError(f"{shown} is a link that leads in a circle")


def object_at(repository: GitRepository, revision: Revision, path: str) -> str | None:
    """Return the id of what a path from the root leads to in a revision, or None where nothing is there.

    Links on the way are followed inside the repository. One that leads out of it, or in a circle, has its own
    id: it says where.

    Raises:
        BaselineError: what is there is not on this machine.

    """
    found = follow(repository, revision, path)
    if found.place in {"", "."}:
        return revision.commit
    reached = found.entry or found.link
    return None if reached is None else reached.oid


class Followed(msgspec.Struct, frozen=True):
    """Where a path leads once its links are followed: a place from the root, and what is there, if anything.

    `link` is the one that was not followed, because it leads out of the repository or in a circle.
    """

    place: str
    entry: Entry | None = None
    link: Entry | None = None


def follow(repository: GitRepository, revision: Revision, path: str) -> Followed:
    """Return where a path from the root leads in a revision; links are followed inside the repository.

    Raises:
        BaselineError: what is there is not on this machine.

    """
    place, link = path, None
    for _ in range(limits.GIT_LINKS):
        if place in {"", "."}:
            return Followed(place)
        found = _first_link(repository, revision, place)
        if found is None:
            return Followed(place, _entry(repository, revision, place))
        at, link = found
        shown = f"{quote(at)} of the git revision {quote(revision.name)}"
        place = _joined(posixpath.dirname(at), _content(repository, link, shown), place[len(at) + 1 :])
        if _leads_out(place) or len(place) > limits.PATH_CHARACTERS:
            break
    return Followed(path, link=link)


def _first_link(repository: GitRepository, revision: Revision, path: str) -> tuple[str, Entry] | None:
    """Return the first part of a path that is a link, and where that is; None if there is none."""
    parts = path.split("/")
    for length in range(1, len(parts) + 1):
        place = "/".join(parts[:length])
        entry = _entry(repository, revision, place)
        if entry is None:
            return None
        if entry.is_link:
            return place, entry
    return None


def _content(repository: GitRepository, entry: Entry, shown: str) -> bytes:
    contents = read_objects(repository, (entry.oid,))
    if contents is None or contents[0] is None:
        raise BaselineError(f"{shown} is not on this machine (a partial clone)")
    return contents[0]


def _joined(folder: str, target: bytes, rest: str = "") -> str:
    """Return where a link in a folder leads, and the rest of a path from there."""
    return posixpath.normpath(posixpath.join(folder, target.decode(errors="surrogateescape"), rest))


def _leads_out(path: str) -> bool:
    return path == ".." or path.startswith(("/", "../"))


def _entry(repository: GitRepository, revision: Revision, path: str) -> Entry | None:
    """Return what a revision has at a path, or None. No part of the way may be a link.

    Raises:
        BaselineError: it cannot be told.

    """
    found = list_entries(repository, revision.commit, path)
    if found is None:
        raise BaselineError(
            f"whether the git revision {quote(revision.name)} has {quote(path)} cannot be told, as not all "
            "of it is on this machine (a partial clone): fetch all with 'git fetch --refetch --no-filter "
            "origin'"
        )
    return found.get(path)


def files_named(
    repository: GitRepository, revision: Revision, has_name: Callable[[str], bool], folder: str = ""
) -> tuple[str, ...] | None:
    """Return the paths of the files in a folder of a revision, or below it, that have such a name.

    None where there are too many.
    """
    output = repository.ask(PATHS, revision.commit, *(("--", f"{folder}/") if folder else ())).output
    if output is None:
        return None
    paths = (path.decode(errors="surrogateescape") for path in output.split(b"\0")[:-1])
    return tuple(path for path in paths if has_name(path.rpartition("/")[2]))


def commits_of(repository: GitRepository, revision: Revision, path: str) -> tuple[str, ...] | None:
    """Return the commits up to a revision that changed a file, the newest first; None where git fails."""
    output = repository.ask(COMMITS, revision.commit, "--", path).output
    return None if output is None else tuple(output.decode().split())


def removed_files(repository: GitRepository, commits: Sequence[str]) -> tuple[str, ...] | None:
    """Return the paths of the files that commits removed or renamed, those of the first ones first.

    None where git fails, or where there are too many.
    """
    given = "".join(f"{commit}\n" for commit in commits).encode()
    output = ask(repository.git, repository.directory, REMOVED, given=given).output
    if output is None:
        return None
    return tuple(dict.fromkeys(path.decode(errors="surrogateescape") for path in output.split(b"\0")[:-1]))
