"""Ballerina Central's registry: which versions there are, what is known about one, and its archive."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from semverdiff.baselines.answers import (
    flag_in,
    message_of,
    object_of,
    refusal,
    text_in,
    texts_of,
    unexpected,
)
from semverdiff.baselines.identity import is_platform
from semverdiff.baselines.surroundings import is_loopback
from semverdiff.baselines.transport import WITHOUT_NETWORK, host_of, open_transport
from semverdiff.baselines.wording import quoted
from semverdiff.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.baselines.identity import Identity
    from semverdiff.baselines.surroundings import Surroundings
    from semverdiff.baselines.transport import Answer, Transport
    from semverdiff.versions import Version

__all__ = ["Archive", "Registry", "Release", "open_registry"]

# Central hides the versions whose platform is not named here, so all targets are. `any` is implied.
_PLATFORMS = "java25,java21,java17,java11"

_OK = 200
_UNAUTHORIZED = 401
_NOT_FOUND = 404
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_JSON = "application/json"
_BYTES = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Release:
    """What the registry says about one version. `address` is signed and so a secret while it lasts."""

    version: Version
    platform: str
    digest: str | None
    deprecated: bool
    deprecation: str
    address: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Archive:
    """The bytes of a `.bala`, and the SHA-256 that the registry gave for them."""

    content: bytes
    digest: str
    digest_verified: bool


@contextmanager
def open_registry(surroundings: Surroundings) -> Iterator[Registry]:
    """Open the registry that the surroundings name, and close its connections at the end."""
    with open_transport(surroundings) as transport:
        yield Registry(transport, surroundings)


class Registry:
    """Asks the registry. `token_refused` turns true when it refuses the token, which then stays here."""

    def __init__(self, transport: Transport, surroundings: Surroundings) -> None:
        self._transport = transport
        self._base = surroundings.base
        self._name = surroundings.registry
        self._token = surroundings.token
        self._agent = surroundings.agent
        self._limits = surroundings.limits
        self.token_refused = False

    def versions(self, identity: Identity) -> tuple[str, ...]:
        """List the published versions that we may see, in no order; none if there is no such package."""
        wanted = f"the versions of {identity}"
        answer = self._ask(_path(identity), _JSON, self._limits.answer)[-1]
        if answer.status == _NOT_FOUND and (message_of(answer) or "").lower().startswith("package not found"):
            return ()
        if answer.status != _OK:
            raise self._refusal(answer, wanted)
        return texts_of(answer, self._name)

    def release(self, identity: Identity, version: Version) -> Release:
        """Describe one published version."""
        wanted = f"{identity} {version}"
        answer = self._ask(_path(identity, version), _JSON, self._limits.answer)[-1]
        if answer.status != _OK:
            raise self._refusal(answer, wanted)
        values = object_of(answer, self._name)
        asked = (identity.organization, identity.name, str(version))
        found = tuple(text_in(values, key, self._name) for key in ("organization", "name", "version"))
        if found != asked:
            raise unexpected(self._name, f"a description of {wanted}", "that of another package")
        platform = text_in(values, "platform", self._name) or "any"
        if not is_platform(platform):
            raise unexpected(self._name, f"the platform of {wanted}", quoted(platform))
        return Release(
            version=version,
            platform=platform,
            digest=text_in(values, "digest", self._name),
            deprecated=flag_in(values, "isDeprecated", self._name),
            deprecation=text_in(values, "deprecateMessage", self._name) or "",
            address=text_in(values, "balaURL", self._name),
        )

    def archive(self, identity: Identity, release: Release) -> Archive:
        """Download the archive of a version and compare it with the digest that the registry gives."""
        wanted = f"the archive of {identity} {release.version}"
        digest = release.digest
        answer = None
        if release.address is not None:
            answer = self._follow(release.address, _BYTES, self._limits.archive, with_token=False)[-1]
        if answer is None or answer.status != _OK:
            # No address, or one that is refused (it may have expired): let the registry send us there.
            steps = self._ask(_path(identity, release.version), _BYTES, self._limits.archive)
            answer = steps[-1]
            digest = digest or steps[0].headers.get("digest")
        if answer.status != _OK:
            raise self._refusal(answer, wanted)
        if not answer.body:
            raise NetworkError(f"{self._name} sent {wanted} without content; try again; {WITHOUT_NETWORK}")
        return _verified(answer.body, digest, wanted)

    def _ask(self, path: str, accept: str, limit: int) -> tuple[Answer, ...]:
        """Get a path of the registry, once more without the token if that was refused."""
        steps = self._follow(self._base + path, accept, limit, with_token=True)
        # A token that ran out spoils even what everybody may read.
        if steps[0].status == _UNAUTHORIZED and self._token is not None and not self.token_refused:
            self.token_refused = True
            steps = self._follow(self._base + path, accept, limit, with_token=False)
        return steps

    def _follow(self, url: str, accept: str, limit: int, *, with_token: bool) -> tuple[Answer, ...]:
        """Get an address and go where the answers send us; gives all answers, the last one is no redirect."""
        steps: list[Answer] = []
        self._check_address(url)
        while True:
            # Once away from the registry, the token stays behind, even if a later redirect leads back.
            with_token = with_token and _origin(url) == _origin(self._base)
            answer = self._transport.get(url, self._headers(accept, with_token=with_token), limit)
            steps.append(answer)
            if answer.status not in _REDIRECTS:
                return tuple(steps)
            if len(steps) > _MOST_REDIRECTS:
                raise NetworkError(
                    f"{host_of(self._base)} redirects in a circle, or more than {_MOST_REDIRECTS} times; "
                    f"{WITHOUT_NETWORK}"
                )
            location = answer.headers.get("location")
            if not location:
                raise NetworkError(f"{host_of(url)} redirects without saying where to; {WITHOUT_NETWORK}")
            url = self._target(url, location)

    def _target(self, url: str, location: str) -> str:
        try:
            target = urljoin(url, location)
        except ValueError:
            target = ""
        self._check_address(target)
        return target

    def _check_address(self, url: str) -> None:
        """Refuse what is not https, but let a registry on this machine point to this machine."""
        try:
            parts = urlsplit(url)
            scheme, host, _ = parts.scheme, parts.hostname, parts.port
        except ValueError:
            scheme, host = "", None
        local = is_loopback(host) and is_loopback(urlsplit(self._base).hostname)
        if not host or not (scheme == "https" or (scheme == "http" and local)):
            raise NetworkError(
                f"{self._name} points to {host_of(url)} by an address that is not safe to follow: expected "
                f"https; {WITHOUT_NETWORK}"
            )

    def _headers(self, accept: str, *, with_token: bool) -> dict[str, str]:
        headers = {
            "Accept": accept,
            "Ballerina-Platform": _PLATFORMS,
            "User-Agent": self._agent,
        }
        if with_token and self._token is not None and not self.token_refused:
            headers["Authorization"] = f"Bearer {self._token}"
        return headers

    def _refusal(self, answer: Answer, wanted: str) -> NetworkError:
        remedy = WITHOUT_NETWORK
        if answer.status == _UNAUTHORIZED:
            remedy = (
                "if the package is private, set a valid access token (BALLERINA_CENTRAL_ACCESS_TOKEN, or "
                f"accesstoken under [central] in Settings.toml); {WITHOUT_NETWORK}"
            )
        return refusal(answer, self._name, wanted, remedy, self._token)


def _path(identity: Identity, version: Version | None = None) -> str:
    parts = (identity.organization, identity.name, *((str(version),) if version is not None else ()))
    return "/packages/" + "/".join(quote(part, safe="") for part in parts)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _verified(content: bytes, announced: str | None, wanted: str) -> Archive:
    """Compare an archive with `sha-256=<hex>`; another algorithm is as good as no digest."""
    import hashlib  # noqa: PLC0415 (slow: only for a download)

    digest = hashlib.sha256(content).hexdigest()
    algorithm, _, expected = (announced or "").partition("=")
    if algorithm.strip().lower() != "sha-256":
        return Archive(content, digest, digest_verified=False)
    if expected.strip().lower() != digest:
        raise NetworkError(
            f"{wanted} is not what the registry announced: its SHA-256 should be {quoted(expected.strip())}, "
            f"but is '{digest}'; it was damaged or exchanged on the way, so it was not used; try again, or "
            "name an archive that you trust by --baseline file:PATH"
        )
    return Archive(content, digest, digest_verified=True)
