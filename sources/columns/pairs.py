"""One column that holds both coordinates, such as "25.57, 98.12" or "25°34'N 98°07'E"."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd

from .degrees import parse_degrees
from .region import in_box
from .values import NOT_READ, Parsed, parse_unique

_BRACKETS = re.compile(r"^[\[({]\s*|\s*[\])}]$")
_MARKS = re.compile(r"\s*[;/|]\s*|,\s+|\s+,|,|\s+|(?<=[NSEWnsew])(?=[\dNSEWnsew])|(?<=[\d°'\"])(?=[NSEWnsew])")
_PLAIN = re.compile(r"([-+]?\d+(?:\.\d*)?)\s*[,;\s]\s*([-+]?\d+(?:\.\d*)?)$")


class Pairs(NamedTuple):
    """The longitudes and latitudes of a column (NaN where there is none), what was not read, and notes."""

    lon: np.ndarray
    lat: np.ndarray
    unread: Counter[str]
    notes: list[str]


class _Pair(NamedTuple):
    one: float
    other: float
    lat_first: bool | None  # None: the text does not say which is which


def read_pairs(column: pd.Series) -> Pairs:
    """Return the places of a column. Where letters do not tell the order, the range of the whole column does."""
    parsed = parse_pairs(column)
    codes, uniques = pd.factorize(parsed.values)
    table = np.array([(pair.one, pair.other, _rank(pair)) for pair in uniques] + [(np.nan, np.nan, 1.0)], dtype=float)
    one, other, order = table[codes].T
    unclear = order == 0
    lat_first, notes = _order(one[unclear], other[unclear])
    swap = (order < 0) | (unclear & (not lat_first))
    return Pairs(np.where(swap, one, other), np.where(swap, other, one), parsed.unread, notes)


def parse_pairs(column: pd.Series) -> Parsed:
    """Return a pair of numbers, None, or nothing read for each value."""
    return parse_unique(column, _pair)


def is_pair(text: str) -> bool:
    """Return whether a text holds both coordinates."""
    return isinstance(_pair(text), _Pair)


def _rank(pair: _Pair) -> int:
    return 0 if pair.lat_first is None else 1 if pair.lat_first else -1


def _order(one: np.ndarray, other: np.ndarray) -> tuple[bool, list[str]]:
    if not len(one):
        return True, []
    lat_first, lon_first = int(in_box(other, one).sum()), int(in_box(one, other).sum())
    if lat_first >= lon_first:
        return True, ["Its numbers were read as latitude, longitude."]
    return False, ["Its numbers were read as longitude, latitude."]


def _pair(text: str) -> object:
    bare = _BRACKETS.sub("", text)
    if match := _PLAIN.match(bare):
        return _Pair(float(match[1]), float(match[2]), None)
    found = {pair for mark in _MARKS.finditer(bare) if (pair := _halves(bare[: mark.start()], bare[mark.end() :]))}
    told = {pair for pair in found if pair.lat_first is not None}
    best = told or found
    return best.pop() if len(best) == 1 else NOT_READ


def _halves(one: str, other: str) -> _Pair | None:
    """Return the pair that two texts make: letters tell which is the latitude."""
    lat_lon = parse_degrees(one, "lat"), parse_degrees(other, "lon")
    lon_lat = parse_degrees(one, "lon"), parse_degrees(other, "lat")
    forward, backward = None not in lat_lon, None not in lon_lat
    if not (forward or backward):
        return None
    first, second = lat_lon if forward else lon_lat
    return _Pair(float(first or 0), float(second or 0), None if forward and backward else forward)
