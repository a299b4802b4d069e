"""Footprints: the ground that a group of tanks covers, by a method that has a name."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely

from ..definition import BUFFERED, CONCAVE, CONVEX, DISCS, SiteDefinition
from ..progress import Progress, silent
from ..threads import in_threads
from .discs import Selection, cover
from .hulls import Hulls

_BATCH = 1_000


class Footprints(NamedTuple):
    """A value a group: square metres, polygons (where wanted), and whether the method fell back to ``buffered``."""

    area: np.ndarray
    polygons: np.ndarray | None
    fell_back: np.ndarray

    @property
    def shapes(self) -> np.ndarray:
        """The polygons, which were asked for."""
        if self.polygons is None:
            raise ValueError("Only the areas of these footprints were asked for.")
        return self.polygons


def footprints(
    xy: np.ndarray,
    group: np.ndarray,
    groups: int,
    definition: SiteDefinition,
    diameter: np.ndarray,
    selections: list[Selection],
    progress: Progress = silent,
) -> list[Footprints]:
    """Return each group's footprint over each selection of its points.

    ``xy`` is n × 2 ground metres in the group's plane, ``group`` each point's group from 0. A group without selected
    points has an empty footprint. ``diameter`` is metres, NaN where unknown: ``discs`` takes the padding as radius
    then.
    """
    order = np.argsort(group, kind="stable")
    batches = max(-(-groups // _BATCH), 1)
    bounds = np.searchsorted(group[order], np.arange(batches + 1) * _BATCH)

    def draw(batch: int) -> list[Footprints]:
        first, rows = batch * _BATCH, order[bounds[batch] : bounds[batch + 1]]
        chosen = [selection.of(rows) for selection in selections]
        return _draw(xy[rows], group[rows] - first, min(_BATCH, groups - first), definition, diameter[rows], chosen)

    drawn = list(in_threads(draw, batches, progress))
    return [_joined([batch[which] for batch in drawn]) for which in range(len(selections))]


def _joined(parts: list[Footprints]) -> Footprints:
    area, polygons, fell_back = zip(*parts)
    return Footprints(
        np.concatenate(area), None if polygons[0] is None else np.concatenate(polygons), np.concatenate(fell_back)
    )


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
    selections: list[Selection],
) -> list[Footprints]:
    if definition.footprint in (CONVEX, CONCAVE):
        hulls = Hulls(xy, group, groups, definition)
        drawn = [(*hulls.of(selection), selection.polygons) for selection in selections]
        return [Footprints(shapely.area(shapes), shapes if wanted else None, fell) for shapes, fell, wanted in drawn]
    radius = np.full(len(xy), definition.padding)
    if definition.footprint == DISCS:
        radius = np.where(diameter > 0, diameter / 2, radius)
    no_group = np.zeros(groups, dtype=bool)
    covers = cover(xy, radius, group, groups, selections)
    return [Footprints(area, polygons, no_group) for area, polygons in covers]
