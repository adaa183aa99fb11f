"""Vein's gallery: the name of a shard there, its versions, whether one is listed, and its archive.

Of a name that it does not know the gallery cannot tell the versions: it fails, as it does when it is out of
order. So it is searched for the name first, and what it says about a name that was found is never an absence.
"""

from __future__ import annotations

from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, TypeVar
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from semverdiff import limits, registry
from semverdiff.config import kind_of
from semverdiff.errors import NetworkError
from semverdiff.text import quote_line
from semverdiff.vein.shard_names import is_shard_name
from semverdiff.vein.versions import parse_nuget_version

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

    from semverdiff.registry import Download, Environment, Packed, Response, Transport

__all__ = ["MOST_VERSIONS", "Gallery", "gallery_name", "open_gallery"]

MOST_VERSIONS: Final = 500
"""How many versions the gallery lists of a shard. Where it lists so many, others may be missing."""

_PAGE: Final = 20  # what the gallery takes where nothing is said, so that it is never fewer
_JSON: Final = "application/json"
_JSON_KINDS: Final = frozenset({"", _JSON, "text/json"})
_BYTES: Final = "application/octet-stream"
# Of what it does not know, the gallery says that it is out of order: asking again would change nothing.
_FINAL: Final = frozenset({HTTPStatus.INTERNAL_SERVER_ERROR})


class _Entry(msgspec.Struct, frozen=True):
    """A shard that a search has found."""

    name: str


class _Listing(msgspec.Struct, frozen=True):
    """The versions of a shard, unlisted ones among them."""

    versions: Annotated[list[object], msgspec.Meta(max_length=limits.LISTED_VERSIONS)]


class _Metadata(msgspec.Struct, frozen=True, rename="camel"):
    """What the gallery says about a version."""

    name: str
    is_listed: bool
    normalized_version: str | None = None


class _Refusal(msgspec.Struct, frozen=True):
    """Why the gallery does not answer."""

    message: str


_Answer = TypeVar("_Answer")


def gallery_name(environment: Environment) -> str:
    """Return the gallery as messages and reports name it: its host."""
    return urlsplit(environment.gallery).netloc


@contextmanager
def open_gallery(environment: Environment) -> Iterator[Gallery]:
    """Return the gallery that the environment names; its connections are closed at the end."""
    with registry.open_transport(environment, _FINAL, patience="try again later") as transport:
        yield Gallery(transport, environment)


