"""Cancelling ends a request within a second, whatever the server does, and leaves nothing behind."""

import contextlib
import socket
import threading
import time

import pytest
from leachwatch.analysis.progress import Cancelled
from leachwatch.sources.online.download import Remote, download, fetch_json
from leachwatch.sources.online.network import Network
from leachwatch.tests.servers import routes as answer
from leachwatch.tests.servers import serving

PATIENT = Network(connect_timeout=10, read_timeout=30, retries=4, backoff=20)
SLOW = {
    "before the head": answer.stall(),
    "in the head": answer.stall(b"HTTP/1.1 200 OK\r\nX-A: "),
    "in the body": answer.stall(answer.head(9999) + b"PK\x03\x04"),
    "while it drips": answer.drip(answer.head(9999)),
    "while headers drip": answer.drip(b"HTTP/1.1 200 OK\r\nX-A: "),
    "in an endless body": answer.endless(),
    "in endless promises": answer.endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "while waiting as asked": answer.body(b"", status=429, Retry_After="50"),
    "while waiting to try again": answer.body(b"", status=500),
}


class Clock:
    """Says that the user cancelled, from 0.3 seconds on."""

    def __init__(self):
        self.cancelled_at = time.monotonic() + 0.3

    def __call__(self):
        return time.monotonic() >= self.cancelled_at

    @property
    def late(self):
        return time.monotonic() - self.cancelled_at


@pytest.mark.parametrize("moment", SLOW)
def test_a_download_stops(moment, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"older")
    with serving({"/a": SLOW[moment]}) as server:
        clock = Clock()
        with pytest.raises(Cancelled):
            download(Remote(server.url("/a"), "a.zip"), tmp_path, PATIENT, is_cancelled=clock)
        assert clock.late < 1
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"] and (tmp_path / "a.zip").read_bytes() == b"older"


@pytest.mark.parametrize("moment", ["in the body", "while waiting as asked"])
def test_json_stops(moment):
    with serving({"/a": SLOW[moment]}) as server:
        clock = Clock()
        with pytest.raises(Cancelled):
            fetch_json(server.url("/a"), PATIENT, is_cancelled=clock)
        assert clock.late < 1


def test_it_stops_while_connecting(tmp_path):
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(socket.socket())
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(5):  # fill the queue of those who wait: who comes now gets no answer at all
            plug = stack.enter_context(socket.socket())
            plug.setblocking(False)
            plug.connect_ex(server.getsockname())
        clock = Clock()
        with pytest.raises(Cancelled):
            url = f"http://127.0.0.1:{server.getsockname()[1]}/a"
            download(Remote(url, "a.zip"), tmp_path, PATIENT, is_cancelled=clock)
        assert 0 <= clock.late < 1


def test_it_stops_while_a_name_is_looked_up(tmp_path, monkeypatch):
    silent = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: silent.wait(5) or [])
    clock = Clock()
    with pytest.raises(Cancelled):
        download(Remote("https://example.invalid/a", "a.zip"), tmp_path, PATIENT, is_cancelled=clock)
    assert clock.late < 1
    silent.set()


def test_who_shows_the_progress_may_stop_it(tmp_path):
    def stop(done, total):
        raise Cancelled

    with serving({"/a": answer.endless()}) as server, pytest.raises(Cancelled):
        download(Remote(server.url("/a"), "a.zip"), tmp_path, PATIENT, progress=stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("moment", SLOW)
def test_the_connection_is_closed_at_once(moment, tmp_path):
    def readers():
        return [thread for thread in threading.enumerate() if thread.name == "leachwatch-download"]

    before = set(readers())
    with serving({"/a": SLOW[moment]}) as server:
        with pytest.raises(Cancelled):
            download(Remote(server.url("/a"), "a.zip"), tmp_path, PATIENT, is_cancelled=Clock())
        for thread in set(readers()) - before:
            thread.join(1)
            assert not thread.is_alive()
