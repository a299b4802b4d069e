"""The guard against the network guards."""

import socket

import pytest


def test_a_connection_to_another_machine_is_refused():
    with socket.socket() as plug, pytest.raises(AssertionError, match="online"):
        plug.connect(("192.0.2.1", 80))


def test_a_connection_to_this_machine_is_not():
    with socket.socket() as server, socket.socket() as plug:
        server.bind(("127.0.0.1", 0))
        server.listen()
        plug.connect(server.getsockname())
