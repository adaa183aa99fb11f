"""A stand-in for Ballerina Central on loopback: a real HTTP server, driven by a table and a list of faults.

    table = [Published("acme", "shop", "1.0.0", content=build_bala("acme", "shop", "1.0.0", {...}))]
    with serve_central(table, faults=[Fault("versions", status(500), times=1)], token="right") as central:
        run({"SEMVERDIFF_CENTRAL_URL": central.address})
        assert [request.endpoint for request in central.requests] == ["versions", "versions", ...]

Behaves like the registry of `semverdiff`'s reference: version lists filtered by `Ballerina-Platform`,
metadata with a signed file address and a digest, a 302 for pulls, 401 for a wrong token, and 404 for what
does not exist or is private. A request that comes in with an absolute address is answered as a proxy
would, after a look at the proxy credentials.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import socket
import ssl
import struct
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = [
    "AUTHORITY",
    "SIGNATURE",
    "Central",
    "Delivery",
    "Endpoint",
    "Fault",
    "Published",
    "Reply",
    "Request",
    "Site",
    "delivered",
    "json_value",
    "json_with",
    "page",
    "redirected",
    "refused_address",
    "serve_central",
    "serve_site",
    "status",
    "with_body",
    "with_header",
    "without_header",
]

Endpoint = Literal["versions", "metadata", "pull", "file", "search", "graphql", "unknown"]
Delivery = Literal["whole", "chunked", "truncated", "reset", "silent", "stalled"]

_CERTIFICATES = Path(__file__).parent / "certificates"
AUTHORITY = _CERTIFICATES / "authority.pem"
"""Who signed the certificate of an encrypted stand-in; nobody trusts it unless told to."""

SIGNATURE = "Expires=1&Signature=secret-signature&Key-Pair-Id=K1"


@dataclass(frozen=True, slots=True)
class Published:
    """One version of a package on the registry; `deprecated` is the publisher's message, maybe empty."""

    organization: str
    name: str
    version: str
    content: bytes = b""
    platform: str = "any"
    deprecated: str | None = None
    private: bool = False

    @property
    def digest(self) -> str:
        """The SHA-256 of the archive, as the registry writes it."""
        return "sha-256=" + hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent; header names are in lower case."""

    endpoint: Endpoint
    path: str
    headers: dict[str, str]

    @property
    def authorized(self) -> bool:
        """Return whether a token came along."""
        return "authorization" in self.headers


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server is about to answer, and how the bytes go out.

    `truncated` ends in the middle of the body, `reset` breaks the connection there, `stalled` falls
    silent there, and `silent` never starts.
    """

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    delivery: Delivery = "whole"


class Site(Protocol):
    """What a server answers with."""

    stopping: threading.Event
    proxy_credentials: tuple[str, str] | None

    def answer(self, target: str, headers: dict[str, str], /) -> Reply:
        """Return the answer to a request."""


_Site = TypeVar("_Site", bound=Site)


@dataclass(frozen=True, slots=True)
class Fault:
    """Changes the replies of one endpoint, the first `times` of them or all. The first that is left acts."""

    endpoint: Endpoint
    change: Callable[[Reply], Reply]
    times: int | None = None


