"""Sites under every pair of link distance and minimum: known answers, independence, monotony."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.progress import Cancelled
from leachwatch.analysis.sites.detection import detect_sites
from leachwatch.analysis.sites.plateau import plateau
from leachwatch.analysis.sites.sensitivity import Grid, plateaus, sensitivity
from leachwatch.tests.unit.analysis.worlds import CHIPWI, random_rows, row_of, tanks
from scipy.cluster.hierarchy import fcluster, linkage

# Three rows from west to east. A: 5 tanks, 20 m apart (0 … 80). B: 3 tanks, 40 m apart (200 … 280), 120 m from A.
# C: 2 tanks, 90 m apart (1000, 1090), 720 m from B.
ROWS = [*row_of(5, spacing=20.0), *row_of(3, east=200.0, spacing=40.0), *row_of(2, east=1000.0, spacing=90.0)]
DISTANCES = (10.0, 20.0, 40.0, 90.0, 120.0, 700.0, 720.5)
# Groups at each distance: 10 tanks alone · A and 5 alone · A, B and 2 alone · A, B, C · AB, C · AB, C · ABC.
SITES = {
    1: [10, 6, 4, 3, 2, 2, 1],
    2: [0, 1, 2, 3, 2, 2, 1],
    4: [0, 1, 1, 1, 1, 1, 1],
    9: [0, 0, 0, 0, 0, 0, 1],
}
TANKS = {
    1: [10] * 7,
    2: [0, 5, 8, 10, 10, 10, 10],
    4: [0, 5, 5, 5, 8, 8, 10],
    9: [0, 0, 0, 0, 0, 0, 10],
}
LARGEST = {1: [1, 5, 5, 5, 8, 8, 10], 9: [0] * 6 + [10]}
MEDIAN = {1: [1, 1, 2, 3, 5, 5, 10], 2: [math.nan, 5, 4, 3, 5, 5, 10]}
PADDING = 8.0  # less than half of every spacing: no discs touch, and each tank covers one disc


def table(rows=ROWS, distances=DISTANCES, minimums=(1, 2, 4, 9), year=None, counting="standing", **grid):
    return sensitivity(tanks(rows), year, counting, Grid(distances, minimums, **{"padding": PADDING, **grid}))


def column(frame, minimum, name):
    return frame.loc[frame["min_tanks"] == minimum, name].tolist()


def test_three_rows_by_hand():
    found = table()
    for minimum in SITES:
        assert column(found, minimum, "link_distance_m") == list(DISTANCES)
        assert column(found, minimum, "sites") == SITES[minimum]
        assert column(found, minimum, "tanks_in_sites") == TANKS[minimum]
        assert column(found, minimum, "ungrouped") == [10 - tanks for tanks in TANKS[minimum]]
        disc = math.pi * PADDING**2 / 10_000
        expected = [tanks * disc for tanks in TANKS[minimum]]
        assert column(found, minimum, "footprint_ha") == pytest.approx(expected, rel=1e-3)
    for name, known in (("largest_site_tanks", LARGEST), ("median_site_tanks", MEDIAN)):
        for minimum, expected in known.items():
            assert column(found, minimum, name) == pytest.approx(expected, nan_ok=True)


def test_the_change_against_the_pair_before_is_not_known_for_the_first_and_from_zero():
    found = table()
    # 10 → 6 → 4 → 3 → 2 → 2 → 1
    expected = [math.nan, -40, -100 / 3, -25, -100 / 3, 0, -50]
    assert column(found, 1, "sites_change_pct") == pytest.approx(expected, nan_ok=True, abs=1e-5)
    assert column(found, 1, "footprint_change_pct") == pytest.approx([math.nan, *[0] * 6], nan_ok=True, abs=1e-5)
    assert column(found, 2, "sites_change_pct") == pytest.approx(
        [math.nan, math.nan, 100, 50, -100 / 3, 0, -50], nan_ok=True, abs=1e-5
    )


def test_each_row_carries_its_definition():
    found = table(footprint="convex", distances=(15.0, 40.0), minimums=(1,))
    assert set(found["footprint_method"]) == {"convex"}
    assert column(found, 1, "sites_fell_back") == [10, 4]  # points and straight rows have no hull
    assert column(found, 1, "footprints_may_overlap") == ["yes", "no"]  # 2 × 8 m is more than 15 m
    assert set(found["counting"]) == {"all tanks"} and found["year"].isna().all()
    dated = [{**row, "first_seen": "2015-01-01"} for row in ROWS[:5]] + ROWS[5:]
    found = table(dated, year=2020, counting="cumulative", minimums=(2,))
    assert set(found["year"]) == {2020} and set(found["counting"]) == {"cumulative"}
    assert (found["tanks_in_sites"] + found["ungrouped"] == 5).all(), "the undated count in no year"


@pytest.mark.parametrize("footprint", ["buffered", "discs", "concave", "convex"])
@pytest.mark.parametrize("seed", [1, 2])
def test_each_pair_equals_the_detection_of_its_sites(footprint, seed):
    """Groups that a larger distance leaves as they were are not drawn again: the sums must not show it."""
    rows = [{**row, "diameter_m": 5.0 + number % 20} for number, row in enumerate(random_rows(seed, 150))]
    layer, distances, minimums = tanks(rows), (30.0, 60.0, 150.0, 400.0), (1, 3, 8)
    found = sensitivity(layer, 2018, "standing", Grid(distances, minimums, footprint)).to_dict("records")
    pairs = [(minimum, distance) for minimum in minimums for distance in distances]
    for row, (minimum, distance) in zip(found, pairs):
        one = detect_sites(layer, 2018, "standing", SiteDefinition(distance, minimum, footprint))
        assert (row["link_distance_m"], row["min_tanks"]) == (distance, minimum)
        assert row["sites"] == len(one.sites)
        assert (row["tanks_in_sites"], row["ungrouped"]) == (
            one.tanks_in_state("in site"),
            one.tanks_in_state("ungrouped"),
        )
        assert row["footprint_ha"] == pytest.approx(one.footprint_ha)
        fallen = (one.sites["footprint_method"] != footprint).sum()
        assert row["sites_fell_back"] == fallen


places = st.lists(st.tuples(st.floats(0, 900), st.floats(0, 900)), min_size=1, max_size=40)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(places)
def test_monotony_and_single_linkage_by_scipy(where):
    rows = [{"east": east, "north": north} for east, north in where]
    distances, minimums = (20.0, 75.0, 160.0, 500.0), (1, 2, 5)
    found = table(rows, distances, minimums)
    groups = column(found, 1, "sites")
    assert groups == sorted(groups, reverse=True), "a larger link distance never makes more groups"
    for distance in distances:
        by_minimum = found[found["link_distance_m"] == distance]
        assert by_minimum["sites"].is_monotonic_decreasing, "a larger minimum never makes more sites"
        assert by_minimum["tanks_in_sites"].is_monotonic_decreasing
    for minimum in minimums:
        assert found.loc[found["min_tanks"] == minimum, "tanks_in_sites"].is_monotonic_increasing
    assert (found["tanks_in_sites"] + found["ungrouped"] == len(rows)).all()
    if len(rows) > 1:
        tree = linkage(np.array(where), "single")
        near_a_limit = np.abs(tree[:, 2][:, None] - np.array(distances)).min() < 0.05
        if not near_a_limit:  # metres of the test's plane and of the ground differ by millimetres
            assert groups == [fcluster(tree, distance, "distance").max() for distance in distances]


def test_the_order_of_the_rows_changes_nothing():
    rows = random_rows(3, 120)
    shuffled = [rows[index] for index in np.random.default_rng(1).permutation(len(rows))]
    one, other = (table(layer, year=2020) for layer in (rows, shuffled))
    assert one.round(6).equals(other.round(6))


def test_across_two_utm_zones():
    rows = row_of(6, spacing=100.0)
    found = sensitivity(tanks(rows, (95.9975, 25.0)), None, "standing", Grid((99.9, 100.1), (1,)))
    assert found["sites"].tolist() == [6, 1]
    assert CHIPWI[0] > 96 > 95.9975


def test_no_tanks():
    found = table([])
    assert found["sites"].tolist() == [0] * 28 and found["footprint_ha"].tolist() == [0.0] * 28
    assert found["median_site_tanks"].isna().all() and plateaus(found) == {}


def test_the_plateau_of_three_rows():
    """Of a minimum of 4: one site of 5 tanks from 20 to 90 m (ratio 4.5), one of 8 from 120 to 700 (two distances)."""
    found = table()
    assert column(found, 4, "on_plateau") == ["no", "yes", "yes", "yes", "no", "no", "no"]
    assert plateaus(found) == {4: (20.0, 90.0)}


def flat(sites, tanks_in=None, distances=(50, 100, 150, 200, 300), change=10.0, possible=None):
    numbers = np.column_stack([sites, tanks_in or [100] * len(sites)]).astype(float)
    possible = np.ones(len(sites), bool) if possible is None else np.array(possible)
    on = plateau(np.array(distances, float), numbers, possible, change)
    return [distance for distance, there in zip(distances, on) if there]


def test_where_the_plateau_is():
    assert flat([50, 30, 29, 28, 20]) == [100, 150, 200]
    assert flat([100, 95, 90, 80, 70]) == [50, 100, 150], "10 % below the highest is still flat"
    assert flat([100, 95, 89, 80, 70]) == [], "11 % is not, though no single step is more than 7 %"
    assert flat([20, 21, 22, 22, 21]) == [50, 100, 150, 200, 300], "numbers may rise and fall"
    assert flat([30, 30, 30, 30, 30], [10, 50, 90, 95, 99]) == [150, 200, 300], "as many begin as join: not flat"
    assert flat([30, 30, 30, 10, 10], change=0.0) == [50, 100, 150]


def test_no_plateau_is_invented():
    assert flat([90, 70, 50, 30, 10]) == []
    assert flat([40, 30, 20, 20, 10]) == [], "two distances are no run"
    assert flat([40, 40, 40, 30, 20], distances=(140, 145, 150, 200, 300)) == [], "too near each other to tell"
    assert flat([0, 0, 0, 0, 0], possible=[False] * 5) == []
    assert flat([5, 5, 5, 5, 1], possible=[False, False, False, True, True]) == []
    assert flat([5], distances=(150,)) == []


def test_of_two_plateaus_the_wider_then_that_of_smaller_distances():
    narrow_then_wide = flat([9, 9, 9, 3, 3, 3], distances=(100, 150, 200, 300, 600, 900))
    assert narrow_then_wide == [300, 600, 900]
    assert flat([9, 9, 9, 3, 3, 3], distances=(100, 150, 200, 300, 450, 600)) == [100, 150, 200]


def test_it_stops():
    def stop(fraction):
        if fraction > 0.4:
            raise Cancelled

    with pytest.raises(Cancelled):
        sensitivity(tanks(ROWS), None, "standing", Grid(DISTANCES, (1,)), stop)


def test_progress_goes_forward():
    seen = []
    sensitivity(tanks(ROWS), None, "standing", Grid(DISTANCES, (1, 4)), seen.append)
    assert seen == sorted(seen) and seen[0] >= 0 and seen[-1] <= 1 and len(seen) > len(DISTANCES)
