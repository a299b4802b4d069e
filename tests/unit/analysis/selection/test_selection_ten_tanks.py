"""What is shown and counted of ten tanks, against answers worked out by hand."""

from __future__ import annotations

import pytest
from leachwatch.analysis.progress import Cancelled
from leachwatch.analysis.selection.counts import count, units_in
from leachwatch.analysis.selection.expression import expression
from leachwatch.analysis.selection.mask import shown
from leachwatch.analysis.selection.searching import known
from leachwatch.analysis.selection.wanted import CUMULATIVE, FIRST_SEEN, NONE_GIVEN, STANDING, UNIT, TankFilter
from leachwatch.tests.unit.analysis.selection.tables import Database
from leachwatch.tests.unit.analysis.selection.ten_tanks import ROWS, ten_tanks

SOME = frozenset
ALL = list(range(10))
CASES = {
    "everything": ({}, ALL),
    "standing 2019": ({"mode": STANDING, "first_year": 2019, "last_year": 2019}, [0, 1, 3, 6, 8]),
    # 5 is away; 4 stood at the end of no year.
    "standing 2020 to 2021": ({"mode": STANDING, "first_year": 2020, "last_year": 2021}, [0, 1, 6, 8]),
    "standing 2020 to 2022": ({"mode": STANDING, "first_year": 2020, "last_year": 2022}, [0, 1, 5, 6, 8]),
    "standing 2017 or undated": (
        {"mode": STANDING, "first_year": 2017, "last_year": 2017, "undated": True},
        [0, 1, 2, 5, 7, 8, 9],
    ),
    "ever seen by 2018": ({"mode": CUMULATIVE, "first_year": 2018, "last_year": 2018}, [0, 1, 2, 3, 5, 8]),
    "first seen 2018 to 2021": ({"mode": FIRST_SEEN, "first_year": 2018, "last_year": 2021}, [3, 4, 6]),
    "only undated, whatever the years": (
        {"mode": STANDING, "first_year": 2017, "last_year": 2017, "only_undated": True},
        [7, 9],
    ),
    "active, in any source's words": ({"statuses": SOME({"active"})}, [0, 1, 7, 8]),
    "unknown, empty or no status": ({"statuses": SOME({"unknown"})}, [5, 6, 9]),
    "not active": ({"statuses": SOME({"abandoned", "unknown"})}, [2, 3, 4, 5, 6, 9]),
    "no status": ({"statuses": SOME()}, []),
    "unknown or no type": ({"types": SOME({"unknown"})}, [5, 8, 9]),
    "a unit by its code": ({"values": {UNIT: SOME({"CN02"})}}, [3, 4]),
    "a unit by its name, where it has no code": ({"values": {UNIT: SOME({"O'Brien"})}}, [2, 7]),
    "the name of units that have codes is no unit": ({"values": {UNIT: SOME({"定南"})}}, []),
    "no unit": ({"values": {UNIT: SOME({NONE_GIVEN})}}, [6, 9]),
    "no confidence, or low": ({"values": {"confidence": SOME({NONE_GIVEN, "low"})}}, [1, 3, 4, 6, 9]),
    "two lists at once": ({"values": {"country": SOME({"MMR"}), "source": SOME({"USGS", NONE_GIVEN})}}, [0, 1, 7, 8]),
    "8 to 12.5 metres": ({"diameter": (8.0, 12.5), "unmeasured": False}, [0, 3, 4, 8]),
    "above 12.5 metres or unknown": ({"diameter": (12.6, None)}, [1, 2, 5, 6, 9]),
    "measured at all": ({"unmeasured": False}, [0, 1, 3, 4, 5, 7, 8]),
    "holds 南": ({"search": " 南 "}, [3, 4, 5]),
    "holds mm0 or mmr": ({"search": "mM"}, [0, 1, 2, 7, 8]),
    "holds t-1": ({"search": "T-1"}, [0, 9]),
    "holds what nothing holds": ({"search": "%"}, []),
}


@pytest.mark.parametrize("case", CASES)
def test_these_tanks_are_shown_by_the_arrays_and_by_the_condition(case):
    asked, expected = CASES[case]
    tanks, wanted = ten_tanks(), TankFilter(**asked)
    assert shown(tanks, wanted).nonzero()[0].tolist() == expected
    condition = expression(wanted, tanks.columns, known(tanks, wanted))
    assert Database(tanks.columns, ROWS).which(condition) == expected
    assert count(tanks, wanted).shown == len(expected)


def test_what_is_known_of_the_table():
    tanks = ten_tanks()
    assert len(tanks) == 10 and tanks.years == (2015, 2024) and tanks.diameters == (3, 40)
    assert tanks.undated.nonzero()[0].tolist() == [7, 9]
    assert tanks.odd_years == ({2021}, {2018})
    assert tanks.words["status"]["active"] == ("active", "Assumed Active")
    assert tanks.unit_names == {
        NONE_GIVEN: NONE_GIVEN,
        "MM01": "ချီဖွေ",
        "O'Brien": "O'Brien",
        "CN02": "定南 (CN02)",
        "CN03": "定南 (CN03)",
    }


