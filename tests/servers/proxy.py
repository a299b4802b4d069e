"""A real HTTP proxy on 127.0.0.1: plain requests and CONNECT, with or without Basic authentication."""

from __future__ import annotations

import base64
import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class Proxy:
    """Where the proxy listens, and the targets it was asked for (a URL, or ``CONNECT host:port``)."""

    host: str
    port: int
    login: str = ""  # "user:password", "" for none
    asked: list[str] = field(default_factory=list)
    refused: int = 0  # requests without the right login


class _Handler(BaseHTTPRequestHandler):
    server: _Listener

    def do_GET(self) -> None:
        if not self._allowed(self.path):
            return
        parts = urlsplit(self.path)
        upstream = HTTPConnection(parts.hostname or "", parts.port or 80, timeout=5)
        with contextlib.closing(upstream):
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            own = ("proxy-authorization", "proxy-connection", "connection")
            headers = {name: value for name, value in self.headers.items() if name.lower() not in own}
            upstream.request("GET", target, headers={**headers, "Connection": "close"})
            answer = upstream.getresponse()
            content = answer.read()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.headers.get("Content-Type", ""))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_CONNECT(self) -> None:
        if not self._allowed(f"CONNECT {self.path}"):
            return
        host, _, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=5) as upstream:
            self.send_response(200)
            self.end_headers()
            there = threading.Thread(target=_pump, args=(self.connection, upstream), daemon=True)
            there.start()
            _pump(upstream, self.connection)
            there.join(5)
        self.close_connection = True

    def _allowed(self, target: str) -> bool:
        proxy = self.server.owner
        wanted = "Basic " + base64.b64encode(proxy.login.encode()).decode()
        if proxy.login and self.headers.get("Proxy-Authorization") != wanted:
            proxy.refused += 1
            self.send_response(407)
            self.send_header("Proxy-Authenticate", 'Basic realm="test"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return False
        proxy.asked.append(target)
        return True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    owner: Proxy

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    for plug in (source, target):
        with contextlib.suppress(OSError):
            plug.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def proxying(login: str = "") -> Iterator[Proxy]:
    """Run a proxy on a free port; with a login it refuses (407) whoever has another one."""
    listener = _Listener(("127.0.0.1", 0), _Handler)
    proxy = Proxy("127.0.0.1", listener.server_address[1], login)
    listener.owner = proxy
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join(5)
