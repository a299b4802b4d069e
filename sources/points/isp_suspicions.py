"""What looks wrong in the rows of sites: counted, with examples, and never corrected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from . import suspicions
from .places import Places

# Distinct names of images that are looked at.
_FEW = 50


def suspect(rows: pd.DataFrame, found: Places, names: Sequence[str], today: date) -> list[str]:
    """Return notes on the fields of sites (``rows``, as placed); ``names``: the source's and its columns'."""
    images = rows["image_source"].dropna().unique()[:_FEW]
    notes = suspicions.of_web_maps([*names, *map(str, images)])
    notes += suspicions.of_countries(rows["country"].to_numpy(dtype=object), found.lon, found.lat, found.row)
    return notes + _of_dates(rows, found.row, today) + _of_duplicates(rows, found)


def _of_dates(rows: pd.DataFrame, row: np.ndarray, today: date) -> list[str]:
    start, end = (rows[name].to_numpy("datetime64[D]") for name in ("first_seen_from", "first_seen_to"))
    future, reversed_ = start > np.datetime64(today), start > end
    notes = []
    if future.any():
        shown = suspicions.examples(row, future, lambda index: str(start[index]))
        notes.append(f"{future.sum():,} sites are first seen in the future: {shown}.")
    if reversed_.any():
        shown = suspicions.examples(row, reversed_, lambda index: f"from {start[index]} to {end[index]}")
        notes.append(f"{reversed_.sum():,} periods end before they start: {shown}. They were kept as they are.")
    return notes


def _of_duplicates(rows: pd.DataFrame, found: Places) -> list[str]:
    keys = rows[["site_name", "period", "first_seen_from", "first_seen_to"]].assign(lon=found.lon, lat=found.lat)
    again = keys.duplicated().to_numpy()
    if not again.any():
        return []
    shown = suspicions.examples(found.row, again, lambda index: f"{found.lat[index]:.8g}, {found.lon[index]:.8g}")
    return [f"{again.sum():,} rows repeat the name, period and exact place of an earlier row: {shown}."]
