"""Whatever the tanks: over sites and what is ungrouped, over units and what is outside, over years, all adds up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.sites.detection import detect_sites
from leachwatch.analysis.sites.expansion import Expansion, Period
from leachwatch.analysis.sites.expansion_summary import summary_table
from leachwatch.analysis.sites.expansion_tables import ground_table, site_table
from leachwatch.analysis.sites.series import Series, series_table
from leachwatch.analysis.units.placement import place, prepare
from leachwatch.analysis.units.summary import Question, TownshipSummary
from leachwatch.analysis.units.summary_tables import unit_table, yearly_table
from leachwatch.tests.unit.analysis.drawn_worlds import COUNTINGS, FOOTPRINTS, STEADY, WORLDS
from leachwatch.tests.unit.analysis.worlds import boxes, tanks

UNITS, _ = prepare(boxes(-2000, -100, 40, 1500))
START, END = 2017, 2021
MOMENTS = ("start", "end")
TANKS = [f"tanks_{word}" for word in ("start", "end", "new", "gone")]
BY_STATUS = [f"{word}_{moment}" for word in ("active", "abandoned", "unknown") for moment in MOMENTS]
HECTARES = [f"footprint_{word}_ha" for word in ("start", "end", "gain", "loss", "change")]


def placement_of(table):
    return place(table["lon"].to_numpy(), table["lat"].to_numpy(), UNITS)


@STEADY
@given(WORLDS, COUNTINGS, FOOTPRINTS)
def test_an_expansion(rows, counting, footprint):
    table = tanks(rows)
    definition = SiteDefinition(footprint=footprint, min_tanks=2)
    change = Expansion(table, Period(START, END, counting), definition, UNITS, placement_of(table))
    sites, summary = site_table(change), summary_table(change)
    for frame in (sites, summary):
        assert (frame["tanks_end"] - frame["tanks_start"]).tolist() == (
            frame["tanks_new"] - frame["tanks_gone"]
        ).tolist()
        for moment in MOMENTS:
            of_status = sum(frame[f"{word}_{moment}"] for word in ("active", "abandoned", "unknown"))
            assert of_status.tolist() == frame[f"tanks_{moment}"].tolist()
    assert np.allclose(sites["footprint_gain_ha"] - sites["footprint_loss_ha"], sites["footprint_change_ha"])
    assert np.allclose(sites["footprint_end_ha"] - sites["footprint_start_ha"], sites["footprint_change_ha"])
    assert (sites[["footprint_gain_ha", "footprint_loss_ha"]] >= 0).all(axis=None)
    total = summary[summary["scope"] == "all tanks"].iloc[0]
    assert total["tanks"] == len(rows)
    assert total["tanks_new_at_least"] <= total["tanks_new"] <= total["tanks_new_at_most"]
    for breakdown in ("by state", "by unit"):
        parts = summary[summary["breakdown"].str.startswith(breakdown)]
        for name in [*TANKS, *BY_STATUS, "tanks", "tanks_undated", "sites_start", "sites_end", "ungrouped_end"]:
            assert parts[name].sum() == total[name], (breakdown, name)
        for name in HECTARES:
            assert parts[name].sum() == pytest.approx(total[name], abs=1e-9), (breakdown, name)
    in_sites = summary[summary["scope"] == "in sites"].iloc[0]
    for name in [*TANKS, *BY_STATUS]:
        assert sites[name].sum() == in_sites[name]
        ungrouped = summary[summary["scope"] == "ungrouped"].iloc[0]
        assert in_sites[name] + ungrouped[name] == total[name]
    assert total["tanks_end"] == in_sites["tanks_end"] + total["ungrouped_end"]
    for word in ("gain", "loss"):
        ground = ground_table(change, word)
        # Slivers below a tenth of a square metre are drawn for no site.
        assert ground["area_ha"].sum() == pytest.approx(total[f"footprint_{word}_ha"], abs=1e-5 * (1 + len(sites)))


@STEADY
@given(WORLDS, COUNTINGS, FOOTPRINTS)
def test_a_township_summary(rows, counting, footprint):
    table = tanks(rows)
    definition = SiteDefinition(footprint=footprint, min_tanks=2)
    question = Question(START, END, counting, None, definition)
    summary = TownshipSummary(table, UNITS, placement_of(table), question)
    yearly, units = yearly_table(summary), unit_table(summary)
    for year, counted in summary.counted.items():
        of_year = yearly[yearly["year"] == year]
        assert of_year["tanks"].sum() == counted.sum()
        assert of_year["sites"].sum() == (summary.sites.count(counted) > 0).sum()
    assert_statuses_and_types_add_up(yearly)
    assert_statuses_and_types_add_up(units)
    for _, unit in yearly.groupby("unit_name"):
        unit = unit.sort_values("year")
        assert unit["tanks_cumulative"].is_monotonic_increasing
        assert (unit["tanks_cumulative"] >= unit["tanks"]).all()
        change = (unit["tanks_new"] - unit["tanks_gone"]).tolist()
        assert unit["tanks"].diff().tolist()[1:] == change[1:]
        if counting == "cumulative":
            assert unit["tanks"].tolist() == unit["tanks_cumulative"].tolist()
            assert not unit["tanks_gone"].any()
    assert (units["tanks"] - units["tanks_start"]).tolist() == (units["tanks_new"] - units["tanks_gone"]).tolist()
    at_end = yearly[yearly["year"] == END].reset_index(drop=True)
    for name in ("tanks", "sites", "footprint_ha", "active", "leachate"):
        assert units[name].tolist() == pytest.approx(at_end[name].tolist()), name


def assert_statuses_and_types_add_up(frame):
    for words in (("active", "abandoned", "status_unknown"), ("leachate", "precipitation", "type_unknown")):
        assert frame[list(words)].sum(axis=1).tolist() == frame["tanks"].tolist()


@STEADY
@given(WORLDS, COUNTINGS, FOOTPRINTS)
def test_a_series(rows, counting, footprint):
    years = [2013, 2016, 2017, 2022, 2026]
    series = Series(tanks(rows), years, counting, SiteDefinition(footprint=footprint, min_tanks=2))
    series.draw()
    table = series_table(series)
    assert len(table) == len(series.sites) * len(years)
    assert (table[["active", "abandoned", "status_unknown"]].sum(axis=1) == table["tanks"]).all()
    for _, site in table.groupby("site_id"):
        assert site["year"].tolist() == years
        change = (site["tanks_new"] - site["tanks_gone"]).tolist()
        assert site["tanks"].diff().tolist()[1:] == change[1:]
        assert ((site["footprint_ha"] > 0) == (site["tanks"] > 0)).all()
        assert (site.geometry.isna() == (site["tanks"] == 0)).all()


@STEADY
@given(WORLDS, COUNTINGS)
def test_a_detection(rows, counting):
    found = detect_sites(tanks(rows), 2020, counting, SiteDefinition(min_tanks=2))
    states = [found.tanks_in_state(word) for word in ("in site", "ungrouped", "not counted in the year", "undated")]
    assert sum(states) == len(rows)
    assert found.sites["tanks"].sum() == states[0]
    assert (found.sites[["active", "abandoned", "status_unknown"]].sum(axis=1) == found.sites["tanks"]).all()
    assert (found.sites[["leachate", "precipitation", "type_unknown"]].sum(axis=1) == found.sites["tanks"]).all()
