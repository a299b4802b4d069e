"""Tanks are read again when they change, and only then; what is stale is dropped, and nothing is left behind."""

from __future__ import annotations

import threading

import pytest
from leachwatch.tests.gui.tank_data.read_by import ids, opened, read
from leachwatch.tests.gui.tank_world import memory_tanks, write
from leachwatch.tests.gui.waiting import settle, wait_until
from leachwatch.ui.tank_data import tank_data
from leachwatch.ui.tank_data.columns import remember_columns, remembered_columns
from leachwatch.ui.tank_data.tank_data import release, shared
from qgis.core import QgsFeature, QgsMapLayerStyle, QgsProject, QgsVectorLayer
from qgis.PyQt import sip

ACTIVE = "\"status\" = 'active'"
LEACHATE = "\"tank_type\" = 'leachate'"


def again(data):
    """Wait until the tanks were read once more; return the ids."""
    before = len(data.told)
    wait_until(lambda: len(data.told) > before and not data.is_reading)
    return ids(data.table)


def stays(data):
    """Return whether nothing is read again."""
    before = len(data.told)
    settle(0.1)
    return len(data.told) == before and not data.is_reading


def delete(layer, number):
    feature = next(each for each in layer.getFeatures() if each["tank_id"] == str(number))
    assert layer.deleteFeature(feature.id())


def test_edits_that_were_saved_are_read(tanks):
    data = read(tanks)
    assert tanks.startEditing()
    delete(tanks, 5)
    assert stays(data) and 5 in ids(data.table)
    assert tanks.commitChanges()
    assert again(data) == set(range(1, 13)) - {5}
    assert stays(data)


def test_edits_that_were_discarded_are_not(tanks):
    data = read(tanks)
    tanks.startEditing()
    delete(tanks, 5)
    tanks.rollBack()
    assert stays(data)


def test_edits_that_were_read_and_discarded_are_forgotten(tanks):
    tanks.startEditing()
    delete(tanks, 5)
    data = read(tanks)
    assert 5 not in ids(data.table)
    tanks.rollBack()
    assert 5 in again(data)


@pytest.mark.parametrize("provider", ["gpkg", "shapefile", "memory"])
def test_a_filter_is_no_change_of_the_data(project, tmp_path, provider):
    layer = memory_tanks() if provider == "memory" else write(memory_tanks(), provider, tmp_path)
    data = read(layer)
    for text in (ACTIVE, LEACHATE, ""):
        assert layer.setSubsetString(text)
        assert stays(data)


def test_a_reload_reads_again(tanks):
    data = read(tanks)
    assert tanks.dataProvider().deleteFeatures([next(tanks.getFeatures()).id()])
    assert tanks.setSubsetString(ACTIVE)
    tanks.reload()
    assert len(again(data)) == 11


def test_another_source_is_read(project, tmp_path):
    (tmp_path / "few").mkdir()
    layer = write(memory_tanks(), "gpkg", tmp_path)
    few = write(memory_tanks(rows=[("77", "active", None, "2015-03-01", None, None, None)]), "gpkg", tmp_path / "few")
    data = read(layer)
    layer.setDataSource(few.source(), "tanks", "ogr")
    assert again(data) == {77}


def test_another_filter_of_the_user_is_read_and_the_last_one_counts(tanks):
    data = opened(tanks)
    for own in (ACTIVE, "", LEACHATE):
        data.reread(own)
    assert data.is_reading
    assert again(data) == {1, 3, 4, 6, 8, 10}
    assert stays(data) and data.told == [6]


def test_the_table_stays_until_the_new_one_is_there(tanks):
    data = read(tanks)
    before = data.table
    data.reread(ACTIVE)
    assert data.table is before
    assert again(data) == {1, 2, 6, 9}


def test_a_closed_one_reads_no_more(tanks):
    data = read(tanks)
    data.reread()
    data.close()
    tanks.reload()
    assert stays(data) and data.table is None


