"""What looks wrong, counted, with the first three rows."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from leachwatch.sources.columns.dates import RANK
from leachwatch.sources.points import suspicions, tank_suspicions

ROLES = ["status_date", "first_seen", "last_seen", "absent_on", "gone_by", "abandoned_since"]


def of_places(*pairs, columns=("y", "x")):
    lat, lon = np.array(pairs, dtype=float).T
    return suspicions.of_places(lon, lat, np.arange(1, len(pairs) + 1), columns)


def test_places_of_myanmar_and_china_raise_none():
    assert of_places((25.5, 98.1), (19.0, 73.5), (9.5, 98.5), (53.5, 123), (np.nan, 98)) == []


def test_swapped_with_the_field_map_that_mends_it():
    (note,) = of_places((98.1, 25.5), (25.5, 98.1), (97, 26), (99, 24), (85, 30))
    assert note == (
        "Latitude and longitude look swapped in 4 rows: row 1 (98.1, 25.5), row 3 (97, 26), row 4 (99, 24), … "
        "(latitude, longitude). Nothing was changed. If they are, FIELD_MAP mends it: lat=x;lon=y."
    )
    assert "Swap X and Y coordinates" in of_places((98.1, 25.5), columns=None)[0]
    assert "swap them in the column x." in of_places((98.1, 25.5), columns=("x", "x"))[0]


def test_nothing_metres_and_far_away():
    zero, outside, far = of_places((0, 0), (2_839_356, 433_111), (48.2, 16.4), (25, 98))
    assert zero == "1 rows lie at 0/0, a missing position: row 1 (0, 0)."
    assert outside.startswith(
        "1 positions lie outside the world: they may be metres, not degrees: row 2 (2839356, 433111)"
    )
    assert far == "1 rows lie far from Myanmar and China: row 3 (48.2, 16.4) (latitude, longitude)."


def test_only_the_box_of_the_country_stated_is_claimed():
    codes = np.array(["MMR", "MMR", "CHN", "LAO", "KAZ", None], dtype=object)
    lat = np.array([25.0, 30.0, 25.0, 25.0, 25.0, 0.0])
    lon = np.full(6, 98.0)
    mmr, lao = suspicions.of_countries(codes, lon, lat, np.arange(1, 7))
    assert mmr == (
        "1 rows state MMR but lie outside the box of that country (9.4–28.7° N, 92–101.3° E): row 2 (30, 98) "
        "(latitude, longitude)."
    )
    assert lao.startswith("1 rows state LAO")


@pytest.mark.parametrize(
    "name",
    [
        "lat_gcj02",
        "GCJ-02",
        "高德地图",
        "AMap export",
        "bd09_lng",
        "Baidu",
        "DataV.GeoAtlas",
        "tencent",
        "adcode",
        "lng_BD-09",
    ],
)
def test_chinese_web_maps(name):
    (note,) = suspicions.of_web_maps(["tanks", name])
    assert note.startswith(f"Chinese web maps are named ({name}): such coordinates are often in GCJ-02, 300–600 m off")


def test_other_names_are_no_web_maps():
    assert suspicions.of_web_maps(["tanks", "abd09", "dreamap", "lat", "Planet", "code"]) == []


def rows(**columns):
    size = len(next(iter(columns.values())))
    dates = {role: pd.to_datetime(pd.Series(columns.pop(role, [None] * size))) for role in ROLES}
    return pd.DataFrame({"row": np.arange(1, size + 1), **dates, **columns})


def ranks(size, **words):
    return {role: np.array([RANK[word]] * size, dtype=np.int8) for role, word in words.items()}


def test_dates_after_today():
    table = rows(first_seen=["2026-11-22", "2026-11-23", None], last_seen=[None, None, "2031-01-01"])
    one, other = tank_suspicions.of_dates(table, {}, date(2026, 11, 22))
    assert one == "first_seen: 1 dates lie in the future: row 2 (2026-11-23)."
    assert other == "last_seen: 1 dates lie in the future: row 3 (2031-01-01)."


def test_first_after_last():
    table = rows(first_seen=["2021-05-06", "2019-01-01", None], last_seen=["2019-01-01", "2019-01-01", "2018-01-01"])
    (note,) = tank_suspicions.of_dates(table, ranks(3, first_seen="day", last_seen="day"), date(2026, 1, 1))
    assert note == (
        "1 rows say first seen after they were last seen: row 1 (first_seen 2021-05-06, last_seen 2019-01-01). The "
        "dates were kept as they are."
    )


@pytest.mark.parametrize(
    ("last", "rank", "notes"), [("2021-01-01", "year", 0), ("2021-05-01", "month", 0), ("2021-04-01", "month", 1)]
)
def test_a_coarse_date_is_not_before_a_day_in_it(last, rank, notes):
    table = rows(first_seen=["2021-05-06"], last_seen=[last])
    given = {**ranks(1, first_seen="day"), **ranks(1, last_seen=rank)}
    assert len(tank_suspicions.of_dates(table, given, date(2026, 1, 1))) == notes


def test_abandoned_before_first_seen():
    table = rows(first_seen=["2021-05-06"], abandoned_since=["2020-01-01"])
    (note,) = tank_suspicions.of_dates(table, ranks(1, first_seen="day", abandoned_since="day"), date(2026, 1, 1))
    assert note.startswith("1 rows say abandoned before they were first seen: row 1")


def test_diameters():
    assert tank_suspicions.of_diameters(np.array([0.5, 200, np.nan]), np.arange(3)) == []
    (note,) = tank_suspicions.of_diameters(np.array([12, 0.4, 500]), np.array([4, 5, 6]))
    assert note.startswith("2 diameters are below 0.5 m or above 200 m: row 5 (0.4 m), row 6 (500 m).")


def test_duplicates_of_id_and_of_place():
    table = rows(
        first_seen=["2020-01-01"] * 4 + [None] * 2,
        key=["A", "A", "B", "C", None, None],
        lon=[98.0, 98.0, 98.0, 99.0, 98.0, 98.0],
        lat=[25.0] * 6,
    )
    ids, places = tank_suspicions.of_duplicates(table)
    assert ids == "1 rows repeat the id and the dates of an earlier row: row 2 (A)."
    assert places == (
        "2 rows repeat the exact place and dates of an earlier row: row 3 (25, 98), row 6 (25, 98) "
        "(latitude, longitude)."
    )


def test_two_statements_of_a_place():
    one, other = (np.array([98.0, 98.0]), np.array([0.0, 0.0])), (np.array([98.00005, 98.01]), np.array([0.0, 0.0]))
    (note,) = suspicions.of_two_places(one, other, np.array([1, 2]), "A disagrees with B", "B was used.")
    assert note == "A disagrees with B in 1 rows: row 2 (1,113 m apart). B was used."
