"""The answer of this room: the published side, and why it was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from semverdiff.packages import Package
    from semverdiff.registry.identity import Identity
    from semverdiff.versions import Version

__all__ = ["Baseline", "Wanted", "wanted_version"]

# Above every other: the closest to it is the latest release.
_ABOVE_ALL = f"{10**9}.0.0"


class Baseline(msgspec.Struct, frozen=True):
    """What the candidate is compared with.

    `package` is `None` for a first release and where no baseline was wanted; `reason` is half a sentence
    for the report (`highest published version not above 1.4.0`). `published` holds the versions that are
    known to be published, lowest first. `candidate_is_published` says that the candidate's own version is
    among them. `notes` are sentences about what was skipped, refused or not verified on the way.
    """

    package: Package | None
    reason: str
    published: tuple[str, ...] = ()
    candidate_is_published: bool = False
    notes: tuple[str, ...] = ()


class Wanted(msgspec.Struct, frozen=True):
    """A package to look for: the candidate's `own` version, and the one that was asked for, if any."""

    identity: Identity
    own: Version
    version: Version | None = None

    def __str__(self) -> str:
        return f"{self.identity}{f' {self.version}' if self.version is not None else ''}"


def wanted_version(identity: Identity, version: str | None) -> Wanted:
    """Ask for a version of a package, or for its latest release. A text that is none is a `ValueError`."""
    asked = parse_version(version) if version is not None else None
    return Wanted(identity, asked or parse_version(_ABOVE_ALL), asked)
