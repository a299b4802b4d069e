"""Tests run algorithms as the toolbox does."""

import pytest
from qgis.core import QgsProject


@pytest.fixture(autouse=True)
def no_window(provider, monkeypatch):
    """Results are loaded as where there is no window: QGIS would hand pytest-qgis's stand-in for one to C++."""
    from processing.gui import Postprocessing

    monkeypatch.setattr(Postprocessing, "iface", None, raising=False)


@pytest.fixture(autouse=True)
def project(provider):
    """An empty project."""
    instance = QgsProject.instance()
    instance.clear()
    yield instance
    instance.clear()


@pytest.fixture(autouse=True)
def settings(monkeypatch, tmp_path):
    """Offline, with a cache of the test's own; a test that plays a service says so."""
    monkeypatch.setenv("LEACHWATCH_OFFLINE", "1")
    monkeypatch.setenv("LEACHWATCH_CACHE_FOLDER", str(tmp_path / "cache"))
    return monkeypatch
