"""The arrays say the rules of time as ``analysis.time`` does, for every combination of dates and range of years."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from leachwatch.analysis import time
from leachwatch.analysis.definition import CUMULATIVE, STANDING
from leachwatch.analysis.selection.columns import DATE, TEXT, TEXT_DATE, YEAR
from leachwatch.analysis.selection.expression import expression
from leachwatch.analysis.selection.mask import shown
from leachwatch.analysis.selection.searching import known
from leachwatch.analysis.selection.wanted import FIRST_SEEN, TankFilter
from leachwatch.tests.unit.analysis.selection.tables import Database, columns_for, table

SEEN = [None, "2018-12-31", "2019-01-01", "2020-06-30"]
GONE = [None, "2018-06-01", "2019-12-31", "2020-01-01", "2021-01-01"]
ROLES = ("first_seen", "last_seen", "gone_by")
ROWS = [dict(zip(ROLES, dates)) for dates in product(SEEN, SEEN, GONE)]
KINDS = dict.fromkeys(ROLES, DATE)
RANGES = [(first, last) for first in range(2017, 2023) for last in range(first, 2023)]


def as_time_counts_them(rule: str, first: int, last: int) -> list[int]:
    tanks = pd.DataFrame(ROWS, columns=ROLES).apply(pd.to_datetime)
    counted = np.zeros(len(ROWS), dtype=bool)
    for year in range(first, last + 1):
        counted |= time.counted(tanks, year, rule)
    return counted.nonzero()[0].tolist()


@pytest.mark.parametrize(("first", "last"), RANGES)
def test_a_tank_is_shown_that_counts_in_one_of_the_years(first, last):
    columns = columns_for(KINDS)
    tanks, database = table(columns, ROWS), Database(columns, ROWS)
    ever = {*as_time_counts_them(CUMULATIVE, last, last)}
    asked = {
        STANDING: as_time_counts_them(STANDING, first, last),
        CUMULATIVE: sorted(ever),
        FIRST_SEEN: sorted(ever - {*as_time_counts_them(CUMULATIVE, first - 1, first - 1)}),
    }
    for mode, expected in asked.items():
        wanted = TankFilter(mode, first, last)
        assert shown(tanks, wanted).nonzero()[0].tolist() == expected
        assert database.which(expression(wanted, columns, known(tanks, wanted))) == expected


def test_statuses_by_year_are_those_of_the_analysis():
    kinds = {**KINDS, "abandoned_since": DATE, "status_date": DATE, "status": TEXT}
    dates = [None, "2018-03-01", "2019-07-01", "2019-09-01"]
    words = ["active", "abandoned", "unknown", None]
    rows = [
        {
            "first_seen": "2017-01-01",
            "last_seen": "2020-01-01",
            "abandoned_since": since,
            "status_date": on,
            "status": w,
        }
        for since, on, w in product(dates, dates, words)
    ]
    tanks = table(columns_for(kinds), rows)
    frame = pd.DataFrame(rows, columns=list(kinds))
    frame[[role for role in kinds if role != "status"]] = frame.drop(columns="status").apply(pd.to_datetime)
    lives = time.Lives(frame.assign(status=frame["status"].fillna("unknown")))
    for role in ("seen", "last", "gone", "since", "recorded", "revived", "active", "abandoned"):
        np.testing.assert_array_equal(getattr(tanks.life, role), getattr(lives, role), role)


TEXTS = {
    "2019": 2019,
    "2019-03-14": 2019,
    "2019/03/14": 2019,
    "20190314": 2019,
    "2019-12-31T23:59:59": 2019,
    "1000": 1000,
    "8999-12-31": 8999,
    # What is no date, or no year that anybody saw a tank in, is no date.
    "": None,
    "0": None,
    "0999": None,
    "9000": None,
    "9999-12-31": None,
    " 2019": None,
    "n/a": None,
    "?": None,
    "unknown": None,
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_of_the_year_that_the_condition_finds(text):
    columns, rows = columns_for({"first_seen": TEXT_DATE}), [{"first_seen": text}]
    tanks, database, year = table(columns, rows), Database(columns, rows), TEXTS[text]
    assert tanks.years == (None if year is None else (year, year))
    if year is None:
        assert database.which(expression(TankFilter(only_undated=True), columns)) == [0]
    else:
        assert database.which(expression(TankFilter(FIRST_SEEN, year, year), columns)) == [0]


@pytest.mark.parametrize(("number", "year"), [(2019, 2019), (2019.5, 2019), (0, None), (-5, None), (9999, None)])
def test_a_number_is_a_year_or_none(number, year):
    columns, rows = columns_for({"first_seen": YEAR}), [{"first_seen": number}]
    assert table(columns, rows).years == (None if year is None else (year, year))


def test_kinds_of_dates_may_be_mixed():
    kinds = {
        "status": TEXT,
        "first_seen": YEAR,
        "last_seen": TEXT_DATE,
        "abandoned_since": TEXT_DATE,
        "status_date": DATE,
    }
    rows = [
        {"status": "active", "first_seen": 2015, "last_seen": "2020", "abandoned_since": "2018-03", "status_date": on}
        for on in ("2018-02-28", "2018-04-01", "2019-01-01")
    ]
    life = table(columns_for(kinds), rows).life
    assert (life.seen.tolist(), life.last.tolist(), life.since.tolist()) == ([2015] * 3, [2020] * 3, [2018] * 3)
    # Active on an image of March 2018 or later: active again.
    assert np.isnan(life.revived[0]) and life.revived[1:].tolist() == [2018, 2019]
