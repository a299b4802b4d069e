"""The arrays and the filter's condition give the same tanks, whatever the layer holds and whatever is asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from leachwatch.analysis.selection.expression import combine, expression
from leachwatch.analysis.selection.mask import all_but, parts, shown
from leachwatch.analysis.selection.searching import known
from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.unit.analysis.selection.questions import STEADY, classes, questions, worlds
from leachwatch.tests.unit.analysis.selection.tables import Database, columns_for, table

MARKS = st.sampled_from(["", " of \"mine\" AND 'yours' --"])


@STEADY
@given(worlds(), MARKS, st.lists(questions(), min_size=5, max_size=5))
def test_sqlite_and_the_arrays_show_the_same_tanks(world, mark, asked):
    kinds, rows = world
    columns = columns_for(kinds, mark=mark)
    tanks, database = table(columns, rows, classes), Database(columns, rows)
    for wanted in asked:
        condition = expression(wanted, columns, known(tanks, wanted))
        assert database.which(condition) == shown(tanks, wanted).nonzero()[0].tolist(), condition


@STEADY
@given(worlds(), questions(), st.sampled_from(["number > 3", "number = 0 OR number = 5", "number < 4 -- mine"]))
def test_beside_the_users_own_filter_both_hold(world, wanted, own):
    kinds, rows = world
    columns = columns_for(kinds)
    tanks, database = table(columns, rows, classes), Database(columns, rows)
    both = database.which(combine(own, expression(wanted, columns, known(tanks, wanted))))
    assert both == sorted({*database.which(own)} & {*shown(tanks, wanted).nonzero()[0].tolist()})


@STEADY
@given(worlds(), questions())
def test_a_part_left_out_is_not_asked_for(world, wanted):
    kinds, rows = world
    tanks = table(columns_for(kinds), rows, classes)
    everything = TankFilter()
    less = {
        "time": {"mode": everything.mode, "only_undated": False},
        "status": {"statuses": everything.statuses},
        "tank_type": {"types": everything.types},
        "diameter_m": {"diameter": (None, None), "unmeasured": True},
        "search": {"search": ""},
        **{role: {"values": {k: v for k, v in wanted.values.items() if k != role}} for role in wanted.values},
    }
    assert set(parts(tanks, wanted)) <= set(less)
    for part, change in less.items():
        expected = shown(tanks, TankFilter(**{**wanted.__dict__, **change}))
        assert all_but(tanks, wanted, part).tolist() == expected.tolist(), part
