"""How far polygons (and points) are from each other on the ground: 0 where they touch or overlap."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from ..geometry.ground import Planes, geocentric
from ..progress import Progress, silent

# A degree is nowhere shorter than this many metres, east and west times the cosine of the latitude.
_DEGREE = 110_500.0
_BATCH = 2_000
_MOST_PAIRS = 5_000_000


class TooManyPairs(Exception):
    """More pairs of polygons lie within the distance than can be looked at."""


class Near(NamedTuple):
    """Pairs (index, index) with their ground distance in metres."""

    one: np.ndarray
    other: np.ndarray
    distance: np.ndarray


def near_pairs(
    ones: np.ndarray, others: np.ndarray, place: np.ndarray, reach: np.ndarray, progress: Progress = silent
) -> Near:
    """Return all pairs of shapes (degrees) within ``reach`` (metres, one for each of ``ones``).

    ``place``: a place (degrees) in each of ``ones``. Raises TooManyPairs.
    """
    one, other = _whose_boxes_are_near(ones, others, reach, progress)
    distance = _distances(ones, others, place, one, other)
    within = distance <= reach[one]
    return Near(one[within], other[within], distance[within])


def nearest(ones: np.ndarray, others: np.ndarray, place: np.ndarray, progress: Progress = silent) -> Near:
    """Return for each of ``ones`` the nearest of ``others`` (of equally near ones, the first)."""
    corners, of_shape = shapely.get_coordinates(others, return_index=True)
    if not len(corners) or not len(ones):
        return Near(np.zeros(0, dtype=int), np.zeros(0, dtype=int), np.zeros(0))
    # No further than the corner nearest to the place; the margin is what an arc is longer than its chord, and more.
    reach = cKDTree(geocentric(*corners.T)).query(geocentric(*place.T))[0] * 1.01 + 1
    pairs = pd.DataFrame(near_pairs(ones, others, place, reach, progress)._asdict())
    pairs = pairs.sort_values(["one", "distance", "other"], kind="stable").drop_duplicates("one")
    return Near(*(pairs[name].to_numpy() for name in Near._fields))


def _whose_boxes_are_near(
    ones: np.ndarray, others: np.ndarray, reach: np.ndarray, progress: Progress
) -> tuple[np.ndarray, np.ndarray]:
    west, south, east, north = shapely.bounds(ones).T
    up = reach / _DEGREE
    latitude = np.minimum(np.maximum(np.abs(south), np.abs(north)) + up, 89.9)
    aside = up / np.cos(np.radians(latitude))
    boxes = shapely.box(west - aside, south - up, east + aside, north + up)
    tree = shapely.STRtree(others)
    found, pairs = [], 0
    for begin in range(0, len(ones), _BATCH):
        one, other = tree.query(boxes[begin : begin + _BATCH])
        pairs += len(one)
        if pairs > _MOST_PAIRS:
            raise TooManyPairs
        found.append((one + begin, other))
        progress(min(begin + _BATCH, len(ones)) / len(ones))
    nothing = np.zeros(0, dtype=int)
    return np.concatenate([nothing, *(o for o, _ in found)]), np.concatenate([nothing, *(o for _, o in found)])


def _distances(
    ones: np.ndarray, others: np.ndarray, place: np.ndarray, one: np.ndarray, other: np.ndarray
) -> np.ndarray:
    """Return the distances of pairs, each in the plane of its first; no shape is laid into one plane twice."""
    cell = pd.factorize(pd.MultiIndex.from_arrays(np.floor(place.T)))[0]
    cells = int(cell.max()) + 1 if len(cell) else 0
    planes = Planes(place[:, 0], place[:, 1], cell, cells)
    key, at = np.unique(other * max(cells, 1) + cell[one], return_inverse=True)
    used, back = np.unique(one, return_inverse=True)
    ours = _flat(ones[used], cell[used], planes)
    theirs = _flat(others[key // max(cells, 1)], key % max(cells, 1), planes)
    return shapely.distance(ours[back], theirs[at])


def _flat(shapes: np.ndarray, cell: np.ndarray, planes: Planes) -> np.ndarray:
    xy, of_shape = shapely.get_coordinates(shapes, return_index=True)
    return shapely.set_coordinates(shapes.copy(), planes.flatten(xy[:, 0], xy[:, 1], cell[of_shape]))
