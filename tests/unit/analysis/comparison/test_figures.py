"""Published figures beside a source's own number: only where both count the same kind in the same place."""

import numpy as np
import pandas as pd
import pytest
from leachwatch.analysis import fields
from leachwatch.analysis.comparison import figures
from leachwatch.analysis.comparison.figures import figures_table
from leachwatch.sources import published_places as places
from leachwatch.sources.published import published_figures
from leachwatch.tests.unit.analysis.comparison.sources import source
from leachwatch.tests.unit.analysis.comparison.test_compared_tables import compared

COLUMNS = ["unit_code", "unit_name", "unit_name_local", "parent_name", "country"]


def units(*rows):
    return pd.DataFrame([dict(zip(COLUMNS, row)) for row in rows], columns=COLUMNS)


KACHIN = units(
    ("MMR001005", "Chipwi", None, "Kachin", "MMR"),
    ("MMR016011", "Mongyawng", None, "Shan (East)", "MMR"),
    ("533301", "Lushui", None, "Yunnan", "CHN"),
)


def fitting(table, countries=frozenset({"MMR", "CHN"})):
    return figures_of(places.figures_that_fit(published_figures(), table, countries))


def figures_of(found):
    return {(one.figure["organisation"], one.figure["place"]): (one.how, one.units.tolist()) for one in found}


def test_which_units_a_place_is_made_up_of():
    found = fitting(KACHIN)
    assert found["ISP-Myanmar", "Kachin"] == (places.STATE, [True, False, False])
    assert found["Stimson Center", "Myanmar"] == (places.COUNTRY, [True, True, False])
    assert found["Shan Human Rights Foundation", "Mong Yawng"] == (places.UNIT, [False, True, False])
    # Pang War is a town in Chipwi, not Chipwi; Kachin Special Region 1 is a part of Kachin, not Kachin.
    assert found["Myanmar Witness", "Pang War"] == (places.TOWN, [False] * 3)
    assert found["Global Witness", "Kachin Special Region 1"] == (places.NOT_TOLD, [False] * 3)
    assert ("Stimson Center", "Laos") not in found


def test_figures_of_other_ground_do_not_fit():
    shan = fitting(KACHIN.iloc[[1]], frozenset({"MMR"}))
    assert ("ISP-Myanmar", "Kachin") not in shan and ("Myanmar Witness", "Pang War") not in shan
    assert ("Shan Human Rights Foundation", "Mong Yawng") in shan
    assert fitting(KACHIN.iloc[[2]], frozenset({"CHN"})) == {}


def test_without_units_nothing_is_counted_and_nothing_left_out():
    found = places.figures_that_fit(published_figures(), KACHIN.iloc[:0], frozenset())
    assert len(found) == len(published_figures()) and {one.how for one in found} == {places.NOT_TOLD}


@pytest.mark.parametrize(
    "figure, kind, reason",
    [
        ({"unit_of_count": "sites"}, "sites", figures.SAME),
        ({"unit_of_count": "pools"}, "tanks", figures.SAME),
        ({"unit_of_count": "ponds"}, "sites", figures.OTHER_KIND),
        ({"unit_of_count": "sites"}, "tanks", figures.OTHER_KIND),
        ({"unit_of_count": "locations"}, "sites", figures.OTHER_UNIT),
        ({"unit_of_count": "km2"}, "sites", figures.OTHER_UNIT),
        ({"unit_of_count": "sites", "period_from": "2021-02-01"}, "sites", figures.CHANGE),
        ({"unit_of_count": "sites", "what": "Mining sites, operating"}, "sites", figures.A_PART),
    ],
)
def test_what_can_be_held_against_a_figure(figure, kind, reason):
    whole = {"what": "Mining sites", "period_from": None, **figure}
    assert figures.reason(whole, kind, True) == reason
    if reason == figures.SAME:
        assert figures.reason(whole, kind, False) == figures.NO_PLACE


def test_the_number_beside_a_figure():
    """Of 5 sites 4 stand in the place. By 31 January 2021 one is surely seen, one known to its year, one undated."""
    figure = next(one for one in published_figures() if one["number_low"] == 126)
    rows = [
        {"first_seen_from": "2019-03-01", "first_seen_to": "2019-03-01"},
        {"first_seen_from": "2021-01-01", "first_seen_to": "2021-12-31"},
        {},
        {"first_seen_from": "2022-01-01", "first_seen_to": "2022-01-01"},
        {"east": 5000, "first_seen_from": "2019-03-01", "first_seen_to": "2019-03-01"},
    ]
    sites = source([{"east": 100.0 * n, **row} for n, row in enumerate(rows)], fields.SITE_KIND)
    found = compared(sites, source([{}]), (-1000, 1000, 6000))
    (row,) = figures_table([figure], [np.array([True, False])], found).to_dict("records")
    assert (row["a_reason"], row["a_number"], row["a_seen_by_then"], row["a_date_open"]) == (figures.SAME, 4, 1, 2)
    assert row["b_reason"] == figures.OTHER_KIND and np.isnan(row["b_number"]), "ponds are no sites"
    assert row["number_high"] == 126 and row["units_in_place"] == 1
