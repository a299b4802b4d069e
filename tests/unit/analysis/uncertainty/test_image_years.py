"""Years of images by hand: a year in which somebody looked is no year of building."""

import numpy as np
import pytest
from leachwatch.analysis import fields
from leachwatch.analysis.uncertainty.image_years import image_years
from leachwatch.tests.unit.analysis.worlds import tanks


def seen(count, first, **values):
    return [{"first_seen": first, **values}] * count


def by_year(rows):
    found = image_years(tanks(rows))
    assert list(found) == [field.name for field in fields.IMAGE_YEARS]
    return found.set_index("year")


def test_counts_shares_and_distinct_dates():
    rows = [
        *seen(2, "2020-03-01", last_seen="2022-05-01"),
        *seen(1, "2020-03-01", absent_on="2019-02-01", gone_by="2022-06-01"),
        *seen(1, "2022-05-01", absent_on="2020-03-01", last_seen="2022-06-01"),
        {},  # undated: in no year
    ]
    found = by_year(rows)
    assert found.index.tolist() == [2019, 2020, 2021, 2022]
    # 2019-02-01 · 2020-03-01 · none · 2022-05-01 and 2022-06-01
    assert found["image_dates"].tolist() == [1, 1, 0, 2]
    assert found["first_seen"].tolist() == [0, 3, 0, 1]
    assert found["first_seen_pct"].tolist() == [0, 75, 0, 25]
    # Of the three of 2020, one is missing from an image of 2019; the one of 2022 from none of 2021 or later.
    assert found["newness_open"].tolist() == [0, 2, 0, 1]
    assert found["newness_open_pct"].round(1).fillna(-1).tolist() == [-1, 66.7, -1, 100.0]


def test_an_empty_year_and_what_follows_it():
    found = by_year([*seen(3, "2018-01-01"), *seen(1, "2019-01-01", absent_on="2018-01-01"), *seen(1, "2021-01-01")])
    assert found.loc[2020, "flag"] == fields.NO_IMAGE
    # Nothing was seen before the first images, and nothing in the year before 2021.
    assert fields.NO_IMAGE_BEFORE in found.loc[2018, "flag"] and fields.NO_IMAGE_BEFORE in found.loc[2021, "flag"]
    assert found.loc[2019, "flag"] == ""


@pytest.mark.parametrize(
    ("rows_of_2021", "flag"),
    [
        # 12, and 2 in the year before and the year after: many. Missing from no image: a year of imagery.
        (seen(12, "2021-04-01"), fields.YEAR_OF_IMAGERY),
        # As many, but an image of 2020 lacks seven of them, 58 %: they were built.
        ([*seen(7, "2021-04-01", absent_on="2020-04-01"), *seen(5, "2021-04-01")], ""),
        # An image of 2019 does not tell 2020 from 2021.
        (seen(12, "2021-04-01", absent_on="2019-04-01"), fields.YEAR_OF_IMAGERY),
        # Half of them open is not most of them.
        ([*seen(6, "2021-04-01", absent_on="2020-04-01"), *seen(6, "2021-04-01")], ""),
        # Twice as many as in the years beside it are not more than twice as many.
        (seen(4, "2021-04-01"), ""),
    ],
)
def test_many_first_seen_in_one_image_year(rows_of_2021, flag):
    rows = [row for year in (2019, 2020, 2022) for row in seen(2, f"{year}-04-01")]
    assert by_year([*rows, *rows_of_2021]).loc[2021, "flag"] == flag


@pytest.mark.parametrize(
    ("numbers", "flagged"),
    [
        # Steady growth is building: none has more than twice the average of the years beside it.
        ([20, 40, 80, 120, 110], []),
        # One year stands out. (28 / 2 = 14, and 30 > 28.)
        ([10, 12, 30, 16, 20], [2012]),
        # The first has but the year after beside it, the last but the year before.
        ([41, 20, 20, 20, 41], [2010, 2014]),
        ([40, 20, 20, 20, 40], []),
        # 4 of 104 are no 5 %: few tanks after an empty year are not worth a word.
        ([0, 4, 0, 50, 50], []),
        # Half of them all is many, whatever stands beside it.
        ([0, 0, 60, 60, 0], [2012, 2013]),
    ],
)
def test_what_is_many(numbers, flagged):
    rows = [{"absent_on": "2010-01-01"}, {"absent_on": "2014-01-01"}]
    rows += [row for year, number in enumerate(numbers, 2010) for row in seen(number, f"{year}-04-01")]
    found = by_year(rows)
    assert found.index[found["flag"].str.contains("year of imagery")].tolist() == flagged


def test_all_in_one_year_is_many():
    found = by_year(seen(5, "2021-04-01"))
    assert found.loc[2021, "flag"] == f"{fields.NO_IMAGE_BEFORE}; {fields.YEAR_OF_IMAGERY}"


def test_every_dated_tank_is_first_seen_in_one_year():
    random = np.random.default_rng(2)
    rows = [
        {"first_seen": f"{year}-06-01", "last_seen": f"{year + 2}-01-01"} for year in random.integers(2010, 2026, 80)
    ]
    found = by_year([*rows, {}, {"last_seen": "2014-01-01"}])
    assert found["first_seen"].sum() == 81 and found["first_seen_pct"].sum() == pytest.approx(100)


@pytest.mark.parametrize("rows", [[], [{}, {}]])
def test_without_dates_there_are_no_years(rows):
    assert len(image_years(tanks(rows))) == 0
