"""Where packages lie on this machine, by their names: known before what reads them is loaded."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from semverdiff import packages

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.registry.environment import Environment

__all__ = [
    "ANSWERS",
    "PROGRAM",
    "PackageName",
    "bala_folder",
    "cache_folder",
    "folder_name",
    "generation_folder",
    "may_lie_here",
    "parse_package_name",
]

PROGRAM = "semverdiff"
ANSWERS = "answers"

# RFC 3986, 2.3.
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class PackageName(msgspec.Struct, frozen=True):
    """An organization and a package's name, safe in an address and in a path."""

    organization: str
    name: str

    def __str__(self) -> str:
        return f"{self.organization}/{self.name}"


def parse_package_name(text: str) -> PackageName | None:
    """Return the package that `ORG/NAME` names, or None where that is no package's name."""
    organization, _, name = text.partition("/")
    if not organization or not name:
        return None
    faults = [*packages.organization_faults(organization), *packages.package_name_faults(name)]
    return None if faults else PackageName(organization, name)


def bala_folder(environment: Environment, repository: str) -> Path:
    """Return the folder in which `bal` keeps the packages of a repository."""
    return environment.home / "repositories" / repository / "bala"


def cache_folder(downloads: Path | None) -> Path:
    """Return the folder of the cache: the one that the user named, or the usual one of this system."""
    if downloads is not None:
        return downloads
    import platformdirs  # noqa: PLC0415 (slow: only where the cache is used)

    return platformdirs.user_cache_path(PROGRAM, appauthor=False)


def generation_folder(environment: Environment) -> Path:
    """Return the part of the cache that this version of the program reads and writes."""
    version = environment.agent.partition("/")[2] or "unknown"
    return cache_folder(environment.downloads) / f"{PROGRAM}-{version}"


def folder_name(address: str) -> str:
    """Return the name of a folder for an address, percent-encoded: no two have the same.

    As `urllib.parse.quote` writes it, which takes longer to load than what is cached takes to read.
    """
    return "".join(chr(one) if one in _UNRESERVED else f"%{one:02X}" for one in address.encode())


def may_lie_here(package: PackageName, environment: Environment) -> bool:
    """Return whether there is a folder of a package in any place that `bal` or we write to.

    One that cannot be read counts as there: who reads it says why.
    """
    places = (
        generation_folder(environment) / ANSWERS / folder_name(environment.base),
        bala_folder(environment, environment.cache),
        bala_folder(environment, "local"),
    )
    return any(_is_there(place / package.organization / package.name) for place in places)


def _is_there(folder: Path) -> bool:
    try:
        os.stat(folder)  # noqa: PTH116 (`Path.exists` takes some errors for an absence)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
