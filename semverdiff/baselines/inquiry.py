"""Which package is looked for, and which version of it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import registry
from semverdiff.errors import UsageError
from semverdiff.packages import organization_faults, package_name_faults
from semverdiff.text import quote_line
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from semverdiff.artifact import Identity
    from semverdiff.registry import PackageName
    from semverdiff.versions import Version

__all__ = ["Wanted", "own_version", "wanted_by", "wanted_version"]

# Above every other: the closest to it is the latest release.
_ABOVE_ALL = f"{10**9}.0.0"


class Wanted(msgspec.Struct, frozen=True):
    """A package to look for: the candidate's `own` version, and the one that was asked for, if any.

    A private package is shown to those who belong to its organization only.
    """

    package: PackageName
    own: Version
    version: Version | None = None
    is_private: bool = False

    def __str__(self) -> str:
        return f"{self.package}{f' {self.version}' if self.version is not None else ''}"


def wanted_by(candidate: Identity, version: Version | None) -> Wanted:
    """Return what is looked for as the baseline of a candidate.

    Raises:
        UsageError: the candidate has no organization, name or version, or a malformed one.

    """
    organization = candidate.organization or ""
    for word, value, faults in (
        ("org", organization, organization_faults),
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
    name = registry.PackageName(organization, candidate.name)
    return Wanted(name, own_version(candidate), version, candidate.is_private)


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
