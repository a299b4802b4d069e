"""The nearest unit: against PROJ's geodesics to points set closely along the borders."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from leachwatch.analysis.progress import Cancelled
from leachwatch.analysis.units.nearest import nearest_unit
from leachwatch.tests.unit.analysis.worlds import GEOD, boxes

# A county's crooked border, a box of long edges, an islet, and a ring with a town of another unit in its hole.
CROOKED = shapely.Polygon([(98, 25), (98.31, 25.04), (98.35, 25.37), (98.12, 25.22), (98.02, 25.4)])
LONG = shapely.box(100, 20, 108, 24)
ISLET = shapely.MultiPolygon([shapely.box(97, 24.9, 97.01, 24.91), shapely.box(97.5, 25.6, 97.501, 25.601)])
RING = shapely.Polygon(shapely.box(94, 22, 95, 23).exterior, [shapely.box(94.2, 22.2, 94.8, 22.8).exterior])
UNITS = [CROOKED, LONG, ISLET, RING]


def units_of(*polygons):
    return gpd.GeoDataFrame({"unit_code": range(len(polygons))}, geometry=list(polygons), crs="EPSG:4326")


def by_geod(lon, lat, polygons, spacing=0.0002):
    """Return index and metres of the nearest of points set some 20 m apart, then 2 m apart about the nearest."""
    found = []
    for number, polygon in enumerate(polygons):
        xy = shapely.get_coordinates(shapely.segmentize(shapely.boundary(polygon), spacing))
        metres = GEOD.inv(np.full(len(xy), lon), np.full(len(xy), lat), *xy.T)[2]
        near = shapely.box(*(xy[metres.argmin()] - spacing), *(xy[metres.argmin()] + spacing))
        close = shapely.intersection(shapely.boundary(polygon), near)
        xy = shapely.get_coordinates(shapely.segmentize(close, spacing / 1000))
        found.append((GEOD.inv(np.full(len(xy), lon), np.full(len(xy), lat), *xy.T)[2].min(), number))
    return min(found)


PLACES = {
    "just east of the crooked border": (98.3502, 25.37),
    "in its bay": (98.1, 25.3),
    "a few metres north of a long edge": (104.0, 24.00005),
    "500 m north of it": (103.1, 24.0045),
    "20 km west of the box": (99.81, 21.3),
    "near an islet": (97.52, 25.62),
    "in the hole": (94.5, 22.41),
    "700 km away": (110.0, 30.0),
    "3,000 km away": (130.0, 40.0),
}


@pytest.mark.parametrize("name", PLACES)
def test_distances_by_an_independent_way(name):
    lon, lat = PLACES[name]
    metres, number = by_geod(lon, lat, UNITS)
    index, found = nearest_unit(np.array([lon]), np.array([lat]), units_of(*UNITS))
    assert index.tolist() == [number]
    assert found[0] == pytest.approx(metres, rel=1e-3)


def test_many_places_at_once_are_each_as_alone():
    random = np.random.default_rng(5)
    lon, lat = random.uniform(92, 112, 30), random.uniform(17, 28, 30)
    away = ~shapely.contains_xy(shapely.union_all(UNITS), lon, lat)
    lon, lat = lon[away], lat[away]
    index, metres = nearest_unit(lon, lat, units_of(*UNITS))
    for row in range(0, len(lon), 6):
        expected, number = by_geod(lon[row], lat[row], UNITS, 0.001)
        assert (index[row], metres[row]) == (number, pytest.approx(expected, rel=1e-3))
    alone = [nearest_unit(lon[[row]], lat[[row]], units_of(*UNITS)) for row in range(len(lon))]
    assert index.tolist() == [one[0][0] for one in alone]
    assert metres == pytest.approx([one[1][0] for one in alone], rel=1e-6)


def test_metres_east_of_a_box():
    # The eastern border is a meridian: the way to it from the east runs along the geodesic to the same latitude.
    box = boxes(-5000, 1000)
    border = box.total_bounds[2]
    lon, lat, _ = GEOD.fwd([border] * 4, [25.88] * 4, [90] * 4, [0.5, 20, 500, 10_000])
    index, metres = nearest_unit(np.array(lon), np.array(lat), box)
    assert index.tolist() == [0, 0, 0, 0]
    assert metres == pytest.approx([0.5, 20, 500, 10_000], rel=1e-3)


@pytest.mark.parametrize(("lon", "unit"), [(-179.999, 0), (179.9, 0), (-178.0, 1)])
def test_across_the_antimeridian(lon, unit):
    shapes = [shapely.box(179, 0, 179.5, 1), shapely.box(-177, 0, -176, 1)]
    west, east = (179.5, -177.0)
    metres = GEOD.inv(lon, 0.5, west if unit == 0 else east, 0.5)[2]
    index, found = nearest_unit(np.array([lon]), np.array([0.5]), units_of(*shapes))
    assert index.tolist() == [unit]
    assert found[0] == pytest.approx(metres, rel=1e-3)


def test_high_in_the_north():
    polar = [shapely.box(10, 70, 20, 80), shapely.box(40, 85, 50, 88)]
    metres, number = by_geod(30.0, 82.0, polar, 0.002)
    index, found = nearest_unit(np.array([30.0]), np.array([82.0]), units_of(*polar))
    assert (index[0], found[0]) == (number, pytest.approx(metres, rel=1e-3))


@pytest.mark.parametrize("shapes", [[], [None], [shapely.Polygon()]])
def test_no_polygon_no_distance(shapes):
    index, metres = nearest_unit(np.array([98.0]), np.array([25.0]), units_of(*shapes))
    assert index.tolist() == [-1] and np.isnan(metres).all()


def test_no_place():
    assert [len(one) for one in nearest_unit(np.zeros(0), np.zeros(0), units_of(*UNITS))] == [0, 0]


def test_the_search_can_be_stopped():
    def stop(fraction):
        raise Cancelled

    with pytest.raises(Cancelled):
        nearest_unit(np.array([97.9]), np.array([25.1]), units_of(*UNITS), stop)
