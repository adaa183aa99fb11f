"""A custom repository on loopback: a real HTTP server for files, with Basic credentials."""

from __future__ import annotations

import base64
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Maven", "index_of", "serve_maven"]


@dataclass
class Maven:
    """The running server. `requests` are the paths that were asked for, with the credentials that came."""

    address: str
    requests: list[tuple[str, str | None]] = field(default_factory=list)


def index_of(*versions: str) -> bytes:
    """Write a maven-metadata.xml."""
    listed = "".join(f"<version>{version}</version>" for version in versions)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        "<metadata><groupId>acme</groupId><artifactId>shop</artifactId>"
        f"<version>9.9.9</version><versioning><latest>9.9.9</latest><versions>{listed}</versions>"
        "</versioning></metadata>\n"
    ).encode()


@contextmanager
def serve_maven(
    files: Mapping[str, bytes],
    *,
    credentials: tuple[str, str] | None = None,
    redirects: Mapping[str, str] | None = None,
) -> Iterator[Maven]:
    """Serve files by path (`acme/shop/maven-metadata.xml`) until the block ends, else 404.

    With `credentials`, who does not bring them gets 401. `redirects` lead from paths to addresses.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            given = self.headers.get("Authorization")
            maven.requests.append((self.path.removeprefix("/maven/"), given))
            path = maven.requests[-1][0]
            status = 200 if path in files else 404
            if redirects is not None and path in redirects:
                status = 302
            elif credentials is not None and given != _basic(credentials):
                status = 401
            self.send_response(status)
            if status == 302 and redirects is not None:
                self.send_header("Location", redirects[path])
            body = files[path] if status == 200 else b""
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is http.server's)
            """Print nothing: the tests ask for `requests`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    maven = Maven(f"http://127.0.0.1:{server.server_port}/maven")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield maven
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _basic(credentials: tuple[str, str]) -> str:
    return f"Basic {base64.b64encode(':'.join(credentials).encode()).decode()}"
