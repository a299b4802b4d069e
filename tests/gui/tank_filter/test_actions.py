"""Zoom to, select and export what is shown; the units in view."""

from __future__ import annotations

from pathlib import Path

import pytest
from leachwatch.analysis.selection.wanted import UNIT, TankFilter
from leachwatch.tests.gui.tank_filter.controlled import ABANDONED, ACTIVE, apply, heard, take
from leachwatch.tests.gui.tank_world import ids, memory_tanks, write
from leachwatch.tests.gui.waiting import settle, wait_until
from leachwatch.ui.tank_filter import actions, selecting
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsPointXY, QgsProject, QgsRectangle
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtWidgets import QAction

NOTHING = TankFilter(statuses=frozenset())
ALONE = TankFilter(search="100 %")  # tank 4, at 98.04, 25.04


@pytest.fixture
def canvas(qgis_app):
    made = QgsMapCanvas()
    made.resize(400, 300)
    made.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    made.setExtent(QgsRectangle(0, 0, 1e7, 1e7))
    yield made
    made.deleteLater()


class Window:
    """As much of QGIS's window as exporting asks for, with a real action."""

    def __init__(self, has_layer: bool = True) -> None:
        self.active, self.has_layer, self.opened = None, has_layer, []
        self._save_as = QAction("Save As…")
        self._save_as.triggered.connect(lambda: self.opened.append(self.active))

    def setActiveLayer(self, layer) -> bool:
        self.active = layer
        return self.has_layer

    def actionLayerSaveAs(self) -> QAction:
        return self._save_as


def on_map(longitude: float, latitude: float) -> QgsPointXY:
    crs = (QgsCoordinateReferenceSystem(f"EPSG:{code}") for code in (4326, 3857))
    return QgsCoordinateTransform(*crs, QgsProject.instance()).transform(QgsPointXY(longitude, latitude))


def test_the_map_goes_to_the_tanks_shown_and_not_much_beyond(controller, tanks, canvas):
    take(controller, tanks)
    apply(controller, ABANDONED)  # 3, 4, 5 and 12
    actions.zoom(canvas, controller)
    view = canvas.extent()
    assert all(view.contains(on_map(98 + n / 100, 25 + n / 100)) for n in (3, 12))
    assert not view.contains(on_map(98.02, 25.02)) and not view.contains(on_map(98.13, 25.13))


def test_one_tank_is_shown_with_its_surroundings(controller, tanks, canvas):
    take(controller, tanks)
    apply(controller, ALONE)
    actions.zoom(canvas, controller)
    assert canvas.extent().center().distance(on_map(98.04, 25.04)) < 1
    assert 400 <= max(canvas.extent().width(), canvas.extent().height()) < 1_000


def test_one_tank_on_a_map_in_degrees(controller, tanks, canvas):
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    take(controller, tanks)
    apply(controller, ALONE)
    actions.zoom(canvas, controller)
    assert 0.003 < max(canvas.extent().width(), canvas.extent().height()) < 0.01


def test_a_row_of_tanks_is_shown_in_its_length(controller, project, canvas):
    layer = memory_tanks()
    layer.startEditing()
    for feature in layer.getFeatures():
        geometry = feature.geometry()
        geometry.translate(98 - geometry.asPoint().x(), 0)
        layer.changeGeometry(feature.id(), geometry)
    assert layer.commitChanges()
    take(controller, layer)
    actions.zoom(canvas, controller)
    assert canvas.extent().contains(on_map(98, 25.01)) and canvas.extent().contains(on_map(98, 25.12))


def test_the_map_waits_for_the_tanks_to_be_read(controller, tanks, canvas):
    before = canvas.extent()
    controller.adopt(tanks)
    controller.apply(ABANDONED)
    actions.zoom(canvas, controller)
    assert canvas.extent() == before
    wait_until(lambda: canvas.extent() != before)
    assert not canvas.extent().contains(on_map(98.02, 25.02))
    after = canvas.extent()
    apply(controller, TankFilter())
    assert canvas.extent() == after


def test_nothing_shown_is_nothing_to_zoom_to_and_told(controller, tanks, canvas):
    before = canvas.extent()
    actions.zoom(canvas, controller)
    assert controller.heard == []
    take(controller, tanks)
    apply(controller, NOTHING)
    actions.zoom(canvas, controller)
    assert canvas.extent() == before
    assert heard(controller) == ["refused"] and "No tank is shown" in controller.heard[0][1]


def test_a_layer_let_go_meanwhile_moves_no_map(controller, tanks, canvas):
    before = canvas.extent()
    controller.adopt(tanks)
    actions.zoom(canvas, controller)
    controller.adopt(None)
    settle(0.3)
    assert canvas.extent() == before
    assert controller.receivers(controller.counted) == 0


def test_what_is_shown_is_selected_in_place_of_what_was(controller, any_layer):
    take(controller, any_layer)
    any_layer.selectAll()
    apply(controller, ACTIVE)
    actions.select(controller)
    wait_until(lambda: controller.heard)
    assert {int(feature["tank_id"]) for feature in any_layer.selectedFeatures()} == {1, 2, 6, 9}
    assert controller.heard == [("told", "Tanks selected: 4.")]
    apply(controller, NOTHING)
    actions.select(controller)
    wait_until(lambda: len(controller.heard) == 2)
    assert any_layer.selectedFeatureCount() == 0


