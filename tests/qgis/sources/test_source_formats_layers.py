"""Several layers in one container, what describes them, and files that another program has open."""

import shutil
import sqlite3
import zipfile

import openpyxl
import pytest
from leachwatch.sources.files.layers import SeveralLayers, label
from leachwatch.sources.files.reader import list_layers, read
from osgeo import gdal, ogr, osr

from .conftest import write_layer

TANKS = [("POINT (98.1 25.5)", {"UID": "A"}), ("POINT (98.2 25.6)", {"UID": "B"})]
MINES = [("POINT (98.3 25.7)", {"UID": "M"})]
ROADS = [("LINESTRING (98 25, 99 26)", {"a": 1})]
AREAS = [("POLYGON ((98 25, 99 25, 99 26, 98 25))", {"a": 1})]


def several(path):
    write_layer(path, TANKS, layer="tanks", geometry=ogr.wkbPoint)
    write_layer(path, MINES, layer="mines", geometry=ogr.wkbPoint)
    write_layer(path, ROADS, layer="roads", geometry=ogr.wkbLineString)
    write_layer(path, AREAS, layer="areas", geometry=ogr.wkbPolygon)
    write_layer(path, [(None, {"note": "x"})], layer="notes", geometry=ogr.wkbNone)
    return path


def gdb(tmp_path):
    path = several(tmp_path / "all.gdb")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for part in path.iterdir():
            archive.write(part, f"release/all.gdb/{part.name}")
    shutil.rmtree(path)
    return tmp_path / "all.zip"


def shapefiles(tmp_path):
    for name, records in (("tanks", TANKS), ("mines", MINES), ("roads", ROADS), ("areas", AREAS)):
        write_layer(tmp_path / f"{name}.shp", records)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for part in tmp_path.glob("*.*"):
            if part.suffix != ".zip":
                archive.write(part, part.name)
        archive.writestr("notes.csv", "note\nx\n")
    return tmp_path / "all.zip"


@pytest.mark.parametrize("make", [lambda path: several(path / "all.gpkg"), gdb, shapefiles], ids=["gpkg", "gdb", "shp"])
def test_layers_are_listed_with_geometry_and_counts_and_one_is_picked(tmp_path, make):
    path = str(make(tmp_path))
    listed = {layer.name: (layer.geometry, layer.rows) for layer in list_layers(path)}
    assert listed == {
        "tanks": ("point", 2),
        "mines": ("point", 1),
        "roads": ("line", 1),
        "areas": ("polygon", 1),
        "notes": ("none", 1),
    }
    with pytest.raises(SeveralLayers, match=r"tanks \(points, 2 rows\)") as caught:
        read(path, "", ("point",))
    assert "mines (points, 1 rows)" in str(caught.value)
    assert "roads" not in str(caught.value)
    assert {label(layer, caught.value.layers) for layer in caught.value.layers} == set(listed)
    assert read(path, "mines").table["UID"].tolist() == ["M"]
    assert read(path, "", ("polygon",)).layer == "areas"


def test_objects_of_a_topojson_are_layers(tmp_path):
    def points(*places):
        return (
            '{"type":"GeometryCollection","geometries":['
            + ",".join(f'{{"type":"Point","coordinates":[{x},{y}],"properties":{{"a":1}}}}' for x, y in places)
            + "]}"
        )

    (tmp_path / "t.json").write_text(
        f'{{"type":"Topology","arcs":[],"objects":{{"tanks":{points((98, 25), (99, 25))},"mines":{points((97, 24))}}}}}'
    )
    assert {layer.name: layer.rows for layer in list_layers(str(tmp_path / "t.json"))} == {"tanks": 2, "mines": 1}
    assert read(str(tmp_path / "t.json"), "mines").geometry[0].wkt == "POINT (97 24)"


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_sheets_are_layers(tmp_path, form):
    book = openpyxl.Workbook()
    book.active.title = "tanks"
    other = book.create_sheet("ပေါင်း")
    for sheet, name in ((book.active, "A"), (other, "B")):
        sheet.append(["UID", "lat", "lon"])
        sheet.append([name, 25.5, 98.1])
    book.save(tmp_path / "t.xlsx")
    path = tmp_path / f"t.{form}"
    if form == "ods":
        gdal.VectorTranslate(str(path), str(tmp_path / "t.xlsx"), format="ODS")
    assert [layer.name for layer in list_layers(str(path))] == ["tanks", "ပေါင်း"]
    assert read(str(path), "ပေါင်း").table["UID"].tolist() == ["B"]


FGDC = "<?xml version='1.0' encoding='{}'?><metadata><eainfo><attr>{}</attr></eainfo></metadata>"


