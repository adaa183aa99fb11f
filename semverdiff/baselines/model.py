"""What is looked for and what was found: a package in registries, and the baseline with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import registry
from semverdiff.errors import UsageError
from semverdiff.packages import organization_faults, package_name_faults
from semverdiff.text import quote_line
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from semverdiff.packages import Identity, Package
    from semverdiff.registry import PackageName
    from semverdiff.versions import Version

__all__ = ["Baseline", "Wanted", "own_version", "wanted_by", "wanted_version"]

# Above every other: the closest to it is the latest release.
_ABOVE_ALL = f"{10**9}.0.0"


class Baseline(msgspec.Struct, frozen=True):
    """What the candidate is compared with.

    `package` is None for a first release and where no baseline was wanted; `reason` is half a sentence
    for the report (`highest published version not above 1.4.0`). `published` holds the versions that are
    known to be published, lowest first. `candidate_is_published` says that the candidate's own version is
    among them. `former_name` is that of the package that the candidate's directory held before, where it
    was another. `doubt` says why something may be published although none was found. `notes` are sentences
    about what was skipped, refused or not verified on the way.
    """

    package: Package | None
    reason: str
    published: tuple[str, ...] = ()
    candidate_is_published: bool = False
    former_name: str | None = None
    doubt: str | None = None
    notes: tuple[str, ...] = ()


class Wanted(msgspec.Struct, frozen=True):
    """A package to look for: the candidate's `own` version, and the one that was asked for, if any."""

    package: PackageName
    own: Version
    version: Version | None = None

    def __str__(self) -> str:
        return f"{self.package}{f' {self.version}' if self.version is not None else ''}"


def wanted_by(candidate: Identity, version: Version | None) -> Wanted:
    """Return what is looked for as the baseline of a candidate.

    Raises:
        UsageError: the candidate has no organization, name or version, or a malformed one.

    """
    for word, value, faults in (
        ("org", candidate.organization, organization_faults),
        ("name", candidate.name, package_name_faults),
    ):
        if not value:
            raise UsageError(
                f"the package has no '{word}', so its published versions cannot be found; write "
                f"'{word} = \"...\"' under [package] in Ballerina.toml, or use --baseline file:PATH or none"
            )
        for fault in faults(value):
            raise UsageError(
                f"the package's '{word}' {quote_line(value)} {fault}, so its published versions cannot be "
                "found; correct it under [package] in Ballerina.toml, or use --baseline file:PATH or none"
            )
    name = registry.PackageName(candidate.organization, candidate.name)
    return Wanted(name, own_version(candidate), version)


def wanted_version(package: PackageName, version: str | None) -> Wanted:
    """Return a version of a package to look for, or its latest release. Raise `ValueError` for no version."""
    wanted = parse_version(version) if version is not None else None
    return Wanted(package, wanted or parse_version(_ABOVE_ALL), wanted)


def own_version(candidate: Identity) -> Version:
    """Return the candidate's version, or raise a `UsageError` where it is none."""
    try:
        return parse_version(candidate.version)
    except ValueError as error:
        raise UsageError(
            f"the package's own version cannot be compared with others: {error}; correct 'version' under "
            "[package] in Ballerina.toml"
        ) from None
