"""A registry that is asked only for what it has not answered lately."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import msgspec

from semverdiff.registry.cache import cache_of
from semverdiff.registry.interface import sha256_of
from semverdiff.registry.stored_answers import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from semverdiff.registry.environment import Environment
    from semverdiff.registry.identity import Identity
    from semverdiff.registry.interface import Archive, Registry, Release
    from semverdiff.versions import Version

__all__ = ["open_remembering"]


@contextmanager
def open_remembering(
    environment: Environment, identity: Identity, connect: Callable[[ExitStack], Registry]
) -> Iterator[Registry]:
    """Return a registry that connects to the real one when it has to; the stack closes the connection."""
    with ExitStack() as stack:
        kept = Kept(cache_of(environment), environment, identity)
        yield _Remembering(kept, lambda: connect(stack), refresh=environment.refresh)


class _Remembering:
    def __init__(self, kept: Kept, connect: Callable[[], Registry], *, refresh: bool) -> None:
        self._kept = kept
        self._connect = connect
        self._connected: Registry | None = None
        self._refresh = refresh

    @property
    def notes(self) -> tuple[str, ...]:
        return self._connected.notes if self._connected is not None else ()

    @property
    def token_refused(self) -> bool:
        return self._connected is not None and self._connected.token_refused

    def versions(self, identity: Identity, needed: Version | None) -> tuple[str, ...]:
        kept = None if self._refresh else self._kept.versions(fresh=True)
        # Who looks for a version that was published a minute ago must not be told that it is not there.
        if kept is not None and (needed is None or str(needed) in kept):
            return kept
        registry = self._registry()
        versions = registry.versions(identity, needed)
        # What was seen without the refused token is no answer to the next run, which has it again.
        if versions and not registry.token_refused:
            self._kept.keep_versions(versions)
        return versions

    def release(self, identity: Identity, version: Version) -> Release:
        kept = None if self._refresh else self._kept.release(version, fresh=True)
        if kept is not None:
            return kept
        release = self._registry().release(identity, version)
        self._kept.keep_release(release)
        return release

    def archive(self, identity: Identity, release: Release) -> Archive:
        kept = None if self._refresh else self._kept.archive(release)
        if kept is not None:
            return kept
        archive = self._registry().archive(identity, release)
        self._kept.keep_archive(archive)
        if archive.digest_verified and sha256_of(release.digest) is None:
            # Only the redirect of the download told the digest; it leads to the archive the next time.
            self._kept.keep_release(msgspec.structs.replace(release, digest=f"sha-256={archive.digest}"))
        return archive

    def _registry(self) -> Registry:
        if self._connected is None:
            self._connected = self._connect()
        return self._connected