@pytest.mark.parametrize("provider", ["gpkg", "memory"])
def test_a_layer_that_is_deleted_while_it_is_read(project, tmp_path, provider):
    layer = memory_tanks() if provider == "memory" else write(memory_tanks(), provider, tmp_path)
    project.addMapLayer(layer)
    data = opened(layer)
    wait_until(lambda: data._job is not None)
    project.removeMapLayer(layer)
    assert sip.isdeleted(layer)
    assert stays(data) and not data.told and not data.failures
    data.reread()
    assert stays(data) and data.table is None


def test_one_reading_serves_all_docks(tanks):
    first, second = shared(tanks, ""), shared(tanks, "")
    assert first is second
    wait_until(lambda: not first.is_reading)
    release(first)
    assert len(second.table) == 12
    release(second)
    assert second.table is None and not tank_data._shared
    third = shared(tanks, "")
    assert third is not second
    release(third)
    release(third)


def test_who_asks_after_a_failure_has_it_read_again(project, tmp_path):
    layer = write(memory_tanks(), "gpkg", tmp_path)
    away = (tmp_path / "tanks.gpkg").rename(tmp_path / "away.gpkg")
    first = shared(layer, "")
    wait_until(lambda: not first.is_reading)
    assert first.table is None
    away.rename(tmp_path / "tanks.gpkg")
    second = shared(layer, "")
    wait_until(lambda: second.table is not None)
    assert len(first.table) == 12
    release(first)
    release(second)


@pytest.mark.parametrize("provider", ["gpkg", "shapefile", "sqlite", "memory"])
def test_a_filtered_layer_is_read_while_it_is_edited_and_keeps_its_edits(project, tmp_path, provider):
    layer = memory_tanks() if provider == "memory" else write(memory_tanks(), provider, tmp_path)
    assert layer.setSubsetString(ACTIVE) and layer.startEditing()
    delete(layer, 2)
    data = read(layer)
    assert ids(data.table) == set(range(1, 13)) - {2}
    assert layer.subsetString() == ACTIVE and layer.isEditable()
    assert layer.commitChanges(), layer.commitErrors()
    assert again(data) == set(range(1, 13)) - {2}
    assert {int(feature["tank_id"]) for feature in layer.getFeatures()} == {1, 6, 9}


def test_another_filter_of_the_user_is_read_for_all(tanks):
    first = shared(tanks, "")
    wait_until(lambda: not first.is_reading)
    second = shared(tanks, ACTIVE)
    wait_until(lambda: not first.is_reading)
    assert ids(first.table) == {1, 2, 6, 9}
    release(first)
    release(second)


def test_the_layer_goes_while_it_is_shared(project, tmp_path):
    layer = write(memory_tanks(), "gpkg", tmp_path)
    project.addMapLayer(layer)
    data = shared(layer, "")
    project.clear()
    release(data)
    assert not tank_data._shared
    settle()


def test_no_thread_is_left(project, tmp_path):
    layers = [write(memory_tanks(), provider, tmp_path) for provider in ("gpkg", "shapefile", "geojson")]
    for _ in range(3):
        for layer in layers:
            opened(layer).close()
    wait_until(lambda: not [each for each in threading.enumerate() if each.name == "leachwatch"])


def test_chosen_columns_survive_a_change_of_style(project):
    layer = QgsVectorLayer("Point?crs=EPSG:4326&field=cond:string", "points", "memory")
    QgsProject.instance().addMapLayer(layer)
    plain = QgsMapLayerStyle()
    plain.readFromLayer(layer)
    layer.styleManager().addStyle("plain", plain)
    remember_columns(layer, {"status": "cond"})
    layer.dataProvider().addFeatures([QgsFeature(layer.fields())])
    read(layer)
    assert layer.styleManager().setCurrentStyle("plain")
    assert remembered_columns(layer) == {"status": "cond"}
