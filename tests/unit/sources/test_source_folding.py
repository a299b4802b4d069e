"""Known answers for rows that show the same tank. At 25° N, 0.00001° of latitude is 1.108 m."""

import numpy as np
import pandas as pd
import pytest
from leachwatch.analysis.fields import TANKS, Kind
from leachwatch.analysis.time import counted, status_in
from leachwatch.sources.points.folding import fold

DATES = [field.name for field in TANKS if field.kind is Kind.DATE]
METRE = 1 / 110_770


def rows(*records):
    """Rows from dictionaries: key, north (metres), a date or first/last, status …"""
    table = pd.DataFrame([{"key": None, "north": 0.0, **record} for record in records])
    table["lon"], table["lat"] = 98.0, 25.0 + table.pop("north").astype(float) * METRE
    observed = table.pop("date") if "date" in table else pd.Series(None, table.index, dtype=object)
    for name in DATES:
        table[name] = pd.to_datetime(table[name]) if name in table else pd.Series(pd.NaT, table.index)
    for name in ("first_seen", "last_seen"):
        table[name] = table[name].fillna(pd.to_datetime(observed))
    table["status"] = table["status"].fillna("unknown") if "status" in table else "unknown"
    known = table["status"] != "unknown"
    table["status_date"] = table["status_date"].mask(known & table["status_date"].isna(), pd.to_datetime(observed))
    table["tank_type"] = table["tank_type"].fillna("unknown") if "tank_type" in table else "unknown"
    for name in ("confidence", "diameter_m", "rank"):
        table[name] = table[name] if name in table else {"rank": 1}.get(name)
    table["rank"] = table["rank"].fillna(0).astype("int8")
    return table.assign(tank_id=table["key"], carried=np.arange(len(table)), row=np.arange(1, len(table) + 1))


def day(value):
    return None if pd.isna(value) else f"{value:%Y-%m-%d}"


def test_an_id_seen_on_several_dates_is_one_tank():
    folded = fold(
        rows(
            {"key": "A", "date": "2021-05-01", "status": "abandoned", "confidence": None, "rank": 1},
            {"key": "B", "date": "2019-05-01", "status": "active"},
            {"key": "A", "date": "2018-05-01", "status": "active", "confidence": "high", "rank": 3},
            {"key": "A", "date": "2022-05-01", "status": None},
        )
    )
    a, b = folded.tanks.to_dict("records")
    assert folded.folded == 2
    assert (a["key"], b["key"]) == ("A", "B"), "tanks stand in the order of their first rows"
    assert (day(a["first_seen"]), day(a["last_seen"])) == ("2018-05-01", "2022-05-01")
    assert (a["status"], day(a["status_date"])) == ("abandoned", "2021-05-01")
    assert day(a["abandoned_since"]) == "2021-05-01"
    assert a["confidence"] == "high", "what the latest rows leave open, an earlier one fills"
    assert a["carried"] == 3, "the source columns are the latest row's"
    assert a["rank"] == 3, "the coarsest precision of all"


@pytest.mark.parametrize(
    ("statuses", "status", "since"),
    [
        (["active", "abandoned", "abandoned"], "abandoned", "2011-01-01"),
        # Active again in its last image: the gap is told by abandoned_since and status_date.
        (["active", "abandoned", "active"], "active", "2011-01-01"),
        # Active in two images since: the table cannot tell when the gap ended.
        (["active", "abandoned", "active", "active"], "active", None),
        (["active", "abandoned", "active", "abandoned"], "abandoned", "2013-01-01"),
        (["abandoned", "abandoned", None], "abandoned", None),
        (["abandoned", "active", "abandoned"], "abandoned", "2012-01-01"),
        ([None, None, None], "unknown", None),
    ],
)
def test_abandoned_since_needs_an_earlier_active(statuses, status, since):
    observations = [{"key": "A", "date": f"{2010 + n}-01-01", "status": word} for n, word in enumerate(statuses)]
    (tank,) = fold(rows(*observations)).tanks.to_dict("records")
    assert (tank["status"], day(tank["abandoned_since"])) == (status, since)


