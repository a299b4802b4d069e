"""The four shapes of a source of tanks, in awkward cases. In every one, rows read = tanks + folded + left out."""

import pandas as pd
import pytest
from leachwatch.sources.points.usgs import load_tanks

TIMES = ["absent_on", "first_seen", "last_seen", "gone_by", "abandoned_since"]


def load(path, **options):
    loaded = load_tanks(path, **options)
    assert loaded.rows_read == len(loaded.tanks) + loaded.folded + len(loaded.rejected)
    return loaded


def times(loaded):
    """Return, for each tank, its id, the years of TIMES, and its status."""
    years = [[None if pd.isna(day) else day.year for day in loaded.tanks[name]] for name in TIMES]
    return list(zip(loaded.tanks["tank_id"], *years, loaded.tanks["status"]))


def test_a_tank_that_vanishes_and_returns_was_never_gone(csv):
    lines = ["A,2015,active", "A,2017,absent", "A,2019,abandoned", "A,2021,absent", "A,2023,absent"]
    loaded = load(csv("Tank_ID,Year,Status,lat,lon", *(f"{line},25,98" for line in lines)))
    assert times(loaded) == [("A", None, 2015, 2019, 2021, 2019, "abandoned")]
    assert loaded.folded == 4


def test_the_same_in_wide_columns(csv):
    loaded = load(csv("Tank_ID,lat,lon,Y2015,Y2017,Y2019,Y2021,Y2023", "A,25,98,active,absent,abandoned,absent,0"))
    assert times(loaded) == [("A", None, 2015, 2019, 2021, 2019, "abandoned")]


def test_observations_without_a_sighting_are_no_tank(csv):
    loaded = load(
        csv(
            "Tank_ID,Year,Status,lat,lon",
            "A,2015,absent,25,98",
            "A,2017,not visible,25,98",
            "B,2015,absent,25.1,98",
            "B,,blue,25.1,98",
            "C,2016,absent,25.2,98",
            "C,2018,,25.2,98",
        )
    )
    assert times(loaded) == [
        ("B", None, None, None, None, None, "active"),
        ("C", 2016, 2018, 2018, None, None, "unknown"),
    ]
    assert loaded.rejected[["row", "reason"]].to_numpy().tolist() == [
        [2, "never seen: the source says that there was no tank"]
    ]
    assert loaded.rejected["src_Status"].tolist() == ["not visible"]
    assert (loaded.rows_read, loaded.folded) == (6, 3)


def test_wide_years_of_words_numbers_and_blanks(csv):
    loaded = load(
        csv(
            "UID,lat,lon,2018,2019,2020,2021",
            "words,25.0,98,not built,active,brown,removed",
            "numbers,25.1,98,0,1,2,0",
            "yes,25.2,98,no,yes,,",
            "blank,25.3,98,,,,",
            "absent,25.4,98,0,,no,absent",
            "mixed,25.5,98,?,x,<null>,9999",
        )
    )
    assert times(loaded) == [
        ("words", 2018, 2019, 2020, 2021, 2020, "abandoned"),
        ("numbers", 2018, 2019, 2020, 2021, None, "unknown"),
        ("yes", 2018, 2019, 2019, None, None, "unknown"),
        ("blank", None, None, None, None, None, "unknown"),
        ("mixed", None, 2019, 2019, None, None, "unknown"),
    ]
    assert loaded.rejected["src_UID"].tolist() == ["absent"]
    assert loaded.undated == 1
    assert "1 rows of column 2018…2021 were not understood and left out: “?” (1)." in " ".join(loaded.notes)


def test_wide_years_beside_a_status_say_what_they_can(csv):
    loaded = load(csv("UID,lat,lon,Status,Y2020,Y2021", "A,25,98,brown,0,0", "B,25.1,98,blue,1,0"))
    assert times(loaded) == [
        ("A", None, None, None, None, None, "abandoned"),
        ("B", None, 2020, 2020, 2021, None, "active"),
    ]


def test_snapshots_of_two_years_one_after_another(csv):
    rows = ("UID,Status,lat,lon", "A,blue,25,98", "B,,25.1,98", "C,absent,25.2,98")
    first, second = load(csv(*rows), snapshot_year=2019), load(csv(*rows), snapshot_year=2023)
    assert times(first) == [
        ("A", None, 2019, 2019, None, None, "active"),
        ("B", None, 2019, 2019, None, None, "unknown"),
    ]
    assert first.rejected["src_UID"].tolist() == ["C"]
    both = pd.concat([one.tanks for one in (first, second)]).drop(columns=["lon", "lat"])
    both = both.rename(columns={"src_lat": "lat", "src_lon": "lon"}).drop(columns=["src_UID", "src_Status"])
    path = csv("x")
    both.to_csv(path, index=False)
    together = load(path)
    assert times(together) == [
        ("A", None, 2019, 2023, None, None, "active"),
        ("B", None, 2019, 2023, None, None, "unknown"),
    ]
    assert (together.rows_read, together.folded) == (4, 2)


@pytest.mark.parametrize("ids", [True, False])
def test_snapshots_stacked_with_a_year_fold_by_id_or_place(csv, ids):
    rows = [("A", 2019, 25.0), ("B", 2019, 25.0002), ("A", 2021, 25.00001), ("B", 2021, 25.0002), ("", 2021, 25.1)]
    header = "UID,Year,lat,lon" if ids else "Year,lat,lon"
    lines = [f"{name},{year},{lat},98" if ids else f"{year},{lat},98" for name, year, lat in rows]
    loaded = load(csv(header, *lines))
    assert (len(loaded.tanks), loaded.folded) == (3, 2)
    assert loaded.tanks["first_seen"].dt.year.tolist() == [2019, 2019, 2021]


def test_times_of_kml_are_dates_like_any_other(csv):
    loaded = load(csv("UID,lat,lon,kml_when,kml_begin,kml_end", "A,25,98,,2019,2021-05", "B,25.1,98,2020-03-04,,"))
    assert times(loaded) == [
        ("A", None, 2019, 2021, None, None, "unknown"),
        ("B", None, 2020, 2020, None, None, "unknown"),
    ]
    assert loaded.tanks["date_precision"].tolist() == ["year", "day"]


def test_rows_left_out_and_rows_folded_and_tanks_add_up(csv):
    loaded = load(
        csv(
            "Tank_ID,Year,Status,lat,lon",
            "A,2019,blue,25,98",
            "A,2021,brown,25,98",
            "B,2020,absent,25.1,98",
            "C,2020,blue,0,0",
            "D,2020,blue,,98",
            "E,2020,blue,98,25",
        )
    )
    assert (loaded.rows_read, len(loaded.tanks), loaded.folded, len(loaded.rejected)) == (6, 1, 1, 4)
    assert loaded.rejected["row"].tolist() == [4, 5, 6, 3]
