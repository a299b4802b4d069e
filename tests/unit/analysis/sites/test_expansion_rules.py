"""Awkward sites by hand: joined, split, across borders and zones, of one tank, in years that nobody looked at."""

import math

import numpy as np
import pytest
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.sites.expansion import Expansion, Period
from leachwatch.analysis.sites.expansion_summary import summary_table
from leachwatch.analysis.sites.expansion_tables import site_table
from leachwatch.analysis.sites.series import Series
from leachwatch.analysis.units.placement import place, prepare
from leachwatch.tests.unit.analysis.worlds import CHIPWI, boxes, row_of, tanks

OLD, NEW, WENT = {"first_seen": "2018-01-01"}, {"first_seen": "2022-01-01"}, {"gone_by": "2023-01-01"}
ZONES = {"zones 47 and 48": (102.0, 25.0), "zones 49 and 50": (114.0, 24.8), "antimeridian": (179.9999, 25.0)}
DISC_HA = math.pi * 15**2 / 1e4


def expansion(rows, years=(2020, 2024), units=None, origin=CHIPWI, **definition):
    """Return the change from the first year to the last, of sites formed over all of them."""
    table, placement = tanks(rows, origin), None
    if units is not None:
        units, _ = prepare(units)
        placement = place(table["lon"].to_numpy(), table["lat"].to_numpy(), units)
    series = Series(table, list(years), "standing", SiteDefinition(**definition), units, placement)
    period = Period(years[0], years[-1], "standing")
    return Expansion(table, period, series.definition, units, placement, sites=series.at_the_ends())


def only_site(rows, **options):
    found = site_table(expansion(rows, **options))
    assert len(found) == 1
    return found.iloc[0]


def test_three_groups_that_joined_of_which_one_was_too_small_to_be_a_site():
    rows = [
        *row_of(4, **OLD),
        *row_of(4, east=300, **OLD),
        *row_of(3, east=600, **OLD),
        *row_of(2, east=160, spacing=35, **NEW),
        *row_of(2, east=460, spacing=35, **NEW),
    ]
    row = only_site(rows)
    assert row[["merged_sites", "tanks_start", "tanks_end", "change_class"]].tolist() == [2, 11, 15, "expanded"]


def test_a_group_that_split_keeps_its_name_and_counts_once():
    rows = [*row_of(4, **OLD), *row_of(2, east=150, **OLD, **WENT), *row_of(4, east=290, **OLD)]
    row = only_site(rows)
    assert row[["merged_sites", "tanks_start", "tanks_end", "change_class"]].tolist() == [1, 10, 8, "contracted"]
    total = summary_table(expansion(rows)).iloc[0]
    assert total[["sites_start", "sites_end", "ungrouped_end"]].tolist() == [1, 1, 0]


def test_groups_that_a_year_between_joined_were_two_sites_at_the_start():
    # No tank is new from 2018 to 2024, and yet two sites are one: tanks that stood in 2020 joined them.
    old = {"first_seen": "2015-01-01"}
    passing = row_of(2, east=160, spacing=35, first_seen="2019-01-01", gone_by="2021-01-01")
    rows = [*row_of(4, **old), *row_of(4, east=300, **old), *passing]
    row = only_site(rows, years=(2018, 2020, 2024))
    assert row[["merged_sites", "tanks_start", "tanks_end", "tanks_new"]].tolist() == [2, 8, 8, 0]
    assert row["footprint_gain_ha"] == row["footprint_loss_ha"] == 0
    assert len(site_table(expansion(rows, years=(2018, 2024)))) == 2


def test_a_site_of_years_between_alone_is_in_no_comparison():
    rows = [*row_of(4, **OLD), *row_of(5, north=5000, first_seen="2021-02-01", gone_by="2023-02-01")]
    change = expansion(rows, years=(2020, 2022, 2024))
    assert len(site_table(change)) == 1
    total = summary_table(change).iloc[0]
    assert total[["sites_start", "sites_end", "sites_gone", "sites_new"]].tolist() == [1, 1, 0, 0]
    assert total[["tanks_in_period", "tanks_not_in_years", "tanks"]].tolist() == [4, 5, 9]


