"""A registry that is asked only for what it has not answered lately, and the same cache without a network.

Answers are written down in our cache, never that something is absent. Every answer names its package: file
systems that take `Acme` for `acme` must not mix them up.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from semverdiff import registry
from semverdiff.artifact import Provenance
from semverdiff.registry.archives import is_sha256, sha256_of
from semverdiff.registry.cache import cache_of
from semverdiff.registry.folders import folder_name
from semverdiff.registry.interface import Packed, Release
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from semverdiff.registry.environment import Environment
    from semverdiff.registry.folders import PackageName
    from semverdiff.registry.interface import SearchableRegistry
    from semverdiff.versions import Version

__all__ = ["CachingRegistry", "OfflineCache", "open_cached_central"]

# Seconds. Long enough for a commit hook or a workspace of many runs, short against the pace of releases.
_LIFETIME_OF_VERSIONS = 300
# What is said about one version hardly ever changes: it may only be deprecated later.
_LIFETIME_OF_RELEASE = 24 * 60 * 60


@contextmanager
def open_cached_central(environment: Environment, version: Version | None) -> Iterator[CachingRegistry]:
    """Return Central behind the cache; the connection is opened when it is needed, and closed at the end.

    `version` is the one that the user asked for, if any.
    """
    with ExitStack() as stack:
        yield CachingRegistry(
            environment, lambda: stack.enter_context(registry.open_central(environment)), version
        )


class _Versions(msgspec.Struct, frozen=True):
    """The versions of a package; `asked` is when, in seconds since 1970, and `with_token` as whom.

    An answer to nobody says nothing about packages that only members of an organization see.
    """

    package: str
    asked: float
    with_token: bool
    versions: tuple[str, ...]


class _Release(msgspec.Struct, frozen=True):
    """A release without its address, which is a secret and expires.

    `deprecation` is the reason of one that is `deprecated`; a registry may give an empty one.
    """

    package: str
    asked: float
    version: str
    platform: str
    digest: str | None
    deprecated: bool
    deprecation: str
    created: int | None = None

    def release(self) -> Release:
        deprecation = self.deprecation if self.deprecated else None
        version = parse_version(self.version)
        return Release(version, self.platform, self.digest, deprecation, created=self.created)


_Stored = TypeVar("_Stored", _Versions, _Release)


class CachingRegistry:
    """A registry in the network, in front of which is the cache. With `refresh` the cache is only written."""

    def __init__(
        self, environment: Environment, connect: Callable[[], SearchableRegistry], version: Version | None
    ) -> None:
        self._answers = _AnswerStore(environment)
        self._connect = connect
        self._connected: SearchableRegistry | None = None
        self._refresh = environment.refresh
        self._tally = environment.tally
        self._version = version
        self.provenance = Provenance("central", environment.registry)

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what happened while the registry was asked; nothing where it was not."""
        return self._connected.notes if self._connected is not None else ()

    @property
    def token_refused(self) -> bool:
        """Return whether the registry was asked and refused the access token."""
        return self._connected is not None and self._connected.token_refused

    def versions(self, package: PackageName) -> tuple[str, ...]:
        """Return the published versions: those listed lately, unless the one that is wanted is missing."""
        stored = None if self._refresh else self._answers.recent_versions(package)
        # Who looks for a version that was published a minute ago must not read that it does not exist.
        if stored is not None and (self._version is None or str(self._version) in stored):
            self._tally.cached += 1
            return stored
        remote = self._remote()
        versions = remote.versions(package)
        self._tally.fetched += 1
        # What was seen without the refused token is no answer to the next run, which has it again.
        if versions and not remote.token_refused:
            self._answers.store_versions(package, versions)
        return versions

    def packages_like(self, package: PackageName) -> tuple[PackageName, ...]:
        """Return packages whose names are like that of one; nobody asks twice."""
        self._tally.fetched += 1
        return self._remote().packages_like(package)

    def release(self, package: PackageName, version: Version) -> Release:
        """Return what is known about a version, lately: it may have been deprecated since."""
        stored = None if self._refresh else self._answers.recent_release(package, version)
        if stored is not None:
            self._tally.cached += 1
            return stored
        release = self._remote().release(package, version)
        self._tally.fetched += 1
        self._answers.store_release(package, release)
        return release

    def download(self, package: PackageName, release: Release) -> Packed:
        """Return an archive; the cache has it if its digest is the announced one."""
        stored = None if self._refresh else self._answers.archive(release)
        if stored is not None:
            self._tally.cached += 1
            return stored
        archive = self._remote().download(package, release)
        self._tally.fetched += 1
        self._answers.store_archive(archive)
        if archive.digest_verified and sha256_of(release.digest) is None:
            # Only the redirect of the download had the digest; it leads to the archive the next time.
            self._answers.store_release(package, replace(release, digest=f"sha-256={archive.digest}"))
        return archive

    def _remote(self) -> SearchableRegistry:
        if self._connected is None:
            self._connected = self._connect()
        return self._connected


