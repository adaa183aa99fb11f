"""What every registry can be asked: its versions, what is known about one, and the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from semverdiff.errors import NetworkError
from semverdiff.text import quote_line
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.registry.identity import Identity
    from semverdiff.versions import Version

__all__ = ["Archive", "Registry", "Release", "is_sha256", "sha256_of", "sorted_versions", "verified_archive"]

_HEX_DIGITS = 64


class Release(msgspec.Struct, frozen=True):
    """What is known about one version. `address` is signed and so a secret while it lasts."""

    version: Version
    platform: str = "any"
    digest: str | None = None
    deprecated: bool = False
    deprecation: str = ""
    address: str | None = None

    def __repr__(self) -> str:
        return f"Release({self.version}, {self.platform}, {self.digest})"


class Archive(msgspec.Struct, frozen=True):
    """The bytes of a `.bala`, their SHA-256, and whether the registry had announced that one."""

    content: bytes
    digest: str
    digest_verified: bool


class Registry(Protocol):
    """Where versions are published. `notes` says what happened on the way to the answers so far."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for the report."""

    @property
    def token_refused(self) -> bool:
        """Return whether the registry refused the access token; then an absence proves nothing."""

    def versions(self, identity: Identity, needed: Version | None) -> tuple[str, ...]:
        """List the published versions, in no order; `needed` is one that the caller hopes to find."""

    def release(self, identity: Identity, version: Version) -> Release:
        """Describe one published version."""

    def archive(self, identity: Identity, release: Release) -> Archive:
        """Return the archive of a version."""


def sorted_versions(texts: Iterable[str]) -> tuple[tuple[Version, ...], tuple[str, ...]]:
    """Sort versions, lowest first, without repetitions, and set the unreadable texts apart."""
    readable: list[Version] = []
    unreadable: list[str] = []
    # Versions that differ in build metadata only are equal; sorting the texts first settles their order.
    for text in sorted(set(texts)):
        try:
            readable.append(parse_version(text))
        except ValueError:
            unreadable.append(text)
    return tuple(sorted(readable)), tuple(unreadable)


def sha256_of(announced: str | None) -> str | None:
    """Read `sha-256=<hex>`, as lower-case hex; another algorithm is as good as no digest."""
    algorithm, _, digest = (announced or "").partition("=")
    return digest.strip().lower() if algorithm.strip().lower() == "sha-256" else None


def is_sha256(text: str) -> bool:
    """Return whether a text is a digest, and so safe as the name of a file."""
    return len(text) == _HEX_DIGITS and set(text) <= set("0123456789abcdef")


def verified_archive(content: bytes, expected: str | None, wanted: str) -> Archive:
    """Compare an archive with its announced digest, if there is one; `wanted` is its name in messages."""
    import hashlib  # noqa: PLC0415 (slow: only for a download)

    digest = hashlib.sha256(content).hexdigest()
    if expected is not None and expected != digest:
        raise NetworkError(
            f"{wanted} is not what the registry announced: its SHA-256 should be {quote_line(expected)}, "
            f"but is '{digest}'; it was damaged or exchanged on the way, so it was not used; try again, or "
            "name an archive that you trust by --baseline file:PATH"
        )
    return Archive(content, digest, digest_verified=expected is not None)
