"""What looks wrong in the rows of tanks: counted, with examples, and never corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
import pandas as pd

from ..columns.dates import RANK
from . import suspicions
from .suspicions import examples

# Distinct names of images that are looked at.
_FEW = 100
_LEAST_DIAMETER, _GREATEST_DIAMETER = 0.5, 200.0


def suspect(rows: pd.DataFrame, ranks: Mapping[str, np.ndarray], names: Iterable[str], today: date) -> list[str]:
    """Return notes on the fields of tanks.

    ``rows``: the tank table's fields, ``row``, ``key``, ``lon``, ``lat``; ``ranks``: role of a date → precision of each
    row; ``names``: the source's and its columns'.
    """
    number, lon, lat = (rows[column].to_numpy() for column in ("row", "lon", "lat"))
    images = map(str, rows["image_source"].dropna().unique()[:_FEW])
    return [
        *suspicions.of_web_maps([*names, *images]),
        *suspicions.of_countries(rows["country"].to_numpy(), lon, lat, number),
        *of_dates(rows, ranks, today),
        *of_diameters(rows["diameter_m"].to_numpy(), number),
        *of_duplicates(rows),
    ]


def of_dates(rows: pd.DataFrame, ranks: Mapping[str, np.ndarray], today: date) -> list[str]:
    """Return notes on dates that cannot be. ``rows`` holds the dates and ``row``; ``ranks``: role → precision."""
    notes = []
    number = rows["row"].to_numpy()
    for role in ("first_seen", "last_seen", "status_date", "abandoned_since", "absent_on", "gone_by"):
        days = rows[role].to_numpy("datetime64[D]")
        future = days > np.datetime64(today)
        if future.any():
            shown = examples(number, future, lambda index, days=days: str(days[index]))  # type: ignore[misc]
            notes.append(f"{role}: {future.sum():,} dates lie in the future: {shown}.")
    for early, late, what in (
        ("first_seen", "last_seen", "first seen after they were last seen"),
        ("first_seen", "abandoned_since", "abandoned before they were first seen"),
    ):
        notes += _of_order(rows, ranks, (early, late), what)
    return notes


def _of_order(rows: pd.DataFrame, ranks: Mapping[str, np.ndarray], roles: tuple[str, str], what: str) -> list[str]:
    """Compare two dates as exactly as both are known: a year is not before a day in it."""
    one, other = (rows[role].to_numpy("datetime64[D]") for role in roles)
    none = np.zeros(len(rows), dtype=np.int8)
    rank = np.maximum(ranks.get(roles[0], none), ranks.get(roles[1], none))
    wrong = np.zeros(len(rows), dtype=bool)
    for word, unit in (("day", "D"), ("month", "M"), ("year", "Y")):
        at = rank == RANK[word]
        wrong |= at & (one.astype(f"datetime64[{unit}]") > other.astype(f"datetime64[{unit}]"))
    if not wrong.any():
        return []
    shown = examples(rows["row"].to_numpy(), wrong, lambda index: f"{roles[0]} {one[index]}, {roles[1]} {other[index]}")
    return [f"{wrong.sum():,} rows say {what}: {shown}. The dates were kept as they are."]


def of_diameters(diameter: np.ndarray, row: np.ndarray) -> list[str]:
    """Return a note on diameters (metres) that no tank has."""
    with np.errstate(invalid="ignore"):
        odd = (diameter < _LEAST_DIAMETER) | (diameter > _GREATEST_DIAMETER)
    if not odd.any():
        return []
    shown = examples(row, odd, lambda index: f"{diameter[index]:g} m")
    return [
        f"{odd.sum():,} diameters are below {_LEAST_DIAMETER:g} m or above {_GREATEST_DIAMETER:g} m: {shown}. They "
        "were kept; check the unit."
    ]


def of_duplicates(rows: pd.DataFrame) -> list[str]:
    """Return notes on rows that repeat another's id and date, or its place and date (``key``: the tank's id)."""
    dates = ["first_seen", "last_seen", "absent_on", "gone_by"]
    dated = rows[dates].notna().any(axis=1)
    same_id = (rows["key"].notna() & dated & rows.duplicated(["key", *dates])).to_numpy()
    same_place = (rows.duplicated(["lon", "lat", *dates])).to_numpy() & ~same_id
    number, keys = rows["row"].to_numpy(), rows["key"].to_numpy()
    notes = []
    if same_id.any():
        shown = examples(number, same_id, lambda index: str(keys[index]))
        notes.append(f"{same_id.sum():,} rows repeat the id and the dates of an earlier row: {shown}.")
    if same_place.any():
        lat, lon = rows["lat"].to_numpy(), rows["lon"].to_numpy()
        shown = examples(number, same_place, lambda index: f"{lat[index]:.8g}, {lon[index]:.8g}")
        notes.append(
            f"{same_place.sum():,} rows repeat the exact place and dates of an earlier row: {shown} (latitude, "
            "longitude)."
        )
    return notes
