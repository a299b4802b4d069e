"""One layer in hand: what is asked of it is put on it, and the user's own filter comes back whatever happens."""

from __future__ import annotations

import pytest
from leachwatch.analysis.selection import searching
from leachwatch.analysis.selection.wanted import CUMULATIVE, STANDING, UNIT, TankFilter
from leachwatch.tests.gui.tank_filter.controlled import ABANDONED, ACTIVE, OWN, apply, assert_no_trace, heard, take
from leachwatch.tests.gui.tank_world import TANKS, ids, memory_tanks, write
from leachwatch.tests.gui.waiting import settle, wait_until
from leachwatch.ui.tank_data.layers import is_tank_layer, remember_columns
from leachwatch.ui.tank_filter.controller import TankFilterController
from leachwatch.ui.tank_filter.own_filter.hold import PROPERTY
from qgis.core import QgsFeature, QgsProject, QgsVectorLayer
from qgis.PyQt.QtWidgets import QApplication

NEAR = TankFilter(CUMULATIVE, 2015, 2016)


def test_what_is_asked_before_the_tanks_are_read_is_put_when_they_are(controller, tanks):
    controller.adopt(tanks)
    assert controller.is_reading and controller.table is None and controller.counts is None
    assert controller.apply(ACTIVE)
    assert controller.apply(ABANDONED)
    assert controller.wanted == ABANDONED
    assert tanks.subsetString() == ""
    wait_until(lambda: controller.counts)
    assert ids(tanks) == {3, 4, 5, 12}
    assert controller.counts.wanted == ABANDONED
    assert (controller.counts.shown, controller.counts.total) == (4, 12)
    assert not controller.is_reading and not controller.is_counting


def test_what_is_asked_of_read_tanks_is_put_at_once_and_counted_beside(controller, tanks):
    take(controller, tanks)
    assert (controller.counts.shown, controller.counts.statuses["active"]) == (12, 4)
    assert controller.apply(ACTIVE)
    assert ids(tanks) == {1, 2, 6, 9}
    assert controller.counts is None and controller.is_counting
    wait_until(lambda: controller.counts)
    assert controller.counts.shown == 4
    assert controller.reset()
    assert tanks.subsetString() == ""


def test_counts_are_of_the_filter_that_was_asked_for_last(controller, tanks):
    take(controller, tanks)
    seen = []
    controller.counted.connect(lambda: seen.append(controller.counts and controller.counts.wanted))
    for wanted in (ACTIVE, ABANDONED, NEAR):
        controller.apply(wanted)
    wait_until(lambda: controller.counts)
    settle()
    assert [each for each in seen if each] == [NEAR]


def test_text_is_searched_beside_the_window_and_then_put(controller, tanks):
    take(controller, tanks)
    assert controller.apply(TankFilter(search="o'b"))
    assert controller.is_counting and controller.wanted.search == "o'b"
    apply(controller, TankFilter(search="O'BRIEN"))
    assert ids(tanks) == {3, 11}
    apply(controller, TankFilter(search="定"))
    assert ids(tanks) == {5, 6, 7}
    apply(controller, TankFilter(search="100 %"))
    assert ids(tanks) == {4}
    apply(controller, TankFilter(search="nowhere"))
    assert ids(tanks) == set()
    assert heard(controller) == []


def test_text_in_too_many_values_is_refused_and_what_stood_stands(controller, tanks, monkeypatch):
    monkeypatch.setattr(searching, "MOST_HITS", 3)  # and 1 is in four ids
    take(controller, tanks)
    apply(controller, ACTIVE)
    assert controller.apply(TankFilter(search="1"))
    wait_until(lambda: controller.heard)
    assert heard(controller) == ["refused"] and "more than 3 values of tank_id" in controller.heard[0][1]
    assert controller.wanted == ACTIVE
    assert tanks.subsetString() == "\"status\" IN ('active')"
    assert [controller.undo_stack.index(), controller.undo_stack.count()] == [1, 1]
    wait_until(lambda: controller.counts)
    assert controller.counts.shown == 4


def test_a_value_that_no_filter_can_name_is_refused(controller, tanks):
    take(controller, tanks)
    apply(controller, ACTIVE)
    assert not controller.apply(TankFilter(values={UNIT: frozenset({"a\0b"})}))
    assert heard(controller) == ["refused"] and "NUL" in controller.heard[0][1]
    assert controller.wanted == ACTIVE
    assert ids(tanks) == {1, 2, 6, 9}
    assert [controller.undo_stack.index(), controller.undo_stack.count()] == [1, 1]


