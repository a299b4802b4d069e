"""Ground metres and hectares by PROJ's geodesics and a plane laid at the tanks' own place; footprints by GEOS."""

from __future__ import annotations

import math
from functools import lru_cache

import shapely
from pyproj import Geod, Transformer
from shapely import Polygon

from .tank import Tank

GEOD = Geod(ellps="WGS84")
SIDES = 256
HECTARE = 10_000


def metres(one: Tank, other: Tank) -> float:
    return _metres(one.lon, one.lat, other.lon, other.lat)


@lru_cache(maxsize=100_000)
def _metres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    return GEOD.inv(lon, lat, other_lon, other_lat)[2]


class Plane:
    """An azimuthal equidistant plane about a place: within some kilometres of it, metres are ground metres."""

    def __init__(self, lon: float, lat: float) -> None:
        degrees = "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad"
        self._there = Transformer.from_pipeline(f"{degrees} +step +proj=aeqd +lon_0={lon} +lat_0={lat} +ellps=WGS84")

    def flat(self, tank: Tank) -> tuple[float, float]:
        return self._there.transform(tank.lon, tank.lat)

    def mean(self, tanks: list[Tank]) -> tuple[float, float]:
        """Return the longitude and latitude of the mean place."""
        places = [self.flat(tank) for tank in tanks]
        x = sum(place[0] for place in places) / len(places)
        y = sum(place[1] for place in places) / len(places)
        return self._there.transform(x, y, direction="INVERSE")


def disc(x: float, y: float, radius: float) -> Polygon:
    """Return a polygon of many sides that has the area of the disc."""
    angle = 2 * math.pi / SIDES
    reach = radius * math.sqrt(angle / math.sin(angle))
    return Polygon([(x + reach * math.cos(n * angle), y + reach * math.sin(n * angle)) for n in range(SIDES)])


def footprint(plane: Plane, tanks: list[Tank], method: str, padding: float) -> tuple[Polygon, str]:
    """Return the ground that the tanks cover, and the name of the method that drew it."""
    if not tanks:
        return Polygon(), method
    places = [plane.flat(tank) for tank in tanks]
    if method == "discs":
        radii = [t.diameter_m / 2 if t.diameter_m is not None and t.diameter_m > 0 else padding for t in tanks]
        return shapely.union_all([disc(x, y, radius) for (x, y), radius in zip(places, radii)]), method
    if method in ("convex", "concave"):
        points = shapely.MultiPoint(places)
        hull = shapely.concave_hull(points, 0.3) if method == "concave" else points.convex_hull
        if hull.area >= 1:
            return hull.buffer(padding, quad_segs=SIDES // 4), method
    return shapely.union_all([disc(x, y, padding) for x, y in places]), "buffered"


def square_kilometres(polygon: Polygon) -> float:
    """Return the area on the ellipsoid, ring by ring."""
    parts = getattr(polygon, "geoms", [polygon])
    return sum(_ring(part.exterior) - sum(_ring(hole) for hole in part.interiors) for part in parts)


def _ring(ring: shapely.LinearRing) -> float:
    # Edges are straight in degrees, and PROJ's run along geodesics: in short pieces both are the same.
    ring = shapely.segmentize(ring, 0.0005)
    return abs(GEOD.polygon_area_perimeter(*zip(*ring.coords))[0]) / 1e6
