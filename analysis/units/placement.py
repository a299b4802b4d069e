"""Units: administrative areas, and which of them each tank stands in."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from ..geometry.ground import geodesic_area_km2
from ..progress import Progress, silent
from ..tally import majority

OUTSIDE = -1
# Points that are looked at together: each needs some hundred bytes the while.
_POINTS = 100_000
# Degrees east and north, with room for the rounding of a projection, and for longitudes counted on beyond 180.
_WORLD = (360.001, 90.001)


@dataclass(frozen=True)
class Placement:
    """Which unit each tank stands in: an index into the units, or OUTSIDE; and what was odd about the units."""

    unit_of_tank: np.ndarray
    in_several: int
    repaired: int


def usable_polygons(wkb: list[bytes | None]) -> np.ndarray:
    """Return polygons (degrees) from WKB, flat; None for those that are broken or reach outside the world."""
    polygons = shapely.force_2d(shapely.from_wkb(np.array([*wkb, None], dtype=object)[:-1], on_invalid="ignore"))
    xy, of_polygon = shapely.get_coordinates(polygons, return_index=True)
    with np.errstate(invalid="ignore"):
        outside = ~(np.abs(xy) <= _WORLD).all(axis=1)
    polygons[np.unique(of_polygon[outside])] = None
    return polygons


def prepare(units: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, int]:
    """Return the units (degrees), ordered by code and name, valid, measured in ground km²; and how many were repaired.

    Units without a polygon are kept: no tank stands in them.
    """
    units = units.sort_values(["unit_code", "unit_name"], kind="stable", na_position="last", ignore_index=True)
    polygons = units.geometry.to_numpy()
    broken = ~shapely.is_valid(polygons) & ~shapely.is_missing(polygons)
    if broken.any():
        polygons = polygons.copy()
        polygons[broken] = shapely.make_valid(polygons[broken])
        units = units.set_geometry(gpd.GeoSeries(polygons, crs=units.crs))
    units["area_km2"] = geodesic_area_km2(polygons)
    return units, int(broken.sum())


def place(
    lon: np.ndarray, lat: np.ndarray, units: gpd.GeoDataFrame, repaired: int = 0, progress: Progress = silent
) -> Placement:
    """Return the unit of each point (degrees). A point in several units, or on a border, counts once: in the first."""
    polygons = units.geometry.to_numpy()
    unit_of_tank = np.full(len(lon), len(units))
    in_several = 0
    for begin in range(0, len(lon), _POINTS):
        progress(begin / len(lon))
        some = slice(begin, begin + _POINTS)
        unit, point = shapely.STRtree(shapely.points(lon[some], lat[some])).query(polygons, predicate="intersects")
        np.minimum.at(unit_of_tank[some], point, unit)
        in_several += np.count_nonzero(np.bincount(point) > 1)
    unit_of_tank[unit_of_tank == len(units)] = OUTSIDE
    return Placement(unit_of_tank, in_several, repaired)


def unit_of_site(site_of_tank: np.ndarray, sites: int, placement: Placement) -> np.ndarray:
    """Return the unit that each site is counted in: the one in which most of its tanks stand."""
    return majority(site_of_tank, sites, placement.unit_of_tank)
