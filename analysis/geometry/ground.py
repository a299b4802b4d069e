"""Ground metres at every place on earth: straight distances, equal-area planes, geodesic areas (PROJ does the work)."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import shapely
from pyproj import Geod, Transformer

from ..progress import Progress, silent
from ..threads import in_threads

GEOD = Geod(ellps="WGS84")
EARTH_RADIUS = 6_371_008.8
HECTARE = 10_000.0

# From degrees into a step that follows.
DEGREES = "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step "
# Within a cell of this many degrees an equal-area plane bends distances by less than 1 in 10,000, and no area at all.
_CELL = 1.0
_BATCH = 50_000
_SHAPES = 20_000
# Gauss and Legendre's three places on an edge, from 0 to 1, and their weights.
_NODES, _WEIGHTS = 0.5 + np.sqrt(0.6) * np.array([-0.5, 0.0, 0.5]), np.array([5, 8, 5]) / 18


@lru_cache(maxsize=1)
def _to_geocentric() -> Transformer:
    return Transformer.from_pipeline(DEGREES + "+proj=cart +ellps=WGS84")


@lru_cache(maxsize=256)
def _plane(lon: float, lat: float) -> Transformer:
    return Transformer.from_pipeline(DEGREES + f"+proj=laea +lon_0={lon} +lat_0={lat} +ellps=WGS84")


def geocentric(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return positions in space (n × 3, metres from the earth's centre) of points on the ellipsoid (degrees)."""
    return np.column_stack(_to_geocentric().transform(lon, lat, np.zeros(len(lon))))


def straight(distance: float) -> float:
    """Return the straight line, in metres, under a distance along the ground."""
    return 2 * EARTH_RADIUS * math.sin(min(distance / (2 * EARTH_RADIUS), math.pi / 2))


def geodesic_area_km2(polygons: np.ndarray) -> np.ndarray:
    """Return the area on the ellipsoid of polygons in degrees, in km²; 0 where there is none.

    Edges are straight in degrees, as maps draw them; of a repaired polygon's lines and points there is no area.
    """
    one, of_polygon = shapely.get_parts(polygons, return_index=True)
    part, of_one = shapely.get_parts(one, return_index=True)
    sound = shapely.get_type_id(part) == shapely.GeometryType.POLYGON
    ring, of_part = shapely.get_rings(part[sound], return_index=True)
    # The first ring of a part is its shell, the others are holes; either may run this way round or that.
    sign = np.where(np.diff(of_part, prepend=-1) > 0, 1.0, -1.0)
    return np.bincount(of_polygon[of_one[sound][of_part]], sign * np.abs(_ring_km2(ring)), len(polygons))


def _ring_km2(rings: np.ndarray) -> np.ndarray:
    """Return the signed area of each ring: the integral of the authalic latitude's sine along its edges."""
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    step = np.radians(np.diff(xy, axis=0))
    begin = np.radians(xy[:-1, 1])
    height = sum(w * _zone(begin + t * step[:, 1]) for t, w in zip(_NODES, _WEIGHTS))
    same = ring[1:] == ring[:-1]
    under = (GEOD.a / 1000) ** 2 / 2 * height * step[:, 0]
    return np.bincount(ring[1:][same], under[same], len(rings))


def _zone(lat: np.ndarray) -> np.ndarray:
    """Return a value by latitude (radians) whose difference is the area between two parallels, in a²/2 a radian."""
    e, s = np.sqrt(GEOD.es), np.sin(lat)
    return (1 - GEOD.es) * (s / (1 - GEOD.es * s**2) + np.arctanh(e * s) / e)


def distance_and_bearing(
    lon1: np.ndarray, lat1: np.ndarray, lon2: np.ndarray, lat2: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the ground metres and the bearing (degrees from north, 0 to 360) from each point to another."""
    azimuth, _, distance = GEOD.inv(lon1, lat1, lon2, lat2)
    return np.asarray(distance), np.asarray(azimuth) % 360


class Planes:
    """Equal-area planes, one for each group of points, centred near the group.

    In the plane of a group, lengths are ground metres and areas are ground square metres, whichever UTM zone or
    country the group lies in.
    """

    def __init__(self, lon: np.ndarray, lat: np.ndarray, group: np.ndarray, groups: int) -> None:
        """Choose planes for ``groups`` groups of points (degrees); ``group`` names each point's, from 0."""
        size = np.maximum(np.bincount(group, minlength=groups), 1)
        x, y, z = (np.bincount(group, axis, groups) / size for axis in geocentric(lon, lat).T)
        middle = np.column_stack([np.degrees(np.arctan2(y, x)), np.degrees(np.arctan2(z, np.hypot(x, y)))])
        cell = (np.floor(middle / _CELL) + 0.5) * _CELL
        cell[:, 1] = np.clip(cell[:, 1], -90, 90)
        self._centres, plane = np.unique(cell, axis=0, return_inverse=True)
        self._plane_of_group = plane.ravel()

    def flatten(self, lon: np.ndarray, lat: np.ndarray, group: np.ndarray) -> np.ndarray:
        """Return n × 2 metres, each point in its group's plane."""
        return self._transform(np.column_stack([lon, lat]), group, "FORWARD")

    def unflatten(self, xy: np.ndarray, group: np.ndarray) -> np.ndarray:
        """Return n × 2 degrees (lon, lat) of points in their groups' planes."""
        return self._transform(xy, group, "INVERSE")

    def geometries(self, flat: np.ndarray, group: np.ndarray, progress: Progress = silent) -> np.ndarray:
        """Return geometries in degrees from geometries in their groups' planes."""
        flat, group = flat.copy(), np.asarray(group)
        for begin in range(0, len(flat), _SHAPES):
            progress(begin / len(flat))
            some = slice(begin, begin + _SHAPES)
            xy, index = shapely.get_coordinates(flat[some], return_index=True)
            flat[some] = shapely.set_coordinates(flat[some], self.unflatten(xy, group[some][index]))
        return flat

    def _transform(self, points: np.ndarray, group: np.ndarray, direction: str) -> np.ndarray:
        result = np.empty_like(points, dtype=float)
        plane = self._plane_of_group[group]
        order = np.argsort(plane, kind="stable")
        batches = [
            batch
            for same in np.split(order, np.flatnonzero(np.diff(plane[order])) + 1)
            for batch in np.array_split(same, len(same) // _BATCH + 1)
            if len(batch)
        ]

        def transform(number: int) -> None:
            batch = batches[number]
            transformer = _plane(*self._centres[plane[batch[0]]])
            x, y = transformer.transform(points[batch, 0], points[batch, 1], direction=direction)
            result[batch] = np.column_stack([x, y])

        for _ in in_threads(transform, len(batches)):
            pass
        return result