class Gallery:
    """The client of the gallery. It knows no secret, and sends none.

    Every method raises a `NetworkError` where the gallery does not answer, or answers what cannot be trusted.
    """

    def __init__(self, transport: Transport, environment: Environment) -> None:
        self._name = gallery_name(environment)
        self._redirects = registry.Redirects(transport, environment.gallery, self._name)
        self._base = environment.gallery
        self._agent = environment.agent
        self._limits = environment.limits
        self._cache = registry.cache_of(environment)

    def stored_name(self, name: str) -> str | None:
        """Return the name under which a shard is stored, whose case may differ; None where there is none."""
        previous: list[_Entry] = []
        for page in range(limits.GALLERY_PAGES):
            query = {"q": name, "skip": page * _PAGE, "take": _PAGE, "prerelease": "true"}
            wanted = f"shards that are called like {name}"
            response = self._ask(f"/@/search/index?{urlencode(query)}", wanted)
            entries = self._decoded(response, list[_Entry], f"a list of {wanted}")
            same = [
                one.name for one in entries if one.name.lower() == name.lower() and is_shard_name(one.name)
            ]
            if same:
                return name if name in same else same[0]
            if len(entries) < _PAGE:
                return None
            if entries == previous:
                break
            previous = entries
        raise NetworkError(
            f"{self._name} lists shards that are called like {name} without an end, so whether it has this "
            f"one is not known; {registry.WITHOUT_NETWORK}"
        )

    def versions(self, name: str) -> tuple[str, ...]:
        """Return the versions of a shard by its stored name, also unlisted ones; of no text its kind."""
        wanted = f"the versions of {name}"
        response = self._ask(f"/@/packages/{quote(name, safe='')}/version.json", wanted)
        listing = self._decoded(response, _Listing, wanted)
        return tuple(one if isinstance(one, str) else kind_of(one) for one in listing.versions)

    def is_listed(self, name: str, version: str) -> bool | None:
        """Return whether a version is listed, or None where it is not found."""
        wanted = f"the metadata of {name} {version}"
        path = f"/@/package/{quote(name, safe='')}/{quote(version, safe='')}?includeUnlisted=true"
        response = self._ask(path, wanted, missing=True)
        if response.status == HTTPStatus.NOT_FOUND:
            return None
        metadata = self._decoded(response, _Metadata, wanted)
        if metadata.name.lower() != name.lower() or not _is_same(metadata.normalized_version, version):
            found = f"{metadata.name} {metadata.normalized_version or ''}"
            raise self._unexpected(wanted, f"that of {quote_line(found)}")
        return metadata.is_listed

    def download(self, name: str, version: str) -> Packed | None:
        """Return the archive of a version, or None where it has no content; no digest is announced."""
        wanted = f"the shard {name} {version}"
        path = f"/@/packages/{quote(name, safe='')}/{quote(version, safe='')}"
        with registry.open_download(self._cache, wanted) as download:
            response = self._ask(path, wanted, missing=True, into=download)
            if response.status == HTTPStatus.NOT_FOUND or not download.size:
                download.content.close()
                return None
            return registry.verified(download, None, wanted)

    def _ask(
        self, path: str, wanted: str, *, missing: bool = False, into: Download | None = None
    ) -> Response:
        """Return the response to a path; one that something is `missing` only where that says something."""
        limit = self._limits.answer if into is None else self._limits.archive
        headers = {"Accept": _JSON if into is None else _BYTES, "User-Agent": self._agent}
        response = self._redirects.get(self._base + path, headers, limit, into=into)[-1]
        if response.status == HTTPStatus.OK or (missing and response.status == HTTPStatus.NOT_FOUND):
            return response
        said = f": {quote_line(message)}" if (message := _message_of(response)) else ""
        # Where its storage has no such file, the gallery fails as it does when it is out of order.
        empty = into is not None and response.status == HTTPStatus.INTERNAL_SERVER_ERROR
        remedy = (
            "if this version has no content, name another by --baseline gallery:VERSION; " if empty else ""
        )
        raise NetworkError(
            f"{self._name} answered {response.status} when asked for {wanted}{said}; {remedy}"
            f"{registry.WITHOUT_NETWORK}"
        )

    def _decoded(self, response: Response, kind: type[_Answer], wanted: str) -> _Answer:
        found = _kind_of(response)
        if found not in _JSON_KINDS:
            raise self._unexpected(wanted, quote_line(found))
        try:
            return msgspec.json.decode(response.body, type=kind)
        except RecursionError:
            raise self._unexpected(wanted, "something that is nested too deeply") from None
        except ValueError as error:  # what is no JSON, no UTF-8, or has another shape
            raise self._unexpected(wanted, f"something else ({quote_line(str(error))})") from None

    def _unexpected(self, wanted: str, found: str) -> NetworkError:
        """Return the error for an answer that is not what the gallery promises."""
        return NetworkError(
            f"{self._name} should have answered with {wanted}, but sent {found}; check that the gallery's "
            "address (SEMVERDIFF_GALLERY_URL) is right and that no proxy answers in its place; "
            f"{registry.WITHOUT_NETWORK}"
        )


def _is_same(said: str | None, version: str) -> bool:
    """Return whether a version is the one that was asked for, as far as it is said."""
    if said is None:
        return True
    try:
        return parse_nuget_version(said) == parse_nuget_version(version)
    except ValueError:
        return False


def _kind_of(response: Response) -> str:
    return response.headers.get("content-type", "").partition(";")[0].strip().lower()


def _message_of(response: Response) -> str:
    """Return the message of an error of the gallery's own; pages of servers before it have none."""
    try:
        return msgspec.json.decode(response.body, type=_Refusal).message
    except (ValueError, RecursionError):
        return ""
