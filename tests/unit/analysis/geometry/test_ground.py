"""Ground metres and hectares against PROJ's geodesics, at places where one UTM zone would not do."""

import numpy as np
import pytest
import shapely
from leachwatch.analysis.geometry import ground
from leachwatch.tests.unit.analysis.worlds import CHIPWI, GEOD, place

PLACES = [CHIPWI, (115.0, 24.8), (96.0, 25.0), (99.9, 20.5), (98.0, 21.99)]


@pytest.mark.parametrize("origin", PLACES)
def test_areas_in_a_plane_are_geodesic_areas(origin):
    random = np.random.default_rng(3)
    lon, lat = place(random.uniform(-4000, 4000, 60), random.uniform(-4000, 4000, 60), origin)
    planes = ground.Planes(lon, lat, np.zeros(60, dtype=int), 1)
    flat = shapely.MultiPoint(planes.flatten(lon, lat, np.zeros(60, dtype=int))).convex_hull
    geodesic = abs(GEOD.geometry_area_perimeter(shapely.MultiPoint(np.column_stack([lon, lat])).convex_hull)[0])
    # Between corners 8 km apart a straight line on the map and one on the ground differ a little.
    assert flat.area == pytest.approx(geodesic, rel=1e-5)


@pytest.mark.parametrize("origin", PLACES)
def test_lengths_in_a_plane_are_ground_metres(origin):
    lon, lat = place([0, 150, 0, 0], [0, 0, 0, 2000], origin)
    planes = ground.Planes(lon, lat, np.zeros(4, dtype=int), 1)
    xy = planes.flatten(lon, lat, np.zeros(4, dtype=int))
    assert np.hypot(*(xy[1] - xy[0])) == pytest.approx(150, rel=2e-4)
    assert np.hypot(*(xy[3] - xy[2])) == pytest.approx(2000, rel=2e-4)


def test_groups_far_apart_come_back_to_their_own_places():
    lon = np.array([98.13, 98.14, 115.0, 115.01, 95.99, 96.01])
    lat = np.array([25.88, 25.89, 24.8, 24.81, 25.0, 25.0])
    group = np.array([0, 0, 1, 1, 2, 2])
    planes = ground.Planes(lon, lat, group, 3)
    back = planes.unflatten(planes.flatten(lon, lat, group), group)
    assert np.abs(back - np.column_stack([lon, lat])).max() < 2e-8  # two millimetres


def test_straight_distance_is_a_hair_shorter_than_the_ground():
    assert ground.straight(150.0) == pytest.approx(150.0, abs=1e-6)
    assert 99_990 < ground.straight(100_000.0) < 100_000


def test_geodesic_area_of_a_square_degree_at_the_equator():
    # 111.32 km × 110.57 km, the lengths of a degree there (WGS 84).
    assert ground.geodesic_area_km2([shapely.box(0, 0, 1, 1)])[0] == pytest.approx(111.320 * 110.574, rel=1e-3)


def test_areas_of_polygons_whose_edges_are_straight_in_degrees():
    hole = shapely.box(92, 22, 96, 28)
    box = shapely.box(90, 20, 100, 30)
    shapes = [
        box,
        shapely.Polygon(box.exterior, [hole.exterior]),
        shapely.Polygon(box.exterior, [hole.reverse().exterior]),
    ]
    # PROJ's geodesics between points every hundredth of a degree keep to the straight line; so does the whole world.
    fine = [abs(GEOD.geometry_area_perimeter(shapely.segmentize(shape, 0.01))[0]) / 1e6 for shape in (box, hole)]
    world = 510_065_621.724
    found = ground.geodesic_area_km2(np.array([*shapes, None, shapely.box(-180, -90, 180, 90)], dtype=object))
    assert found == pytest.approx([fine[0], fine[0] - fine[1], fine[0] - fine[1], 0.0, world], rel=1e-8)
    slanting = shapely.Polygon([(90, 20), (100, 21), (95, 30)])
    geodesic = abs(GEOD.geometry_area_perimeter(shapely.segmentize(slanting, 0.01))[0]) / 1e6
    assert ground.geodesic_area_km2([slanting])[0] == pytest.approx(geodesic, rel=1e-7)


def test_areas_of_parts_and_of_what_is_no_ground():
    one, other = shapely.box(98, 25, 99, 26), shapely.box(100, 25, 101, 26)
    both = shapely.MultiPolygon([one, other])
    mixed = shapely.GeometryCollection([both, shapely.LineString([(0, 0), (1, 1)])])
    single, twice, with_line = ground.geodesic_area_km2(np.array([one, both, mixed], dtype=object))
    assert (twice, with_line) == (pytest.approx(2 * single), pytest.approx(2 * single))


def test_distance_and_bearing_to_the_east():
    lon, lat = place([0, 100], [0, 0])
    metres, bearing = ground.distance_and_bearing(lon[:1], lat[:1], lon[1:], lat[1:])
    assert metres[0] == pytest.approx(100, abs=1e-6)
    assert bearing[0] == pytest.approx(90, abs=1e-3)