def test_another_layer_gives_the_first_its_own_filter_back(controller, tanks):
    tanks.setSubsetString(OWN)
    take(controller, tanks)
    apply(controller, ABANDONED)
    assert ids(tanks) == {4, 12}
    assert tanks.subsetString().startswith(f"({OWN}) AND (")
    controller.adopt(memory_tanks())
    assert_no_trace(tanks, OWN)


def test_a_layer_that_takes_no_filter_is_told_and_nothing_changes(controller, project, tmp_path):
    """QGIS's provider of GPX takes none."""
    path = tmp_path / "points.gpx"
    points = (f'<wpt lat="25" lon="98"><cmt>{word}</cmt></wpt>' for word in ("active", "abandoned", "active"))
    path.write_text(f'<gpx version="1.1" creator="x">{"".join(points)}</gpx>')
    layer = QgsVectorLayer(f"{path}?type=waypoint", "points", "gpx")
    project.addMapLayer(layer)
    remember_columns(layer, {"status": "comment"})
    take(controller, layer)
    assert controller.counts.statuses["active"] == 2
    assert not controller.apply(ACTIVE)
    assert layer.subsetString() == "" and controller.wanted == TankFilter()
    assert heard(controller) == ["refused"] and "save the layer as a GeoPackage" in controller.heard[0][1]
    assert controller.undo_stack.count() == 0
    wait_until(lambda: controller.counts)
    assert controller.counts.shown == 3


def test_a_filter_that_is_dropped_without_a_word_is_noticed(controller, project, tmp_path):
    """QGIS does so where a reloaded file has lost a column of the user's own filter."""
    path = tmp_path / "tanks.geojson"
    layer = write(memory_tanks(), "geojson", tmp_path)
    project.addMapLayer(layer)
    layer.setSubsetString("\"unit_name\" = '定南'")
    take(controller, layer)
    apply(controller, ABANDONED)
    path.write_text(path.read_text(encoding="utf-8").replace('"unit_name"', '"other"'), encoding="utf-8")
    layer.reload()
    assert layer.subsetString() == ""
    wait_until(lambda: controller.counts and controller.counts.total == 12)
    assert controller.wanted == TankFilter()
    assert controller.counts.shown == 12
    assert "changed outside" in controller.heard[0][1]
    apply(controller, ACTIVE)
    assert ids(layer) == {1, 2, 6, 9}
    controller.adopt(None)
    assert_no_trace(layer, "")


def test_a_layer_in_edit_mode_is_not_filtered_and_the_user_is_told(controller, tanks):
    take(controller, tanks)
    tanks.startEditing()
    assert controller.is_edited
    assert not controller.apply(ACTIVE)
    assert tanks.subsetString() == "" and controller.wanted == TankFilter()
    assert "being edited" in controller.heard[0][1]
    tanks.rollBack()
    assert controller.apply(ACTIVE)
    assert ids(tanks) == {1, 2, 6, 9}


def test_editing_that_begins_before_the_tanks_are_read_refuses_what_was_asked(controller, tanks):
    controller.adopt(tanks)
    assert controller.apply(ACTIVE)
    tanks.startEditing()
    wait_until(lambda: controller.counts)
    assert heard(controller) == ["refused"] and "being edited" in controller.heard[0][1]
    assert controller.wanted == TankFilter() and tanks.subsetString() == ""
    assert not controller.undo_stack.canUndo()
    tanks.rollBack()


def test_a_layer_let_go_in_edit_mode_gets_its_filter_when_the_editing_ends(controller, tanks):
    tanks.setSubsetString(OWN)
    take(controller, tanks)
    apply(controller, ABANDONED)
    tanks.startEditing()
    controller.adopt(None)
    assert tanks.subsetString() != OWN
    assert "when the editing ends" in controller.heard[0][1]
    tanks.rollBack()
    assert_no_trace(tanks, OWN)


def test_closing_down_in_edit_mode_says_what_could_not_be_undone(tanks):
    controller, said = TankFilterController(), []
    controller.refused.connect(said.append)
    take(controller, tanks)
    apply(controller, ABANDONED)
    tanks.startEditing()
    controller.close_down()
    assert len(said) == 1 and "could not be taken off" in said[0]
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


def test_saved_edits_change_the_counts(controller, tanks):
    take(controller, tanks)
    apply(controller, ACTIVE)
    tanks.startEditing()
    tanks.deleteFeature(next(tanks.getFeatures()).id())
    assert tanks.commitChanges()
    wait_until(lambda: controller.counts and controller.counts.total == len(TANKS) - 1)
    assert controller.counts.shown == 3
    assert ids(tanks) == {2, 6, 9}


