"""The rules of time and of sites, written anew and in few words, to count the sample without the plugin's own code."""

from pathlib import Path

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

SHIPPED = Path(__file__).resolve().parents[3] / "resources" / "sample"
LINK_M, MIN_TANKS = 150, 4


def standing(tanks, year):
    """First seen in or before the year, and not seen gone by then."""
    return (tanks["first_seen_year"] <= year) & ~(tanks["gone_by_year"] <= year)


def site_of(tanks):
    """Single linkage within 150 m: the number of the site of each tank, or -1."""
    xyz = tanks[["x", "y", "z"]].to_numpy()
    pairs = cKDTree(xyz).query_pairs(LINK_M, output_type="ndarray")
    links = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(xyz), len(xyz)))
    _, group = connected_components(links, directed=False)
    size = np.bincount(group)
    return np.where(size[group] >= MIN_TANKS, group, -1)


def count_sites(tanks):
    site = site_of(tanks)
    return len(np.unique(site[site >= 0]))
