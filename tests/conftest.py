"""For every test: no network but this machine's own. For those with QGIS: our algorithms beside its own."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

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


@pytest.fixture(scope="session")
def provider(qgis_app):
    """Our algorithms and QGIS's Processing plugin, as in a started QGIS; registered once."""
    from qgis.core import QgsApplication

    plugins = str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins")
    if plugins not in sys.path:
        # First: uic puts "." on the path, where our folder of that name would shadow QGIS's package.
        sys.path.insert(0, plugins)
    from leachwatch.processing.provider import LeachwatchProvider

    from processing.core.Processing import Processing

    Processing.initialize()
    ours = LeachwatchProvider()
    assert QgsApplication.processingRegistry().addProvider(ours)
    yield ours
    QgsApplication.processingRegistry().removeProvider(ours)