def status(code: int, message: str = "out of order", **headers: str) -> Callable[[Reply], Reply]:
    """Answer with an error of the registry's shape; `retry_after="1"` becomes the header `retry-after`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: replace(
        _json(code, {"message": message}), headers={"Content-Type": "application/json"} | named
    )


def page(code: int) -> Callable[[Reply], Reply]:
    """Answer with a web page, as servers in front of the registry do."""
    return lambda _: Reply(code, b"<html><body>Nothing here</body></html>", {"Content-Type": "text/html"})


def json_value(value: object, code: int = 200) -> Callable[[Reply], Reply]:
    """Answer with any JSON."""
    return lambda _: _json(code, value)


def json_with(**changes: object) -> Callable[[Reply], Reply]:
    """Replace entries of an object; `None` takes one out."""

    def change(reply: Reply) -> Reply:
        changed = json.loads(reply.body) | changes
        return _json(reply.status, {key: value for key, value in changed.items() if value is not None})

    return change


def with_body(body: bytes) -> Callable[[Reply], Reply]:
    """Send other bytes."""
    return lambda reply: replace(reply, body=body)


def with_header(name: str, value: str) -> Callable[[Reply], Reply]:
    """Add or replace a header."""
    return lambda reply: replace(reply, headers=reply.headers | {name: value})


def without_header(name: str) -> Callable[[Reply], Reply]:
    """Leave a header out."""
    return lambda reply: replace(reply, headers={k: v for k, v in reply.headers.items() if k != name})


def redirected(location: str) -> Callable[[Reply], Reply]:
    """Send the client elsewhere; `{port}` in the location is the port of the stand-in."""
    return lambda _: Reply(302, headers={"Location": location})


def delivered(how: Delivery) -> Callable[[Reply], Reply]:
    """Send the same bytes in another way."""
    return lambda reply: replace(reply, delivery=how)


@contextmanager
def serve_central(  # noqa: PLR0913 (each a way in which registries differ)
    table: Sequence[Published] = (),
    faults: Sequence[Fault] = (),
    *,
    token: str | None = None,
    file_host: str = "127.0.0.1",
    proxy_credentials: tuple[str, str] | None = None,
    encrypted: bool = False,
    dependents: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[Central]:
    """Serve the table (versions are listed in its order) until the block ends.

    `token` is the only one that is accepted; without one every token is refused. `file_host` is the host
    name in signed addresses (`localhost` reaches the same server by another name). `proxy_credentials`
    are asked for when the server is used as a proxy. `encrypted` is TLS with a certificate of `AUTHORITY`.
    `dependents` are the packages (`org/name`) that depend on others, by these.
    """

    def make(port: int) -> Central:
        return Central(
            port,
            tuple(table),
            tuple(faults),
            token=token,
            file_host=file_host,
            proxy_credentials=proxy_credentials,
            scheme="https" if encrypted else "http",
            dependents=dependents or {},
        )

    with serve_site(make, encrypted=encrypted) as central:
        yield central


@contextmanager
def serve_site(make: Callable[[int], _Site], *, encrypted: bool = False) -> Iterator[_Site]:
    """Serve what is made for a port until the block ends."""
    server = _Server(("127.0.0.1", 0), _Handler)
    if encrypted:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(_CERTIFICATES / "server.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.site = site = make(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def refused_address() -> Iterator[str]:
    """Return the address of a registry that nobody answers at: the port is taken, but not listened to."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/2.0/registry"