def test_many_tanks_are_selected_in_stretches(controller, tanks, monkeypatch):
    monkeypatch.setattr(selecting, "_AT_ONCE", 5)
    steps = []
    take(controller, tanks)
    tanks.selectionChanged.connect(lambda: steps.append(tanks.selectedFeatureCount()))
    actions.select(controller)
    wait_until(lambda: controller.heard)
    assert steps == [5, 10, 12]
    assert ids(tanks) == {int(feature["tank_id"]) for feature in tanks.selectedFeatures()}


def test_a_newer_selection_ends_the_older(controller, tanks, monkeypatch):
    monkeypatch.setattr(selecting, "_AT_ONCE", 1)
    take(controller, tanks)
    actions.select(controller)
    wait_until(lambda: tanks.selectedFeatureCount() > 1)
    apply(controller, ABANDONED)
    actions.select(controller)
    wait_until(lambda: controller.heard)
    settle()
    assert {int(feature["tank_id"]) for feature in tanks.selectedFeatures()} == {3, 4, 5, 12}


def test_a_filter_changed_at_once_is_the_one_that_is_selected(controller, tanks):
    take(controller, tanks)
    actions.select(controller)
    assert controller.apply(ABANDONED)
    wait_until(lambda: controller.heard)
    assert controller.heard == [("told", "Tanks selected: 4.")]


def test_tanks_that_cannot_be_read_are_told_and_nothing_is_waited_for(controller, project, tmp_path, canvas):
    layer = write(memory_tanks(), "geojson", tmp_path)
    (tmp_path / "tanks.geojson").unlink()
    controller.adopt(layer)
    actions.zoom(canvas, controller)
    wait_until(lambda: controller.heard)
    assert controller.problem and controller.heard == [("refused", controller.problem)]
    assert controller.receivers(controller.counted) == 0
    actions.select(controller)
    wait_until(lambda: len(controller.heard) == 2)
    assert not controller.apply(ABANDONED) or controller.is_reading
    wait_until(lambda: len(controller.heard) == 3)
    assert controller.wanted == TankFilter() and heard(controller) == ["refused"] * 3


def test_a_layer_removed_while_it_is_being_selected_is_no_error(controller, tanks, monkeypatch):
    monkeypatch.setattr(selecting, "_AT_ONCE", 5)
    take(controller, tanks)
    tanks.selectionChanged.connect(lambda: QgsProject.instance().removeMapLayer(tanks.id()))
    actions.select(controller)
    wait_until(lambda: controller.layer is None)
    settle()
    assert controller.heard == []


def test_qgis_own_dialog_exports_what_is_shown(controller, tanks):
    window = Window()
    take(controller, tanks)
    apply(controller, ABANDONED)
    actions.export(window, controller)
    assert window.opened == [tanks]
    assert tanks.extent() == QgsRectangle(98.03, 25.03, 98.12, 25.12)
    actions.export(None, controller)
    assert controller.heard == []


def test_nothing_shown_is_nothing_to_export_and_told(controller, tanks):
    window = Window()
    actions.export(window, controller)
    take(controller, tanks)
    apply(controller, NOTHING)
    actions.export(window, controller)
    assert window.opened == []
    assert heard(controller) == ["refused"] and "nothing to export" in controller.heard[0][1]


def test_a_layer_that_the_window_does_not_list_is_told(controller, tanks):
    window = Window(has_layer=False)
    take(controller, tanks)
    actions.export(window, controller)
    assert window.opened == []
    assert "not in the list of layers" in controller.heard[0][1]


def test_the_units_in_view_are_those_of_the_tanks_there(controller, tanks, canvas):
    assert actions.units_in_view(canvas, controller) == frozenset()
    take(controller, tanks)
    assert actions.units_in_view(canvas, controller) == {"ချီဖွေ", "O'Brien", "100 % sure", "定南", ""}
    corners = on_map(98.035, 25.035), on_map(98.055, 25.055)
    canvas.setExtent(QgsRectangle(*corners))
    view = canvas.extent()
    assert view.contains(on_map(98.04, 25.04)) and view.contains(on_map(98.05, 25.05))
    assert not view.contains(on_map(98.06, 25.06)) and not view.contains(on_map(98.03, 25.03))
    assert actions.units_in_view(canvas, controller) == {"100 % sure", "定南"}
    apply(controller, TankFilter(values={UNIT: actions.units_in_view(canvas, controller)}))
    assert ids(tanks) == {4, 5, 6, 7}


def test_the_filter_reads_no_counts_or_extents_from_the_layer():
    """What waits on a million tanks is not asked of the layer in the window's thread."""
    files = sorted(Path(actions.__file__).parent.rglob("*.py"))
    assert len(files) > 20
    for path in files:
        text = path.read_text(encoding="utf-8")
        for call in ("featureCount", "layer.extent(", "aggregate", "uniqueValues", "selectAll(", "selectByExpression"):
            assert call not in text, f"{path.name}: {call}"
