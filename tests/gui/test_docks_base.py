"""What the docks share: the chooser shows what the dock works on, and the dock is as wide as its controls."""

from __future__ import annotations

import pytest
from leachwatch.tests.gui.tank_world import memory_tanks
from leachwatch.ui.reading.dock import ReadingDock
from leachwatch.ui.tank_filter.dock import TankFilterDock
from leachwatch.ui.tank_style.dock import TankStyleDock
from leachwatch.ui.tank_style.options import HEAT
from qgis.core import QgsDataProvider
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication

DOCKS = {"filter": TankFilterDock, "style": TankStyleDock, "reading": ReadingDock}


@pytest.mark.parametrize("name", DOCKS)
@pytest.mark.parametrize("at_first", [0, 2])
def test_layers_that_come_at_once_are_taken_as_the_chooser_shows_them(name, at_first, project, open_dock):
    project.addMapLayers([memory_tanks(f"before {number}") for number in range(at_first)])
    dock = open_dock(DOCKS[name])
    project.removeAllMapLayers()
    assert dock.layer_in_hand() is None

    project.addMapLayers([memory_tanks("one"), memory_tanks("two")])

    assert dock.form.layer.currentText() == "one"
    assert dock.layer_in_hand() is dock.form.layer.currentLayer()


@pytest.mark.parametrize("name", DOCKS)
def test_a_layer_whose_source_is_back_is_taken_where_the_chooser_is_gone_to(name, tanks, open_dock, tmp_path):
    dock, source = open_dock(DOCKS[name]), tanks.source()
    change = lambda path: tanks.setDataSource(path, "tanks", "ogr", QgsDataProvider.ProviderOptions())  # noqa: E731
    change(str(tmp_path / "gone.gpkg"))
    change(source)
    QApplication.sendEvent(dock.form.layer, QEvent(QEvent.Type.Enter))
    assert dock.form.layer.currentText() == "tanks" and dock.layer_in_hand() is tanks


def test_another_layer_leaves_what_is_chosen_and_not_applied_yet(project, open_dock):
    project.addMapLayer(memory_tanks("one"))
    dock = open_dock(TankStyleDock)
    box = dock.tanks.page.mode
    box.setFocus()
    while box.currentData() != HEAT:
        QTest.keyClick(box, Qt.Key.Key_Down)

    project.addMapLayers([memory_tanks("two"), memory_tanks("three")])

    assert (dock.form.layer.currentText(), dock.tanks.options.mode) == ("one", HEAT)


@pytest.mark.parametrize("name", DOCKS)
def test_a_larger_font_makes_the_dock_wider_and_hides_no_control(name, project, open_dock):
    project.addMapLayer(memory_tanks("one"))
    dock = open_dock(DOCKS[name])
    narrow = dock.minimumSizeHint().width()
    font = dock.font()
    font.setPointSizeF(font.pointSizeF() * 1.8)

    dock.window().setFont(font)
    QTest.qWait(50)

    assert dock.minimumSizeHint().width() > 1.2 * narrow
    dock.window().resizeDocks([dock], [1], Qt.Orientation.Horizontal)
    QTest.qWait(50)
    shown = [one for one in dock.form.findChildren(QAbstractButton) if one.isVisible() and one.parent() is dock.form]
    assert shown
    for button in shown:
        assert button.mapTo(dock, button.rect().topRight()).x() < dock.width()
