"""Doubts about an expansion: all tanks, each site, each unit."""

import pytest
from leachwatch.analysis import fields
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.sites.expansion import Expansion, Period
from leachwatch.analysis.uncertainty.of_expansion import uncertainty_table
from leachwatch.analysis.units.placement import place, prepare
from leachwatch.tests.unit.analysis.worlds import boxes, random_rows, row_of, tanks

SURE = {"first_seen": "2018-01-01", "last_seen": "2024-01-01", "absent_on": "2017-01-01", "status": "active"}
OPEN = {"first_seen": "2022-01-01"}


def uncertainty(rows, units=None, start=2020, end=2024, **definition):
    table, placement = tanks(rows), None
    if units is not None:
        units, _ = prepare(units)
        placement = place(table["lon"].to_numpy(), table["lat"].to_numpy(), units)
    period = Period(start, end, "standing")
    return uncertainty_table(Expansion(table, period, SiteDefinition(**definition), units, placement))


def test_sites_have_the_undated_tanks_within_the_link_distance():
    rows = [
        *row_of(4, **SURE),
        *row_of(4, east=1000, **OPEN),
        {"east": 45 + 149},  # undated, 149 m from the first site
        {"east": 1000 - 151},  # undated, 151 m from the second, and far from the first
        {"north": 5000, **OPEN},  # ungrouped
    ]
    found = uncertainty(rows)
    assert found["scope"].tolist() == ["all tanks", "site", "site"]
    assert list(found) == [field.name for field in fields.UNCERTAINTY]
    first, second = (found[found["tanks"] == 4].sort_values("unknown_status")).to_dict("records")
    assert (first["undated"], first["undated_pct"], first["seen_once_pct"]) == (1, 20.0, 0.0)
    assert (second["undated"], second["undated_pct"], second["seen_once_pct"]) == (0, 0.0, 100.0)
    assert (second["unknown_status_pct"], second["no_absent_image_pct"]) == (100.0, 100.0)
    total = found.iloc[0]
    # Nine count, five of them of unknown status and seen once; two have no date: 2 of 11.
    assert total[["tanks", "unknown_status", "seen_once", "undated"]].tolist() == [9, 5, 5, 2]
    assert total["undated_pct"] == pytest.approx(100 * 2 / 11)
    assert (total["start_year"], total["end_year"], total["link_distance_m"]) == (2020, 2024, 150)


def test_an_undated_tank_between_two_sites_is_told_with_the_nearer():
    rows = [*row_of(4, **SURE), {"east": 45 + 100}, *row_of(4, east=45 + 190, **SURE)]
    found = uncertainty(rows)
    by_site = found[found["scope"] == "site"].sort_values("site_id")
    assert by_site["undated"].sum() == 1
    assert by_site["undated"].tolist() == [0, 1], "100 m from the western site, 90 m from the eastern"


def test_units_have_the_tanks_that_stand_in_them():
    rows = [*row_of(2, east=-35, **SURE), *row_of(4, **OPEN), {"east": 10}, {"east": 9000, **OPEN}]
    found = uncertainty(rows, boxes(-5000, -10, 5000))
    by_unit = found[found["scope"].isin(["unit", "outside all units"])]
    assert by_unit["unit_code"].tolist() == ["U0", "U1", None]
    assert by_unit["tanks"].tolist() == [2, 4, 1] and by_unit["undated"].tolist() == [0, 1, 0]
    # The site is named with the unit that holds most of its tanks.
    assert found[found["scope"] == "site"]["unit_code"].tolist() == ["U1"]


@pytest.mark.parametrize("seed", range(3))
def test_units_add_up_to_all_tanks(seed):
    found = uncertainty(random_rows(seed), boxes(-500, 1200, 2600, 3800), 2016, 2022)
    total = found.iloc[0]
    parts = found[found["scope"].isin(["unit", "outside all units"])]
    for name in ("tanks", *fields.DOUBT_WORDS):
        assert parts[name].sum() == total[name], name
        assert found[found["scope"] == "site"][name].sum() <= total[name]
    assert total["tanks"] > 100


def test_no_tanks_give_one_row_of_zeros():
    found = uncertainty([])
    assert found["scope"].tolist() == ["all tanks"] and found["tanks"].tolist() == [0]
    assert found["undated_pct"].isna().all()
