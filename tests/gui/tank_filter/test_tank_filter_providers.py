"""The same question gives the same tanks on every provider; the answers were worked out by hand from the table."""

from __future__ import annotations

import pytest
from leachwatch.analysis.selection.wanted import ANY_TIME, CUMULATIVE, FIRST_SEEN, STANDING, TankFilter
from leachwatch.tests.gui.tank_world import ids
from leachwatch.ui.tank_filter.controller import TankFilterController

ALL = frozenset
CASES = {
    # 5 came and went within 2021, so it stood at the end of no year; 8 is known from its last image alone.
    "standing 2020 to 2022": ({"mode": STANDING, "first_year": 2020, "last_year": 2022}, {1, 2, 6, 7, 8}),
    # 3 went on the last day of 2019, 4 on the first of 2020.
    "standing 2019": ({"mode": STANDING, "first_year": 2019, "last_year": 2019}, {1, 2, 4, 7}),
    "standing 2019 to 2020": ({"mode": STANDING, "first_year": 2019, "last_year": 2020}, {1, 2, 4, 7, 8}),
    # 2 was first seen on the last day of 2016.
    "standing 2015 to 2016": ({"mode": STANDING, "first_year": 2015, "last_year": 2016}, {1, 2, 3}),
    "ever seen by 2018": ({"mode": CUMULATIVE, "first_year": 2018, "last_year": 2018}, {1, 2, 3, 4}),
    "first seen 2019 to 2021": ({"mode": FIRST_SEEN, "first_year": 2019, "last_year": 2021}, {5, 6, 7, 8}),
    "first seen, or undated": (
        {"mode": FIRST_SEEN, "first_year": 2019, "last_year": 2021, "undated": True},
        {5, 6, 7, 8, 10, 11},
    ),
    "active": ({"statuses": ALL({"active"})}, {1, 2, 6, 9}),
    "abandoned": ({"statuses": ALL({"abandoned"})}, {3, 4, 5, 12}),
    "unknown or no status": ({"statuses": ALL({"unknown"})}, {7, 8, 10, 11}),
    "active or unknown": ({"statuses": ALL({"active", "unknown"})}, {1, 2, 6, 7, 8, 9, 10, 11}),
    "no status at all": ({"statuses": ALL()}, set()),
    "unknown or no type": ({"types": ALL({"unknown"})}, {7, 11, 12}),
    "precipitation": ({"types": ALL({"precipitation"})}, {2, 5, 9}),
    "all three": (
        {
            "mode": STANDING,
            "first_year": 2021,
            "last_year": 2024,
            "statuses": ALL({"abandoned", "unknown"}),
            "types": ALL({"leachate", "unknown"}),
        },
        {7, 8, 12},
    ),
    "everything": ({"mode": ANY_TIME}, set(range(1, 13))),
}


def test_every_provider_shows_the_same_tanks(any_layer):
    controller = TankFilterController()
    controller.adopt(any_layer)
    assert controller.facts == (12, 2, (2015, 2025), "", ({2021}, set()))
    found = {}
    for case, (wanted, _) in CASES.items():
        assert controller.apply(TankFilter(**wanted)), case
        found[case] = ids(any_layer)
        assert controller.shown() == len(found[case]), case
    assert found == {case: expected for case, (_, expected) in CASES.items()}
    controller.close_down()
    assert any_layer.subsetString() == ""


@pytest.mark.parametrize(
    ("own", "left"),
    [
        ("\"unit_name\" = 'ချီဖွေ' OR \"unit_name\" = '定南'", {1, 2, 6}),
        ("\"unit_name\" = 'O''Brien' OR \"status\" = 'active'", {1, 2, 6, 9}),
        ("\"unit_name\" LIKE '100 %' OR \"tank_id\" = '9'", {9}),
    ],
)
def test_the_users_own_filter_is_kept_on_every_provider(any_layer, own, left):
    assert any_layer.setSubsetString(own)
    total = any_layer.featureCount()
    controller = TankFilterController()
    controller.adopt(any_layer)
    assert controller.facts.total == total
    assert controller.apply(TankFilter(statuses=frozenset({"active"})))
    assert ids(any_layer) == left
    assert controller.reset()
    assert any_layer.subsetString() == own


def test_undated_tanks_not_shown_are_counted(any_layer):
    controller = TankFilterController()
    controller.adopt(any_layer)
    assert controller.undated_hidden() == 0
    controller.apply(TankFilter(mode=CUMULATIVE, first_year=2015, last_year=2025))
    assert controller.undated_hidden() == 2
    controller.apply(TankFilter(mode=CUMULATIVE, last_year=2025, undated=True, types=frozenset({"leachate"})))
    assert controller.undated_hidden() == 1  # 11 has no type
    controller.close_down()