def test_after_edits_the_condition_is_worked_out_again(controller, tanks):
    """Tank 5 alone came and went within one year, which the condition must name; so does a second one soon."""
    take(controller, tanks)
    wanted = TankFilter(STANDING, 2018, 2023)
    apply(controller, wanted)
    before = tanks.subsetString()
    assert 6 in ids(tanks)
    tanks.startEditing()
    (six,) = (each for each in tanks.getFeatures() if each["tank_id"] == "6")
    for name, value in (("first_seen", "2023-02-01"), ("last_seen", "2023-02-01"), ("gone_by", "2023-05-01")):
        tanks.changeAttributeValue(six.id(), tanks.fields().lookupField(name), value)
    assert tanks.commitChanges()
    wait_until(lambda: tanks.subsetString() != before)
    assert controller.wanted == wanted
    assert 6 not in ids(tanks)


def test_a_text_that_new_tanks_put_into_too_many_values_is_searched_no_more_and_told(controller, tanks, monkeypatch):
    monkeypatch.setattr(searching, "MOST_HITS", 4)  # the ids 1, 10, 11 and 12
    own = "\"tank_id\" <> '2'"
    tanks.setSubsetString(own)
    take(controller, tanks)
    apply(controller, TankFilter(search="1"))
    assert ids(tanks) == {1, 4, 10, 11, 12}  # 4 is in the unit “100 % sure”
    tanks.startEditing()
    (ten,) = (each for each in tanks.getFeatures() if each["tank_id"] == "10")
    assert tanks.addFeature(_another(ten, "13"))
    assert tanks.commitChanges()
    wait_until(lambda: controller.heard)
    assert heard(controller) == ["refused"] and "type more" in controller.heard[0][1]
    wait_until(lambda: controller.counts)
    assert controller.wanted == TankFilter()
    assert (controller.counts.shown, controller.counts.total) == (12, 12)
    assert_no_trace(tanks, own)


def _another(feature: QgsFeature, tank_id: str) -> QgsFeature:
    other = QgsFeature(feature)
    other["fid"], other["tank_id"] = None, tank_id
    return other


def test_columns_chosen_anew_are_the_ones_that_are_asked(controller, tanks):
    take(controller, tanks)
    names = controller.columns.names
    remember_columns(tanks, {**names, "status": "tank_type"})
    assert controller.apply(TankFilter(statuses=frozenset({"unknown"})))
    wait_until(lambda: controller.counts)
    assert controller.columns.names["status"] == "tank_type"
    assert controller.counts.shown == 12
    remember_columns(tanks, {**names, "unit_code": "tank_id", "unit_name": "tank_id"})
    assert controller.apply(TankFilter(values={UNIT: frozenset({"7", "9"})}))
    wait_until(lambda: controller.counts)
    assert ids(tanks) == {7, 9}


@pytest.mark.parametrize("ending", ["qgz", "qgs"])
def test_the_filter_of_a_saved_project_is_put_again_once_the_tanks_are_read(controller, tanks, tmp_path, ending):
    tanks.setSubsetString(OWN)
    take(controller, tanks)
    apply(controller, TankFilter(search="100", statuses=frozenset({"abandoned"})))
    project = QgsProject.instance()
    assert project.write(str(tmp_path / f"saved.{ending}"))
    project.clear()
    assert project.read(str(tmp_path / f"saved.{ending}"))
    (opened,) = project.mapLayers().values()
    assert opened.subsetString() == OWN
    take(controller, opened)
    assert controller.wanted == TankFilter(search="100", statuses=frozenset({"abandoned"}))
    assert ids(opened) == {4}
    assert (controller.counts.shown, controller.counts.total) == (1, 5)
    assert not controller.undo_stack.canUndo()
    controller.adopt(None)
    assert_no_trace(opened, OWN)


def test_a_removed_layer_is_forgotten(controller, tanks):
    take(controller, tanks)
    apply(controller, ACTIVE)
    QgsProject.instance().removeMapLayer(tanks.id())
    QApplication.processEvents()
    assert controller.layer is None and controller.table is None and controller.counts is None
    assert not controller.undo_stack.canUndo()
    assert not controller.apply(ABANDONED)
    controller.adopt(None)


