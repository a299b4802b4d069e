"""Places out of columns: latitude and longitude, both in one column, or geometry as text."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ..columns.degrees import degrees, parse_degrees, plain_numbers
from ..columns.pairs import read_pairs
from ..columns.values import Parsed, as_text, numbers, unread_note
from ..notes import Information

NOT_A_NUMBER, MISSING = "latitude or longitude is not a number", "no latitude or longitude"


@dataclass
class Coordinates:
    """A place for each row (NaN where there is none), why it has none (None where it has one), and notes."""

    lon: np.ndarray
    lat: np.ndarray
    reasons: np.ndarray
    notes: list[str] = field(default_factory=list)


def from_columns(table: pd.DataFrame, lat_column: str, lon_column: str, crs: str = "") -> Coordinates:
    """Return the places of two columns, in degrees or, where ``crs`` is given, in that CRS."""
    lat, lon = _read(table[lat_column], "lat", crs), _read(table[lon_column], "lon", crs)
    notes: list[str] = [
        Information(f"The places were taken from the columns {lon_column} (longitude) and {lat_column} (latitude).")
    ]
    notes += unread_note("Latitude", lat_column, lat.unread, "out")
    notes += unread_note("Longitude", lon_column, lon.unread, "out")
    if _is_other_axis(lat, "lon") and _is_other_axis(lon, "lat"):
        notes.append(
            f"By their letters (N, S, E, W) {lat_column} holds longitudes and {lon_column} latitudes in "
            f"{sum(lat.unread.values()):,} rows. Where all are so, FIELD_MAP mends it: "
            f"lat={lon_column};lon={lat_column}."
        )
    reasons = np.full(len(table), None, dtype=object)
    for parsed, column in ((lat, lat_column), (lon, lon_column)):
        empty = np.isnan(parsed.values) & ~_is_unread(table[column], parsed)
        reasons[np.isnan(parsed.values) & ~empty & (reasons != MISSING)] = NOT_A_NUMBER
        reasons[empty] = MISSING
    return _moved(Coordinates(lon.values, lat.values, reasons, notes), crs)


def from_pairs(table: pd.DataFrame, column: str, crs: str = "") -> Coordinates:
    """Return the places of one column that holds both coordinates."""
    pairs = read_pairs(table[column])
    notes: list[str] = [Information(" ".join([f"The places were taken from the column {column}.", *pairs.notes]))]
    notes += unread_note("Coordinates", column, pairs.unread, "out")
    reasons = np.full(len(table), None, dtype=object)
    none = np.isnan(pairs.lon) | np.isnan(pairs.lat)
    unread = _is_unread(table[column], Parsed(pairs.lon, pairs.unread))
    reasons[none] = MISSING
    reasons[none & unread] = "the coordinates cannot be read"
    return _moved(Coordinates(pairs.lon, pairs.lat, reasons, notes), crs)


def comparable(table: pd.DataFrame, lat_column: str, lon_column: str) -> tuple[np.ndarray, np.ndarray] | None:
    """Return the longitudes and latitudes of two columns that stand beside a geometry; None where they are metres."""
    lat, lon = degrees(table[lat_column], "lat").values, degrees(table[lon_column], "lon").values
    with np.errstate(invalid="ignore"):
        beyond = (np.abs(lat) > 90) | (np.abs(lon) > 180)
    known = np.isfinite(lat) & np.isfinite(lon)
    return (lon, lat) if known.any() and beyond[known].mean() < 0.5 else None


def _read(column: pd.Series, axis: str, crs: str) -> Parsed:
    if not crs:
        return degrees(column, axis)
    plain = plain_numbers(column)
    # Numbers that are written otherwise: in metres 433,111 is a thousand times 433.111.
    return numbers(column) if np.isnan(plain).any() else Parsed(plain, numbers(column.iloc[:0]).unread)


def _is_other_axis(parsed: Parsed, axis: str) -> bool:
    texts = list(parsed.unread)
    return bool(texts) and all(parse_degrees(text, axis) is not None for text in texts)


def _is_unread(column: pd.Series, parsed: Parsed) -> np.ndarray:
    if not parsed.unread:
        return np.zeros(len(column), dtype=bool)
    return column.map(as_text).isin(list(parsed.unread)).to_numpy()


def _moved(found: Coordinates, crs: str) -> Coordinates:
    """Bring coordinates of a given CRS to degrees."""
    known = np.isfinite(found.lon) & np.isfinite(found.lat)
    if not crs or not known.any():
        return found
    from ..files.crs import xy_to_degrees

    with np.errstate(invalid="ignore"):
        like_degrees = (np.abs(found.lon[known]) <= 180) & (np.abs(found.lat[known]) <= 90)
    lon, lat = found.lon.copy(), found.lat.copy()
    lon[known], lat[known] = xy_to_degrees(found.lon[known], found.lat[known], crs)
    unchanged = np.allclose(lon[known], found.lon[known], atol=1e-3) and np.allclose(
        lat[known], found.lat[known], atol=1e-3
    )
    notes = [
        *found.notes,
        Information(f"The coordinates were taken to be in the CRS given, {crs}, and brought to EPSG:4326."),
    ]
    if like_degrees.mean() > 0.5 and not unchanged:
        notes.append(
            f"{like_degrees.sum():,} of {known.sum():,} coordinates look like degrees, but the CRS given is {crs}: "
            "leave CRS empty if they are."
        )
    return Coordinates(lon, lat, found.reasons, notes)
