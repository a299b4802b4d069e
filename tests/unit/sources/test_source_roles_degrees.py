"""Degrees as people write them. 25°34'12" is 25 + 34/60 + 12/3600 = 25.57; 98°20'30" is 98.341666…"""

import numpy as np
import pandas as pd
import pytest
from leachwatch.sources.columns.degrees import degrees, parse_degrees
from leachwatch.sources.columns.pairs import read_pairs


def column(*cells):
    return pd.Series(list(cells), dtype=object)


@pytest.mark.parametrize(
    "text",
    [
        "25.57",
        "25,57",
        "+25.57",
        "25.57°",
        "25.57 N",
        "25.57N",
        "N25.57",
        "n 25.57",
        "North 25.57",
        "25°34'12\"N",
        "25° 34′ 12″ N",
        "25º34’12”",
        "25°34'12''N",
        "25˚34ʹ12ʺ",
        "25 34 12 N",
        "25 34 12",
        "25:34:12",
        "25-34-12N",
        "25d34m12s",
        "25d34m12sN",
        "25 deg 34 min 12 sec",
        "25°34.2'",
        "N25°34.2'",
        "25°34,2'",
        "25 34.2",
        "北纬25°34′12″",
        "25度34分12秒",
        "lat: 25.57",
        "Latitude 25.57 N",
        "၂၅.၅၇",
    ],
)
def test_latitudes(text):
    assert parse_degrees(text, "lat") == pytest.approx(25.57, abs=1e-9)


@pytest.mark.parametrize(
    "text", ["98-20-30E", "98°20'30\"E", "E 98 20 30", "东经98°20′30″", "98d20m30sE", "lon=98 20.5"]
)
def test_longitudes(text):
    assert parse_degrees(text, "lon") == pytest.approx(98 + 20 / 60 + 30 / 3600, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "axis", "value"),
    [
        ("25.5S", "lat", -25.5),
        ("S25°30'", "lat", -25.5),
        ("-25 30 00", "lat", -25.5),
        ("−25.5", "lat", -25.5),
        ("-25.5 S", "lat", -25.5),
        ("98.5 W", "lon", -98.5),
        ("25 30 0 s", "lat", -25.5),
    ],
)
def test_south_and_west_are_negative(text, axis, value):
    assert parse_degrees(text, axis) == value


@pytest.mark.parametrize(
    "text",
    ["25.57E", "N25.57N", "-25.57N", "25 61 00", "25 30 60", "25 30 10 5", "25..5", "north", "25 m", "", "lon 25"],
)
def test_what_is_no_latitude(text):
    assert parse_degrees(text, "lat") is None


def test_a_column_keeps_what_it_cannot_read_apart():
    parsed = degrees(column("25.5", 26, "27°30'", "x", "9999", "<null>", None, "x"), "lat")
    np.testing.assert_array_equal(parsed.values, [25.5, 26, 27.5, np.nan, np.nan, np.nan, np.nan, np.nan])
    assert parsed.unread == {"x": 2}
    np.testing.assert_array_equal(degrees(pd.Series([25.5, -9999]), "lat").values, [25.5, np.nan])


@pytest.mark.parametrize(
    "text",
    [
        "25.57N 98.125E",
        "98.125E, 25.57N",
        "N25.57E98.125",
        "25.57N98.125E",
        "25°34'12\"N 98°07'30\"E",
        "25 34 12 N 98 07 30 E",
        "lon=98.125 lat=25.57",
        "25.57, 98.125",
        "25.57,98.125",
        "(98.125 25.57)",
        "25,57; 98,125",
        "25,57 98,125",
        "25.57 / 98.125",
        "25°34′12″, 98°07′30″",
        "北纬25.57° 东经98.125°",
    ],
)
def test_both_coordinates_in_one_cell(text):
    pairs = read_pairs(column(text))
    assert (pairs.lat[0], pairs.lon[0]) == pytest.approx((25.57, 98.125), abs=1e-9)


def test_the_order_without_letters_is_the_columns_own():
    pairs = read_pairs(column("98.1, 25.5", "98.2, 25.6", "120.5, 80.5", "26N 97E", "0, 0", None, "somewhere"))
    np.testing.assert_array_equal(pairs.lat, [25.5, 25.6, 80.5, 26, 0, np.nan, np.nan])
    np.testing.assert_array_equal(pairs.lon, [98.1, 98.2, 120.5, 97, 0, np.nan, np.nan])
    assert pairs.unread == {"somewhere": 1}
    assert pairs.notes == ["Its numbers were read as longitude, latitude."]
