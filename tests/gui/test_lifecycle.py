"""Layers, projects and the plugin itself come and go while the docks work: no error, and nothing left behind."""

from __future__ import annotations

import gc
import weakref

import pytest
from leachwatch.analysis.definition import STANDING
from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.gui.desktop_world import Window, listened_to, no_complaint, threads
from leachwatch.tests.gui.tank_world import TANKS, ids, memory_tanks, write
from leachwatch.tests.gui.waiting import settle, wait_until
from leachwatch.ui.desktop import Desktop
from leachwatch.ui.docks import TANK_FILTER, TANK_READING, TANK_STYLE
from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtWidgets import QAction, QApplication

ACTIVE = TankFilter(statuses=frozenset({"active"}))
DOCKS = (TANK_FILTER, TANK_STYLE, TANK_READING)
OURS = ["leachwatch/tank_filter", "leachwatch/temporal"]


@pytest.fixture
def window(qgis_app, project):
    made = Window()
    with no_complaint():
        yield made
        made.end()


@pytest.fixture
def desktop(window):
    made = Desktop(window)
    yield made
    if made.is_open:
        made.close_down()
    assert window.left_behind() == []
    wait_until(lambda: not threads())


@pytest.fixture
def open_docks(desktop, window):
    """Docks, opened by their buttons; the tank filter is returned."""

    def show(*names):
        for name in (TANK_FILTER, *names):
            window.findChild(QAction, f"Leachwatch_{name}").trigger()
        settle()
        return desktop.docks[TANK_FILTER]

    return show


def counted(dock):
    wait_until(lambda: dock.controller.counts is not None and not dock.controller.is_counting)


def big_layer(tmp_path, number: int = 2_000) -> QgsVectorLayer:
    """So many tanks that they are being read for a while."""
    rows = [(str(each), *TANKS[each % len(TANKS)][1:]) for each in range(number)]
    return write(memory_tanks("big", rows), "gpkg", tmp_path)


def reading(dock, layer):
    dock.choose(layer)
    assert dock.controller.is_reading or dock.controller.table is not None


def counting(dock, layer):
    dock.choose(layer)
    wait_until(lambda: dock.controller.table is not None)
    assert dock.controller.apply(ACTIVE) and dock.controller.is_counting


def filtered(dock, layer):
    dock.choose(layer)
    counted(dock)
    assert dock.controller.apply(ACTIVE)


def playing(dock, layer):
    dock.choose(layer)
    counted(dock)
    dock.player.interval = 0
    dock.player.loops = True
    assert dock.player.start()
    wait_until(lambda: dock.controller.wanted.first_year > 2015)


def handed_over(dock, layer):
    dock.choose(layer)
    counted(dock)
    assert dock.over.hand_over()


STATES = [reading, counting, filtered, playing, handed_over]


def without_a_trace(layer: QgsMapLayer) -> bool:
    marked = any(name.startswith("leachwatch") for name in layer.customPropertyKeys())
    return layer.subsetString() == "" and not marked and not layer.temporalProperties().isActive()


@pytest.mark.parametrize("state", STATES)
def test_a_layer_is_removed(open_docks, qgis_iface, tmp_path, state):
    dock, layer = open_docks(TANK_STYLE, TANK_READING), big_layer(tmp_path)
    QgsProject.instance().addMapLayer(layer)
    state(dock, layer)
    held = weakref.ref(layer)
    QgsProject.instance().removeMapLayer(layer.id())
    assert sip.isdeleted(layer) and dock.controller.layer is None
    assert not dock.player.is_playing and not dock.over.is_handed_over
    wait_until(lambda: not threads())
    del layer
    qgis_iface.removeAllLayers()  # which stands for QGIS's window in other tests, and keeps a list
    settle()
    gc.collect()
    assert held() is None, [type(each) for each in gc.get_referrers(held())]


@pytest.mark.parametrize("state", STATES)
def test_the_project_is_cleared_and_another_opened(open_docks, tanks, tmp_path, state):
    project, dock = QgsProject.instance(), open_docks(TANK_STYLE, TANK_READING)
    assert project.write(str(tmp_path / "plain.qgs"))
    state(dock, tanks)
    project.clear()
    assert dock.controller.layer is None
    assert project.read(str(tmp_path / "plain.qgs"))
    settle()
    (opened,) = project.mapLayers().values()
    assert dock.controller.layer is opened
    counted(dock)
    assert dock.controller.counts.total == len(TANKS) and without_a_trace(opened)


