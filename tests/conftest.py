"""For every test: no network but this machine's own."""

from __future__ import annotations

import socket

import pytest

_LOCAL = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Refuse every connection to another machine, at the socket."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(_LOCAL):
            raise AssertionError(f"A test went online: {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
