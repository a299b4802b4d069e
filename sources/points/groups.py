"""Rows in groups, each in order of time, and what the rows of a group say together. Arrays, one pass a column."""

from __future__ import annotations

import numpy as np
import pandas as pd

# How numpy writes a missing date as a whole number: less than every date.
NO_DATE = np.iinfo(np.int64).min
_LATEST = np.iinfo(np.int64).max


class Groups:
    """The groups of rows. ``order``: the rows' positions, group by group, those that speak last at the end."""

    def __init__(self, group: np.ndarray, spoken: np.ndarray) -> None:
        """Order rows by ``group`` (whole numbers), then ``spoken`` (dates as whole numbers), then position."""
        self.order = np.lexsort([spoken, group])
        ordered = group[self.order]
        self._starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
        self._sizes = np.diff(np.append(self._starts, len(ordered)))

    @property
    def count(self) -> int:
        """The number of groups."""
        return len(self._starts)

    def last_known(self, column: pd.Series) -> pd.Series:
        """Return each group's last value that is known."""
        values = column.take(self.order)
        known = values.notna().to_numpy()
        best = np.maximum.reduceat(np.where(known, np.arange(len(known)), -1), self._starts)
        # Where none is known any of the group's will do: it is missing, too.
        return values.take(np.where(best < 0, self._starts, best)).reset_index(drop=True)

    def smallest(self, values: np.ndarray) -> np.ndarray:
        """Return each group's smallest value."""
        return np.minimum.reduceat(values[self.order], self._starts)

    def largest(self, values: np.ndarray) -> np.ndarray:
        """Return each group's largest value."""
        return np.maximum.reduceat(values[self.order], self._starts)

    def earliest(self, dates: np.ndarray) -> np.ndarray:
        """Return each group's earliest date, as whole numbers; missing ones do not count."""
        found = self.smallest(np.where(dates == NO_DATE, _LATEST, dates))
        return np.where(found == _LATEST, NO_DATE, found)

    def any(self, flags: np.ndarray) -> np.ndarray:
        """Return whether any row of each group is flagged."""
        return np.logical_or.reduceat(flags[self.order], self._starts)

    def spread(self, values: np.ndarray) -> np.ndarray:
        """Return each group's value for each of its rows, in the rows' own order."""
        result = np.empty(len(self.order), dtype=values.dtype)
        result[self.order] = np.repeat(values, self._sizes)
        return result


def whole(dates: pd.Series) -> np.ndarray:
    """Return dates as whole numbers, a missing one as ``NO_DATE``."""
    return dates.to_numpy("datetime64[ns]").view(np.int64)


def dated(numbers: np.ndarray) -> np.ndarray:
    """Return whole numbers as the dates that they were."""
    return numbers.view("datetime64[ns]")
