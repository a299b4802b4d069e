"""What becomes of the rows: places, dates, folding, the form of the table."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from leachwatch.analysis.fields import TANKS
from leachwatch.sources.columns.roles import field_map_text
from leachwatch.sources.errors import CrsMissing, SourceError
from leachwatch.sources.points.usgs import load_tanks
from osgeo import ogr

PANGWA = Path(__file__).resolve().parents[4] / "shared" / "data" / "pools_pangwa.csv"
NAMES = [field.name for field in TANKS]


def days(tanks, name):
    return [None if pd.isna(value) else f"{value:%Y-%m-%d}" for value in tanks[name]]


def adds_up(loaded):
    return loaded.rows_read == len(loaded.tanks) + loaded.folded + len(loaded.rejected)


def test_the_form_of_the_table(csv):
    tanks = load_tanks(csv("Lat,Lon,Diam,Note", "25,98,12,x", "26,98,9999,")).tanks
    assert list(tanks.columns) == [*NAMES, "src_Lat", "src_Lon", "src_Diam", "src_Note", "lon", "lat"]
    assert tanks["tank_id"].tolist() == ["row 1", "row 2"]
    assert tanks["source"].tolist() == ["tanks", "tanks"]
    assert tanks["date_precision"].tolist() == ["none", "none"]
    assert tanks["first_seen"].dtype == "datetime64[ns]"
    np.testing.assert_array_equal(tanks["diameter_m"], [12, np.nan])
    assert all(value is None for value in [*tanks["country"], *tanks["unit_code"], tanks["src_Note"][1]])


def test_every_reason_for_leaving_a_row_out(csv):
    loaded = load_tanks(
        csv("id,lat,lon", "1,25,98", "2,,98", "3,north,98", "4,0,0", "5,95,98", "6,25,181", "7,inf,98", '8,"25,5",98')
    )
    assert loaded.tanks["tank_id"].tolist() == ["1", "8"]
    assert loaded.tanks["lat"].tolist() == [25, 25.5]
    assert list(zip(loaded.rejected["row"], loaded.rejected["reason"])) == [
        (2, "no latitude or longitude"),
        (3, "latitude or longitude is not a number"),
        (4, "0/0 is a missing position"),
        (5, "outside the world"),
        (6, "outside the world"),
        (7, "the position is not a finite number"),
    ]
    assert list(loaded.rejected.columns) == ["row", "reason", "src_id", "src_lat", "src_lon"]
    assert adds_up(loaded)


def test_geometries_of_every_kind(layer):
    records = [
        ("POINT (98 25)", {"UID": "point"}),
        ("MULTIPOINT (98.1 25, 98.2 25)", {"UID": "two"}),
        ("MULTIPOINT (98.3 25)", {"UID": "one"}),
        ("POLYGON ((98 26, 98.1 26, 98.1 26.1, 98 26.1, 98 26))", {"UID": "polygon"}),
        ("POLYGON ((98 27, 98.1 27.1, 98.1 27, 98 27.1, 98 27))", {"UID": "bow tie"}),
        ("LINESTRING (98 25, 99 25)", {"UID": "line"}),
        ("GEOMETRYCOLLECTION (POINT (98 25))", {"UID": "collection"}),
        ("POINT EMPTY", {"UID": "empty"}),
        (None, {"UID": "null"}),
    ]
    loaded = load_tanks(str(layer("t.gpkg", records)))
    assert loaded.tanks["tank_id"].tolist() == ["point", "two row 2", "two row 2 (2)", "one", "polygon", "bow tie"]
    assert loaded.tanks["lon"][:4].tolist() == [98, 98.1, 98.2, 98.3]
    assert 98 < loaded.tanks["lon"][4] < 98.1
    assert 26 < loaded.tanks["lat"][4] < 26.1
    assert list(zip(loaded.rejected["row"], loaded.rejected["reason"])) == [
        (6, "a line, where a point or polygon is needed"),
        (7, "a mixed collection of geometries, where a point or polygon is needed"),
        (8, "no geometry"),
        (9, "no geometry"),
    ]
    assert loaded.rows_read == 10
    assert adds_up(loaded)
    notes = " ".join(loaded.notes)
    assert "1 rows are multipoints: each of their points counts as a row" in notes
    assert "2 rows are polygons: a point on each one's surface stands for it" in notes


def test_swapped_coordinates_and_metres_are_suspected_with_counts(csv):
    swapped = load_tanks(csv("lat,lon", "98.3,25.6", "98.4,25.7", "85,30", "30,85"))
    assert len(swapped.rejected) == 2
    assert (
        "Latitude and longitude look swapped in 3 rows: row 1 (98.3, 25.6), row 2 (98.4, 25.7), row 3 (85, 30) "
        "(latitude, longitude). Nothing was changed. If they are, FIELD_MAP mends it: lat=lon;lon=lat."
    ) in swapped.notes
    metres = load_tanks(csv("y,x", "2839356,433111", "25,98"))
    assert "1 positions lie outside the world: they may be metres" in " ".join(metres.notes)
    far = load_tanks(csv("lat,lon", "51,0", "25,98"))
    assert "1 rows lie far from Myanmar and China: row 1 (51, 0) (latitude, longitude)." in far.notes


def test_a_table_without_places_says_how_to_name_them(csv):
    with pytest.raises(SourceError, match=r"Columns: up, right, n\. Name them in FIELD_MAP, such as lat=…;lon=…"):
        load_tanks(csv("up,right,n", "25,98,1"))
    loaded = load_tanks(csv("up,right,n", "25,98,1"), field_map="lat=up;lon=right")
    assert loaded.tanks[["lon", "lat"]].iloc[0].tolist() == [98, 25]


def test_geometry_as_text(csv):
    loaded = load_tanks(csv("id,geom", "1,SRID=4326;POINT (98 25)", "2,POINT (98 26)", "3,POINT 98"))
    assert loaded.tanks["lat"].tolist() == [25, 26]
    assert loaded.rejected["reason"].tolist() == ["no geometry"]
    with pytest.raises(SourceError, match="column wkt of tanks is not in degrees"):
        load_tanks(csv("id;wkt", "1;POINT (433111 2839356)"))


def test_a_geometry_column_that_disagrees_is_told(csv):
    loaded = load_tanks(csv("lat;lon;geom", "25;98;POINT (98 25)", "26;98;POINT (98 27)"))
    assert loaded.tanks["lat"].tolist() == [25, 26]
    assert (
        "The column geom disagrees with the coordinate columns in 1 rows: row 2 (111,320 m apart). The coordinate "
        "columns were used." in loaded.notes
    )


@pytest.mark.skipif(not PANGWA.exists(), reason="the real pools of Pangwa are not at hand")
def test_the_real_pools_of_pangwa():
    loaded = load_tanks(str(PANGWA))
    assert (len(loaded.tanks), len(loaded.rejected), loaded.folded, loaded.undated) == (2497, 0, 0, 2497)
    assert set(loaded.tanks["tank_type"]) == set(loaded.tanks["status"]) == {"unknown"}
    notes = " ".join(loaded.notes)
    assert "The column geom holds geometry in another CRS" in notes
    assert "“square” (1,542), “circular” (955)" in notes


def test_observations_fold_to_one_row_a_tank(csv):
    loaded = load_tanks(
        csv(
            "Tank_ID,ImageDate,LocOpStat,lat,lon,remark",
            "A,2018,Assumed Active,25,98,one",
            "A,Mar 2021,Inactive,25,98,two",
            "A,5/1/2022,Inactive,25,98,three",
            "B,2019-2021,blue,25.1,98,four",
            "B,?,blue,25.1,98,five",
        )
    )
    tanks = loaded.tanks
    assert tanks["tank_id"].tolist() == ["A", "B"]
    assert (loaded.folded, loaded.rows_read, loaded.undated) == (3, 5, 0)
    assert days(tanks, "first_seen") == ["2018-01-01", "2021-01-01"]
    assert days(tanks, "last_seen") == ["2022-05-01", "2021-01-01"]
    assert tanks["status"].tolist() == ["abandoned", "active"]
    assert days(tanks, "status_date") == ["2022-05-01", "2021-01-01"]
    assert days(tanks, "abandoned_since") == ["2021-03-01", None]
    assert tanks["date_precision"].tolist() == ["year", "year"]
    assert tanks["src_remark"].tolist() == ["three", "four"]
    notes = " ".join(loaded.notes)
    assert "Column ImageDate: 1 intervals such as 2019-2021 count at their end." in notes
    assert "date: 1 rows of column ImageDate were not understood and left without a date: “?” (1)." in notes


def test_an_observation_of_absence_is_no_sighting(csv):
    tanks = load_tanks(
        csv("Tank_ID,Date,Status,lat,lon", "A,2016,absent,25,98", "A,2018,active,25,98", "A,2022,removed,25,98")
    ).tanks
    found = [days(tanks, name)[0] for name in ("absent_on", "first_seen", "last_seen", "gone_by")]
    assert found == ["2016-01-01", "2018-01-01", "2018-01-01", "2022-01-01"]
    assert tanks["status"].tolist() == ["active"]


def test_one_row_a_tank_with_dates(csv):
    tanks = load_tanks(
        csv(
            "UID,FirstSeen,LastSeen,Status,ImgDate,lat,lon",
            "A,2015,2024-02-03,active,2024-02-03,25,98",
            "B,2016,,brown,,25.1,98",
            "C,,,,,25.2,98",
        ),
    ).tanks
    assert days(tanks, "first_seen") == ["2015-01-01", "2016-01-01", None]
    assert days(tanks, "last_seen") == ["2024-02-03", None, None]
    assert days(tanks, "status_date") == ["2024-02-03", None, None]
    assert tanks["date_precision"].tolist() == ["year", "year", "none"]


def test_wide_year_columns(csv):
    loaded = load_tanks(
        csv("UID,lat,lon,Y2018,Y2019,Y2020,Y2021", "A,25,98,0,1,1,0", "B,25.1,98,,active,abandoned,brown")
    )
    tanks = loaded.tanks
    assert loaded.field_map["years"] == "Y2018,Y2019,Y2020,Y2021"
    assert days(tanks, "absent_on") == ["2018-01-01", None]
    assert days(tanks, "first_seen") == ["2019-01-01", "2019-01-01"]
    assert days(tanks, "last_seen") == ["2020-01-01", "2021-01-01"]
    assert days(tanks, "gone_by") == ["2021-01-01", None]
    assert days(tanks, "abandoned_since") == [None, "2020-01-01"]
    assert days(tanks, "status_date") == [None, "2021-01-01"]
    assert tanks["status"].tolist() == ["unknown", "abandoned"]
    assert tanks["date_precision"].tolist() == ["year", "year"]


def test_a_snapshot_dates_only_what_has_no_date(csv):
    loaded = load_tanks(
        csv("Date,Status,lat,lon", "2019-05-06,,25,98", ",blue,25.1,98", ",,25.2,98"), snapshot_year=2023
    )
    assert days(loaded.tanks, "first_seen") == ["2019-05-06", "2023-01-01", "2023-01-01"]
    assert days(loaded.tanks, "last_seen") == ["2019-05-06", "2023-01-01", "2023-01-01"]
    assert days(loaded.tanks, "status_date") == [None, "2023-01-01", None]
    assert loaded.tanks["date_precision"].tolist() == ["day", "year", "year"]
    assert "2 rows without a date of their own are dated 2023, the snapshot's year." in loaded.notes


def test_without_ids_rows_fold_by_place_and_object_numbers_are_no_ids(csv):
    lines = ("OBJECTID,Year,lat,lon", "1,2019,25,98", "2,2021,25.00001,98", "3,2021,25.0002,98")
    assert load_tanks(csv(*lines)).folded == 1
    assert load_tanks(csv(*lines), field_map="tank_id=OBJECTID").folded == 0


def test_a_table_in_our_own_form_comes_back_as_it_was(csv, tmp_path):
    loaded = load_tanks(csv("UID,Date,Status,lat,lon", "A,2019,blue,25,98", "B,Mar 2021,brown,25.1,98"))
    ours = loaded.tanks.assign(source="synthetic-sample", image_source="Planet")
    ours.to_csv(tmp_path / "again.csv", index=False)
    again = load_tanks(str(tmp_path / "again.csv"))
    pd.testing.assert_frame_equal(again.tanks[NAMES], ours[NAMES])
    assert again.citation == "Sources named in the file: synthetic-sample"
    assert "src_src_UID" not in again.tanks
    assert "where it is the USGS release: Padilla, A.J., and Lederer, G.W., 2025" in loaded.citation


def test_the_field_map_used_can_be_pasted_back(csv):
    path = csv("UID,Type,Status,Cond,lat,lon", "A,precipitation,x,blue,25,98")
    loaded = load_tanks(path, field_map="status=Cond;tank_type=")
    assert loaded.tanks["status"].tolist() == ["active"]
    assert loaded.tanks["tank_type"].tolist() == ["unknown"]
    again = load_tanks(path, field_map=field_map_text(loaded.field_map))
    assert again.field_map == loaded.field_map
    pd.testing.assert_frame_equal(again.tanks, loaded.tanks)


@pytest.mark.parametrize("name", ["t.gpkg", "t.csv"])
def test_an_empty_layer_is_an_empty_table_with_a_note(layer, csv, name):
    path = csv("lat,lon,Date", name=name) if name == "t.csv" else str(layer(name, [], geometry=ogr.wkbPoint))
    loaded = load_tanks(path)
    assert (len(loaded.tanks), len(loaded.rejected), loaded.rows_read) == (0, 0, 0)
    assert list(loaded.tanks.columns[: len(NAMES)]) == NAMES
    assert loaded.tanks["first_seen"].dtype == "datetime64[ns]"
    assert "The layer is empty: it has no rows." in loaded.notes


def test_a_layer_of_nothing_but_lines_is_reported_row_by_row(layer):
    loaded = load_tanks(str(layer("t.gpkg", [("LINESTRING (98 25, 99 25)", {"a": 1})], geometry=ogr.wkbLineString)))
    assert (len(loaded.tanks), loaded.rejected["reason"].tolist()) == (
        0,
        ["a line, where a point or polygon is needed"],
    )


def test_geometry_missing_throughout_gives_way_to_columns(layer):
    loaded = load_tanks(str(layer("t.gpkg", [(None, {"Latitude": 25.0, "Longitude": 98.0})], geometry=ogr.wkbPoint)))
    assert loaded.tanks[["lon", "lat"]].iloc[0].tolist() == [98, 25]


def test_empty_points_as_text_are_left_out(csv):
    rows = ["1;POINT (98 25)", "2;POINT EMPTY", "3;POLYGON EMPTY", "4;MULTIPOINT EMPTY", "5;LINESTRING EMPTY"]
    loaded = load_tanks(csv("id;wkt", *rows))
    assert loaded.tanks["tank_id"].tolist() == ["1"]
    assert loaded.rows_read == 5
    assert loaded.rejected["row"].tolist() == [2, 3, 4, 5]


def test_empty_points_as_text_beside_coordinates_disagree_with_nothing(csv):
    loaded = load_tanks(csv("id;lat;lon;wkt", "1;25;98;POINT EMPTY", "2;25.1;98;POINT (98 25.1)"))
    assert len(loaded.tanks) == 2 and not any("disagrees" in note for note in loaded.notes)


def test_columns_in_metres_ask_for_their_crs(csv):
    path = csv("id,Easting (m),Northing (m)", "1,419988,2820539", "2,419988,2820639", "3,,")
    with pytest.raises(CrsMissing, match=r"columns Easting .* and Northing .* 419,988, 2,820,539.*parameter CRS"):
        load_tanks(path)
    loaded = load_tanks(path, crs="EPSG:32647")
    assert loaded.tanks[["lon", "lat"]].round(3).values.tolist() == [[98.204, 25.5], [98.204, 25.501]]


def test_a_chinese_table(csv):
    lines = [
        "编号,纬度,经度,状态,日期,来源",
        "1,25.5,115.2,废弃,2021-03-01,高德地图",
        "2,25.6,115.2,使用中,2021-03-02,天地图",
    ]
    loaded = load_tanks(csv(*lines))
    assert loaded.tanks["status"].tolist() == ["abandoned", "active"]
    assert loaded.tanks["first_seen"].notna().all()
    assert any("GCJ-02" in note and "高德地图" in note for note in loaded.notes)
