"""The filter dock's tool bar: undo and redo, presets, zoom, selection, playing, the temporal controller."""

from __future__ import annotations

import pytest
from leachwatch.analysis.selection.wanted import STANDING, TankFilter
from leachwatch.tests.gui.tank_filter.dock_hands import LEFT, counted, opened, shows, toggle, type_into
from leachwatch.tests.gui.tank_world import ids, memory_tanks
from leachwatch.tests.gui.waiting import settle, wait_until
from leachwatch.ui.tank_filter.dock import TankFilterDock
from leachwatch.ui.tank_filter.presets import keeping as presets
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog, QDialogButtonBox, QFileDialog, QLineEdit

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALL = set(range(1, 13))
NOT_ACTIVE = {3, 4, 5, 7, 8, 10, 11, 12}


@pytest.fixture
def dock(open_dock, tanks):
    return counted(open_dock(TankFilterDock))


def click(dock, action):
    QTest.mouseClick(dock.tools.widgetForAction(action), LEFT)


def menu_of(button):
    """Return a button's menu as it is when it opens."""
    menu = button.menu()
    menu.aboutToShow.emit()
    return menu


def entries(menu):
    return [action.text() for action in menu.actions() if action.text()]


def entry(menu, text):
    return next(action for action in menu.actions() if action.text() == text)


def answer(name, button=QDialogButtonBox.StandardButton.Ok):
    """Type a name in the dialog that opens next, and press a button."""

    def do():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        line = dialog.findChild(QLineEdit)
        line.selectAll()
        line.insert(name) if not name.isascii() else QTest.keyClicks(line, name)
        press = dialog.findChild(QDialogButtonBox).button(button)
        was_enabled.append(press.isEnabled())
        QTest.mouseClick(press, LEFT) if press.isEnabled() else dialog.reject()

    was_enabled = []
    QTimer.singleShot(0, do)
    return was_enabled


def test_undo_and_redo_by_keys_and_buttons(dock, tanks):
    toggle(dock.statuses.list, "active")
    shows(dock, tanks, NOT_ACTIVE)
    QTest.keyClick(dock.statuses.list.view, Qt.Key.Key_Z, CTRL)
    shows(dock, tanks, ALL)
    assert dock.statuses.list.checked() is None
    QTest.keyClick(dock.statuses.list.view, Qt.Key.Key_Z, CTRL | SHIFT)
    shows(dock, tanks, NOT_ACTIVE)
    click(dock, dock.tools.undo)
    shows(dock, tanks, ALL)
    QTest.keyClick(dock.years.mode, Qt.Key.Key_Y, CTRL)
    shows(dock, tanks, NOT_ACTIVE)
    assert dock.tools.undo.isEnabled() and not dock.tools.redo.isEnabled()


def test_undo_in_the_dock_is_not_qgis_own(dock, tanks):
    """QGIS has Ctrl+Z for edits: with both, Qt would take the keys for ambiguous, and do neither."""
    done = []
    qgis_undo = QAction("Undo", dock.parent())
    qgis_undo.setShortcut("Ctrl+Z")
    qgis_undo.triggered.connect(lambda: done.append(True))
    dock.parent().addAction(qgis_undo)
    QApplication.setActiveWindow(dock.parent())
    toggle(dock.statuses.list, "active")
    shows(dock, tanks, NOT_ACTIVE)
    QTest.keyClick(dock.statuses.list.view, Qt.Key.Key_Z, CTRL)
    shows(dock, tanks, ALL)
    assert done == []


def test_undo_where_text_is_typed_undoes_the_typing(dock, tanks):
    toggle(dock.statuses.list, "active")
    shows(dock, tanks, NOT_ACTIVE)
    dock.search.text.setFocus()
    QTest.keyClicks(dock.search.text, "xyz")
    QTest.keyClick(dock.search.text, Qt.Key.Key_Z, CTRL)
    assert dock.search.text.text() == "" and dock.statuses.list.checked() is not None


def test_zoom_goes_to_the_tanks_that_are_shown(dock, tanks, qgis_iface):
    canvas = qgis_iface.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    canvas.setExtent(QgsRectangle(0, 0, 1, 1))
    toggle(dock.statuses.list, "active")
    toggle(dock.statuses.list, "unknown")
    click(dock, dock.tools.zoom)
    wait_until(lambda: canvas.extent().contains(QgsRectangle(98.03, 25.03, 98.12, 25.12)))
    assert canvas.extent().width() < 1


