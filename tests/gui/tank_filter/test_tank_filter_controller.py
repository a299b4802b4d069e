"""The user's own filter comes back, whatever happens to the layer meanwhile."""

from __future__ import annotations

import pytest
from leachwatch.analysis.selection.wanted import CUMULATIVE, TankFilter
from leachwatch.tests.gui.tank_world import TANKS, ids, memory_tanks, write
from leachwatch.ui.tank_data.layers import is_tank_layer
from leachwatch.ui.tank_filter.controller import TankFilterController
from leachwatch.ui.tank_filter.hold import PROPERTY
from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtWidgets import QApplication

OWN = "\"unit_name\" = 'ချီဖွေ' OR \"unit_name\" LIKE '100 %'"
ABANDONED = TankFilter(statuses=frozenset({"abandoned"}))
ACTIVE = TankFilter(statuses=frozenset({"active"}))


@pytest.fixture
def controller(project):
    made = TankFilterController()
    made.heard = []
    made.refused.connect(lambda text: made.heard.append(("refused", text)))
    made.told.connect(lambda text: made.heard.append(("told", text)))
    yield made
    made.close_down()


def assert_no_trace(layer, own):
    assert layer.subsetString() == own
    assert PROPERTY not in layer.customPropertyKeys()


def test_another_layer_gives_the_first_its_own_filter_back(controller, tanks):
    tanks.setSubsetString(OWN)
    controller.adopt(tanks)
    controller.apply(ABANDONED)
    assert ids(tanks) == {4, 12}
    controller.adopt(memory_tanks())
    assert_no_trace(tanks, OWN)


def test_a_refused_filter_changes_nothing(controller, project, tmp_path):
    path = tmp_path / "tanks.geojson"
    layer = write(memory_tanks(), "geojson", tmp_path)
    layer.setSubsetString(OWN)
    controller.adopt(layer)
    controller.apply(ABANDONED)
    before = layer.subsetString()
    # The file is replaced meanwhile by one without the types, and QGIS reads it again.
    path.write_text(path.read_text(encoding="utf-8").replace('"tank_type"', '"other"'), encoding="utf-8")
    layer.dataProvider().reloadData()
    assert not controller.apply(TankFilter(types=frozenset({"leachate"})))
    assert layer.subsetString() == before
    assert controller.wanted == ABANDONED
    assert [kind for kind, _ in controller.heard] == ["refused"]


def test_a_layer_in_edit_mode_is_not_filtered_and_the_user_is_told(controller, tanks):
    controller.adopt(tanks)
    tanks.startEditing()
    assert controller.is_edited
    assert not controller.apply(ACTIVE)
    assert tanks.subsetString() == "" and controller.wanted == TankFilter()
    assert "being edited" in controller.heard[0][1]
    tanks.rollBack()
    assert controller.apply(ACTIVE)
    assert ids(tanks) == {1, 2, 6, 9}


def test_a_layer_let_go_in_edit_mode_gets_its_filter_when_the_editing_ends(controller, tanks):
    tanks.setSubsetString(OWN)
    controller.adopt(tanks)
    controller.apply(ABANDONED)
    tanks.startEditing()
    controller.adopt(None)
    assert tanks.subsetString() != OWN
    assert "when the editing ends" in controller.heard[0][1]
    tanks.rollBack()
    assert_no_trace(tanks, OWN)


def test_closing_down_in_edit_mode_says_what_could_not_be_undone(tanks):
    controller, heard = TankFilterController(), []
    controller.refused.connect(heard.append)
    controller.adopt(tanks)
    controller.apply(ABANDONED)
    tanks.startEditing()
    controller.close_down()
    assert len(heard) == 1 and "could not be taken off" in heard[0]
    assert tanks.receivers(tanks.editingStopped) == _receivers_of_editing_stopped()
    tanks.rollBack()
    # What stayed is known: whoever takes the layer next finds the user's own filter.
    again = TankFilterController()
    again.adopt(tanks)
    assert again.wanted == ABANDONED
    again.close_down()
    assert_no_trace(tanks, "")


def _receivers_of_editing_stopped() -> int:
    other = memory_tanks()
    QgsProject.instance().addMapLayer(other)
    return other.receivers(other.editingStopped)


def test_edits_change_the_counts(controller, tanks):
    controller.adopt(tanks)
    controller.apply(ACTIVE)
    tanks.startEditing()
    tanks.deleteFeature(next(tanks.getFeatures()).id())
    assert tanks.commitChanges()
    assert (controller.shown(), controller.facts.total) == (3, len(TANKS) - 1)
    assert ids(tanks) == {2, 6, 9}


def test_a_removed_layer_is_forgotten(controller, tanks):
    controller.adopt(tanks)
    controller.apply(ACTIVE)
    QgsProject.instance().removeMapLayer(tanks.id())
    QApplication.processEvents()
    assert controller.layer is None
    assert controller.shown() == 0
    assert not controller.apply(ABANDONED)
    controller.adopt(None)


