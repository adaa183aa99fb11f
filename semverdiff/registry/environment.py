"""The environment of a run as registries see it: addresses, token, proxy, limits, clock."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits, registry
from semverdiff.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "Clock",
    "Environment",
    "Limits",
    "Proxy",
    "Tally",
    "Timeouts",
    "environment_from",
    "is_usable_token",
]

_HERE = Path()
_PROGRAM = "semverdiff"

_PRODUCTION = "https://api.central.ballerina.io/2.0/registry"
_STAGING = "https://api.staging-central.ballerina.io/2.0/registry"
_DEVELOPMENT = "https://api.dev-central.ballerina.io/2.0/registry"

_TOKEN = "BALLERINA_CENTRAL_ACCESS_TOKEN"  # noqa: S105 (the name of a variable)
_GALLERY = "https://api.vein-lang.org"

_CERTIFICATES = ("BALLERINA_CA_BUNDLE", "BALLERINA_CA_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")

# Plain http is spoken with loopback only, where nobody needs a proxy: HTTP_PROXY has no use here.
_PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
_NO_PROXY = ("NO_PROXY", "no_proxy")


def _jitter() -> float:
    """Return a random number in [0, 1); a seeded generator would be dearer to import than to use."""
    return int.from_bytes(os.urandom(4)) / 2**32


class Clock(msgspec.Struct, frozen=True):
    """Time as the network code sees it: seconds that pass, pauses, chance, and the time of day.

    `today` counts the seconds since 1970: only that can be compared with what an earlier run wrote down.
    """

    now: Callable[[], float] = time.monotonic
    today: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = _jitter


class Tally(msgspec.Struct):
    """How many answers and archives of registries a run had from the cache, and how many it fetched."""

    cached: int = 0
    fetched: int = 0

    def __str__(self) -> str:
        return f"registries: {self.cached} answers from the cache, {self.fetched} fetched"


class Timeouts(msgspec.Struct, frozen=True):
    """Seconds to wait for each step and for everything together, and how often to try again."""

    connect: float = 60
    read: float = 60
    write: float = 60
    total: float = 600
    retries: int = 3


class Limits(msgspec.Struct, frozen=True):
    """The most bytes that an answer and an archive may have; more is refused while reading."""

    answer: int = limits.ANSWER_BYTES
    archive: int = limits.ARCHIVE_BYTES


class Proxy(msgspec.Struct, frozen=True):
    """A proxy and where it was configured (`origin`, for messages). The address may hold credentials."""

    origin: str
    address: str
    username: str | None = None
    password: str | None = None
    exempt: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Proxy(origin={self.origin!r})"


class Environment(msgspec.Struct, frozen=True):
    """The user's home of Ballerina, the registry and how to reach it.

    Variables say most of it (`environment_from`), the caller adds `place`, `agent`, `offline` and `refresh`.

    `gallery` is the address of Vein's registry, and `shards` the folder in which its tool keeps what it has
    downloaded; None is no folder.

    `cache` is the folder of the registry's on-disk cache under `<home>/repositories`. `downloads` is the
    folder of our own cache; `None` stands for the usual one of this system. `place` lies in the git
    repository whose revisions are meant. `certificates` is a PEM file to trust besides the usual
    authorities. `agent` is how we introduce ourselves. `token_lost` says why a token that may have been
    meant for us is not used: then "not found" proves nothing. `tally` is counted up on the way.
    """

    home: Path
    base: str = _PRODUCTION
    cache: str = "central.ballerina.io"
    gallery: str = _GALLERY
    shards: Path | None = None
    downloads: Path | None = None
    place: Path = _HERE
    token: str | None = None
    token_lost: str | None = None
    proxy: Proxy | None = None
    certificates: Path | None = None
    timeouts: Timeouts = Timeouts()
    limits: Limits = Limits()
    clock: Clock = Clock()
    agent: str = "semverdiff"
    offline: bool = False
    refresh: bool = False
    notes: tuple[str, ...] = ()
    tally: Tally = msgspec.field(default_factory=Tally)

    @property
    def registry(self) -> str:
        """Return the registry as reports name it: `central.ballerina.io`, or the host of another address."""
        known = {
            _PRODUCTION: "central.ballerina.io",
            _STAGING: "staging-central.ballerina.io",
            _DEVELOPMENT: "dev-central.ballerina.io",
        }.get(self.base)
        return known or self.base.partition("://")[2].partition("/")[0]

    def __repr__(self) -> str:
        """Return a text without what could hold a token or a password."""
        return f"Environment(home={self.home!r}, registry={self.registry!r})"


def environment_from(variables: Mapping[str, str], user_directory: Path) -> Environment:
    """Return what the environment variables of `bal` and our own say.

    `.ballerina` and `.vein` are in `user_directory`. Settings.toml is not read here, but when the network is
    needed (`with_credentials`).

    Raises:
        UsageError: a variable holds what is no address or no token.

    """
    base, cache = _registry_of(variables)
    certificates = _first(variables, _CERTIFICATES)
    home = variables.get("BALLERINA_HOME_DIR")
    return Environment(
        home=Path(home) if home else user_directory / ".ballerina",
        base=base,
        cache=cache,
        gallery=_gallery_of(variables),
        shards=user_directory / ".vein" / "shards",
        downloads=_downloads_of(variables),
        token=_token_of(variables),
        proxy=_proxy_of(variables),
        certificates=Path(certificates[1]) if certificates else None,
    )


def is_usable_token(token: str) -> bool:
    """Return whether a text can stand in an HTTP header as a token: visible ASCII without blanks."""
    return token.isascii() and token.isprintable() and " " not in token


def _registry_of(variables: Mapping[str, str]) -> tuple[str, str]:
    if own := variables.get("SEMVERDIFF_CENTRAL_URL"):
        checked = registry.checked_registry(own, "SEMVERDIFF_CENTRAL_URL", _PRODUCTION, _TOKEN)
        return checked, "central.ballerina.io"
    # bal lets staging win over development.
    if variables.get("BALLERINA_STAGE_CENTRAL", "").lower() == "true":
        return _STAGING, "staging-central.ballerina.io"
    if variables.get("BALLERINA_DEV_CENTRAL", "").lower() == "true":
        return _DEVELOPMENT, "dev-central.ballerina.io"
    return _PRODUCTION, "central.ballerina.io"


def _gallery_of(variables: Mapping[str, str]) -> str:
    own = variables.get("SEMVERDIFF_GALLERY_URL")
    return registry.checked_registry(own, "SEMVERDIFF_GALLERY_URL", _GALLERY) if own else _GALLERY


def _downloads_of(variables: Mapping[str, str]) -> Path | None:
    """Return the folder that the user named for our cache, or the usual one; `None`: the library knows it.

    On Linux the XDG Base Directory Specification says which is usual. The library agrees, but takes longer to
    import than a small package to compare. Every comparison with dependencies looks into the cache.
    """
    if named := variables.get("SEMVERDIFF_CACHE_DIR"):
        return Path(named)
    if sys.platform != "linux" or "ANDROID_DATA" in variables:
        return None
    caches, home = (Path(variables.get(name, "")) for name in ("XDG_CACHE_HOME", "HOME"))
    if caches.is_absolute():
        return caches / _PROGRAM
    return home / ".cache" / _PROGRAM if home.is_absolute() else None


def _token_of(variables: Mapping[str, str]) -> str | None:
    token = variables.get(_TOKEN, "").strip()
    if not is_usable_token(token):
        raise UsageError(
            "BALLERINA_CENTRAL_ACCESS_TOKEN should be one word of ASCII characters, but holds others; "
            "copy the token again, or unset the variable to ask without one"
        )
    return token or None


def _proxy_of(variables: Mapping[str, str]) -> Proxy | None:
    found = _first(variables, _PROXIES)
    if found is None:
        return None
    origin, address = found
    exempt = _first(variables, _NO_PROXY)
    hosts = [host.strip() for host in (exempt[1] if exempt else "").split(",")]
    return Proxy(
        origin=origin,
        address=address if "://" in address else f"http://{address}",
        exempt=tuple(host for host in hosts if host),
    )


def _first(variables: Mapping[str, str], names: tuple[str, ...]) -> tuple[str, str] | None:
    return next(((name, variables[name]) for name in names if variables.get(name)), None)
