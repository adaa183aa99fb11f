"""Which releases does a package have, and how is each one read again?"""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.releases.archives import releases_in_folder
    from semverdiff.releases.central import releases_on_central
    from semverdiff.releases.git import releases_in_git
    from semverdiff.releases.model import (
        Archive,
        Commit,
        Directory,
        Omission,
        PackageReleases,
        Published,
        Release,
        Releases,
        Source,
    )
    from semverdiff.releases.reader import read_release
    from semverdiff.releases.spec import find_releases

__all__ = [
    "Archive",
    "Commit",
    "Directory",
    "Omission",
    "PackageReleases",
    "Published",
    "Release",
    "Releases",
    "Source",
    "find_releases",
    "read_release",
    "releases_in_folder",
    "releases_in_git",
    "releases_on_central",
]

_HOMES = {
    "Archive": "model",
    "Commit": "model",
    "Directory": "model",
    "Omission": "model",
    "PackageReleases": "model",
    "Published": "model",
    "Release": "model",
    "Releases": "model",
    "Source": "model",
    "find_releases": "spec",
    "read_release": "reader",
    "releases_in_folder": "archives",
    "releases_in_git": "git",
    "releases_on_central": "central",
}

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
