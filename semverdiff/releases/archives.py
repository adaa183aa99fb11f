"""Releases that lie on this machine: archives in a directory, and what `bal` has pulled into its cache."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits, packages
from semverdiff.errors import SemverdiffError, UsageError
from semverdiff.releases.model import (
    Archive,
    Directory,
    Omission,
    PackageReleases,
    Release,
    Releases,
    sorted_releases,
)
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.packages import Package

__all__ = ["releases_in_folder"]

_ENDING = ".bala"
_EXTRACTED = "package.json"


class _Release(msgspec.Struct, frozen=True):
    names: tuple[str, str]
    release: Release


def releases_in_folder(directory: Path) -> Releases:
    """Return the releases whose archives, packed or extracted, lie in a directory or anywhere below it.

    Links are not followed: an archive that is linked lies elsewhere, and a directory may lie in itself.

    Raises:
        UsageError: there is no such directory, or it holds too many files.

    """
    if not directory.is_dir():
        raise UsageError(f"{quote(directory.name)} is no directory: expected one that holds .bala files")
    omissions: list[Omission] = []
    by_package: dict[tuple[str, str], list[Release]] = {}
    for found in _found(directory.resolve(), omissions):
        by_package.setdefault(found.names, []).append(found.release)
    found_packages = (
        PackageReleases(*names, *sorted_releases(by_package[names])) for names in sorted(by_package)
    )
    return Releases(tuple(found_packages), tuple(omissions))


def _found(directory: Path, omissions: list[Omission]) -> Iterator[_Release]:
    for path in _archives(directory):
        place = path.relative_to(directory).as_posix()
        try:
            yield _read(path, place)
        except (SemverdiffError, OSError) as error:
            omissions.append(Omission(place, str(error)))


def _archives(directory: Path) -> Iterator[Path]:
    """Yield archives and directories that hold extracted ones, in the order of their names."""
    files = 0
    for place, folders, names in os.walk(directory):
        files += len(names) + len(folders)
        if files > limits.LIBRARY_FILES:
            raise UsageError(
                f"{quote(directory.name)} holds too many files: expected at most {limits.LIBRARY_FILES:,}"
            )
        folders.sort()
        if _is_extracted(names, folders):
            folders.clear()
            yield Path(place)
        else:
            yield from (Path(place, name) for name in sorted(names) if name.endswith(_ENDING))


def _is_extracted(names: Iterable[str], folders: Iterable[str]) -> bool:
    return _EXTRACTED in names and "modules" in folders


def _read(path: Path, place: str) -> _Release:
    """Return an archive as a release; it is read whole, so that a broken one is told at once."""
    package = packages.read_package(path)
    source = Directory(str(path)) if path.is_dir() else Archive(str(path))
    digest = package.provenance.digest or _digest_of(package)
    return _Release((package.organization, package.name), Release(package.version, place, source, digest))


def _digest_of(package: Package) -> str:
    """Return a digest of the manifests and sources of a package that no archive has one of."""
    files = [*package.manifests, *(file for module in package.modules for file in module.files)]
    pieces = [piece for file in files for piece in (_framed(file.path.encode()), _framed(file.content))]
    return packages.digest_of(pieces).hex()


def _framed(content: bytes) -> bytes:
    """Return bytes with their length before them: no others are the same when they are put together."""
    return b"%d:%b" % (len(content), content)