def test_both_statuses_on_one_date_are_none():
    folded = fold(
        rows(
            {"key": "A", "date": "2020-01-01", "status": "active"},
            {"key": "A", "date": "2020-01-01", "status": "abandoned"},
        )
    )
    (tank,) = folded.tanks.to_dict("records")
    assert (tank["status"], tank["status_date"] is pd.NaT) == ("unknown", True)
    assert folded.notes == [
        "1 tanks are called active and abandoned at one date: their status is left unknown (first rows: 1)."
    ]


def test_absences_before_and_after():
    folded = fold(
        rows(
            {"key": "A", "absent_on": "2015-01-01", "gone_by": "2015-01-01"},
            {"key": "A", "absent_on": "2017-01-01", "gone_by": "2017-01-01"},
            {"key": "A", "date": "2019-01-01"},
            {"key": "A", "absent_on": "2021-01-01", "gone_by": "2021-01-01"},
            {"key": "A", "absent_on": "2023-01-01", "gone_by": "2023-01-01"},
        )
    )
    (tank,) = folded.tanks.to_dict("records")
    assert [day(tank[name]) for name in ("absent_on", "first_seen", "last_seen", "gone_by")] == [
        "2017-01-01",
        "2019-01-01",
        "2019-01-01",
        "2021-01-01",
    ]


@pytest.mark.parametrize(
    ("images", "gone_by", "standing", "told"),
    [
        # Gone by 2018 and there in 2020, its last image: it stands again from then.
        ("2015+ 2018- 2020+", "2018-01-01", "2015 2016 2017 2020 2021 2022 2023 2024", 0),
        # There in two images since: a gap until the last of them would be too long. It is told, and not written.
        ("2015+ 2018- 2020+ 2022+", None, "2015 2016 2017 2018 2019 2020 2021 2022 2023 2024", 1),
        # Of two gaps the last.
        ("2015+ 2016- 2018+ 2019- 2020- 2021+", "2019-01-01", "2015 2016 2017 2018 2021 2022 2023 2024", 1),
        # Gone for good is the more important.
        ("2015+ 2018- 2020+ 2023-", "2023-01-01", "2015 2016 2017 2018 2019 2020 2021 2022", 1),
        ("2013- 2015+ 2020+", None, "2015 2016 2017 2018 2019 2020 2021 2022 2023 2024", 0),
    ],
)
def test_a_tank_that_vanishes_and_returns(images, gone_by, standing, told):
    """Each image is a year, and + or - for with or without the tank."""
    records = [
        {"key": "A", "date": f"{image[:4]}-01-01"}
        if image.endswith("+")
        else {"key": "A", "absent_on": f"{image[:4]}-01-01", "gone_by": f"{image[:4]}-01-01"}
        for image in images.split()
    ]
    folded = fold(rows(*records))
    assert [day(value) for value in folded.tanks["gone_by"]] == [gone_by]
    years = [year for year in range(2012, 2025) if counted(folded.tanks, year)[0]]
    assert years == [int(year) for year in standing.split()]
    assert len(folded.notes) == told
    assert all("missing from an image between others that show them" in note for note in folded.notes)


def test_a_gap_within_a_year_is_none():
    absent = {"key": "A", "absent_on": "2018-05-01", "gone_by": "2018-05-01"}
    (tank,) = fold(rows({"key": "A", "date": "2015-01-01"}, absent, {"key": "A", "date": "2018-11-01"})).tanks.to_dict(
        "records"
    )
    assert (day(tank["gone_by"]), day(tank["last_seen"])) == (None, "2018-11-01")


def test_active_again_is_abandoned_in_between():
    folded = fold(
        rows(
            *(
                {"key": "A", "date": f"{year}-06-01", "status": word}
                for year, word in ((2014, "active"), (2016, "abandoned"), (2018, "abandoned"), (2020, "active"))
            )
        )
    )
    by_year = {year: status_in(folded.tanks, year)[0] for year in (2015, 2016, 2019, 2020, 2024)}
    assert by_year == {2015: "active", 2016: "abandoned", 2019: "abandoned", 2020: "active", 2024: "active"}


def test_without_ids_place_and_different_dates_make_one_tank():
    folded = fold(
        rows(
            {"date": "2019-01-01"},
            {"date": "2021-01-01", "north": 4.8},
            {"date": "2021-01-01", "north": 15.2},
        )
    )
    assert folded.folded == 1
    assert [day(value) for value in folded.tanks["first_seen"]] == ["2019-01-01", "2021-01-01"]
    assert folded.notes == []


