"""Rivers as the straight pieces between the vertices of their lines, and how coarse these lines are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..geometry.ground import GEOD

# Longer stretches are cut: each piece is straight, to the millimetre, in any plane near it.
_LONGEST = 2_000.0
# Lines around the world are cut into longer ones, or memory would not hold them.
_MOST_PIECES = 1_000_000
# How far Natural Earth's rivers lie from the true ones in Kachin and Shan, at the worst (metres).
NATURAL_EARTH_ERROR = 1_400.0
_NATURAL_EARTH = re.compile(r"natural[ _-]*earth|\bne_(10|50|110)m", re.IGNORECASE)
_NATURAL_EARTH_COLUMNS = {"scalerank", "featurecla"}


@dataclass(frozen=True)
class Rivers:
    """The lines of a layer of rivers.

    ``names``: of each line, None where it has none. ``spacing``: the median ground metres between neighbouring vertices
    of each line, NaN where it has no length. ``start`` and ``end``: n × 2 degrees of each piece; ``line``: its line.
    ``left_out``: lines without length, or of which nothing could be placed; ``cut``: of which a part could not.
    """

    names: np.ndarray
    spacing: np.ndarray
    start: np.ndarray
    end: np.ndarray
    line: np.ndarray
    left_out: int
    cut: int

    def __len__(self) -> int:
        """Return how many lines can be measured to."""
        return len(self.names) - self.left_out


def rivers_of(lonlat: np.ndarray, part: np.ndarray, line_of_part: np.ndarray, names: np.ndarray) -> Rivers:
    """Return rivers from the vertices of their lines.

    ``lonlat`` is n × 2 degrees, NaN where a vertex has no place; ``part`` the part of each vertex, neighbours together;
    ``line_of_part`` the line (an index into ``names``) of each part. Between two vertices a line takes the shortest
    way over the ground, also across the antimeridian.
    """
    following = np.flatnonzero(np.diff(part) == 0)
    line_of = line_of_part[part[following]]
    placed = np.isfinite(lonlat).all(axis=1)
    whole = placed[following] & placed[following + 1]
    first, line = following[whole], line_of[whole]
    # Of one stretch some versions of pyproj return numbers, not arrays.
    azimuth, _, metres = (np.atleast_1d(values) for values in GEOD.inv(*lonlat[first].T, *lonlat[first + 1].T))
    begin, end, piece_of = _pieces(lonlat[first], lonlat[first + 1], azimuth, metres)

    every = np.arange(len(names))
    spacing = pd.Series(metres[metres > 0]).groupby(line[metres > 0]).median().reindex(every).to_numpy()
    left_out = np.isnan(spacing)
    cut = np.isin(every, line_of[~whole]) & ~left_out
    return Rivers(names, spacing, begin, end, line[piece_of], int(left_out.sum()), int(cut.sum()))


def _pieces(
    start: np.ndarray, end: np.ndarray, azimuth: np.ndarray, metres: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cut geodesics (degrees, metres long) into pieces; return their ends and the geodesic of each."""
    longest = max(_LONGEST, float(metres.sum()) / _MOST_PIECES)
    number = np.ceil(metres / longest).astype(int)  # none of a stretch without length
    of = np.repeat(np.arange(len(metres)), number)
    rank = np.arange(len(of)) - np.repeat(np.cumsum(number) - number, number)
    begin, finish = start[of], end[of]
    inner = np.flatnonzero(rank)
    way = metres[of[inner]] * rank[inner] / number[of[inner]]
    lon, lat, _ = GEOD.fwd(start[of[inner], 0], start[of[inner], 1], azimuth[of[inner]], way)
    begin[inner] = finish[inner - 1] = np.column_stack([lon, lat])
    return begin, finish, of


def is_natural_earth(texts: Iterable[str], columns: Iterable[str]) -> bool:
    """Return whether a layer is Natural Earth's, by its name, source and metadata, or by its columns."""
    own = {column.casefold() for column in columns}
    return own >= _NATURAL_EARTH_COLUMNS or any(_NATURAL_EARTH.search(text) for text in texts)
