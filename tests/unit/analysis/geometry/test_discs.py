"""Unions of discs against areas worked out by hand, and against GEOS with very round circles."""

import math

import numpy as np
import pytest
import shapely
from leachwatch.analysis.geometry import discs

R = 15.0


def union(points, radius=R):
    xy = np.array(points, dtype=float)
    radii = np.broadcast_to(np.asarray(radius, dtype=float), len(xy)).copy()
    group = np.zeros(len(xy), dtype=int)
    whole = discs.cover(xy, radii, group, 1, [discs.Selection(np.ones(len(xy), dtype=bool))])[0]
    assert whole.area[0] == pytest.approx(shapely.area(whole.polygons[0]), rel=1e-9)
    return whole.polygons[0]


def lens(distance, radius=R):
    """The area that two equal discs share (circle-circle intersection)."""
    half = distance / 2
    return 2 * (radius**2 * math.acos(half / radius) - half * math.sqrt(radius**2 - half**2))


def test_one_disc_has_the_area_of_a_circle():
    assert union([(0, 0)]).area == pytest.approx(math.pi * R**2, rel=1e-12)


def test_two_discs_share_a_lens():
    assert union([(0, 0), (15, 0)]).area == pytest.approx(2 * math.pi * R**2 - lens(15), rel=1e-9)


def test_a_row_of_five_shares_four_lenses():
    # Tanks 20 m apart: only neighbours overlap, so the lenses are all there is to take off.
    row = [(20 * number, 0) for number in range(5)]
    assert union(row).area == pytest.approx(5 * math.pi * R**2 - 4 * lens(20), rel=1e-9)


def test_discs_that_do_not_touch_are_a_multipolygon():
    polygon = union([(0, 0), (40, 0)])
    assert polygon.geom_type == "MultiPolygon"
    assert polygon.area == pytest.approx(2 * math.pi * R**2, rel=1e-12)


def test_two_discs_in_one_place_are_one():
    assert union([(3, 4), (3, 4)]).area == pytest.approx(math.pi * R**2, rel=1e-12)


def test_a_disc_within_another_adds_nothing():
    assert union([(0, 0), (2, 0)], [15, 5]).area == pytest.approx(math.pi * R**2, rel=1e-12)


def test_a_ring_of_discs_has_a_hole_and_an_island_in_it():
    angle = np.arange(12) * math.pi / 6
    ring = np.column_stack([np.cos(angle), np.sin(angle)]) * 50
    polygon = union([*ring, (0.0, 0.0)])
    expected = shapely.union_all(shapely.buffer(shapely.points([*ring, (0.0, 0.0)]), R, quad_segs=512))
    assert sum(len(part.interiors) for part in polygon.geoms) == 1
    assert polygon.area == pytest.approx(expected.area, rel=1e-4)
    assert polygon.is_valid


@pytest.mark.parametrize("seed", range(40))
def test_equals_geos_on_random_discs_in_several_groups(seed):
    random = np.random.default_rng(seed)
    number = int(random.integers(1, 60))
    xy = random.uniform(0, random.choice([20, 60, 150]), (number, 2))
    if seed % 4 == 0:
        xy = np.round(xy / R) * R  # a lattice: circles touch, and meet three in a point
    radius = np.full(number, R) if seed % 3 else random.uniform(2, 20, number)
    group = random.integers(0, 4, number)
    few = random.random(number) < 0.4
    covers = discs.cover(xy, radius, group, 4, [discs.Selection(few), discs.Selection(np.ones(number, dtype=bool))])
    drawn = [cover.polygons for cover in covers]
    for selected, (area, polygons) in zip((few, np.ones(number, dtype=bool)), covers):
        # Where circles meet in a point GEOS draws the group, a hair off the true arcs that the area follows.
        assert area == pytest.approx(shapely.area(polygons), rel=2e-4)
        for which in range(4):
            rows = selected & (group == which)
            expected = shapely.union_all(shapely.buffer(shapely.points(xy[rows]), radius[rows], quad_segs=256))
            assert polygons[which].is_valid
            assert polygons[which].area == pytest.approx(expected.area, rel=1e-3)
    assert shapely.area(shapely.difference(*drawn)).max() < 0.1  # what few cover, all cover


def test_a_selection_is_drawn_alike_whatever_else_stands_there():
    """The outline that a smaller and a larger selection share is the same line: no slivers between them."""
    xy = np.array([(0.0, 0.0), (15.0, 0.0), (100.0, 0.0), (115.0, 3.0)])
    selections = [discs.Selection(np.array([1, 1, 0, 0], bool)), discs.Selection(np.ones(4, bool))]
    covers = discs.cover(xy, np.full(4, R), np.zeros(4, dtype=int), 1, selections)
    before, after = (cover.polygons for cover in covers)
    assert shapely.difference(before[0], after[0]).area == 0
    assert shapely.difference(after[0], before[0]).area == pytest.approx(after[0].area - before[0].area, rel=1e-9)


def test_a_crowd_is_dissolved_too():
    random = np.random.default_rng(2)
    xy = random.uniform(0, 30, (400, 2))
    expected = shapely.union_all(shapely.buffer(shapely.points(xy), R, quad_segs=64))
    assert union(xy).area == pytest.approx(expected.area, rel=2e-3)


def test_no_discs_cover_nothing():
    none = np.zeros(0)
    empty = discs.cover(np.zeros((0, 2)), none, none.astype(int), 2, [discs.Selection(none.astype(bool))])[0].polygons
    assert [polygon.is_empty for polygon in empty] == [True, True]