def test_the_plugin_is_unloaded_and_loaded_again_in_every_state(window, tanks):
    project = QgsProject.instance()
    nobody = listened_to(window, tanks)
    for state in STATES:
        desktop = Desktop(window)
        for name in DOCKS:
            window.findChild(QAction, f"Leachwatch_{name}").trigger()
        state(desktop.docks[TANK_FILTER], tanks)
        desktop.close_down()
        wait_until(lambda: not threads())
        assert window.left_behind() == [] and not window.bar.items(), state
        assert without_a_trace(tanks) and tanks.styleManager().styles() == ["default"], state
        assert len(ids(tanks)) == len(TANKS) and project.mapLayers() == {tanks.id(): tanks}
        gc.collect()
        assert listened_to(window, tanks) == nobody, state


def test_unopened_it_listens_to_the_project_alone(window, tanks):
    nobody = listened_to(window, tanks)
    desktop = Desktop(window)
    more = {name for name, count in listened_to(window, tanks).items() if count != nobody.get(name)}
    assert {name.partition(".")[2] for name in more} == {"layersAdded", "readMapLayer", "readProject"}
    desktop.close_down()
    assert listened_to(window, tanks) == nobody


@pytest.mark.parametrize("state", [filtered, playing, handed_over])
def test_a_closed_dock_leaves_the_layer_and_works_again_when_opened(open_docks, desktop, tanks, state):
    dock = open_docks()
    state(dock, tanks)
    for each in desktop.docks.values():
        each.setUserVisible(False)
    assert without_a_trace(tanks) and dock.controller.layer is None and not dock.player.is_playing
    dock.setUserVisible(True)
    counted(dock)
    assert dock.controller.layer is tanks and dock.controller.counts.shown == len(TANKS)


def test_a_renamed_layer_keeps_its_filter(open_docks, tanks):
    dock = open_docks()
    filtered(dock, tanks)
    tanks.setName("ကန်များ & <b>100 %</b>")
    settle()
    assert dock.form.layer.currentText() == "ကန်များ & <b>100 %</b>"
    assert dock.controller.layer is tanks and ids(tanks) == {1, 2, 6, 9}


def test_a_duplicated_layer_gets_the_users_own_filter(open_docks, tanks):
    dock = open_docks()
    tanks.setSubsetString("\"tank_id\" <> '1'")
    filtered(dock, tanks)
    copy = tanks.clone()
    QgsProject.instance().addMapLayer(copy)
    settle()
    assert copy.subsetString() == "\"tank_id\" <> '1'" and not any(key in copy.customPropertyKeys() for key in OURS)
    assert dock.controller.layer is tanks and ids(tanks) == {2, 6, 9}


def test_a_copy_of_a_handed_over_layer_is_the_users_own(open_docks, tanks):
    handed_over(open_docks(), tanks)
    copy = tanks.clone()
    QgsProject.instance().addMapLayer(copy)
    settle()
    assert without_a_trace(copy) and tanks.temporalProperties().isActive()


@pytest.mark.parametrize("state", [filtered, playing])
def test_a_layer_reloaded_or_given_another_source_is_read_again(open_docks, tanks, tmp_path, state):
    dock = open_docks()
    state(dock, tanks)
    tanks.reload()
    tanks.dataProvider().reloadData()
    settle()
    assert dock.controller.layer is tanks
    (tmp_path / "other").mkdir()
    fewer = write(memory_tanks(rows=TANKS[:5]), "gpkg", tmp_path / "other")
    tanks.setDataSource(fewer.source(), "tanks", "ogr")
    wait_until(lambda: dock.controller.counts is not None and dock.controller.counts.total == 5)
    assert not dock.player.is_playing
    wanted, shown = (ACTIVE, {1, 2}) if state is filtered else (dock.controller.wanted, ids(tanks))
    assert (dock.controller.wanted, ids(tanks)) == (wanted, shown), "the filter stands on the new source"
    dock.controller.adopt(None)
    assert without_a_trace(tanks)


