"""Gaps in what images say of a tank: it vanishes and returns, or is abandoned and active again.

A row has one ``gone_by`` and one ``last_seen``, one ``abandoned_since`` and one ``status_date``. They tell one gap, if
the last image is the one that ends it (``analysis.time`` reads it so). Of any other gap they would make a longer one:
it is not written, and told.
"""

from __future__ import annotations

import numpy as np

from .groups import NO_DATE, Groups


def last_gap(groups: Groups, shown: list[np.ndarray], missed: np.ndarray) -> np.ndarray:
    """Return each group's first missed date between the last date that shows it and the one before; else NO_DATE.

    ``shown`` are columns of dates, ``missed`` a column of dates, as whole numbers (see ``groups.whole``). A gap that
    begins and ends in one year is none, since years are what is counted.
    """
    last = groups.spread(_latest(groups, shown))
    before = groups.spread(_latest(groups, [np.where(dates < last, dates, NO_DATE) for dates in shown]))
    inside = (missed > before) & (before != NO_DATE) & (_years(missed) < _years(last))
    return groups.earliest(np.where(inside, missed, NO_DATE))


def untold(groups: Groups, shown: list[np.ndarray], missed: np.ndarray, told: np.ndarray) -> int:
    """Return how many groups are missed on a date between two that show them, and not since ``told``."""
    first = groups.spread(np.minimum.reduce([_earliest(groups, dates) for dates in shown]))
    last = groups.spread(_latest(groups, shown))
    gap = groups.spread(told)
    covered = (gap != NO_DATE) & (missed >= gap)
    return int(groups.any((missed > first) & (missed < last) & ~covered).sum())


def untold_note(returned: int, revived: int) -> list[str]:
    """Return what to say of gaps that are not written."""
    notes = []
    if returned:
        notes.append(
            f"{returned:,} tanks are missing from an image between others that show them: they count as standing all "
            "the while, since the table has one gone_by and one last_seen to tell a gap."
        )
    if revived:
        notes.append(
            f"{revived:,} tanks were abandoned and active again: they count as active in between, since the table has "
            "one abandoned_since and one status_date to tell a gap."
        )
    return notes


def _latest(groups: Groups, columns: list[np.ndarray]) -> np.ndarray:
    return np.maximum.reduce([groups.largest(dates) for dates in columns])


def _earliest(groups: Groups, dates: np.ndarray) -> np.ndarray:
    found = groups.earliest(dates)
    return np.where(found == NO_DATE, np.iinfo(np.int64).max, found)


def _years(dates: np.ndarray) -> np.ndarray:
    return dates.view("datetime64[ns]").astype("datetime64[Y]")
