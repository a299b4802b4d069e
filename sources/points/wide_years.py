"""Wide year columns (Y2010 … Y2025): one cell a tank and year, present, absent or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd

from ...analysis.fields import ABANDONED, ACTIVE, UNKNOWN
from ..columns.status_words import ABSENT
from ..columns.values import unread_note
from ..columns.year_cells import PRESENT, year_cells
from ..notes import Information
from .gaps import untold_note

NEVER_SEEN = "never_seen"


def read_years(table: pd.DataFrame, columns: Mapping[str, int]) -> tuple[dict[str, np.ndarray], list[str]]:
    """Return the time columns of each row (dates on 1 January, status) from its year columns, and notes.

    ``absent_on`` and ``gone_by`` come from explicit absences alone; an empty cell says nothing. A tank that vanishes
    and returns has a gone_by before its last_seen, if the last year is the one that shows it again (see ``gaps``).
    ``never_seen`` tells the rows of which every year that says anything says absent.
    """
    names = sorted(columns, key=columns.__getitem__)
    unread: Counter[str] = Counter()
    cells = np.full((len(table), len(names)), None, dtype=object)
    for index, name in enumerate(names):
        parsed = year_cells(table[name])
        cells[:, index] = parsed.values
        unread.update(parsed.unread)
    dates = np.array([f"{columns[name]}-01-01" for name in names], dtype="datetime64[ns]")
    notes: list[str] = [Information(f"Read as one column a year: {names[0]} to {names[-1]} ({len(names)} columns).")]
    notes += unread_note("Years", f"{names[0]}…{names[-1]}", unread, "out")
    times, gaps = _times(cells, dates)
    return times, notes + gaps


def _times(cells: np.ndarray, dates: np.ndarray) -> tuple[dict[str, np.ndarray], list[str]]:
    years = np.arange(len(dates))
    absent = cells == ABSENT
    active, abandoned = cells == ACTIVE, cells == ABANDONED
    present = (cells == PRESENT) | active | abandoned
    first, last = _first(present), _last(present)
    absent_before = absent & present.any(axis=1)[:, None] & (years < first[:, None])
    absent_after = absent & present.any(axis=1)[:, None] & (years > last[:, None])
    last_active, last_status = _last(active), _last(active | abandoned)
    since = _first(abandoned & (years > last_active[:, None]) & (last_active >= 0)[:, None])
    gone, returned = _or_gap(_first(absent_after), present, absent)
    since, revived = _or_gap(since, active, abandoned)
    status = np.full(len(cells), UNKNOWN, dtype=object)
    for word, flags in ((ACTIVE, active), (ABANDONED, abandoned)):
        status[(last_status >= 0) & flags[np.arange(len(cells)), last_status]] = word
    times = {
        "first_seen": _pick(dates, first),
        "last_seen": _pick(dates, last),
        "absent_on": _pick(dates, _last(absent_before)),
        "gone_by": _pick(dates, gone),
        "abandoned_since": _pick(dates, since),
        "status": status,
        "status_date": _pick(dates, last_status),
        NEVER_SEEN: absent.any(axis=1) & ~present.any(axis=1),
    }
    return times, untold_note(returned, revived)


def _or_gap(for_good: np.ndarray, shown: np.ndarray, missed: np.ndarray) -> tuple[np.ndarray, int]:
    """Return the column from which each row is missed for good, or else until its last year; and how many gaps are not
    told so."""
    years = np.arange(shown.shape[1])
    last = _last(shown)[:, None]
    before = _last(shown & (years < last))[:, None]
    found = np.where(for_good >= 0, for_good, _first(missed & (years > before) & (years < last) & (before >= 0)))
    gaps = missed & (years > _first(shown)[:, None]) & (years < last) & (last >= 0)
    covered = (found >= 0)[:, None] & (years >= found[:, None])
    return found, int((gaps & ~covered).any(axis=1).sum())


def _first(flags: np.ndarray) -> np.ndarray:
    """Return the first column that is set in each row, −1 where none is."""
    return np.where(flags.any(axis=1), flags.argmax(axis=1), -1)


def _last(flags: np.ndarray) -> np.ndarray:
    """Return the last column that is set in each row, −1 where none is."""
    return np.where(flags.any(axis=1), flags.shape[1] - 1 - flags[:, ::-1].argmax(axis=1), -1)


def _pick(dates: np.ndarray, index: np.ndarray) -> np.ndarray:
    return np.where(index >= 0, dates[index], np.datetime64("NaT"))
