"""What git's object store holds: entries of folders, and the contents of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.packages.git_commands import BELOW, CONTENTS, FOLDERS, ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.packages.git_repository import GitRepository

__all__ = ["Entry", "entries_below", "list_entries", "read_objects"]

_LINK = "120000"
_SUBMODULE = "160000"
_FILE = b"blob"
_FOLDER = "tree"
_MISSING = 2  # `<name> missing` instead of `<id> <type> <size>`


class Entry(msgspec.Struct, frozen=True):
    """What lies at a path: the id of its object, and the bytes of a file, 0 where nobody asked for them."""

    mode: str
    kind: str
    oid: str
    size: int

    @property
    def is_file(self) -> bool:
        """Return whether it is a file, or a link."""
        return self.kind == _FILE.decode()

    @property
    def is_folder(self) -> bool:
        """Return whether it is a folder."""
        return self.kind == _FOLDER

    @property
    def is_link(self) -> bool:
        """Return whether it is a link: its content is where it leads."""
        return self.mode == _LINK

    @property
    def is_submodule(self) -> bool:
        """Return whether it is a submodule, whose objects are in another repository."""
        return self.mode == _SUBMODULE


def list_entries(repository: GitRepository, tree: str, *paths: str) -> dict[str, Entry] | None:
    """Return what lies at paths of a tree, by path; one with `/` at its end names what is in that folder.

    Without paths it is what lies directly in the tree. A path that is not there has no entry. None is no
    answer: there is no such tree, not all of it is on this machine, or too much of it.
    """
    # After these marks everything is a path: nothing in it can be an option or a pattern.
    output = repository.ask(FOLDERS, tree, *(("--", *paths) if paths else ())).output
    return None if output is None else dict(map(_entry, output.split(b"\0")[:-1]))


def entries_below(repository: GitRepository, tree: str) -> dict[str, Entry] | None:
    """Return all files, links and submodules at or below a tree, by path and without sizes.

    None is no answer, as above.
    """
    output = repository.ask(BELOW, tree).output
    return None if output is None else dict(map(_entry, output.split(b"\0")[:-1]))


def _entry(line: bytes) -> tuple[str, Entry]:
    facts, _, path = line.partition(b"\t")
    mode, kind, oid, *size = facts.decode().split()
    bytes_of_file = int(size[0]) if size and size[0].isdecimal() else 0
    return path.decode(errors="surrogateescape"), Entry(mode, kind, oid, bytes_of_file)


def read_objects(
    repository: GitRepository, names: Sequence[str], most: int | None = None
) -> tuple[bytes | None, ...] | None:
    """Return the contents of files, each named by its id or as `COMMIT:PATH`, None for what is no file.

    A name with a line break names nothing. None instead of all of them: git failed, or they have more than
    `most` bytes together, the lines before them included.
    """
    asked = [name for name in names if "\n" not in name]
    given = "".join(f"{name}\n" for name in asked).encode(errors="surrogateescape")
    most = limits.TEXTS_BYTES if most is None else most
    answer = ask(repository.git, repository.directory, CONTENTS, given=given, most=most)
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
