"""One point for each geometry: itself, each of a multipoint's, or one on a polygon's surface."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely

from ..notes import Information

_POINT, _POLYGON, _MULTIPOINT, _MULTIPOLYGON = 0, 3, 4, 6
_A_LINE = "a line, where a point or polygon is needed"
_COLLECTION = "a mixed collection of geometries, where a point or polygon is needed"
# By type, from a missing geometry (-1) to a collection (7).
_REASONS = np.array(
    ["no geometry", None, _A_LINE, _A_LINE, None, None, _A_LINE, None, _COLLECTION],
    dtype=object,
)


class Points(NamedTuple):
    """Points of a source's rows: ``of``: each one's row, place, why there is none (None where there is one), notes."""

    of: np.ndarray
    lon: np.ndarray
    lat: np.ndarray
    reasons: np.ndarray
    notes: list[str]


def points(geometry: np.ndarray) -> Points:
    """Return the points of an array of geometries (shapely), None for a missing one."""
    notes: list[str] = []
    geometry = _without_empty(geometry)
    kinds = shapely.get_type_id(geometry)
    parts, index = geometry, np.arange(len(geometry))
    several = (kinds == _MULTIPOINT) & (shapely.get_num_geometries(geometry) > 1)
    if (kinds == _MULTIPOINT).any():
        parts, index = _exploded(geometry, kinds == _MULTIPOINT)
        kinds = shapely.get_type_id(parts)
    if several.any():
        notes.append(Information(f"{several.sum():,} rows are multipoints: each of their points counts as a row."))
    polygons = np.isin(kinds, [_POLYGON, _MULTIPOLYGON])
    if polygons.any():
        notes.append(Information(f"{polygons.sum():,} rows are polygons: a point on each one's surface stands for it."))
        parts = parts.copy()
        parts[polygons] = _on_surface(parts[polygons])
    parts = _without_empty(parts)
    usable = shapely.get_type_id(parts) == _POINT
    lon, lat = (np.where(usable, get(parts), np.nan) for get in (shapely.get_x, shapely.get_y))
    reasons = _REASONS[kinds + 1]
    reasons[~usable & (reasons == None)] = "no geometry"  # noqa: E711 (elementwise)
    return Points(index, lon, lat, reasons, notes)


def centres(geometry: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y of each geometry's centre, NaN where it has none."""
    kinds = shapely.get_type_id(geometry)
    only_points = ((kinds == _POINT) | (kinds == -1)).all()
    points = geometry if only_points else shapely.centroid(geometry)
    points = _without_empty(points)
    return shapely.get_x(points), shapely.get_y(points)


def _without_empty(geometry: np.ndarray) -> np.ndarray:
    """Return geometries with None for empty ones: GEOS may refuse their x, and an empty multipoint has no part."""
    empty = shapely.is_empty(geometry)
    if not empty.any():
        return geometry
    geometry = geometry.copy()
    geometry[empty] = None
    return geometry


def _exploded(geometry: np.ndarray, multi: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    points, of = shapely.get_parts(geometry[multi], return_index=True)
    single = np.flatnonzero(~multi)
    index = np.concatenate([single, np.flatnonzero(multi)[of]])
    order = np.argsort(index, kind="stable")
    return np.concatenate([geometry[single], points])[order], index[order]


def _on_surface(polygons: np.ndarray) -> np.ndarray:
    finite = np.isfinite(shapely.bounds(polygons)).all(axis=1)
    polygons = polygons.copy()
    polygons[~finite] = None
    sound = np.where(shapely.is_valid(polygons), polygons, shapely.make_valid(polygons))
    return shapely.point_on_surface(sound)