def test_layers_that_hold_no_tanks_come_and_go(open_docks, tanks):
    project, dock = QgsProject.instance(), open_docks(TANK_STYLE, TANK_READING)
    for number in range(20):
        other = QgsVectorLayer("Polygon?crs=EPSG:4326&field=name:string", f"other {number}", "memory")
        project.addMapLayer(other)
        project.addMapLayer(QgsVectorLayer("Point?crs=EPSG:4326&field=name:string", "more", "memory"))
        project.removeMapLayer(other.id())
        QApplication.sendEvent(dock.form.layer, QEvent(QEvent.Type.Enter))
    assert dock.controller.layer is tanks and dock.form.layer.count() == 1


def test_a_source_that_goes_away_is_told(open_docks, tanks):
    dock = open_docks()
    filtered(dock, tanks)
    tanks.setDataSource("nowhere.gpkg", "tanks", "ogr")
    settle()
    assert not tanks.isValid() and dock.controller.layer is None


def test_a_saved_project_opens_the_dock_and_brings_the_filter_back(window, tanks, tmp_path):
    project = QgsProject.instance()
    first = Desktop(window)
    window.findChild(QAction, "Leachwatch_tank_filter").trigger()
    other = memory_tanks("another")  # of two layers it is the filtered one that the dock takes
    project.addMapLayer(other)
    filtered(first.docks[TANK_FILTER], tanks)
    first.docks[TANK_FILTER].controller.apply(TankFilter(STANDING, 2016, 2016))
    assert project.write(str(tmp_path / "saved.qgz"))
    first.close_down()
    project.clear()

    second = Desktop(window)
    assert second.docks == {}
    assert project.read(str(tmp_path / "saved.qgz"))
    dock = second.docks[TANK_FILTER]
    assert dock.isVisible() and dock.controller.layer.name() == "tanks"
    counted(dock)
    assert dock.controller.wanted == TankFilter(STANDING, 2016, 2016)
    opened = dock.controller.layer
    assert ids(opened) == {1, 2, 3} and dock.controller.counts.shown == 3
    second.close_down()
    assert without_a_trace(opened)


def test_a_plain_project_opens_no_dock(desktop, tanks, tmp_path):
    project = QgsProject.instance()
    assert project.write(str(tmp_path / "plain.qgs"))
    project.clear()
    assert project.read(str(tmp_path / "plain.qgs"))
    settle()
    assert desktop.docks == {}


def test_a_layer_pasted_with_the_filter_on_is_the_users_own_where_no_dock_is_open(desktop, window, tanks):
    from leachwatch.ui.tank_filter.own_filter.hold import FilterHold

    hold = FilterHold(tanks)
    hold.put("\"status\" IN ('active')", ACTIVE)
    copy = tanks.clone()
    hold.restore()
    QgsProject.instance().addMapLayer(copy)
    settle()
    assert without_a_trace(copy) and desktop.docks == {}


def test_a_layer_that_is_mended_can_be_chosen(open_docks, tanks):
    source = tanks.source()
    dock = open_docks()
    counted(dock)
    tanks.setDataSource("nowhere.gpkg", "tanks", "ogr")
    QApplication.sendEvent(dock.form.layer, QEvent(QEvent.Type.Enter))
    assert dock.form.layer.count() == 0
    tanks.setDataSource(source, "tanks", "ogr")
    QApplication.sendEvent(dock.form.layer, QEvent(QEvent.Type.Enter))
    assert dock.form.layer.currentLayer() is tanks and dock.controller.layer is tanks
    counted(dock)


def test_edit_mode_comes_and_goes(open_docks, tanks):
    dock = open_docks()
    playing(dock, tanks)
    tanks.startEditing()
    assert not dock.player.is_playing
    tanks.deleteFeature(next(tanks.getFeatures()).id())
    assert tanks.commitChanges()
    dock.controller.reset()
    wait_until(lambda: dock.controller.counts is not None and dock.controller.counts.total == len(TANKS) - 1)


def test_unloaded_while_edited_it_says_so_and_knows_the_layer_when_it_comes_back(window, tanks):
    desktop = Desktop(window)
    window.findChild(QAction, "Leachwatch_tank_filter").trigger()
    filtered(desktop.docks[TANK_FILTER], tanks)
    tanks.startEditing()
    desktop.close_down()
    assert any("being edited" in item.text() for item in window.bar.items())
    assert tanks.subsetString() != ""
    tanks.rollBack()
    again = Desktop(window)
    again.close_down()
    assert without_a_trace(tanks)
