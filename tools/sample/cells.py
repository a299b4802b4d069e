"""Schematic cells around the centre points: discs, each cut where a neighbour's centre is nearer."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
import pyproj
from shapely.geometry import Polygon

from .places import Place

RADIUS_M = 28_000.0
CORNERS = 72


class Cell(NamedTuple):
    """A unit's cell: its centre and outline in the region's plane (metres), its ring and area on the ellipsoid."""

    place: Place
    centre: np.ndarray
    outline: Polygon
    ring: list[tuple[float, float]]
    area_km2: float


class Region(NamedTuple):
    """A group of cells in one plane: azimuthal equidistant, true to 1 in 10,000 some 150 km from its middle."""

    to_degrees: pyproj.Transformer
    cells: list[Cell]


def region(places: list[Place]) -> Region:
    """Return the cells of these places, which do not overlap each other."""
    middle = np.mean([[place.longitude, place.latitude] for place in places], axis=0)
    plane = pyproj.CRS.from_proj4(
        f"+proj=aeqd +lon_0={float(middle[0])!r} +lat_0={float(middle[1])!r} +datum=WGS84 +units=m"
    )
    to_plane = pyproj.Transformer.from_crs("EPSG:4326", plane, always_xy=True)
    to_degrees = pyproj.Transformer.from_crs(plane, "EPSG:4326", always_xy=True)
    centres = np.array([to_plane.transform(place.longitude, place.latitude) for place in places])
    corners = _corners(centres)
    return Region(to_degrees, [_cell(p, c, xy, to_degrees) for p, c, xy in zip(places, centres, corners)])


def _corners(centres: np.ndarray) -> list[np.ndarray]:
    """Return each cell's corners. Neighbours share the two points where their circles cross, to the last digit."""
    angles = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    circle = RADIUS_M * np.column_stack([np.cos(angles), np.sin(angles)])
    corners = []
    for index, centre in enumerate(centres):
        points = centre + circle
        distances = np.linalg.norm(points[:, None] - centres[None], axis=2)
        corners.append(points[distances.argmin(axis=1) == index])
    for one, other in combinations(range(len(centres)), 2):
        crossing = _crossing(centres[one], centres[other])
        corners[one] = np.vstack([corners[one], crossing])
        corners[other] = np.vstack([corners[other], crossing])
    return [_round_the_centre(points, centre) for points, centre in zip(corners, centres)]


def _crossing(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the two points where two circles of the same radius cross; none, where they do not."""
    between = other - one
    half = np.linalg.norm(between) / 2
    if half >= RADIUS_M:
        return np.empty((0, 2))
    across = np.array([-between[1], between[0]]) / (2 * half)
    reach = np.sqrt(RADIUS_M**2 - half**2)
    return (one + other) / 2 + np.outer([reach, -reach], across)


def _round_the_centre(points: np.ndarray, centre: np.ndarray) -> np.ndarray:
    turn = np.arctan2(points[:, 1] - centre[1], points[:, 0] - centre[0])
    return points[np.argsort(turn)]


def _cell(place: Place, centre: np.ndarray, corners: np.ndarray, to_degrees: pyproj.Transformer) -> Cell:
    lon, lat = np.round(to_degrees.transform(*corners.T), 5)
    area, _ = pyproj.Geod(ellps="WGS84").polygon_area_perimeter(lon, lat)
    ring = list(zip(lon.tolist(), lat.tolist()))
    return Cell(place, centre, Polygon(corners), [*ring, ring[0]], round(abs(area) / 1e6, 1))