class OfflineCache:
    """What we have downloaded from Central ourselves, whatever its age, without asking anybody."""

    def __init__(self, environment: Environment) -> None:
        self._answers = _AnswerStore(environment)
        self._tally = environment.tally
        self.provenance = Provenance("central", environment.registry)

    def listed(self, package: PackageName) -> tuple[str, ...]:
        """Return the versions that Central had when it was last asked."""
        return self._answers.versions(package)

    def versions(self, package: PackageName) -> tuple[str, ...]:
        """Return the versions whose archives are in the cache."""
        return self._answers.archived(package)

    def release(self, package: PackageName, version: Version) -> Release:
        """Return what was known about a version."""
        return self._answers.release(package, version) or Release(version)

    def download(self, package: PackageName, release: Release) -> Packed | None:  # noqa: ARG002 (by its digest)
        """Return an archive, or None where it is missing or damaged."""
        archive = self._answers.archive(release)
        if archive is not None:
            self._tally.cached += 1
        return archive


class _AnswerStore:
    """What one registry has answered, in our cache."""

    def __init__(self, environment: Environment) -> None:
        self._cache = cache_of(environment)
        self._with_token = environment.token is not None
        self._today = environment.clock.today
        self._registry = folder_name(environment.base)

    def versions(self, package: PackageName) -> tuple[str, ...]:
        """Return the published versions as they were last listed."""
        answer = self._read(package, "versions", _Versions)
        return () if answer is None else answer.versions

    def recent_versions(self, package: PackageName) -> tuple[str, ...] | None:
        """Return the published versions as they were listed lately, with the same right to see them."""
        answer = self._read(package, "versions", _Versions)
        if answer is None or answer.with_token != self._with_token:
            return None
        return answer.versions if self._is_younger(answer, _LIFETIME_OF_VERSIONS) else None

    def store_versions(self, package: PackageName, versions: tuple[str, ...]) -> None:
        """Write down the published versions."""
        self._store(package, "versions", _Versions(str(package), self._today(), self._with_token, versions))

    def release(self, package: PackageName, version: Version) -> Release | None:
        """Return what was last said about a version."""
        answer = self._release(package, version)
        return None if answer is None else answer.release()

    def recent_release(self, package: PackageName, version: Version) -> Release | None:
        """Return what was said about a version lately."""
        answer = self._release(package, version)
        if answer is None or not self._is_younger(answer, _LIFETIME_OF_RELEASE):
            return None
        return answer.release()

    def store_release(self, package: PackageName, release: Release) -> None:
        """Write down what is said about a version."""
        answer = _Release(
            package=str(package),
            asked=self._today(),
            version=str(release.version),
            platform=release.platform or "any",
            digest=release.digest,
            deprecated=release.deprecation is not None,
            deprecation=release.deprecation or "",
            created=release.created,
        )
        self._store(package, f"releases/{release.version}", answer)

    def archive(self, release: Release) -> Packed | None:
        """Return the archive of a version, which the registry had announced with the digest that it has."""
        digest = _usable_digest(release)
        content = None if digest is None else self._cache.open_archive(digest)
        return None if digest is None or content is None else Packed(content, digest, digest_verified=True)

    def store_archive(self, archive: Packed) -> None:
        """Store an archive if its digest was announced: what cannot be verified again is not stored."""
        if archive.digest_verified:
            self._cache.store_archive(archive.digest, archive.content)

    def archived(self, package: PackageName) -> tuple[str, ...]:
        """Return the versions whose archives are there, in no order."""
        return tuple(
            name
            for name in self._cache.answer_names(f"{self._folder(package)}/releases")
            if self._has_archive(package, name)
        )

    def _has_archive(self, package: PackageName, name: str) -> bool:
        try:
            release = self.release(package, parse_version(name))
        except ValueError:
            return False
        digest = _usable_digest(release) if release is not None else None
        return digest is not None and self._cache.has_archive(digest)

    def _release(self, package: PackageName, version: Version) -> _Release | None:
        answer = self._read(package, f"releases/{version}", _Release)
        return answer if answer is not None and answer.version == str(version) else None

    def _folder(self, package: PackageName) -> str:
        return f"{self._registry}/{package.organization}/{package.name}"

    def _is_younger(self, answer: _Versions | _Release, lifetime: int) -> bool:
        # An answer from the future shows that the clock was set back: its age is not known.
        return 0 <= self._today() - answer.asked < lifetime

    def _read(self, package: PackageName, name: str, kind: type[_Stored]) -> _Stored | None:
        content = self._cache.read_answer(f"{self._folder(package)}/{name}")
        if content is None:
            return None
        try:
            answer = msgspec.json.decode(content, type=kind)
        except (msgspec.MsgspecError, RecursionError):
            return None
        return answer if answer.package == str(package) else None

    def _store(self, package: PackageName, name: str, answer: _Versions | _Release) -> None:
        self._cache.store_answer(f"{self._folder(package)}/{name}", msgspec.json.encode(answer))


def _usable_digest(release: Release) -> str | None:
    """Return the digest of a release if it is one that a file can be named by."""
    digest = sha256_of(release.digest)
    return digest if digest is not None and is_sha256(digest) else None
