"""Units: placing tanks, and the tables by unit and by year, counted by hand."""

from datetime import date

import geopandas as gpd
import numpy as np
import pytest
import shapely
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.units.placement import place, prepare
from leachwatch.analysis.units.summary import Question, TownshipSummary
from leachwatch.analysis.units.summary_tables import unit_table, yearly_table
from leachwatch.tests.unit.analysis import worlds
from leachwatch.tests.unit.analysis.worlds import boxes, random_rows, row_of, tanks

WEST_AND_EAST = (-5000, 1000, 5000)
CUT = date(2021, 2, 1)


def summarise(rows, start=2020, end=2022, units=None, counting="standing", cut=CUT):
    table = tanks(rows)
    units, _ = prepare(boxes(*WEST_AND_EAST) if units is None else units)
    placement = place(table["lon"].to_numpy(), table["lat"].to_numpy(), units)
    return TownshipSummary(table, units, placement, Question(start, end, counting, cut, SiteDefinition()))


ROWS = [
    *row_of(4, first_seen="2019-03-01", status="active", tank_type="leachate"),
    *row_of(2, east=60, first_seen="2021-06-01", status="abandoned", abandoned_since="2022-01-01"),
    *row_of(1, east=90, first_seen="2021-01-01", date_precision="year"),
    *row_of(1, east=105, first_seen="2018-01-01", gone_by="2021-01-01"),
    *row_of(4, east=2000, first_seen="2022-01-01", tank_type="precipitation"),
    *row_of(1, east=3000),  # undated
    *row_of(1, east=9000, first_seen="2015-01-01"),  # outside
]


def test_the_yearly_table_of_the_western_unit():
    table = yearly_table(summarise(ROWS))
    west = table[table["unit_code"] == "U0"].set_index("year")
    names = [
        "tanks",
        "tanks_new",
        "tanks_gone",
        "tanks_cumulative",
        "active",
        "abandoned",
        "status_unknown",
        "leachate",
        "sites",
        "sites_new",
    ]
    assert west.loc[2020, names].tolist() == [5, 0, 0, 5, 4, 0, 1, 4, 1, 0]
    assert west.loc[2021, names].tolist() == [7, 3, 1, 8, 6, 0, 1, 4, 1, 0]
    assert west.loc[2022, names].tolist() == [7, 0, 0, 8, 4, 2, 1, 4, 1, 0]


def test_a_new_site_in_the_eastern_unit_and_a_row_for_what_lies_outside():
    table = yearly_table(summarise(ROWS)).set_index(["unit_name", "year"])
    assert table.loc[("Unit 1", 2022), ["tanks", "sites", "sites_new"]].tolist() == [4, 1, 1]
    assert table.loc[("Unit 1", 2021), ["tanks", "sites", "footprint_ha"]].tolist() == [0, 0, 0]
    assert table.loc[("outside all units", 2020), "tanks"] == 1
    assert len(table) == 9


def test_the_unit_table_with_the_sides_of_the_cut():
    table = unit_table(summarise(ROWS)).set_index("unit_name")
    names = [
        "tanks",
        "tanks_start",
        "tanks_new",
        "tanks_gone",
        "tanks_undated",
        "tanks_before_cut",
        "tanks_after_cut",
        "tanks_cut_undetermined",
        "status_known",
    ]
    assert table.loc["Unit 0", names].tolist() == [7, 5, 3, 1, 0, 4, 2, 1, 6]
    assert table.loc["Unit 1", names].tolist() == [4, 0, 4, 0, 1, 0, 4, 0, 0]
    assert table.loc["Unit 0", "active_share_pct"] == pytest.approx(100 * 4 / 6)
    assert np.isnan(table.loc["Unit 1", "active_share_pct"])  # no status is known there
    assert table.loc["outside all units", "tanks"] == 1
    assert table.geometry["outside all units"] is None


def test_without_years_every_tank_counts_and_nothing_is_said_of_time():
    summary = summarise(ROWS, None, None)
    table = unit_table(summary).set_index("unit_name")
    assert table.loc[["Unit 0", "Unit 1", "outside all units"], "tanks"].tolist() == [8, 5, 1]
    untold = [
        "tanks_start",
        "tanks_new",
        "tanks_gone",
        "tanks_before_cut",
        "tanks_after_cut",
        "tanks_cut_undetermined",
        "cut_date",
        "start_year",
        "end_year",
    ]
    assert table[untold].isna().all().all()
    assert set(table["counting"]) == {"all tanks"}
    yearly = yearly_table(summary)
    assert len(yearly) == 3
    assert yearly[["year", "tanks_new", "tanks_gone", "tanks_cumulative", "sites_new"]].isna().all().all()
    assert yearly["tanks"].sum() == len(ROWS)


