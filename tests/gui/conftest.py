"""The twelve tanks of ``tank_world`` in a project, on every provider; and a window for the docks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from leachwatch import settings
from leachwatch.tests.gui.tank_world import EVERY_PROVIDER, TANKS, memory_tanks, on_provider, write
from leachwatch.tests.servers import serving_postgis
from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtWidgets import QApplication, QMainWindow


@pytest.fixture
def project(qgis_app):
    instance = QgsProject.instance()
    instance.clear()
    yield instance
    instance.clear()


@pytest.fixture(scope="session")
def postgis(qgis_app):
    """A PostGIS server of this process."""
    with serving_postgis() as server:
        yield server


@pytest.fixture(params=EVERY_PROVIDER)
def any_layer(request, project, tmp_path):
    """The twelve tanks on each provider in turn, in the project."""
    layer = on_provider(memory_tanks(), request.param, tmp_path, lambda: request.getfixturevalue("postgis"))
    assert layer.isValid() and layer.featureCount() == len(TANKS)
    project.addMapLayer(layer)
    return layer


@pytest.fixture
def tanks(project, tmp_path):
    """The twelve tanks in a GeoPackage, in the project."""
    layer = write(memory_tanks(), "gpkg", tmp_path)
    project.addMapLayer(layer)
    return layer


@pytest.fixture
def open_dock(qgis_iface, project):
    """Show a dock in a window, as QGIS does; all of it is deleted after the test."""
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    opened = []

    def show(dock_class, iface=qgis_iface):
        dock = dock_class(iface, window)
        opened.append(dock)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        dock.show()
        QApplication.processEvents()
        return dock

    for messages in qgis_iface.messageBar().messages.values():
        messages.clear()
    yield show
    for dock in opened:
        dock.close_down()
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def own_settings(qgis_app, monkeypatch, tmp_path):
    """Settings of the test's own: the defaults, and a cache that is empty."""
    for name in settings.NAMES:
        monkeypatch.delenv(settings.variable(name), raising=False)
    QgsSettings().remove("leachwatch")
    settings.save(replace(settings.Settings(), cache_folder=str(tmp_path / "cache")))
    yield settings
    QgsSettings().remove("leachwatch")
