"""What only a real server does: columns that go away, a server that stops, types and settings of PostgreSQL."""

from __future__ import annotations

import itertools

import pytest
from leachwatch.analysis.selection.wanted import CUMULATIVE, TankFilter
from leachwatch.tests.gui.tank_filter import provider_world as world
from leachwatch.tests.gui.tank_filter.controlled import ABANDONED, ACTIVE, apply, heard, take
from leachwatch.tests.gui.tank_sources import NO_POSTGIS
from leachwatch.tests.gui.tank_world import ids, on_provider
from leachwatch.tests.gui.waiting import settle, wait_until
from leachwatch.tests.servers import serving_postgis
from qgis.core import QgsDataSourceUri, QgsVectorLayer

pytestmark = pytest.mark.skipif(bool(NO_POSTGIS), reason=NO_POSTGIS)
_views = itertools.count(1)


def tanks_on(server, project, tmp_path):
    layer = on_provider(world.rich_tanks(), "postgis", tmp_path, lambda: server)
    assert layer.isValid() and project.addMapLayer(layer)
    return layer


@pytest.fixture
def layer(postgis, project, tmp_path):
    return tanks_on(postgis, project, tmp_path)


def table_of(layer) -> str:
    source = QgsDataSourceUri(layer.source())
    return f"{source.schema()}.{source.table()}"


def view(postgis, layer, columns: str) -> QgsVectorLayer:
    """The tanks of a layer as a view whose columns are of other types."""
    name = f"{QgsDataSourceUri(layer.source()).schema()}.other_{next(_views)}"
    postgis.run(f"CREATE VIEW {name} AS SELECT id, geom, {columns} FROM {table_of(layer)}")
    schema, _, bare = name.partition(".")
    made = QgsVectorLayer(layer.source().replace(f'"{schema}"."tanks"', f'"{schema}"."{bare}"'), "view", "postgres")
    assert made.isValid(), postgis.run(f"SELECT count(*) FROM {name}")
    return made


def test_sql_in_values_is_text(postgis, layer, controller):
    take(controller, layer)
    for wanted, expected in world.VALUES.values():
        apply(controller, wanted)
        assert ids(layer) == expected
    assert postgis.run(f"SELECT count(*) FROM {table_of(layer)}") == "12"


@pytest.mark.parametrize("own", ["", "\"unit_name\" = 'O''Brien' OR \"tank_id\" = '4'"])
def test_a_column_that_was_renamed_on_the_server_is_a_refusal(postgis, layer, controller, own):
    assert layer.setSubsetString(own)
    take(controller, layer)
    apply(controller, ABANDONED)
    before = layer.subsetString()
    postgis.run(f"ALTER TABLE {table_of(layer)} RENAME COLUMN country TO land")
    assert not controller.apply(world.some("country", "CHN"))
    assert heard(controller) == ["refused"] and "refused the filter" in controller.heard[0][1]
    assert layer.subsetString() == before and controller.wanted == ABANDONED
    postgis.run(f"ALTER TABLE {table_of(layer)} RENAME COLUMN land TO country")
    apply(controller, world.some("country", "MMR"))
    assert ids(layer) == ({1, 2, 3, 4, 8} if not own else {3, 4})
    controller.adopt(None)
    assert layer.subsetString() == own


def test_a_server_that_stops_is_told_and_nothing_hangs(postgis, project, tmp_path, controller):
    with serving_postgis() as server:
        layer = tanks_on(server, project, tmp_path)
        take(controller, layer)
        apply(controller, ABANDONED)
    assert not controller.apply(ACTIVE)
    assert heard(controller) == ["refused"] and "refused the filter" in controller.heard[0][1]
    assert controller.wanted == ABANDONED
    controller.adopt(None)
    settle()


def test_letting_go_while_the_tanks_are_read_from_the_server(layer, controller):
    controller.adopt(layer)
    assert controller.apply(ABANDONED)
    controller.adopt(None)
    settle(0.2)
    assert layer.subsetString() == "" and heard(controller) == []


