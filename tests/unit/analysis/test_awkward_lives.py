"""Tanks that come and go, and places on a line: every table worked out by hand."""

import numpy as np
import pytest
import shapely
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.sites.expansion import Expansion, Period
from leachwatch.analysis.sites.expansion_summary import summary_table
from leachwatch.analysis.sites.expansion_tables import site_table
from leachwatch.analysis.units.placement import place, prepare
from leachwatch.analysis.units.summary import Question, TownshipSummary
from leachwatch.analysis.units.summary_tables import unit_table, yearly_table
from leachwatch.tests.unit.analysis.worlds import boxes, row_of, tanks

OLD, NEW = {"first_seen": "2015-06-01"}, {"first_seen": "2022-01-01"}
# Seen in 2015, missed in 2018, and in 2021 there again.
RETURNED = {"first_seen": "2015-06-01", "gone_by": "2018-02-01", "last_seen": "2021-11-01"}
# Active until 2017, abandoned then, and active in an image of 2020.
REVIVED = {"first_seen": "2015-06-01", "status": "active", "abandoned_since": "2017-03-01", "status_date": "2020-07-01"}


def change(rows, start, end, units=None, counting="standing"):
    table, placement = tanks(rows), None
    if units is not None:
        units, _ = prepare(units)
        placement = place(table["lon"].to_numpy(), table["lat"].to_numpy(), units)
    return Expansion(table, Period(start, end, counting), SiteDefinition(), units, placement)


def by_year(rows, start, end, units=None, counting="standing"):
    table = tanks(rows)
    units, _ = prepare(boxes(-5000, 5000) if units is None else units)
    placement = place(table["lon"].to_numpy(), table["lat"].to_numpy(), units)
    return TownshipSummary(table, units, placement, Question(start, end, counting, None, SiteDefinition()))


def columns(summary, *names):
    table = yearly_table(summary)
    return {name: table[name].tolist() for name in names}


def test_a_tank_that_vanishes_and_returns_by_year():
    found = columns(by_year([*row_of(4, **OLD), {"east": 60, **RETURNED}], 2016, 2022), "tanks", "tanks_new")
    # Five; four while it is missed (2018 to 2020); five again, of which one is new in 2021.
    assert found == {"tanks": [5, 5, 4, 4, 4, 5, 5], "tanks_new": [0, 0, 0, 0, 0, 1, 0]}
    assert columns(by_year([{**RETURNED}], 2016, 2022), "tanks_gone") == {"tanks_gone": [0, 0, 1, 0, 0, 0, 0]}
    ever = columns(by_year([{**RETURNED}], 2016, 2022, counting="cumulative"), "tanks", "tanks_gone")
    assert ever == {"tanks": [1] * 7, "tanks_gone": [0] * 7}


@pytest.mark.parametrize(
    ("start", "end", "tanks_of_site", "word"),
    [
        (2016, 2022, [5, 5, 0, 0], "stable"),  # it stood at both ends: what was between is not asked
        (2016, 2019, [5, 4, 0, 1], "contracted"),
        (2019, 2022, [4, 5, 1, 0], "expanded"),
    ],
)
def test_a_tank_that_vanishes_and_returns_between_two_years(start, end, tanks_of_site, word):
    (site,) = site_table(change([*row_of(4, **OLD), {"east": 60, **RETURNED}], start, end)).to_dict("records")
    assert [site[f"tanks_{name}"] for name in ("start", "end", "new", "gone")] == tanks_of_site
    assert (site["change_class"], site["first_seen"].year, site["last_seen"].year) == (word, 2015, 2021)


def test_a_return_is_no_surer_than_its_images():
    # From 2019 to 2022: the image of 2018 lacks it, and none of 2019 or later does. It may have been back in 2019.
    total = summary_table(change([*row_of(4, **OLD), {"east": 60, **RETURNED}], 2019, 2022)).iloc[0]
    assert total[["tanks_new_at_least", "tanks_new", "tanks_new_at_most"]].tolist() == [0, 1, 1]
    # From 2018: the image of that very year lacks it.
    total = summary_table(change([*row_of(4, **OLD), {"east": 60, **RETURNED}], 2018, 2022)).iloc[0]
    assert total[["tanks_new_at_least", "tanks_new", "tanks_new_at_most"]].tolist() == [1, 1, 1]


