"""Where measurements take Ballerina sources from: the commit of a clone, its release tags, or a folder.

A clone may be bare: its files are read from the repository, never from a work tree.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Source", "find_repository", "folder_at", "head", "released", "repository_name", "sources"]

# Where a repository may lie in a folder of them: a clone or a bare one, with or without its owner.
_PLACES = ("{name}", "{name}.git", "*+{name}/repo", "*+{name}")

# What a package publishes: its root and its modules, never its tests and examples.
_NOT_LIBRARY = frozenset(
    {"tests", "test", "examples", "load-tests", "integration-tests", "test-resources", "resources"}
)


class Source(msgspec.Struct, frozen=True):
    """One file. `place` is its path within the folder, behind the tag if it was read at one."""

    place: str
    content: bytes


def sources(folder: Path, suffix: str = ".bal") -> Iterator[Source]:
    """Yield the files with this suffix of a clone at its commit, or of a plain folder."""
    if head(folder) is None:
        for path in sorted(folder.rglob(f"*{suffix}")):
            yield Source(path.relative_to(folder).as_posix(), path.read_bytes())
    else:
        yield from _blobs(folder, dict(_listed(folder, "HEAD", suffix)).items())


def released(folder: Path, since: str) -> Iterator[Source]:
    """Yield the library sources of all release tags since a day, every distinct file once."""
    places: dict[str, str] = {}
    for tag in _tags(folder, since):
        for blob, path in _listed(folder, tag):
            if not _NOT_LIBRARY.intersection(path.split("/")[:-1]) and "test" not in path.split("/")[0]:
                places.setdefault(blob, f"{tag}:{path}")
    yield from _blobs(folder, places.items())


def folder_at(repository: Path, tag: str, folder: str) -> Iterator[Source]:
    """Yield all files below a folder of a repository at a tag, by their paths in that folder."""
    listed = ((blob, path) for blob, path in _listed(repository, tag, "") if path.startswith(f"{folder}/"))
    yield from _blobs(repository, ((blob, path.removeprefix(f"{folder}/")) for blob, path in listed))


def find_repository(folder: Path, name: str) -> Path | None:
    """Return where the repository of that name lies in a folder of repositories; None if it does not."""
    found = (place for pattern in _PLACES for place in sorted(folder.glob(pattern.format(name=name))))
    return next(found, None)


def head(folder: Path) -> str | None:
    """Return the commit of a clone; a folder within somebody else's clone is no clone."""
    if not (folder / ".git").exists() and not (folder / "HEAD").is_file():
        return None
    return _git(folder, "rev-parse", "HEAD").strip()


def repository_name(folder: Path) -> str:
    """Return the name of a clone's repository, also for `name.git` and `name/repo`."""
    place = folder.resolve()
    while place.name in {"repo", ".git", "git"}:
        place = place.parent
    return place.name.removesuffix(".git").rpartition("+")[2]


def _tags(folder: Path, since: str) -> Iterator[str]:
    lines = _git(folder, "for-each-ref", "refs/tags", "--format=%(creatordate:short) %(refname:short)")
    for line in lines.splitlines():
        day, _, tag = line.partition(" ")
        if day >= since:
            yield tag


def _listed(folder: Path, commit: str, suffix: str = ".bal") -> Iterator[tuple[str, str]]:
    for line in _git(folder, "ls-tree", "-r", "-z", commit).split("\0"):
        facts, _, path = line.partition("\t")
        if path and path.endswith(suffix):
            yield facts.split()[2], path


def _blobs(folder: Path, places: Iterable[tuple[str, str]]) -> Iterator[Source]:
    """Yield these blobs in turn. A partial clone lacks some: they are left out."""
    listed = list(places)
    command = ["git", "-C", str(folder), "cat-file", "--batch"]
    wanted = "".join(f"{blob}\n" for blob, _ in listed).encode()
    answer = subprocess.run(  # noqa: S603 (git of the one who measures)
        command, input=wanted, check=True, capture_output=True
    ).stdout
    at = 0
    for _, place in listed:
        end = answer.index(b"\n", at)
        found = answer[at:end].split()
        at = end + 1
        if found[-1] != b"missing":
            size = int(found[2])
            yield Source(place, answer[at : at + size])
            at += size + 1


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 (as above)
    return done.stdout
