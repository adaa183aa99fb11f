"""Repositories on this machine: extracted balas under `<home>/repositories`, read and never written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from semverdiff.baselines.choosing import sorted_versions
from semverdiff.baselines.identity import check_answers_for
from semverdiff.errors import ArchiveError, BaselineError, SourceError
from semverdiff.packages import Provenance, read_extracted

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.baselines.identity import Identity
    from semverdiff.baselines.surroundings import Surroundings
    from semverdiff.packages import Package
    from semverdiff.versions import Version

__all__ = [
    "Repository",
    "central_cache",
    "deprecation_in",
    "local_repository",
    "read_version",
    "versions_in",
]

# bal looks for `any` first, then for the newest JVM.
_PLATFORMS = ("any", "java25", "java21", "java17", "java11")


@dataclass(frozen=True, slots=True)
class Repository:
    """A folder `<org>/<name>/<version>/<platform>/`, and what its packages say about where they come from."""

    folder: Path
    provenance: Provenance


def central_cache(surroundings: Surroundings) -> Repository:
    """Give what `bal` has pulled from Central."""
    folder = surroundings.home / "repositories" / surroundings.cache / "bala"
    return Repository(folder, Provenance("central", surroundings.registry))


def local_repository(surroundings: Surroundings) -> Repository:
    """Give what was pushed with `bal push --repository local`."""
    folder = surroundings.home / "repositories" / "local" / "bala"
    return Repository(folder, Provenance("repository", "local"))


def versions_in(repository: Repository, identity: Identity) -> tuple[Version, ...]:
    """List the versions that have a folder, lowest first. A pull in progress (`1.2.3_temp`) is none."""
    versions, _ = sorted_versions(_folders(_package(repository, identity)))
    return versions


def deprecation_in(repository: Repository, identity: Identity, version: Version) -> str | None:
    """Give the message of a version that `bal` knows as deprecated, maybe an empty one; `None` otherwise."""
    folder = _package(repository, identity) / str(version)
    for platform in _folders(folder):
        try:
            return (folder / platform / "deprecated.txt").read_text(errors="replace")
        except OSError:
            continue
    return None


def read_version(
    repository: Repository, identity: Identity, version: Version, platform: str | None = None
) -> Package | None:
    """Read a version, for the given platform or the best; `None` if it is not there.

    An interrupted pull leaves folders without their files. That is an `ArchiveError` (a `SourceError`
    for damaged sources), so that the caller can say why they were not used.
    """
    folder = _package(repository, identity) / str(version)
    platforms = [found for found in _folders(folder) if platform in {None, found}]
    broken: ArchiveError | SourceError | None = None
    for found in sorted(platforms, key=_preference):
        try:
            package = read_extracted(folder / found, repository.provenance)
            return check_answers_for(package, identity, version)
        except (ArchiveError, SourceError) as error:
            broken = error
    if broken is not None:
        raise broken
    return None


def _package(repository: Repository, identity: Identity) -> Path:
    return repository.folder / identity.organization / identity.name


def _preference(platform: str) -> tuple[int, str]:
    rank = _PLATFORMS.index(platform) if platform in _PLATFORMS else len(_PLATFORMS)
    return rank, platform


def _folders(folder: Path) -> tuple[str, ...]:
    """Name the folders in a folder, sorted; nothing if there is no such folder."""
    try:
        return tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_dir()))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise BaselineError(
            f"the repository on this machine cannot be read ({error.strerror}); correct the rights of the "
            "folder 'repositories' in the user's home of Ballerina, or use --baseline file:PATH"
        ) from error
