import numpy as np
import pandas as pd
import pytest
from leachwatch.sources.columns.dates import RANK, parse_dates, parse_when

FORMS = [
    ("2021", "2021-01-01", "year"),
    ("2021.0", "2021-01-01", "year"),
    ("20210314", "2021-03-14", "day"),
    ("202103", "2021-03-01", "month"),
    ("2021-03-14", "2021-03-14", "day"),
    ("2021/3/4", "2021-03-04", "day"),
    ("2021-03-14T05:30:00Z", "2021-03-14", "day"),
    ("2021-03", "2021-03-01", "month"),
    ("3/14/2021", "2021-03-14", "day"),
    ("3/4/2021", "2021-03-04", "day"),
    ("3/14/2021 12:00:00 AM", "2021-03-14", "day"),
    ("03/2021", "2021-03-01", "month"),
    ("Mar 2021", "2021-03-01", "month"),
    ("March, 2021", "2021-03-01", "month"),
    ("Sept. 2021", "2021-09-01", "month"),
    ("14 March 2021", "2021-03-14", "day"),
    ("14-Mar-2021", "2021-03-14", "day"),
    ("March 14, 2021", "2021-03-14", "day"),
    ("44269", "2021-03-14", "day"),
    ("2019-2021", "2021-01-01", "year"),
    ("2019 – 2021", "2021-01-01", "year"),
    ("Mar 2019 to Jun 2020", "2020-06-01", "year"),
    ("2020-02-29", "2020-02-29", "day"),
]
NO_DATES = [
    "2021-02-29",
    "2021-13-01",
    "13/13/2021",
    "20211301",
    "Marble 2021",
    "late 2021",
    "2021-2019",
    "1021",
    "3/14/21",
    "?",
]
NULLS = [
    "",
    "<null>",
    "NULL",
    "N/A",
    "none",
    "NaN",
    "0",
    "9999",
    "-9999",
    "1900-01-01",
    "1/1/1900",
    "1900-01-01T00:00:00",
]


@pytest.mark.parametrize(("text", "day", "precision"), FORMS)
def test_every_form_of_a_date(text, day, precision):
    dates = parse_dates(pd.Series([text], dtype=object))
    assert dates.values[0] == np.datetime64(day)
    assert dates.rank[0] == RANK[precision]
    assert not dates.unread


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_none_and_counted(text):
    dates = parse_dates(pd.Series([text, text], dtype=object))
    assert np.isnat(dates.values).all()
    assert list(dates.rank) == [0, 0]
    assert dates.unread == {text: 2}


@pytest.mark.parametrize("text", NULLS)
def test_nulls_are_no_date_and_nothing_to_complain_of(text):
    dates = parse_dates(pd.Series([text, None], dtype=object))
    assert np.isnat(dates.values).all()
    assert not dates.unread


def test_numbers_and_real_dates():
    years = parse_dates(pd.Series([2021, 0, 9999]))
    assert list(years.values.astype(str)) == ["2021-01-01T00:00:00.000000000", "NaT", "NaT"]
    assert list(years.rank) == [RANK["year"], 0, 0]
    gaps = parse_dates(pd.Series([2021.0, np.nan]))
    assert list(gaps.rank) == [RANK["year"], 0]
    typed = parse_dates(pd.Series(pd.to_datetime(["2021-03-14 05:00", None, "1900-01-01 00:00"])))
    assert typed.values[0] == np.datetime64("2021-03-14")
    assert np.isnat(typed.values[1:]).all()
    assert list(typed.rank) == [RANK["day"], 0, 0]


def test_intervals_are_counted():
    dates = parse_dates(pd.Series(["2019-2021", "2019-2021", "2020"], dtype=object))
    assert dates.intervals == 2


def test_one_unmistakable_date_settles_the_order_of_its_column():
    dates = parse_dates(pd.Series(["14/3/2021", "3/4/2021"], dtype=object))
    assert list(dates.values) == [np.datetime64("2021-03-14"), np.datetime64("2021-04-03")]
    assert "day comes first" in dates.remarks[0]


def test_where_a_column_mixes_the_orders_only_the_year_of_the_unclear_is_kept():
    dates = parse_dates(pd.Series(["14/3/2021", "3/14/2021", "3/4/2021", "5/5/2021"], dtype=object))
    assert list(dates.values[:2]) == [np.datetime64("2021-03-14")] * 2
    assert (dates.values[2], dates.rank[2]) == (np.datetime64("2021-01-01"), RANK["year"])
    assert dates.values[3] == np.datetime64("2021-05-05"), "the fifth of May is the same in both orders"
    assert "the year is kept" in dates.remarks[0]


def test_excel_numbers_are_remarked():
    assert "2 numbers such as 44269" in parse_dates(pd.Series(["44269", "44270", "2021"], dtype=object)).remarks[0]


def test_a_stretch_knows_its_first_and_last_day():
    february = parse_when("Feb 2020")
    assert (str(february.start), str(february.end)) == ("2020-02-01", "2020-02-29")
    years = parse_when("2019-2021")
    assert (str(years.start), str(years.end)) == ("2019-01-01", "2021-12-31")


def test_an_empty_column_and_a_million_rows_of_few_words():
    assert len(parse_dates(pd.Series([], dtype=object)).values) == 0
    many = pd.Series(np.tile(np.array(["2021", "Mar 2020", "?"], dtype=object), 40_000))
    assert parse_dates(many).unread == {"?": 40_000}
