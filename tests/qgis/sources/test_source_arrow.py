"""Rows read by the batch are the rows read one by one."""

import numpy as np
import pandas as pd
import pytest
import shapely
from leachwatch.analysis.progress import Cancelled
from leachwatch.sources.files import arrow, rows
from osgeo import gdal, ogr, osr

COLUMNS = {"name": ogr.OFTString, "whole": ogr.OFTInteger64, "real": ogr.OFTReal, "day": ogr.OFTDate}
ROWS = [
    ("POINT (98.1 25.5)", "ချီဖွေ", 7, 1.5, "2021/03/14"),
    ("POINT Z (98.2 25.6 900)", "维西", None, None, None),
    (None, None, -3, float("inf"), "1899/12/30"),
    ("POINT EMPTY", "", 2**40, 0.0, "2025/12/31"),
]


def written(path, columns=COLUMNS, records=ROWS, geometry=ogr.wkbPoint):
    driver = {".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".fgb": "FlatGeobuf"}[path.suffix]
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4326)
    dataset = ogr.GetDriverByName(driver).CreateDataSource(str(path))
    layer = dataset.CreateLayer("tanks", reference if geometry != ogr.wkbNone else None, geometry)
    for name, kind in columns.items():
        layer.CreateField(ogr.FieldDefn(name, kind))
    for wkt, *values in records:
        feature = ogr.Feature(layer.GetLayerDefn())
        for name, value in zip(columns, values):
            if value is not None:
                feature.SetField(name, value)
        if wkt and geometry != ogr.wkbNone:
            feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        layer.CreateFeature(feature)
    return path


def both_ways(path):
    """Return (table, geometry) read by the batch and read one by one."""
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    layer = dataset.GetLayer(0)
    quick = arrow.read(dataset, layer, lambda: False)
    table, wkb = rows._read_rows(layer, lambda: False, None)
    return quick, (table, rows._from_wkb(wkb)[0])


def same(one, other):
    pd.testing.assert_frame_equal(one[0], other[0])
    assert shapely.to_wkt(one[1]).tolist() == shapely.to_wkt(other[1]).tolist()


@pytest.mark.parametrize("geometry", [ogr.wkbPoint, ogr.wkbPoint25D, ogr.wkbNone])
def test_the_same_rows_from_a_geopackage(tmp_path, geometry):
    quick, slow = both_ways(written(tmp_path / "tanks.gpkg", geometry=geometry))
    same(quick, slow)
    assert quick[0]["whole"].tolist() == [7, pd.NA, -3, 2**40]
    assert quick[0]["name"].tolist() == ["ချီဖွေ", "维西", None, ""]
    if geometry == ogr.wkbPoint:
        assert shapely.to_wkt(quick[1]).tolist() == ["POINT (98.1 25.5)", "POINT (98.2 25.6)", None, None]


def test_the_same_rows_from_a_shapefile(tmp_path):
    records = [row for row in ROWS if row[3] != float("inf")]
    same(*both_ways(written(tmp_path / "tanks.shp", records=records)))


def test_many_batches_are_one_table(tmp_path):
    number = 45_000
    records = [(f"POINT ({98 + i / 1e6} 25)", f"T{i}", i, i / 2, None) for i in range(number)]
    table, geometry = both_ways(written(tmp_path / "tanks.gpkg", records=records))[0]
    assert table["whole"].tolist() == list(range(number))
    assert table["name"].iloc[[0, -1]].tolist() == ["T0", f"T{number - 1}"]
    np.testing.assert_allclose(shapely.get_x(geometry), 98 + np.arange(number) / 1e6)


@pytest.mark.parametrize(
    ("name", "columns", "records", "geometry"),
    [
        ("a.gpkg", {"text": ogr.OFTString}, [("POINT (1 2)", "x" * 2_001)], ogr.wkbPoint),
        ("a.gpkg", {"time": ogr.OFTDateTime}, [("POINT (1 2)", "2021/03/14 05:30:00")], ogr.wkbPoint),
        ("a.gpkg", {"text": ogr.OFTString}, [("MULTIPOINT (1 2)", "x")], ogr.wkbMultiPoint),
        ("a.fgb", {"text": ogr.OFTString}, [("POINT (1 2)", "x")], ogr.wkbPoint),
    ],
)
def test_what_goes_the_other_way(tmp_path, name, columns, records, geometry):
    dataset = gdal.OpenEx(str(written(tmp_path / name, columns, records, geometry)), gdal.OF_VECTOR)
    layer = dataset.GetLayer(0)
    with pytest.raises(arrow.NotServed):
        arrow.read(dataset, layer, lambda: False)
    table, geometry, unreadable = rows.read_rows(dataset, layer, lambda: False)
    assert len(table) == 1
    assert unreadable == 0
    assert geometry[0] is not None


def test_a_name_with_quotation_marks_is_a_name(tmp_path):
    path = written(tmp_path / "a.gpkg", {'a"; DROP TABLE tanks; --': ogr.OFTString}, [("POINT (1 2)", "x")])
    quick, slow = both_ways(path)
    same(quick, slow)


def test_it_stops_when_cancelled(tmp_path):
    dataset = gdal.OpenEx(str(written(tmp_path / "tanks.gpkg")), gdal.OF_VECTOR)
    with pytest.raises(Cancelled):
        arrow.read(dataset, dataset.GetLayer(0), lambda: True)