def test_no_row_for_outside_where_nothing_is_outside():
    table = yearly_table(summarise(row_of(4, first_seen="2019-01-01")))
    assert set(table["unit_name"]) == {"Unit 0", "Unit 1"}


def test_density_is_per_hundred_square_kilometres_of_ground():
    row = unit_table(summarise(ROWS)).set_index("unit_name").loc["Unit 0"]
    # 6 km by 18 km.
    assert row["area_km2"] == pytest.approx(108, rel=1e-3)
    assert row["tanks_per_100km2"] == pytest.approx(100 * 7 / row["area_km2"])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("counting", ["standing", "cumulative"])
def test_units_and_outside_are_the_layers_totals_in_every_year(seed, counting):
    rows = random_rows(seed)
    summary = summarise(rows, 2012, 2020, boxes(-500, 1200, 2600, 3800), counting)
    yearly = yearly_table(summary)
    for year, counted in summary.counted.items():
        rows_of_year = yearly[yearly["year"] == year]
        assert rows_of_year["tanks"].sum() == counted.sum()
        assert rows_of_year[["active", "abandoned", "status_unknown"]].sum().sum() == counted.sum()
        assert rows_of_year["sites"].sum() == (summary.sites.count(counted) > 0).sum()
        assert rows_of_year["footprint_ha"].sum() == pytest.approx(summary.hectares[year].sum())
    by_year = yearly.groupby("year")[["tanks", "tanks_new", "tanks_gone"]].sum()
    change = by_year["tanks"].diff().iloc[1:]
    assert change.tolist() == (by_year["tanks_new"] - by_year["tanks_gone"]).iloc[1:].tolist()
    table = unit_table(summary)
    sides = table[["tanks_before_cut", "tanks_after_cut", "tanks_cut_undetermined"]].sum().sum()
    assert table["tanks"].sum() == sides == summary.counted[2020].sum()


def test_a_site_drawn_in_a_series_equals_the_site_drawn_alone():
    # Four tanks of one site come and go, one a year: each year is drawn by itself, and again within the series.
    rows = [
        *row_of(4, first_seen="2015-01-01"),
        {"east": 60, "first_seen": "2017-01-01"},
        {"east": 75, "first_seen": "2018-01-01", "gone_by": "2020-01-01"},
        {"east": -15, "first_seen": "2019-01-01"},
    ]
    series = summarise(rows, 2014, 2021)
    for year in range(2015, 2022):
        alone = summarise(rows, year, year).hectares[year]
        assert series.hectares[year].tolist() == pytest.approx(alone.tolist(), rel=1e-9), year
    assert series.hectares[2014].tolist() == [0.0]
    # Nothing; four tanks; five; six; seven; and six again.
    assert len({round(float(series.hectares[year][0]), 6) for year in series.question.years}) == 5


def test_a_tank_on_a_border_or_in_two_units_counts_once_in_the_first_by_code():
    overlapping = boxes(-5000, 1000, 5000)
    lon, lat = worlds.place([-100, 5000], [-9000, 9000])
    overlapping.loc[1, "geometry"] = shapely.box(lon[0], lat[0], lon[1], lat[1])
    units, _ = prepare(overlapping.iloc[::-1])
    table = tanks(row_of(4))
    placement = place(table["lon"].to_numpy(), table["lat"].to_numpy(), units)
    assert units["unit_code"].tolist() == ["U0", "U1"]
    assert placement.unit_of_tank.tolist() == [0, 0, 0, 0]
    assert placement.in_several == 4


def test_a_crossed_polygon_is_repaired_and_counted():
    units = boxes(-5000, 5000)
    bow = shapely.Polygon([(98, 25), (99, 26), (99, 25), (98, 26)])
    units.loc[0, "geometry"] = bow
    repaired, number = prepare(units)
    assert number == 1
    assert repaired.geometry.is_valid.all()


def test_a_unit_without_a_polygon_holds_no_tanks():
    units = gpd.GeoDataFrame(boxes(*WEST_AND_EAST))
    units.loc[1, "geometry"] = None
    summary = summarise(ROWS, units=units)
    assert unit_table(summary).set_index("unit_name").loc["Unit 1", "tanks"] == 0


def test_no_units_leave_every_tank_outside():
    summary = summarise(ROWS, units=boxes(*WEST_AND_EAST).iloc[:0])
    table = unit_table(summary)
    assert table["unit_name"].tolist() == ["outside all units"]
    assert table["tanks"].tolist() == [12]
