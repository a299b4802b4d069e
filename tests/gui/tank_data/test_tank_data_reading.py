"""The twelve tanks come as the same arrays from every provider, whatever filters the layer; the rest by hand."""

from __future__ import annotations

import math

import pytest
from leachwatch.analysis.fields import STATUSES, TANK_TYPES
from leachwatch.tests.gui.tank_data.read_by import failure_of, ids, read, words
from leachwatch.tests.gui.tank_world import TANKS, memory_tanks, write
from leachwatch.ui.tank_data import reading
from leachwatch.ui.tank_data.columns import remember_columns
from qgis.core import (
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsPointXY,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt

ACTIVE = "\"status\" = 'active'"
LEACHATE = "\"tank_type\" = 'leachate'"


def as_rows(table):
    """Return tank_id → all that is known of the tank."""
    years = [[None if math.isnan(year) else int(year) for year in column] for column in table.life[:3]]
    rows = zip(
        (STATUSES[number] for number in table.status),
        (TANK_TYPES[number] for number in table.types),
        *years,
        words(table, "unit_name"),
        table.x.round(6).tolist(),
        table.y.round(6).tolist(),
    )
    return dict(zip((int(word) for word in words(table, "tank_id")), rows))


def year(text):
    return int(text[:4]) if text else None


def expected(*numbers):
    """Return what as_rows must give of some tanks (of all, where none is named), from the table of the world itself."""
    rows = {}
    for row in TANKS:
        first, last, gone = map(year, row[3:6])
        place = (98 + int(row[0]) / 100, 25 + int(row[0]) / 100)
        rows[int(row[0])] = (row[1] or "unknown", row[2] or "unknown", first or last, last or first, gone, row[6] or "")
        rows[int(row[0])] += tuple(round(each, 6) for each in place)
    return {number: rows[number] for number in numbers or rows}


def test_every_provider_gives_the_same_table(any_layer):
    assert as_rows(read(any_layer).table) == expected()


def test_a_virtual_layer_gives_the_same_table(project, tanks):
    layer = QgsVectorLayer(f"?layer_ref={tanks.id()}&geometry=geometry:1:4326", "virtual", "virtual")
    project.addMapLayer(layer)
    assert as_rows(read(layer).table) == expected()
    assert layer.setSubsetString(ACTIVE)
    assert ids(read(layer, LEACHATE).table) == {1, 3, 4, 6, 8, 10}


def test_a_filter_on_the_layer_does_not_matter(any_layer):
    assert any_layer.setSubsetString(ACTIVE)
    told = []
    any_layer.dataChanged.connect(lambda: told.append("data"))
    any_layer.subsetStringChanged.connect(lambda: told.append("filter"))
    assert as_rows(read(any_layer).table) == expected()
    assert any_layer.subsetString() == ACTIVE
    assert {int(feature["tank_id"]) for feature in any_layer.getFeatures()} == {1, 2, 6, 9}
    assert not told


def test_the_filter_of_the_user_matters(any_layer):
    assert ids(read(any_layer, LEACHATE).table) == {1, 3, 4, 6, 8, 10}
    assert any_layer.subsetString() == ""
    assert any_layer.setSubsetString(f"({LEACHATE}) AND ({ACTIVE})")
    assert ids(read(any_layer, LEACHATE).table) == {1, 3, 4, 6, 8, 10}


def test_the_rows_are_known_by_the_layers_own_numbers(any_layer):
    table = read(any_layer).table
    assert dict(zip(table.fids.tolist(), map(int, words(table, "tank_id")))) == {
        feature.id(): int(feature["tank_id"]) for feature in any_layer.getFeatures()
    }


@pytest.mark.parametrize("provider", ["gpkg", "shapefile", "geojson", "flatgeobuf"])
def test_both_ways_give_the_same_table(project, tmp_path, monkeypatch, provider):
    layer = write(memory_tanks(), provider, tmp_path)
    slow = []
    monkeypatch.setattr(reading, "FeatureRows", lambda *given: slow.append(1) or rows(*given))
    fast_table = read(layer, LEACHATE).table
    assert not slow, "plain files are read fast"
    monkeypatch.setattr(reading, "plain_file", lambda *_: None)
    assert as_rows(fast_table) == as_rows(read(layer, LEACHATE).table) == expected(1, 3, 4, 6, 8, 10)
    assert slow


rows = reading.FeatureRows


def test_dates_with_hours_are_read_feature_by_feature(project, tmp_path):
    memory = QgsVectorLayer(
        "Point?crs=EPSG:4326&field=tank_id:string&field=status:string&field=first_seen:datetime", "hours", "memory"
    )
    late = QDateTime(QDate(2019, 12, 31), QDate(2019, 12, 31).startOfDay().time().addSecs(86_399), Qt.TimeSpec.UTC)
    add(memory, ["1", "active", late])
    layer = write(memory, "gpkg", tmp_path)
    table = read(layer).table
    assert table.life.seen.tolist() == [next(layer.getFeatures())["first_seen"].date().year()]


def test_tanks_without_a_place_count(project, tmp_path):
    memory = memory_tanks()
    add(memory, ["13", "active", "leachate", QDate(2020, 1, 1), None, None, "O'Brien"], place=None)
    for layer in (memory, write(memory, "gpkg", tmp_path)):
        table = read(layer).table
        assert len(table) == 13
        assert math.isnan(table.x[-1]) and math.isnan(table.y[-1])


def test_a_multipoint_is_one_tank_at_its_first_point(project):
    layer = QgsVectorLayer("MultiPoint?crs=EPSG:4326&field=status:string&field=first_seen:date", "many", "memory")
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["active", QDate(2020, 1, 1)])
    feature.setGeometry(QgsGeometry.fromWkt("MultiPoint ((98 25), (99 26))"))
    layer.dataProvider().addFeatures([feature])
    table = read(layer).table
    assert (len(table), table.x[0], table.y[0]) == (1, 98, 25)


