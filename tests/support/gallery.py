"""A stand-in for Vein's gallery on loopback, with the quirks of the real one.

    table = [PublishedShard("demo", "1.0.0", shard("demo", "1.0.0"))]
    with serve_gallery(table, faults={"versions": status(500)}) as gallery:
        ask(gallery.address)
        assert gallery.endpoints == ("search", "versions")

Unknown names are an error of the server with a web page, where only a search says that they are unknown.
Names are found in any case by search and version list, and as they are stored everywhere else. Lists of
versions are in lower case and hold unlisted ones. What was published may have no content.
"""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from support.archives import zip_of
from support.central import Reply, page, serve_site
from support.vein_modules import module_of, write_module

from semverdiff.vein.versions import parse_nuget_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["GalleryStandIn", "PublishedShard", "published_shard", "serve_gallery", "shard_of"]

_MOST_VERSIONS = 500


def shard_of(name: str, version: str) -> bytes:
    """Return a shard with an empty module."""
    manifest = {"name": name, "version": version}
    module = write_module(module_of(name=name))
    return zip_of({f"lib/{name}.wll": module, "manifest.json": json.dumps(manifest)})


@dataclass(frozen=True, slots=True)
class PublishedShard:
    """A version of a shard; publishing may have failed after its name and before its content."""

    name: str
    version: str
    content: bytes | None
    listed: bool = True

    @property
    def normalised(self) -> str:
        """The version under which the gallery finds it."""
        return str(parse_nuget_version(self.version))


def published_shard(version: str, name: str = "demo", *, listed: bool = True) -> PublishedShard:
    """Return a version with content."""
    return PublishedShard(name, version, shard_of(name, version), listed)


@contextmanager
def serve_gallery(
    table: Sequence[PublishedShard], faults: Mapping[str, Callable[[Reply], Reply]] | None = None
) -> Iterator[GalleryStandIn]:
    """Serve a table until the block ends. Faults change the replies of endpoints, for ever."""
    with serve_site(lambda port: GalleryStandIn(port, table, faults or {})) as gallery:
        yield gallery


class GalleryStandIn:
    """The running stand-in: where it is, and what it was asked."""

    proxy_credentials: tuple[str, str] | None = None

    def __init__(
        self, port: int, table: Sequence[PublishedShard], faults: Mapping[str, Callable[[Reply], Reply]]
    ) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.stopping = threading.Event()
        self.table = list(table)
        self.faults = dict(faults)
        self.requests: list[tuple[str, str, dict[str, str]]] = []

    @property
    def endpoints(self) -> tuple[str, ...]:
        """What was asked so far, in order."""
        return tuple(endpoint for endpoint, _, _ in self.requests)

    @property
    def targets(self) -> tuple[str, ...]:
        """The paths that were asked so far, in order."""
        return tuple(target for _, target, _ in self.requests)

    def answer(self, target: str, headers: dict[str, str]) -> Reply:
        """Record a request and decide what to say."""
        endpoint, reply = self._regular(target)
        self.requests.append((endpoint, target, headers))
        fault = self.faults.get(endpoint)
        return reply if fault is None else fault(reply)

    def _regular(self, target: str) -> tuple[str, Reply]:
        parts = urlsplit(target)
        match [unquote(part) for part in parts.path.strip("/").split("/")]:
            case ["@", "search", "index"]:
                return "search", self._search(parse_qs(parts.query))
            case ["@", "packages", name, "version.json"]:
                return "versions", self._versions(name)
            case ["@", "package", name, version]:
                return "metadata", self._metadata(name, version, parse_qs(parts.query))
            case ["@", "packages", name, version]:
                return "shard", self._shard(name, version)
        return "unknown", page(404)(Reply(404))

    def _search(self, query: dict[str, list[str]]) -> Reply:
        asked, skip, take = query["q"][0].lower(), int(query["skip"][0]), int(query["take"][0])
        early = query.get("prerelease") == ["true"]
        names = sorted(
            {
                one.name
                for one in self.table
                if asked in one.name.lower() and (early or "-" not in one.version)
            }
        )
        found = [max(_named(self.table, name), key=_order) for name in names[skip : skip + take]]
        return _json(200, [_manifest(one) for one in found])

    def _versions(self, name: str) -> Reply:
        found = sorted(
            (one for one in self.table if one.name.lower() == name.lower()), key=_order, reverse=True
        )[:_MOST_VERSIONS]
        if not found:
            return page(500)(Reply(500))
        return _json(
            200,
            {
                "versions": [one.normalised.lower() for one in found],
                "downloads": [0 for _ in found],
                "dates": ["2024-09-01T00:00:00+00:00" for _ in found],
            },
        )

    def _metadata(self, name: str, version: str, query: dict[str, list[str]]) -> Reply:
        if version in {"latest", "next"}:
            return page(500)(Reply(500))
        unlisted = query.get("includeUnlisted") == ["true"]
        found = [one for one in self._found(name, version) if one.listed or unlisted]
        return _json(200, _manifest(found[0])) if found else _json(404, {"status": 404})

    def _shard(self, name: str, version: str) -> Reply:
        if version in {"latest", "next"}:
            return _json(400, {"message": "not allowed using latest or next version for this endpoint"})
        found = self._found(name, version)
        if not found or found[0].content is None:
            return _json(404, {"status": 404})
        return Reply(200, found[0].content, {"Content-Type": "application/octet-stream"})

    def _found(self, name: str, version: str) -> list[PublishedShard]:
        """Return a version by its name as it is stored, and by its label as it was written."""
        try:
            asked = str(parse_nuget_version(version))
        except ValueError:
            return []
        return [one for one in _named(self.table, name) if one.normalised == asked]


def _named(table: Sequence[PublishedShard], name: str) -> list[PublishedShard]:
    return [one for one in table if one.name == name]


def _order(shard: PublishedShard) -> tuple[object, ...]:
    version = parse_nuget_version(shard.version)
    return (*version.numbers, not version.label, [part.lower() for part in version.label])


def _manifest(shard: PublishedShard) -> dict[str, object]:
    return {
        "name": shard.name,
        "version": shard.version,
        "dependencies": [{"name": "std", "version": "0.30.9.3"}],
        "isListed": shard.listed,
        "downloads": 0,
        "normalizedVersion": shard.normalised,
        "originalVersion": shard.version,
        "published": "2024-09-01T00:00:00+00:00",
        "isVerified": False,
        "hasMetapackage": False,
        "hasServicedPackage": False,
    }


def _json(code: int, value: object) -> Reply:
    return Reply(code, json.dumps(value).encode(), {"Content-Type": "application/json; charset=utf-8"})
