"""A release read again as a package, from wherever it lies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from semverdiff import baselines, packages
from semverdiff.packages import Revision
from semverdiff.registry import PackageName
from semverdiff.releases.model import Archive, Commit, Directory, Published

if TYPE_CHECKING:
    from semverdiff.packages import Package
    from semverdiff.registry import Environment
    from semverdiff.releases.model import Release

__all__ = ["read_release"]


def read_release(release: Release, environment: Environment) -> Package:
    """Return the package of a release, with the version that it was released as.

    Raises:
        SemverdiffError: it cannot be read; each kind of error says why.

    """
    match release.source:
        case Archive(path) | Directory(path):
            return packages.read_package(Path(path))
        case Commit(directory, revision, commit, folder):
            repository = packages.open_directory(Path(directory))
            # At a tag the manifest may be a template, or hold the next version already.
            return packages.read_revision(repository, Revision(revision, commit), folder, release.version)
        case Published(organization, name, version):
            return _published(PackageName(organization, name), version, environment)


def _published(package: PackageName, version: str, environment: Environment) -> Package:
    found = baselines.from_central(baselines.wanted_version(package, version), environment).package
    if not isinstance(found, packages.Package):
        raise TypeError(f"{package} {version} was wanted, and is neither there nor missing")
    return found
