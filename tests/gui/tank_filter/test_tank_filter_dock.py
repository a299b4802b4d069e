"""The filter dock, used as a person uses it: with clicks and keys, in a window, on a real layer."""

from __future__ import annotations

import pytest
from leachwatch.analysis.selection.wanted import CUMULATIVE, FIRST_SEEN, TankFilter
from leachwatch.tests.gui.tank_world import ids, memory_tanks
from leachwatch.ui.tank_data.layers import is_tank_layer
from leachwatch.ui.tank_filter.dock import TankFilterDock
from leachwatch.ui.tank_filter.hold import PROPERTY
from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QAbstractSpinBox, QAction, QApplication, QComboBox, QDockWidget, QLabel

OWN = "\"unit_name\" = '定南' OR \"unit_name\" = 'ချီဖွေ'"
LEFT = Qt.MouseButton.LeftButton


def tick(box):
    """Press the space bar on a check box or a checkable group."""
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)


def type_year(spin, year):
    spin.selectAll()
    QTest.keyClicks(spin, str(year))
    QTest.keyClick(spin, Qt.Key.Key_Return)


def choose(combo, value):
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(combo.findData(value)):
        QTest.keyClick(combo, Qt.Key.Key_Down)


@pytest.fixture
def dock(open_dock, tanks):
    return open_dock(TankFilterDock)


def test_an_open_dock_takes_the_tank_layer_and_shows_all_of_it(dock, tanks):
    assert dock.objectName() == "LeachwatchTankFilter"
    assert dock.controller.layer is tanks
    assert dock.form.count.text() == "12 of 12 tanks"
    assert not dock.form.note.isVisible()
    assert tanks.subsetString() == ""


def test_status_and_type_are_filtered_by_keyboard(dock, tanks):
    tick(dock.form.active)
    assert ids(tanks) == {3, 4, 5, 7, 8, 10, 11, 12}
    tick(dock.form.leachate)
    assert ids(tanks) == {5, 7, 11, 12}
    assert dock.form.count.text() == "4 of 12 tanks"
    tick(dock.form.active)
    tick(dock.form.leachate)
    assert tanks.subsetString() == ""


def test_years_are_filtered_and_undated_tanks_are_counted(dock, tanks):
    tick(dock.form.by_years)
    assert (dock.form.first_year.value(), dock.form.last_year.value()) == (2015, 2025)
    type_year(dock.form.first_year, 2020)
    type_year(dock.form.last_year, 2022)
    assert ids(tanks) == {1, 2, 6, 7, 8}
    assert dock.form.note.text() == "Undated tanks not shown: 2."
    tick(dock.form.undated)
    assert ids(tanks) == {1, 2, 6, 7, 8, 10, 11}
    assert not dock.form.note.isVisible()
    choose(dock.form.mode, FIRST_SEEN)
    assert ids(tanks) == {5, 6, 8, 10, 11}
    choose(dock.form.mode, CUMULATIVE)
    assert not dock.form.first_year.isEnabled()
    tick(dock.form.by_years)
    assert tanks.subsetString() == ""


def test_the_years_cannot_cross(dock):
    tick(dock.form.by_years)
    type_year(dock.form.last_year, 2018)
    type_year(dock.form.first_year, 2021)
    assert (dock.form.first_year.value(), dock.form.last_year.value()) == (2021, 2021)
    type_year(dock.form.last_year, 2016)
    assert (dock.form.first_year.value(), dock.form.last_year.value()) == (2016, 2016)
    assert dock.controller.wanted.first_year == 2016


def test_reset_leaves_the_users_own_filter(open_dock, tanks):
    tanks.setSubsetString(OWN)
    dock = open_dock(TankFilterDock)
    assert dock.form.count.text() == "7 of 7 tanks"
    tick(dock.form.by_years)
    type_year(dock.form.last_year, 2019)
    tick(dock.form.abandoned)
    assert ids(tanks) == {1, 2, 7}
    QTest.mouseClick(dock.form.reset, LEFT)
    assert tanks.subsetString() == OWN
    assert dock.wanted() == TankFilter()
    assert (dock.form.first_year.value(), dock.form.last_year.value()) == (2015, 2025)
    assert not dock.form.by_years.isChecked() and dock.form.abandoned.isChecked()


def test_zoom_goes_to_the_tanks_that_are_shown(dock, tanks, qgis_iface):
    canvas = qgis_iface.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    canvas.setExtent(QgsRectangle(0, 0, 1, 1))
    tick(dock.form.active)
    tick(dock.form.unknown_status)
    QTest.mouseClick(dock.form.zoom, LEFT)
    assert ids(tanks) == {3, 4, 5, 12}
    assert canvas.extent().contains(QgsRectangle(98.03, 25.03, 98.12, 25.12))
    assert canvas.extent().width() < 1


def test_zoom_to_nothing_says_so_and_does_not_move(dock, qgis_iface):
    before = qgis_iface.mapCanvas().extent()
    for box in dock.statuses.values():
        tick(box)
    assert dock.form.count.text() == "0 of 12 tanks"
    QTest.mouseClick(dock.form.zoom, LEFT)
    assert qgis_iface.mapCanvas().extent() == before
    assert "nothing to zoom to" in qgis_iface.messageBar().get_messages(Qgis.Warning)[-1]


def test_only_tank_layers_are_offered(dock, project):
    project.addMapLayer(QgsVectorLayer("Point?field=status:string", "wells", "memory"))
    project.addMapLayer(QgsVectorLayer("Polygon?field=status:string&field=first_seen:date", "sites", "memory"))
    project.addMapLayer(memory_tanks("more tanks"))
    QApplication.processEvents()
    offered = [dock.form.layer.layer(row) for row in range(dock.form.layer.count())]
    assert {layer.name() for layer in offered} == {"tanks", "more tanks"}
    assert all(is_tank_layer(layer) for layer in offered)


