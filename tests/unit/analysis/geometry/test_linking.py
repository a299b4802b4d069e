"""Single linkage against a slow and obvious implementation, and at places where shortcuts fail."""

import numpy as np
import pytest
from leachwatch.analysis.geometry import linking
from leachwatch.tests.unit.analysis.worlds import CHIPWI, GEOD, place


def slow_groups(lon, lat, distance):
    """Join every pair within the geodesic distance, one by one."""
    group = list(range(len(lon)))
    for one in range(len(lon)):
        for other in range(one):
            if GEOD.inv(lon[one], lat[one], lon[other], lat[other])[2] <= distance and group[one] != group[other]:
                old, new = group[one], group[other]
                group = [new if value == old else value for value in group]
    return group


def same_partition(one, other):
    pairs = set(zip(one, other))
    return len(pairs) == len(set(one)) == len(set(other))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("distance", [20.0, 60.0, 150.0])
def test_equals_the_slow_way_on_random_points(seed, distance):
    random = np.random.default_rng(seed)
    lon, lat = place(random.uniform(0, 900, 90), random.uniform(0, 900, 90))
    assert same_partition(linking.link(lon, lat, distance).tolist(), slow_groups(lon, lat, distance))


@pytest.mark.parametrize("seed", range(6))
def test_crowded_points_are_linked_cell_by_cell_with_the_same_answer(seed, monkeypatch):
    random = np.random.default_rng(seed)
    middle = random.uniform(0, 1500, (12, 2))
    points = np.concatenate([centre + random.normal(0, 15, (40, 2)) for centre in middle])
    lon, lat = place(points[:, 0], points[:, 1])
    by_cells = linking.link(lon, lat, 150.0)
    monkeypatch.setattr(linking, "_CROWDED", float("inf"))
    by_points = linking.link(lon, lat, 150.0)
    assert len(set(by_points)) > 1
    assert same_partition(by_cells.tolist(), by_points.tolist())


@pytest.mark.parametrize(
    ("origin", "where"),
    [
        (CHIPWI, "Kachin"),
        ((115.0, 24.8), "Jiangxi"),
        ((96.0, 25.0), "the border of two UTM zones"),
        ((179.9999, 10.0), "the antimeridian"),
        ((20.0, 78.0), "far north"),
    ],
)
def test_the_link_distance_is_ground_metres_everywhere(origin, where):
    for east, north in ((149.9, 0), (0, 149.9)):
        lon, lat = place([0, east], [0, north], origin)
        assert len(set(linking.link(lon, lat, 150.0))) == 1, where
    for east, north in ((150.1, 0), (0, 150.1)):
        lon, lat = place([0, east], [0, north], origin)
        assert len(set(linking.link(lon, lat, 150.0))) == 2, where


def test_two_tanks_at_exactly_the_link_distance_are_linked():
    lon, lat = place([0, 150, 300], [0, 0, 0])
    assert len(set(linking.link(lon, lat, 150.0))) == 1


def test_fifty_thousand_tanks_in_one_place_are_one_group():
    random = np.random.default_rng(1)
    lon, lat = place(random.uniform(0, 80, 50_000), random.uniform(0, 80, 50_000))
    assert set(linking.link(lon, lat, 150.0)) == {0}


def test_a_larger_distance_never_makes_more_groups():
    random = np.random.default_rng(5)
    lon, lat = place(random.uniform(0, 3000, 400), random.uniform(0, 3000, 400))
    groups = [len(set(linking.link(lon, lat, d))) for d in (1, 10, 50, 100, 150, 300, 1000, 100_000)]
    assert groups == sorted(groups, reverse=True)
    assert groups[0] > groups[-1] == 1


def test_no_points_make_no_groups():
    assert len(linking.link(np.zeros(0), np.zeros(0), 150.0)) == 0
