"""What the user's own filter may be, for another condition to be added."""

from __future__ import annotations

import pytest
from leachwatch.ui.tank_filter.own_filter.condition import is_condition

CONDITIONS = [
    "",
    "a = 1",
    "\"select\" = 'select ' OR \"order by\" = 'it''s a limit 5'",
    "limit = 5 AND selected = 1",
    "a IN (SELECT a FROM b ORDER BY c LIMIT 9) AND (d = 1)",
    "a = 1 -- order by b\n AND c = 2",
    "a = 1 /* group\nby b */",
]
MORE = [
    "SELECT * FROM b",
    "\n select a\nfrom b",
    "-- mine\nSELECT * FROM b WHERE c = 'd'",
    "/* mine */ select * from b",
    "a = 1 ORDER BY b",
    "a = 1 order\n by b",
    "(a = 1) GROUP  BY b",
    "a = ')' LIMIT 5",
    "a = 1 limit -1",
]


@pytest.mark.parametrize("own", CONDITIONS)
def test_a_condition_is_one(own):
    assert is_condition(own)


@pytest.mark.parametrize("own", MORE)
def test_what_is_more_than_a_condition_is_not(own):
    assert not is_condition(own)


def test_brackets_without_end_take_no_time():
    assert is_condition("(" * 100_000)
    assert is_condition("(" * 300 + "a = 1" + ")" * 300)
