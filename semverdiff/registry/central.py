"""Ballerina Central's registry: which versions there are, what is known about one, and its archive."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeGuard
from urllib.parse import quote, urlencode

from msgspec.structs import replace

from semverdiff import limits
from semverdiff.artifact import Provenance
from semverdiff.config import kind_of
from semverdiff.errors import NetworkError
from semverdiff.registry.archives import sha256_of, verified
from semverdiff.registry.cache import cache_of
from semverdiff.registry.downloads import open_download
from semverdiff.registry.folders import parse_package_name
from semverdiff.registry.http import WITHOUT_NETWORK, open_transport
from semverdiff.registry.interface import PLATFORMS, Release, is_platform
from semverdiff.registry.redirects import Redirects
from semverdiff.text import quote_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from semverdiff.registry.downloads import Download
    from semverdiff.registry.environment import Environment
    from semverdiff.registry.folders import PackageName
    from semverdiff.registry.http import Response, Transport
    from semverdiff.registry.interface import Packed
    from semverdiff.versions import Version

__all__ = ["CentralRegistry", "open_central"]

# Central hides the versions whose platform is not named here, so all targets are. `any` is implied.
_PLATFORMS = ",".join(one for one in PLATFORMS if one != "any")

_DEPENDENTS = (
    "query Dependents($org: String!, $name: String!) {"
    ' package(orgName: $org, packageName: $name, version: "*")'
    " { dependentPackages { organization name version } } }"
)

_OK = 200
# A name that differs by case alone is among the first that a search finds.
_MOST_FOUND = 50
# As many as one answer lists of all packages.
_PAGE = 100
_UNAUTHORIZED = 401
_NOT_FOUND = 404
_JSON = "application/json"
_BYTES = "application/octet-stream"


@contextmanager
def open_central(environment: Environment) -> Iterator[CentralRegistry]:
    """Return the registry that the environment names; its connections are closed at the end."""
    with open_transport(environment) as transport:
        yield CentralRegistry(transport, environment)


class CentralRegistry:
    """The client of the registry. `token_refused`: it refuses the token, which then stays here."""

    def __init__(self, transport: Transport, environment: Environment) -> None:
        self._redirects = Redirects(transport, environment.base, environment.registry)
        self._base = environment.base
        self._name = environment.registry
        self._token = environment.token
        self._agent = environment.agent
        self._limits = environment.limits
        self._cache = cache_of(environment)
        self.provenance = Provenance("central", environment.registry)
        self.token_refused = False

    @property
    def notes(self) -> tuple[str, ...]:
        """Return whether the token was refused, as a sentence."""
        refused = "the registry refused the access token (401) and was asked without it"
        return (refused,) if self.token_refused else ()

    def versions(self, package: PackageName) -> tuple[str, ...]:
        """Return the published versions that we may see, in no order; none if there is no such package."""
        with _without(self._token):
            wanted = f"the versions of {package}"
            response = self._ask(_path(package), _JSON, self._limits.answer)[-1]
            if response.status == _NOT_FOUND and (_message_of(response) or "").lower().startswith(
                "package not found"
            ):
                return ()
            if response.status != _OK:
                raise self._refusal(response, wanted)
            return _texts_of(response, self._name)

    def packages_like(self, package: PackageName) -> tuple[PackageName, ...]:
        """Return the packages of the organization that the registry finds by a name, the best first."""
        query = urlencode(
            {"org": package.organization, "q": package.name, "limit": _MOST_FOUND, "readme": "false"}
        )
        with _without(self._token):
            response = self._ask(f"/packages?{query}", _JSON, self._limits.answer)[-1]
            if response.status != _OK:
                raise self._refusal(response, f"the packages that are called like {package}")
            return tuple(_packages_in(_object_of(response, self._name), self._name))

    def find_packages(self, text: str, organization: str | None = None) -> tuple[PackageName, ...]:
        """Return all packages that the registry finds by a text, of an organization or of all, by name.

        An empty text finds everything.
        """
        asked = {"q": text, "limit": str(_PAGE), "readme": "false"}
        if organization is not None:
            asked["org"] = organization
        wanted = f"the packages of {organization}" if organization else f"the packages that {text!r} finds"
        found: set[PackageName] = set()
        offset = 0
        with _without(self._token):
            while offset < limits.LISTED_PACKAGES:
                path = f"/packages?{urlencode({**asked, 'offset': offset})}"
                response = self._ask(path, _JSON, self._limits.answer)[-1]
                if response.status != _OK:
                    raise self._refusal(response, wanted)
                values = _object_of(response, self._name)
                found.update(_packages_in(values, self._name))
                received, count = len(_entries_in(values, self._name)), _count_in(values, self._name)
                offset += received
                if not received or offset >= count:
                    return tuple(sorted(found, key=str))
        raise NetworkError(
            f"{self._name} lists more than {limits.LISTED_PACKAGES:,} packages: ask for fewer of them"
        )

    def dependents(self, package: PackageName) -> tuple[PackageName, ...]:
        """Return the packages that depend on a package, as the registry says, sorted."""
        question = json.dumps(
            {
                "query": _DEPENDENTS,
                "variables": {"org": package.organization, "name": package.name},
            }
        ).encode()
        with _without(self._token):
            headers = {**self._headers(_JSON), "Content-Type": _JSON}
            secret = None if self._token is None else {"Authorization": f"Bearer {self._token}"}
            url = f"{self._base.rpartition('/')[0]}/graphql"
            response = self._redirects.ask(url, headers, self._limits.answer, question, secret=secret)
            if response.status == _UNAUTHORIZED and secret is not None:
                self.token_refused = True
                response = self._redirects.ask(url, headers, self._limits.answer, question)
            wanted = f"the packages that depend on {package}"
            if response.status != _OK:
                raise self._refusal(response, wanted)
            return tuple(_dependents_in(_object_of(response, self._name), wanted, self._name))

    def release(self, package: PackageName, version: Version) -> Release:
        """Return what the registry says about one version."""
        with _without(self._token):
            wanted = f"{package} {version}"
            response = self._ask(_path(package, version), _JSON, self._limits.answer)[-1]
            if response.status != _OK:
                raise self._refusal(response, wanted)
            values = _object_of(response, self._name)
            asked = (package.organization, package.name, str(version))
            found = tuple(_text_in(values, key, self._name) for key in ("organization", "name", "version"))
            if found != asked:
                raise _unexpected(self._name, f"a description of {wanted}", "that of another package")
            platform = _text_in(values, "platform", self._name) or "any"
            if not is_platform(platform):
                raise _unexpected(self._name, f"the platform of {wanted}", quote_line(platform))
            deprecated = _flag_in(values, "isDeprecated", self._name)
            deprecation = _text_in(values, "deprecateMessage", self._name) or ""
            return Release(
                version=version,
                platform=platform,
                digest=_text_in(values, "digest", self._name),
                deprecation=deprecation if deprecated else None,
                address=_text_in(values, "balaURL", self._name),
                created=_seconds_in(values, "createdDate"),
            )

    def download(self, package: PackageName, release: Release) -> Packed:
        """Return the archive of a version, compared with the digest that the registry gives."""
        wanted = f"the archive of {package} {release.version}"
        with _without(self._token), open_download(self._cache, wanted) as download:
            digest = self._receive(package, release, wanted, download)
            if not download.size:
                raise NetworkError(
                    f"{self._name} sent {wanted} without content; try again; {WITHOUT_NETWORK}"
                )
            return verified(download, sha256_of(digest), wanted)

    def _receive(self, package: PackageName, release: Release, wanted: str, download: Download) -> str | None:
        """Fill a download with the archive of a version. Return its digest, if the registry gives one."""
        limit, digest = self._limits.archive, release.digest
        if release.address is not None:
            headers = self._headers(_BYTES)
            if self._redirects.get(release.address, headers, limit, into=download)[-1].status == _OK:
                return digest
        # No address, or one that is refused (it may have expired): let the registry send us there.
        steps = self._ask(_path(package, release.version), _BYTES, limit, download)
        if steps[-1].status != _OK:
            raise self._refusal(steps[-1], wanted)
        return digest or steps[0].headers.get("digest")

    def _ask(self, path: str, accept: str, limit: int, into: Download | None = None) -> tuple[Response, ...]:
        """Return the responses to a path of the registry; a refused token is left out once and for all."""
        url, headers = self._base + path, self._headers(accept)
        if self._token is not None and not self.token_refused:
            secret = {"Authorization": f"Bearer {self._token}"}
            steps = self._redirects.get(url, headers, limit, secret=secret, into=into)
            # A token that ran out spoils even what everybody may read.
            if steps[0].status != _UNAUTHORIZED:
                return steps
            self.token_refused = True
        return self._redirects.get(url, headers, limit, into=into)

    def _headers(self, accept: str) -> dict[str, str]:
        return {"Accept": accept, "Ballerina-Platform": _PLATFORMS, "User-Agent": self._agent}

    def _refusal(self, response: Response, wanted: str) -> NetworkError:
        remedy = WITHOUT_NETWORK
        if response.status == _UNAUTHORIZED:
            remedy = (
                "if the package is private, set a valid access token (BALLERINA_CENTRAL_ACCESS_TOKEN, or "
                f"accesstoken under [central] in Settings.toml); {WITHOUT_NETWORK}"
            )
        return _refusal(response, self._name, wanted, remedy, self._token)


@contextmanager
def _without(secret: str | None) -> Iterator[None]:
    """Keep a secret out of errors: a server may put it into whatever they quote."""
    try:
        yield
    except NetworkError as error:
        if secret is None or secret not in str(error):
            raise
        told = tuple(replace(one, message=one.message.replace(secret, "***")) for one in error.mistakes)
        raise NetworkError(mistakes=told) from None


def _path(package: PackageName, version: Version | None = None) -> str:
    parts = (package.organization, package.name, *((str(version),) if version is not None else ()))
    return "/packages/" + "/".join(quote(part, safe="") for part in parts)


def _texts_of(response: Response, source: str) -> tuple[str, ...]:
    """Return a list of texts. What is none is said by its kind: a version that nobody can read."""
    value = _json_of(response, source)
    if not isinstance(value, list):
        raise _unexpected(source, "a list of versions", kind_of(value))
    return tuple(entry if _is_text(entry) else kind_of(entry) for entry in value)


def _object_of(response: Response, source: str) -> dict[str, object]:
    """Return an object."""
    value = _json_of(response, source)
    if not isinstance(value, dict):
        raise _unexpected(source, "an object that describes a package", kind_of(value))
    return value


def _text_in(values: Mapping[str, object], key: str, source: str) -> str | None:
    """Return a text of an object; absent, `null` and empty are None."""
    value = values.get(key)
    if value is None or _is_text(value):
        return value or None
    raise _unexpected(source, f"a text for '{key}'", kind_of(value))


def _is_text(value: object) -> TypeGuard[str]:
    """Return whether a value is a text that can be written down: JSON may hold halves of characters."""
    return isinstance(value, str) and kind_of(value) == "a string"


def _packages_in(values: Mapping[str, object], source: str) -> Iterator[PackageName]:
    """Yield the packages of a list that have names."""
    for entry in _entries_in(values, source):
        organization, name = (_text_in(entry, key, source) or "" for key in ("organization", "name"))
        found = parse_package_name(f"{organization}/{name}")
        if found is not None:
            yield found


def _entries_in(values: Mapping[str, object], source: str) -> list[dict[str, object]]:
    """Return the descriptions of packages in a list."""
    entries = values.get("packages")
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise _unexpected(source, "a list of packages", kind_of(entries))
    return entries


def _count_in(values: Mapping[str, object], source: str) -> int:
    """Return how many packages there are on all pages of a list."""
    count = values.get("count")
    if not isinstance(count, int) or isinstance(count, bool):
        raise _unexpected(source, "a number for 'count'", kind_of(count))
    return count


def _dependents_in(values: Mapping[str, object], wanted: str, source: str) -> list[PackageName]:
    """Return the dependents of a package by name, each once; versions of one are one."""
    data = values.get("data")
    found = data.get("package") if isinstance(data, dict) else None
    listed = found.get("dependentPackages") if isinstance(found, dict) else None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise _unexpected(source, wanted, kind_of(listed))
    names = {f"{_text_in(one, 'organization', source)}/{_text_in(one, 'name', source)}" for one in listed}
    return [found for name in sorted(names) if (found := parse_package_name(name)) is not None]


def _flag_in(values: Mapping[str, object], key: str, source: str) -> bool:
    """Return a truth value of an object; absent and `null` are false."""
    value = values.get(key)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise _unexpected(source, f"true or false for '{key}'", kind_of(value))


def _seconds_in(values: Mapping[str, object], key: str) -> int | None:
    """Return milliseconds of an object as whole seconds; None for anything else, on which nothing rests."""
    value = values.get(key)
    return value // 1000 if isinstance(value, int) and not isinstance(value, bool) else None


def _message_of(response: Response) -> str | None:
    """Return the `message` of the registry's own errors, `None` for the pages of proxies."""
    try:
        value = _json_of(response, "")
    except NetworkError:
        return None
    # The gateway's errors have a `code` beside the message and say nothing about packages.
    if not isinstance(value, dict) or "code" in value:
        return None
    message = value.get("message")
    return message if isinstance(message, str) else None


def _refusal(response: Response, source: str, wanted: str, remedy: str, secret: str | None) -> NetworkError:
    """Return the error for an answer that is one; the server may echo the `secret`, we do not."""
    message = _message_of(response)
    if message is not None and secret is not None:
        message = message.replace(secret, "***")
    said = f": {quote_line(message)}" if message else ""
    return NetworkError(f"{source} answered {response.status} when asked for {wanted}{said}; {remedy}")


def _unexpected(source: str, expected: str, found: str) -> NetworkError:
    """Return the error for an answer that is not what the interface of the registry promises."""
    return NetworkError(
        f"{source} should have answered with {expected}, but sent {found}; check that the registry's address "
        f"(SEMVERDIFF_CENTRAL_URL) is right and that no proxy answers in its place; {WITHOUT_NETWORK}"
    )


def _json_of(response: Response, source: str) -> object:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and kind != "application/json" and not kind.endswith("+json"):
        raise _unexpected(source, "JSON", quote_line(kind))
    try:
        value: object = json.loads(response.body)
    # Deep nesting, numbers of thousands of digits and bytes that are no text are all the same mistake.
    except (ValueError, RecursionError):
        raise _unexpected(source, "JSON", "something that cannot be read as JSON") from None
    return value
