"""Values as the toolbox, models, batch and the command line give them: dates, years, bounds."""

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import failing, rows, run
from qgis.core import QgsProperty
from qgis.PyQt.QtCore import QDate, QDateTime, QTime

YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}
CUTS = [
    "2021-02-01",
    QDate(2021, 2, 1),
    QDateTime(QDate(2021, 2, 1), QTime()),
    QDateTime(QDate(2021, 2, 1), QTime(0, 0)),
    None,
]


@pytest.mark.parametrize("cut", CUTS, ids=repr)
def test_cut_dates(cut):
    results = run("townshipsummary", TANKS=world.tank_layer(), UNITS=world.unit_layer(), CUT_DATE=cut, **YEARS)
    out = rows(results["UNITS_OUT"])
    assert {row["cut_date"] for row in out} == {"2021-02-01"}
    assert [row["tanks_before_cut"] for row in out] == [0, 4, 0, 1]


@pytest.mark.parametrize("cut", ["2021-02-30", "after the coup", "01/02/2021"])
def test_a_cut_that_is_no_date_is_an_error(cut):
    message = failing("townshipsummary", TANKS=world.tank_layer(), UNITS=world.unit_layer(), CUT_DATE=cut, **YEARS)
    assert "CUT_DATE" in message


@pytest.mark.parametrize(
    "start, end", [("2020", "2024"), (2020.0, 2024.0), (QgsProperty.fromExpression("2019 + 1"), 2024)]
)
def test_years_in_other_clothes(start, end):
    results = run("siteexpansion", TANKS=world.tank_layer(), START_YEAR=start, END_YEAR=end)
    assert (results["TANKS_START"], results["TANKS_END"]) == (6, 11)


@pytest.mark.parametrize("year", [None, ""])
def test_no_year_means_all_tanks(year):
    assert run("detectsites", TANKS=world.tank_layer(), YEAR=year)["COUNTED_COUNT"] == 13


@pytest.mark.parametrize(
    "given, words",
    [
        ({"START_YEAR": 2024, "END_YEAR": 2020}, ["START_YEAR (2024)", "before END_YEAR (2020)"]),
        ({"START_YEAR": 2020, "END_YEAR": 2020}, ["START_YEAR (2020)", "before END_YEAR (2020)"]),
        ({**YEARS, "LINK_DISTANCE": 0}, ["LINK_DISTANCE", "0.01"]),
        ({**YEARS, "LINK_DISTANCE": -5}, ["LINK_DISTANCE", "-5"]),
        ({**YEARS, "LINK_DISTANCE": "nan"}, ["LINK_DISTANCE", "nan"]),
        ({**YEARS, "LINK_DISTANCE": "far"}, ["LINK_DISTANCE", "far"]),
        ({**YEARS, "PADDING": 0}, ["PADDING", "0.01"]),
        ({**YEARS, "PADDING": "inf"}, ["PADDING", "inf"]),
        ({**YEARS, "MIN_TANKS": 0}, ["MIN_TANKS", "at least 1"]),
        ({**YEARS, "MIN_TANKS": 2.5}, ["MIN_TANKS", "whole"]),
        # QGIS would take what does not fit into 32 bits for a negative number, and every group for a site.
        ({**YEARS, "MIN_TANKS": 10**12}, ["MIN_TANKS", "from 1 to 2147483647"]),
        ({**YEARS, "PADDING": 1e7}, ["PADDING", "from 0.01 to 100000"]),
        ({"START_YEAR": 20, "END_YEAR": 2020}, ["START_YEAR", "1900"]),
        ({"START_YEAR": 2020, "END_YEAR": 20240}, ["END_YEAR", "2200"]),
        ({"START_YEAR": 2020.5, "END_YEAR": 2024}, ["START_YEAR", "whole"]),
        ({**YEARS, "COUNTING": "sitting"}, ["COUNTING"]),
        ({**YEARS, "FOOTPRINT": "round"}, ["FOOTPRINT"]),
    ],
)
def test_values_that_cannot_be(given, words):
    message = failing("siteexpansion", TANKS=world.tank_layer(), **given)
    assert all(word in message for word in words), message


@pytest.mark.parametrize("years", [{"START_YEAR": 2020}, {"END_YEAR": 2020}])
def test_one_year_alone_is_an_error(years):
    message = failing("townshipsummary", TANKS=world.tank_layer(), UNITS=world.unit_layer(), **years)
    assert "both years" in message


def test_one_year_twice_is_a_summary_of_that_year():
    results = run("townshipsummary", TANKS=world.tank_layer(), UNITS=world.unit_layer(), START_YEAR=2024, END_YEAR=2024)
    assert results["COUNTED_COUNT"] == 11
    assert [row["tanks_new"] for row in rows(results["UNITS_OUT"])] == [0, 0, 0, 0]


def test_no_years_mean_no_measure_of_time():
    results = run("townshipsummary", TANKS=world.tank_layer(), UNITS=world.unit_layer())
    assert results["COUNTED_COUNT"] == 13
    for row in rows(results["UNITS_OUT"]):
        assert [row[name] for name in ("start_year", "tanks_new", "tanks_gone", "cut_date", "tanks_before_cut")] == [
            None
        ] * 5
    yearly = rows(results["YEARLY"])
    assert [row["tanks"] for row in yearly] == [5, 7, 0, 1]
    assert {row["year"] for row in yearly} == {None}