def test_zoom_to_nothing_says_so_and_does_not_move(dock, qgis_iface):
    before = qgis_iface.mapCanvas().extent()
    for name in ("active", "abandoned", "unknown"):
        toggle(dock.statuses.list, name)
    counted(dock)
    assert dock.form.count.text() == "0 of 12 tanks"
    click(dock, dock.tools.zoom)
    assert qgis_iface.mapCanvas().extent() == before
    assert "nothing to zoom to" in qgis_iface.messageBar().get_messages(Qgis.Warning)[-1]
    assert "nothing to zoom to" in dock.form.note.text()


def test_what_is_shown_is_selected(dock, tanks):
    toggle(dock.statuses.list, "active")
    shows(dock, tanks, NOT_ACTIVE)
    click(dock, dock.tools.select)
    wait_until(lambda: {int(f["tank_id"]) for f in tanks.selectedFeatures()} == NOT_ACTIVE)


def test_presets_are_kept_used_renamed_and_removed(dock, tanks, project):
    assert entries(menu_of(dock.tools.presets))[0] == "No presets in this project"
    toggle(dock.statuses.list, "active")
    shows(dock, tanks, NOT_ACTIVE)
    answer("R&D <b>定南</b>")
    entry(menu_of(dock.tools.presets), "&Save as…").trigger()
    assert presets.names(project) == ["R&D <b>定南</b>"]
    click(dock, dock.tools.reset)
    shows(dock, tanks, ALL)
    entry(menu_of(dock.tools.presets), "R&&D <b>定南</b>").trigger()
    shows(dock, tanks, NOT_ACTIVE)
    answer("Idle")
    entry(entry(menu_of(dock.tools.presets), "&Rename").menu(), "R&&D <b>定南</b>").trigger()
    assert presets.names(project) == ["Idle"]
    entry(entry(menu_of(dock.tools.presets), "Re&move").menu(), "Idle").trigger()
    assert presets.names(project) == []


def test_a_name_that_is_taken_is_only_replaced_when_that_is_said(dock, project, tanks):
    presets.put(project, "mine", TankFilter(search="x"))
    toggle(dock.statuses.list, "active")
    counted(dock)
    answer("mine", QDialogButtonBox.StandardButton.Cancel)
    entry(menu_of(dock.tools.presets), "&Save as…").trigger()
    assert presets.get(project, "mine") == TankFilter(search="x")
    answer("mine")
    entry(menu_of(dock.tools.presets), "&Save as…").trigger()
    assert presets.get(project, "mine") == dock.controller.wanted
    presets.put(project, "other", TankFilter())
    enabled = answer("mine")
    entry(entry(menu_of(dock.tools.presets), "&Rename").menu(), "other").trigger()
    assert presets.names(project) == ["mine", "other"] and enabled == [False]


def test_presets_travel_in_a_file(dock, project, tanks, tmp_path, monkeypatch, qgis_iface):
    presets.put(project, "mine", TankFilter(statuses=frozenset({"active"})))
    path = str(tmp_path / "presets.json")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (path, ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (path, ""))
    entry(menu_of(dock.tools.presets), "&Export…").trigger()
    entry(menu_of(dock.tools.presets), "&Import…").trigger()
    assert presets.names(project) == ["mine", "mine (2)"]
    entry(menu_of(dock.tools.presets), "mine (2)").trigger()
    shows(dock, tanks, {1, 2, 6, 9})
    (tmp_path / "presets.json").write_text("{ not JSON", encoding="utf-8")
    entry(menu_of(dock.tools.presets), "&Import…").trigger()
    assert "presets.json" in qgis_iface.messageBar().get_messages(Qgis.Warning)[-1]
    assert presets.names(project) == ["mine", "mine (2)"]


def test_years_step_and_play(dock, tanks):
    type_into(dock.years.range.last, "2015")
    shows(dock, tanks, {1})
    click(dock, dock.tools.step)
    shows(dock, tanks, {1, 2, 3})
    assert dock.years.range.years() == (2016, 2016)
    dock.tools.step_back.trigger()
    shows(dock, tanks, {1})
    entry(dock.tools.speeds.actions()[0].parent(), "&Fast").trigger()
    assert dock.player.interval == 400
    dock.player.interval = 0
    click(dock, dock.tools.play)
    assert dock.tools.play.isChecked() and dock.player.is_playing
    wait_until(lambda: not dock.player.is_playing)
    assert not dock.tools.play.isChecked()
    assert dock.controller.wanted.last_year == 2025


def test_playing_stops_at_a_second_click(dock):
    dock.player.interval = 10_000
    click(dock, dock.tools.play)
    assert dock.player.is_playing
    click(dock, dock.tools.play)
    assert not dock.player.is_playing and not dock.tools.play.isChecked()


