"""The tank table that the analysis works on: one row a tank, missing columns filled with "not known"."""

from __future__ import annotations

import numpy as np
import pandas as pd

from . import fields


def tank_table(columns: dict[str, object], lon: np.ndarray, lat: np.ndarray) -> pd.DataFrame:
    """Return a tank table from whichever columns there are.

    ``lon`` and ``lat`` are degrees on WGS 84, one a tank. Dates are anything pandas reads as dates; text that is none
    becomes NaT. Statuses and types outside the known words become ``unknown``.
    """
    table = pd.DataFrame({"lon": np.asarray(lon, float), "lat": np.asarray(lat, float)})
    for name in fields.TANK_DATES:
        given = columns.get(name)
        values = np.asarray(np.datetime64("NaT") if given is None else given)
        # To pandas even dates are something to be read, row by row.
        dates = values if values.dtype.kind == "M" else pd.to_datetime(pd.Series(values), errors="coerce").to_numpy()
        table[name] = dates.astype("datetime64[ns]")
    table["status"] = _known_words(columns.get("status"), fields.STATUSES, len(table))
    table["tank_type"] = _known_words(columns.get("tank_type"), fields.TANK_TYPES, len(table))
    table["date_precision"] = columns.get("date_precision", fields.DAY)
    table["country"] = columns.get("country")
    table["diameter_m"] = pd.to_numeric(pd.Series(columns.get("diameter_m", np.nan), table.index), errors="coerce")
    return table


def usable_position(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return which positions are numbers within the world (degrees)."""
    with np.errstate(invalid="ignore"):
        return np.isfinite(lon) & np.isfinite(lat) & (np.abs(lon) <= 180) & (np.abs(lat) <= 90)


def _known_words(values: object, words: tuple[str, ...], rows: int) -> np.ndarray:
    if values is None:
        return np.full(rows, fields.UNKNOWN, dtype=object)
    series = pd.Series(values, dtype=object)
    return series.where(series.isin(words), fields.UNKNOWN).to_numpy()
