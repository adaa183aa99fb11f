"""What a package is wherever it is published: a name, a version, where its bytes came from.

Everything else about it is the business of its ecosystem.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MANIFESTS", "Artifact", "Identity", "ManifestPlace", "Provenance", "full_name"]

MANIFESTS: Final[Mapping[str, str]] = {"ballerina": "Ballerina.toml", "vein": "*.vproj"}
"""What says the version of a package in each ecosystem, with `*` for any name, in the order of looking."""


def full_name(organization: str | None, name: str) -> str:
    """Return the name of a package as clients write it, with its organization where there is one."""
    return name if organization is None else f"{organization}/{name}"


class ManifestPlace(msgspec.Struct, frozen=True):
    """A key in a file that describes the package; line and column count from 1."""

    file: str
    line: int
    column: int


class Provenance(msgspec.Struct, frozen=True):
    """Where the bytes came from: `source` is a word for the kind of place.

    `digest` is lower-case SHA-256 hex of the whole archive.
    """

    source: str
    repository: str | None = None
    digest: str | None = None
    digest_verified: bool = False


class Identity(msgspec.Struct, frozen=True):
    """What a package is called where it is published: its names and version as written, perhaps wrongly.

    The organization is None in an ecosystem that has none.
    """

    organization: str | None
    name: str
    version: str
    is_private: bool = False

    @property
    def package(self) -> str:
        """Return the name without the version, as messages show it."""
        return full_name(self.organization, self.name)


class Artifact(Protocol):
    """One version of a package, as the ecosystem that it belongs to has read it.

    `version` is the text as written. `platform` is None in an ecosystem whose packages run everywhere.
    `notes` are sentences for the report about what was found on the way. `semver_toml` is the file of that
    name beside its manifest, None where there is none.
    """

    @property
    def organization(self) -> str | None:
        """The organization that it belongs to, None in an ecosystem without any."""

    @property
    def name(self) -> str:
        """The name, without that of the organization."""

    @property
    def version(self) -> str:
        """The version as written."""

    @property
    def platform(self) -> str | None:
        """What it was built for."""

    @property
    def provenance(self) -> Provenance:
        """Where it came from."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What was found on the way."""

    @property
    def semver_toml(self) -> bytes | None:
        """The decisions of its project."""

    @property
    def module_names(self) -> tuple[str, ...]:
        """The names of its modules, as findings have them."""

    @property
    def identity(self) -> Identity:
        """What it is called where it is published."""
