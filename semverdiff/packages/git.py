"""A package as a git revision has it: read from git's object store, without a checkout.

The user's and the system's configuration, replacement objects and variables such as `GIT_DIR`, which git sets
for hooks, are shut out (`git_commands.py`): the same revision gives the same package everywhere.
"""

from __future__ import annotations

from posixpath import join
from typing import TYPE_CHECKING

from semverdiff import limits
from semverdiff.artifact import Provenance
from semverdiff.config import with_text
from semverdiff.errors import BaselineError, Mistake, SourceError, UsageError
from semverdiff.packages.disk import is_same_kind
from semverdiff.packages.filesystem import ListedTree, folders_of
from semverdiff.packages.git_objects import list_entries, read_objects
from semverdiff.packages.history import follow
from semverdiff.packages.sources import read_sources
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from semverdiff.packages.git_objects import Entry
    from semverdiff.packages.git_repository import GitRepository, Revision
    from semverdiff.packages.model import Package

__all__ = ["read_revision"]

_MANIFEST = "Ballerina.toml"
_TEXTS = (".bal", ".toml")
_SUBMODULE = "a submodule"
_LINK = "a link out of the repository, to nothing, in a circle, to another kind of file, or one of many"
_FOLDERS_AT_ONCE = 100  # a command line of Windows has 32,767 characters
_HEADER_BYTES = 128  # `cat-file --batch` writes a line before each file, and one end of line after it


def read_revision(
    repository: GitRepository, revision: Revision, folder: str, version: str | None = None
) -> Package:
    """Return the package in a folder of a revision, as seen from the root of the repository.

    `version` is the one that it was released as, where that is known otherwise: what its manifest holds may
    be a mark that a build replaces.

    Raises:
        BaselineError: the folder or a file of it is not there.
        UsageError: there is no Ballerina.toml in the folder, or that of a workspace.
        ManifestError, SourceError: as for a directory.

    """
    entries = _listed(repository, revision, folder)
    manifest = entries.get(_MANIFEST)
    if manifest is None or not manifest.is_file:
        raise UsageError(
            f"{_shown(folder)} of the git revision {quote(revision.name)} is no Ballerina package: expected "
            f"a Ballerina.toml, found none. Name the package's directory: git:{revision.name}:DIRECTORY."
        )
    _refuse_links(entries)
    contents = _contents(repository, {path: one for path, one in entries.items() if _is_source(path)})
    if version is not None:
        contents[_MANIFEST] = _released(contents[_MANIFEST], version)
    files = folders_of(path for path, one in entries.items() if one.is_file)
    label = folder.rpartition("/")[2] or repository.name
    return read_sources(ListedTree(label, files, contents.__getitem__), Provenance("git", revision.commit))


def _released(manifest: bytes, version: str) -> bytes:
    """Return a manifest with another version; one that holds none is as it was."""
    try:
        return with_text(manifest, ("package", "version"), version)
    except (UsageError, ValueError):  # whoever reads it says what is wrong
        return manifest


def _listed(repository: GitRepository, revision: Revision, folder: str) -> dict[str, Entry]:
    """Return what lies in the folders of the layout below a folder of a revision, by path from there.

    Other folders are not entered: a few small trees that hold each other have more files than one can list.
    """
    # After the colon everything is a path: nothing in it can be an option or a pattern.
    tree = f"{revision.commit}:{folder}"
    links = _Links(repository, revision, folder)
    entries = links.followed(_entries(repository, revision, tree))
    inside = ["modules", "generated"]
    for _ in range(2):
        folders = [path for path in inside if path in entries and entries[path].is_folder]
        own = [path for path in folders if not links.are_on_the_way(path)]
        found: dict[str, Entry] = {}
        for at in range(0, len(own), _FOLDERS_AT_ONCE):
            found.update(_entries(repository, revision, tree, own[at : at + _FOLDERS_AT_ONCE]))
        for path in folders:
            if links.are_on_the_way(path):
                below = _entries(repository, revision, entries[path].oid)
                found.update({f"{path}/{name}": entry for name, entry in below.items()})
        found = links.followed(found)
        entries.update(found)
        if len(entries) > limits.ARCHIVE_ENTRIES:
            raise SourceError(
                f"{_shown(folder)} of the git revision {quote(revision.name)} has too many files: expected "
                f"at most {limits.ARCHIVE_ENTRIES:,}."
            )
        inside = list(found)
    return entries