def test_an_empty_layer_gives_an_empty_table(project, tmp_path):
    for layer in (memory_tanks(rows=[]), write(memory_tanks(rows=[]), "gpkg", tmp_path)):
        data = read(layer)
        assert (len(data.table), data.table.years, data.problem) == (0, None, "")


def test_unsaved_edits_are_read(tanks):
    tanks.startEditing()
    feature = QgsFeature(tanks.fields())
    feature["tank_id"], feature["status"] = "99", "active"
    assert tanks.addFeature(feature)
    assert ids(read(tanks).table) == {*range(1, 13), 99}
    tanks.rollBack()


def test_a_joined_field_is_left_alone(project, tanks):
    other = QgsVectorLayer("NoGeometry?field=tank_id:string&field=confidence:string", "other", "memory")
    project.addMapLayer(other)
    join = QgsVectorLayerJoinInfo()
    join.setJoinLayer(other)
    join.setJoinFieldName("tank_id")
    join.setTargetFieldName("tank_id")
    join.setPrefix("")
    tanks.addJoin(join)
    tanks.addExpressionField("'high'", QgsField("country", tanks.fields().field("status").type()))
    assert {"confidence", "country"} <= set(tanks.fields().names())
    table = read(tanks).table
    assert not {"confidence", "country"} & set(table.values)


def test_words_of_other_sources_are_understood(project):
    layer = QgsVectorLayer("Point?crs=EPSG:4326&field=cond:string&field=kind:string&field=yr:int", "usgs", "memory")
    rows = [("Assumed Active", "Leachate collection tank", 2015), ("Inactive", "Precipitation", 9999), ("?", None, 0)]
    for row in rows:
        add(layer, list(row))
    remember_columns(layer, {"status": "cond", "tank_type": "kind", "first_seen": "yr"})
    data = read(layer)
    assert [STATUSES[number] for number in data.table.status] == ["active", "abandoned", "unknown"]
    assert [TANK_TYPES[number] for number in data.table.types] == ["leachate", "precipitation", "unknown"]
    assert "Inactive" in data.table.words["status"]["abandoned"]
    assert data.table.years == (2015, 2015) and data.table.undated.tolist() == [False, True, True]
    assert data.problem == ""


@pytest.mark.parametrize(("kind", "value"), [("string", "14/03/2021"), ("int", 20210314)])
def test_dates_that_do_not_begin_with_the_year_are_told(project, kind, value):
    layer = QgsVectorLayer(f"Point?crs=EPSG:4326&field=status:string&field=first_seen:{kind}", "odd", "memory")
    add(layer, ["active", value])
    assert "first_seen" in read(layer).problem and str(value) in read(layer).problem


@pytest.mark.parametrize("provider", ["gpkg", "csv", "csv_text", "geojson"])
def test_a_file_that_is_gone_is_told(project, tmp_path, provider):
    layer = write(memory_tanks(), provider, tmp_path)
    file = next(tmp_path.glob("tanks.*"))
    file.unlink()
    assert file.name in failure_of(layer)


def test_a_filter_that_the_layer_refuses_is_told(project):
    assert "refuses" in failure_of(memory_tanks(), '"status" = ')


def add(layer, values, place=(98, 25)):
    feature = QgsFeature(layer.fields())
    feature.setAttributes(values)
    if place:
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*place)))
    assert layer.dataProvider().addFeatures([feature])[0]
    layer.updateExtents()
