"""The nearest unit of a place outside all units, in ground metres.

Borders are cut into short pieces, each within a ball in space: the balls tell which pieces can be the nearest. These
are compared in a plane about the places of a cell of a degree, in which distances from there are true to some 0.05 %.
The metres to the nearest are then those on the ellipsoid.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Transformer
from scipy.spatial import cKDTree

from ..geometry.ground import DEGREES, distance_and_bearing, geocentric
from ..progress import Progress, silent
from .placement import OUTSIDE

_CELL = 1.0
# Longer edges run straight in degrees, not on the ground: over half a kilometre the difference is a few millimetres.
_LONGEST_EDGE = 0.005
_EDGES_A_PIECE = 64
# Places of so many degrees look for their pieces together: none is farther from the middle than the metres.
_NEIGHBOURHOOD, _WITHIN = 0.02, 1_600.0
_BATCH = 10_000


class _Balls:
    """Balls in space (metres from the earth's centre), each about a line."""

    def __init__(self, lines: np.ndarray) -> None:
        xy, line = shapely.get_coordinates(lines, return_index=True)
        points = geocentric(*xy.T)
        begin = np.flatnonzero(np.diff(line, prepend=-1))
        size = np.diff(np.append(begin, len(line)))
        centre = np.add.reduceat(points, begin) / size[:, None]
        self._radius = np.maximum.reduceat(np.linalg.norm(points - centre[line], axis=1), begin)
        self._tree = cKDTree(centre)

    def near(self, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        """Return which lines can be the nearest of any of these places (degrees)."""
        middle = np.unique(np.round(np.column_stack([lon, lat]) / _NEIGHBOURHOOD), axis=0) * _NEIGHBOURHOOD
        points = geocentric(*middle.T)
        between, one = self._tree.query(points)
        surely_within = between + self._radius[one] + _WITHIN
        found = self._tree.query_ball_point(points, surely_within + _WITHIN + self._radius.max())
        return np.unique(np.concatenate(found).astype(int))


def nearest_unit(
    lon: np.ndarray, lat: np.ndarray, units: gpd.GeoDataFrame, progress: Progress = silent
) -> tuple[np.ndarray, np.ndarray]:
    """Return the nearest unit (an index) of each place outside all units (degrees), and the ground metres to its edge.

    OUTSIDE and NaN where no unit has a polygon.
    """
    index, metres = np.full(len(lon), OUTSIDE), np.full(len(lon), np.nan)
    border, of_border = _borders(units.geometry.to_numpy())
    if len(lon) == 0 or len(border) == 0:
        return index, metres
    line, of_unit = _pieces(border, of_border)
    balls = _Balls(line)
    done = 0
    for places in _cells(lon, lat):
        close = balls.near(lon[places], lat[places])
        for batch in np.array_split(places, len(places) // _BATCH + 1):
            nearest, metres[batch] = _in_plane(lon[batch], lat[batch], line[close])
            index[batch] = of_unit[close[nearest]]
            done += len(batch)
            progress(done / len(lon))
    return index, metres


def _borders(polygons: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the rings of all polygons, and the unit of each."""
    part, of_unit = shapely.get_parts(polygons, return_index=True)
    inner, of_part = shapely.get_parts(part, return_index=True)
    area = shapely.get_type_id(inner) == shapely.GeometryType.POLYGON
    ring, of_inner = shapely.get_rings(inner[area], return_index=True)
    return ring, of_unit[of_part[area][of_inner]]


def _cells(lon: np.ndarray, lat: np.ndarray) -> list[np.ndarray]:
    """Return the numbers of the places in each cell of a degree."""
    cell = np.column_stack([np.floor(lon / _CELL), np.floor(lat / _CELL)])
    _, number = np.unique(cell, axis=0, return_inverse=True)
    order = np.argsort(number.ravel(), kind="stable")
    return np.split(order, np.flatnonzero(np.diff(number.ravel()[order])) + 1)


def _pieces(rings: np.ndarray, unit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return rings cut into lines of a few short edges, and the unit of each line."""
    xy, ring = shapely.get_coordinates(shapely.segmentize(rings, _LONGEST_EDGE), return_index=True)
    begin = np.flatnonzero(np.diff(ring, prepend=-1))
    rank = np.arange(len(ring)) - begin[ring]
    # An edge runs from its first point to the next; the last edge of a piece ends where the next piece begins.
    edge = np.flatnonzero(np.diff(ring) == 0)
    code = np.column_stack([ring[edge], rank[edge] // _EDGES_A_PIECE])
    fresh = np.append(True, (np.diff(code, axis=0) != 0).any(axis=1))
    piece = np.cumsum(fresh) - 1
    last = np.append(np.flatnonzero(fresh)[1:] - 1, len(edge) - 1)
    where, of = np.append(edge, edge[last] + 1), np.append(piece, piece[last])
    order = np.argsort(of, kind="stable")
    return shapely.linestrings(xy[where[order]], indices=of[order]), unit[ring[edge[fresh]]]


def _in_plane(lon: np.ndarray, lat: np.ndarray, lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the nearest line of each place, and the ground metres to it."""
    plane = _plane(lon, lat)
    flat = shapely.transform(lines, lambda xy: np.column_stack(plane.transform(*xy.T)))
    # Of one place, some versions of PROJ's Python return numbers.
    points = np.atleast_1d(shapely.points(*plane.transform(lon, lat)))
    place, line = shapely.STRtree(flat).query_nearest(points, all_matches=False)
    order = np.argsort(place, kind="stable")
    line = line[order]
    foot = shapely.get_point(shapely.shortest_line(flat[line], points), 0)
    foot_lon, foot_lat = plane.transform(shapely.get_x(foot), shapely.get_y(foot), direction="INVERSE")
    return line, distance_and_bearing(lon, lat, np.atleast_1d(foot_lon), np.atleast_1d(foot_lat))[0]


def _plane(lon: np.ndarray, lat: np.ndarray) -> Transformer:
    middle = f"+lon_0={(lon.min() + lon.max()) / 2} +lat_0={(lat.min() + lat.max()) / 2}"
    return Transformer.from_pipeline(f"{DEGREES}+proj=aeqd {middle} +ellps=WGS84")
