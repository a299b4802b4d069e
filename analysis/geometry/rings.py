"""Polygons from rings: which ring is a hole, and in which shell it lies."""

from __future__ import annotations

import numpy as np
import shapely


def polygons_of_rings(
    xy: np.ndarray, ring: np.ndarray, group_of_ring: np.ndarray, groups: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return each group's polygon (or multipolygon, or an empty polygon), and the groups whose rings make none.

    ``xy`` is n × 2 points in the order of their rings, ``ring`` the ring of each point from 0. Shells run against the
    clock, holes with it.
    """
    result = np.full(groups, shapely.Polygon(), dtype=object)
    if len(xy) == 0:
        return result, np.zeros(groups, dtype=bool)
    rings = shapely.linearrings(xy, indices=ring)
    hole = ~shapely.is_ccw(rings)
    shells, shell_group = shapely.polygons(rings[~hole]), group_of_ring[~hole]
    lost = _cut_holes(shells, shell_group, rings[hole], group_of_ring[hole])

    order = np.argsort(shell_group, kind="stable")
    shapely.multipolygons(shells[order], indices=shell_group[order], out=result)
    single = np.bincount(shell_group, minlength=groups) == 1
    result[single] = shapely.get_geometry(result[single], 0)
    wrong = ~shapely.is_valid(result)
    wrong[lost] = True
    return result, wrong


def _cut_holes(shells: np.ndarray, shell_group: np.ndarray, holes: np.ndarray, hole_group: np.ndarray) -> np.ndarray:
    """Cut each hole into the smallest shell of its group that holds it; return the groups of holes in no shell."""
    if len(holes) == 0:
        return np.zeros(0, dtype=int)
    hole, shell = _pairs_of_a_group(hole_group, shell_group)
    inside = shapely.intersects(shells[shell], shapely.get_point(holes, 0)[hole])
    hole, shell = hole[inside], shell[inside]
    by_size = np.lexsort((shapely.area(shells[shell]), hole))
    held, first = np.unique(hole[by_size], return_index=True)
    holder = shell[by_size][first]
    order = np.argsort(holder, kind="stable")
    cuts = np.flatnonzero(np.diff(holder[order])) + 1
    for same in np.split(order, cuts) if len(order) else ():
        outline = shapely.get_exterior_ring(shells[holder[same[0]]])
        shells[holder[same[0]]] = shapely.Polygon(outline, list(holes[held[same]]))
    return hole_group[np.setdiff1d(np.arange(len(holes)), held)]


def _pairs_of_a_group(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return every pair of an item of one and an item of the other (as indices) that are of the same group."""
    order = np.argsort(other, kind="stable")
    begin, end = np.searchsorted(other[order], one, "left"), np.searchsorted(other[order], one, "right")
    many = end - begin
    first = np.repeat(np.arange(len(one)), many)
    rank = np.arange(len(first)) - np.repeat(np.cumsum(many) - many, many)
    return first, order[begin[first] + rank]