@pytest.mark.parametrize("when", ["reading", "searching", "counting"])
def test_a_project_that_is_cleared_meanwhile_is_forgotten(controller, tanks, when):
    if when == "reading":
        controller.adopt(tanks)
        controller.apply(ACTIVE)
    else:
        take(controller, tanks)
        controller.apply(TankFilter(search="1") if when == "searching" else ACTIVE)
    QgsProject.instance().clear()
    settle(0.3)
    assert controller.layer is None and controller.counts is None
    assert not controller.is_reading and not controller.is_counting
    assert controller.heard == []


def test_a_filter_that_the_user_sets_meanwhile_is_the_users_own(controller, tanks):
    tanks.setSubsetString(OWN)
    take(controller, tanks)
    apply(controller, ABANDONED)
    theirs = "\"unit_name\" = '定南'"
    tanks.setSubsetString(theirs)
    assert tanks.subsetString() == theirs
    assert controller.wanted == TankFilter()
    assert "changed outside" in controller.heard[0][1]
    wait_until(lambda: controller.counts)
    assert controller.counts.total == 3
    apply(controller, ACTIVE)
    assert ids(tanks) == {6}
    controller.adopt(None)
    assert_no_trace(tanks, theirs)


def test_what_a_change_from_outside_put_away_can_be_had_again(controller, tanks):
    take(controller, tanks)
    apply(controller, ABANDONED)
    tanks.setSubsetString("\"unit_name\" = '定南'")
    wait_until(lambda: controller.counts)
    controller.undo_stack.undo()
    assert controller.wanted == ABANDONED
    assert ids(tanks) == {5}


def test_unloading_restores_layers_that_no_dock_took_up(tanks):
    first = TankFilterController()
    tanks.setSubsetString(OWN)
    take(first, tanks)
    apply(first, ABANDONED)
    copy = tanks.clone()
    QgsProject.instance().addMapLayer(copy)
    first.close_down()
    assert_no_trace(tanks, OWN)
    assert_no_trace(copy, OWN)


def test_a_change_of_style_does_not_lose_the_users_own_filter(controller, tanks):
    tanks.styleManager().addStyleFromLayer("before the filter")
    take(controller, tanks)
    apply(controller, ABANDONED)
    tanks.styleManager().setCurrentStyle("before the filter")
    assert PROPERTY in tanks.customPropertyKeys()
    controller.adopt(None)
    tanks.styleManager().setCurrentStyle("default")
    controller.adopt(tanks)
    assert controller.wanted == TankFilter()
    assert_no_trace(tanks, "")


def test_another_source_for_the_layer_is_read_and_filtered_anew(controller, tanks, tmp_path):
    (tmp_path / "other").mkdir()
    fewer = write(memory_tanks(rows=TANKS[:5]), "gpkg", tmp_path / "other")
    take(controller, tanks)
    apply(controller, ABANDONED)
    tanks.setDataSource(fewer.source(), "tanks", "ogr")
    wait_until(lambda: controller.counts)
    assert (controller.counts.total, controller.counts.shown) == (5, 3)
    assert ids(tanks) == {3, 4, 5}
    controller.adopt(None)
    assert_no_trace(tanks, "")


def test_another_source_with_a_filter_of_its_own_keeps_that(controller, tanks, tmp_path):
    (tmp_path / "other").mkdir()
    other = write(memory_tanks(rows=TANKS), "gpkg", tmp_path / "other")
    take(controller, tanks)
    apply(controller, ABANDONED)
    theirs = "\"unit_name\" = '定南'"
    tanks.setDataSource(f"{other.source()}|subset={theirs}", "tanks", "ogr")
    wait_until(lambda: controller.counts)
    assert ids(tanks) == {5}
    controller.adopt(None)
    assert_no_trace(tanks, theirs)


def test_a_source_without_tanks_is_let_go_and_told(controller, tanks, tmp_path):
    path = tmp_path / "places.geojson"
    path.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "x"}, '
        '"geometry": {"type": "Point", "coordinates": [98, 25]}}]}'
    )
    take(controller, tanks)
    tanks.setDataSource(str(path), "places", "ogr")
    assert controller.layer is None
    assert heard(controller) == ["told"] and "no longer has the columns" in controller.heard[0][1]


def test_a_column_that_vanishes_takes_its_condition_with_it_and_is_told(controller, project, tmp_path):
    path = tmp_path / "tanks.geojson"
    layer = write(memory_tanks(), "geojson", tmp_path)
    project.addMapLayer(layer)
    take(controller, layer)
    apply(controller, TankFilter(types=frozenset({"leachate"}), statuses=frozenset({"active"})))
    assert ids(layer) == {1, 6}
    path.write_text(path.read_text(encoding="utf-8").replace('"tank_type"', '"other"'), encoding="utf-8")
    layer.reload()
    wait_until(lambda: controller.wanted == ACTIVE)
    wait_until(lambda: controller.counts)
    assert ids(layer) == {1, 2, 6, 9}
    assert ("told", "The layer “tanks” has no column for these conditions, so they were left out: type.") in (
        controller.heard
    )


