"""A project saved while the dock filters: the user's own data without the plugin, the filter again with it."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.gui.tank_world import ids, memory_tanks, write
from leachwatch.tests.gui.waiting import wait_until
from leachwatch.ui.tank_filter.controller import TankFilterController
from leachwatch.ui.tank_filter.own_filter.hold import PROPERTY, FilterHold, own_filter, wanted_of
from qgis.core import (
    QgsLayerDefinition,
    QgsLayerTreeLayer,
    QgsProject,
    QgsReadWriteContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtXml import QDomDocument

OWN = "\"unit_name\" IN ('ချီဖွေ', '100 % sure', 'O''Brien')"
ABANDONED = TankFilter(statuses=frozenset({"abandoned"}))
OURS = "\"status\" IN ('abandoned')"


@pytest.fixture
def controller(project):
    made = TankFilterController()
    yield made
    made.close_down()


def sources(path: Path, folder: Path) -> list[str]:
    """What a saved project says of its one layer's source: in its own element, and in the tree of layers."""
    if path.suffix == ".qgz":
        with zipfile.ZipFile(path) as stream:
            (name,) = [name for name in stream.namelist() if name.endswith(".qgs")]
            path = Path(stream.extract(name, folder))
    document = QDomDocument()
    assert document.setContent(path.read_text(encoding="utf-8"))[0]
    layers = document.elementsByTagName("maplayer")
    trees = document.elementsByTagName("layer-tree-layer")
    assert layers.count() == trees.count() == 1
    tree = trees.at(0).toElement().attribute("source")
    return [layers.at(0).toElement().firstChildElement("datasource").text(), tree]


def opened(path: Path) -> QgsVectorLayer:
    project = QgsProject.instance()
    project.clear()
    assert project.read(str(path))
    (layer,) = project.mapLayers().values()
    return layer


def test_the_file_is_as_if_the_dock_had_filtered_nothing(any_layer, tmp_path):
    written_as_if_nothing_were_filtered(any_layer, tmp_path, "qgs")


def test_so_is_the_file_in_an_archive(tanks, tmp_path):
    written_as_if_nothing_were_filtered(tanks, tmp_path, "qgz")


def written_as_if_nothing_were_filtered(layer: QgsVectorLayer, tmp_path: Path, ending: str) -> None:
    assert layer.setSubsetString(OWN)
    project, plain, path = QgsProject.instance(), tmp_path / f"plain.{ending}", tmp_path / f"saved.{ending}"
    assert project.write(str(plain))
    hold = FilterHold(layer)
    assert hold.put(OURS, ABANDONED)
    project.setDirty(False)
    assert project.write(str(path)) and not project.isDirty()
    assert ids(layer) == {3, 4, 12} and wanted_of(layer) == ABANDONED and own_filter(layer) == OWN
    assert sources(path, tmp_path / "one") == sources(plain, tmp_path / "other")
    assert "abandoned" not in "".join(sources(path, tmp_path))
    hold.restore()


def test_without_the_plugin_the_users_own_tanks_are_shown_and_with_it_the_filter_comes_back(
    controller, any_layer, tmp_path
):
    in_memory = any_layer.providerType() == "memory"  # of these QGIS itself keeps neither tanks nor filter
    assert any_layer.setSubsetString("" if in_memory else OWN)
    controller.adopt(any_layer)
    controller.apply(ABANDONED)
    wait_until(lambda: controller.counts is not None)
    assert QgsProject.instance().write(str(tmp_path / "saved.qgz"))
    layer = opened(tmp_path / "saved.qgz")
    assert in_memory or ids(layer) == {1, 2, 3, 4, 8, 11, 12}
    assert wanted_of(layer) == ABANDONED and own_filter(layer) == layer.subsetString() == ("" if in_memory else OWN)
    controller.adopt(layer)
    wait_until(lambda: controller.counts is not None)
    assert controller.wanted == ABANDONED and "abandoned" in layer.subsetString()
    assert in_memory or ids(layer) == {3, 4, 12}
    assert in_memory or (controller.counts.shown, controller.counts.total) == (3, 7)
    controller.adopt(None)
    assert layer.subsetString() == ("" if in_memory else OWN) and PROPERTY not in layer.customPropertyKeys()


