"""One careful HTTP GET: bounded in size, time and number of attempts; every failure is a `NetworkError`."""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

import httpx  # noqa: TID253 (slow, so this file is loaded when the network is asked)
import msgspec

from semverdiff.errors import NetworkError, UsageError
from semverdiff.registry.addresses import host_of

if TYPE_CHECKING:
    import ssl
    from collections.abc import Collection, Iterator, Mapping

    from semverdiff.registry.downloads import Download
    from semverdiff.registry.environment import Environment, Proxy

__all__ = ["WITHOUT_NETWORK", "Response", "Transport", "open_transport"]

WITHOUT_NETWORK = (
    "to compare with what this machine has already downloaded, run 'semver check --offline', or name an "
    "archive by --baseline file:PATH"
)

_PATIENCE = "try again, or allow more by callTimeout under [central] in Settings.toml"

_SUCCESS = 200
_PROXY_CREDENTIALS = 407
_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500

# Pauses before a new attempt: 0.5, 1, 2, ... seconds, each shortened by chance to at least its half,
# so that many machines that failed together do not try again together.
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0


class Response(msgspec.Struct, frozen=True):
    """What the server sent: status, headers by lower-case name, and the bytes, unless they went elsewhere."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@contextmanager
def open_transport(
    environment: Environment, final: Collection[int] = (), patience: str = _PATIENCE
) -> Iterator[Transport]:
    """Return what sends requests; its connections are closed at the end.

    `final` are statuses that are answers here, though they pass elsewhere. `patience` is what to do where the
    time does not suffice.
    """
    with _client(environment) as client:
        yield Transport(client, environment, frozenset(final), patience)


class Transport:
    """Sends GET requests until the total time is used up; it runs from the start, pauses included."""

    def __init__(
        self, client: httpx.Client, environment: Environment, final: frozenset[int], patience: str
    ) -> None:
        self._client = client
        self._final = final
        self._patience = patience
        self._proxy = environment.proxy
        self._timeouts = environment.timeouts
        self._smallest_limit = environment.limits.answer
        self._clock = environment.clock
        self._end = self._clock.now() + self._timeouts.total

    def get(self, url: str, headers: Mapping[str, str], limit: int, into: Download | None = None) -> Response:
        """Return the response of an address, the last one after 5xx, 429 and broken connections.

        `limit` is the most bytes that a successful answer may have. They go into a download if there is one.
        """
        return self._get(url, headers, limit, into)

    def _get(
        self,
        url: str,
        headers: Mapping[str, str],
        limit: int,
        into: Download | None,
        question: bytes | None = None,
    ) -> Response:
        attempt = 0
        while True:
            last = attempt == self._timeouts.retries
            retry_after = None
            try:
                response = self._exchange(url, headers, limit, into, question)
            # What httpx says may hold a header or a signed address: it is described, never passed on.
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
                if last or not isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError):
                    raise self._described(url, error) from None
            else:
                if response.status == _PROXY_CREDENTIALS:
                    raise self._proxy_refusal()
                if last or response.status in self._final or not _is_passing(response.status):
                    return response
                retry_after = response.headers.get("retry-after")
            self._pause(url, attempt, retry_after)
            attempt += 1

    def ask(self, url: str, headers: Mapping[str, str], limit: int, question: bytes) -> Response:
        """Return the response to a question that is sent along, as GraphQL has it; as `get` otherwise."""
        return self._get(url, headers, limit, None, question)

    def _exchange(
        self,
        url: str,
        headers: Mapping[str, str],
        limit: int,
        into: Download | None,
        question: bytes | None = None,
    ) -> Response:
        left = self._left(url)
        timeout = httpx.Timeout(
            connect=min(self._timeouts.connect, left),
            read=min(self._timeouts.read, left),
            write=min(self._timeouts.write, left),
            pool=left,
        )
        # Unpacked bytes could be a thousand times as many as those sent, so nothing packed is accepted.
        plain = {**headers, "Accept-Encoding": "identity"}
        method = "GET" if question is None else "POST"
        with self._client.stream(method, url, headers=plain, content=question, timeout=timeout) as response:
            if response.status_code != _SUCCESS:
                limit, into = min(limit, self._smallest_limit), None
            # Fifteen digits are a petabyte; more are not worth reading as a number.
            declared = response.headers.get("content-length", "")[:15]
            if declared.isdecimal() and int(declared) > limit:
                raise _too_large(url, limit)
            body = BytesIO()
            write = body.write if into is None else into.begin().write
            received = 0
            for chunk in response.iter_raw():
                received += len(chunk)
                if received > limit:
                    raise _too_large(url, limit)
                write(chunk)
                self._left(url)
            found = {name.lower(): value for name, value in response.headers.items()}
            return Response(response.status_code, found, body.getvalue())

    def _left(self, url: str) -> float:
        """Return the seconds that are left in all."""
        left = self._end - self._clock.now()
        if left <= 0:
            raise NetworkError(
                f"{host_of(url)} did not deliver everything within {self._timeouts.total:g} seconds; "
                f"{self._patience}; {WITHOUT_NETWORK}"
            )
        return left

    def _pause(self, url: str, attempt: int, retry_after: str | None) -> None:
        pause = _FIRST_PAUSE * 2**attempt * (0.5 + self._clock.jitter() / 2)
        # A date instead of seconds is allowed, but no reason to trust the server's clock.
        if retry_after is not None and retry_after.isascii() and retry_after.isdecimal():
            pause = float(retry_after[:4])
        self._clock.sleep(min(pause, _LONGEST_PAUSE, self._left(url)))

    def _described(self, url: str, error: Exception) -> NetworkError:
        host = host_of(url)
        match error:
            case httpx.ConnectTimeout():
                what = f"no connection to {host} within {self._timeouts.connect:g} seconds"
            case httpx.TimeoutException():
                what = f"{host} went silent for {self._timeouts.read:g} seconds"
            case httpx.ProxyError() if str(_PROXY_CREDENTIALS) in str(error):
                return self._proxy_refusal()
            case httpx.ProxyError():
                what = f"the proxy ({self._origin()}) does not pass the request on to {host}"
            case httpx.ConnectError() if "CERTIFICATE_VERIFY_FAILED" in str(error):
                what = (
                    f"the certificate of {host} is not trusted; if a proxy of your network signs it, name "
                    "its certificate authority (PEM) by BALLERINA_CA_BUNDLE or SSL_CERT_FILE"
                )
            case httpx.ConnectError():
                through = f" through the proxy ({self._origin()})" if self._proxy else ""
                what = f"no connection to {host}{through}: {str(error) or 'no reason given'}"
            case httpx.NetworkError() | httpx.RemoteProtocolError():
                what = f"the answer of {host} broke off or is not proper HTTP"
            case _:
                what = f"the request to {host} failed ({type(error).__name__})"
        return NetworkError(f"{what}; {WITHOUT_NETWORK}")

    def _proxy_refusal(self) -> NetworkError:
        return NetworkError(
            f"the proxy ({self._origin()}) asks for other credentials (407); correct its user name and "
            f"password; {WITHOUT_NETWORK}"
        )

    def _origin(self) -> str:
        return self._proxy.origin if self._proxy else "not configured here"


def _is_passing(status: int) -> bool:
    return status == _TOO_MANY_REQUESTS or status >= _SERVER_ERROR


def _too_large(url: str, limit: int) -> NetworkError:
    return NetworkError(
        f"the answer of {host_of(url)} is larger than {limit} bytes, the most that is accepted; "
        f"check that the registry's address is right; {WITHOUT_NETWORK}"
    )


def _client(environment: Environment) -> httpx.Client:
    proxy = environment.proxy
    if proxy is not None and "*" in proxy.exempt:
        proxy = None
    try:
        return httpx.Client(
            verify=_trust(environment),
            # The environment was read once, at the edge; httpx must not read it again.
            trust_env=False,
            follow_redirects=False,
            proxy=_described_proxy(proxy) if proxy else None,
            mounts=_ways_around(proxy) if proxy else None,
        )
    except (ValueError, ImportError, httpx.InvalidURL):
        origin = proxy.origin if proxy else "none"
        raise UsageError(
            f"the proxy ({origin}) cannot be used: expected an address such as http://proxy.example.com:8080 "
            "and, as exceptions in NO_PROXY, host names with commas between them"
        ) from None


def _described_proxy(proxy: Proxy) -> httpx.Proxy:
    both = proxy.username is not None and proxy.password is not None
    described = httpx.Proxy(
        proxy.address, auth=(proxy.username or "", proxy.password or "") if both else None
    )
    if not described.url.host:
        raise ValueError(proxy.origin)
    return described


def _trust(environment: Environment) -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    if environment.certificates is not None:
        try:
            context.load_verify_locations(cafile=environment.certificates)
        except OSError:
            raise UsageError(
                "the file of trusted certificates (BALLERINA_CA_BUNDLE, BALLERINA_CA_CERT, SSL_CERT_FILE or "
                "REQUESTS_CA_BUNDLE) cannot be loaded: expected certificates in PEM format"
            ) from None
    return context


def _ways_around(proxy: Proxy) -> dict[str, httpx.BaseTransport | None]:
    """Return the hosts reached without the proxy, as httpx wants them: patterns without transport."""
    around: dict[str, httpx.BaseTransport | None] = {}
    for host in proxy.exempt:
        name = host.lstrip("*").lstrip(".")
        around[f"all://[{name}]" if ":" in name and "[" not in name else f"all://*{name}"] = None
    return around
