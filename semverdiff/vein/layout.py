"""How projects of Vein lie in directories and in git revisions."""

from __future__ import annotations

from posixpath import join
from typing import TYPE_CHECKING, Final

from semverdiff import limits, packages
from semverdiff.artifact import Identity, Provenance
from semverdiff.config import SEMVER_TOML
from semverdiff.errors import BaselineError, ManifestError, Mistake, SourceError, UsageError
from semverdiff.text import quote
from semverdiff.vein.package import project_directory, read_tree
from semverdiff.vein.project import PROJECT_ENDING, read_project

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from semverdiff.artifact import Artifact
    from semverdiff.baselines.layout import Layout
    from semverdiff.packages import Entry, GitRepository, Revision

__all__ = ["VEIN_LAYOUT"]

_SOURCE_ENDING: Final = ".vein"
_HEADER_BYTES: Final = 128  # git writes a line before each file, and one end of line after it


class _Vein:
    """A project is the directory of a `*.vproj`, with all sources below it."""

    def directory_of(self, place: Path, /) -> Path:
        directory = place if place.is_dir() else place.parent
        try:
            return project_directory(directory)
        except UsageError:
            return directory

    def is_manifest(self, name: str, /) -> bool:
        return name.endswith(PROJECT_ENDING)

    def manifest_at(self, repository: GitRepository, revision: Revision, folder: str, /) -> str | None:
        # Nothing outside of the folder is listed: a repository may be too large to be listed as a whole.
        found = packages.files_named(repository, revision, self.is_manifest, folder)
        if found is None:
            raise BaselineError(
                f"the files of the git revision {quote(revision.name)} are too many to be listed, or not on "
                "this machine (a partial clone)."
            )
        return next((path for path in found if self._is_in(path, folder)), None)

    def manifests_of(self, repository: GitRepository, revision: Revision, /) -> tuple[str, ...] | None:
        folder = repository.folder
        directory = repository.directory.parent / folder
        present = sorted(join(folder, file.name) for file in directory.glob(f"*{PROJECT_ENDING}"))
        commits = packages.commits_of(repository, revision, folder or ".")
        removed = None if commits is None else packages.removed_files(repository, commits)
        if removed is None:
            return None
        former = (path for path in removed if path.endswith(PROJECT_ENDING) and self._is_in(path, folder))
        found = tuple(dict.fromkeys((*present, *former)))
        return found if len(found) <= limits.GIT_TAGS else None

    def named_by(self, manifest: bytes, path: str, /) -> Identity | None:
        try:
            project = read_project(manifest, path.rpartition("/")[2])
        except ManifestError:
            return None
        return None if project.version is None else Identity(None, project.name, project.version)

    def read_revision(self, repository: GitRepository, revision: Revision, folder: str, /) -> Artifact:
        """Return the project in a folder of a revision."""
        shown = f"{quote(folder or '.')} of the git revision {quote(revision.name)}"
        entries = packages.entries_below(repository, f"{revision.commit}:{folder}")
        if entries is None:
            raise BaselineError(
                f"{shown} cannot be listed: there is no such directory, it holds too much, or it is not on "
                "this machine (a partial clone). Name the directory as git:REVISION:DIRECTORY, or fetch all "
                "with 'git fetch --refetch --no-filter origin'."
            )
        _refuse_links(repository, revision, folder, entries)
        texts = {path: entry.oid for path, entry in entries.items() if _is_read(path)}
        decisions = entries.get(SEMVER_TOML)
        if decisions is not None and decisions.is_link:  # to a file: another one was refused
            decisions = packages.follow(repository, revision, join(folder, SEMVER_TOML)).entry
        if decisions is not None:
            texts[SEMVER_TOML] = decisions.oid
        contents = _contents(repository, sorted({*texts.values()}), shown)
        # Whatever lies beside the project file is listed, as on disk.
        files = packages.folders_of((*texts, *(path for path in entries if "/" not in path)))
        label = folder.rpartition("/")[2] or repository.name
        tree = packages.ListedTree(label, files, lambda path: contents[texts[path]])
        return read_tree(tree, Provenance("git", revision.commit))

    def _is_in(self, path: str, folder: str) -> bool:
        return path.rpartition("/")[0] == folder


def _is_read(path: str) -> bool:
    """Return whether a file below a project's directory is its project file, or may be a source."""
    return path.endswith(_SOURCE_ENDING) or ("/" not in path and path.endswith(PROJECT_ENDING))


def _refuse_links(
    repository: GitRepository, revision: Revision, folder: str, entries: Mapping[str, Entry]
) -> None:
    """Refuse links and submodules where sources could be behind them: a part of the API would be missed."""
    mistakes = []
    links = 0
    for path, entry in sorted(entries.items()):
        if not entry.is_submodule and not entry.is_link:
            continue
        links += 1
        if links <= limits.GIT_PACKAGE_LINKS and not _is_read(path):
            target = packages.follow(repository, revision, join(folder, path)).entry
            if target is not None and target.is_file:
                continue
        kind = "a submodule" if entry.is_submodule else "a link, or one of many,"
        message = (
            f"{quote(path)} is {kind} where sources may be, which is not followed in a git revision. Check "
            "the revision out ('git worktree add DIRECTORY REVISION') and give that directory instead."
        )
        mistakes.append(Mistake(message, file=path))
        if links > limits.GIT_PACKAGE_LINKS:
            break
    if mistakes:
        raise SourceError(mistakes=tuple(mistakes))


def _contents(repository: GitRepository, oids: Sequence[str], shown: str) -> Mapping[str, bytes]:
    """Return the bytes of files by their ids."""
    most = limits.TEXTS_BYTES + len(oids) * _HEADER_BYTES
    found = packages.read_objects(repository, oids, most=most)
    if found is None and not repository.is_partial:
        raise SourceError(
            f"the sources in {shown} are too large: expected at most {limits.TEXTS_BYTES:,} bytes in all."
        )
    read = zip(oids, found or (None,) * len(oids), strict=True)
    contents = {oid: content for oid, content in read if content is not None}
    if len(contents) < len(oids):
        raise BaselineError(
            f"a source in {shown} is not on this machine (a partial clone): fetch all with "
            "'git fetch --refetch --no-filter origin', then try again."
        )
    return contents


VEIN_LAYOUT: Final[Layout] = _Vein()
