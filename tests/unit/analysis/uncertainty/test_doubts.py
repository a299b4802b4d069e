"""Doubts by hand: what is not known of each tank, and shares that carry their base."""

import numpy as np
import pytest
from leachwatch.analysis import fields
from leachwatch.analysis.uncertainty.doubts import doubts
from leachwatch.tests.unit.analysis.worlds import tanks

TWICE = {"first_seen": "2018-03-01", "last_seen": "2023-03-01", "absent_on": "2017-03-01", "status": "active"}


def of_one_group(rows, **options):
    table = tanks(rows)
    every = np.ones(len(table), dtype=bool)
    return doubts(table, every, np.zeros(len(table), dtype=int), 1, **options).iloc[0]


def test_nothing_is_doubtful_of_tanks_seen_twice_with_all_that_can_be_known():
    row = of_one_group([TWICE] * 3)
    assert row["tanks"] == 3
    assert [row[f"{word}"] for word in fields.DOUBT_WORDS] == [0] * 5
    assert [row[f"{word}_pct"] for word in fields.DOUBT_WORDS] == [0.0] * 5


@pytest.mark.parametrize(
    ("values", "doubtful"),
    [
        ({"status": "unknown"}, "unknown_status"),
        ({"last_seen": "2018-03-01"}, "seen_once"),
        ({"last_seen": None}, "seen_once"),
        # Known from its last image alone: that is one image, too.
        ({"first_seen": None}, "seen_once"),
        ({"date_precision": "month"}, "coarse_date"),
        ({"date_precision": "year"}, "coarse_date"),
        ({"absent_on": None}, "no_absent_image"),
    ],
)
def test_each_doubt_by_itself(values, doubtful):
    known = {"date_precision": "day"}
    row = of_one_group([{**TWICE, **known}, {**TWICE, **known, **values}])
    found = {word: (row[f"{word}"], row[f"{word}_pct"]) for word in fields.DOUBT_WORDS}
    assert found.pop(doubtful) == (1, 50.0)
    assert set(found.values()) == {(0, 0.0)}


@pytest.mark.parametrize("shown", [{"status_date": "2020-01-01"}, {"abandoned_since": "2020-01-01"}])
def test_an_image_that_showed_its_status_showed_the_tank(shown):
    assert of_one_group([{**TWICE, "last_seen": None, **shown}])["seen_once"] == 0


def test_an_image_that_lacks_the_tank_did_not_show_it():
    assert of_one_group([{**TWICE, "last_seen": None, "gone_by": "2024-01-01"}])["seen_once"] == 1


def test_the_status_is_that_of_the_year_where_one_is_asked():
    # Seen abandoned in 2023, not known since when: in 2020 nobody knows.
    rows = [{**TWICE, "status": "abandoned"}]
    assert of_one_group(rows)["unknown_status"] == 0
    assert of_one_group(rows, year=2020)["unknown_status"] == 1
    assert of_one_group(rows, year=2023)["unknown_status"] == 0


def test_undated_tanks_are_told_beside_those_counted():
    # Group 0: three counted and one undated, 1 / 4. Group 1: one undated and none counted, all of it. Group 2: nothing.
    table = tanks([TWICE, TWICE, TWICE, {}, {}, TWICE])
    found = doubts(table, np.array([1, 1, 1, 0, 0, 1], dtype=bool), np.array([0, 0, 0, 0, 1, -1]), 3)
    assert found["tanks"].tolist() == [3, 0, 0]
    assert found["undated"].tolist() == [1, 1, 0]
    assert found["undated_pct"].fillna(-1).tolist() == [25.0, 100.0, -1]
    assert found["unknown_status_pct"].isna().tolist() == [False, True, True]


def test_where_every_tank_counts_an_undated_one_is_no_more_than_itself():
    row = of_one_group([TWICE, {}])
    assert (row["tanks"], row["undated"], row["undated_pct"]) == (2, 1, 50.0)
    # No image shows it at a known date: neither once nor twice, and nothing is coarse of a date that is not there.
    assert (row["seen_once"], row["coarse_date"], row["no_absent_image"]) == (0, 0, 1)


def test_the_columns_are_the_declared_ones():
    found = doubts(tanks([]), np.zeros(0, dtype=bool), np.zeros(0, dtype=int), 2)
    assert list(found) == [field.name for field in fields.DOUBTS] and len(found) == 2
