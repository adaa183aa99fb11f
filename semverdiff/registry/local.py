"""Repositories on this machine: extracted balas under `<home>/repositories`, read and never written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.errors import ArchiveError, BaselineError, SourceError
from semverdiff.packages import Provenance, read_extracted
from semverdiff.registry.identity import check_answers_for
from semverdiff.registry.interface import sorted_versions

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.packages import Package
    from semverdiff.registry.environment import Environment
    from semverdiff.registry.identity import Identity
    from semverdiff.versions import Version

__all__ = ["Shelf", "in_repository", "pulled"]

# bal looks for `any` first, then for the newest JVM.
_PLATFORMS = ("any", "java25", "java21", "java17", "java11")


def pulled(environment: Environment, identity: Identity) -> Shelf:
    """Return what `bal` has pulled of a package from Central."""
    return _shelf(environment, environment.cache, identity, Provenance("central", environment.registry))


def in_repository(environment: Environment, identifier: str, identity: Identity) -> Shelf:
    """Return what was pushed into the local repository (`local`), or pulled from a custom one."""
    return _shelf(environment, identifier, identity, Provenance("repository", identifier))


def _shelf(environment: Environment, name: str, identity: Identity, provenance: Provenance) -> Shelf:
    folder = environment.home / "repositories" / name / "bala" / identity.organization / identity.name
    return Shelf(folder, identity, provenance)


class Shelf(msgspec.Struct, frozen=True):
    """One package's folder `<version>/<platform>/`, and what its versions say about where they come from."""

    folder: Path
    identity: Identity
    provenance: Provenance

    def versions(self) -> tuple[Version, ...]:
        """List the versions that have a folder, lowest first. A pull in progress (`1.2.3_temp`) is none."""
        versions, _ = sorted_versions(_folders(self.folder))
        return versions

    def deprecation(self, version: Version) -> str | None:
        """Return the message of a version that `bal` knows as deprecated, maybe an empty one; else `None`."""
        folder = self.folder / str(version)
        for platform in _folders(folder):
            try:
                return (folder / platform / "deprecated.txt").read_text(errors="replace")
            except OSError:
                continue
        return None

    def read(self, version: Version, platform: str | None = None) -> Package | None:
        """Read a version, for the given platform or the best; `None` if it is not there.

        An interrupted pull leaves folders without their files. That is an `ArchiveError` (a `SourceError`
        for damaged sources), so that the caller can say why they were not used.
        """
        folder = self.folder / str(version)
        platforms = [found for found in _folders(folder) if platform in {None, found}]
        broken: ArchiveError | SourceError | None = None
        for found in sorted(platforms, key=_preference):
            try:
                package = read_extracted(folder / found, self.provenance)
                return check_answers_for(package, self.identity, version)
            except (ArchiveError, SourceError) as error:
                broken = error
        if broken is not None:
            raise broken
        return None


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
