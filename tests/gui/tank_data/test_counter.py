"""The newest question alone is answered."""

from __future__ import annotations

from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.gui.tank_data.read_by import read
from leachwatch.tests.gui.waiting import settle, wait_until
from leachwatch.ui.tank_data.counter import Counter

ACTIVE, ABANDONED = (TankFilter(statuses=frozenset({status})) for status in ("active", "abandoned"))


def asked(table, *questions):
    counter, answers = Counter(), []
    counter.counted.connect(answers.append)
    for wanted in questions:
        counter.ask(table, wanted)
    return counter, answers


def test_the_newest_question_is_answered_alone(tanks):
    counter, answers = asked(read(tanks).table, TankFilter(), ABANDONED, ACTIVE)
    assert counter.is_counting
    wait_until(lambda: answers)
    settle()
    assert [(counts.wanted, counts.total, counts.shown) for counts in answers] == [(ACTIVE, 12, 4)]
    assert not counter.is_counting


def test_a_cancelled_question_is_not_answered(tanks):
    counter, answers = asked(read(tanks).table, ACTIVE)
    counter.cancel()
    settle()
    assert not answers and not counter.is_counting