def test_another_layer_is_measured_anew(dock, tanks, project):
    tick(dock.form.active)
    more = memory_tanks("more tanks", rows=[("3", "abandoned", "leachate", "2018-05-05", None, None, None)])
    project.addMapLayer(more)
    dock.form.layer.setLayer(more)
    assert tanks.subsetString() == ""
    assert dock.form.count.text() == "1 of 1 tanks"
    assert dock.form.active.isChecked()
    assert (dock.form.first_year.minimum(), dock.form.last_year.maximum()) == (2018, 2018)


def test_editing_locks_the_controls_and_says_why(dock, tanks):
    tanks.startEditing()
    assert not dock.form.controls.isEnabled()
    assert "being edited" in dock.form.note.text()
    tanks.rollBack()
    assert dock.form.controls.isEnabled()


def test_closing_the_dock_gives_the_filter_back_and_opening_starts_anew(dock, tanks):
    tick(dock.form.active)
    dock.close()
    assert tanks.subsetString() == "" and PROPERTY not in tanks.customPropertyKeys()
    dock.show()
    QApplication.processEvents()
    assert dock.controller.layer is tanks
    assert dock.form.active.isChecked()


@pytest.mark.parametrize("hide", ["toggle action", "view menu", "hide"])
def test_every_way_of_hiding_the_dock_gives_the_filter_back(dock, tanks, hide):
    action = QAction("Tank filter", dock)
    action.setCheckable(True)
    dock.setToggleVisibilityAction(action)
    action.setChecked(True)
    tick(dock.form.active)
    assert tanks.subsetString() != ""
    if hide == "toggle action":
        action.trigger()
    elif hide == "view menu":
        dock.toggleViewAction().trigger()
    else:
        dock.hide()
    assert dock.isHidden()
    assert tanks.subsetString() == ""


def test_another_tab_in_front_keeps_the_filter(dock, tanks):
    tick(dock.form.active)
    other = QDockWidget("other", dock.parent())
    dock.parent().addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, other)
    dock.parent().tabifyDockWidget(dock, other)
    other.show()
    other.raise_()
    QApplication.processEvents()
    assert dock.visibleRegion().isEmpty()
    assert ids(tanks) == {3, 4, 5, 7, 8, 10, 11, 12}


def test_hiding_all_panels_keeps_the_filter(dock, tanks):
    all_panels = QAction("Toggle panels", dock.parent())
    all_panels.setObjectName("mActionTogglePanelsVisibility")
    all_panels.setCheckable(True)
    all_panels.setChecked(True)
    tick(dock.form.active)
    dock.setVisible(False)
    assert ids(tanks) == {3, 4, 5, 7, 8, 10, 11, 12}
    all_panels.setChecked(False)
    dock.setVisible(True)
    assert dock.form.count.text() == "8 of 12 tanks"


def test_removing_the_layer_leaves_an_empty_dock(dock, tanks, project):
    tick(dock.form.active)
    project.removeMapLayer(tanks.id())
    QApplication.processEvents()
    assert dock.form.count.text() == "No tank layer"
    assert not dock.form.controls.isEnabled()
    assert "status and first_seen" in dock.form.note.text()


def test_a_refusal_puts_the_controls_back(dock, tanks, qgis_iface):
    tanks.setSubsetString("SELECT * FROM tanks WHERE status = 'active'")
    tick(dock.form.abandoned)
    assert dock.form.abandoned.isChecked()
    assert "SELECT" in qgis_iface.messageBar().get_messages(Qgis.Warning)[-1]


def test_close_down_leaves_no_trace(dock, tanks, project):
    signals = (tanks.subsetStringChanged, tanks.editingStarted, tanks.editingStopped, tanks.dataSourceChanged)
    tick(dock.form.active)
    listening = [tanks.receivers(signal) for signal in signals]
    project_before = project.receivers(project.layersAdded)
    dock.close_down()
    assert [before - tanks.receivers(signal) for before, signal in zip(listening, signals)] == [1, 1, 1, 1]
    assert project_before - project.receivers(project.layersAdded) == 1
    assert tanks.subsetString() == "" and PROPERTY not in tanks.customPropertyKeys()
    dock.hide()
    dock.show()
    tick(dock.form.active)
    assert dock.controller.layer is None and tanks.subsetString() == ""
    dock.close_down()


def test_without_iface_nothing_breaks(open_dock, tanks):
    dock = open_dock(TankFilterDock, None)
    tick(dock.form.active)
    QTest.mouseClick(dock.form.zoom, LEFT)
    dock.warn("heard by nobody")
    assert dock.form.count.text() == "8 of 12 tanks"


def test_it_fits_beside_a_map_and_speaks_to_screen_readers(dock):
    assert dock.widget().minimumWidth() <= 340
    assert dock.minimumSizeHint().height() < 300
    inputs = [
        widget
        for kind in (QAbstractButton, QAbstractSpinBox, QComboBox)
        for widget in dock.form.findChildren(kind)
        if not widget.objectName().startswith("qt_")
    ]
    assert len(inputs) == 13
    for widget in inputs:
        assert widget.toolTip() or widget.accessibleName(), widget.objectName()
        assert widget.accessibleName() or widget.text(), widget.objectName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.objectName()
    assert all(label.buddy() for label in dock.form.findChildren(QLabel) if "&" in label.text())


def test_nothing_of_the_project_is_touched_before_the_dock_opens(tanks):
    dock = TankFilterDock(None)
    assert dock.controller.layer is None
    assert QgsProject.instance().mapLayer(tanks.id()).subsetString() == ""
    dock.close_down()
    dock.deleteLater()
