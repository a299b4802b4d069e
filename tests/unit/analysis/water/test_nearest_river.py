"""The nearest river: distances laid out by PROJ's geodesics, and a slow search along densely sampled lines."""

import numpy as np
import pytest
import shapely
from leachwatch.analysis.progress import Cancelled
from leachwatch.analysis.water.nearest import nearest_lines
from leachwatch.analysis.water.rivers import is_natural_earth, rivers_of
from leachwatch.tests.unit.analysis.worlds import CHIPWI, GEOD, place

ORIGINS = {
    "Kachin": CHIPWI,
    "the border of two UTM zones": (96.0, 25.0),
    "Jiangxi": (115.0, 24.8),
    "the antimeridian": (180.0, 10.0),
    "the antimeridian, the equator": (179.9999, 0.0),
    "far south": (20.0, -78.0),
}


def rivers(*lines, names=None):
    """Rivers of lines given as n × 2 degrees."""
    lonlat = np.concatenate([np.asarray(line, float) for line in lines]) if lines else np.zeros((0, 2))
    part = np.repeat(np.arange(len(lines)), [len(line) for line in lines]) if lines else np.zeros(0, int)
    own = np.array(names or [f"r{number}" for number in range(len(lines))], dtype=object)
    return rivers_of(lonlat, part, np.arange(len(lines)), own)


def line(east, north, origin=CHIPWI):
    return np.column_stack(place(east, north, origin))


def points(east, north, origin=CHIPWI):
    return shapely.points(line(east, north, origin))


@pytest.mark.parametrize("origin", ORIGINS.values(), ids=list(ORIGINS))
def test_metres_from_a_meridian(origin):
    """A meridian is a geodesic; ``place`` goes off it at a right angle, so the nearest place is the foot."""
    river = rivers(line([0, 0, 0], [-30_000, 2_000, 30_000], origin))
    east = np.array([0.0, 0.5, -10.0, 150.0, -2_000.0, 19_000.0])
    found = nearest_lines(points(east, [0, 100, 500, -700, 9_000, 15_000], origin), river, 20_000)
    assert found.distance == pytest.approx(np.abs(east), rel=1e-5, abs=1e-3)
    assert found.line.tolist() == [0] * 6


def test_behind_the_end_of_a_line_the_end_is_nearest():
    river = rivers(line([0, 0], [0, 1_000]))
    assert nearest_lines(points([0], [1_300]), river, 1_000).distance == pytest.approx([300], rel=1e-5)
    # 300 m north of the end and 400 m east: 500
    assert nearest_lines(points([400], [1_300]), river, 1_000).distance == pytest.approx([500], rel=1e-4)


def test_a_long_stretch_is_the_shortest_way_over_the_ground():
    """300 km without a vertex, halfway along a tank 1 km to its side: a straight line in degrees is kilometres off."""
    (lon1, lat1), (lon2, lat2) = (97.0, 25.0), (100.0, 26.0)
    azimuth, _, metres = GEOD.inv(lon1, lat1, lon2, lat2)
    assert metres > 300_000
    lon, lat, back = GEOD.fwd(lon1, lat1, azimuth, metres / 2)
    tank = GEOD.fwd(lon, lat, back + 90, 1_000)[:2]
    found = nearest_lines(shapely.points([tank]), rivers([(lon1, lat1), (lon2, lat2)]), 5_000)
    assert found.distance == pytest.approx([1_000], rel=1e-3)


def slow_distances(lonlat, lines, step=5.0):
    """Return the geodesic distance from each point to the nearest of places every few metres along the lines."""
    dense = []
    for vertices in lines:
        for (lon1, lat1), (lon2, lat2) in zip(vertices, vertices[1:]):
            metres = GEOD.inv(lon1, lat1, lon2, lat2)[2]
            dense += [(lon1, lat1), *GEOD.npts(lon1, lat1, lon2, lat2, int(metres / step)), (lon2, lat2)]
    dense = np.array(dense)
    return [GEOD.inv(np.full(len(dense), x), np.full(len(dense), y), *dense.T)[2].min() for x, y in lonlat]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("origin", [CHIPWI, (96.0, 25.0), (180.0, 52.0)])
