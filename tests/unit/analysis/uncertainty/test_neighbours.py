"""Neighbouring link distances by hand, and against the expansion under each."""

import pytest
from leachwatch.analysis import fields
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.sites.expansion import Expansion, Period
from leachwatch.analysis.sites.expansion_summary import summary_table
from leachwatch.analysis.uncertainty.neighbours import neighbouring_links
from leachwatch.tests.unit.analysis.worlds import random_rows, row_of, tanks

OLD, NEW = {"first_seen": "2018-01-01"}, {"first_seen": "2022-01-01"}
PERIOD = Period(2020, 2024, "standing")


def test_two_thirds_the_chosen_and_half_as_much_again():
    # Four old and four new tanks, 120 m and 200 m apart from row to row, each row 15 m from tank to tank; one aside.
    rows = [*row_of(4, **OLD), *row_of(4, east=45 + 120, **NEW), *row_of(4, east=45 + 120 + 45 + 200, **NEW)]
    found = neighbouring_links(tanks([*rows, {"east": -5000, **OLD}]), PERIOD, SiteDefinition())
    assert list(found) == [field.name for field in fields.NEIGHBOURS]
    assert found["link_distance_m"].tolist() == [100, 150, 225]
    # At 100 m three sites; at 150 m the first two are one; at 225 m all are.
    assert found["sites_end"].tolist() == [3, 2, 1]
    assert found["sites_start"].tolist() == [1, 1, 1]
    assert found["tanks_in_sites"].tolist() == [12, 12, 12] and found["ungrouped"].tolist() == [1, 1, 1]
    assert set(found["counting"]) == {"standing"} and set(found["start_year"]) == {2020}
    # The rows are out of each other's discs: the ground is the same.
    assert found["footprint_end_ha"].to_numpy() == pytest.approx(found["footprint_end_ha"][0])


@pytest.mark.parametrize("seed", range(4))
def test_each_row_is_the_expansion_under_that_distance(seed):
    table = tanks(random_rows(seed))
    for _, row in neighbouring_links(table, Period(2016, 2022, "standing"), SiteDefinition()).iterrows():
        definition = SiteDefinition(link_distance=row["link_distance_m"])
        change = Expansion(table, Period(2016, 2022, "standing"), definition)
        total = summary_table(change).iloc[0]
        for name in ("sites_start", "sites_end", "footprint_start_ha", "footprint_end_ha", "footprint_change_ha"):
            assert row[name] == pytest.approx(total[name]), name
        assert row["tanks_in_sites"] + row["ungrouped"] == (change.at_start | change.at_end).sum()


@pytest.mark.parametrize(("chosen", "expected"), [(140.0, [93.33, 140.0, 210.0]), (0.03, [0.02, 0.03, 0.045])])
def test_distances_are_told_as_they_were_used(chosen, expected):
    found = neighbouring_links(tanks(row_of(4, **OLD)), PERIOD, SiteDefinition(link_distance=chosen))
    assert found["link_distance_m"].tolist() == pytest.approx(expected)


def test_no_tanks_give_zeros():
    found = neighbouring_links(tanks([]), PERIOD, SiteDefinition())
    assert found[["sites_start", "sites_end", "tanks_in_sites", "footprint_end_ha"]].to_numpy().sum() == 0
