"""A shard as the composer handles it: an artifact, from a project's sources or from what was compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import packages
from semverdiff.artifact import Identity, Provenance
from semverdiff.config import SEMVER_TOML
from semverdiff.errors import ManifestError, Mistake, NothingToCheckError, UsageError, in_package
from semverdiff.text import quote
from semverdiff.vein.dependencies import shards_met
from semverdiff.vein.model import Api  # noqa: TC001 (the type of a field)
from semverdiff.vein.module_api import api_of_module
from semverdiff.vein.project import PROJECT_ENDING, Project, project_file, project_sources, read_project
from semverdiff.vein.shard import MANIFEST, Shard, ShardDependency, ShardManifest, read_shard_file
from semverdiff.vein.source import read_sources
from semverdiff.vein.source_api import api_of_sources

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Final

    from semverdiff.artifact import Artifact
    from semverdiff.packages import Tree

__all__ = [
    "ARCHIVE_ENDING",
    "ShardPackage",
    "as_shard",
    "package_of_shard",
    "project_directory",
    "read_directory",
    "read_package",
    "read_tree",
]

ARCHIVE_ENDING: Final = ".shard"
"""The ending of built shards."""
_MODULE_ENDING: Final = ".wll"


class ShardPackage(msgspec.Struct, frozen=True):
    """One version of a shard, with what clients can see of it.

    `project` is what its project file says, `None` where it was compiled, and `manifest` what the archive
    says, where it was. `files` are the names of what lies at the root of either. `contents` are the sources,
    sorted, or the digest of the archive: equal ones are the same package. `met` are the shards whose types
    stand in the API, in lower case, `None` where nothing tells.
    """

    name: str
    version: str
    api: Api
    provenance: Provenance
    dependencies: tuple[ShardDependency, ...] = ()
    project: Project | None = None
    notes: tuple[str, ...] = ()
    semver_toml: bytes | None = None
    contents: tuple[bytes, ...] = ()
    files: tuple[str, ...] = ()
    manifest: ShardManifest | None = None
    met: frozenset[str] | None = None
    organization: None = None
    platform: None = None

    @property
    def listed(self) -> tuple[str, tuple[ShardDependency, ...]]:
        """Return the file that lists what it is built with, and what that lists."""
        return (MANIFEST if self.project is None else self.project.file), self.dependencies

    @property
    def module_names(self) -> tuple[str, ...]:
        """Return the spaces of its types."""
        return tuple(sorted({one.space for one in self.api.types}))

    @property
    def identity(self) -> Identity:
        """Return what the shard is called in the gallery."""
        return Identity(None, self.name, self.version)


def as_shard(artifact: Artifact) -> ShardPackage:
    """Return an artifact that is a shard. Raise `TypeError` for one of another ecosystem."""
    if not isinstance(artifact, ShardPackage):
        raise TypeError(f"{artifact.name} is no shard")
    return artifact


def read_package(path: Path) -> ShardPackage:
    """Return the shard at a path: a `.shard`, or the directory of a project or any below it.

    Raises:
        UsageError: nothing is there, or something that is no shard.
        ManifestError: the project file is broken.
        ArchiveError: an archive is broken or must not be trusted.
        SourceError: sources cannot be read, or do not parse.
        NothingToCheckError: it is a workload, which has no library.

    """
    with in_package(path):
        if path.is_dir():
            return read_directory(project_directory(path))
        if not path.exists():
            raise UsageError(
                f"{quote(path.name)} does not exist: expected the directory of a project, or a "
                f"{ARCHIVE_ENDING} file."
            )
        if path.suffix == PROJECT_ENDING:
            raise UsageError(
                f"{quote(path.name)} is a project file: expected a shard. Give the directory that it lies in."
            )
        if path.suffix == _MODULE_ENDING:
            raise UsageError(
                f"{quote(path.name)} is a compiled module: expected a shard. Give the {ARCHIVE_ENDING} file "
                "that was built with it."
            )
        return package_of_shard(read_shard_file(path))


def project_directory(path: Path) -> Path:
    """Return the nearest directory with a project file, from a directory upward.

    Raises:
        UsageError: there is none.

    """
    start = path.resolve()
    for directory in (start, *start.parents):
        if next(directory.glob(f"*{PROJECT_ENDING}"), None) is not None:
            return directory
    raise UsageError(
        f"{quote(start.name)} is in no project of Vein: expected a '*{PROJECT_ENDING}' there or above, found "
        f"none. Give the directory of a project, or a {ARCHIVE_ENDING} file."
    )


def read_directory(directory: Path) -> ShardPackage:
    """Return the project in a directory; raise as `read_package` does."""
    return read_tree(packages.disk_tree(directory), Provenance("directory"))


def read_tree(tree: Tree, provenance: Provenance) -> ShardPackage:
    """Return the project whose file lies at the root of a tree; raise as `read_package` does."""
    file = project_file(tree)
    project = read_project(tree.read(file), file)
    if project.version is None:
        message = f"it says no version: write 'version: \"1.0.0\"' into {file}"
        raise ManifestError(mistakes=(Mistake(message, file, 1, 1),))
    if project.is_workload:
        raise NothingToCheckError(
            f"{project.name} is a workload: it brings tools and has no library, so there is no API to check."
        )
    sources = project_sources(tree)
    return ShardPackage(
        name=project.name,
        version=project.version,
        api=api_of_sources(read_sources(sources)),
        provenance=provenance,
        dependencies=project.dependencies,
        project=project,
        semver_toml=tree.read(SEMVER_TOML) if SEMVER_TOML in tree.files("") else None,
        contents=tuple(sorted(source.content for source in sources)),
        files=tree.files(""),
    )


def package_of_shard(shard: Shard) -> ShardPackage:
    """Return a built shard as a package."""
    api, digest = api_of_module(shard.module, shard.module_path), shard.provenance.digest
    return ShardPackage(
        name=shard.manifest.name,
        version=shard.manifest.version,
        api=api,
        provenance=shard.provenance,
        dependencies=shard.manifest.dependencies,
        notes=api.notes,
        contents=() if digest is None else (digest.encode(),),
        files=shard.files,
        manifest=shard.manifest,
        met=shards_met(shard.module),
    )
