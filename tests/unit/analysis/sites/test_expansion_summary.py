"""The summary: every tank of the layer is in it, and the rows of each breakdown add up."""

import pytest
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.sites.expansion import Expansion, Period
from leachwatch.analysis.sites.expansion_summary import summary_table
from leachwatch.analysis.units.placement import place, prepare
from leachwatch.tests.unit.analysis.worlds import boxes, random_rows, row_of, tanks

OLD, NEW = {"first_seen": "2018-01-01"}, {"first_seen": "2022-01-01"}
STATES = ["in sites", "ungrouped", "not counted in either year", "undated", "no usable position"]
NOT_SUMMED = {"start_year", "end_year", "tanks_change_pct", "annual_growth_pct", "link_distance_m", "min_tanks"}


def summary(rows, start=2020, end=2024, counting="standing", units=None, left_out=0, **definition):
    table, placement = tanks(rows), None
    if units is not None:
        units, _ = prepare(units)
        placement = place(table["lon"].to_numpy(), table["lat"].to_numpy(), units)
    period = Period(start, end, counting)
    return summary_table(Expansion(table, period, SiteDefinition(**definition), units, placement), left_out)


def test_every_tank_of_the_layer_has_its_row():
    rows = [
        *row_of(4, **OLD),
        *row_of(1, east=60, **NEW, absent_on="2021-06-01"),  # in the site, surely new
        *row_of(1, east=75, **NEW, date_precision="year"),  # in the site, new as far as is known
        {"north": 5000, **OLD},  # ungrouped
        {"north": 6000, **NEW},  # ungrouped, new as far as is known
        {"north": 7000, "first_seen": "2025-02-01"},  # after the end
        {"north": 8000, "first_seen": "2012-01-01", "gone_by": "2015-01-01"},  # gone before the start
        {"east": 30, "first_seen": "2021-01-01", "gone_by": "2023-01-01"},  # came and went between
        {"east": 45},  # undated
    ]
    found = summary(rows, left_out=3).set_index("scope")
    assert found.index.tolist() == ["all tanks", *STATES, "undetermined"]
    assert found["tanks"].tolist() == [15, 6, 2, 3, 1, 3, 2]
    total = found.loc["all tanks"]
    parts = ["tanks_in_period", "tanks_not_in_years", "tanks_undated", "tanks_left_out"]
    assert total[parts].tolist() == [8, 3, 1, 3] and total["tanks"] == 15
    news = ["tanks_new_at_least", "tanks_new", "tanks_new_at_most", "tanks_new_undetermined"]
    # At most: the tank first seen in 2025, which no image of 2024 or later lacks, may have stood at the end of 2024.
    assert total[news].tolist() == [1, 3, 4, 2]
    assert total["tanks_coarse_date"] == 1
    assert found.loc["undetermined", ["tanks", "tanks_end", "tanks_start", "tanks_new"]].tolist() == [2, 2, 0, 2]
    # Sites and their ground stand with all tanks and with those in sites, and nowhere else.
    assert (found["footprint_end_ha"] > 0).tolist() == (found["sites_end"] > 0).tolist() == [True, True, *[False] * 5]
    assert found["breakdown"].tolist() == ["total", *["by state"] * 4, "by state and by unit", "of which"]


@pytest.mark.parametrize(("gone_by", "sure"), [("2020-05-01", 1), ("2019-01-01", 0)])
def test_a_tank_that_vanished_and_returned_is_surely_new_if_an_image_of_the_start_misses_it(gone_by, sure):
    # Missed in 2019 and seen again in 2023, it may have been back in 2020.
    rows = [*row_of(4, **OLD), {"east": 60, "first_seen": "2015-01-01", "gone_by": gone_by, "last_seen": "2023-01-01"}]
    total = summary(rows).iloc[0]
    assert total[["tanks_start", "tanks_end", "tanks_new"]].tolist() == [4, 5, 1]
    assert total[["tanks_new_at_least", "tanks_new_undetermined"]].tolist() == [sure, 1 - sure]


def test_a_tank_that_stood_at_the_start_is_new_in_no_case():
    # Missed in 2022 and seen again in 2026: it may stand in 2024, as it did in 2020.
    rows = [
        *row_of(4, **OLD),
        {"east": 60, "first_seen": "2015-01-01", "gone_by": "2022-01-01", "last_seen": "2026-01-01"},
    ]
    total = summary(rows).iloc[0]
    assert total[["tanks_start", "tanks_end", "tanks_gone", "tanks_new_at_most"]].tolist() == [5, 4, 1, 0]


def test_growth_of_a_unit_is_of_its_tanks():
    # 4 → 9 in one unit, 0 → 2 in the other; growth a year (9/4)^(1/4) − 1.
    rows = [*row_of(4, **OLD), *row_of(5, east=60, **NEW), *row_of(2, east=600, **NEW)]
    found = summary(rows, units=boxes(-100, 500, 900))
    first, second, outside = found[found["breakdown"] == "by unit"].to_dict("records")
    assert first["annual_growth_pct"] == pytest.approx(22.474487, rel=1e-6)
    assert (first["tanks_change_pct"], second["tanks_end"]) == (125.0, 2)
    assert second["tanks_change_pct"] != second["tanks_change_pct"], "from a zero base: not known"
    assert (outside["scope"], outside["tanks"]) == ("outside all units", 0)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("counting", ["standing", "cumulative"])
def test_both_breakdowns_add_up_in_every_column(seed, counting):
    rows = random_rows(seed)
    found = summary(rows, 2016, 2022, counting, boxes(-500, 1200, 2600, 3800), left_out=7)
    total = found.iloc[0]
    both = found["breakdown"] == "by state and by unit"
    summed = [name for name in found if found[name].dtype.kind in "if" and name not in NOT_SUMMED]
    assert len(summed) > 25
    for breakdown in ("by state", "by unit"):
        parts = found[(found["breakdown"] == breakdown) | both]
        for name in summed:
            assert parts[name].sum() == pytest.approx(total[name]), (breakdown, name)
    assert total["tanks"] == len(rows) + 7
    known = ["tanks_in_period", "tanks_not_in_years", "tanks_undated", "tanks_left_out"]
    assert (found[known].sum(axis=1) == found["tanks"]).all()
    assert (found["tanks_new"] - found["tanks_new_at_least"] == found["tanks_new_undetermined"]).all()
    undetermined = found.set_index("scope").loc["undetermined"]
    assert undetermined["tanks"] == undetermined["tanks_new"] == total["tanks_new_undetermined"] > 0