class Central:
    """The running stand-in: where it is, and what it was asked."""

    def __init__(  # noqa: PLR0913 (made by serve_central only)
        self,
        port: int,
        table: tuple[Published, ...],
        faults: tuple[Fault, ...],
        *,
        token: str | None,
        file_host: str,
        proxy_credentials: tuple[str, str] | None,
        scheme: str,
        dependents: Mapping[str, Sequence[str]],
    ) -> None:
        self.address = f"{scheme}://127.0.0.1:{port}/2.0/registry"
        self.proxy_address = f"http://127.0.0.1:{port}"
        self.proxy_credentials = proxy_credentials
        self.stopping = threading.Event()
        self._files = f"{scheme}://{file_host}:{port}/files"
        self._table = table
        self._token = token
        self._dependents = dependents
        self._lock = threading.Lock()
        self._faults = faults
        self._acted = [0] * len(faults)
        self._requests: list[Request] = []

    def publish(self, release: Published) -> None:
        """Put one more version on the registry, which takes none twice."""
        with self._lock:
            if any(
                (one.organization, one.name, one.version, one.platform)
                == (release.organization, release.name, release.version, release.platform)
                for one in self._table
            ):
                raise ValueError(f"{release.version} of {release.name} is published already")
            self._table = (*self._table, release)

    @property
    def requests(self) -> tuple[Request, ...]:
        """All requests so far, in order."""
        with self._lock:
            return tuple(self._requests)

    @property
    def endpoints(self) -> tuple[Endpoint, ...]:
        """What was asked so far, in order."""
        return tuple(request.endpoint for request in self.requests)

    def answer(self, target: str, headers: dict[str, str], question: bytes = b"") -> Reply:
        """Record a request and decide what to say."""
        path = urlsplit(target).path
        if question:
            endpoint, reply = self._asked(path, headers, question)
        else:
            endpoint, reply = self._regular(path, urlsplit(target).query, headers)
        with self._lock:
            self._requests.append(Request(endpoint, target, headers))
            for index, fault in enumerate(self._faults):
                if fault.endpoint == endpoint and (fault.times is None or self._acted[index] < fault.times):
                    self._acted[index] += 1
                    return fault.change(reply)
        return reply

    def _regular(self, path: str, query: str, headers: dict[str, str]) -> tuple[Endpoint, Reply]:
        match [unquote(part) for part in path.strip("/").split("/")]:
            case ["2.0", "registry", "packages"]:
                return "search", self._search(query, headers)
            case ["2.0", "registry", "packages", organization, name]:
                return "versions", self._versions(organization, name, headers)
            case ["2.0", "registry", "packages", organization, name, version]:
                if headers.get("accept") == "application/octet-stream":
                    return "pull", self._release(organization, name, version, headers, self._pull)
                return "metadata", self._release(organization, name, version, headers, self._metadata)
            case ["files", organization, name, version] if query == SIGNATURE:
                found = self._find(organization, name, version)
                body = found[0].content if found else b""
                return "file", Reply(
                    200 if found else 403, body, {"Content-Type": "application/octet-stream"}
                )
        return "unknown", page(404)(Reply(404))

    def _asked(self, path: str, headers: dict[str, str], question: bytes) -> tuple[Endpoint, Reply]:
        if path != "/2.0/graphql":
            return "unknown", page(404)(Reply(404))
        asked = json.loads(question)
        organization, name = asked["variables"]["org"], asked["variables"]["name"]
        if refusal := self._refusal(organization, headers):
            return "graphql", refusal
        names = self._dependents.get(f"{organization}/{name}", ())
        rows = [dict(zip(("organization", "name"), one.split("/"), strict=True)) for one in names]
        listed = [{**row, "version": "1.0.0"} for row in rows]
        return "graphql", _json(200, {"data": {"package": {"dependentPackages": listed}}})

    def _versions(self, organization: str, name: str, headers: dict[str, str]) -> Reply:
        if refusal := self._refusal(organization, headers):
            return refusal
        platforms = {"any", *headers.get("ballerina-platform", "").split(",")}
        visible = [one for one in self._find(organization, name) if self._is_visible(one, headers)]
        if not visible:
            return _json(404, {"message": f"package not found: {organization}/{name}:*_any"})
        return _json(200, [one.version for one in visible if one.platform in platforms])

    def _search(self, query: str, headers: dict[str, str]) -> Reply:
        """Find packages as a search does: whatever the case."""
        asked = {key: values[0].lower() for key, values in parse_qs(query).items()}
        offset, limit = int(asked.get("offset", "0")), int(asked.get("limit", "50"))
        found = {
            (one.organization, one.name): one
            for one in self._table
            if asked.get("org") in {None, one.organization.lower()}
            and asked.get("q", "") in one.name.lower()
            and self._is_visible(one, headers)
        }
        packages = [{"organization": org, "name": name} for org, name in found]
        page = packages[offset : offset + limit]
        return _json(200, {"packages": page, "count": len(packages), "offset": offset, "limit": limit})

    def _release(
        self,
        organization: str,
        name: str,
        version: str,
        headers: dict[str, str],
        render: Callable[[Published], Reply],
    ) -> Reply:
        if refusal := self._refusal(organization, headers):
            return refusal
        found = [one for one in self._find(organization, name, version) if self._is_visible(one, headers)]
        if not found:
            return _json(404, {"message": f"package not found for: {organization}/{name}:{version}"})
        return render(found[0])

    def _metadata(self, one: Published) -> Reply:
        return _json(
            200,
            {
                "id": 1,
                "organization": one.organization,
                "name": one.name,
                "version": one.version,
                "platform": one.platform,
                "isDeprecated": one.deprecated is not None,
                "deprecateMessage": one.deprecated or "",
                "URL": f"/{one.organization}/{one.name}/{one.version}",
                "balaURL": self._address(one),
                "digest": one.digest,
                "createdDate": 1788517274000,
                "visibility": "private" if one.private else "public",
                "graalvmCompatible": "Unknown",
            },
        )

    def _pull(self, one: Published) -> Reply:
        file = f"{one.organization}-{one.name}-{one.platform}-{one.version}.bala"
        return Reply(
            302,
            headers={
                "Location": self._address(one),
                "Content-Disposition": f"attachment; filename={file}",
                "digest": one.digest,
                "isdeprecated": str(one.deprecated is not None).lower(),
                "deprecatemessage": one.deprecated or "",
            },
        )

    def _address(self, one: Published) -> str:
        return f"{self._files}/{one.organization}/{one.name}/{one.version}?{SIGNATURE}"

    def _find(self, organization: str, name: str, version: str | None = None) -> list[Published]:
        wanted = (organization, name)
        return [
            one
            for one in self._table
            if (one.organization, one.name) == wanted and version in {None, one.version}
        ]

    def _refusal(self, organization: str, headers: dict[str, str]) -> Reply | None:
        given = headers.get("authorization")
        if given is None or (self._token is not None and given == f"Bearer {self._token}"):
            return None
        # The message repeats the token, as careless servers do.
        return _json(401, {"message": f"unauthorized access token for organization {organization}: {given}"})

    def _is_visible(self, one: Published, headers: dict[str, str]) -> bool:
        return not one.private or "authorization" in headers


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site

    def handle_error(self, request: object, client_address: object) -> None:
        # Clients that hang up early or trust nobody are what some tests are about.
        if not isinstance(sys.exception(), ConnectionError | ssl.SSLError):
            super().handle_error(request, client_address)  # type: ignore[arg-type] # passed on as it came


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        site = self.server.site
        if self.path.startswith("http:") and not self._may_use_proxy(headers):
            self._send(Reply(407, headers={"Proxy-Authenticate": 'Basic realm="proxy"'}))
        else:
            self._send(site.answer(self.path, headers))
        self.close_connection = True

    def do_POST(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        question = self.rfile.read(int(headers.get("content-length", "0")))
        site = self.server.site
        found = site.answer(self.path, headers, question) if isinstance(site, Central) else Reply(405)
        self._send(found)
        self.close_connection = True

    def _may_use_proxy(self, headers: dict[str, str]) -> bool:
        credentials = self.server.site.proxy_credentials
        if credentials is None:
            return True
        expected = base64.b64encode(":".join(credentials).encode()).decode()
        return headers.get("proxy-authorization") == f"Basic {expected}"

    def _send(self, reply: Reply) -> None:
        stopping = self.server.site.stopping
        if reply.delivery == "silent":
            stopping.wait()
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value.replace("{port}", str(self.server.server_port)))
        self.send_header("Connection", "close")
        if reply.delivery == "chunked":
            self.send_header("Transfer-Encoding", "chunked")
        elif "Content-Length" not in reply.headers:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        half = reply.body[: len(reply.body) // 2]
        match reply.delivery:
            case "whole":
                self.wfile.write(reply.body)
            case "chunked":
                parts = [part for part in (half, reply.body[len(half) :]) if part]
                for part in (*parts, b""):  # the empty part ends the body
                    self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
            case "truncated":
                self.wfile.write(half)
            case "stalled":
                self.wfile.write(half)
                stopping.wait()
            case "reset":
                self.wfile.write(half)
                # Lingering for zero seconds makes the system send RST instead of a decent end.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                os.close(self.connection.detach())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is http.server's)
        """Print nothing: the tests ask for `requests`."""


def _json(code: int, value: object) -> Reply:
    return Reply(code, json.dumps(value).encode(), {"Content-Type": "application/json"})
