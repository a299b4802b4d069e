"""Every footprint method against GEOS in projections that the plugin does not use, and against geodesic areas.

In a conformal projection lengths near a place are the ground's times one factor k, which PROJ tells: radii are
multiplied by k there, and areas divided by its square.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.sites.detection import detect_sites
from leachwatch.tests.reference.ground import disc
from leachwatch.tests.reference.random_worlds import PLACES
from leachwatch.tests.unit.analysis.worlds import GEOD, tanks
from pyproj import Proj

PADDING = 18.0
# An arm and a bow: a hull with a hollow, and discs that overlap, touch nothing, and lie within each other.
LAYOUT = [
    *({"east": 25.0 * n, "north": 0.0, "diameter_m": 8.0 + 4 * n} for n in range(9)),
    *({"east": 0.0, "north": 30.0 * n, "diameter_m": None} for n in range(1, 8)),
    *({"east": 200 * math.sin(0.2 * n), "north": 200 * math.cos(0.2 * n), "diameter_m": 70.0} for n in range(1, 8)),
    {"east": 60.0, "north": 40.0, "diameter_m": 5.0},
    {"east": 60.0, "north": 41.0, "diameter_m": 30.0},
]
PROJECTIONS = {
    "mercator": "+proj=merc +ellps=WGS84 +lon_0={lon}",
    "transverse mercator, two degrees off": "+proj=tmerc +ellps=WGS84 +lon_0={west} +k_0=0.9996",
    "stereographic, from the pole": "+proj=stere +ellps=WGS84 +lat_0={pole} +lon_0={lon}",
}


def drawn(method: str, proj: Proj, table) -> shapely.Geometry:
    """Return the footprint in the projection, in its own distorted metres."""
    origin = table["lon"].iloc[0], table["lat"].iloc[0]
    scale = proj.get_factors(*origin).meridional_scale
    points = [proj(lon, lat) for lon, lat in zip(table["lon"], table["lat"])]
    if method in ("convex", "concave"):
        cloud = shapely.MultiPoint(points)
        hull = shapely.concave_hull(cloud, 0.3) if method == "concave" else cloud.convex_hull
        shape = hull.buffer(PADDING * scale, quad_segs=64)
    else:
        sizes = table["diameter_m"] / 2 if method == "discs" else table["diameter_m"] * math.nan
        radii = sizes.fillna(PADDING) * scale
        shape = shapely.union_all([disc(x, y, radius) for (x, y), radius in zip(points, radii)])
    return shape


@pytest.mark.parametrize("projection", sorted(PROJECTIONS))
@pytest.mark.parametrize("method", ["buffered", "discs", "concave", "convex"])
@pytest.mark.parametrize("place", sorted(PLACES))
def test_equals_geos_in_another_projection(place, method, projection):
    lon, lat = PLACES[place]
    proj = Proj(PROJECTIONS[projection].format(lon=lon, west=lon - 2, pole=90 if lat >= 0 else -90))
    table = tanks(LAYOUT, PLACES[place])
    found = detect_sites(table, None, "standing", SiteDefinition(400.0, 1, method, PADDING)).sites
    assert found["footprint_method"].tolist() == [method]
    expected = drawn(method, proj, table)
    scale = proj.get_factors(lon, lat).meridional_scale
    assert found["footprint_ha"].iloc[0] == pytest.approx(expected.area / scale**2 / 1e4, rel=1e-3)
    # And the shape itself: sixteen sides a circle cut off, or add, a sliver along the outline.
    shape = shapely.transform(found.geometry.iloc[0], lambda xy: np.column_stack(proj(xy[:, 0], xy[:, 1])))
    shape = shapely.union_all(shapely.get_parts(shape))
    assert shape.is_valid
    assert shape.symmetric_difference(expected).area < 0.03 * expected.area


@pytest.mark.parametrize("method", ["buffered", "discs", "concave", "convex"])
@pytest.mark.parametrize("place", sorted(PLACES))
def test_the_drawn_polygon_has_the_stated_area_on_the_ellipsoid(place, method):
    found = detect_sites(
        tanks(LAYOUT, PLACES[place]), None, "standing", SiteDefinition(400.0, 1, method, PADDING)
    ).sites
    polygon = shapely.normalize(found.geometry.iloc[0])
    west, _, east, _ = polygon.bounds
    assert (east - west > 359) == (place == "antimeridian"), "there it is cut in two"
    assert max(part.bounds[2] - part.bounds[0] for part in shapely.get_parts(polygon)) < 0.02
    assert abs(GEOD.geometry_area_perimeter(polygon)[0]) / 1e4 == pytest.approx(found["footprint_ha"].iloc[0], rel=1e-4)
