"""Files that state no CRS, and the release from its service or the cache, through the dialog."""

from __future__ import annotations

from dataclasses import replace

import pytest
from leachwatch.tests.gui.load_tanks_world import LEFT, dialog, drop, history, memory_tanks, read, run_to_end, wait_for
from leachwatch.tests.gui.tank_world import ids
from leachwatch.tests.servers import serving
from leachwatch.tests.servers.routes import as_json, body
from leachwatch.tests.unit.sources.catalogue_samples import CSV
from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsProject, QgsVectorFileWriter
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QMessageBox

__all__ = ["dialog", "read"]
UTM = "EPSG:32647"


@pytest.fixture
def without_prj(tmp_path):
    """Twelve tanks in a shapefile in UTM, without the .prj that says so."""
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "ESRI Shapefile"
    layer = memory_tanks()
    options.ct = QgsCoordinateTransform(layer.crs(), QgsCoordinateReferenceSystem(UTM), QgsProject.instance())
    path = tmp_path / "tanks.shp"
    context = QgsProject.instance().transformContext()
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), context, options)
    path.with_suffix(".prj").unlink()
    return path


def places(layer):
    return {
        int(f["tank_id"]): (round(f.geometry().asPoint().x(), 5), round(f.geometry().asPoint().y(), 5))
        for f in layer.getFeatures()
    }


def test_a_missing_crs_is_asked_for(dialog, read, project, without_prj):
    assert drop(dialog, without_prj)
    form = read()
    assert form.crs.isVisible() and "CRS" in form.notes.toPlainText()
    assert not form.load.isEnabled()
    form.crs.setCrs(QgsCoordinateReferenceSystem(UTM))
    form = read()
    assert form.crs.isVisible() and form.load.isEnabled()
    assert form.sample_title.text() == "All 12 rows"
    before = len(history())
    run_to_end(dialog)
    layer = next(iter(project.mapLayers().values()))
    assert ids(layer) == set(range(1, 13))
    assert places(layer)[12] == (98.12, 25.12)
    assert UTM in history()[before]


def test_coordinate_columns_in_metres(dialog, read, project, tmp_path):
    """On zone 47's middle, 99° E, easting is 500 km; 25° N is 2,766,054.17 m along the meridian, times 0.9996."""
    path = tmp_path / "metres.csv"
    path.write_text("tank_id,latitude,longitude\n1,2764947.75,500000\n", encoding="utf-8")
    dialog.open_file(str(path))
    form = read()
    assert form.crs.isVisible()
    form.crs.setCrs(QgsCoordinateReferenceSystem(UTM))
    read()
    run_to_end(dialog)
    east, north = places(next(iter(project.mapLayers().values())))[1]
    assert (east, north) == (99.0, 25.0)


def test_a_crs_of_the_users_own_goes_through(dialog, read, project, without_prj):
    own = QgsCoordinateReferenceSystem()
    own.createFromProj("+proj=utm +zone=47 +datum=WGS84 +units=km +no_defs")
    assert own.isValid() and not own.authid().startswith("EPSG:")
    drop(dialog, without_prj)
    read().crs.setCrs(own)
    form = read()
    assert "[" in dialog.controller.choices.crs
    assert dialog.controller.parameters(None)["CRS"].startswith("WKT:")
    assert form.sample_title.text() == "All 12 rows"


def test_another_file_is_asked_anew(dialog, read, without_prj, tmp_path):
    drop(dialog, without_prj)
    read().crs.setCrs(QgsCoordinateReferenceSystem(UTM))
    read()
    dialog.open_file("")
    drop(dialog, without_prj)
    form = read()
    assert not form.crs.crs().isValid() and not form.load.isEnabled()


@pytest.fixture
def service(own_settings):
    """A server that stands for ScienceBase, and settings that say so."""
    with serving({}) as server:
        entry = {"name": "tanks.csv", "size": len(CSV), "url": f"{server.base}/f/tanks.csv"}
        server.routes.update(
            {
                "/catalog/items": as_json({"items": [{"id": "abc"}]}),
                "/catalog/item/abc": as_json({"id": "abc", "files": [entry]}),
                "/catalog/file/get/abc": body(CSV),
            }
        )
        yield server


@pytest.fixture
def online(dialog, own_settings, service, monkeypatch):
    """The dialog, whose questions are answered with Yes."""
    own_settings.save(replace(own_settings.load(), sciencebase_url=service.base))
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    return dialog


def test_the_release_is_downloaded_and_loaded(online, project, service, qgis_iface):
    assert service.asked == []
    QTest.mouseClick(online.form.download, LEFT)
    wait_for(lambda: project.mapLayers())
    wait_for(lambda: not online.isVisible())
    online.run.close()
    assert next(iter(project.mapLayers().values())).featureCount() == 2
    assert "Tanks loaded: 2;" in qgis_iface.messageBar().get_messages(Qgis.Success)[-1]
    assert "'MODE':'cache-first'" in history()[-1].replace(": ", ":").replace('"', "'")


def test_then_it_is_in_the_cache_and_can_be_mapped_without_a_network(online, read, project, service):
    QTest.mouseClick(online.form.download, LEFT)
    wait_for(lambda: project.mapLayers() and not online.isVisible())
    online.run.close()
    project.clear()
    asked = len(service.asked)
    online.show()
    assert online.form.cached.isVisible()
    QTest.mouseClick(online.form.cached, LEFT)
    form = read()
    assert form.sample_title.text() == "All 2 rows"
    run_to_end(online)
    assert next(iter(project.mapLayers().values())).featureCount() == 2
    assert len(service.asked) == asked


def test_a_failure_leaves_the_dialog_as_it_was(online, project, service):
    service.routes["/catalog/items"] = as_json({"items": []})
    QTest.mouseClick(online.form.download, LEFT)
    ended = []
    online.run.algorithmFinished.connect(lambda successful, _: ended.append(successful))
    wait_for(lambda: ended)
    assert ended == [False] and online.isVisible() and not project.mapLayers()
    online.run.close()


def test_a_mistyped_address_forbids_the_download(dialog, monkeypatch):
    dialog.hide()
    monkeypatch.setenv("LEACHWATCH_SCIENCEBASE_URL", "htp:/mirror")
    dialog.show()
    assert not dialog.form.download.isEnabled()
    assert "LEACHWATCH_SCIENCEBASE_URL: “htp:/mirror”" in dialog.form.download.toolTip()
