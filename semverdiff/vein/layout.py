"""How projects of Vein lie in directories and in git revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff import limits, packages
from semverdiff.artifact import Identity, Provenance
from semverdiff.errors import BaselineError, ManifestError, SourceError, UsageError
from semverdiff.text import quote
from semverdiff.vein.package import project_directory, read_tree
from semverdiff.vein.project import PROJECT_ENDING, read_project

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.artifact import Artifact
    from semverdiff.baselines.layout import Layout
    from semverdiff.packages import GitRepository, Revision

__all__ = ["VEIN_LAYOUT"]

_READ: Final = (PROJECT_ENDING, ".vein", "Semver.toml")
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
        found = [path for path in self._files(repository, revision) if self._is_in(path, folder)]
        return found[0] if len(found) == 1 else None

    def manifest_of(self, repository: GitRepository, /) -> str:
        directory = repository.directory.parent / repository.folder
        names = sorted(file.name for file in directory.glob(f"*{PROJECT_ENDING}"))
        name = names[0] if names else f"project{PROJECT_ENDING}"
        return f"{repository.folder}/{name}" if repository.folder else name

    def named_by(self, manifest: bytes, path: str, /) -> Identity | None:
        try:
            project = read_project(manifest, path.rpartition("/")[2])
        except ManifestError:
            return None
        return None if project.version is None else Identity(None, project.name, project.version)

    def read_revision(self, repository: GitRepository, revision: Revision, folder: str, /) -> Artifact:
        """Return the project in a folder of a revision.

        Links are no sources: their text is where they lead, which does not parse.
        """
        start = f"{folder}/" if folder else ""
        paths = [path for path in self._files(repository, revision, _READ) if path.startswith(start)]
        if len(paths) > limits.ARCHIVE_ENTRIES:
            raise SourceError(
                f"{quote(folder or '.')} of the git revision {quote(revision.name)} has too many sources: "
                f"expected at most {limits.ARCHIVE_ENTRIES:,}."
            )
        names = [f"{revision.commit}:{path}" for path in paths]
        most = limits.TEXTS_BYTES + len(names) * _HEADER_BYTES
        contents = packages.read_objects(repository, names, most=most) if names else ()
        if contents is None:
            raise BaselineError(
                f"the sources of the git revision {quote(revision.name)} cannot be read: they are more than "
                f"{limits.TEXTS_BYTES:,} bytes, or not on this machine (a partial clone)."
            )
        files = {path.removeprefix(start): one for path, one in zip(paths, contents, strict=True)}
        known = {path: one for path, one in files.items() if one is not None}
        if len(known) < len(files):
            raise BaselineError(
                f"a source of the git revision {quote(revision.name)} is not on this machine (a partial "
                "clone): fetch all with 'git fetch --refetch --no-filter origin', then try again."
            )
        label = folder.rpartition("/")[2] or repository.name
        tree = packages.ListedTree(label, packages.folders_of(known), known.__getitem__)
        return read_tree(tree, Provenance("git", revision.commit))

    def _files(
        self, repository: GitRepository, revision: Revision, endings: tuple[str, ...] = (PROJECT_ENDING,)
    ) -> tuple[str, ...]:
        found = packages.files_named(repository, revision, lambda name: name.endswith(endings))
        if found is None:
            raise BaselineError(
                f"the files of the git revision {quote(revision.name)} are too many to be listed, or not on "
                "this machine (a partial clone)."
            )
        return found

    def _is_in(self, path: str, folder: str) -> bool:
        return path.rpartition("/")[0] == folder


VEIN_LAYOUT: Final[Layout] = _Vein()