def test_a_cleared_project_is_forgotten(controller, tanks):
    controller.adopt(tanks)
    controller.apply(ACTIVE)
    QgsProject.instance().clear()
    assert controller.layer is None
    assert controller.heard == []


def test_a_filter_that_the_user_sets_meanwhile_is_the_users_own(controller, tanks):
    tanks.setSubsetString(OWN)
    controller.adopt(tanks)
    controller.apply(ABANDONED)
    theirs = "\"unit_name\" = '定南'"
    tanks.setSubsetString(theirs)
    assert tanks.subsetString() == theirs
    assert controller.wanted == TankFilter()
    assert controller.facts.total == 3
    assert "changed outside" in controller.heard[0][1]
    controller.apply(ACTIVE)
    assert ids(tanks) == {6}
    controller.adopt(None)
    assert_no_trace(tanks, theirs)


def test_a_project_saved_with_the_filter_on_still_knows_the_users_own(controller, tanks, tmp_path):
    tanks.setSubsetString(OWN)
    controller.adopt(tanks)
    controller.apply(ABANDONED)
    project = QgsProject.instance()
    assert project.write(str(tmp_path / "saved.qgz"))
    project.clear()
    assert project.read(str(tmp_path / "saved.qgz"))
    (opened,) = project.mapLayers().values()
    assert ids(opened) == {4, 12}
    controller.adopt(opened)
    assert controller.wanted == ABANDONED
    assert (controller.shown(), controller.facts.total) == (2, 5)
    controller.adopt(None)
    assert_no_trace(opened, OWN)


def test_unloading_restores_saved_layers_that_no_dock_took_up(tanks, tmp_path):
    first = TankFilterController()
    tanks.setSubsetString(OWN)
    first.adopt(tanks)
    first.apply(ABANDONED)
    project = QgsProject.instance()
    assert project.write(str(tmp_path / "saved.qgz")) and project.read(str(tmp_path / "saved.qgz"))
    (opened,) = project.mapLayers().values()
    assert opened.subsetString() != OWN
    TankFilterController().close_down()
    assert_no_trace(opened, OWN)


def test_a_change_of_style_does_not_lose_the_users_own_filter(controller, tanks):
    tanks.styleManager().addStyleFromLayer("before the filter")
    controller.adopt(tanks)
    controller.apply(ABANDONED)
    tanks.styleManager().setCurrentStyle("before the filter")
    assert PROPERTY in tanks.customPropertyKeys()
    controller.adopt(None)
    tanks.styleManager().setCurrentStyle("default")
    controller.adopt(tanks)
    assert controller.wanted == TankFilter()
    assert_no_trace(tanks, "")


def test_another_source_for_the_layer_is_measured_anew(controller, tanks, tmp_path):
    (tmp_path / "other").mkdir()
    fewer = write(memory_tanks(rows=TANKS[:5]), "gpkg", tmp_path / "other")
    controller.adopt(tanks)
    controller.apply(ABANDONED)
    tanks.setDataSource(fewer.source(), "tanks", "ogr")
    assert controller.facts.total == 5
    controller.adopt(None)
    assert_no_trace(tanks, "")


def test_a_select_statement_as_the_users_filter_is_left_alone(controller, tanks):
    select = "SELECT * FROM tanks WHERE status = 'active'"
    assert tanks.setSubsetString(select)
    controller.adopt(tanks)
    assert not controller.apply(TankFilter(CUMULATIVE, 2015, 2015))
    assert "SELECT" in controller.heard[0][1]
    assert tanks.subsetString() == select


def test_text_that_is_no_date_stops_the_years_only(controller):
    source = "Point?crs=EPSG:4326&field=tank_id:string&field=status:string&field=first_seen:string"
    layer = QgsVectorLayer(source, "american dates", "memory")
    feature = memory_tanks().getFeature(1)
    feature.setFields(layer.fields())
    feature.setAttributes(["1", "active", "3/14/2021"])
    assert layer.dataProvider().addFeature(feature)
    controller.adopt(layer)
    assert controller.facts.years is None
    assert "first_seen" in controller.facts.problem
    assert controller.apply(ABANDONED)
    assert controller.shown() == 0


@pytest.mark.parametrize(
    "source",
    [
        "Point?field=status:string",
        "Point?field=first_seen:date",
        "Point?field=status:string&field=first_seen:integer",
        "Polygon?field=status:string&field=first_seen:date",
        "NoGeometry?field=status:string&field=first_seen:date",
    ],
)
def test_other_layers_hold_no_tanks(qgis_app, source):
    assert not is_tank_layer(QgsVectorLayer(source, "other", "memory"))
    assert not is_tank_layer(None)
    assert is_tank_layer(memory_tanks())
