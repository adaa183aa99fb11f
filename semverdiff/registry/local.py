"""Repositories on this machine: extracted balas under `<home>/repositories`, read and never written.

`bal` keeps there what it has pulled from Central or from a custom repository, and what was pushed into the
local one: `<repository>/bala/<org>/<name>/<version>/<platform>/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.artifact import Provenance
from semverdiff.errors import BaselineError
from semverdiff.packages import read_file
from semverdiff.registry.folders import bala_folder, parse_package_name
from semverdiff.registry.interface import PLATFORMS, Extracted, Release

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.registry.environment import Environment
    from semverdiff.registry.folders import PackageName
    from semverdiff.versions import Version

__all__ = ["LocalRegistry", "local_registry", "pulled_from_central"]


def pulled_from_central(environment: Environment) -> LocalRegistry:
    """Return what `bal` has pulled from Central."""
    return _registry(environment, environment.cache, Provenance("central", environment.registry))


def local_registry(environment: Environment, identifier: str) -> LocalRegistry:
    """Return what was pushed into the local repository (`local`), or pulled from a custom one."""
    return _registry(environment, identifier, Provenance("repository", identifier))


def _registry(environment: Environment, folder: str, provenance: Provenance) -> LocalRegistry:
    return LocalRegistry(bala_folder(environment, folder), provenance)


class LocalRegistry(msgspec.Struct, frozen=True):
    """The folder of one repository, and the source that reports give for its packages."""

    folder: Path
    provenance: Provenance

    def versions(self, package: PackageName) -> tuple[str, ...]:
        """Return the names of a package's folders; a pull in progress (`1.2.3_temp`) is no version."""
        return _folders(self._folder_of(package))

    def packages_like(self, package: PackageName) -> tuple[PackageName, ...]:
        """Return the packages whose folders have such names, in whatever case."""
        organizations = [
            one for one in _folders(self.folder) if one.casefold() == package.organization.casefold()
        ]
        names = (
            parse_package_name(f"{organization}/{name}")
            for organization in organizations
            for name in _folders(self.folder / organization)
            if name.casefold() == package.name.casefold()
        )
        return tuple(one for one in names if one is not None)

    def release(self, package: PackageName, version: Version) -> Release:
        """Return what `bal` knows about a version: whether it is deprecated."""
        folder = self._folder_of(package) / str(version)
        for platform in _folders(folder):
            try:
                content = read_file(folder / platform / "deprecated.txt", limits.ANSWER_BYTES)
            except OSError:
                continue
            return Release(version, deprecation=content.decode(errors="replace"))
        return Release(version)

    def download(self, package: PackageName, release: Release) -> Extracted | None:
        """Return the directories of a release, for its platform or for all; nothing is copied."""
        folder = self._folder_of(package) / str(release.version)
        found = [one for one in _folders(folder) if release.platform in {None, one}]
        directories = tuple(folder / one for one in sorted(found, key=_preference))
        return Extracted(directories) if directories else None

    def _folder_of(self, package: PackageName) -> Path:
        return self.folder / package.organization / package.name


def _preference(platform: str) -> tuple[int, str]:
    rank = PLATFORMS.index(platform) if platform in PLATFORMS else len(PLATFORMS)
    return rank, platform


def _folders(folder: Path) -> tuple[str, ...]:
    """Return the names of the folders in a folder, sorted; nothing if there is no such folder."""
    try:
        return tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_dir()))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise BaselineError(
            f"the repository on this machine cannot be read ({error.strerror}); correct the rights of the "
            "folder 'repositories' in the user's home of Ballerina, or use --baseline file:PATH"
        ) from error
