"""The filter dock, used as a person uses it: with clicks and keys, in a window, on a real layer."""

from __future__ import annotations

import pytest
from leachwatch.analysis.selection.wanted import CUMULATIVE, FIRST_SEEN, STANDING, TankFilter
from leachwatch.tests.gui.tank_filter.dock_hands import LEFT, choose, counted, shows, tick, toggle, type_into
from leachwatch.tests.gui.tank_world import ids, memory_tanks
from leachwatch.tests.gui.waiting import settle, wait_until
from leachwatch.ui.tank_data.layers import is_tank_layer
from leachwatch.ui.tank_filter.dock import TankFilterDock
from leachwatch.ui.tank_filter.own_filter.hold import PROPERTY
from qgis.core import Qgis, QgsFeature, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget

OWN = "\"unit_name\" = '定南' OR \"unit_name\" = 'ချီဖွေ'"


def listening(layer):
    """Return how many slots are connected to each signal that a dock may listen to."""
    names = ("subsetStringChanged", "editingStarted", "editingStopped", "dataSourceChanged", "willBeDeleted")
    names += ("dataChanged", "featureAdded", "afterCommitChanges", "updatedFields", "nameChanged")
    return {name: layer.receivers(getattr(layer, name)) for name in names}


@pytest.fixture
def dock(open_dock, tanks):
    return counted(open_dock(TankFilterDock))


def test_an_open_dock_takes_the_tank_layer_and_shows_all_of_it(dock, tanks):
    assert dock.objectName() == "LeachwatchTankFilter"
    assert dock.controller.layer is tanks
    assert dock.form.count.text() == "12 of 12 tanks"
    assert dock.form.statuses.text() == "active 4 · abandoned 4 · unknown 4"
    assert not dock.form.note.isVisible() and not dock.form.busy.text()
    assert tanks.subsetString() == ""


def test_status_and_type_are_filtered_by_keyboard(dock, tanks):
    toggle(dock.statuses.list, "active")
    shows(dock, tanks, {3, 4, 5, 7, 8, 10, 11, 12})
    assert dock.form.statuses.text() == "active 0 · abandoned 4 · unknown 4"
    toggle(dock.types.list, "leachate")
    shows(dock, tanks, {5, 7, 11, 12})
    assert (dock.statuses.title(), dock.types.title()) == ("Latest status: 2 of 3", "Type: 2 of 3")
    toggle(dock.statuses.list, "active")
    toggle(dock.types.list, "leachate")
    shows(dock, tanks, set(range(1, 13)))
    assert tanks.subsetString() == "" and dock.types.title() == "Type"


def test_years_are_filtered_and_undated_tanks_are_counted(dock, tanks):
    years = dock.years
    assert years.range.years() == (2015, 2025)
    assert years.undated.text() == "&Undated tanks too (2)" and not years.undated.isEnabled()
    type_into(years.range.first, "2020")
    type_into(years.range.last, "2022")
    shows(dock, tanks, {1, 2, 6, 7, 8})
    assert years.mode.currentData() == STANDING and years.title() == "Years: standing 2020–2022"
    assert dock.form.note.text() == "Undated tanks not shown: 2."
    tick(years.undated)
    shows(dock, tanks, {1, 2, 6, 7, 8, 10, 11})
    assert not dock.form.note.isVisible()
    choose(years.mode, FIRST_SEEN)
    shows(dock, tanks, {5, 6, 8, 10, 11})
    choose(years.mode, CUMULATIVE)
    shows(dock, tanks, {1, 2, 3, 4, 5, 6, 7, 8, 10, 11})
    assert not years.range.first.isEnabled() and years.title() == "Years: seen up to 2022"
    QTest.keyClick(years.mode, Qt.Key.Key_Home)
    shows(dock, tanks, set(range(1, 13)))
    assert dock.controller.wanted == TankFilter()