def test_six_metres_apart_are_two_tanks():
    assert fold(rows({"date": "2019-01-01"}, {"date": "2021-01-01", "north": 6})).folded == 0


@pytest.mark.parametrize("dates", [("2021-01-01", "2021-01-01"), (None, None), (None, "2021-01-01")])
def test_at_one_place_without_different_dates_both_are_kept_and_told(dates):
    folded = fold(rows(*({"date": date} for date in dates)))
    assert folded.folded == 0
    assert "2 rows lie within 5 m of another" in folded.notes[0]
    assert "possible duplicates, all kept (rows 1, 2)." in folded.notes[0]


def test_tanks_that_stood_at_the_same_time_are_never_one():
    folded = fold(
        rows(
            {"first_seen": "2015-01-01", "last_seen": "2025-01-01"},
            {"first_seen": "2018-01-01", "last_seen": "2025-01-01", "north": 4},
        )
    )
    assert folded.folded == 0


def test_two_tanks_eight_metres_apart_are_not_joined_through_a_later_row_between():
    folded = fold(
        rows(
            {"date": "2019-01-01", "north": 0},
            {"date": "2019-01-01", "north": 8},
            {"date": "2020-01-01", "north": 3.5},
            {"date": "2020-01-01", "north": 8.5},
        )
    )
    assert folded.folded == 2
    assert sorted(folded.tanks["carried"]) == [2, 3], "each 2019 row joins the nearest of 2020"
    assert [day(value) for value in folded.tanks["first_seen"]] == ["2019-01-01"] * 2


def test_ids_go_before_place():
    folded = fold(rows({"key": "A", "date": "2019-01-01"}, {"key": "B", "date": "2021-01-01"}))
    assert folded.folded == 0


def test_an_id_on_one_date_at_different_places_is_no_tanks_id():
    folded = fold(
        rows(
            {"key": "A", "date": "2019-01-01"},
            {"key": "A", "date": "2021-01-01"},
            {"key": "B", "date": "2019-01-01", "north": 100},
            {"key": "B", "date": "2020-01-01", "north": 100},
            {"key": "X", "date": "2019-01-01", "north": 200},
            {"key": "X", "date": "2019-01-01", "north": 215},
        )
    )
    assert folded.folded == 2
    assert list(folded.tanks["key"]) == ["A", "B", "X", "X"]
    assert "1 ids repeat on one date at different places: X. Their 2 rows were kept as separate" in folded.notes[0]


def test_a_column_of_site_ids_folds_by_place():
    folded = fold(
        rows(
            {"key": "S", "date": "2019-01-01"},
            {"key": "S", "date": "2019-01-01", "north": 15},
            {"key": "S", "date": "2021-01-01", "north": 1},
            {"key": "T", "north": 300},
            {"key": "T", "north": 315},
        )
    )
    assert folded.folded == 1
    assert "The ids are not tanks' ids: 2 of 2" in folded.notes[0] and "places: S, T. The" in folded.notes[0]


def test_the_same_row_twice_is_folded_and_a_moving_id_told():
    assert fold(rows({"key": "A", "date": "2019-01-01"}, {"key": "A", "date": "2019-01-01", "north": 1})).folded == 1
    moved = fold(rows({"key": "A", "date": "2019-01-01"}, {"key": "A", "date": "2021-01-01", "north": 60}))
    assert moved.folded == 1
    assert moved.notes == ["1 tanks have rows more than 50 m apart under one id: A."]


def test_the_order_of_the_rows_changes_nothing():
    generator = np.random.default_rng(1)
    records = [{"date": f"{2015 + n % 5}-01-01", "north": 6 * (n // 5) + generator.uniform(0, 2)} for n in range(100)]
    one = fold(rows(*records)).tanks
    other = fold(rows(*[records[n] for n in generator.permutation(100)])).tanks
    assert len(one) == len(other) == 20
    assert set(one["lat"].round(9)) == set(other["lat"].round(9))


def test_a_heap_of_rows_is_not_paired():
    heap = pd.concat([rows({"date": "2019-01-01"})] * 7_000, ignore_index=True)
    folded = fold(heap)
    assert folded.folded == 0
    assert "Very many rows lie on top of each other" in folded.notes[0]


def test_no_rows():
    assert len(fold(rows({"date": "2019-01-01"}).iloc[:0]).tanks) == 0