def test_all_counts_where_nothing_is_asked():
    counts = count(ten_tanks(), TankFilter())
    assert (counts.total, counts.shown, counts.undated, counts.undated_hidden) == (10, 10, 2, 0)
    assert counts.statuses == counts.by_status == {"active": 4, "abandoned": 3, "unknown": 3}
    assert counts.by_type == {"leachate": 5, "precipitation": 2, "unknown": 3}
    assert counts.by_value == {
        UNIT: {NONE_GIVEN: 2, "MM01": 3, "O'Brien": 2, "CN02": 2, "CN03": 1},
        "country": {NONE_GIVEN: 1, "MMR": 5, "CHN": 4},
        "source": {NONE_GIVEN: 2, "USGS": 5, "ISP": 3},
        "confidence": {NONE_GIVEN: 3, "high": 5, "low": 2},
    }
    assert counts.diameter_unknown == 3
    assert counts.extent == (0, 0, 9, 90)


def test_a_choice_counts_the_tanks_that_meet_every_other_condition():
    wanted = TankFilter(
        STANDING, 2019, 2020, statuses=SOME({"active"}), values={UNIT: SOME({"MM01", NONE_GIVEN})}, unmeasured=False
    )
    counts = count(ten_tanks(), wanted)
    # In time 0 1 3 6 8; active 0 1 7 8; of the units 0 1 6 8 9; measured all but 2 6 9.
    assert (counts.shown, counts.undated, counts.undated_hidden) == (3, 2, 2)
    assert counts.statuses == {"active": 3, "abandoned": 0, "unknown": 0}
    assert counts.by_status == {"active": 3, "abandoned": 0, "unknown": 0}
    assert counts.by_type == {"leachate": 1, "precipitation": 1, "unknown": 1}
    assert counts.by_value[UNIT] == {NONE_GIVEN: 0, "MM01": 3, "O'Brien": 0, "CN02": 0, "CN03": 0}
    assert counts.diameter_unknown == 0
    assert counts.extent == (0, 0, 8, 80)
    assert counts.by_year.tolist() == [[1, 0, 0], [3, 0, 0], [3, 0, 0], [2, 1, 0], [2, 1, 0]] + [[3, 0, 0]] * 5
    less = count(ten_tanks(), TankFilter(STANDING, 2019, 2020, statuses=SOME({"active"}), unmeasured=False))
    assert less.by_status == {"active": 3, "abandoned": 1, "unknown": 0}
    assert less.diameter_unknown == 0
    unknown = count(ten_tanks(), TankFilter(STANDING, 2019, 2020, statuses=SOME({"unknown"}), unmeasured=False))
    assert (unknown.shown, unknown.diameter_unknown, unknown.extent) == (0, 1, None)


STANDING_BY_YEAR = [
    *([1, 0, 0], [4, 0, 1], [3, 1, 1], [2, 2, 1], [2, 2, 1]),
    *([3, 0, 1], [3, 0, 1], [3, 0, 2], [3, 0, 2], [3, 0, 2]),
]
BY_YEAR = {
    "any": STANDING_BY_YEAR,
    STANDING: STANDING_BY_YEAR,
    CUMULATIVE: [
        *([1, 0, 0], [4, 0, 1], [3, 1, 1], [2, 2, 2], [2, 3, 2]),
        *([3, 2, 2], [3, 3, 2], [3, 3, 2], [3, 3, 2], [3, 3, 2]),
    ],
    FIRST_SEEN: [
        *([1, 0, 0], [3, 0, 1], [0, 0, 0], [0, 0, 1], [0, 0, 1]),
        *([0, 0, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]),
    ],
}


@pytest.mark.parametrize("mode", BY_YEAR)
def test_each_year_counts_the_tanks_by_their_status_in_it(mode):
    counts = count(ten_tanks(), TankFilter(mode, 2020, 2020))
    assert counts.years == list(range(2015, 2025))
    assert counts.by_year.tolist() == BY_YEAR[mode]


def test_the_units_in_a_rectangle():
    tanks = ten_tanks()
    assert units_in(tanks, 1.5, 0, 4, 100) == {"O'Brien", "CN02"}
    assert units_in(tanks, 0, 0, 9, 25) == {"MM01", "O'Brien"}
    assert units_in(tanks, 0, 75, 9, 100) == {"MM01", NONE_GIVEN}
    assert units_in(tanks, 5, 50, 6, 60) == {"CN03", NONE_GIVEN}
    assert units_in(tanks, 100, 0, 200, 1) == frozenset()


def test_counting_stops_where_it_is_told_to():
    told = []

    def stop(fraction):
        told.append(fraction)
        if fraction > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        count(ten_tanks(), TankFilter(), stop)
    assert told == sorted(told) and told[0] == 0