def _entries(
    repository: GitRepository, revision: Revision, tree: str, folders: Sequence[str] = ()
) -> dict[str, Entry]:
    """Return what lies directly inside folders of a tree, or inside the tree itself, by path."""
    found = list_entries(repository, tree, *(f"{folder}/" for folder in folders))
    if found is None:
        shown = _shown(tree.partition(":")[2])
        raise BaselineError(
            f"the git revision {quote(revision.name)} has no directory {shown}, or not all of it "
            f"is on this machine (a partial clone): name the directory as git:{revision.name}:DIRECTORY, or "
            "fetch all with 'git fetch --refetch --no-filter origin'."
        )
    return found


class _Links:
    """The links of a package in a revision where sources may be behind them, as far as they are followed.

    As on disk they may lead anywhere in the repository: a folder to a folder, a source to a source, a
    manifest to one of its name.
    """

    def __init__(self, repository: GitRepository, revision: Revision, folder: str) -> None:
        self._repository = repository
        self._revision = revision
        self._folder = folder
        self._count = 0
        self._folders: set[str] = set()

    def followed(self, entries: Mapping[str, Entry]) -> dict[str, Entry]:
        """Return entries with what their links lead to; those that are not followed stay links."""
        return {
            path: self._target(path, entry) if entry.is_link else entry for path, entry in entries.items()
        }

    def are_on_the_way(self, folder: str) -> bool:
        """Return whether a folder of the layout is behind a link: its path leads nowhere in the tree."""
        return folder in self._folders or folder.partition("/")[0] in self._folders

    def _target(self, path: str, link: Entry) -> Entry:
        if not (_is_source(path) or _may_be_folder(path)):
            return link
        self._count += 1
        if self._count > limits.GIT_PACKAGE_LINKS:
            return link
        found = follow(self._repository, self._revision, join(self._folder, path))
        entry = found.entry
        if entry is not None and entry.is_folder and not _is_source(path):
            self._folders.add(path)
            return entry
        is_file = entry is not None and entry.is_file
        return entry if entry and is_file and is_same_kind(path, found.place.rpartition("/")[2]) else link


def _refuse_links(entries: Mapping[str, Entry]) -> None:
    """Refuse links and submodules where sources could be behind them: a part of the API would be missed."""
    mistakes = tuple(
        Mistake(
            f"{quote(path)} is {_SUBMODULE if entry.is_submodule else _LINK}, which is not followed in a git "
            "revision. Check the revision out ('git worktree add DIRECTORY REVISION') and give that "
            "directory instead.",
            file=path,
        )
        for path, entry in sorted(entries.items())
        if (entry.is_link or entry.is_submodule) and (_is_source(path) or _may_be_folder(path))
    )
    if mistakes:
        raise SourceError(mistakes=mistakes)


def _is_source(path: str) -> bool:
    """Return whether a file may be a manifest or a source: the layout has them no deeper than a module."""
    folder, _, name = path.rpartition("/")
    parent = folder.rpartition("/")[0]
    return name.endswith(_TEXTS) and (folder in {"", "generated"} or parent in {"modules", "generated"})


def _may_be_folder(path: str) -> bool:
    """Return whether the layout has a folder with sources at a path."""
    return path in {"modules", "generated"} or path.rpartition("/")[0] in {"modules", "generated"}


def _contents(repository: GitRepository, entries: Mapping[str, Entry]) -> dict[str, bytes]:
    """Return the bytes of files, read by one process."""
    for path, one in entries.items():
        if one.size > limits.TEXT_BYTES:
            raise SourceError(f"{quote(path)} is too large: expected at most {limits.TEXT_BYTES:,} bytes.")
    size = sum(one.size for one in entries.values())
    if size > limits.TEXTS_BYTES:
        raise SourceError(f"the sources are too large: expected at most {limits.TEXTS_BYTES:,} bytes in all.")
    oids = sorted({one.oid for one in entries.values()})
    contents = read_objects(repository, oids, most=size + len(oids) * _HEADER_BYTES)
    if contents is None:
        raise BaselineError("git could not read the files of the revision: 'git fsck' tells what is damaged.")
    found = {oid: content for oid, content in zip(oids, contents, strict=True) if content is not None}
    if len(found) < len(oids):
        raise BaselineError(
            "a file of the git revision is not on this machine (a partial clone): fetch all with "
            "'git fetch --refetch --no-filter origin', then try again."
        )
    return {path: found[one.oid] for path, one in entries.items()}


def _shown(folder: str) -> str:
    return quote(folder) if folder else "the root"
