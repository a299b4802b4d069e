"""One GET in a thread of its own, so that the one who waits for it can leave at any moment."""

from __future__ import annotations

import contextlib
import http.client
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import requests
import urllib3

from ...analysis.progress import Cancelled
from ..errors import SourceError
from .addresses import check, host_of, redirected
from .network import Network

CHUNK = 16 * 1024  # bytes: small, so that a slow line still shows progress
TICK = 0.1  # seconds between two looks at is_cancelled
SLACK = 5  # seconds for the lookup of a name and the like, which have no time limit of their own
REDIRECTS = 5
# Errors of requests are OSErrors, too.
_FAILURES = (OSError, urllib3.exceptions.HTTPError, http.client.HTTPException, UnicodeError)
_REDIRECT = (301, 302, 303, 307, 308)


class Broken(Exception):
    """A connection failed: where to, and what requests, urllib3 or http.client said."""

    def __init__(self, url: str, error: BaseException) -> None:
        super().__init__(type(error).__name__)  # no more of it: its text may hold a password or a token
        self.url, self.error = url, error


class TooSlow(SourceError):
    """The server sends too little to ever be done."""


@dataclass
class Answer:
    """An answer whose body is still to be read. ``url`` is the one that answered, after redirects."""

    url: str
    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


@contextlib.contextmanager
def get(url: str, network: Network, headers: Mapping[str, str], is_cancelled: Callable[[], bool]) -> Iterator[Answer]:
    """Ask for a URL and follow its redirects. Raise Cancelled within a second, even while the server says nothing.

    Raise SourceError for an address or a redirect that must not be followed, Broken for a connection that failed.
    """
    network.require(url)
    url, asked = check(url), [url]
    while True:
        line = _Line(url, network, headers)
        try:
            answer = line.answer(is_cancelled)
            if answer.status not in _REDIRECT:
                yield answer
                return
        finally:
            line.leave()
        url = redirected(url, answer.headers.get("Location", ""))
        asked.append(url)
        if len(asked) > REDIRECTS + 1 or asked.count(url) > 1:
            raise SourceError(
                f"{host_of(asked[0])} redirects in circles or more than {REDIRECTS} times; the last was to "
                f"{host_of(url)}."
            )


class _Line:
    """A thread that asks and reads, and the queue on which it hands over what it got."""

    def __init__(self, url: str, network: Network, headers: Mapping[str, str]) -> None:
        self._url, self._network, self._headers = url, network, headers
        self._queue: queue.Queue[Any] = queue.Queue(maxsize=8)
        self._left = threading.Event()
        self._plugs: list[socket.socket] = []
        threading.Thread(target=self._run, name="leachwatch-download", daemon=True).start()

    def answer(self, is_cancelled: Callable[[], bool]) -> Answer:
        limit = self._network.connect_timeout + self._network.read_timeout + SLACK
        response = self._next(is_cancelled, limit)
        return Answer(self._url, response.status_code, response.headers, self._chunks(is_cancelled))

    def leave(self) -> None:
        """Let the thread end: a read that waits is woken by shutting the connection, not closed under its hands."""
        self._left.set()
        for plug in self._plugs:
            with contextlib.suppress(OSError):
                plug.shutdown(socket.SHUT_RDWR)

    def _chunks(self, is_cancelled: Callable[[], bool]) -> Iterator[bytes]:
        network, since, got = self._network, time.monotonic(), 0
        limit = network.read_timeout + SLACK
        while (chunk := self._next(is_cancelled, limit, since, got)) is not None:
            yield chunk
            got += len(chunk)
            if time.monotonic() - since >= network.rate_window:
                self._require_rate(got)
                since, got = time.monotonic(), 0

    def _require_rate(self, got: int) -> None:
        if got < self._network.min_rate * self._network.rate_window:
            raise TooSlow(
                f"{host_of(self._url)} sends less than {self._network.min_rate:.0f} bytes a second; the transfer was "
                "given up. Try again later, or on another connection."
            )

    def _next(self, is_cancelled: Callable[[], bool], limit: float, since: float | None = None, got: int = 0) -> Any:
        start = time.monotonic()
        while True:
            if is_cancelled():
                raise Cancelled
            try:
                item = self._queue.get(timeout=TICK)
            except queue.Empty:
                now = time.monotonic()
                if since is not None and now - since >= self._network.rate_window:
                    self._require_rate(got)
                if now - start > limit:
                    raise Broken(self._url, requests.exceptions.Timeout()) from None
                continue
            if isinstance(item, _FAILURES):
                raise Broken(self._url, item) from None
            if isinstance(item, BaseException):
                raise item
            return item

    def _run(self) -> None:
        timeout = (self._network.connect_timeout, self._network.read_timeout)
        try:
            with (
                self._network.session(self._opened) as session,
                session.get(
                    self._url, headers=dict(self._headers), stream=True, allow_redirects=False, timeout=timeout
                ) as response,
            ):
                self._put(response)
                for chunk in response.raw.stream(CHUNK, decode_content=False):
                    self._put(chunk)
            self._put(None)
        except _Left:
            pass
        except Exception as error:  # whatever went wrong is raised again where it is waited for
            with contextlib.suppress(_Left):
                self._put(error)
        finally:
            plugs, self._plugs = self._plugs, []
            for plug in plugs:
                plug.close()

    def _opened(self, plug: socket.socket) -> None:
        """Keep a second handle on the connection, which may be shut from another thread while the first one reads."""
        if self._left.is_set():
            raise _Left
        with contextlib.suppress(OSError):
            self._plugs.append(plug.dup())

    def _put(self, item: Any) -> None:
        while not self._left.is_set():
            try:
                self._queue.put(item, timeout=TICK)
                return
            except queue.Full:
                continue
        raise _Left


class _Left(Exception):
    """Nobody waits any more."""
