"""The nearest river to each of many points or polygons, in ground metres."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from ..geometry.ground import GEOD, Planes, geocentric
from ..progress import Progress, silent
from ..threads import in_threads
from .rivers import Rivers

# Shapes whose first vertex is in one cell of so many degrees share a plane.
_CELL = 1.0
_BATCH = 5_000
# Planes bend lengths by less than a thousandth within some 500 km: so much more is looked at, and measured exactly.
_SLACK = 1.001


class Nearest(NamedTuple):
    """For each shape: ground metres to the nearest line (NaN: none within reach), and which line (-1: none)."""

    distance: np.ndarray
    line: np.ndarray


def nearest_lines(shapes: np.ndarray, rivers: Rivers, reach: float, progress: Progress = silent) -> Nearest:
    """Return the nearest line to each shape (points or polygons in degrees) within ``reach`` ground metres.

    A line that crosses a polygon, or lies in it, is at 0 m. Of lines equally near, one with a name is taken, by the
    alphabet. ``reach`` is at most 500 km. Raises Cancelled.
    """
    distance, line = np.full(len(shapes), np.nan), np.full(len(shapes), -1)
    if len(shapes) == 0 or len(rivers.line) == 0:
        return Nearest(distance, line)
    search = _Search(shapes, rivers, reach)
    for rows, metres, nearest in in_threads(search.batch, len(search.batches), progress):
        distance[rows], line[rows] = metres, nearest
    return Nearest(distance, line)


def _ranks(names: np.ndarray) -> np.ndarray:
    """Return the place of each name in the alphabet; behind all others where there is none."""
    codes, different = pd.factorize(names, sort=True)
    return np.where(codes < 0, len(different), codes)


class _Search:
    """The shapes in batches of near ones, and where to look for the pieces near each batch."""

    def __init__(self, shapes: np.ndarray, rivers: Rivers, reach: float) -> None:
        self._shapes, self._rivers, self._reach = shapes, rivers, reach
        self._by_name = _ranks(rivers.names)[rivers.line]
        lonlat, of = shapely.get_coordinates(shapes, return_index=True)
        first = lonlat[np.unique(of, return_index=True)[1]]
        self._corner = np.floor(first / _CELL) * _CELL
        cell = np.unique(self._corner, axis=0, return_inverse=True)[1].ravel()
        order = np.argsort(cell, kind="stable")
        cells = np.split(order, np.flatnonzero(np.diff(cell[order])) + 1)
        self.batches = [rows for same in cells for rows in np.array_split(same, -(-len(same) // _BATCH))]
        start, end = geocentric(*rivers.start.T), geocentric(*rivers.end.T)
        self._half = np.linalg.norm(end - start, axis=1).max() / 2
        self._piece = self._within_reach(geocentric(*lonlat.T), (start + end) / 2)
        if len(self._piece) == 0:
            self.batches = []
            return
        self._middle = cKDTree((start[self._piece] + end[self._piece]) / 2)
        # No shape needs to look further than to the next end of a piece.
        self._far = np.minimum(cKDTree(start[self._piece]).query(geocentric(*first.T))[0] * _SLACK + 1, reach)

    def _within_reach(self, shapes: np.ndarray, pieces: np.ndarray) -> np.ndarray:
        """Return the pieces that any shape may reach: of the rivers of a continent few are near. Both are in space."""
        centre = shapes.mean(axis=0)
        radius = np.linalg.norm(shapes - centre, axis=1).max() + self._reach * _SLACK + self._half
        return np.flatnonzero(np.linalg.norm(pieces - centre, axis=1) <= radius)

    def batch(self, number: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the rows of a batch, and for each the ground metres (NaN) and the line (-1)."""
        rows = self.batches[number]
        distance, line = np.full(len(rows), np.nan), np.full(len(rows), -1)
        lon, lat = self._corner[rows[0]] + _CELL / 2
        piece = self._near(rows, lon, lat)
        if len(piece) == 0:
            return rows, distance, line
        plane = _Plane(lon, lat)
        tree = shapely.STRtree(plane.lines(self._rivers.start[piece], self._rivers.end[piece]))
        flat = plane.flat(self._shapes[rows])
        found, hit = tree.query_nearest(flat)
        best = np.lexsort((self._by_name[piece[hit]], found))
        found, first = np.unique(found[best], return_index=True)
        hit = hit[best][first]
        metres = plane.ground_metres(flat[found], tree.geometries[hit])
        within = metres <= self._reach
        distance[found[within]], line[found[within]] = metres[within], self._rivers.line[piece[hit]][within]
        return rows, distance, line

    def _near(self, rows: np.ndarray, lon: float, lat: float) -> np.ndarray:
        """Return the numbers of the pieces among which the nearest to these shapes are."""
        centre = geocentric(np.array([lon]), np.array([lat]))[0]
        space = geocentric(*shapely.get_coordinates(self._shapes[rows]).T)
        extent = np.linalg.norm(space - centre, axis=1).max()
        found = self._middle.query_ball_point(centre, extent + self._far[rows].max() + self._half)
        return self._piece[np.array(found, dtype=int)]


class _Plane:
    """An equal-area plane around one place: some 500 km around it lengths are ground metres, but for a thousandth."""

    def __init__(self, lon: float, lat: float) -> None:
        self._plane = Planes(np.array([lon]), np.array([lat]), np.zeros(1, dtype=int), 1)

    def xy(self, lonlat: np.ndarray) -> np.ndarray:
        """Return n × 2 metres of n × 2 degrees."""
        return self._plane.flatten(lonlat[:, 0], lonlat[:, 1], np.zeros(len(lonlat), dtype=int))

    def lines(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Return the straight lines in metres between places in degrees (n × 2 each)."""
        return shapely.linestrings(np.stack([self.xy(start), self.xy(end)], axis=1))

    def flat(self, shapes: np.ndarray) -> np.ndarray:
        """Return shapes in metres from shapes in degrees."""
        return shapely.set_coordinates(shapes.copy(), self.xy(shapely.get_coordinates(shapes)))

    def ground_metres(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """Return the geodesic distances between flat shapes, pair by pair, where they come nearest to each other."""
        ends = shapely.get_coordinates(shapely.shortest_line(one, other))
        lon, lat = self._plane.unflatten(ends, np.zeros(len(ends), dtype=int)).T
        metres = GEOD.inv(lon[::2], lat[::2], lon[1::2], lat[1::2])[2]
        return np.where(shapely.intersects(one, other), 0.0, metres)
