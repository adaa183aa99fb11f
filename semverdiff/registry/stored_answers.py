"""What a registry has answered, written down in our cache and read back; never that something is absent."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

import msgspec

from semverdiff.registry.interface import Archive, Release, is_sha256, sha256_of
from semverdiff.versions import Version, parse_version

if TYPE_CHECKING:
    from semverdiff.registry.cache import Cache
    from semverdiff.registry.environment import Environment
    from semverdiff.registry.identity import Identity

__all__ = ["Kept"]

# Seconds. Long enough for a commit hook or a workspace of many runs, short against the pace of releases.
_LIFETIME_OF_VERSIONS = 300
# What is said about one version hardly ever changes: only that it is deprecated may come later.
_LIFETIME_OF_RELEASE = 24 * 60 * 60


class _Versions(msgspec.Struct, frozen=True):
    package: str
    asked: float
    with_token: bool
    versions: tuple[str, ...]


class _Release(msgspec.Struct, frozen=True):
    """A release without its address, which is a secret and expires."""

    package: str
    asked: float
    version: str
    platform: str
    digest: str | None
    deprecated: bool
    deprecation: str


_Answer = TypeVar("_Answer", _Versions, _Release)


class Kept:
    """What one registry has said about one package. Every answer names its package: file systems that
    take `Acme` for `acme` must not mix them up.
    """  # noqa: D205 (the second sentence explains the first)

    def __init__(self, cache: Cache, environment: Environment, identity: Identity) -> None:
        self._cache = cache
        self._identity = identity
        self._with_token = environment.token is not None
        self._today = environment.clock.today
        # Percent-encoded, an address is the name of a folder, and no two are the same.
        registry = quote(environment.base, safe="")
        self._name = f"{registry}/{identity.organization}/{identity.name}"

    def versions(self, *, fresh: bool) -> tuple[str, ...] | None:
        """Return the published versions as they were listed: lately if `fresh`, else ever."""
        found = self._read(f"{self._name}/versions", _Versions)
        if found is None or (
            fresh
            and not (self._is_fresh(found, _LIFETIME_OF_VERSIONS) and found.with_token == self._with_token)
        ):
            return None
        return found.versions

    def keep_versions(self, versions: tuple[str, ...]) -> None:
        """Write the published versions down."""
        answer = _Versions(str(self._identity), self._today(), self._with_token, versions)
        self._keep(f"{self._name}/versions", answer)

    def release(self, version: Version, *, fresh: bool) -> Release | None:
        """Return what was said about a version, lately if `fresh`: it may be deprecated since."""
        found = self._read(self._name_of(version), _Release)
        if (
            found is None
            or found.version != str(version)
            or (fresh and not self._is_fresh(found, _LIFETIME_OF_RELEASE))
        ):
            return None
        return Release(version, found.platform, found.digest, found.deprecated, found.deprecation)

    def keep_release(self, release: Release) -> None:
        """Write down what is said about a version."""
        answer = _Release(
            str(self._identity),
            self._today(),
            str(release.version),
            release.platform,
            release.digest,
            release.deprecated,
            release.deprecation,
        )
        self._keep(self._name_of(release.version), answer)

    def archive(self, release: Release) -> Archive | None:
        """Return the archive of a version, which the registry had announced with the digest that it has."""
        digest = sha256_of(release.digest)
        if digest is None or not is_sha256(digest):
            return None
        content = self._cache.read_archive(digest)
        return Archive(content, digest, digest_verified=True) if content is not None else None

    def keep_archive(self, archive: Archive) -> None:
        """Keep an archive, if its digest was announced: what cannot be verified again is not kept."""
        if archive.digest_verified:
            self._cache.keep_archive(archive.digest, archive.content)

    def archived(self) -> tuple[Version, ...]:
        """List the versions whose archives are there, in no order."""
        found: list[Version] = []
        for name in self._cache.answer_names(f"{self._name}/releases"):
            try:
                version = parse_version(name)
            except ValueError:
                continue
            release = self.release(version, fresh=False)
            digest = sha256_of(release.digest) if release is not None else None
            if digest is not None and is_sha256(digest) and self._cache.has_archive(digest):
                found.append(version)
        return tuple(found)

    def _name_of(self, version: Version) -> str:
        return f"{self._name}/releases/{version}"

    def _is_fresh(self, answer: _Versions | _Release, lifetime: int) -> bool:
        # An answer from the future shows that the clock was set back: its age is not known.
        return 0 <= self._today() - answer.asked < lifetime

    def _read(self, name: str, kind: type[_Answer]) -> _Answer | None:
        content = self._cache.read_answer(name)
        if content is None:
            return None
        try:
            answer = msgspec.json.decode(content, type=kind)
        except (msgspec.MsgspecError, RecursionError):
            return None
        return answer if answer.package == str(self._identity) else None

    def _keep(self, name: str, answer: _Versions | _Release) -> None:
        self._cache.keep_answer(name, msgspec.json.encode(answer))
