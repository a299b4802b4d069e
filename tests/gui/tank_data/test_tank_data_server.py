"""Tanks on a PostGIS server are read, and a server that is gone is told."""

from __future__ import annotations

from leachwatch.tests.gui.tank_data.read_by import failure_of, ids, read
from leachwatch.tests.servers import serving_postgis
from qgis.core import QgsVectorLayer

TABLE = "CREATE TABLE tanks (id serial PRIMARY KEY, tank_id text, status text, first_seen date, geom geometry(Point))"
ROWS = "INSERT INTO tanks (tank_id, status, first_seen) SELECT n, 'active', '2020-03-01' FROM generate_series(1, 30) n"


def test_a_server_that_is_gone_is_told_and_an_empty_table_is_none(postgis, project):
    with serving_postgis() as server:
        server.run(TABLE)
        layer = QgsVectorLayer(f'{server.uri} key=\'id\' table="public"."tanks" (geom)', "tanks", "postgres")
        assert len(read(layer).table) == 0
        server.run(ROWS)
        layer.setSubsetString('"id" < 3')
        assert ids(read(layer, '"id" < 11').table) == set(range(1, 11))
    assert "does not answer" in failure_of(layer, '"id" < 3')