def test_equals_the_slow_way_on_random_lines(seed, origin):
    random = np.random.default_rng(seed)
    lines = [
        line(*(random.uniform(-4_000, 4_000, (2, 1)) + random.normal(0, 400, (2, 6)).cumsum(axis=1)), origin)
        for _ in range(4)
    ]
    lonlat = line(random.uniform(-6_000, 6_000, 25), random.uniform(-6_000, 6_000, 25), origin)
    found = nearest_lines(shapely.points(lonlat), rivers(*lines), 50_000)
    slow = np.array(slow_distances(lonlat, lines))
    # The sampled places lie up to 2.5 m from the foot: too far by less than 2.5² / 2d.
    assert (found.distance <= slow * 1.0001 + 1e-3).all()
    assert (found.distance >= slow * 0.9999 - 3.2 / np.maximum(slow, 3.2)).all()
    assert (
        found.line.tolist() == [np.argmin([slow_distances([one], [each], 50.0)[0] for each in lines]) for one in lonlat]
        or np.isin(found.line, range(4)).all()
    )


def test_beyond_the_reach_nothing_is_near():
    river = rivers(line([0, 0], [-100, 100]))
    found = nearest_lines(points([999.0, 1_001.0], [0, 0]), river, 1_000)
    assert found.distance == pytest.approx([999, np.nan], nan_ok=True, rel=1e-5)
    assert found.line.tolist() == [0, -1]
    far = nearest_lines(points([0], [0], (10.0, 45.0)), river, 500_000)
    assert far.line.tolist() == [-1] and np.isnan(far.distance).all()


def test_to_the_furthest_that_may_be_asked_for():
    """400 km due north of the end of a meridian: the plane is bent there, the distance is not."""
    lon, lat, _ = GEOD.fwd(98.13, 25.88, 0.0, 400_000)
    found = nearest_lines(shapely.points([(lon, lat)]), rivers([(98.13, 25.0), (98.13, 25.88)]), 500_000)
    assert found.distance == pytest.approx([400_000], rel=1e-6)


SQUARE = line([-50, 50, 50, -50], [-50, -50, 50, 50])


def test_sites_are_measured_from_their_outline():
    site = np.array([shapely.Polygon(SQUARE)])
    cases = [
        ([200, 200], [-500, 500], 150.0),  # 200 m east of the middle, 150 from the edge
        ([-500, 500], [0, 0], 0.0),  # across it
        ([-10, 10], [0, 5], 0.0),  # all within
        ([50, 500], [50, 50], 0.0),  # touching a corner
        ([80, 80], [90, 400], 50.0),  # 30 m east and 40 m north of a corner
    ]
    for east, north, metres in cases:
        found = nearest_lines(site, rivers(line(east, north)), 1_000)
        assert found.distance == pytest.approx([metres], rel=1e-3, abs=2e-3), (east, north)
        assert found.line.tolist() == [0]


def test_a_river_in_the_hole_of_a_site_is_outside_it():
    ring = shapely.Polygon(line([-300, 300, 300, -300], [-300, -300, 300, 300]), [SQUARE[::-1]])
    found = nearest_lines(np.array([ring]), rivers(line([-10, 10], [0, 0])), 1_000)
    assert found.distance == pytest.approx([40.0], rel=1e-3)  # from the end at 10 m to the hole's edge at 50 m


def test_of_a_multipoint_the_nearest_point_counts():
    both = shapely.MultiPoint(line([100, 700], [0, 0]))
    assert nearest_lines(np.array([both]), rivers(line([0, 0], [-50, 50])), 1_000).distance == pytest.approx([100])


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
def test_of_lines_equally_near_the_named_one_first_in_the_alphabet_is_taken(order):
    meet = line([0, 0], [0, 500])
    lines = [meet, line([0, 300], [0, -400]), line([0, -300], [0, -400])]
    names = [None, "Nmai Hka", "Mali Hka"]
    river = rivers(*(lines[index] for index in order), names=[names[index] for index in order])
    found = nearest_lines(points([0, 20], [0, 250]), river, 1_000)
    assert [river.names[index] for index in found.line] == ["Mali Hka", None]


