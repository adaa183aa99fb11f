"""A stand-in on loopback for the comments of a hosting service: pages, rights, limits, as in its API."""

from __future__ import annotations

import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["BOT", "Hosting", "Refusal", "comment", "serve_hosting"]

BOT = {"login": "github-actions[bot]", "type": "Bot"}
_LISTED = re.compile(r"/repos/acme/shop/issues/(\d+)/comments")
_ONE = re.compile(r"/repos/acme/shop/issues/comments/(\d+)")
_TOO_LONG = 65_536


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer instead of the real one to so many requests with a method; `None` for ever."""

    method: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    times: int | None = None


@dataclass
class Hosting:
    """The service: its address, the comments of one pull request, and the requests as method and path."""

    address: str = ""
    comments: list[dict[str, object]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    refusals: list[Refusal] = field(default_factory=list)
    user: str | None = None

    def bodies(self) -> list[str]:
        """Return the texts of the comments."""
        return [str(one["body"]) for one in self.comments]

    def refusal(self, method: str) -> Refusal | None:
        """Return the refusal of a request that comes now."""
        for number, one in enumerate(self.refusals):
            if one.method == method:
                if one.times is not None:
                    left = Refusal(one.method, one.status, one.headers, one.times - 1)
                    self.refusals[number : number + 1] = [left] if left.times else []
                return one
        return None


def comment(number: int, body: str, user: Mapping[str, str] = BOT) -> dict[str, object]:
    """Return a comment as the service has it."""
    return {"id": number, "body": body, "user": dict(user)}


class _Handler(BaseHTTPRequestHandler):
    hosting: Hosting

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if self._refused("GET"):
            return
        if address.path == "/user":
            user = self.hosting.user
            self._answer(200 if user else 403, {"login": user} if user else {"message": "not accessible"})
        elif _LISTED.fullmatch(address.path):
            asked = parse_qs(address.query)
            size, page = int(asked.get("per_page", ["30"])[0]), int(asked.get("page", ["1"])[0])
            self._answer(200, self.hosting.comments[(page - 1) * size : page * size])
        else:
            self._answer(404, {})

    def do_POST(self) -> None:
        body = self._body()
        if self._refused("POST"):
            return
        if _LISTED.fullmatch(self.path) is None:
            self._answer(404, {})
        elif len(body) > _TOO_LONG:
            self._answer(422, {"message": "body is too long"})
        else:
            user = {"login": self.hosting.user, "type": "User"} if self.hosting.user else BOT
            self.hosting.comments.append(comment(1000 + len(self.hosting.comments), body, user))
            self._answer(201, self.hosting.comments[-1])

    def do_PATCH(self) -> None:
        body = self._body()
        found = _ONE.fullmatch(self.path)
        known = {str(one["id"]): one for one in self.hosting.comments}
        if self._refused("PATCH"):
            return
        if found is None or found[1] not in known:
            self._answer(404, {})
        else:
            known[found[1]]["body"] = body
            self._answer(200, known[found[1]])

    def _body(self) -> str:
        content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return str(content["body"])

    def _refused(self, method: str) -> bool:
        self.hosting.requests.append(f"{method} {self.path}")
        self.hosting.tokens.add(str(self.headers.get("Authorization")))
        refusal = None if self.path == "/user" else self.hosting.refusal(method)
        if refusal is not None:
            self._answer(refusal.status, {"message": "refused"}, refusal.headers)
        return refusal is not None

    def _answer(self, status: int, value: object, headers: Mapping[str, str] | None = None) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        for name, text in {**(headers or {}), "Content-Length": str(len(content))}.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Write nothing."""


@contextmanager
def serve_hosting(hosting: Hosting) -> Iterator[Hosting]:
    """Serve until the block ends."""
    handler = type("Handler", (_Handler,), {"hosting": hosting})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    hosting.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield hosting
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
