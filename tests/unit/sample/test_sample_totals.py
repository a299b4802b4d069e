"""The totals that ISP-Myanmar published, and the shape of the sites, counted here without the plugin's own code."""

import numpy as np
import pytest
from leachwatch.tests.unit.sample.counting import count_sites, site_of, standing
from scipy.spatial import cKDTree

UNDATED, LATEST_SITES, GONE_SITES = 90, 9, 6


@pytest.mark.parametrize(("year", "sites"), [(2020, 126), (2024, 371)])
def test_sites_standing_in_the_year(tanks, year, sites):
    assert count_sites(tanks[standing(tanks, year)]) == sites


def test_tanks_standing_at_the_end_of_2024(tanks):
    assert 2650 <= standing(tanks, 2024).sum() <= 2750


def test_union_of_both_years_is_the_371_sites(tanks):
    both = tanks[standing(tanks, 2020) | standing(tanks, 2024)].assign(site=lambda table: site_of(table))
    in_sites = both[both["site"] >= 0]
    at_end = in_sites[standing(in_sites, 2024)].groupby("site").size()
    at_start = in_sites[standing(in_sites, 2020)].groupby("site").size()

    assert in_sites["site"].nunique() == 371
    assert len(at_end) == 371
    assert at_end.min() >= 4
    assert len(at_start) == 126
    assert at_start.min() >= 4


def test_all_tanks_whatever_their_dates(tanks):
    assert count_sites(tanks) == 371 + LATEST_SITES + GONE_SITES


def test_tanks_are_some_15_m_apart(tanks):
    xyz = tanks.loc[standing(tanks, 2024), ["x", "y", "z"]].to_numpy()
    nearest = cKDTree(xyz).query(xyz, k=2)[0][:, 1]
    assert 13 <= np.median(nearest) <= 17
    assert nearest.min() > 8


def test_sites_are_at_least_400_m_apart(tanks):
    both = tanks[standing(tanks, 2020) | standing(tanks, 2024)]
    site = site_of(both)
    assert gap_between_groups(both[site >= 0], site[site >= 0]) >= 400


def test_ungrouped_tanks_are_more_than_200_m_from_any_site(tanks):
    site = site_of(tanks)
    xyz = tanks[["x", "y", "z"]].to_numpy()
    alone = xyz[site < 0]
    assert cKDTree(xyz[site >= 0]).query(alone)[0].min() > 200
    dated_alone = (site < 0) & tanks["first_seen"].notna().to_numpy()
    assert 60 <= dated_alone.sum() <= 100


def test_two_groups_joined_before_2020_in_two_places(tanks):
    later = tanks[standing(tanks, 2017)].assign(site=lambda table: site_of(table))
    earlier = later[standing(later, 2016)].assign(before=lambda table: site_of(table))
    groups = earlier[(earlier["site"] >= 0) & (earlier["before"] >= 0)].groupby("site")["before"].nunique()
    assert (groups == 2).sum() == 2
    assert groups.max() == 2


def gap_between_groups(tanks, group):
    """The least distance between tanks of different groups (metres), sought within 2 km."""
    xyz = tanks[["x", "y", "z"]].to_numpy()
    pairs = cKDTree(xyz).query_pairs(2000, output_type="ndarray")
    apart = pairs[group[pairs[:, 0]] != group[pairs[:, 1]]]
    return np.linalg.norm(xyz[apart[:, 0]] - xyz[apart[:, 1]], axis=1).min()
