"""Ballerina Central's registry: which versions there are, what is known about one, and its archive."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from semverdiff.errors import NetworkError
from semverdiff.registry.answers import (
    flag_in,
    message_of,
    object_of,
    refusal,
    text_in,
    texts_of,
    unexpected,
)
from semverdiff.registry.http import WITHOUT_NETWORK, open_transport
from semverdiff.registry.identity import is_platform
from semverdiff.registry.interface import Archive, Release, sha256_of, verified_archive
from semverdiff.registry.redirects import Redirects
from semverdiff.text import quote_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.registry.environment import Environment
    from semverdiff.registry.http import Answer, Transport
    from semverdiff.registry.identity import Identity
    from semverdiff.versions import Version

__all__ = ["CentralRegistry", "open_central"]

# Central hides the versions whose platform is not named here, so all targets are. `any` is implied.
_PLATFORMS = "java25,java21,java17,java11"

_OK = 200
_UNAUTHORIZED = 401
_NOT_FOUND = 404
_JSON = "application/json"
_BYTES = "application/octet-stream"


@contextmanager
def open_central(environment: Environment) -> Iterator[CentralRegistry]:
    """Open the registry that the environment name, and close its connections at the end."""
    with open_transport(environment) as transport:
        yield CentralRegistry(transport, environment)


class CentralRegistry:
    """Asks the registry. `token_refused` turns true when it refuses the token, which then stays here."""

    def __init__(self, transport: Transport, environment: Environment) -> None:
        self._redirects = Redirects(transport, environment.base, environment.registry)
        self._base = environment.base
        self._name = environment.registry
        self._token = environment.token
        self._agent = environment.agent
        self._limits = environment.limits
        self.token_refused = False

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what became of the token."""
        refused = "the registry refused the access token (401) and was asked without it"
        return (refused,) if self.token_refused else ()

    def versions(self, identity: Identity, needed: Version | None) -> tuple[str, ...]:  # noqa: ARG002 (all are)
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
            raise unexpected(self._name, f"the platform of {wanted}", quote_line(platform))
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
            answer = self._redirects.get(release.address, self._headers(_BYTES), self._limits.archive)[-1]
        if answer is None or answer.status != _OK:
            # No address, or one that is refused (it may have expired): let the registry send us there.
            steps = self._ask(_path(identity, release.version), _BYTES, self._limits.archive)
            answer = steps[-1]
            digest = digest or steps[0].headers.get("digest")
        if answer.status != _OK:
            raise self._refusal(answer, wanted)
        if not answer.body:
            raise NetworkError(f"{self._name} sent {wanted} without content; try again; {WITHOUT_NETWORK}")
        return verified_archive(answer.body, sha256_of(digest), wanted)

    def _ask(self, path: str, accept: str, limit: int) -> tuple[Answer, ...]:
        """Get a path of the registry, once more without the token if that was refused."""
        url, headers = self._base + path, self._headers(accept)
        if self._token is None or self.token_refused:
            return self._redirects.get(url, headers, limit)
        steps = self._redirects.get(url, headers, limit, {"Authorization": f"Bearer {self._token}"})
        # A token that ran out spoils even what everybody may read.
        if steps[0].status == _UNAUTHORIZED:
            self.token_refused = True
            return self._redirects.get(url, headers, limit)
        return steps

    def _headers(self, accept: str) -> dict[str, str]:
        return {"Accept": accept, "Ballerina-Platform": _PLATFORMS, "User-Agent": self._agent}

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
