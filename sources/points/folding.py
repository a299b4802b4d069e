"""Rows to tanks: which rows show the same tank, and what they say of it together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...analysis.fields import ABANDONED, ACTIVE, UNKNOWN
from ...analysis.progress import Cancelled, never
from .gaps import last_gap, untold, untold_note
from .groups import NO_DATE, Groups, dated, whole
from .same_tank import FOLD_DISTANCE, Labels, label, some


@dataclass(frozen=True)
class Folded:
    """One row a tank, how many rows were folded into another, and notes."""

    tanks: pd.DataFrame
    folded: int
    notes: list[str]


def fold(rows: pd.DataFrame, distance: float = FOLD_DISTANCE, is_cancelled: Callable[[], bool] = never) -> Folded:
    """Fold rows that show the same tank into one, in the order of each tank's first row. Raises Cancelled.

    ``rows`` holds ``key`` (the tank's id, None where unknown), ``lon``, ``lat`` (degrees), the fields of the tank table
    and ``rank`` (of the date precision). The columns that say nothing of time are the latest row's, filled from earlier
    ones; ``carried`` (a row's position in the source table) is the latest row's.
    """
    if not len(rows):
        return Folded(rows, 0, [])
    labels = label(rows, distance)
    _stop_if(is_cancelled)
    groups = Groups(labels.group, labels.end)
    if groups.count == len(rows):
        return Folded(rows, 0, labels.notes)
    # A group stands where its first row stood.
    order = np.argsort(groups.smallest(np.arange(len(rows))), kind="stable")
    columns, conflicts, gap_notes = _together(rows, groups)
    for name in rows.columns:
        _stop_if(is_cancelled)
        found = columns.pop(name) if name in columns else _latest(rows[name], groups)
        columns[name] = pd.Series(found).take(order).reset_index(drop=True)
    tanks = pd.DataFrame(columns, copy=False)[list(rows.columns)]
    return Folded(tanks, len(rows) - len(tanks), [*_notes(labels, conflicts), *gap_notes])


def _stop_if(is_cancelled: Callable[[], bool]) -> None:
    if is_cancelled():
        raise Cancelled


def _notes(labels: Labels, conflicts: np.ndarray) -> list[str]:
    if not len(conflicts):
        return labels.notes
    return [
        *labels.notes,
        f"{len(conflicts):,} tanks are called active and abandoned at one date: their status is left unknown (first "
        f"rows: {some(conflicts.tolist())}).",
    ]


def _latest(column: pd.Series, groups: Groups) -> pd.Series:
    """Return what each tank's latest row says that says anything."""
    if column.name != "tank_type":
        return groups.last_known(column)
    return groups.last_known(column.mask(column == UNKNOWN)).fillna(UNKNOWN)


def _together(rows: pd.DataFrame, groups: Groups) -> tuple[dict[str, np.ndarray], np.ndarray, list[str]]:
    """Return the columns of time and status, one value a tank, the first rows of tanks in contradiction, and notes."""
    first, last = (whole(rows[name]) for name in ("first_seen", "last_seen"))
    either = np.where(first == NO_DATE, last, first), np.where(last == NO_DATE, first, last)
    begin = groups.earliest(np.where(either[0] > either[1], either[1], either[0]))
    end = groups.largest(np.maximum(first, last))
    absent, gone = whole(rows["absent_on"]), whole(rows["gone_by"])
    before, after = groups.spread(begin), groups.spread(end)
    for_good = groups.earliest(np.where((gone > after) & (after != NO_DATE), gone, NO_DATE))
    gone_by = np.where(for_good == NO_DATE, last_gap(groups, [first, last], gone), for_good)
    columns = {
        "first_seen": begin,
        "last_seen": end,
        "absent_on": groups.largest(np.where(absent < before, absent, NO_DATE)),
        "gone_by": gone_by,
    }
    status, date, since, conflict, revived = _status(rows, groups)
    given = whole(groups.last_known(rows["abandoned_since"]))
    columns.update(status_date=date, abandoned_since=np.where(given == NO_DATE, since, given))
    dates = {name: dated(numbers) for name, numbers in columns.items()}
    rank = groups.largest(rows["rank"].to_numpy())
    first_rows = groups.smallest(rows["row"].to_numpy())
    notes = untold_note(untold(groups, [first, last], gone, gone_by), revived)
    return {**dates, "status": status, "rank": rank}, np.sort(first_rows[conflict]), notes


def _status(rows: pd.DataFrame, groups: Groups) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, int]:
    """Return status, its date and since when a tank is abandoned, which contradict themselves, and untold gaps.

    Abandoned since: the first date from which every later status is abandoned, of a tank seen active before it; or from
    which every one is, but the latest, which is active again.
    """
    word, date = rows["status"].to_numpy(), whole(rows["status_date"])
    active, abandoned = word == ACTIVE, word == ABANDONED
    latest = groups.largest(np.where(active | abandoned, date, NO_DATE))
    is_latest = date == groups.spread(latest)
    says = [groups.any(flags & is_latest) for flags in (active, abandoned)]
    conflict = says[0] & says[1]
    status = np.select([conflict, *says], [UNKNOWN, ACTIVE, ABANDONED], UNKNOWN).astype(object)
    last_active = groups.largest(np.where(active, date, NO_DATE))
    limit = groups.spread(last_active)
    for_good = groups.earliest(np.where(abandoned & (date > limit) & (limit != NO_DATE), date, NO_DATE))
    seen_active, seen_abandoned = (np.where(flags, date, NO_DATE) for flags in (active, abandoned))
    gap = last_gap(groups, [seen_active], seen_abandoned)
    since = np.where(conflict, NO_DATE, np.where(status == ACTIVE, gap, for_good))
    revived = untold(groups, [seen_active], seen_abandoned, since)
    return status, np.where(conflict, NO_DATE, latest), since, conflict, revived
