"""The fast analysis equals an independent, slow and obvious one on random worlds, cell by cell."""

from __future__ import annotations

from datetime import date

import pytest
from leachwatch.analysis import time
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.sites.detection import detect_sites
from leachwatch.analysis.sites.expansion_summary import summary_table
from leachwatch.analysis.sites.expansion_tables import site_table
from leachwatch.analysis.sites.sensitivity import Grid, sensitivity
from leachwatch.analysis.units.summary_tables import unit_table, yearly_table
from leachwatch.tests.reference import sensitivity as slow_sensitivity
from leachwatch.tests.reference import tank as rules
from leachwatch.tests.reference.expansion import Expansion
from leachwatch.tests.reference.random_worlds import PLACES, tanks_at, units_at
from leachwatch.tests.reference.sites import sites
from leachwatch.tests.reference.townships import Townships

from . import against

COUNTINGS = ("standing", "cumulative")
START, END = 2018, 2022
# One place a method, and the others by turns: every place meets two methods, and every counting.
METHODS = ("buffered", "discs", "concave", "convex")
WORLDS = [
    (place, METHODS[(number + turn) % 4], COUNTINGS[(number + turn) % 2], 30 + 20 * ((number + turn) % 7))
    for number, place in enumerate(sorted(PLACES))
    for turn in range(2)
]


@pytest.mark.parametrize("seed", range(4))
def test_each_tank_counts_and_stands_as_the_rules_say(seed):
    tanks = tanks_at("chipwi", seed, 150)
    table = against.table_of(tanks)
    for year in (None, 2013, 2016, 2020, 2025, 1900, 2200):
        for counting in COUNTINGS:
            assert time.counted(table, year, counting).tolist() == [rules.counts(t, year, counting) for t in tanks]
        assert time.status_in(table, year).tolist() == [rules.status_in(tank, year) for tank in tanks]
    for cut in (date(2021, 2, 1), date(2021, 2, 15), date(2020, 1, 1), date(2019, 12, 31)):
        assert time.side_of(table, cut).tolist() == [rules.side_of(tank, cut) for tank in tanks]
    assert time.surely_new(table, START, END).tolist() == [rules.surely_new(tank, START, END) for tank in tanks]
    assert time.perhaps_built_by(table, END).tolist() == [rules.perhaps_built_by(tank, END) for tank in tanks]


@pytest.mark.parametrize("place", sorted(PLACES))
@pytest.mark.parametrize(("link", "minimum"), [(150.0, 4), (60.0, 2), (15.0, 1), (400.0, 3)])
def test_sites_and_who_belongs_to_them(place, link, minimum):
    tanks = tanks_at(place, 5, 90)
    found = detect_sites(against.table_of(tanks), None, "standing", SiteDefinition(link, minimum))
    expected = sites(tanks, list(range(90)), link, minimum)
    assert found.sites["site_id"].tolist() == list(expected)
    of_tank = {number: name for name, members in expected.items() for number in members}
    assert found.site_of_tank.tolist() == [of_tank.get(number) for number in range(90)]
    assert len(expected) > 1


@pytest.mark.parametrize(("place", "method", "counting", "number"), WORLDS)
def test_every_field_of_every_site(place, method, counting, number):
    tanks, units = tanks_at(place, 1, number), units_at(place)
    definition = SiteDefinition(min_tanks=3, footprint=method, padding=20.0)
    found = site_table(against.expansion(tanks, START, END, counting, definition, units)).to_dict("records")
    expected = Expansion(tanks, START, END, counting, against.slow(definition), units).rows
    assert [row["site_id"] for row in found] == [row["site_id"] for row in expected]
    asked = {"start_year": START, "end_year": END, "link_distance_m": 150.0, "min_tanks": 3, "counting": counting}
    for one, other in zip(found, expected):
        bearing = other.pop("shift_bearing_deg")
        if bearing is None or other["shift_m"] < 1.0:  # of some centimetres, nobody can say where to
            assert bearing is not None or against.known(one["shift_bearing_deg"]) is None
        else:
            assert abs((one["shift_bearing_deg"] - bearing + 180) % 360 - 180) < 0.1
        other.pop("unit")
        against.assert_equal_row(one, {**other, **asked}, one["site_id"])


@pytest.mark.parametrize(("place", "method", "counting", "number"), WORLDS[::2])
def test_every_row_of_the_summary(place, method, counting, number):
    tanks, units = tanks_at(place, 2, number), units_at(place)
    definition = SiteDefinition(footprint=method)
    found = summary_table(against.expansion(tanks, START, END, counting, definition, units)).to_dict("records")
    by_key = {(row["scope"], against.known(row["unit_code"])): row for row in found}
    expected = Expansion(tanks, START, END, counting, against.slow(definition), units).summary()
    for key, row in expected.items():
        against.assert_equal_row(by_key[key], row, key)


@pytest.mark.parametrize(("place", "method", "counting", "number"), WORLDS[1::2])
def test_every_unit_and_every_year_of_it(place, method, counting, number):
    tanks, units = tanks_at(place, 3, number), units_at(place)
    definition, cut = SiteDefinition(footprint=method, min_tanks=2), date(2020, 6, 15)
    summary = against.townships(tanks, START, END, counting, cut, definition, units)
    expected = Townships(tanks, list(range(START, END + 1)), counting, against.slow(definition), units)
    yearly = yearly_table(summary).to_dict("records")
    by_key = {(against.known(row["unit_code"]), row["year"]): row for row in yearly}
    assert set(by_key) == set(expected.yearly())
    for key, row in expected.yearly().items():
        against.assert_equal_row(by_key[key], row, key)
    by_unit = {against.known(row["unit_code"]): row for row in unit_table(summary).to_dict("records")}
    assert set(by_unit) == set(expected.at_the_end(cut))
    for code, row in expected.at_the_end(cut).items():
        against.assert_equal_row(by_unit[code], row, code)


def test_units_without_any_year():
    tanks, units = tanks_at("chipwi", 4, 80), units_at("chipwi")
    summary = against.townships(tanks, None, None, "standing", date(2021, 2, 1), SiteDefinition(), units)
    expected = Townships(tanks, [None], "standing", against.slow(SiteDefinition()), units)
    for row in yearly_table(summary).to_dict("records"):
        code = against.known(row["unit_code"])
        against.assert_equal_row(row, expected.yearly()[code, None], code)
    for row in unit_table(summary).to_dict("records"):
        code = against.known(row["unit_code"])
        against.assert_equal_row(row, expected.at_the_end(None)[code], code)


@pytest.mark.parametrize(("place", "method"), list(zip(sorted(PLACES), [*METHODS, *METHODS])))
def test_every_pair_of_link_distance_and_minimum(place, method):
    tanks = tanks_at(place, 6, 60)
    distances, minimums = [10.0, 60.0, 150.0, 3000.0], [1, 2, 4]
    expected = slow_sensitivity.sensitivity(tanks, END, "standing", distances, minimums, method)
    found = sensitivity(against.table_of(tanks), END, "standing", Grid(distances, minimums, method))
    by_pair = {(row["min_tanks"], row["link_distance_m"]): row for row in found.to_dict("records")}
    assert set(by_pair) == set(expected)
    for pair, row in expected.items():
        against.assert_equal_row(by_pair[pair], row, pair)
