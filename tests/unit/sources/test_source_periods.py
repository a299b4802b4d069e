import pandas as pd
import pytest
from leachwatch.sources.columns.periods import parse_period, parse_periods

PERIODS = [
    ("before 2021", None, "2020-12-31", 3),
    ("Before Feb 2021", None, "2021-01-31", 2),
    ("pre-2021", None, "2020-12-31", 3),
    ("after 2021", "2022-01-01", None, 3),
    ("since 2021", "2021-01-01", None, 3),
    ("2021 onwards", "2021-01-01", None, 3),
    ("2020 or earlier", None, "2020-12-31", 3),
    ("as of December 2024", None, "2024-12-31", 2),
    ("by 2021-03-14", None, "2021-03-14", 1),
    ("2019-2021", "2019-01-01", "2021-12-31", 3),
    ("from 2019 to 2021", "2019-01-01", "2021-12-31", 3),
    ("between 2019 and 2021", "2019-01-01", "2021-12-31", 3),
    ("in 2020", "2020-01-01", "2020-12-31", 3),
    ("2021", "2021-01-01", "2021-12-31", 3),
    ("Mar 2021", "2021-03-01", "2021-03-31", 2),
    ("14 March 2021", "2021-03-14", "2021-03-14", 1),
    ("before the coup", None, "2021-01-31", 1),
    ("after the 2021 coup", "2021-02-01", None, 1),
    ("since the coup", "2021-02-01", None, 1),
]


@pytest.mark.parametrize(("text", "start", "end", "rank"), PERIODS)
def test_periods_in_words(text, start, end, rank):
    period = parse_period(text)
    assert (period.start and str(period.start), period.end and str(period.end), period.rank) == (start, end, rank)


@pytest.mark.parametrize("text", ["recently", "before the war", "old", "after the rains", "since", "phase 2"])
def test_what_is_not_clear_stays_text(text):
    assert parse_period(text) is None


def test_a_column_counts_what_it_could_not_read():
    parsed = parse_periods(pd.Series(["before 2021", "old", None, "old", "n/a"], dtype=object))
    assert [period is None for period in parsed.values] == [False, True, True, True, True]
    assert parsed.unread == {"old": 2}