def test_the_years_are_handed_over_and_taken_back(dock, tanks):
    type_into(dock.years.range.last, "2016")
    shows(dock, tanks, {1, 2, 3})
    menu_of(dock.tools.time)
    assert dock.tools.hand_over.isEnabled() and not dock.tools.take_back.isEnabled()
    dock.tools.hand_over.trigger()
    shows(dock, tanks, ALL)
    assert dock.over.is_handed_over and tanks.temporalProperties().isActive()
    assert "temporal controller chooses the years" in dock.form.note.text()
    menu_of(dock.tools.time)
    assert not dock.tools.hand_over.isEnabled() and dock.tools.take_back.isEnabled()
    dock.tools.take_back.trigger()
    counted(dock)
    assert dock.form.note.text() == "Undated tanks not shown: 2."
    assert dock.controller.wanted.mode == STANDING and not tanks.temporalProperties().isActive()


def test_without_a_layer_nothing_can_be_done(open_dock, project):
    dock = open_dock(TankFilterDock)
    tools = dock.tools
    for action in (tools.undo, tools.redo, tools.reset, tools.zoom, tools.select, tools.export, tools.play, tools.step):
        assert not action.isEnabled()
    assert not tools.presets.isEnabled() and not tools.time.isEnabled()


def test_the_menu_beside_the_chooser_lists_point_layers(dock, tanks, project):
    wells = QgsVectorLayer("Point?field=state:string", "wells & <b>pits</b>", "memory")
    project.addMapLayer(wells)
    project.addMapLayer(QgsVectorLayer("Polygon?field=state:string", "areas", "memory"))
    project.addMapLayer(memory_tanks("more tanks"))
    menu = menu_of(dock.form.other)
    assert entries(menu) == [
        "Use another point layer",
        "wells && <b>pits</b>…",
        "Change the columns of",
        "more tanks…",
        "tanks…",
    ]


def test_a_preset_for_columns_that_the_layer_has_not_says_what_was_left_out(dock, tanks, project, qgis_iface):
    wanted = TankFilter(statuses=frozenset({"active"}), values={"country": frozenset({"MMR"})})
    presets.put(project, "abroad", wanted)
    entry(menu_of(dock.tools.presets), "abroad").trigger()
    shows(dock, tanks, {1, 2, 6, 9})
    assert "country" in qgis_iface.messageBar().get_messages(Qgis.Info)[-1]
    opened(dock.values["country"])
    settle()
    assert ids(tanks) == {1, 2, 6, 9}


def name_columns(dock, layer, names):
    """Choose a layer in the menu beside the chooser, and its columns in the dialog that opens."""

    def do():
        dialog = QApplication.activeModalWidget()
        for role, column in names.items():
            box = dialog.choices[role]
            key = Qt.Key.Key_Down if box.findData(column) > box.currentIndex() else Qt.Key.Key_Up
            while box.currentData() != column:
                QTest.keyClick(box, key)
        QTest.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), LEFT)

    QTimer.singleShot(0, do)
    menu = menu_of(dock.form.other)
    menu.triggered.emit(entry(menu, f"{layer}…"))


def test_another_point_layer_is_used_once_its_columns_are_named(dock, tanks, project):
    ponds = QgsVectorLayer("Point?crs=EPSG:4326&field=zustand:string&field=gesehen:date", "ponds", "memory")
    for number, (state, seen) in enumerate((("active", "2019-01-01"), ("abandoned", "2020-01-01"), (None, None))):
        feature = QgsFeature(ponds.fields())
        feature.setAttributes([state, seen])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(98 + number, 25)))
        ponds.dataProvider().addFeature(feature)
    project.addMapLayer(ponds)

    name_columns(dock, "ponds", {"status": "zustand", "first_seen": "gesehen"})
    assert dock.controller.layer is ponds and dock.form.layer.currentLayer() is ponds
    counted(dock)
    assert dock.form.count.text() == "3 of 3 tanks"
    toggle(dock.statuses.list, "active")
    wait_until(lambda: dock.form.count.text() == "2 of 3 tanks")


def test_the_columns_of_the_layer_in_hand_can_be_changed(dock, tanks):
    toggle(dock.statuses.list, "active")
    shows(dock, tanks, NOT_ACTIVE)
    name_columns(dock, "tanks", {"status": "tank_type"})
    wait_until(lambda: dock.form.statuses.text() == "active 0 · abandoned 0 · unknown 12")
    assert dock.form.count.text() == "12 of 12 tanks", "no type says that a tank is active"
    name_columns(dock, "tanks", {"status": "status"})
    shows(dock, tanks, NOT_ACTIVE)