def test_only_undated_leaves_the_years_aside(dock, tanks):
    type_into(dock.years.range.last, "2016")
    shows(dock, tanks, {1, 2, 3})
    tick(dock.years.only_undated)
    shows(dock, tanks, {10, 11})
    assert not dock.years.range.isEnabled() and dock.years.title() == "Years: only undated"
    tick(dock.years.only_undated)
    shows(dock, tanks, {1, 2, 3})


def test_a_bar_that_is_clicked_is_the_year(dock, tanks):
    here = dock.years.range.bars
    x = round(dock.years.range.slider.centre_of(2016))
    pos = here.rect().center()
    pos.setX(x)
    QTest.mouseClick(here, LEFT, pos=pos)
    assert dock.years.range.years() == (2016, 2016), "the numbers follow at once"
    shows(dock, tanks, {1, 2, 3})


def test_reset_leaves_the_users_own_filter(open_dock, tanks):
    tanks.setSubsetString(OWN)
    dock = counted(open_dock(TankFilterDock))
    assert dock.form.count.text() == "7 of 7 tanks"
    type_into(dock.years.range.last, "2019")
    toggle(dock.statuses.list, "abandoned")
    shows(dock, tanks, {1, 2, 7}, total=7)
    QTest.mouseClick(dock.tools.widgetForAction(dock.tools.reset), LEFT)
    shows(dock, tanks, {1, 2, 5, 6, 7, 8, 12}, total=7)
    assert tanks.subsetString() == OWN and dock.controller.wanted == TankFilter()
    assert dock.years.range.years() == (2015, 2025) and dock.statuses.list.checked() is None


def test_only_tank_layers_are_offered(dock, project):
    project.addMapLayer(QgsVectorLayer("Point?field=status:string", "wells", "memory"))
    project.addMapLayer(QgsVectorLayer("Polygon?field=status:string&field=first_seen:date", "sites", "memory"))
    project.addMapLayer(memory_tanks("more tanks"))
    QApplication.processEvents()
    offered = [dock.form.layer.layer(row) for row in range(dock.form.layer.count())]
    assert {layer.name() for layer in offered if layer} >= {"tanks", "more tanks"}
    assert all(is_tank_layer(layer) for layer in offered if layer)


def test_another_layer_is_measured_anew(dock, tanks, project):
    toggle(dock.statuses.list, "active")
    more = memory_tanks("more tanks", rows=[("3", "abandoned", "leachate", "2018-05-05", None, None, None)])
    project.addMapLayer(more)
    dock.form.layer.setLayer(more)
    assert tanks.subsetString() == ""
    assert dock.form.count.text() == "… of … tanks", "the numbers of another layer are gone"
    counted(dock)
    assert dock.form.count.text() == "1 of 1 tanks"
    assert dock.statuses.list.checked() is None
    assert dock.years.range.limits() == (2018, 2018)


def test_numbers_of_before_stay_pale_while_new_ones_are_counted(dock, tanks):
    toggle(dock.statuses.list, "active")
    assert dock.form.count.text() == "12 of 12 tanks" and not dock.form.count.isEnabled()
    assert dock.form.busy.text() == "Counting…"
    shows(dock, tanks, {3, 4, 5, 7, 8, 10, 11, 12})
    assert dock.form.count.isEnabled() and not dock.form.busy.text()


def test_editing_locks_the_controls_and_says_why(dock, tanks):
    tanks.startEditing()
    assert not dock.statuses.list.isEnabled() and not dock.tools.reset.isEnabled()
    assert "being edited" in dock.form.note.text()
    tanks.rollBack()
    assert dock.statuses.list.isEnabled() and dock.tools.reset.isEnabled()


def test_numbers_follow_edits(dock, tanks):
    tanks.startEditing()
    feature = QgsFeature(tanks.fields())
    for name, value in {"tank_id": "13", "status": "active", "first_seen": "2030-01-01"}.items():
        feature.setAttribute(name, value)
    tanks.addFeature(feature)
    tanks.deleteFeature(next(f.id() for f in tanks.getFeatures() if f["tank_id"] == "10"))
    assert tanks.commitChanges()
    wait_until(lambda: dock.form.statuses.text() == "active 5 · abandoned 4 · unknown 3")
    assert dock.form.count.text() == "12 of 12 tanks"
    assert dock.years.range.limits() == (2015, 2030)
    assert dock.years.undated.text() == "&Undated tanks too (1)"


