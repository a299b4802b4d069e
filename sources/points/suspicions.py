"""What looks wrong in placed rows: counted, with examples, and never corrected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from ..columns.region import COUNTRY_BOXES, in_box
from ..columns.values import shorten

# Some 11 m at the equator: more than rounding, less than another place.
TOLERANCE_DEGREES = 1e-4
_EXAMPLES = 3
_METRES_PER_DEGREE = 111_320
_CHINESE_WEB_MAP = re.compile(
    r"gcj|火星|(?<![a-z])amap|高德|gaode|autonavi|baidu|百度|(?<![a-z])bd[-_ ]?0?9|datav|tencent|腾讯|"
    r"qq[-_ ]?map|adcode",
    re.I,
)


def examples(row: np.ndarray, flags: np.ndarray, show: Callable[[int], str]) -> str:
    """Return the first flagged rows as "row 3 (98.3, 25.6), row 7 (…), …"; ``show`` tells the values at an index."""
    first = np.flatnonzero(flags)[: _EXAMPLES + 1].tolist()
    shown = ", ".join(f"row {row[index]} ({show(index)})" for index in first[:_EXAMPLES])
    return shown + (", …" if len(first) > _EXAMPLES else "")


def of_places(lon: np.ndarray, lat: np.ndarray, row: np.ndarray, columns: tuple[str, str] | None) -> list[str]:
    """Return notes on places that cannot be meant; ``columns``: of latitude and longitude, where they come from such.

    ``row`` holds the 1-based numbers of the rows.
    """
    with np.errstate(invalid="ignore"):
        outside = (np.abs(lon) > 180) | (np.abs(lat) > 90)
    nothing = (lon == 0) & (lat == 0)
    home = in_box(lon, lat)
    swapped = ~home & in_box(lat, lon)
    far = np.isfinite(lon) & np.isfinite(lat) & ~home & ~swapped & ~outside & ~nothing

    def show(index: int) -> str:
        return f"{lat[index]:.10g}, {lon[index]:.10g}"

    notes = []
    if swapped.any():
        notes.append(
            f"Latitude and longitude look swapped in {swapped.sum():,} rows: {examples(row, swapped, show)} (latitude, "
            f"longitude). Nothing was changed. {_mend(columns)}"
        )
    if nothing.any():
        notes.append(f"{nothing.sum():,} rows lie at 0/0, a missing position: {examples(row, nothing, show)}.")
    if (outside & ~swapped).any():
        notes.append(
            f"{(outside & ~swapped).sum():,} positions lie outside the world: they may be metres, not degrees: "
            f"{examples(row, outside & ~swapped, show)} (latitude, longitude). If so, give their CRS."
        )
    if far.any():
        notes.append(
            f"{far.sum():,} rows lie far from Myanmar and China: {examples(row, far, show)} (latitude, longitude)."
        )
    return notes


def _mend(columns: tuple[str, str] | None) -> str:
    if columns is None:
        return "If they are, swap them in the data (in QGIS: Swap X and Y coordinates)."
    lat, lon = columns
    if lat == lon:
        return f"If they are, swap them in the column {lat}."
    return f"If they are, FIELD_MAP mends it: lat={lon};lon={lat}."


def of_countries(codes: np.ndarray, lon: np.ndarray, lat: np.ndarray, row: np.ndarray) -> list[str]:
    """Return notes on rows outside the box of the country that they state (ISO codes; None where unknown)."""
    notes: list[str] = []
    numbers, named = pd.factorize(codes)
    for code, box in COUNTRY_BOXES.items():
        if code not in named:
            continue
        outside = (numbers == list(named).index(code)) & ~in_box(lon, lat, box)
        if outside.any():
            west, south, east, north = box
            shown = examples(row, outside, lambda index: f"{lat[index]:.6g}, {lon[index]:.6g}")
            notes.append(
                f"{outside.sum():,} rows state {code} but lie outside the box of that country ({south:g}–{north:g}° N, "
                f"{west:g}–{east:g}° E): {shown} (latitude, longitude)."
            )
    return notes


def of_two_places(
    one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray], row: np.ndarray, what: str, used: str
) -> list[str]:
    """Return a note where two statements of a row's place (lon, lat) disagree; ``used`` says which was taken."""
    with np.errstate(invalid="ignore"):
        east, north = one[0] - other[0], one[1] - other[1]
        off = np.maximum(np.abs(east), np.abs(north)) > TOLERANCE_DEGREES
        metres = np.hypot(east * np.cos(np.radians(one[1])), north) * _METRES_PER_DEGREE
    if not off.any():
        return []
    shown = examples(row, off, lambda index: f"{metres[index]:,.0f} m apart")
    return [f"{what} in {off.sum():,} rows: {shown}. {used}"]


def of_web_maps(names: Iterable[str]) -> list[str]:
    """Return a note where a name (of the source, its columns, its images) speaks of a Chinese web map."""
    found = [name for name in dict.fromkeys(names) if _CHINESE_WEB_MAP.search(name)]
    if not found:
        return []
    shown = ", ".join(map(shorten, found[:_EXAMPLES]))
    return [
        f"Chinese web maps are named ({shown}): such coordinates are often in GCJ-02, "
        "300–600 m off in China (BD-09: more). Nothing was shifted; check some places against imagery."
    ]
