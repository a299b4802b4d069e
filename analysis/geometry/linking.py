"""Single linkage: which points belong together because a chain of neighbours joins them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from .ground import geocentric, straight

# Two points exactly at the link distance are linked, whatever the last digits of their coordinates say.
_ROUNDING = 1e-6
# Above this many neighbours a point, cells of points are linked instead of the points themselves.
_CROWDED = 8


def link(lon: np.ndarray, lat: np.ndarray, distance: float) -> np.ndarray:
    """Return the group of each point (whole numbers from 0), linking points within ``distance`` ground metres.

    ``lon`` and ``lat`` are degrees. Time and memory stay in proportion to the points, also where thousands of them
    lie within one link distance.
    """
    if len(lon) == 0:
        return np.zeros(0, dtype=int)
    points = geocentric(lon, lat)
    reach = straight(distance) + _ROUNDING
    cell, centres = _cells(points, reach)
    size = np.bincount(cell)
    if (size.astype(float) ** 2).sum() <= _CROWDED * len(points):
        return _components(cKDTree(points).query_pairs(reach, output_type="ndarray"), len(points))
    return _link_cells(points, cell, centres, reach)[cell]


def _components(pairs: np.ndarray, nodes: int) -> np.ndarray:
    ones = np.ones(len(pairs), dtype=np.int8)
    graph = coo_matrix((ones, (pairs[:, 0], pairs[:, 1])), shape=(nodes, nodes))
    return connected_components(graph, directed=False)[1]


def _cells(points: np.ndarray, reach: float) -> tuple[np.ndarray, np.ndarray]:
    """Return each point's cell, and the cells' centres. Any two points of a cell are within reach of each other."""
    edge = reach / np.sqrt(3)
    index = np.floor(points / edge)
    code = np.zeros(len(points), dtype=np.int64)
    for axis in index.T:
        along, values = pd.factorize(axis)
        code = pd.factorize(code * len(values) + along)[0]
    centres = np.empty((code.max() + 1, 3))
    centres[code] = (index + 0.5) * edge
    return code, centres


def _link_cells(points: np.ndarray, cell: np.ndarray, centres: np.ndarray, reach: float) -> np.ndarray:
    """Return the group of each cell: cells are linked where any of their points are within reach."""
    order = np.argsort(cell, kind="stable")
    members = np.split(points[order], np.flatnonzero(np.diff(cell[order])) + 1)
    near = cKDTree(centres).query_pairs(2 * reach, output_type="ndarray")
    sample = np.array([member[0] for member in members])
    apart = np.linalg.norm(sample[near[:, 0]] - sample[near[:, 1]], axis=1) > reach
    group = _components(near[~apart], len(centres))

    # What one sample a cell did not join is looked at point by point, and only until the groups have met.
    parent = np.arange(group.max() + 1)

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    trees: dict[int, cKDTree] = {}
    for first, second in near[apart]:
        one, other = root(group[first]), root(group[second])
        if one == other:
            continue
        small, large = sorted((first, second), key=lambda c: len(members[c]))
        if large not in trees:
            trees[large] = cKDTree(members[large])
        if np.isfinite(trees[large].query(members[small], distance_upper_bound=reach)[0]).any():
            parent[max(one, other)] = min(one, other)
    return np.array([root(node) for node in range(len(parent))])[group]