def test_a_series_whose_sites_are_those_of_the_pair_finds_what_the_pair_finds():
    rows = [*row_of(5, **OLD), *row_of(3, east=75, **NEW), *row_of(2, east=-30, **OLD, **WENT)]
    pair, series = site_table(expansion(rows)), site_table(expansion(rows, years=(2020, 2021, 2022, 2024)))
    assert pair.drop(columns="geometry").equals(series.drop(columns="geometry"))


def test_a_site_across_the_border_is_of_the_country_with_most_of_its_tanks():
    units = boxes(-5000, -10, 5000)
    units["country"] = ["CHN", "MMR"]
    rows = [*row_of(3, east=-50, **OLD, country="CHN"), *row_of(4, **OLD, country="CHN")]
    row = only_site(rows, units=units)
    # By place, not by what came with the tanks.
    assert row[["country", "unit_code", "tanks_end"]].tolist() == ["MMR", "U1", 7]
    assert only_site(rows)["country"] == "CHN"


@pytest.mark.parametrize("origin", ZONES.values(), ids=ZONES)
@pytest.mark.parametrize("footprint", ["buffered", "convex"])
def test_a_site_across_a_zone_is_the_site_elsewhere(origin, footprint):
    rows = [*row_of(3, east=-45, north=0, **OLD), *row_of(3, east=-45, north=30, **OLD), *row_of(5, east=0, **NEW)]
    here, elsewhere = (only_site(rows, origin=at, footprint=footprint) for at in (origin, CHIPWI))
    for name in ("tanks_start", "tanks_end", "merged_sites", "change_class", "footprint_method"):
        assert here[name] == elsewhere[name], name
    for name in ("footprint_start_ha", "footprint_end_ha", "footprint_gain_ha", "shift_m", "shift_bearing_deg"):
        assert here[name] == pytest.approx(elsewhere[name], rel=1e-3), name


def test_sites_of_one_tank():
    rows = [{"east": 0, **OLD}, {"east": 1000, **NEW}, {"east": 2000, **OLD, **WENT}]
    found = site_table(expansion(rows, min_tanks=1)).set_index("change_class")
    assert sorted(found.index) == ["gone", "new", "stable"]
    for moment, there in (("start", ["stable", "gone"]), ("end", ["stable", "new"])):
        assert found.loc[there, f"footprint_{moment}_ha"].to_numpy() == pytest.approx(DISC_HA, rel=1e-3)
    assert (found["merged_sites"].loc[["stable", "gone", "new"]] == [1, 1, 0]).all()
    assert found.loc["stable", "shift_m"] == 0 and np.isnan(found.loc["stable", "shift_bearing_deg"])


def test_a_zero_base_and_a_zero_end():
    new, gone = only_site(row_of(4, **NEW)), only_site(row_of(4, **OLD, **WENT))
    percentages = ["tanks_change_pct", "footprint_change_pct", "annual_growth_pct"]
    assert new[percentages].isna().all()
    # To nothing is −100 %, at once and by the year.
    assert gone[percentages].tolist() == [-100.0, -100.0, -100.0]


def test_a_year_with_none():
    change = expansion(row_of(4, **NEW), years=(2010, 2015))
    assert len(site_table(change)) == 0
    total = summary_table(change).iloc[0]
    assert total[["tanks", "tanks_in_period", "tanks_not_in_years", "tanks_new", "tanks_new_at_most"]].tolist() == [
        4,
        0,
        4,
        0,
        4,
    ]
    assert np.isnan(total["tanks_change_pct"])


def test_all_tanks_in_one_place():
    row = only_site([{"east": 0, **OLD}] * 3 + [{"east": 0, **NEW}] * 2)
    assert row[["tanks_start", "tanks_end"]].tolist() == [3, 5]
    assert row["footprint_end_ha"] == row["footprint_start_ha"] == pytest.approx(DISC_HA, rel=1e-6)
    assert row["footprint_gain_ha"] == row["shift_m"] == 0