def test_saved_elsewhere_it_finds_its_file(tanks, tmp_path):
    tanks.setSubsetString(OWN)
    hold = FilterHold(tanks)
    hold.put(OURS, ABANDONED)
    (tmp_path / "deep" / "down").mkdir(parents=True)
    path = tmp_path / "deep" / "down" / "saved.qgs"
    assert QgsProject.instance().write(str(path))
    assert [source.partition("|")[0] for source in sources(path, tmp_path)] == ["../../tanks.gpkg"] * 2
    assert ids(opened(path)) == {1, 2, 3, 4, 8, 11, 12}


def test_a_filter_changed_meanwhile_without_the_plugin_is_the_users_own(tanks, tmp_path):
    FilterHold(tanks).put(OURS, ABANDONED)
    hold = FilterHold(tanks)
    assert QgsProject.instance().write(str(tmp_path / "saved.qgs"))
    layer = opened(tmp_path / "saved.qgs")
    theirs = "\"unit_name\" = '定南'"
    layer.setSubsetString(theirs)
    assert QgsProject.instance().write(str(tmp_path / "again.qgs"))
    layer = opened(tmp_path / "again.qgs")
    assert PROPERTY in layer.customPropertyKeys(), "nobody was there to take it off"
    assert (own_filter(layer), wanted_of(layer)) == (theirs, TankFilter())
    later = FilterHold(layer)
    assert (later.own, later.wanted) == (theirs, TankFilter())
    assert layer.subsetString() == theirs and PROPERTY not in layer.customPropertyKeys()
    del hold


def test_a_project_of_an_older_version_is_known_and_saved_plainly(tanks, tmp_path):
    """Older versions left their filter on the layer in the file."""
    hold = FilterHold(tanks)
    hold.put(OURS, ABANDONED)
    hold._saver.watch(False)
    assert QgsProject.instance().write(str(tmp_path / "old.qgs"))
    layer = opened(tmp_path / "old.qgs")
    assert ids(layer) == {3, 4, 5, 12} and (own_filter(layer), wanted_of(layer)) == ("", ABANDONED)
    hold = FilterHold(layer)
    assert (hold.own, hold.wanted) == ("", ABANDONED) and ids(layer) == {3, 4, 5, 12}
    assert QgsProject.instance().write(str(tmp_path / "new.qgs"))
    assert "abandoned" not in "".join(sources(tmp_path / "new.qgs", tmp_path))
    assert hold.restore() and layer.subsetString() == ""


def test_nothing_is_marked_once_the_filter_is_off(tanks, tmp_path):
    hold = FilterHold(tanks)
    hold.put(OURS, ABANDONED)
    hold.restore()
    assert QgsProject.instance().write(str(tmp_path / "saved.qgs"))
    assert "leachwatch" not in (tmp_path / "saved.qgs").read_text(encoding="utf-8")


def test_saving_is_listened_to_only_while_a_filter_stands(tanks):
    project = QgsProject.instance()
    before = project.receivers(project.writeMapLayer)
    hold = FilterHold(tanks)
    assert project.receivers(project.writeMapLayer) == before
    hold.put(OURS, ABANDONED)
    assert project.receivers(project.writeMapLayer) == before + 1
    hold.restore()
    assert project.receivers(project.writeMapLayer) == before
    hold.put(OURS, ABANDONED)
    del hold
    assert project.receivers(project.writeMapLayer) == before


def test_other_layers_of_the_project_are_written_as_they_are(project, tanks, tmp_path):
    (tmp_path / "other").mkdir()
    other = write(memory_tanks(), "gpkg", tmp_path / "other")
    other.setSubsetString(OURS)
    project.addMapLayer(other)
    hold = FilterHold(tanks)
    hold.put(OURS, ABANDONED)
    assert project.write(str(tmp_path / "saved.qgs"))
    found = re.findall("<datasource>(.*?)</datasource>", (tmp_path / "saved.qgs").read_text(encoding="utf-8"))
    # The third is the project's own layer of annotations.
    assert sorted("abandoned" in source for source in found) == [False, False, True]
    hold.restore()


