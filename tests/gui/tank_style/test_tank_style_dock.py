"""Named styles are added beside the user's own, which is never overwritten."""

from __future__ import annotations

import pytest
from leachwatch.tests.gui.tank_world import memory_tanks
from leachwatch.ui.tank_style import named_styles
from leachwatch.ui.tank_style.dock import TankStyleDock
from leachwatch.ui.tank_style.named_styles import COLOUR_BLIND, IMAGERY, StyleError, apply_palette, own_style
from qgis.core import (
    Qgis,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProject,
    QgsSingleSymbolRenderer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QLabel

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def painted(tanks):
    """The tanks in a style of the user's own: purple stars, with labels on."""
    tanks.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple({"name": "star", "color": "#800080"})))
    labels = QgsPalLayerSettings()
    labels.fieldName = "tank_id"
    tanks.setLabeling(QgsVectorLayerSimpleLabeling(labels))
    tanks.setLabelsEnabled(True)
    return tanks


def is_purple_star(layer) -> bool:
    renderer = layer.renderer()
    return renderer.type() == "singleSymbol" and renderer.symbol().color().name() == "#800080"


def test_apply_adds_a_named_style_and_keeps_the_users_own(open_dock, painted):
    dock = open_dock(TankStyleDock)
    assert dock.objectName() == "LeachwatchTankStyle"
    QTest.mouseClick(dock.form.apply, LEFT)
    styles = painted.styleManager()
    assert set(styles.styles()) == {"default", "Leachwatch: imagery colours"}
    assert styles.currentStyle() == "Leachwatch: imagery colours"
    assert painted.renderer().type() == "categorizedSymbol"
    assert painted.labelsEnabled()
    assert dock.form.current.text() == "In use: Leachwatch: imagery colours"
    QTest.mouseClick(dock.form.back, LEFT)
    assert styles.currentStyle() == "default" and is_purple_star(painted)
    assert not dock.form.back.isEnabled()


def test_the_colour_blind_palette_differs_in_colour_and_shape(open_dock, painted):
    dock = open_dock(TankStyleDock)
    dock.form.colour_blind.setFocus()
    QTest.keyClick(dock.form.colour_blind, Qt.Key.Key_Space)
    QTest.mouseClick(dock.form.apply, LEFT)
    assert painted.styleManager().currentStyle() == "Leachwatch: colour-blind safe"
    categories = {item.value(): item.symbol().clone() for item in painted.renderer().categories()}
    known = [categories[status] for status in ("active", "abandoned", "unknown")]
    assert len({symbol.color().name() for symbol in known}) == 3
    assert len({symbol.symbolLayer(0).shape() for symbol in known}) == 3


def test_a_named_style_that_the_user_changed_is_not_overwritten(open_dock, painted):
    dock = open_dock(TankStyleDock)
    QTest.mouseClick(dock.form.apply, LEFT)
    painted.renderer().updateCategorySymbol(0, QgsMarkerSymbol.createSimple({"color": "#00ff00"}))
    QTest.mouseClick(dock.form.back, LEFT)
    QTest.mouseClick(dock.form.apply, LEFT)
    assert painted.renderer().categories()[0].symbol().color().name() == "#00ff00"


def test_back_goes_to_the_style_that_was_in_use(open_dock, painted):
    painted.styleManager().addStyleFromLayer("second")
    painted.styleManager().setCurrentStyle("second")
    dock = open_dock(TankStyleDock)
    QTest.mouseClick(dock.form.apply, LEFT)
    dock.form.colour_blind.click()
    QTest.mouseClick(dock.form.apply, LEFT)
    QTest.mouseClick(dock.form.back, LEFT)
    assert painted.styleManager().currentStyle() == "second"


def test_all_tank_layers_at_once_and_no_other(open_dock, painted, project, qgis_iface):
    more = memory_tanks("more tanks")
    project.addMapLayer(more)
    dock = open_dock(TankStyleDock)
    QTest.mouseClick(dock.form.apply_all, LEFT)
    assert {layer.styleManager().currentStyle() for layer in (painted, more)} == {IMAGERY.style_name}
    assert "2 of 2" in qgis_iface.messageBar().get_messages(Qgis.Info)[-1]


def test_the_legend_shows_what_apply_would_do(open_dock, painted):
    dock = open_dock(TankStyleDock)

    def texts():
        cells = [dock.form.legend.itemAt(at).widget() for at in range(dock.form.legend.count())]
        return [cell.text() for cell in cells if isinstance(cell, QLabel) and cell.text()]

    assert texts() == [
        "active (blue in the imagery)",
        "abandoned (brown in the imagery)",
        "unknown",
        "no status given",
    ]
    dock.form.colour_blind.click()
    assert texts() == ["active", "abandoned", "unknown", "no status given"]
    assert is_purple_star(painted)


def test_a_missing_style_file_leaves_the_layer_as_it_was(open_dock, painted, monkeypatch, tmp_path, qgis_iface):
    monkeypatch.setattr(named_styles, "STYLES_FOLDER", tmp_path)
    with pytest.raises(StyleError, match="imagery colours"):
        apply_palette(painted, IMAGERY)
    assert painted.styleManager().styles() == ["default"] and is_purple_star(painted)
    dock = open_dock(TankStyleDock)
    QTest.mouseClick(dock.form.apply, LEFT)
    assert "Install the plugin again" in qgis_iface.messageBar().get_messages(Qgis.Warning)[-1]
    assert is_purple_star(painted)


def test_the_users_own_style_is_found_in_a_reopened_project(tanks):
    apply_palette(tanks, COLOUR_BLIND)
    assert own_style(tanks) == "default"
    tanks.styleManager().renameStyle("default", "mine")
    assert own_style(tanks, "gone") == "mine"
    tanks.styleManager().removeStyle("mine")
    assert own_style(tanks) == ""


def test_close_down_keeps_the_styles_and_no_connection(open_dock, painted, project):
    dock = open_dock(TankStyleDock)
    QTest.mouseClick(dock.form.apply, LEFT)
    manager = painted.styleManager()
    before = manager.receivers(manager.currentStyleChanged)
    dock.close_down()
    assert before - manager.receivers(manager.currentStyleChanged) == 1
    assert IMAGERY.style_name in manager.styles()
    dock.form.apply_all.click()
    assert manager.currentStyle() == IMAGERY.style_name


def test_removing_the_layer_leaves_an_empty_dock(open_dock, tanks):
    dock = open_dock(TankStyleDock)
    QgsProject.instance().removeMapLayer(tanks.id())
    QApplication.processEvents()
    assert not dock.form.apply.isEnabled() and not dock.form.back.isEnabled()
    dock.apply()
    dock.go_back()
    assert "status and first_seen" in dock.form.current.text()
    assert dock.widget().minimumWidth() <= 340
