"""Which tanks of two sources are the same: known answers, and a slow way that the fast one must equal."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leachwatch.analysis import fields
from leachwatch.analysis.comparison import nearest_first
from leachwatch.analysis.comparison.matching import match
from leachwatch.analysis.comparison.things import Things
from leachwatch.tests.unit.analysis.comparison.sources import pairs_by_id, slow_pairs, source

SITES = fields.SITE_KIND


def east(*metres, **more):
    return [{"east": at, **more} for at in metres]


def test_one_tank_in_two_sources():
    a, b = source(east(0)), source(east(30))
    found = match(a, b, 50)
    assert pairs_by_id(found, a, b) == [("0", "0")]
    assert found.distance == pytest.approx([30], abs=1e-3)


@pytest.mark.parametrize("apart, pairs", [(49.99, 1), (50, 1), (50.01, 0)])
def test_the_distance_is_included(apart, pairs):
    found = match(source(east(0)), source(east(apart)), 50)
    assert len(found.a) == pairs
    assert found.nearest_a_m == pytest.approx([apart], abs=1e-3)


def test_two_tanks_do_not_match_the_same_one():
    """A0 is 20 m, A1 10 m from B0: A1 has it, and A0 stays alone although it is near."""
    a, b = source(east(0, 30)), source(east(20))
    found = match(a, b, 50)
    assert pairs_by_id(found, a, b) == [("1", "0")]
    assert found.nearest_a.tolist() == [0, 0] and found.nearest_a_m == pytest.approx([20, 10], abs=1e-3)


def test_the_nearest_pair_first_then_the_nearest_of_those_left():
    """B0 (25) is 5 m from A1 (30) and 25 m from A0 (0). A1–B0 first; A0's next, B1 (45), is 45 m away and free."""
    a, b = source(east(0, 30)), source(east(25, 45))
    assert pairs_by_id(match(a, b, 50), a, b) == [("0", "1"), ("1", "0")]
    assert pairs_by_id(match(a, b, 40), a, b) == [("1", "0")]


def test_equally_near_ones_are_decided_by_place():
    """B0 stands 20 m north of A "south" and 20 m south of A "north": the southern pair comes first."""
    rows = [{"north": 20, "id": "north"}, {"north": -20, "id": "south"}]
    b = source([{}])
    for order in (rows, rows[::-1]):
        a = source(order)
        assert pairs_by_id(match(a, b, 50), a, b) == [("south", "0")]


def test_a_chain_of_equal_gaps_is_settled_from_the_south():
    """A and B by turns every 10 m northward: A0-B0, A1-B1 … ."""
    a = source([{"north": 20.0 * n} for n in range(30)])
    b = source([{"north": 20.0 * n + 10} for n in range(30)])
    assert pairs_by_id(match(a, b, 50), a, b) == sorted((str(n), str(n)) for n in range(30))


def test_an_empty_source():
    a, nothing = source(east(0, 30)), source([])
    for found in (match(a, nothing, 50), match(nothing, a, 50)):
        assert len(found.a) == 0
    assert match(a, nothing, 50).nearest_a.tolist() == [-1, -1]
    assert np.isnan(match(a, nothing, 50).nearest_a_m).all()


@pytest.mark.parametrize("kind", [fields.TANK_KIND, SITES])
def test_a_source_with_itself(kind):
    """Also with tanks in one place: each has its own partner, at 0 m."""
    rows = east(0, 5, 10, 10, 10, 300)
    found = match(source(rows, kind), source(rows, kind), 50)
    assert found.a.tolist() == found.b.tolist() and sorted(found.a.tolist()) == list(range(6))
    assert (found.distance == 0).all()


def test_what_stands_in_one_place_is_matched_as_often_as_both_have_it():
    a, b = source(east(*[0] * 5)), source(east(*[3] * 3))
    found = match(a, b, 50)
    assert len(found.a) == len(set(found.a)) == len(set(found.b)) == 3


def test_equal_places_are_told_apart_by_what_is_known_of_them():
    rows = [{"id": name, "status": status} for name, status in (("x", "active"), ("y", "abandoned"), ("z", None))]
    b = source([{"east": 1}])
    found = {
        pairs_by_id(match(a, b, 50), a, b)[0] for a in (source(rows), source(rows[::-1]), source(rows[1:] + rows[:1]))
    }
    assert len(found) == 1


PLACES = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 4)), max_size=14)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(PLACES, PLACES, st.sampled_from([0.01, 10, 15, 22.5, 40]))
def test_the_fast_way_equals_the_slow_one(ones, others, reach):
    """On a grid of 10 m, so that many pairs are equally near and many places are shared."""
    a, b = (source([{"east": 10.0 * x, "north": 10.0 * y} for x, y in places]) for places in (ones, others))
    found = match(a, b, reach)
    pairs = sorted((tuple(a.place[i]), tuple(b.place[j])) for i, j in zip(found.a, found.b))
    assert pairs == slow_pairs(a, b, reach)


def jumbled(seed, number=40):
    random = np.random.default_rng(seed)
    return [{"east": x, "north": y, "id": str(n)} for n, (x, y) in enumerate(random.uniform(0, 250, (number, 2)))]


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_of_sources_matters(seed, shuffler):
    ones, others = jumbled(seed), jumbled(seed + 1, 30)
    a, b = source(ones), source(others)
    first = pairs_by_id(match(a, b, 50), a, b)
    pairs = sorted((tuple(a.place[int(i)]), tuple(b.place[int(j)])) for i, j in first)
    assert pairs == slow_pairs(a, b, 50)
    shuffler.shuffle(ones)
    shuffler.shuffle(others)
    a, b = source(ones), source(others)
    assert pairs_by_id(match(a, b, 50), a, b) == first
    assert sorted((j, i) for i, j in pairs_by_id(match(b, a, 50), b, a)) == first


def test_rings_change_nothing(monkeypatch):
    """With room for 100 pairs at a time, as in a crowd, the pairs are the same."""
    a, b = source(jumbled(1, 120)), source(jumbled(2, 120))
    whole = match(a, b, 200)
    monkeypatch.setattr(nearest_first, "_MOST_PAIRS", 100)
    ringed = match(a, b, 200)
    assert len(whole.a) > 100 and whole.a.tolist() == ringed.a.tolist() and whole.b.tolist() == ringed.b.tolist()


@pytest.mark.parametrize("spread", [0.0, 0.5])
def test_a_crowd_in_one_place_is_bounded(spread):
    """6,000 in one place, or within half a metre: 36 million pairs lie within the distance."""
    import shapely

    random, number = np.random.default_rng(5), 6_000
    small = source([{}])
    sides = []
    for _ in range(2):
        places = small.place + random.uniform(0, spread, (number, 2)) * 1e-5
        table = small.table.loc[[0] * number].reset_index(drop=True)
        sides.append(Things(fields.TANK_KIND, shapely.points(places), table))
    found = match(*sides, 50)
    assert len(set(found.a)) == len(set(found.b)) == number


def test_the_sources_may_lie_across_the_antimeridian():
    a = source([{"id": "west"}], origin=(179.9999, 10))
    b = source([{"id": "east"}], origin=(-179.9999, 10))
    found = match(a, b, 50)
    # 0.0002 degrees of longitude at 10° N: 111,320 m × cos 10° × 0.0002 = 21.9 m
    assert found.distance == pytest.approx([21.9], abs=0.1)
