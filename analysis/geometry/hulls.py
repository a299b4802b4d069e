"""Hulls of groups of points with a margin around them, by GEOS."""

from __future__ import annotations

import numpy as np
import shapely

from ..definition import CONCAVE, SiteDefinition
from .discs import Selection, cover

_CONCAVITY = 0.3
# Square metres: a hull of less is a line, or a point, but for rounding and the curve of a parallel.
_NO_AREA = 1.0
# Sides of a quarter of a circle.
_QUARTER = 32
# More points than this GEOS does not buffer in good time.
_MANY = 50


class Hulls:
    """The padded hulls of a group's points; points in a line, or in one place, have none and are drawn ``buffered``."""

    def __init__(self, xy: np.ndarray, group: np.ndarray, groups: int, definition: SiteDefinition) -> None:
        """Take the points: ``xy`` n × 2 metres, ``group`` whole numbers below ``groups``."""
        self._xy, self._group, self._groups = xy, group, groups
        self._definition = definition
        self._drawn: dict[bytes, tuple[np.ndarray, np.ndarray]] = {}

    def of(self, selection: Selection) -> tuple[np.ndarray, np.ndarray]:
        """Return the polygons of a selection, and where they fell back to ``buffered``."""
        hulls, fell_back = self._hulls(selection.points)
        if selection.without is None:
            return hulls, fell_back
        others, others_fell_back = self._hulls(selection.without)
        result = np.full(self._groups, shapely.Polygon(), dtype=object)
        differs = self._differs(selection.points, selection.without)
        result[differs] = shapely.difference(hulls[differs], others[differs])
        return result, fell_back | others_fell_back

    def _differs(self, points: np.ndarray, without: np.ndarray) -> np.ndarray:
        """Return the groups where the points may cover ground that the others do not.

        A convex hull covers more only with more points; a concave one may also with less.
        """
        added = points & ~without
        changed = added | (without & ~points) if self._definition.footprint == CONCAVE else added
        return np.bincount(self._group[changed], minlength=self._groups) > 0

    def _hulls(self, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        key = chosen.tobytes()
        if key not in self._drawn:
            self._drawn[key] = self._draw(self._xy[chosen], self._group[chosen])
        polygons, fell_back = self._drawn[key]
        return polygons, fell_back

    def _draw(self, xy: np.ndarray, group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        points = np.full(self._groups, shapely.MultiPoint(), dtype=object)
        if len(xy):
            shapely.multipoints(shapely.points(xy), indices=group, out=points)
        concave = self._definition.footprint == CONCAVE
        hulls = shapely.concave_hull(points, _CONCAVITY) if concave else shapely.convex_hull(points)
        too_small = (shapely.area(hulls) < _NO_AREA) & ~shapely.is_empty(points)
        padding = self._definition.padding
        drawn = shapely.buffer(hulls, padding, quad_segs=_QUARTER)
        # Buffered by the same hand as the hulls, where it is not too slow: arcs drawn otherwise leave slivers between.
        places = shapely.extract_unique_points(points)
        many = too_small & (shapely.get_num_geometries(places) > _MANY)
        few = too_small & ~many
        drawn[few] = shapely.buffer(places[few], padding, quad_segs=_QUARTER)
        if many.any():
            discs = cover(xy, np.full(len(xy), padding), group, self._groups, [Selection(many[group])])[0].polygons
            drawn[many] = discs[many]  # type: ignore[index]
        return drawn, too_small