def test_conditions_without_a_column_are_left_out_and_told(controller, tanks):
    take(controller, tanks)
    wanted = TankFilter(
        statuses=frozenset({"active"}), values={"source": frozenset({"USGS"})}, diameter=(2.0, None), unmeasured=False
    )
    apply(controller, wanted)
    assert controller.wanted == ACTIVE
    assert ids(tanks) == {1, 2, 6, 9}
    assert heard(controller) == ["told"] and controller.heard[0][1].endswith("left out: source, diameter.")


def test_values_that_no_tank_has_stay_in_the_filter_and_are_told_once(controller, tanks):
    take(controller, tanks)
    wanted = TankFilter(values={UNIT: frozenset({"定南", "Atlantis"})})
    apply(controller, wanted)
    assert controller.wanted == wanted
    assert ids(tanks) == {5, 6, 7}
    assert heard(controller) == ["told"] and "(unit); they stay in the filter: “Atlantis”." in controller.heard[0][1]
    apply(controller, TankFilter(values=wanted.values, statuses=frozenset({"active"})))
    assert ids(tanks) == {6}
    assert heard(controller) == ["told"]


@pytest.mark.parametrize(
    "own",
    [
        "SELECT * FROM tanks WHERE status = 'active'",
        '"status" = \'active\' ORDER  BY "tank_id"',
        "\"status\" = 'active' LIMIT 4",
        '"status" = \'active\' group by "tank_id"',
    ],
)
def test_more_than_a_condition_as_the_users_filter_is_left_alone(controller, tanks, own):
    """A GeoPackage says yes to a condition that has such a filter in it, and then shows nothing."""
    assert tanks.setSubsetString(own)
    take(controller, tanks)
    assert not controller.apply(TankFilter(CUMULATIVE, 2015, 2015))
    assert "more than a condition" in controller.heard[0][1]
    assert tanks.subsetString() == own
    assert ids(tanks) == {1, 2, 6, 9}


@pytest.mark.parametrize(
    "own",
    [
        "\"unit_name\" = 'order by x' OR \"status\" = 'active' -- limit 5",
        '("tank_id" IN (SELECT "tank_id" FROM "tanks" WHERE ("status" = \'active\') ORDER BY "tank_id" LIMIT 9))',
    ],
)
def test_a_condition_with_such_words_within_is_added_to(controller, tanks, own):
    assert tanks.setSubsetString(own)
    take(controller, tanks)
    apply(controller, TankFilter(types=frozenset({"leachate"})))
    assert ids(tanks) == {1, 6}
    controller.adopt(None)
    assert_no_trace(tanks, own)


def test_a_source_that_is_gone_is_let_go_and_told(controller, tanks, tmp_path):
    tanks.setSubsetString(OWN)
    take(controller, tanks)
    apply(controller, ABANDONED)
    tanks.setDataSource(str(tmp_path / "absent.gpkg"), "tanks", "ogr")
    assert controller.layer is None and not tanks.isValid()
    assert heard(controller) == ["told"] and "cannot be read any more" in controller.heard[0][1]


def test_text_that_is_no_date_stops_the_years_only(controller):
    source = "Point?crs=EPSG:4326&field=tank_id:string&field=status:string&field=first_seen:string"
    layer = QgsVectorLayer(source, "american dates", "memory")
    feature = memory_tanks().getFeature(1)
    feature.setFields(layer.fields())
    feature.setAttributes(["1", "active", "3/14/2021"])
    assert layer.dataProvider().addFeature(feature)
    take(controller, layer)
    assert "“first_seen”" in controller.problem and "3/14/2021" in controller.problem
    apply(controller, ABANDONED)
    assert controller.counts.shown == 0


@pytest.mark.parametrize(
    "source",
    [
        "Point?field=status:string",
        "Point?field=first_seen:date",
        "Polygon?field=status:string&field=first_seen:date",
        "NoGeometry?field=status:string&field=first_seen:date",
    ],
)
def test_other_layers_hold_no_tanks(qgis_app, source):
    assert not is_tank_layer(QgsVectorLayer(source, "other", "memory"))
    assert not is_tank_layer(None)
    assert is_tank_layer(memory_tanks())
