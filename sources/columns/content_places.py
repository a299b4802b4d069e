"""Columns of coordinates known by what they hold: degrees of the region, hemisphere letters, pairs, WKT."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from .degrees import parse_degrees, plain_numbers
from .fitting import SHARE, Found, nearly_all, several
from .pairs import is_pair
from .region import REGION

_SHAPE = r"(?:MULTI)?(?:POINT|POLYGON)\s*(?:ZM?|M)?\s*\("
_GEOMETRY = re.compile(rf"\s*(?:SRID=\d+;)?\s*(?:{_SHAPE}|0[01][0-9a-f]{{16,}}$)", re.I)
_AXES = {"lat": (REGION[1], REGION[3], "latitude"), "lon": (REGION[0], REGION[2], "longitude")}
_OF_DEGREES = re.compile(r"\d[.,]\d{2,}|[NSEW]|°")


def find_places(texts: dict[str, list[str]], axes: list[str]) -> Found:
    """Return the columns (of their distinct ``texts``) that alone fit the ``axes``, lat or lon or both, and notes."""
    fits = {axis: [name for name in texts if _is_axis(texts[name], axis)] for axis in axes}
    if axes and all(len(columns) == 1 for columns in fits.values()):
        return {axis: columns[0] for axis, columns in fits.items()}, []
    if all(fits.values()):
        doubtful = [(axis, columns) for axis, columns in fits.items() if len(columns) > 1]
        return {}, [several(_AXES[axis][2], columns, f"{axis}={columns[0]}") for axis, columns in doubtful]
    both = [name for name in texts if _is_pair(texts[name])] if len(axes) == 2 else []
    if len(both) == 1:
        return {"lat": both[0], "lon": both[0]}, []
    return {}, [several("latitude and longitude", both, f"lat={both[0]};lon={both[0]}")] if both else []


def _is_axis(texts: list[str], axis: str) -> bool:
    """Return whether a column holds degrees: finer than hundredths within the region, or with the axis's letters."""
    low, high, _ = _AXES[axis]
    numbers = plain_numbers(pd.Series(texts, dtype=object))
    numbers = numbers[~np.isnan(numbers)]
    if not len(numbers) or len(numbers) < SHARE * len(texts):
        return nearly_all(texts, lambda text: _is_degrees(text, axis, low, high))
    fine = np.abs(numbers * 100 - np.round(numbers * 100)) > 1e-6
    return bool(((numbers >= low) & (numbers <= high)).mean() >= SHARE and fine.mean() >= SHARE / 2)


def _is_degrees(text: str, axis: str, low: float, high: float) -> bool:
    value = parse_degrees(text, axis)
    other = parse_degrees(text, "lon" if axis == "lat" else "lat")
    return value is not None and (other is None or ("°" in text and low <= value <= high))


def _is_pair(texts: list[str]) -> bool:
    if nearly_all(texts, lambda text: bool(_GEOMETRY.match(text))):
        return True
    return nearly_all(texts, lambda text: len(_OF_DEGREES.findall(text)) >= 2 and is_pair(text))
