"""Polygons, and tanks with sites: distances between edges, one site with many tanks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leachwatch.analysis import fields
from leachwatch.analysis.comparison import apart
from leachwatch.analysis.comparison.matching import match
from leachwatch.tests.unit.analysis.comparison.sources import pairs_by_id, source

SITES = fields.SITE_KIND


def boxes(*places, kind=SITES):
    """Boxes of 100 m around places east of the origin."""
    return source([{"east": at, "size": 100.0, "id": f"{at}"} for at in places], kind)


@pytest.mark.parametrize("middle, apart_m", [(50, 0), (100, 0), (130, 30), (250, 150)])
def test_the_distance_is_between_the_edges(middle, apart_m):
    """Boxes of 100 m: their edges are 100 m nearer than their middles, and 0 where they touch."""
    found = match(boxes(0), boxes(middle), 40)
    assert found.nearest_a_m == pytest.approx([apart_m], abs=0.02)
    assert len(found.a) == (apart_m <= 40)


def test_of_several_that_touch_the_nearest_middle_is_matched():
    a, b = boxes(0), boxes(60, -20)
    assert pairs_by_id(match(a, b, 50), a, b) == [("0", "-20")]


def test_sites_as_points_and_as_polygons():
    a, b = boxes(0, 400), source([{"east": 430, "id": "p"}, {"east": 90, "id": "q"}], SITES)
    found = match(a, b, 50)
    assert pairs_by_id(found, a, b) == [("0", "q"), ("400", "p")]
    assert sorted(found.distance) == pytest.approx([0, 40], abs=0.02)


def test_a_source_of_polygons_with_itself():
    found = match(boxes(0, 50, 50, 300), boxes(0, 50, 50, 300), 50)
    assert sorted(found.a) == [0, 1, 2, 3] and found.a.tolist() == found.b.tolist() and (found.distance == 0).all()


def test_a_site_has_many_tanks():
    """Tanks at 0, 30 and 60 m are nearest to site 40, the one at 200 to site 230; 900 is near none."""
    tanks = source([{"east": at, "id": str(at)} for at in (0, 30, 60, 200, 900)])
    sites = source([{"east": at, "id": f"s{at}"} for at in (40, 230, 2000)], SITES)
    found = match(tanks, sites, 50)
    expected = [("0", "s40"), ("200", "s230"), ("30", "s40"), ("60", "s40")]
    assert pairs_by_id(found, tanks, sites) == expected and not found.one_to_one
    turned = match(sites, tanks, 50)
    assert sorted((j, i) for i, j in pairs_by_id(turned, sites, tanks)) == expected


def test_a_site_that_is_no_tanks_nearest_has_its_nearest_tank():
    """Both sites are within 50 m of the one tank: the nearer is its partner, the other is not alone either."""
    tanks, sites = source([{"id": "t"}]), source([{"east": 10, "id": "near"}, {"east": 40, "id": "far"}], SITES)
    assert pairs_by_id(match(tanks, sites, 50), tanks, sites) == [("t", "far"), ("t", "near")]


def test_tanks_in_and_beside_a_polygon():
    tanks = source([{"east": at, "id": str(at)} for at in (0, 80, 120)])
    found = match(tanks, boxes(0), 50)
    # The edge is at 50 m: 0 inside, 30 m, and 70 m, which is too far.
    assert sorted(found.distance) == pytest.approx([0, 30], abs=0.02)
    assert found.nearest_a_m == pytest.approx([0, 30, 70], abs=0.02)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=12), st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_nearest_polygons_are_found_among_all(ones, others):
    """Boxes of 100 m in a row: between the edges lie |middles| − 100 m, or nothing."""
    a, b = boxes(*(25 * x for x in ones)), boxes(*(25 * x for x in others))
    found = match(a, b, 50)
    for index, x in enumerate(ones):
        expected = min(max(abs(25 * x - 25 * y) - 100, 0) for y in others)
        assert found.nearest_a_m[index] == pytest.approx(expected, abs=0.2)


def test_a_far_polygon_with_few_corners_is_the_nearest():
    """A long box, its corners 5 km away but its edge 100 m, is nearer than a small one 400 m away."""
    long = source(
        [{"north": 5100, "size": 10_000.0, "id": "long"}, {"north": -450, "size": 100.0, "id": "small"}], SITES
    )
    found = match(source([{}], SITES), long, 50)
    assert found.nearest_a.tolist() == [0] and found.nearest_a_m == pytest.approx([100], rel=0.02)


def test_a_crowd_of_polygons_is_refused(monkeypatch):
    monkeypatch.setattr(apart, "_MOST_PAIRS", 20)
    many = boxes(*np.arange(6.0))
    with pytest.raises(apart.TooManyPairs):
        match(many, many, 50)