def test_many_shapes_in_many_cells_keep_their_rows():
    random = np.random.default_rng(7)
    lonlat = np.column_stack([random.uniform(-180, 180, 120), random.uniform(-89, 89, 120)])
    lines = [line([0, 0], [300.0 + number, 900.0], tuple(one)) for number, one in enumerate(lonlat)]
    found = nearest_lines(shapely.points(lonlat), rivers(*lines), 5_000)
    assert found.line.tolist() == list(range(120))
    assert found.distance == pytest.approx(300.0 + np.arange(120), rel=1e-5)


def test_the_spacing_is_the_median_of_each_line():
    river = rivers(line([0, 0, 0, 0], [0, 100, 300, 1_300]), line([0, 50], [0, 0]), line([0, 0], [0, 0]))
    assert river.spacing == pytest.approx([200, 50, np.nan], nan_ok=True, rel=1e-5)
    assert (river.left_out, len(river)) == (1, 2), "a line without length is none"


def test_a_multipart_line_is_one_and_its_parts_are_not_joined():
    lonlat = line([0, 0, 1_000, 1_000], [0, 100, 0, 200])
    river = rivers_of(lonlat, np.array([0, 0, 1, 1]), np.array([0, 0]), np.array(["r"], dtype=object))
    assert len(river) == 1 and river.spacing == pytest.approx([150], rel=1e-5)
    assert nearest_lines(points([500], [50]), river, 1_000).distance == pytest.approx([500], rel=1e-5)


def test_vertices_that_cannot_be_placed():
    good, bad = line([0, 0, 0], [0, 100, 200]), line([0, 0, 0], [0, 100, 200])
    bad[1] = np.nan
    some = line([500, 500, 500], [0, 100, 200])
    some[2] = np.nan
    river = rivers(good, bad, some, np.zeros((0, 2)))
    assert (river.left_out, river.cut, len(river)) == (2, 1, 2)
    found = nearest_lines(points([500, 500], [50, 150]), river, 1_000)
    assert found.line.tolist() == [2, 2] and found.distance == pytest.approx([0, 50], abs=1e-3)


def test_nothing_to_measure():
    assert len(nearest_lines(np.array([], dtype=object), rivers(line([0, 0], [0, 9])), 10).distance) == 0
    assert nearest_lines(points([0], [0]), rivers(), 10).line.tolist() == [-1]


def test_lines_around_the_world_are_bounded():
    """500 great circles of 20,000 km: 5 million pieces of 2 km would be too many."""
    west = np.column_stack([np.linspace(0, 1, 500), np.full(500, -89.9)])
    lines = [[start, (start[0], 89.9)] for start in west]
    river = rivers(*lines)
    assert len(river.line) <= 1_001_000
    # Halfway between two meridians a five-hundredth of a degree apart, on the equator: 111,319.49 m a degree.
    found = nearest_lines(shapely.points([(0.5 / 499, 0.0)]), river, 5_000)
    assert found.distance == pytest.approx([111_319.49 * 0.5 / 499], rel=1e-3)


def test_it_stops():
    def stop(fraction):
        raise Cancelled

    with pytest.raises(Cancelled):
        nearest_lines(points([0], [0]), rivers(line([0, 0], [0, 9])), 10, stop)


def test_natural_earth_is_known_by_its_names_and_columns():
    assert is_natural_earth(["ne_10m_rivers_lake_centerlines"], [])
    assert is_natural_earth(["", "/data/NaturalEarth/rivers.shp"], []) and is_natural_earth(["Natural Earth 5.1"], [])
    assert is_natural_earth(["rivers"], ["Name", "SCALERANK", "featurecla"])
    assert not is_natural_earth(["scene_10m_lines", "rivers of Kachin"], ["name", "scalerank"])
