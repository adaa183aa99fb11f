"""A forward proxy on loopback, as companies have them: it opens tunnels for those who know the password."""

from __future__ import annotations

import base64
import select
import socket
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ForwardProxy", "serve_proxy"]

_CHUNK = 65_536


class ForwardProxy:
    """The running proxy: where it is, whom it let through to where, and what it refused."""

    def __init__(self, port: int, credentials: tuple[str, str]) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.tunnels: list[str] = []
        self.refused: list[str] = []
        self.bytes_seen = bytearray()
        self.stopping = threading.Event()
        self.expected = "Basic " + base64.b64encode(":".join(credentials).encode()).decode()


@contextmanager
def serve_proxy(user: str, password: str) -> Iterator[ForwardProxy]:
    """Serve tunnels (`CONNECT`) until the block ends."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.proxy = ForwardProxy(server.server_port, (user, password))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.proxy
    finally:
        server.proxy.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    proxy: ForwardProxy


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_CONNECT(self) -> None:
        proxy = self.server.proxy
        self.close_connection = True
        if self.headers.get("Proxy-Authorization") != proxy.expected:
            proxy.refused.append(self.path)
            self.send_response(407)
            self.send_header("Proxy-Authenticate", 'Basic realm="proxy"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        host, _, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port))) as there:
            proxy.tunnels.append(self.path)
            self.send_response(200)
            self.end_headers()
            self._pass_on(there)

    def _pass_on(self, there: socket.socket) -> None:
        ends = {self.connection: there, there: self.connection}
        with suppress(ConnectionError):
            while not self.server.proxy.stopping.is_set():
                for ready in select.select(list(ends), [], [], 0.05)[0]:
                    content = ready.recv(_CHUNK)
                    if not content:
                        return
                    self.server.proxy.bytes_seen += content
                    ends[ready].sendall(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is http.server's)
        """Print nothing."""
