"""Who a package is: names that may enter addresses and paths, and archives that answer for another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from semverdiff.errors import ArchiveError, UsageError
from semverdiff.packages import organization_faults, package_name_faults
from semverdiff.text import quote_line
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from semverdiff.packages import Package
    from semverdiff.versions import Version

__all__ = ["Identity", "check_answers_for", "identity_from", "identity_of", "is_platform", "own_version"]

_LONGEST = 256
_PLATFORM = re.compile(r"(?!\.+\Z)[a-zA-Z0-9_.]+")


class Identity(msgspec.Struct, frozen=True):
    """An organization and a package name, safe in an address and in a path."""

    organization: str
    name: str

    def __str__(self) -> str:
        return f"{self.organization}/{self.name}"


def identity_of(candidate: Package) -> Identity:
    """Return the candidate's identity, or raise a `UsageError` where it is unknown or malformed."""
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
    return Identity(candidate.organization, candidate.name)


def identity_from(text: str) -> Identity | None:
    """Read `ORG/NAME`; `None` where that is no package's name."""
    organization, _, name = text.partition("/")
    well_formed = (
        bool(organization)
        and bool(name)
        and not [*organization_faults(organization), *package_name_faults(name)]
    )
    return Identity(organization, name) if well_formed else None


def own_version(candidate: Package) -> Version:
    """Return the candidate's version, or raise a `UsageError` where it is none."""
    try:
        return parse_version(candidate.version)
    except ValueError as error:
        raise UsageError(
            f"the package's own version cannot be compared with others: {error}; correct 'version' under "
            "[package] in Ballerina.toml"
        ) from None


def check_answers_for(package: Package, identity: Identity, version: Version) -> Package:
    """Return the package if it is the one that was asked for; its manifest says so, not its file name."""
    found = (package.organization, package.name, package.version)
    if found != (identity.organization, identity.name, str(version)):
        raise ArchiveError(
            f"the archive of {identity} {version} holds another package: its manifest says "
            f"{quote_line(f'{package.organization}/{package.name} {package.version}')}; do not trust it, "
            "and report it to whoever runs the repository"
        )
    return package


def is_platform(text: str) -> bool:
    """Return whether a text can be a platform (`any`, `java21`, `go1.26`) and so the name of a folder."""
    return len(text) <= _LONGEST and _PLATFORM.fullmatch(text) is not None