@pytest.mark.parametrize("name", ["tanks.gpkg.xml", "tanks.xml", "Tanks_Metadata.XML", "about.xml"])
def test_metadata_beside_the_data_come_with_them(tmp_path, name):
    write_layer(tmp_path / "tanks.gpkg", TANKS, geometry=ogr.wkbPoint)
    assert read(str(tmp_path / "tanks.gpkg")).fgdc == ""
    (tmp_path / name).write_text(FGDC.format("utf-8", "ခ"), encoding="utf-8")
    assert "<attr>ခ</attr>" in read(str(tmp_path / "tanks.gpkg")).fgdc


def test_metadata_of_other_data_are_not_taken(tmp_path):
    path = str(write_layer(tmp_path / "tanks.gpkg", TANKS, geometry=ogr.wkbPoint))
    (tmp_path / "rivers.xml").write_text("<metadata/>")
    (tmp_path / "map.xml").write_text("<svg/>")
    assert read(path).fgdc == ""
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text(FGDC.format("utf-8", name))
    assert read(path).fgdc == "", "two could be meant"
    (tmp_path / "tanks.xml").write_text(FGDC.format("utf-8", "own"))
    assert "own" in read(path).fgdc


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1", "cp1252"])
def test_metadata_in_any_encoding(tmp_path, encoding):
    path = str(write_layer(tmp_path / "tanks.gpkg", TANKS, geometry=ogr.wkbPoint))
    (tmp_path / "tanks.xml").write_bytes(FGDC.format(encoding, "Café").encode(encoding))
    assert "Café" in read(path).fgdc


def test_metadata_that_are_too_large_are_left(tmp_path):
    path = str(write_layer(tmp_path / "tanks.gpkg", TANKS, geometry=ogr.wkbPoint))
    (tmp_path / "tanks.xml").write_text(FGDC.format("utf-8", "x" * 6_000_000))
    assert read(path).fgdc == ""


def test_a_geopackage_that_another_program_writes_is_read_as_it_is_now(tmp_path):
    path = write_layer(tmp_path / "tanks.gpkg", TANKS, layer="t", geometry=ogr.wkbPoint, options=["SPATIAL_INDEX=NO"])
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute("UPDATE t SET UID = 'new' WHERE UID = 'A'")
    writer.commit()
    assert (tmp_path / "tanks.gpkg-wal").stat().st_size > 0
    assert read(str(path)).table["UID"].tolist() == ["new", "B"]
    writer.close()


def test_reading_a_geopackage_leaves_the_folder_as_it_was(tmp_path):
    path = write_layer(tmp_path / "tanks.gpkg", TANKS, layer="t", geometry=ogr.wkbPoint)
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = WAL")
    database.close()
    before = path.read_bytes()
    assert read(str(path)).table["UID"].tolist() == ["A", "B"]
    assert [one.name for one in tmp_path.iterdir()] == ["tanks.gpkg"]
    assert path.read_bytes() == before


def test_columns_of_the_same_name_are_all_kept(tmp_path):
    book = openpyxl.Workbook()
    for row in (["UID", "note", "note", "note.1"], ["A", "x", "y", "z"]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    table = read(str(tmp_path / "t.xlsx")).table
    assert {name: table[name].tolist() for name in table} == {
        "UID": ["A"],
        "note": ["x"],
        "note.2": ["y"],
        "note.1": ["z"],
    }


@pytest.mark.parametrize("name", ["t.gpkg", "t.shp"])
def test_an_empty_layer_with_a_date_is_an_empty_table(tmp_path, name):
    made = ogr.GetDriverByName("GPKG" if name == "t.gpkg" else "ESRI Shapefile").CreateDataSource(str(tmp_path / name))
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(4326)
    layer = made.CreateLayer("t", srs, ogr.wkbPoint)
    layer.CreateField(ogr.FieldDefn("seen", ogr.OFTDate))
    layer = made = None
    source = read(str(tmp_path / name))
    assert (len(source.table), source.total) == (0, 0)
    assert source.columns == ["seen"]
    assert "The layer is empty: it has no rows." in source.notes


def test_a_broken_file_beside_a_good_one_is_left_out_and_said(tmp_path):
    good = write_layer(tmp_path / "tanks.gpkg", TANKS, geometry=ogr.wkbPoint)
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.write(good, "tanks.gpkg")
        archive.writestr("half.gpkg", good.read_bytes()[:5_000])
        archive.writestr("broken.zip", b"PK\x03\x04")
    source = read(str(tmp_path / "t.zip"))
    assert source.table["UID"].tolist() == ["A", "B"]
    assert any(note.startswith("Left out: half.gpkg cannot be read: it is cut off") for note in source.notes)