def test_abandoned_and_active_again():
    rows = [{"east": 15.0 * number, **REVIVED} for number in range(4)]
    found = columns(by_year(rows, 2015, 2021), "active", "abandoned", "status_unknown")
    assert found == {
        "active": [4, 4, 0, 0, 0, 4, 4],
        "abandoned": [0, 0, 4, 4, 4, 0, 0],
        "status_unknown": [0] * 7,
    }
    classes = {
        (start, end): site_table(change(rows, start, end))["change_class"].tolist()
        for start, end in ((2016, 2018), (2018, 2021), (2016, 2021))
    }
    assert classes == {(2016, 2018): ["abandoned"], (2018, 2021): ["stable"], (2016, 2021): ["stable"]}


def test_a_year_with_none_before_the_first_and_between():
    gone = {**OLD, "gone_by": "2017-01-01"}
    summary = by_year([*row_of(4, **gone), *row_of(4, **NEW)], 2014, 2022)
    found = columns(summary, "tanks", "sites", "sites_new", "tanks_cumulative")
    assert found["tanks"] == [0, 4, 4, 0, 0, 0, 0, 0, 4]
    # One site through the years, since sites are formed once: it is there, is not, and is there again.
    assert found["sites"] == [0, 1, 1, 0, 0, 0, 0, 0, 1]
    assert found["sites_new"] == [0, 1, 0, 0, 0, 0, 0, 0, 1]
    assert found["tanks_cumulative"] == [0, 4, 4, 4, 4, 4, 4, 4, 8]
    assert [ha > 0 for ha in yearly_table(summary)["footprint_ha"]] == [number > 0 for number in found["tanks"]]


def test_a_zero_base_by_unit():
    rows = row_of(4, **NEW)
    (unit,) = unit_table(by_year(rows, 2020, 2022)).to_dict("records")
    assert (unit["tanks_start"], unit["tanks_new"], unit["tanks"]) == (0, 4, 4)
    assert np.isnan(unit["active_share_pct"]), "no status is known: a share of nothing"
    total = summary_table(change(rows, 2020, 2022)).iloc[0]
    assert total[["tanks_change_pct", "annual_growth_pct"]].isna().all()


def test_a_site_on_a_township_line():
    """Two tanks west of the line, two east: the tanks count where they stand, the site in the first unit by code."""
    rows = [{"east": east, **OLD} for east in (-30, -15, 15, 30)]
    units = boxes(-5000, 0, 5000)
    summary = summary_table(change(rows, 2015, 2016, units)).set_index("unit_code")
    assert summary.loc[["U0", "U1"], "tanks_end"].tolist() == [2, 2]
    assert summary.loc[["U0", "U1"], "sites_end"].tolist() == [1, 0]
    assert site_table(change(rows, 2015, 2016, units.iloc[::-1]))["unit_code"].tolist() == ["U0"]
    one_more = [*rows, {"east": 45, **OLD}]
    assert site_table(change(one_more, 2015, 2016, units))["unit_code"].tolist() == ["U1"]


def test_a_tank_on_the_line_itself_counts_once():
    units = boxes(-5000, 1000, 5000)
    # The border as the eastern unit has it, to the last digit.
    edge, lat = units.geometry[1].bounds[0], 25.88
    units, _ = prepare(units)
    assert shapely.intersects(units.geometry.to_numpy(), shapely.Point(edge, lat)).all()
    placement = place(np.array([edge]), np.array([lat]), units)
    assert (placement.unit_of_tank.tolist(), placement.in_several) == ([0], 1)


def test_more_tanks_outside_than_in_any_unit():
    """Of a site's five tanks two stand in a unit and three outside all: it is counted outside."""
    rows = [{"east": east, **OLD} for east in (-30, -15, 15, 30, 45)]
    summary = summary_table(change(rows, 2015, 2016, boxes(-5000, 0))).set_index("scope")
    assert summary.loc[["unit", "outside all units"], "sites_end"].tolist() == [0, 1]
    assert summary.loc[["unit", "outside all units"], "tanks_end"].tolist() == [2, 3]
