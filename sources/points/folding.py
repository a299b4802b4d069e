"""Rows to tanks: which rows show the same tank, and what they say of it together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...analysis.fields import ABANDONED, ACTIVE, UNKNOWN
from .same_tank import FOLD_DISTANCE, Labels, label, seen


@dataclass(frozen=True)
class Folded:
    """One row a tank, how many rows were folded into another, and notes."""

    tanks: pd.DataFrame
    folded: int
    notes: list[str]


def fold(rows: pd.DataFrame, distance: float = FOLD_DISTANCE) -> Folded:
    """Fold rows that show the same tank into one.

    ``rows`` holds ``key`` (the tank's id, None where unknown), ``lon``, ``lat`` (degrees), the fields of the tank table
    and ``rank`` (of the date precision). The columns that say nothing of time are the latest row's, filled from earlier
    ones; ``carried`` (a row's position in the source table) is the latest row's.
    """
    labels = label(rows, distance)
    repeated = pd.Series(labels.group).duplicated(keep=False).to_numpy()
    if not repeated.any():
        return Folded(rows, 0, labels.notes)
    rows = rows.assign(group=labels.group, place=np.arange(len(rows)))
    merged, conflicts = _merge(rows[repeated])
    tanks = pd.concat([rows[~repeated], merged]).sort_values("place", kind="stable")
    return Folded(tanks.drop(columns=["group", "place"]), len(rows) - len(tanks), _notes(labels, conflicts))


def _notes(labels: Labels, conflicts: int) -> list[str]:
    if not conflicts:
        return labels.notes
    return [
        *labels.notes,
        f"{conflicts:,} tanks are called active and abandoned at one date: their status is left unknown.",
    ]


def _merge(rows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return one row for each group, and how many groups contradict themselves."""
    _, last = seen(rows)
    rows = rows.assign(spoken=last).sort_values(["group", "spoken", "place"], na_position="first", kind="stable")
    unknown_as_null = rows.assign(**{name: rows[name].mask(rows[name] == UNKNOWN) for name in ("tank_type", "status")})
    groups = unknown_as_null.groupby("group", sort=True)
    merged = groups.last()
    merged["place"] = groups["place"].min()
    merged["rank"] = groups["rank"].max()
    merged["first_seen"], merged["last_seen"] = _seen_between(rows)
    merged["absent_on"] = _latest_before(rows, "absent_on", merged["first_seen"])
    merged["gone_by"] = _earliest_after(rows, "gone_by", merged["last_seen"])
    merged["tank_type"] = merged["tank_type"].fillna(UNKNOWN)
    conflicts = _merge_status(rows, merged)
    return merged.drop(columns="spoken").reset_index(), conflicts


def _seen_between(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    dates = rows[["first_seen", "last_seen"]]
    by = rows["group"]
    return dates.min(axis=1).groupby(by).min(), dates.max(axis=1).groupby(by).max()


def _latest_before(rows: pd.DataFrame, name: str, limit: pd.Series) -> pd.Series:
    dates = rows[name].where(rows[name] < rows["group"].map(limit))
    return dates.groupby(rows["group"]).max()


def _earliest_after(rows: pd.DataFrame, name: str, limit: pd.Series) -> pd.Series:
    dates = rows[name].where(rows[name] > rows["group"].map(limit))
    return dates.groupby(rows["group"]).min()


def _merge_status(rows: pd.DataFrame, merged: pd.DataFrame) -> int:
    """Set status, status_date and abandoned_since in place; return how many groups contradict themselves."""
    known = rows[rows["status"] != UNKNOWN]
    date = known["status_date"].fillna(pd.Timestamp.min)
    latest = known[date == date.groupby(known["group"]).transform("max")]
    words = latest.groupby("group")["status"].nunique()
    conflicts = words.index[words > 1]
    merged["status"] = latest.groupby("group")["status"].last().reindex(merged.index)
    merged["status_date"] = latest.groupby("group")["status_date"].last().reindex(merged.index)
    merged.loc[conflicts, ["status", "status_date"]] = [None, pd.NaT]
    merged["status"] = merged["status"].fillna(UNKNOWN)
    since = _abandoned_since(known).drop(conflicts, errors="ignore").reindex(merged.index)
    merged["abandoned_since"] = merged["abandoned_since"].fillna(since)
    return len(conflicts)


def _abandoned_since(known: pd.DataFrame) -> pd.Series:
    """Return the first date from which every later status is abandoned, where the tank was seen active before it."""
    by = known["group"]
    last_active = known["status_date"].where(known["status"] == ACTIVE).groupby(by).transform("max")
    abandoned = known["status_date"].where((known["status"] == ABANDONED) & (known["status_date"] > last_active))
    return abandoned.groupby(by).min()
