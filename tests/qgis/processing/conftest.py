"""QGIS's own providers and ours, registered once; tests run algorithms as the toolbox does."""

import sys
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProject


@pytest.fixture(scope="session")
def provider(qgis_app):
    """Our provider beside QGIS's own, in QGIS's registry."""
    plugins = str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins")
    if plugins not in sys.path:
        sys.path.append(plugins)
    from leachwatch.processing.provider import LeachwatchProvider

    from processing.core.Processing import Processing

    Processing.initialize()
    ours = LeachwatchProvider()
    assert QgsApplication.processingRegistry().addProvider(ours)
    yield ours
    QgsApplication.processingRegistry().removeProvider(ours)


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
