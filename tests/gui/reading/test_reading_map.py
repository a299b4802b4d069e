"""Clicks on a real map: the site, the unit or the tank there is read, marked, and let go of again."""

from __future__ import annotations

import pytest
from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.gui.reading.reading_world import (
    IN_SITE,
    OF_NOTHING,
    OF_SITE,
    OF_UNIT,
    SITE_BOX,
    STANDING,
    UNIT,
    click,
    has_read,
    look_at,
    rows,
    said,
    sites,
    units,
)
from leachwatch.tests.gui.waiting import settle, wait_until
from leachwatch.ui.reading.dock import ReadingDock
from leachwatch.ui.reading.picking import PickTool
from leachwatch.ui.tank_filter.own_filter.hold import FilterHold
from qgis.core import Qgis, QgsPointXY, QgsRectangle, QgsWkbTypes
from qgis.gui import QgsMapToolPan, QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

POLYGON = QgsWkbTypes.GeometryType.PolygonGeometry
LEFT = Qt.MouseButton.LeftButton
TANK_3 = QgsPointXY(98.03, 25.03)


@pytest.fixture
def canvas(qgis_iface, project):
    canvas = qgis_iface.mapCanvas()
    yield canvas
    canvas.setLayers([])
    canvas.unsetMapTool(canvas.mapTool())


@pytest.fixture
def dock(open_dock, tanks, canvas):
    opened = open_dock(ReadingDock)
    has_read(opened)
    return opened


def bands(canvas):
    return [item for item in canvas.scene().items() if isinstance(item, QgsRubberBand)]


def turn_on(dock):
    QTest.mouseClick(dock.form.pick, LEFT)
    assert dock.form.pick.isChecked() and dock.picker.is_on


def found(dock, name):
    """Wait until a click has found something, and it is read."""
    wait_until(lambda: dock.form.subject.currentText().startswith(name))
    return has_read(dock)


def test_a_site_is_read_with_what_its_layer_says(dock, tanks, canvas):
    look_at(canvas, [tanks, units(), sites()])
    turn_on(dock)
    click(canvas, OF_SITE)
    reading = found(dock, "Site S0001 · sites")
    assert rows(dock) == IN_SITE
    assert [dock.form.subject.itemText(n).split(" · ")[0] for n in range(3)] == [
        "All that the filter shows",
        "Site S0001",
        f"Unit {UNIT[1]} (MMR001)",
    ]
    table = said(dock)
    assert table["Tanks, 2018"] == ("4", "4")
    assert table["Tanks, 2020"] == ("3", "2 – differs")
    assert table["Active, 2020"] == ("2", "2")
    assert table["Change class"] == ("contracted", "") and table["Unit"] == ("ချီဖွေ", "")
    assert table["Footprint"][0] == "1.5 → 1.25 ha (buffered)"
    assert table["Link distance"][0] == "150 m" and table["Minimum of tanks"][0] == "4"
    assert table["Counting"][0] == "standing in the year"
    told = dock.form.definitions.text()
    assert "link distance 150 m, at least 4 tanks" in told and "numbers of Site S0001 differ" in told
    assert "Inside: 4 tanks; not inside: 8." in dock.form.note.text()
    assert (reading.tanks, reading.undated) == (4, 0)


def test_what_the_filter_leaves_out_is_told(dock, tanks, canvas):
    FilterHold(tanks).put("\"status\" = 'active'", TankFilter(statuses=frozenset({"active"})))
    look_at(canvas, [sites()])
    turn_on(dock)
    wait_until(lambda: not dock.controller.is_busy)
    click(canvas, OF_SITE)
    found(dock, "Site")
    assert rows(dock)[2018] == (2, 0, 0)
    assert said(dock)["Tanks, 2018"] == ("4", "2 – differs")
    assert "The filter leaves out 2 tanks inside." in dock.form.definitions.text()


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:32647", "EPSG:24047"])
@pytest.mark.parametrize("of_map", ["EPSG:4326", "EPSG:3857"])
def test_a_unit_in_any_crs_and_of_several_parts(dock, tanks, canvas, crs, of_map):
    """The second part holds the undated tanks 10 and 11 and the tank 12; nothing lies between the two."""
    layer = units(crs=crs, kind="MultiPolygon", boxes=[QgsRectangle(98.095, 25.095, 98.125, 25.125)])
    look_at(canvas, [layer], of_map)
    turn_on(dock)
    click(canvas, OF_UNIT)
    reading = found(dock, "Unit")
    assert (reading.tanks, reading.undated, reading.total) == (11, 2, 12)
    assert {year: row for year, row in rows(dock).items() if year < 2024} == {
        year: row for year, row in STANDING.items() if year < 2024
    }
    assert rows(dock)[2024] == (3, 0, 1)
    assert "not in the chart: 2" in dock.form.note.text()
    assert said(dock)["Tanks"] == ("8", "11 – differs") and said(dock)["Undated"] == ("0", "2 – differs")