def test_tanks_that_others_add_on_the_server_are_there_after_a_reload(postgis, layer, controller):
    take(controller, layer)
    apply(controller, ACTIVE)
    table = table_of(layer)
    postgis.run(f"INSERT INTO {table} (tank_id, status, geom) SELECT '13', 'active', geom FROM {table} WHERE id = 1")
    layer.reload()
    wait_until(lambda: controller.counts and controller.counts.total == 13)
    assert controller.counts.shown == 5 and ids(layer) == {1, 2, 6, 9, 13}


def test_times_with_a_zone_count_in_the_year_that_is_shown(postgis, layer, controller):
    """The last hour of 2016 and the first of 2021, as the server's clock has them."""
    late = view(postgis, layer, "tank_id, status, first_seen + time '23:30' AS first_seen, last_seen::timestamptz")
    take(controller, late)
    assert controller.table.years == (2015, 2025)
    apply(controller, TankFilter(CUMULATIVE, 2016, 2016))
    assert ids(late) == {1, 2, 3} and controller.counts.shown == 3
    apply(controller, TankFilter(CUMULATIVE, 2020, 2020))
    assert ids(late) == {1, 2, 3, 4, 7, 8} and controller.counts.shown == 6
    assert heard(controller) == []


def test_columns_of_a_fixed_width(postgis, layer, controller):
    wide = view(postgis, layer, "tank_id::char(9), status, first_seen, unit_code::char(9), country::bpchar")
    take(controller, wide)
    apply(controller, world.some("country", "CHN"))
    assert ids(wide) == {5, 6, 7, 9} and controller.counts.shown == 4
    word = next(word for word in controller.table.values["unit_code"].words if word.startswith("MM01"))
    apply(controller, world.some("unit", word))
    assert ids(wide) == {1, 2, 12} and controller.counts.shown == 3
    apply(controller, world.some("unit", ""))
    assert ids(wide) == {3, 7, 8, 9, 10, 11} and controller.counts.shown == 6


def test_columns_of_an_enumeration_and_of_uuids(postgis, layer, controller):
    """They look like text, and no empty text can be compared with them."""
    postgis.run("CREATE TYPE state AS ENUM ('active', 'abandoned', 'unknown'); CREATE TYPE land AS ENUM ('MMR', 'CHN')")
    typed = "tank_id, status::state, first_seen, country::land, md5(unit_code)::uuid AS unit_code, unit_name"
    strict = view(postgis, layer, typed)
    take(controller, strict)
    for wanted, expected in (
        (world.classes("active unknown"), {1, 2, 6, 7, 8, 9, 10, 11}),
        (world.some("country", "CHN", ""), {5, 6, 7, 9, 10, 11, 12}),
        (world.some("unit", postgis.run("SELECT md5('MM01')::uuid")), {1, 2, 12}),
        (world.some("unit", ""), {9, 10}),
    ):
        apply(controller, wanted)
        assert ids(strict) == expected and controller.counts.shown == len(expected)
    for wanted in (world.some("country", "THA"), world.some("unit", "O'Brien")):
        assert not controller.apply(wanted), "no such word in the enumeration, and no UUID"
    assert heard(controller) == ["refused", "refused"]


def test_a_key_of_text_serves_as_well(postgis, layer, controller):
    layer.setSubsetString("")
    keyed = QgsVectorLayer(layer.source().replace("key='id'", "key='tank_id'"), "keyed", "postgres")
    take(controller, keyed)
    apply(controller, ACTIVE)
    assert ids(keyed) == {1, 2, 6, 9} and controller.counts.shown == 4
    tank = {feature.id(): int(feature["tank_id"]) for feature in layer.getFeatures()}
    assert len(controller.table.fids) == len(set(controller.table.fids.tolist())) == len(tank)


def test_where_backslashes_are_escapes_they_are_found_as_well(postgis, layer, controller):
    """An old setting of PostgreSQL that some keep."""
    postgis.run("CREATE ROLE old_ways SUPERUSER LOGIN; ALTER ROLE old_ways SET standard_conforming_strings = off")
    theirs = QgsVectorLayer(layer.source().replace("user='leachwatch'", "user='old_ways'"), "theirs", "postgres")
    assert not theirs.setSubsetString("\"source\" = 'back\\slash\\'"), "the setting holds"
    take(controller, theirs)
    for text, tank in ((world.BACKSLASH, 4), (world.MIXED, 7), (world.DROP, 3)):
        apply(controller, world.some("source", text))
        assert ids(theirs) == {tank}
