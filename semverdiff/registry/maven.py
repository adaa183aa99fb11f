"""A custom repository of Settings.toml, in the layout of Maven: versions in an index, archives beside it."""

from __future__ import annotations

from base64 import b64encode
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.parsers import expat

import msgspec

from semverdiff.artifact import Provenance
from semverdiff.errors import NetworkError, UsageError
from semverdiff.registry.addresses import is_safe
from semverdiff.registry.archives import is_sha256, verified
from semverdiff.registry.cache import cache_of
from semverdiff.registry.credentials import SETTINGS, read_settings
from semverdiff.registry.downloads import open_download
from semverdiff.registry.http import open_transport
from semverdiff.registry.interface import Release
from semverdiff.registry.redirects import Redirects

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.registry.downloads import Download
    from semverdiff.registry.environment import Environment
    from semverdiff.registry.folders import PackageName
    from semverdiff.registry.http import Response, Transport
    from semverdiff.registry.interface import Packed
    from semverdiff.versions import Version

__all__ = ["MavenRegistry", "open_maven"]

_OK = 200
_UNAUTHORIZED = frozenset({401, 403})
_NOT_FOUND = 404
_KEYS = ("url", "username", "accesstoken")
_REMEDY = "check 'url', 'username' and 'accesstoken' of this [[repository.maven]] in Settings.toml"


class CustomRepository(msgspec.Struct, frozen=True):
    """Where a repository is, and who we are there."""

    identifier: str
    url: str
    username: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return f"CustomRepository({self.identifier!r})"


@contextmanager
def open_maven(identifier: str, environment: Environment) -> Iterator[MavenRegistry]:
    """Return the repository with that id; its connections are closed at the end.

    Raises:
        UsageError: Settings.toml has no usable repository with that id.

    """
    repository = _repository(environment, identifier)
    with open_transport(environment) as transport:
        yield MavenRegistry(repository, transport, environment)


class MavenRegistry:
    """The client of a custom repository. Only its own credentials go there, never the token of Central."""

    notes: tuple[str, ...] = ()
    token_refused = False

    def __init__(self, repository: CustomRepository, transport: Transport, environment: Environment) -> None:
        self._base = repository.url
        self._name = f"the repository '{repository.identifier}'"
        self._redirects = Redirects(transport, repository.url, self._name)
        self._agent = environment.agent
        self._limits = environment.limits
        self._cache = cache_of(environment)
        self._secret = _credentials(repository)
        self.provenance = Provenance("repository", repository.identifier)

    def versions(self, package: PackageName) -> tuple[str, ...]:
        """Return the versions of the index, in no order; none if there is no index."""
        response = self._get(f"{_path(package)}/maven-metadata.xml", self._limits.answer)
        if response.status == _NOT_FOUND:
            return ()
        self._check(response, f"the versions of {package}", len(response.body))
        return _indexed(response.body, self._name)

    def release(self, package: PackageName, version: Version) -> Release:
        """Return a version with the checksum that may lie beside it; the index says nothing more."""
        response = self._get(f"{_archive_path(package, version)}.sha256", self._limits.answer)
        words = response.body[:200].decode("ascii", errors="replace").lower().split()
        if response.status == _OK and words and is_sha256(words[0]):
            return Release(version, digest=f"sha-256={words[0]}")
        return Release(version)

    def download(self, package: PackageName, release: Release) -> Packed:
        """Return the archive of a version, compared with its checksum if there is one."""
        wanted = f"the archive of {package} {release.version}"
        with open_download(self._cache, wanted) as download:
            path = _archive_path(package, release.version)
            response = self._get(path, self._limits.archive, download)
            self._check(response, wanted, download.size)
            expected = release.digest.partition("=")[2] if release.digest is not None else None
            return verified(download, expected, wanted)

    def _get(self, path: str, limit: int, into: Download | None = None) -> Response:
        url, headers = f"{self._base}/{path}", {"User-Agent": self._agent}
        return self._redirects.get(url, headers, limit, secret=self._secret, into=into)[-1]

    def _check(self, response: Response, wanted: str, size: int) -> None:
        if response.status == _OK and size:
            return
        said = f"answered {response.status}" if response.status != _OK else "sent nothing"
        refused = " (its credentials are refused)" if response.status in _UNAUTHORIZED else ""
        raise NetworkError(f"{self._name} {said} when asked for {wanted}{refused}; {_REMEDY}")


def _repository(environment: Environment, identifier: str) -> CustomRepository:
    """Return the repository with an id.

    Raises:
        UsageError: Settings.toml cannot be read, has no such repository, or does not describe it properly.

    """
    try:
        _, tables = read_settings(environment.home)
    except ValueError as error:
        raise UsageError(f"the repository '{identifier}' cannot be looked up: {error}; correct it") from error
    known = {str(entry.get("id")): entry for entry in _entries(tables)}
    if identifier not in known:
        there = ", ".join(f"'{one}'" for one in sorted(known)) or "none"
        raise UsageError(
            f"{SETTINGS} describes no repository '{identifier}': expected a [[repository.maven]] with that "
            f"id, found {there}"
        )
    values = [known[identifier].get(key, "") for key in _KEYS]
    if not all(isinstance(value, str) for value in values):
        raise UsageError(
            f"the repository '{identifier}' in {SETTINGS} is not described properly: expected texts for "
            f"{', '.join(_KEYS)}"
        )
    url, username, token = map(str, values)
    if not url.isascii() or "@" in url or "?" in url or not is_safe(url, plain_loopback=True):
        raise UsageError(
            f"the 'url' of the repository '{identifier}' in {SETTINGS} should be an address such as "
            "https://nexus.example.com/repository/ballerina, without user name and '?' (those go into "
            "'username' and 'accesstoken'); plain http is accepted for this machine only"
        )
    return CustomRepository(identifier, url.rstrip("/"), username, token)


def _entries(tables: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Return the tables of `[[repository.maven]]`, passing over what is none."""
    repository = tables.get("repository")
    entries = repository.get("maven") if isinstance(repository, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield entry


def _credentials(repository: CustomRepository) -> dict[str, str] | None:
    if not repository.username and not repository.token:
        return None
    pair = f"{repository.username}:{repository.token}".encode()
    return {"Authorization": f"Basic {b64encode(pair).decode()}"}


def _path(package: PackageName) -> str:
    return f"{quote(package.organization, safe='')}/{quote(package.name, safe='')}"


def _archive_path(package: PackageName, version: Version) -> str:
    name = f"{package.name}-{version}.bala"
    return f"{_path(package)}/{quote(str(version), safe='')}/{quote(name, safe='')}"


def _indexed(content: bytes, source: str) -> tuple[str, ...]:
    """Return each `metadata/versioning/versions/version` of an index.

    A document type is refused: entities could make a small file fill the memory.
    """
    path: list[str] = []
    texts: list[str] = []

    def start(name: str, _attributes: object) -> None:
        path.append(name)
        if path == ["metadata", "versioning", "versions", "version"]:
            texts.append("")

    def end(_name: str) -> None:
        path.pop()

    def characters(text: str) -> None:
        if path == ["metadata", "versioning", "versions", "version"]:
            texts[-1] += text

    def refuse(*_declared: object) -> None:
        raise ValueError

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)  # the flag says that this is all
    except (expat.ExpatError, ValueError):
        raise NetworkError(
            f"{source} should have answered with the XML of a maven-metadata.xml, but sent something else; "
            f"{_REMEDY}"
        ) from None
    return tuple(text.strip() for text in texts)
