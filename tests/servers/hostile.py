"""A threaded HTTP server whose every route is a function that may misbehave; it records what it was asked.

    with serving({"/a.zip": body(ZIP), "/slow": stall()}) as server:
        download(Remote(server.url("/a.zip"), "a.zip"), folder, Network())
    assert [one.path for one in server.asked] == ["/a.zip"]

A route takes the request's handler (``http.server.BaseHTTPRequestHandler``). A list of routes answers one request after
the other, its last one ever after. ``tests.servers.routes`` has the usual ones.
"""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

Route = Callable[["Handler"], None]


@dataclass(frozen=True)
class Asked:
    """A request as it came: the path without its query, the query's fields, the headers in lower case."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    target: str  # as it stood in the request line


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listener

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.owner.asked.append(Asked(parts.path, dict(parse_qsl(parts.query)), headers, self.path))
        self.close_connection = True
        with contextlib.suppress(OSError):  # the client left
            self.server.owner.route(parts.path)(self)

    def send(self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None, length: int = -1) -> None:
        """Send a whole answer; ``length`` is the Content-Length it claims, where that is not the truth."""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length < 0 else length))
        self.end_headers()
        self.wfile.write(body)

    @property
    def stopped(self) -> threading.Event:
        """Set when the server ends: what waits must end, too."""
        return self.server.owner.stopped

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    owner: Server

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: broken connections are what these tests are about."""


@dataclass
class Server:
    """Where the server listens, its routes, and what it was asked so far."""

    routes: dict[str, Route | Sequence[Route]]
    base: str = ""
    asked: list[Asked] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str) -> str:
        return self.base + path

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.asked]

    def route(self, path: str) -> Route:
        """Return what answers a path: the longest route that begins it, where one ends in ``*``."""
        with self._lock:
            found = self.routes.get(path)
            if found is None:
                stars = sorted((key for key in self.routes if key.endswith("*") and path.startswith(key[:-1])), key=len)
                found = self.routes[stars[-1]] if stars else _missing
            if callable(found):
                return found
            earlier = self.paths.count(path) - 1
            return found[min(earlier, len(found) - 1)]


def _missing(handler: Handler) -> None:
    handler.send(404, b"not here")


@contextlib.contextmanager
def serving(routes: Mapping[str, Route | Sequence[Route]], tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Serve the routes on a free port of 127.0.0.1, over TLS where a context is given."""
    listener = _Listener(("127.0.0.1", 0), Handler)
    if tls is not None:
        listener.socket = tls.wrap_socket(listener.socket, server_side=True, do_handshake_on_connect=False)
    scheme, host = ("https", "localhost") if tls else ("http", "127.0.0.1")
    server = Server(dict(routes), f"{scheme}://{host}:{listener.server_address[1]}")
    listener.owner = server
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopped.set()
        listener.shutdown()
        listener.server_close()
        thread.join(5)
