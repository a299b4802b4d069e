"""Makers of GeoPackages, shapefiles and FlatGeobuf files that do harm."""

import sqlite3

from osgeo import gdal, ogr

from .conftest import write_layer
from .hostile_texts import hostile


@hostile("half.gpkg", "half.gpkg cannot be read: it is cut off and has")
def half_a_geopackage(path):
    write_layer(path, [(f"POINT (98 {n / 1000})", {"a": n}) for n in range(2_000)], geometry=ogr.wkbPoint)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@hostile("holes.gpkg", "holes.gpkg|breaks off|malformed")
def a_geopackage_with_holes(path):
    write_layer(path, [(f"POINT (98 {n / 1000})", {"a": n}) for n in range(5_000)], geometry=ogr.wkbPoint)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 40_960] = b"\xff" * 40_960
    path.write_bytes(bytes(data))


def geopackage(path, *statements):
    write_layer(path, [("POINT (98 25)", {"a": 1})], layer="t", geometry=ogr.wkbPoint)
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS fid, x AS a FROM c"
RENAMED = "UPDATE gpkg_contents SET table_name = 'v'"


@hostile("endless view.gpkg", "“v” is a view, a query that runs as it is read")
def a_view_without_end(path):
    geopackage(path, f"CREATE VIEW v AS {ENDLESS}", "PRAGMA foreign_keys = OFF", RENAMED)


@hostile("endless list.gpkg", "“gpkg_contents” is a view")
def a_list_of_layers_without_end(path):
    columns = "'t' AS table_name, 'features' AS data_type, 't' AS identifier, x AS srs_id"
    endless = f"CREATE VIEW gpkg_contents AS SELECT {columns} FROM ({ENDLESS.replace('x AS fid, x AS a', 'x')})"
    geopackage(path, "PRAGMA foreign_keys = OFF", "ALTER TABLE gpkg_contents RENAME TO kept", endless)


@hostile("unlisted view.gpkg", {"rows": 1, "places": 1})
def a_view_that_no_layer_list_names(path):
    geopackage(path, f"CREATE VIEW v AS {ENDLESS}")


@hostile("virtual table.gpkg", "“v” is a virtual table, which may lead elsewhere")
def a_virtual_table(path):
    geopackage(path, "PRAGMA foreign_keys = OFF", "CREATE VIRTUAL TABLE v USING fts3(a)", RENAMED)


@hostile("computed.gpkg", "“t” has computed columns, which run as they are read")
def a_computed_column(path):
    geopackage(path, "ALTER TABLE t ADD COLUMN boom TEXT AS (hex(zeroblob(1000000000)))")


@hostile("trigger.gpkg", {"rows": 1, "places": 1})
def a_trigger(path):
    geopackage(path, "CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; END")


@hostile("liar.gpkg", {"rows": 1, "places": 1, "note": "announces 1 layers that it does not hold: ghost"})
def layers_that_are_not_there(path):
    geopackage(
        path,
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('ghost', 'features', 'g', 4326)",
        "UPDATE gpkg_ogr_contents SET feature_count = 5000000000",
    )


@hostile("plain.sqlite", "is a SQLite database, but no GeoPackage")
def no_geopackage(path):
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE t (a)")
    database.commit()
    database.close()


def shapefile(path, cut):
    write_layer(path, [(f"POINT (98 {n / 1000})", {"a": n}) for n in range(1_000)], geometry=ogr.wkbPoint)
    path.write_bytes(path.read_bytes()[:cut])
    for part in path.parent.glob(f"{path.stem}.*"):
        if part.suffix not in (".shp", ".shx"):
            part.unlink()


@hostile("cut.shp", "cut.shp is cut off: it has 5,000 bytes of the 28,100 that it should have")
def a_cut_shapefile(path):
    shapefile(path, 5_000)
    path.with_suffix(".shx").unlink()


@hostile("cut.fgb", "cut.fgb is cut off: it states 1,000 rows, and 636 were there|cut.fgb: Layer cut breaks off")
def a_cut_flatgeobuf(path):
    source = write_layer(path.with_suffix(".gpkg"), [(f"POINT (98 {n / 1000})", {"a": n}) for n in range(1_000)])
    gdal.VectorTranslate(str(path), str(source), format="FlatGeobuf")
    source.unlink()
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 3 // 4])
