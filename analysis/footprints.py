"""Footprints: the ground that a group of tanks covers, by a method that has a name."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely

from .definition import BUFFERED, CONCAVE, CONVEX, DISCS, SiteDefinition
from .discs import unions
from .progress import Progress, silent

_CONCAVITY = 0.3
_BATCH = 5_000
# Square metres: a hull of less is a line, or a point, but for rounding and the curve of a parallel.
_NO_AREA = 1.0

# For each selection: a value a group (its footprint, or what was asked of it), and which fell back to ``buffered``.
Drawn = list[tuple[np.ndarray, np.ndarray]]


def footprints(
    xy: np.ndarray,
    group: np.ndarray,
    groups: int,
    definition: SiteDefinition,
    diameter: np.ndarray,
    selections: list[np.ndarray],
    finish: Callable[[np.ndarray], np.ndarray] = np.asarray,
    progress: Progress = silent,
) -> Drawn:
    """Return each group's footprint over each selection (a bool a point) of its points.

    ``xy`` is n × 2 ground metres in the group's plane, ``group`` each point's group from 0. A group without selected
    points has an empty footprint. ``diameter`` is metres, NaN where unknown: ``discs`` takes the padding as radius
    then. ``finish`` is applied to the footprints of each batch, so that not all need be held.
    """
    order = np.argsort(group, kind="stable")
    bounds = np.searchsorted(group[order], np.arange(0, groups + _BATCH, _BATCH))
    batches: list[Drawn] = []
    for first, begin, end in zip(range(0, groups, _BATCH), bounds, bounds[1:]):
        rows = order[begin:end]
        number = min(_BATCH, groups - first)
        chosen = [selected[rows] for selected in selections]
        drawn = _draw(xy[rows], group[rows] - first, number, definition, diameter[rows], chosen)
        batches.append([(finish(polygons), fell_back) for polygons, fell_back in drawn])
        progress((first + number) / groups)
    return [_joined([batch[which] for batch in batches], finish) for which in range(len(selections))]


def _joined(
    parts: list[tuple[np.ndarray, np.ndarray]], finish: Callable[[np.ndarray], np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    if not parts:
        return finish(np.array([], dtype=object)), np.zeros(0, dtype=bool)
    polygons, fell_back = zip(*parts)
    return np.concatenate(polygons), np.concatenate(fell_back)


def disc_count_without_diameter(method: str, diameter: np.ndarray) -> int:
    """Return how many tanks ``discs`` draws with the padding as radius because their diameter is not known."""
    return int((~(diameter > 0)).sum()) if method == DISCS else 0


def method_names(method: str, fell_back: np.ndarray) -> np.ndarray:
    """Return the name of the method that drew each footprint."""
    return np.where(fell_back, BUFFERED, method).astype(object)


def _draw(
    xy: np.ndarray,
    group: np.ndarray,
    groups: int,
    definition: SiteDefinition,
    diameter: np.ndarray,
    selections: list[np.ndarray],
) -> Drawn:
    radius = np.full(len(xy), definition.padding)
    if definition.footprint in (CONVEX, CONCAVE):
        return [_hulls(xy[chosen], radius[chosen], group[chosen], groups, definition) for chosen in selections]
    if definition.footprint == DISCS:
        radius = np.where(diameter > 0, diameter / 2, radius)
    return [(polygons, np.zeros(groups, dtype=bool)) for polygons in unions(xy, radius, group, groups, selections)]


def _hulls(
    xy: np.ndarray, radius: np.ndarray, group: np.ndarray, groups: int, definition: SiteDefinition
) -> tuple[np.ndarray, np.ndarray]:
    """Return the padded hulls; points in a line, or in one place, have none of their own and are drawn ``buffered``."""
    points = np.full(groups, shapely.MultiPoint(), dtype=object)
    if len(xy):
        shapely.multipoints(shapely.points(xy), indices=group, out=points)
    hulls = shapely.concave_hull(points, _CONCAVITY) if definition.footprint == CONCAVE else shapely.convex_hull(points)
    too_small = (shapely.area(hulls) < _NO_AREA) & ~shapely.is_empty(points)
    drawn = shapely.buffer(hulls, definition.padding, quad_segs=32)
    few = too_small[group]
    drawn[too_small] = unions(xy, radius, group, groups, [few])[0][too_small]
    return drawn, too_small
