"""Polygons across the antimeridian: cut there, so that every part lies within the world."""

from __future__ import annotations

import numpy as np
import shapely

_TURN = 360.0
# With room for the rounding of a projection.
EDGE = 180.001
# A ring that jumps from one edge of the world to the other, and is narrow once unrolled, went across the antimeridian.
_NARROW = 90.0
_WORLD = shapely.box(-180, -90, 180, 90)


def cut_at_antimeridian(polygons: np.ndarray) -> tuple[np.ndarray, int]:
    """Return polygons (degrees) with those across the antimeridian cut into parts, and how many those are.

    They are told by longitudes beyond ±180°, or by a jump from one edge of the world to the other.
    """
    part, of_polygon = shapely.get_parts(polygons, return_index=True)
    jumping = _jumping(part)
    part[jumping] = _unrolled(part[jumping])
    west, _, east, _ = shapely.bounds(part).T
    with np.errstate(invalid="ignore"):
        across = np.unique(of_polygon[(west < -EDGE) | (east > EDGE)])
    result = polygons.copy()
    for index in across:
        result[index] = _rolled_up(shapely.union_all(shapely.make_valid(part[of_polygon == index])))
    return result, len(across)


def _jumping(part: np.ndarray) -> np.ndarray:
    """Return the numbers of the polygons with an edge of more than half the world, narrow when that is undone."""
    xy, index = shapely.get_coordinates(part, return_index=True)
    far = (np.abs(np.diff(xy[:, 0])) > _TURN / 2) & (np.diff(index) == 0)
    suspects = np.unique(index[1:][far])
    west, _, east, _ = shapely.bounds(_unrolled(part[suspects])).reshape(-1, 4).T
    return suspects[(east > west) & (east - west < _NARROW)]


def _unrolled(part: np.ndarray) -> np.ndarray:
    """Return polygons with their western longitudes counted on eastwards: 181 for −179."""
    xy = shapely.get_coordinates(part)
    xy[xy[:, 0] < 0, 0] += _TURN
    return shapely.set_coordinates(part.copy(), xy)


def _rolled_up(polygon: shapely.Geometry) -> shapely.Geometry:
    pieces = [shapely.intersection(_moved(polygon, turn), _WORLD) for turn in (-_TURN, 0.0, _TURN)]
    return shapely.union_all(pieces)


def _moved(polygon: shapely.Geometry, by: float) -> shapely.Geometry:
    return shapely.transform(polygon, lambda xy: xy + np.array([by, 0.0]))
