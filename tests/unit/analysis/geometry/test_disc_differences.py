"""What some discs cover and others do not: against areas worked out by hand, and GEOS with very round circles."""

import math

import numpy as np
import pytest
import shapely
from leachwatch.analysis.geometry.discs import Selection, cover

R = 15.0


def difference(points, chosen, without, radius=R):
    """Return the polygon and the area of one group's difference; ``chosen`` and ``without`` are indices."""
    xy = np.array(points, dtype=float)
    radii = np.broadcast_to(np.asarray(radius, dtype=float), len(xy)).copy()
    one, other = np.zeros((2, len(xy)), dtype=bool)
    one[chosen], other[without] = True, True
    found = cover(xy, radii, np.zeros(len(xy), dtype=int), 1, [Selection(one, without=other)])[0]
    assert found.polygons[0].is_valid
    assert found.area[0] == pytest.approx(found.polygons[0].area, rel=1e-9)
    return found.polygons[0], found.area[0]


def lens(distance, radius=R):
    half = distance / 2
    return 2 * (radius**2 * math.acos(half / radius) - half * math.sqrt(radius**2 - half**2))


def test_a_new_disc_beside_an_old_one_is_a_crescent():
    polygon, area = difference([(0, 0), (15, 0)], [0, 1], [0])
    assert area == pytest.approx(math.pi * R**2 - lens(15), rel=1e-9)
    assert polygon.geom_type == "Polygon"


def test_what_both_cover_is_no_difference():
    polygon, area = difference([(0, 0), (15, 0)], [0, 1], [0, 1])
    assert polygon.is_empty
    assert area == 0  # exactly: an unchanged site gains nothing at all


def test_less_than_before_is_no_gain():
    polygon, area = difference([(0, 0), (15, 0)], [0], [0, 1])
    assert polygon.is_empty
    assert area == 0


def test_a_disc_that_others_cover_from_both_sides_adds_two_pieces():
    # Between discs at ±15 m, which touch each other, the middle one shows above and below.
    polygon, area = difference([(-14.9, 0), (0, 0), (14.9, 0)], [0, 1, 2], [0, 2])
    assert polygon.geom_type == "MultiPolygon"
    assert len(polygon.geoms) == 2
    # The outer two share a sliver of a lens, which the middle one covers too: it is counted twice by the two lenses.
    assert area == pytest.approx(math.pi * R**2 - 2 * lens(14.9) + lens(29.8), rel=1e-9)


def test_a_disc_around_an_old_one_gains_a_ring():
    polygon, area = difference([(0, 0), (2, 0)], [0], [1], [15, 5])
    assert len(polygon.interiors) == 1
    assert area == pytest.approx(math.pi * (15**2 - 5**2), rel=1e-12)


def test_a_disc_within_an_old_one_gains_nothing():
    assert difference([(0, 0), (2, 0)], [1], [0], [15, 5])[0].is_empty


def test_a_tank_in_the_place_of_another_gains_nothing():
    assert difference([(3, 4), (3, 4), (40, 0)], [1], [0, 2])[0].is_empty


def test_an_old_disc_amid_new_ones_is_a_hole():
    angle = np.arange(12) * math.pi / 6
    ring = [(50 * math.cos(a), 50 * math.sin(a)) for a in angle]
    polygon, _ = difference([*ring, (0, 0), (50, 3)], range(13), [13])
    discs = shapely.buffer(shapely.points([*ring, (0, 0)]), R, quad_segs=512)
    expected = shapely.difference(shapely.union_all(discs), shapely.Point(50, 3).buffer(R, quad_segs=512))
    assert polygon.area == pytest.approx(expected.area, rel=1e-4)
    assert shapely.hausdorff_distance(polygon, expected) < 0.4  # how far a side of sixteen stands off the circle


@pytest.mark.parametrize("seed", range(40))
def test_equals_geos_on_random_discs_in_several_groups(seed):
    random = np.random.default_rng(100 + seed)
    number = int(random.integers(2, 60))
    xy = random.uniform(0, random.choice([20, 60, 150]), (number, 2))
    if seed % 4 == 0:
        xy = np.round(xy / R) * R  # a lattice: circles touch, and meet three in a point
    radius = np.full(number, R) if seed % 3 else random.uniform(2, 20, number)
    group = random.integers(0, 4, number)
    one, other = random.random((2, number)) < [[0.7], [0.5]]
    gain, loss, start, end = cover(
        xy,
        radius,
        group,
        4,
        [Selection(one, without=other), Selection(other, without=one), Selection(other, False), Selection(one, False)],
    )
    # What changed hands is the change: exactly, as all four follow the same arcs.
    assert gain.area - loss.area == pytest.approx(end.area - start.area, abs=1e-6)
    for found, chosen, without in ((gain, one, other), (loss, other, one)):
        discs = shapely.buffer(shapely.points(xy), radius, quad_segs=256)
        for which in range(4):
            rows = group == which
            whole = shapely.difference(*(shapely.union_all(discs[rows & some]) for some in (chosen, without)))
            assert found.polygons[which].is_valid
            assert found.area[which] == pytest.approx(whole.area, rel=1e-3, abs=0.1)
            assert found.polygons[which].area == pytest.approx(found.area[which], rel=1e-3, abs=0.5)


def test_a_crowd_is_cut_too():
    random = np.random.default_rng(2)
    xy = random.uniform(0, 40, (500, 2))
    polygon, area = difference(xy, range(500), range(250))
    discs = shapely.buffer(shapely.points(xy), R, quad_segs=64)
    expected = shapely.difference(shapely.union_all(discs), shapely.union_all(discs[:250]))
    assert area == pytest.approx(expected.area, rel=0.01)