def test_closing_the_dock_gives_the_filter_back_and_opening_starts_anew(dock, tanks):
    toggle(dock.statuses.list, "active")
    dock.close()
    assert tanks.subsetString() == "" and PROPERTY not in tanks.customPropertyKeys()
    dock.show()
    counted(dock)
    assert dock.controller.layer is tanks
    assert dock.statuses.list.checked() is None


@pytest.mark.parametrize("hide", ["toggle action", "view menu", "hide"])
def test_every_way_of_hiding_the_dock_gives_the_filter_back(dock, tanks, hide):
    action = QAction("Tank filter", dock)
    action.setCheckable(True)
    dock.setToggleVisibilityAction(action)
    action.setChecked(True)
    toggle(dock.statuses.list, "active")
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
    toggle(dock.statuses.list, "active")
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
    toggle(dock.statuses.list, "active")
    dock.setVisible(False)
    assert ids(tanks) == {3, 4, 5, 7, 8, 10, 11, 12}
    all_panels.setChecked(False)
    dock.setVisible(True)
    shows(dock, tanks, {3, 4, 5, 7, 8, 10, 11, 12})


def test_removing_the_layer_leaves_an_empty_dock(dock, tanks, project):
    toggle(dock.statuses.list, "active")
    project.removeMapLayer(tanks.id())
    settle()
    assert dock.form.count.text() == "No tank layer" and not dock.form.statuses.isVisible()
    assert not dock.statuses.list.isEnabled() and not dock.tools.select.isEnabled()
    assert "status and first_seen" in dock.form.note.text()


def test_a_refusal_puts_the_controls_back_and_stays_to_be_read(dock, tanks, qgis_iface):
    tanks.setSubsetString("SELECT * FROM tanks WHERE status = 'active'")
    wait_until(lambda: dock.form.count.text() == "4 of 4 tanks")
    toggle(dock.statuses.list, "abandoned")
    assert dock.statuses.list.checked() is None
    assert "SELECT" in qgis_iface.messageBar().get_messages(Qgis.Warning)[-1]
    assert "SELECT" in dock.form.note.text()


def test_close_down_leaves_no_trace(dock, tanks, project):
    toggle(dock.statuses.list, "active")
    project_before = project.receivers(project.layersAdded)
    dock.close_down()
    settle()
    assert project_before - project.receivers(project.layersAdded) == 1
    assert tanks.subsetString() == "" and PROPERTY not in tanks.customPropertyKeys()
    dock.hide()
    dock.show()
    toggle(dock.statuses.list, "active")
    assert dock.controller.layer is None and tanks.subsetString() == ""
    dock.close_down()
    bare = QgsVectorLayer(tanks.source(), "bare", "ogr")
    QgsProject.instance().addMapLayer(bare)
    assert listening(tanks) == listening(bare), "as many as to a layer that no dock has had"


def test_without_iface_nothing_breaks(open_dock, tanks):
    dock = counted(open_dock(TankFilterDock, None))
    toggle(dock.statuses.list, "active")
    shows(dock, tanks, {3, 4, 5, 7, 8, 10, 11, 12})
    for action in (dock.tools.zoom, dock.tools.export):
        assert not action.isEnabled()
    assert not dock.units.in_view.isEnabled()
    dock.zoom()
    dock.warn("heard by nobody")


def test_nothing_of_the_project_is_touched_before_the_dock_opens(tanks):
    dock = TankFilterDock(None)
    assert dock.controller.layer is None
    assert QgsProject.instance().mapLayer(tanks.id()).subsetString() == ""
    dock.close_down()
    dock.deleteLater()
