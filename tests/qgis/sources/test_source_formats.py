"""One tank table out of every form of file."""

import math
import zipfile

import numpy as np
import openpyxl
import pytest
from leachwatch.analysis.progress import Cancelled
from leachwatch.sources.errors import SourceError
from leachwatch.sources.points.usgs import load_tanks
from osgeo import gdal, ogr, osr

RECORDS = [
    ("POINT (98.1 25.5)", {"UID": "A", "Status": "Assumed Active", "Township": "ချီဖွေ", "ImgDate": "2021-03-14"}),
    ("POINT (98.2 25.6)", {"UID": "B", "Status": "Inactive", "Township": "维西", "ImgDate": "2019"}),
]


def check(loaded, status="status"):
    assert loaded.rows_read == len(loaded.tanks) == 2
    assert len(loaded.rejected) == loaded.folded == 0
    assert loaded.tanks["tank_id"].tolist() == ["A", "B"]
    assert loaded.tanks["status"].tolist() == ["active", "abandoned"]
    assert loaded.tanks["unit_name"].tolist() == ["ချီဖွေ", "维西"]
    assert loaded.tanks["src_Township"].tolist() == ["ချီဖွေ", "维西"]
    np.testing.assert_allclose(loaded.tanks[["lon", "lat"]], [[98.1, 25.5], [98.2, 25.6]], atol=1e-6)


def zip_of(path, files, folder=""):
    with zipfile.ZipFile(path, "w") as archive:
        for file in files:
            archive.write(file, f"{folder}{file.name}")
    return path


@pytest.mark.parametrize("name", ["tanks.gpkg", "tanks.shp", "tanks.gdb", "tanks.geojson", "tanks.kml"])
def test_files_of_gdal(layer, name):
    geometry = ogr.wkbUnknown if name.endswith(("json", "kml")) else ogr.wkbPoint
    options = ["ENCODING=UTF-8"] if name.endswith("shp") else []
    check(load_tanks(str(layer(name, RECORDS, geometry=geometry, options=options))))


@pytest.mark.parametrize("folder", ["", "inner/", "inner/deeper/"])
def test_zipped_shapefile(layer, tmp_path, folder):
    path = layer("tanks.shp", RECORDS, geometry=ogr.wkbPoint, options=["ENCODING=UTF-8"])
    check(load_tanks(str(zip_of(tmp_path / "a.zip", path.parent.glob("tanks.*"), folder))))


@pytest.mark.parametrize("folder", ["tanks.gdb/", "inner/tanks.gdb/", ""])
def test_zipped_geodatabase(layer, tmp_path, folder):
    path = layer("tanks.gdb", RECORDS, geometry=ogr.wkbPoint)
    check(load_tanks(str(zip_of(tmp_path / "a.gdb.zip", path.iterdir(), folder))))


def test_kmz(layer, tmp_path):
    path = layer("doc.kml", RECORDS)
    check(load_tanks(str(zip_of(tmp_path / "tanks.kmz", [path]))))


def table_rows():
    header = ["UID", "Status", "Township", "ImgDate", "Lat", "Long"]
    return [
        header,
        ["A", "Assumed Active", "ချီဖွေ", "2021-03-14", 25.5, 98.1],
        ["B", "Inactive", "维西", "2019", 25.6, 98.2],
    ]


def test_csv(csv):
    loaded = load_tanks(csv(*(",".join(map(str, row)) for row in table_rows())))
    check(loaded)
    assert loaded.field_map == {
        "tank_id": "UID",
        "lat": "Lat",
        "lon": "Long",
        "unit_name": "Township",
        "status": "Status",
        "date": "ImgDate",
    }


