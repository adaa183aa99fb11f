"""A custom repository of Settings.toml, in the layout of Maven: versions in an index, archives beside it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from semverdiff.errors import NetworkError
from semverdiff.registry.custom_repositories import custom_repository
from semverdiff.registry.http import open_transport
from semverdiff.registry.interface import Archive, Release, is_sha256, verified_archive
from semverdiff.registry.redirects import Redirects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.registry.custom_repositories import CustomRepository
    from semverdiff.registry.environment import Environment
    from semverdiff.registry.http import Answer, Transport
    from semverdiff.registry.identity import Identity
    from semverdiff.versions import Version

__all__ = ["MavenRegistry", "open_maven"]

_OK = 200
_UNAUTHORIZED = frozenset({401, 403})
_NOT_FOUND = 404
_REMEDY = "check 'url', 'username' and 'accesstoken' of this [[repository.maven]] in Settings.toml"


@contextmanager
def open_maven(identifier: str, environment: Environment) -> Iterator[MavenRegistry]:
    """Open the repository with that id, and close its connections at the end.

    Raises:
        UsageError: Settings.toml has no usable repository with that id.

    """
    repository = custom_repository(environment, identifier)
    with open_transport(environment) as transport:
        yield MavenRegistry(repository, transport, environment)


class MavenRegistry:
    """Asks a custom repository. Only its own credentials go there, never the token of Central."""

    notes: tuple[str, ...] = ()
    token_refused = False

    def __init__(self, repository: CustomRepository, transport: Transport, environment: Environment) -> None:
        self._base = repository.url
        self._name = f"the repository '{repository.identifier}'"
        self._redirects = Redirects(transport, repository.url, self._name)
        self._agent = environment.agent
        self._limits = environment.limits
        self._secret = _credentials(repository)

    def versions(self, identity: Identity, needed: Version | None) -> tuple[str, ...]:  # noqa: ARG002 (all are)
        """List the versions of the index, in no order; none if there is no index."""
        answer = self._get(f"{_path(identity)}/maven-metadata.xml", self._limits.answer)
        if answer.status == _NOT_FOUND:
            return ()
        self._check(answer, f"the versions of {identity}")
        return _indexed(answer.body, self._name)

    def release(self, identity: Identity, version: Version) -> Release:
        """Describe a version by the checksum that may lie beside it; the index tells nothing more."""
        answer = self._get(f"{_archive_path(identity, version)}.sha256", self._limits.answer)
        words = answer.body[:200].decode("ascii", errors="replace").lower().split()
        if answer.status == _OK and words and is_sha256(words[0]):
            return Release(version, digest=f"sha-256={words[0]}")
        return Release(version)

    def archive(self, identity: Identity, release: Release) -> Archive:
        """Download a version, and compare it with its checksum if there is one."""
        wanted = f"the archive of {identity} {release.version}"
        answer = self._get(_archive_path(identity, release.version), self._limits.archive)
        self._check(answer, wanted)
        expected = release.digest.partition("=")[2] if release.digest is not None else None
        return verified_archive(answer.body, expected, wanted)

    def _get(self, path: str, limit: int) -> Answer:
        url = f"{self._base}/{path}"
        return self._redirects.get(url, {"User-Agent": self._agent}, limit, self._secret)[-1]

    def _check(self, answer: Answer, wanted: str) -> None:
        if answer.status == _OK and answer.body:
            return
        said = f"answered {answer.status}" if answer.status != _OK else "sent nothing"
        refused = " (its credentials are refused)" if answer.status in _UNAUTHORIZED else ""
        raise NetworkError(f"{self._name} {said} when asked for {wanted}{refused}; {_REMEDY}")


def _credentials(repository: CustomRepository) -> dict[str, str] | None:
    if not repository.username and not repository.token:
        return None
    from base64 import b64encode  # noqa: PLC0415 (slow: only with credentials)

    pair = f"{repository.username}:{repository.token}".encode()
    return {"Authorization": f"Basic {b64encode(pair).decode()}"}


def _path(identity: Identity) -> str:
    return f"{quote(identity.organization, safe='')}/{quote(identity.name, safe='')}"


def _archive_path(identity: Identity, version: Version) -> str:
    name = f"{identity.name}-{version}.bala"
    return f"{_path(identity)}/{quote(str(version), safe='')}/{quote(name, safe='')}"


def _indexed(content: bytes, source: str) -> tuple[str, ...]:
    """Read `metadata/versioning/versions/version` out of an index.

    A document type is refused: entities could make a small file fill the memory.
    """
    from xml.parsers import expat  # noqa: PLC0415 (slow: only for such a repository)

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
