"""The rules of time, case by case, worked out by hand from their definitions."""

from datetime import date

import pytest
from leachwatch.analysis import time
from leachwatch.tests.unit.analysis.worlds import tanks


def counted(tank, year, counting="standing"):
    return bool(time.counted(tanks([tank]), year, counting)[0])


def status(tank, year):
    return time.status_in(tanks([tank]), year)[0]


@pytest.mark.parametrize(
    ("year", "standing", "cumulative"),
    [
        (2014, False, False),
        (2015, True, True),  # first seen on the last day of it
        (2019, True, True),
        (2020, False, True),  # an image of 2020 no longer shows it
        (2024, False, True),
    ],
)
def test_a_tank_stands_from_first_seen_until_an_image_without_it(year, standing, cumulative):
    tank = {"first_seen": "2015-12-31", "last_seen": "2019-06-01", "gone_by": "2020-01-01"}
    assert counted(tank, year) is standing
    assert counted(tank, year, "cumulative") is cumulative


def test_last_seen_is_not_gone():
    assert counted({"first_seen": "2012-01-01", "last_seen": "2013-01-01"}, 2025)


@pytest.mark.parametrize(
    ("tank", "standing"),
    [
        # Missed in 2018, seen again in 2020: it stands in 2015 to 2017, and from 2020 on.
        ({"first_seen": "2015-06-01", "gone_by": "2018-03-01", "last_seen": "2020-09-01"}, [2015, 2017, 2020, 2024]),
        # Seen in the year in which it is gone: the year's end is what counts, and it is gone.
        ({"first_seen": "2015-06-01", "gone_by": "2020-03-01", "last_seen": "2020-09-01"}, [2015, 2017, 2018, 2019]),
        # The one date that shows it is later than the image without it.
        ({"first_seen": "2020-06-01", "gone_by": "2018-03-01"}, [2020, 2024]),
        ({"last_seen": "2020-06-01", "gone_by": "2018-03-01"}, [2020, 2024]),
    ],
)
def test_a_tank_that_vanishes_and_returns_stands_again_from_the_year_of_that_image(tank, standing):
    years = (2014, 2015, 2017, 2018, 2019, 2020, 2024)
    assert [year for year in years if counted(tank, year)] == standing
    first = min(year for year in years if counted(tank, year, "cumulative"))
    assert first == standing[0], "cumulative knows no gap"


def test_a_tank_of_which_only_the_last_image_is_known_counts_from_that_image():
    tank = {"last_seen": "2018-05-01"}
    assert [counted(tank, year) for year in (2017, 2018, 2019)] == [False, True, True]


def test_seen_and_gone_within_a_year_is_cumulative_and_never_stands_at_its_end():
    tank = {"first_seen": "2015-02-01", "gone_by": "2015-11-01"}
    assert [counted(tank, 2015), counted(tank, 2015, "cumulative")] == [False, True]


def test_an_undated_tank_counts_in_no_year_and_counts_where_no_year_is_chosen():
    tank = {"status": "active", "status_date": "2020-01-01"}
    assert bool(time.undated(tanks([tank]))[0])
    assert [counted(tank, 2030), counted(tank, 2030, "cumulative"), counted(tank, None)] == [False, False, True]


def test_an_unknown_counting_rule_is_an_error():
    with pytest.raises(ValueError, match="seen"):
        counted({}, 2020, "seen")


@pytest.mark.parametrize(
    ("tank", "by_year"),
    [
        ({"status": "active"}, {2010: "active", 2024: "active"}),
        ({"status": "unknown"}, {2010: "unknown", 2024: "unknown"}),
        (
            {"status": "abandoned", "abandoned_since": "2019-07-01"},
            {2018: "active", 2019: "abandoned", 2024: "abandoned"},
        ),
        ({"status": "unknown", "abandoned_since": "2019-07-01"}, {2018: "active", 2019: "abandoned"}),
        # Known as abandoned from an image of 2022, not since when: before that image nobody knows.
        ({"status": "abandoned", "status_date": "2022-03-01"}, {2021: "unknown", 2022: "abandoned", 2024: "abandoned"}),
        ({"status": "abandoned", "last_seen": "2020-03-01"}, {2019: "unknown", 2020: "abandoned"}),
        # Abandoned, with nothing that says when: unknown in every year.
        ({"status": "abandoned", "first_seen": "2012-01-01"}, {2012: "unknown", 2025: "unknown"}),
        # Abandoned in 2017 and seen active again in 2021.
        (
            {"status": "active", "abandoned_since": "2017-01-01", "status_date": "2021-01-01"},
            {2016: "active", 2017: "abandoned", 2020: "abandoned", 2021: "active"},
        ),
    ],
)
def test_status_in_a_year(tank, by_year):
    assert {year: status(tank, year) for year in by_year} == by_year


def test_without_a_year_the_status_is_the_one_recorded():
    assert status({"status": "abandoned", "first_seen": "2012-01-01"}, None) == "abandoned"


@pytest.mark.parametrize(
    ("first_seen", "precision", "side"),
    [
        ("2021-01-31", "day", "before"),
        ("2021-02-01", "day", "after"),
        ("2021-01-01", "month", "before"),
        ("2021-02-01", "month", "after"),
        ("2021-01-01", "year", "undetermined"),
        ("2020-01-01", "year", "before"),
        ("2022-01-01", "year", "after"),
        (None, "none", "undetermined"),
    ],
)
def test_side_of_the_coup(first_seen, precision, side):
    table = tanks([{"first_seen": first_seen, "date_precision": precision}])
    assert time.side_of(table, date(2021, 2, 1))[0] == side


def test_a_month_that_the_cut_divides_is_undetermined():
    table = tanks([{"first_seen": "2021-02-01", "date_precision": "month"}])
    assert time.side_of(table, date(2021, 2, 15))[0] == "undetermined"


@pytest.mark.parametrize(("absent_on", "sure"), [("2019-12-31", False), ("2020-01-01", True), (None, False)])
def test_new_for_sure_only_where_an_image_of_the_start_or_later_lacks_the_tank(absent_on, sure):
    table = tanks([{"first_seen": "2022-06-01", "absent_on": absent_on}])
    assert bool(time.surely_new(table, 2020, 2024)[0]) is sure


@pytest.mark.parametrize(("absent_on", "perhaps"), [("2023-05-01", True), ("2024-05-01", False), (None, True)])
def test_a_tank_first_seen_after_the_end_may_stand_already(absent_on, perhaps):
    table = tanks([{"first_seen": "2025-02-01", "absent_on": absent_on}])
    assert bool(time.perhaps_built_by(table, 2024)[0]) is perhaps


@pytest.mark.parametrize(
    ("gone_by", "last_seen", "sure", "perhaps"),
    [
        ("2020-03-01", "2023-05-01", True, False),  # missed in the first year, there again by the last
        ("2019-03-01", "2023-05-01", False, False),  # may have been back in the first year
        ("2022-03-01", "2025-05-01", False, True),  # back in an image of 2025: perhaps in 2024
        ("2024-03-01", "2025-05-01", False, False),  # an image of 2024 misses it
    ],
)
def test_a_return_between_or_after_the_years(gone_by, last_seen, sure, perhaps):
    table = tanks([{"first_seen": "2015-06-01", "gone_by": gone_by, "last_seen": last_seen}])
    assert bool(time.surely_new(table, 2020, 2024)[0]) is sure
    assert bool(time.perhaps_built_by(table, 2024)[0]) is perhaps