def test_xlsx_with_other_sheets(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book.active.append(["These are", "tanks"])
    book.active.append(["of", "2021"])
    sheet = book.create_sheet("points")
    for row in table_rows():
        sheet.append(row)
    book.create_sheet("empty, and so no layer to GDAL")
    book.save(tmp_path / "tanks.xlsx")
    loaded = load_tanks(str(tmp_path / "tanks.xlsx"))
    check(loaded)
    assert "Layer points was read of 2." in loaded.notes


def test_ods(tmp_path, csv):
    source = csv(*(",".join(map(str, row)) for row in table_rows()))
    gdal.VectorTranslate(str(tmp_path / "tanks.ods"), source, format="ODS")
    check(load_tanks(str(tmp_path / "tanks.ods")))


def test_csv_in_a_zip_beside_its_description(csv, tmp_path):
    path = tmp_path / "tanks.csv"
    csv(*(",".join(map(str, row)) for row in table_rows()))
    (tmp_path / "fields.csv").write_text("field,meaning\nUID,number\n")
    check(load_tanks(str(zip_of(tmp_path / "a.zip", [path, tmp_path / "fields.csv"]))))


def test_shapefile_that_does_not_say_its_encoding(layer):
    path = layer("tanks.shp", RECORDS, geometry=ogr.wkbPoint, options=["ENCODING=UTF-8"])
    path.with_suffix(".cpg").unlink()
    check(load_tanks(str(path)))
    table = path.with_suffix(".dbf")
    table.write_bytes(table.read_bytes().replace("维西".encode(), "Café  ".encode("cp1252")))
    assert load_tanks(str(path)).tanks["unit_name"].tolist() == ["ချီဖွေ", "Café"]


MERCATOR_X, MERCATOR_Y = math.radians(98.1) * 6378137, math.log(math.tan(math.radians(45 + 12.75))) * 6378137
UTM_Y = 0.9996 * 2_821_442.48


# Web Mercator by its formula: 98.1° × π/180 × 6378137 m; ln tan(45° + 25.5°/2) × 6378137 m. In UTM 47N the meridian of
# 99° has x = 500,000 m, and y is 0.9996 times the length of the meridian from the equator, 2,821,442.48 m on WGS 84.
@pytest.mark.parametrize(("epsg", "x", "y", "lon"), [(3857, MERCATOR_X, MERCATOR_Y, 98.1), (32647, 500_000, UTM_Y, 99)])
def test_any_crs_is_brought_to_degrees(layer, epsg, x, y, lon):
    loaded = load_tanks(str(layer("t.gpkg", [(f"POINT ({x} {y})", {"a": 1})], epsg=epsg)))
    np.testing.assert_allclose(loaded.tanks[["lon", "lat"]].iloc[0], [lon, 25.5], atol=1e-6)
    assert f"Reprojected from EPSG:{epsg} to EPSG:4326." in loaded.notes


@pytest.mark.parametrize("exceptions", [False, True])
def test_a_point_beyond_its_crs_is_left_out_alone(layer, exceptions):
    path = str(layer("t.gpkg", [("POINT (1e15 1e15)", {"a": 1}), (f"POINT (500000 {UTM_Y})", {"a": 2})], epsg=32647))
    if exceptions:
        osr.UseExceptions()
    try:
        loaded = load_tanks(path)
    finally:
        osr.DontUseExceptions()
    assert loaded.rejected["reason"].tolist() == ["the position is not a finite number"]
    assert loaded.tanks["src_a"].tolist() == [2]


def test_a_missing_crs_is_an_error_that_asks_for_one(layer):
    with pytest.raises(SourceError, match=r"the layer has no CRS .* \.prj file is missing"):
        load_tanks(str(layer("t.shp", RECORDS[:1], epsg=None, geometry=ogr.wkbPoint)))


def test_several_layers_are_listed_and_one_can_be_named(layer):
    layer("t.gpkg", RECORDS, layer="tanks", geometry=ogr.wkbPoint)
    path = str(layer("t.gpkg", RECORDS[:1], layer="mines", geometry=ogr.wkbPoint))
    with pytest.raises(SourceError, match=r"LAYER: tanks \(points, 2 rows\); mines \(points, 1 rows\)"):
        load_tanks(path)
    check(load_tanks(path, layer="Tanks"))
    with pytest.raises(SourceError, match=r"no layer “ponds”. Name one of: tanks \(points"):
        load_tanks(path, layer="ponds")


def test_the_only_layer_with_points_is_taken(layer):
    layer("t.gpkg", RECORDS, layer="tanks", geometry=ogr.wkbPoint)
    layer("t.gpkg", [("LINESTRING (98 25, 99 26)", {"a": 1})], layer="roads", geometry=ogr.wkbLineString)
    layer("t.gpkg", [], layer="more tanks", geometry=ogr.wkbPoint)
    path = str(layer("t.gpkg", [(None, {"note": "x"})], layer="notes", geometry=ogr.wkbNone))
    check(load_tanks(path))


def test_no_layer_of_use_lists_them(layer):
    layer("t.gpkg", [("LINESTRING (98 25, 99 26)", {"a": 1})], layer="roads", geometry=ogr.wkbLineString)
    path = str(layer("t.gpkg", [(None, {"note": "x"})], layer="notes", geometry=ogr.wkbNone))
    with pytest.raises(SourceError, match=r"roads \(lines, 1 rows\); notes \(no geometry, 1 rows\)"):
        load_tanks(path)


def test_a_damaged_file_is_one_clear_error(layer, tmp_path):
    path = layer("t.gpkg", RECORDS, geometry=ogr.wkbPoint)
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(SourceError, match=r"t\.gpkg cannot be read"):
        load_tanks(str(path))
    (tmp_path / "none.gdb").mkdir()
    with pytest.raises(SourceError, match=r"none\.gdb cannot be read"):
        load_tanks(str(tmp_path / "none.gdb"))


def test_gdals_exceptions_make_the_same_error(tmp_path):
    (tmp_path / "t.gpkg").write_bytes(b"no database")
    before = gdal.GetUseExceptions()
    gdal.UseExceptions()
    try:
        with pytest.raises(SourceError, match=r"t\.gpkg cannot be read"):
            load_tanks(str(tmp_path / "t.gpkg"))
    finally:
        gdal.UseExceptions() if before else gdal.DontUseExceptions()


def test_cancelling_stops_reading(layer):
    with pytest.raises(Cancelled):
        load_tanks(str(layer("t.gpkg", RECORDS, geometry=ogr.wkbPoint)), is_cancelled=lambda: True)


def test_values_keep_their_types(layer):
    path = str(layer("t.gpkg", [("POINT (98 25)", {"n": 7, "r": 1.5}), ("POINT (98 26)", {"n": None, "r": None})]))
    tanks = load_tanks(path).tanks
    assert tanks["src_n"].dtype == "Int64"
    assert tanks["src_n"].tolist()[0] == 7
    assert tanks["src_r"].dtype == "float64"
