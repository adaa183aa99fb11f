"""The gallery behind our cache: what it has answered lately, and the shards that it has sent, for ever.

A shard never changes once it is published, but the gallery announces no digest: what is kept is compared with
the digest of what arrived. That something is absent is never written down.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated, TypeVar
from urllib.parse import quote

import msgspec

from semverdiff import limits, registry
from semverdiff.registry import Packed
from semverdiff.vein.gallery import open_gallery
from semverdiff.vein.versions import parse_nuget_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Final

    from semverdiff.registry import Environment
    from semverdiff.vein.gallery import Gallery
    from semverdiff.vein.versions import NugetVersion

__all__ = ["CachedShards", "CachingGallery", "ShardListing", "open_cached_gallery"]

_SHARD: Final = ".shard"
# Seconds. The gallery itself answers from a cache that is as old.
_LIFETIME_OF_LISTING: Final = 300
# No route of the gallery changes whether a version is listed.
_LIFETIME_OF_METADATA: Final = 24 * 60 * 60


class ShardListing(msgspec.Struct, frozen=True):
    """The name under which the gallery stores a shard, and the texts of its versions, in no order."""

    name: str
    versions: tuple[str, ...]


class _Listing(msgspec.Struct, frozen=True):
    """A listing; `asked` is when, in seconds since 1970."""

    name: str
    asked: float
    versions: Annotated[tuple[str, ...], msgspec.Meta(max_length=limits.LISTED_VERSIONS)]


class _Metadata(msgspec.Struct, frozen=True):
    """Whether a version is listed."""

    name: str
    asked: float
    version: str
    is_listed: bool


class _Shard(msgspec.Struct, frozen=True):
    """The digest of a version as it arrived."""

    name: str
    version: str
    digest: str


_Stored = TypeVar("_Stored", _Listing, _Metadata, _Shard)


@contextmanager
def open_cached_gallery(environment: Environment, version: NugetVersion | None) -> Iterator[CachingGallery]:
    """Return the gallery behind the cache; the connection is opened when it is needed, and closed at the end.

    `version` is the one that the user asked for, if any.
    """
    with ExitStack() as stack:
        yield CachingGallery(environment, lambda: stack.enter_context(open_gallery(environment)), version)


class CachingGallery:
    """The gallery, in front of which is the cache. With `refresh` the cache is only written."""

    def __init__(
        self, environment: Environment, connect: Callable[[], Gallery], version: NugetVersion | None
    ) -> None:
        self._store = _Store(environment)
        self._connect = connect
        self._connected: Gallery | None = None
        self._refresh = environment.refresh
        self._tally = environment.tally
        self._version = version

    def find(self, name: str) -> ShardListing | None:
        """Return the versions of a shard: those listed lately, unless the one that is wanted is missing."""
        stored = None if self._refresh else self._store.recent_listing(name)
        if stored is not None and (self._version is None or _holds(stored, self._version)):
            self._tally.cached += 1
            return stored
        gallery = self._gallery()
        self._tally.fetched += 1
        found = gallery.stored_name(name)
        if found is None:
            return None
        listing = ShardListing(found, gallery.versions(found))
        self._tally.fetched += 1
        self._store.store_listing(listing)
        return listing

    def is_listed(self, name: str, version: str) -> bool | None:
        """Return whether a version is listed, or None where the gallery does not find it."""
        stored = None if self._refresh else self._store.recent_metadata(name, version)
        if stored is not None:
            self._tally.cached += 1
            return stored
        found = self._gallery().is_listed(name, version)
        self._tally.fetched += 1
        if found is not None:
            self._store.store_metadata(name, version, is_listed=found)
        return found

    def shard(self, name: str, version: str) -> Packed | None:
        """Return the archive of a version, or None where it has no content."""
        stored = None if self._refresh else self._store.shard(name, version)
        if stored is not None:
            self._tally.cached += 1
            return stored
        found = self._gallery().download(name, version)
        self._tally.fetched += 1
        if found is not None:
            self._store.store_shard(name, version, found)
        return found

    def _gallery(self) -> Gallery:
        if self._connected is None:
            self._connected = self._connect()
        return self._connected


class CachedShards:
    """What we have downloaded from the gallery ourselves, whatever its age, without asking anybody."""

    def __init__(self, environment: Environment) -> None:
        self._store = _Store(environment)
        self._tally = environment.tally

    def listed(self, name: str) -> tuple[str, ...]:
        """Return the versions that the gallery had when it was last asked."""
        listing = self._store.listing(name)
        return () if listing is None else listing.versions

    def is_unlisted(self, name: str, version: str) -> bool:
        """Return whether a version was not listed when the gallery was last asked."""
        metadata = self._store.metadata(name, version)
        return metadata is not None and not metadata.is_listed

    def versions(self, name: str) -> tuple[str, ...]:
        """Return the versions whose archives are in the cache."""
        return self._store.versions(name)

    def shard(self, name: str, version: str) -> Packed | None:
        """Return an archive, or None where it is missing or damaged."""
        found = self._store.shard(name, version)
        if found is not None:
            self._tally.cached += 1
        return found


class _Store:
    """What one gallery has answered, in our cache. Names are in lower case, as some systems have them."""

    def __init__(self, environment: Environment) -> None:
        self._cache = registry.cache_of(environment)
        self._today = environment.clock.today
        # Percent-encoded, an address is the name of a folder, and no two are the same.
        self._gallery = quote(environment.gallery, safe="")

    def listing(self, name: str) -> _Listing | None:
        """Return the versions of a shard as they were last listed."""
        return self._read(name, "versions", _Listing)

    def recent_listing(self, name: str) -> ShardListing | None:
        """Return the versions of a shard as they were listed lately."""
        found = self.listing(name)
        if found is None or not self._is_younger(found, _LIFETIME_OF_LISTING):
            return None
        return ShardListing(found.name, found.versions)

    def store_listing(self, listing: ShardListing) -> None:
        """Write down the versions of a shard."""
        self._write(listing.name, "versions", _Listing(listing.name, self._today(), listing.versions))

    def metadata(self, name: str, version: str) -> _Metadata | None:
        """Return what was last said about a version."""
        found = self._read(name, f"metadata/{version.lower()}", _Metadata)
        return found if found is not None and found.version.lower() == version.lower() else None

    def recent_metadata(self, name: str, version: str) -> bool | None:
        """Return whether a version was listed lately."""
        found = self.metadata(name, version)
        # The gallery knows the version by one of its spellings only.
        if found is None or found.version != version or not self._is_younger(found, _LIFETIME_OF_METADATA):
            return None
        return found.is_listed

    def store_metadata(self, name: str, version: str, *, is_listed: bool) -> None:
        """Write down whether a version is listed."""
        answer = _Metadata(name, self._today(), version, is_listed)
        self._write(name, f"metadata/{version.lower()}", answer)

    def versions(self, name: str) -> tuple[str, ...]:
        """Return the versions whose archives are there, in no order."""
        known = self._cache.answer_names(f"{self._folder(name)}/shards")
        found = (self._read(name, f"shards/{one}", _Shard) for one in known)
        return tuple(
            one.version
            for one in found
            if one is not None
            and registry.is_sha256(one.digest)
            and self._cache.has_archive(one.digest, _SHARD)
        )

    def shard(self, name: str, version: str) -> Packed | None:
        """Return the archive of a version, if it still is what arrived."""
        found = self._read(name, f"shards/{version.lower()}", _Shard)
        if found is None or found.version.lower() != version.lower() or not registry.is_sha256(found.digest):
            return None
        content = self._cache.open_archive(found.digest, _SHARD)
        return None if content is None else Packed(content, found.digest, digest_verified=False)

    def store_shard(self, name: str, version: str, shard: Packed) -> None:
        """Store an archive, and then the digest by which it is found."""
        self._cache.store_archive(shard.digest, shard.content, _SHARD)
        self._write(name, f"shards/{version.lower()}", _Shard(name, version, shard.digest))

    def _folder(self, name: str) -> str:
        return f"{self._gallery}/{name.lower()}"

    def _is_younger(self, answer: _Listing | _Metadata, lifetime: int) -> bool:
        # An answer from the future shows that the clock was set back: its age is not known.
        return 0 <= self._today() - answer.asked < lifetime

    def _read(self, name: str, key: str, kind: type[_Stored]) -> _Stored | None:
        content = self._cache.read_answer(f"{self._folder(name)}/{key}")
        if content is None:
            return None
        try:
            answer = msgspec.json.decode(content, type=kind)
        except (ValueError, RecursionError):
            return None
        return answer if answer.name.lower() == name.lower() else None

    def _write(self, name: str, key: str, answer: _Listing | _Metadata | _Shard) -> None:
        self._cache.store_answer(f"{self._folder(name)}/{key}", msgspec.json.encode(answer))


def _holds(listing: ShardListing, version: NugetVersion) -> bool:
    """Return whether a listing has a version; an older listing says nothing about a new one."""
    for text in listing.versions:
        try:
            if parse_nuget_version(text) == version:
                return True
        except ValueError:
            continue
    return False
