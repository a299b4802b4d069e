"""Points read by the batch: places, chosen columns, a condition; and what is left to the slow way."""

import numpy as np
import pytest
from leachwatch.analysis.progress import Cancelled
from leachwatch.sources.files import arrow_points
from leachwatch.sources.files.arrow import NotServed
from leachwatch.sources.files.arrow_points import read_points
from leachwatch.tests.qgis.sources.test_source_arrow import COLUMNS, ROWS, written
from osgeo import gdal, ogr

pytestmark = pytest.mark.skipif(int(gdal.VersionInfo()) < 3060000, reason="GDAL 3.6 brought the Arrow stream")


def test_the_columns_that_were_asked_for(tmp_path):
    fids, x, y, columns = read_points(str(written(tmp_path / "tanks.gpkg")), "tanks", ["name", "whole", "day"])
    assert fids.tolist() == [1, 2, 3, 4]
    assert np.array_equal(x, [98.1, 98.2, np.nan, np.nan], equal_nan=True)
    assert np.array_equal(y, [25.5, 25.6, np.nan, np.nan], equal_nan=True)
    assert list(columns) == ["name", "whole", "day"]
    assert columns["name"].as_objects().tolist() == ["ချီဖွေ", "维西", None, ""]
    assert np.array_equal(columns["whole"], [7, np.nan, -3, 2**40], equal_nan=True)
    assert [str(day) for day in columns["day"]] == ["2021-03-14", "NaT", "1899-12-30", "2025-12-31"]


@pytest.mark.parametrize("at_once", [1, 3, 10_000])
@pytest.mark.parametrize("ending", ["gpkg", "shp", "fgb"])
def test_a_condition_and_batches_of_any_size(tmp_path, monkeypatch, ending, at_once):
    monkeypatch.setattr(arrow_points, "_ROWS_AT_ONCE", at_once)
    path = written(tmp_path / f"tanks.{ending}", {"name": ogr.OFTString}, [(ROWS[0][0], f"n{n % 4}") for n in range(9)])
    _, x, _, columns = read_points(str(path), 0, ["name"], "\"name\" <> 'n1'")
    assert columns["name"].as_objects().tolist() == ["n0", "n2", "n3", "n0", "n2", "n3", "n0"]
    assert x.tolist() == [98.1] * 7


def test_no_columns_and_no_rows(tmp_path):
    (tmp_path / "none").mkdir()
    fids, x, y, columns = read_points(str(written(tmp_path / "tanks.gpkg")), "tanks", [])
    assert (len(fids), len(x), len(y), columns) == (4, 4, 4, {})
    fids, x, y, columns = read_points(str(written(tmp_path / "none" / "tanks.gpkg", records=[])), "tanks", COLUMNS)
    assert (
        not len(fids) and not len(x) and all(not len(each) for each in (*columns.values(), columns["name"].codes)[1:])
    )


@pytest.mark.parametrize(
    ("path", "layer", "columns"),
    [("nowhere.gpkg", "tanks", []), ("tanks.gpkg", "other", []), ("tanks.gpkg", 7, []), ("tanks.gpkg", 0, ["other"])],
)
def test_what_is_not_there(tmp_path, path, layer, columns):
    written(tmp_path / "tanks.gpkg")
    with pytest.raises(NotServed):
        read_points(str(tmp_path / path), layer, columns)


def test_texts_that_would_fill_the_memory(tmp_path):
    path = written(tmp_path / "tanks.gpkg", {"name": ogr.OFTString}, [("POINT (1 2)", "x" * 2_001)])
    with pytest.raises(NotServed):
        read_points(str(path), "tanks", ["name"])
    assert len(read_points(str(path), "tanks", [])[0]) == 1


def test_fewer_rows_than_the_file_says(tmp_path):
    path = written(tmp_path / "tanks.gpkg")
    dataset = gdal.OpenEx(str(path), gdal.OF_UPDATE)
    dataset.ExecuteSQL("UPDATE gpkg_ogr_contents SET feature_count = 9")
    del dataset
    with pytest.raises(NotServed):
        read_points(str(path), "tanks", ["name"])


def test_it_stops_when_it_is_cancelled(tmp_path):
    def stop(fraction):
        raise Cancelled

    with pytest.raises(Cancelled):
        read_points(str(written(tmp_path / "tanks.gpkg")), "tanks", ["name"], progress=stop)