def test_a_layer_definition_knows_the_users_own_filter(tanks, tmp_path):
    """QGIS tells nobody while it writes one, so the filter is in it; whoever loads it finds the user's own."""
    tanks.setSubsetString(OWN)
    hold = FilterHold(tanks)
    hold.put(OURS, ABANDONED)
    path = str(tmp_path / "tanks.qlr")
    assert QgsLayerDefinition.exportLayerDefinition(path, [QgsLayerTreeLayer(tanks)])[0]
    project = QgsProject.instance()
    project.clear()
    assert QgsLayerDefinition.loadLayerDefinition(path, project, project.layerTreeRoot())[0]
    (loaded,) = project.mapLayers().values()
    assert (own_filter(loaded), wanted_of(loaded)) == (OWN, ABANDONED)
    assert FilterHold(loaded).restore() and loaded.subsetString() == OWN


def test_a_duplicated_layer_can_be_restored_alone(tanks):
    tanks.setSubsetString(OWN)
    hold = FilterHold(tanks)
    hold.put(OURS, ABANDONED)
    copy = tanks.clone()
    QgsProject.instance().addMapLayer(copy)
    assert FilterHold(copy).restore()
    assert copy.subsetString() == OWN and PROPERTY not in copy.customPropertyKeys()
    assert ids(tanks) == {3, 4, 12}
    hold.restore()


def test_no_style_keeps_the_property(tanks):
    hold = FilterHold(tanks)
    hold.put(OURS, ABANDONED)
    styles = tanks.styleManager()
    tanks.renderer().symbol().setSize(7)
    styles.addStyleFromLayer("while filtered")
    hold.restore()
    assert styles.styles() == ["default", "while filtered"]
    styles.setCurrentStyle("while filtered")
    assert tanks.customPropertyKeys() == [] and tanks.renderer().symbol().size() == 7
    assert (own_filter(tanks), wanted_of(tanks)) == ("", TankFilter())


def test_a_default_style_saved_while_filtered_brings_no_filter(tanks, tmp_path):
    hold = FilterHold(tanks)
    hold.put(OURS, ABANDONED)
    assert tanks.saveNamedStyle(str(tmp_path / "tanks.qml"))[1]
    hold.restore()
    other = memory_tanks()
    other.loadNamedStyle(str(tmp_path / "tanks.qml"))
    assert PROPERTY in other.customPropertyKeys() and wanted_of(other) == TankFilter()
    assert FilterHold(other).wanted == TankFilter() and PROPERTY not in other.customPropertyKeys()


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[]", "1", '{"applied": ""}', '{"applied": "", "own": 1, "wanted": 2}']
)
def test_a_strange_property_is_no_filter(tanks, text):
    tanks.setCustomProperty(PROPERTY, text)
    assert (own_filter(tanks), wanted_of(tanks)) == ("", TankFilter())
    assert FilterHold(tanks).own == "" and PROPERTY not in tanks.customPropertyKeys()


def test_another_source_keeps_the_filter_that_it_came_with(tanks, tmp_path):
    (tmp_path / "other").mkdir()
    other = write(memory_tanks(), "gpkg", tmp_path / "other")
    tanks.setSubsetString(OWN)
    hold = FilterHold(tanks)
    hold.put(OURS, ABANDONED)
    tanks.setDataSource(other.source(), "tanks", "ogr")
    assert hold.restore() and tanks.subsetString() == "" and PROPERTY not in tanks.customPropertyKeys()


def test_the_property_is_text_that_people_can_read(tanks):
    hold = FilterHold(tanks)
    hold.put(OURS, ABANDONED)
    kept = json.loads(tanks.customProperty(PROPERTY))
    assert kept["own"] == "" and kept["applied"] == OURS and kept["wanted"]["statuses"] == ["abandoned"]
    hold.restore()
    document = QDomDocument()
    element = document.createElement("maplayer")
    tanks.writeLayerXml(element, document, QgsReadWriteContext())
    assert element.firstChildElement("customproperties").elementsByTagName("Option").count() == 1
