"""Units across the antimeridian."""

import numpy as np
import pytest
import shapely
from leachwatch.analysis.units.antimeridian import cut_at_antimeridian
from leachwatch.analysis.units.placement import usable_polygons

# Ten degrees of sea: from 175° E to 175° W, in every way that files write it.
COUNTED_ON = shapely.box(175, -20, 185, -10)
JUMPING = shapely.Polygon([(175, -20), (-175, -20), (-175, -10), (175, -10)])
WESTWARDS = shapely.box(-185, -20, -175, -10)
PARTS = shapely.MultiPolygon([shapely.box(175, -20, 180, -10), shapely.box(-180, -20, -175, -10)])


@pytest.mark.parametrize("polygon", [COUNTED_ON, JUMPING, WESTWARDS])
def test_all_ways_of_writing_it_are_the_same_ground(polygon):
    (found,), number = cut_at_antimeridian(np.array([polygon]))
    assert number == 1
    assert shapely.equals(found, PARTS)


def test_what_lies_within_the_world_stays_as_it_is():
    world, wide = shapely.box(-180, -90, 180, 90), shapely.box(-100, 0, 100, 10)
    given = np.array([PARTS, world, wide, None, shapely.box(98, 25, 99, 26), shapely.Polygon()], dtype=object)
    found, number = cut_at_antimeridian(given)
    assert number == 0
    assert found.tolist() == given.tolist()


def test_holes_and_other_parts_go_along():
    hole = [(179, -16), (-179, -16), (-179, -14), (179, -14)]
    small = [(-178, -19), (-177, -19), (-177, -18), (-178, -18)]
    away = shapely.box(170, 0, 171, 1)
    given = shapely.MultiPolygon([shapely.Polygon(JUMPING.exterior, [hole, small]), away])
    (found,), _ = cut_at_antimeridian(np.array([given]))
    lon, lat = [179.5, -179.5, -177.5, 178, -178, 170.5, 0.0], [-15, -15, -18.5, -15, -15, 0.5, -15]
    assert shapely.contains_xy(found, lon, lat).tolist() == [False, False, False, True, True, True, False]
    # 10 × 10, less 2 × 2 and 1 × 1, and 1 × 1 elsewhere.
    assert found.area == pytest.approx(96)


def test_a_world_counted_from_0_to_360():
    (found,), number = cut_at_antimeridian(usable_polygons([shapely.box(200, 10, 210, 20).wkb]))
    assert number == 1 and shapely.equals(found, shapely.box(-160, 10, -150, 20))


def test_metres_taken_for_degrees_are_still_no_polygon():
    assert usable_polygons([shapely.box(400_000, 2_800_000, 500_000, 2_900_000).wkb]).tolist() == [None]
