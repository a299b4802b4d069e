"""The filter says the rules of time as ``analysis.time`` does, for every combination of dates."""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest
from leachwatch.analysis import time
from leachwatch.analysis.definition import CUMULATIVE, STANDING
from leachwatch.analysis.selection.columns import DATE, SQLITE, TEXT, TankColumns
from leachwatch.analysis.selection.expression import combine, expression
from leachwatch.analysis.selection.wanted import ANY_TIME, FIRST_SEEN, TankFilter
from leachwatch.tests.gui.tank_filter.controlled import apply, take
from leachwatch.tests.gui.tank_world import EVERY_PROVIDER, ids, memory_tanks, on_provider

DATES = [None, "2018-12-31", "2019-01-01", "2020-06-30"]
GONE = [None, "2018-06-01", "2019-12-31", "2020-01-01", "2021-01-01"]
SPANS = [(2018, 2018), (2018, 2021), (2019, 2020), (2020, 2020), (2021, 2021)]
ROWS = [
    (str(number), "active", None, first, last, gone, None)
    for number, (first, last, gone) in enumerate(product(DATES, DATES, GONE))
]


def counted(counting: str, years: range) -> set[int]:
    table = pd.DataFrame([row[3:6] for row in ROWS], columns=["first_seen", "last_seen", "gone_by"])
    table = table.apply(pd.to_datetime)
    return {number for year in years for number in table.index[time.counted(table, year, counting)]}


@pytest.mark.parametrize("provider", EVERY_PROVIDER)
def test_a_tank_is_shown_if_it_counts_in_one_of_the_years(request, controller, project, tmp_path, provider):
    layer = on_provider(memory_tanks(rows=ROWS), provider, tmp_path, lambda: request.getfixturevalue("postgis"))
    take(controller, layer)
    found, expected = {}, {}
    for first, last in SPANS:
        apply(controller, TankFilter(STANDING, first, last))
        found[STANDING, first, last] = ids(layer)
        expected[STANDING, first, last] = counted(STANDING, range(first, last + 1))
        apply(controller, TankFilter(CUMULATIVE, first, last))
        found[CUMULATIVE, first, last] = ids(layer)
        expected[CUMULATIVE, first, last] = counted(CUMULATIVE, range(last, last + 1))
    assert found == expected


def test_a_layer_without_the_later_fields_is_asked_for_no_more_than_it_has():
    roles = {"status": TEXT, "first_seen": DATE}
    columns = TankColumns({role: role for role in roles}, roles, SQLITE)
    wanted = TankFilter(STANDING, 2019, 2020, types=frozenset({"leachate"}))
    assert expression(wanted, columns) == "\"first_seen\" < '2021-01-01'"


def test_nothing_asked_is_no_condition():
    names = ("status", "first_seen", "tank_type")
    columns = TankColumns(dict(zip(names, names)), dict(zip(names, (TEXT, DATE, TEXT))), SQLITE)
    assert expression(TankFilter(mode=ANY_TIME), columns) == ""


@pytest.mark.parametrize(
    ("own", "ours", "both"),
    [
        ("", "", ""),
        ("a OR b", "", "a OR b"),
        ("", "c OR d", "c OR d"),
        ("a OR b", "c OR d", "(a OR b) AND (c OR d)"),
        ("a -- mine", "c", "(a -- mine\n) AND (c)"),
    ],
)
def test_both_conditions_keep_their_meaning_together(own, ours, both):
    assert combine(own, ours) == both


def test_what_is_kept_in_a_project_is_read_again():
    wanted = TankFilter(FIRST_SEEN, 2019, 2021, True, statuses=frozenset({"active"}), types=frozenset())
    assert TankFilter.from_plain(wanted.as_plain()) == wanted
