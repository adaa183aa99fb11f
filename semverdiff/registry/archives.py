"""The archive of a release: compared with its digest, and read as the package that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import packages
from semverdiff.errors import ArchiveError, DigestError, SourceError
from semverdiff.registry.interface import Extracted, Packed
from semverdiff.text import quote_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from semverdiff.artifact import Provenance
    from semverdiff.packages import Package
    from semverdiff.registry.downloads import Download
    from semverdiff.registry.folders import PackageName
    from semverdiff.registry.interface import Archive, Registry, Release
    from semverdiff.versions import Version

__all__ = ["is_sha256", "load_release", "read_release", "sha256_of", "verified"]

_HEX_DIGITS = 64


def load_release(registry: Registry, package: PackageName, release: Release) -> Package | None:
    """Return the package of a release, or None where the registry has no archive of it.

    Raise what `read_release` raises, and a `NetworkError` if the archive could not be downloaded, or its
    digest is not the one that was announced.
    """
    archive = registry.download(package, release)
    return None if archive is None else read_release(archive, registry.provenance, package, release)


def read_release(archive: Archive, provenance: Provenance, package: PackageName, release: Release) -> Package:
    """Return the package in the archive of a release.

    Raises:
        ArchiveError, SourceError: the archive is broken or incomplete, or holds another package.

    """
    match archive:
        case Packed(content, digest, digest_verified):
            verified_by = replace(provenance, digest=digest, digest_verified=digest_verified)
            name = release.file_name(package)
            with content:
                found = packages.read_archive(content, name=name, provenance=verified_by)
            return _expected(found, package, release.version)
        case Extracted(directories):
            return _first_complete(directories, package, release.version, provenance)


def sha256_of(announced: str | None) -> str | None:
    """Return the lower-case hex of `sha-256=<hex>`; another algorithm is as good as no digest."""
    algorithm, _, digest = (announced or "").partition("=")
    return digest.strip().lower() if algorithm.strip().lower() == "sha-256" else None


def is_sha256(text: str) -> bool:
    """Return whether a text is a digest, and so safe as the name of a file."""
    return len(text) == _HEX_DIGITS and set(text) <= set("0123456789abcdef")


def verified(download: Download, expected: str | None, what: str) -> Packed:
    """Return a download that has its announced digest, if there is one; `what` names it in messages.

    Raises:
        DigestError: the digest is another.

    """
    digest = download.digest
    if expected is not None and expected != digest:
        raise DigestError(
            f"{what} is not what the registry announced: its SHA-256 should be {quote_line(expected)}, "
            f"but is '{digest}'; it was damaged or exchanged on the way, so it was not used; try again, or "
            "name an archive that you trust by --baseline file:PATH"
        )
    return Packed(download.content, digest, digest_verified=expected is not None)


def _first_complete(
    directories: Sequence[Path], package: PackageName, version: Version, provenance: Provenance
) -> Package:
    """Return the package in the first directory that holds it whole: an interrupted pull leaves others."""
    broken: list[ArchiveError | SourceError] = []
    for directory in directories:
        try:
            return _expected(packages.read_extracted(directory, provenance), package, version)
        except (ArchiveError, SourceError) as error:
            broken.append(error)
    raise broken[-1]


def _expected(found: Package, package: PackageName, version: Version) -> Package:
    """Return a package if it is the one that was asked for; its manifest says so, not its file name."""
    if (found.organization, found.name, found.version) != (package.organization, package.name, str(version)):
        raise ArchiveError(
            f"the archive of {package} {version} holds another package: its manifest says "
            f"{quote_line(f'{found.organization}/{found.name} {found.version}')}; do not trust it, "
            "and report it to whoever runs the repository"
        )
    return found