def test_a_tank_is_read_where_no_polygon_is(dock, tanks, canvas):
    look_at(canvas, [tanks])
    turn_on(dock)
    click(canvas, TANK_3)
    found(dock, "Tank 3 · tanks")
    assert rows(dock)[2016] == (0, 0, 1) and rows(dock)[2018] == (0, 1, 0) and rows(dock)[2019] == (0, 0, 0)
    table = said(dock)
    assert table["Status"][0] == "abandoned" and table["Gone by"][0] == "2019-12-31"
    assert len(bands(canvas)) == 1


def test_nothing_there_is_told_and_changes_nothing(dock, tanks, canvas, qgis_iface):
    look_at(canvas, [tanks])
    turn_on(dock)
    click(canvas, OF_NOTHING)
    messages = qgis_iface.messageBar()
    wait_until(lambda: messages.get_messages(Qgis.Warning))
    assert "no site, unit or tank of this layer here. No visible layer holds" in messages.get_messages(Qgis.Warning)[-1]
    assert rows(dock) == STANDING


def test_layers_that_are_not_shown_are_not_searched(dock, tanks, canvas, qgis_iface):
    hidden = sites()
    look_at(canvas, [units()])
    turn_on(dock)
    click(canvas, OF_SITE)
    found(dock, "Unit")
    assert hidden.name() not in [dock.form.subject.itemText(n) for n in range(dock.form.subject.count())]


def test_the_chosen_is_marked_on_the_map_and_all_can_be_read_again(dock, tanks, canvas):
    look_at(canvas, [sites()])
    turn_on(dock)
    click(canvas, OF_SITE)
    found(dock, "Site")
    shapes = [band.asGeometry() for band in bands(canvas)]
    assert len(shapes) == 2
    box = next(shape for shape in shapes if shape.type() == POLYGON).boundingBox()
    assert abs(box.xMinimum() - SITE_BOX.xMinimum()) < 1e-6 and abs(box.yMaximum() - SITE_BOX.yMaximum()) < 1e-6
    combo = dock.form.subject
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Home)
    has_read(dock)
    assert rows(dock) == STANDING and not bands(canvas)
    assert not dock.form.pages.isTabEnabled(2)


def test_the_users_tool_comes_back(dock, canvas):
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    turn_on(dock)
    assert isinstance(canvas.mapTool(), PickTool)
    QTest.mouseClick(dock.form.pick, LEFT)
    assert canvas.mapTool() is pan and not dock.form.pick.isChecked()
    turn_on(dock)
    other = QgsMapToolPan(canvas)
    canvas.setMapTool(other)
    assert not dock.form.pick.isChecked() and canvas.mapTool() is other
    QTest.keyClick(dock.form.pick, Qt.Key.Key_Space)
    assert isinstance(canvas.mapTool(), PickTool)


@pytest.mark.parametrize("close", ["hide", "close_down"])
def test_closing_leaves_nothing_on_the_map(dock, tanks, canvas, close):
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    look_at(canvas, [sites()])
    turn_on(dock)
    click(canvas, OF_SITE)
    found(dock, "Site")
    assert len(bands(canvas)) == 2
    getattr(dock, close)()
    settle()
    assert bands(canvas) == [] and canvas.mapTool() is pan
    assert not dock.form.pick.isChecked() and dock.form.subject.count() == 1
    assert canvas.findChildren(PickTool) == []


def test_another_button_reads_nothing(dock, tanks, canvas):
    look_at(canvas, [sites()])
    turn_on(dock)
    click(canvas, OF_SITE, Qt.MouseButton.RightButton)
    settle(0.2)
    assert dock.form.subject.count() == 1


def test_what_was_clicked_is_let_go_of_with_its_layer(dock, tanks, canvas, project):
    clicked = sites()
    project.addMapLayer(clicked)
    look_at(canvas, [tanks, clicked])
    turn_on(dock)
    click(canvas, OF_SITE)
    found(dock, "Site")
    assert bands(canvas)
    project.removeMapLayer(clicked.id())
    has_read(dock)
    assert dock.form.subject.count() == 1 and dock.controller.subject is None
    assert dock.controller.reading.tanks == 12 and not bands(canvas)
