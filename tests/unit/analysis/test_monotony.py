"""A larger link distance joins groups and splits none; a larger minimum drops sites; more tanks cover more ground."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.geometry.linking import link
from leachwatch.analysis.sites.detection import detect_sites
from leachwatch.analysis.sites.sensitivity import Grid, sensitivity
from leachwatch.tests.unit.analysis.drawn_worlds import STEADY, WORLDS
from leachwatch.tests.unit.analysis.worlds import tanks

DISTANCES = st.floats(0.5, 4000)


def detected(table, **definition):
    return detect_sites(table, None, "standing", SiteDefinition(**definition))


@STEADY
@given(WORLDS, DISTANCES, DISTANCES)
def test_a_larger_link_distance_joins_groups_and_splits_none(rows, one, other):
    near, far = sorted((one, other))
    table = tanks(rows)
    lon, lat = table["lon"].to_numpy(), table["lat"].to_numpy()
    small, large = link(lon, lat, near), link(lon, lat, far)
    assert len(np.unique(large)) <= len(np.unique(small))
    # Every group of the smaller distance lies in one of the larger.
    assert len(np.unique(np.column_stack([small, large]), axis=0)) == len(np.unique(small))


@STEADY
@given(WORLDS, st.floats(1, 2000), st.integers(1, 6), st.integers(1, 6))
def test_a_larger_minimum_never_makes_more_sites(rows, distance, one, other):
    few, many = sorted((one, other))
    table = tanks(rows)
    low, high = (detected(table, link_distance=distance, min_tanks=number) for number in (few, many))
    assert set(high.sites["site_id"]) <= set(low.sites["site_id"])
    assert high.tanks_in_state("in site") <= low.tanks_in_state("in site")
    assert high.footprint_ha <= low.footprint_ha + 1e-9


@STEADY
@given(WORLDS)
def test_sensitivity_falls_along_the_minimums_and_rises_along_the_distances(rows):
    grid = Grid([5.0, 50.0, 150.0, 500.0, 5000.0], [1, 2, 3, 5])
    table = sensitivity(tanks(rows), None, "standing", grid)
    inside = table.pivot(index="min_tanks", columns="link_distance_m", values="tanks_in_sites").to_numpy()
    assert (np.diff(inside, axis=0) <= 0).all()
    assert (np.diff(inside, axis=1) >= 0).all()
    groups = table[table["min_tanks"] == 1]["sites"].to_numpy()
    assert (np.diff(groups) <= 0).all()
    assert (table["tanks_in_sites"] + table["ungrouped"] == len(rows)).all()


@STEADY
@given(WORLDS, st.integers(0, 40), st.sampled_from(["buffered", "convex"]))
def test_more_tanks_never_cover_less_ground(rows, left_out, footprint):
    """In one site, so that the discs of several do not lie on top of each other."""
    one_site = {"link_distance": 50_000.0, "min_tanks": 1, "footprint": footprint}
    some = detected(tanks(rows[: max(len(rows) - left_out, 0)]), **one_site).footprint_ha
    every = detected(tanks(rows), **one_site).footprint_ha
    # A hull drawn buffered, since it was a line, has arcs of other corners than the hull after it.
    assert every >= some * (1 - 1e-3)
    if footprint == "buffered":
        assert every >= some - 1e-6


@STEADY
@given(WORLDS, st.floats(1, 60), st.floats(1, 60))
def test_a_wider_padding_never_covers_less(rows, one, other):
    narrow, wide = sorted((one, other))
    table = tanks(rows)
    assert detected(table, padding=wide).footprint_ha >= detected(table, padding=narrow).footprint_ha - 1e-6
