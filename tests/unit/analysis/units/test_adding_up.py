"""Over units and outside, the totals are the layer's totals: each counted again, tank by tank."""

from datetime import date

import numpy as np
import pytest
from leachwatch.analysis import fields, time
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.units.doubtful import uncertainty_table
from leachwatch.analysis.units.outside import tanks_outside
from leachwatch.analysis.units.placement import OUTSIDE, place, prepare
from leachwatch.analysis.units.summary import Question, TownshipSummary
from leachwatch.analysis.units.summary_tables import unit_table, yearly_table
from leachwatch.tests.unit.analysis.worlds import boxes, random_rows, tanks

TYPES = ["leachate", "precipitation", "unknown"]


def world(seed, start=2012, end=2020, counting="standing"):
    chance = np.random.default_rng(seed)
    table = tanks([{**row, "tank_type": str(chance.choice(TYPES))} for row in random_rows(seed)])
    # Two borders cross the sites; beyond them lies what is outside.
    units, _ = prepare(boxes(-200, 900, 1900, 3000))
    placement = place(table["lon"].to_numpy(), table["lat"].to_numpy(), units)
    assert 0 < (placement.unit_of_tank == OUTSIDE).sum() < len(table)
    question = Question(start, end, counting, date(2016, 7, 1), SiteDefinition())
    return TownshipSummary(table, units, placement, question), placement


@pytest.mark.parametrize("counting", ["standing", "cumulative"])
@pytest.mark.parametrize("seed", range(3))
def test_every_year_of_every_unit_tank_by_tank(seed, counting):
    summary, placement = world(seed, counting=counting)
    yearly = yearly_table(summary).set_index(["unit_name", "year"])
    names = [*summary.units["unit_name"], "outside all units"]
    for year in range(2012, 2021):
        now, before = (time.counted(summary.tanks, y, counting) for y in (year, year - 1))
        status = time.status_in(summary.tanks, year)
        for unit, name in enumerate(names):
            here = placement.unit_of_tank == (unit if unit < len(summary.units) else OUTSIDE)
            row = yearly.loc[(name, year)]
            assert row["tanks"] == (now & here).sum()
            assert row["tanks_new"] == (now & ~before & here).sum()
            assert row["tanks_gone"] == (before & ~now & here).sum()
            assert row["tanks_cumulative"] == (time.counted(summary.tanks, year, "cumulative") & here).sum()
            for column, word in (("active", "active"), ("abandoned", "abandoned"), ("status_unknown", "unknown")):
                assert row[column] == (now & here & (status == word)).sum()
            for column, word in zip(("leachate", "precipitation", "type_unknown"), TYPES):
                assert row[column] == (now & here & (summary.tanks["tank_type"] == word)).sum()


@pytest.mark.parametrize("years", [(2012, 2020), (None, None)])
def test_the_table_of_units_and_its_doubts_hold_the_whole_layer(years):
    summary, _ = world(1, *years)
    table, doubts = unit_table(summary), uncertainty_table(summary)
    counted = time.counted(summary.tanks, years[1], "standing")
    assert table["tanks"].sum() == counted.sum()
    assert table["tanks_undated"].sum() == time.undated(summary.tanks).sum() > 0
    assert table[["active", "abandoned", "status_unknown"]].sum().sum() == counted.sum()
    assert table[["leachate", "precipitation", "type_unknown"]].sum().sum() == counted.sum()
    whole, parts = doubts.iloc[0], doubts.iloc[1:]
    assert (whole["scope"], parts["scope"].iloc[-1]) == ("all tanks", "outside all units")
    for word in ("tanks", *fields.DOUBT_WORDS):
        assert parts[word].sum() == whole[word], word
    assert whole["tanks"] == counted.sum() and parts["tanks"].tolist() == table["tanks"].tolist()
    assert whole["unknown_status"] == (counted & (time.status_in(summary.tanks, years[1]) == "unknown")).sum()
    if years[0] is None:
        assert doubts["start_year"].isna().all() and set(doubts["counting"]) == {"all tanks"}


def test_the_tanks_outside_are_those_that_stand_outside():
    summary, placement = world(2)
    outside = tanks_outside(summary)
    assert outside.rows.tolist() == np.flatnonzero(placement.unit_of_tank == OUTSIDE).tolist()
    assert outside.table[["lon", "lat"]].to_numpy() == pytest.approx(
        summary.tanks[["lon", "lat"]].to_numpy()[outside.rows]
    )
    # To the west of the boxes the nearest is the first, to the east the last.
    west = outside.table["lon"] < summary.units.total_bounds[0]
    assert set(outside.table["nearest_unit_name"][west]) <= {"Unit 0"}
    assert set(outside.table["nearest_unit_code"][~west]) == {"U2"}
    metres = outside.table["distance_m"]
    assert outside.near == (metres <= 500).sum() > 0 and outside.farthest == metres.max()
