"""What discs cover, group by group, for several selections of the discs at once.

An arc is drawn the same way in every selection, so that differences of unions leave no slivers, and its drawing has the
area under the true arc.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely

from .arcs import SIDES, circle_points
from .arrangement import Arrangement

# Tanks closer than a millimetre are one place: their circles do not cross but coincide.
_SAME_PLACE = 3
# Sides of a circle where GEOS dissolves.
_DISSOLVED_SIDES = 2 * SIDES
# More discs than this within one diameter: pairs grow with the square, and GEOS dissolves the group instead.
_CROWDED = 30


class Selection(NamedTuple):
    """Points whose ground is asked for (a bool a point), and whether as polygons or as areas alone.

    ``without`` (a bool a point): less the ground of these points.
    """

    points: np.ndarray
    polygons: bool = True
    without: np.ndarray | None = None

    def of(self, rows: np.ndarray) -> Selection:
        """Return the selection among these rows (indices)."""
        return Selection(self.points[rows], self.polygons, None if self.without is None else self.without[rows])


class Cover(NamedTuple):
    """What the selected discs of each group cover: square metres, and the polygons where they were asked for."""

    area: np.ndarray
    polygons: np.ndarray | None


def cover(
    xy: np.ndarray, radius: np.ndarray, group: np.ndarray, groups: int, selections: list[Selection]
) -> list[Cover]:
    """Return, for each selection, what each group's selected discs cover together.

    ``xy`` is n × 2 metres, ``radius`` metres above 0, ``group`` whole numbers below ``groups``. Groups may lie on top
    of each other: they do not touch. A group without selected discs has an empty polygon.
    """
    place, first = _places(xy, radius, group)
    xy, radius, group = xy[first], radius[first], group[first]
    selections = [_at_places(selection, place, len(first)) for selection in selections]

    crowded = _crowded_groups(xy, radius, group, groups)
    plain = np.flatnonzero(~crowded[group])
    arrangement = Arrangement(xy[plain], radius[plain], group[plain])
    covers, unfinished = [], crowded
    for points, wanted, without in (selection.of(plain) for selection in selections):
        area, polygons, broken = arrangement.region(points, without, groups, wanted)
        covers.append(Cover(area, polygons))
        unfinished = unfinished | broken
    if unfinished.any():
        # A group is drawn by the same hand in every selection: differences would have slivers otherwise.
        dissolved = _Dissolved(xy, radius, group, unfinished)
        for selection, (area, polygons) in zip(selections, covers):
            if polygons is not None:
                polygons[unfinished] = dissolved.region(selection)
            if crowded.any():
                # The arcs tell the areas of all others, also where they could not be joined to rings.
                area[crowded] = shapely.area(dissolved.region(selection))[crowded[unfinished]]
    return covers


def _places(xy: np.ndarray, radius: np.ndarray, group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a number a disc, the same for discs of one group, radius and place; and the first disc of each."""
    code = np.asarray(group, dtype=np.int64)
    for values in (np.round(xy[:, 0], _SAME_PLACE), np.round(xy[:, 1], _SAME_PLACE), radius):
        along, distinct = pd.factorize(values)
        code = pd.factorize(code * len(distinct) + along)[0]
    return code, np.unique(code, return_index=True)[1]


def _at_places(selection: Selection, place: np.ndarray, places: int) -> Selection:
    """Return a selection of discs as one of places."""

    def there(points: np.ndarray) -> np.ndarray:
        return np.bincount(place[points], minlength=places) > 0

    without = None if selection.without is None else there(selection.without)
    return Selection(there(selection.points), selection.polygons, without)


def _crowded_groups(xy: np.ndarray, radius: np.ndarray, group: np.ndarray, groups: int) -> np.ndarray:
    if len(xy) == 0:
        return np.zeros(groups, dtype=bool)
    cell = np.floor(xy / (2 * radius.max()))
    code = np.asarray(group, dtype=np.int64)
    for values in cell.T:
        along, distinct = pd.factorize(values)
        code = pd.factorize(code * len(distinct) + along)[0]
    return np.bincount(group, np.bincount(code)[code] > _CROWDED, groups) > 0


class _Dissolved:
    """Regions of some groups by GEOS: slower, and right also where circles meet in one point."""

    def __init__(self, xy: np.ndarray, radius: np.ndarray, group: np.ndarray, wanted: np.ndarray) -> None:
        self._rows = np.flatnonzero(wanted[group])
        self._number = (np.cumsum(wanted) - 1)[group[self._rows]]
        self._discs = shapely.polygons(circle_points(xy[self._rows], radius[self._rows], sides=_DISSOLVED_SIDES))
        self._groups = int(wanted.sum())
        self._unions: dict[bytes, np.ndarray] = {}

    def region(self, selection: Selection) -> np.ndarray:
        """Return the regions of the wanted groups, in their order."""
        points, _, without = selection.of(self._rows)
        if without is None:
            return self._union(points)
        result = np.full(self._groups, shapely.Polygon(), dtype=object)
        more = np.unique(self._number[points & ~without])
        result[more] = shapely.difference(self._union(points)[more], self._union(without)[more])
        return result

    def _union(self, chosen: np.ndarray) -> np.ndarray:
        key = chosen.tobytes()
        if key not in self._unions:
            self._unions[key] = np.full(self._groups, shapely.Polygon(), dtype=object)
            for which, some in pd.Series(self._discs[chosen]).groupby(self._number[chosen]):
                self._unions[key][which] = shapely.union_all(some.to_numpy())
        return self._unions[key]
