"""What the columns of a tank layer mean, also where they are not quite as the loaders write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...analysis import fields

if TYPE_CHECKING:
    import numpy as np


def understood(columns: dict[str, Any], found: dict[str, str]) -> tuple[dict[str, np.ndarray], list[str]]:
    """Return the columns (our name to values) with dates as datetime64, numbers as floats and words as ours.

    ``found`` is our name to the layer's. The notes say what was not understood, and is not known therefore.
    """
    result, notes = dict(columns), []
    ranks = {}
    for name in fields.TANK_DATES:
        if name in columns:
            result[name], ranks[name], remarks = _dates(columns[name], found[name])
            notes += remarks
    for name in ("status", "tank_type", "diameter_m"):
        if name in columns:
            result[name], remarks = _parsed(name, columns[name], found[name])
            notes += remarks
    if result:
        result["date_precision"] = _precision(result, ranks)
    return result, notes


def _dates(values: Any, column: str) -> tuple[np.ndarray, np.ndarray, list[str]]:
    import numpy as np
    import pandas as pd

    from ...sources.columns.dates import parse_dates
    from ...sources.columns.values import unread_note

    beyond = 0
    if np.asarray(values).dtype.kind == "M":
        values, beyond = _within_reach(np.asarray(values).astype("datetime64[D]"))
    dates = parse_dates(pd.Series(values))
    notes = unread_note("Dates", column, dates.unread, "without a date")
    notes += [f"Column {column}: {remark}." for remark in dates.remarks]
    if beyond:
        notes.append(f"Column {column}: {beyond:,} dates lie centuries away and count as not known.")
    return dates.values, dates.rank, notes


def _within_reach(days: np.ndarray) -> tuple[np.ndarray, int]:
    """Return days as nanoseconds, which reach from 1677 to 2262, and how many lay beyond. 9999-12-31 means none."""
    import numpy as np
    import pandas as pd

    first, last = (np.datetime64(end.date(), "D") for end in (pd.Timestamp.min.ceil("D"), pd.Timestamp.max))
    with np.errstate(invalid="ignore"):
        beyond = (days < first) | (days > last)
    years = days[beyond].astype("datetime64[Y]")
    near = np.where(beyond, np.datetime64("NaT"), days)
    return near.astype("datetime64[ns]"), int((years != np.datetime64("9999")).sum())


def _parsed(name: str, values: Any, column: str) -> tuple[np.ndarray, list[str]]:
    import numpy as np
    import pandas as pd

    from ...sources.columns import values as read

    if name == "diameter_m":
        parsed = read.numbers(pd.Series(values))
        return np.where(np.isfinite(parsed.values), parsed.values, np.nan), read.unread_note(
            "Diameters", column, parsed.unread, "without a diameter"
        )
    what, reader = {"status": ("Statuses", read.statuses), "tank_type": ("Types", read.tank_types)}[name]
    parsed = reader(pd.Series(values, dtype=object))
    return parsed.values, read.unread_note(what, column, parsed.unread, "unknown")


def _precision(columns: dict[str, Any], ranks: dict[str, np.ndarray]) -> np.ndarray:
    """Return how exactly each tank's first image is dated: as said, or as its text says where that is coarser."""
    import numpy as np
    import pandas as pd

    from ...sources.columns.dates import PRECISION_OF_RANK, RANK

    rows = len(next(iter(columns.values())))
    said = pd.Series(columns.get("date_precision", np.full(rows, None)), dtype=object)
    rank = said.map(RANK).fillna(0).to_numpy(dtype=int)
    none = np.zeros(rows, dtype=int)
    first, last = ranks.get("first_seen", none), ranks.get("last_seen", none)
    return PRECISION_OF_RANK[np.maximum(rank, np.where(first > 0, first, last))]
