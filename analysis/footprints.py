"""Footprints: the ground that a group of tanks covers, by a method that has a name."""

from __future__ import annotations

import math

import numpy as np
import shapely

from .definition import BUFFERED, CONCAVE, CONVEX, DISCS
from .progress import Progress, silent

_SEGMENTS = 32
# Radius of the regular polygon that has the area of a disc of radius 1, so that a drawn disc measures what it should.
_EQUAL_AREA = math.sqrt(2 * math.pi / (_SEGMENTS * math.sin(2 * math.pi / _SEGMENTS)))
_CONCAVITY = 0.3
_BATCH = 2_000


def footprints(
    xy: np.ndarray,
    group: np.ndarray,
    groups: int,
    method: str,
    padding: float,
    diameter: np.ndarray | None = None,
    progress: Progress = silent,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the footprint of each group, and which of them fell back to ``buffered``.

    ``xy`` is n × 2 ground metres in the group's plane, ``group`` each point's group from 0. An empty group has an
    empty footprint. ``diameter`` (metres, NaN where unknown: ``padding`` is the radius then) serves ``discs`` alone.
    """
    result = np.full(groups, shapely.Polygon(), dtype=object)
    fell_back = np.zeros(groups, dtype=bool)
    order = np.argsort(group, kind="stable")
    xy, group = xy[order], group[order]
    radius = np.full(len(xy), float(padding))
    if method == DISCS and diameter is not None:
        radius = np.where(diameter[order] > 0, diameter[order] / 2, radius)
    bounds = np.searchsorted(group, np.arange(0, groups + _BATCH, _BATCH))
    for first, begin, end in zip(range(0, groups, _BATCH), bounds, bounds[1:]):
        batch = slice(begin, end)
        present, local = np.unique(group[batch], return_inverse=True)
        if method in (CONVEX, CONCAVE):
            drawn, fell_back[present] = _hulls(xy[batch], local, method, padding)
        else:
            drawn = _discs(xy[batch], radius[batch], local)
        result[present] = drawn
        progress(min(first + _BATCH, groups) / groups)
    return result, fell_back


def disc_count_without_diameter(method: str, diameter: np.ndarray) -> int:
    """Return how many tanks ``discs`` draws with the padding as radius because their diameter is not known."""
    return int((~(diameter > 0)).sum()) if method == DISCS else 0


def method_names(method: str, fell_back: np.ndarray) -> np.ndarray:
    """Return the name of the method that drew each footprint."""
    return np.where(fell_back, BUFFERED, method).astype(object)


def _discs(xy: np.ndarray, radius: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Return the union of the discs around each group's points; ``group`` is sorted and leaves no number out."""
    if len(xy) == 0:
        return np.array([], dtype=object)
    angle = np.arange(_SEGMENTS + 1) % _SEGMENTS * (2 * math.pi / _SEGMENTS)
    circle = np.column_stack([np.cos(angle), np.sin(angle)]) * _EQUAL_AREA
    discs = shapely.polygons(xy[:, None, :] + radius[:, None, None] * circle)
    return shapely.unary_union(shapely.geometrycollections(discs, indices=group)[:, None], axis=1)


def _hulls(xy: np.ndarray, group: np.ndarray, method: str, padding: float) -> tuple[np.ndarray, np.ndarray]:
    points = shapely.multipoints(shapely.points(xy), indices=group)
    hulls = shapely.concave_hull(points, _CONCAVITY) if method == CONCAVE else shapely.convex_hull(points)
    # Points in a line, or in one place, have no hull with an area of its own.
    too_small = shapely.area(hulls) < 1e-6
    drawn = shapely.buffer(hulls, padding * _EQUAL_AREA, quad_segs=_SEGMENTS // 4)
    if too_small.any():
        few = too_small[group]
        drawn[too_small] = _discs(
            xy[few], np.full(few.sum(), float(padding)), np.unique(group[few], return_inverse=True)[1]
        )
    return drawn, too_small
