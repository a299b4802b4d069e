"""One to one, the nearest pair first, then the nearest of those left, until none is within reach."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.spatial import cKDTree

from ..progress import Progress, silent

# Distances equal to a tenth of a millimetre are equal; what comes first is then a matter of place.
STEP = 1e-4
# About so many pairs are looked at in one go, whatever the crowd.
_MOST_PAIRS = 500_000
_SAMPLE = 300


def pair_places(
    points: tuple[np.ndarray, np.ndarray],
    sizes: tuple[np.ndarray, np.ndarray],
    ranks: tuple[np.ndarray, np.ndarray],
    reach: float,
    progress: Progress = silent,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return pairs of places (index, index) and how many of the things at them are paired.

    ``points``: n × 3 metres, no two of one side alike. ``sizes``: how many things stand at each. ``ranks``: each
    place's number among all of both sides; of equally near pairs the one with the lower numbers comes first.
    Pairs are settled in rings, from the near to the far, so that memory stays bounded where all lie in one place.
    """
    left = tuple(size.tolist() for size in sizes)
    found: list[tuple[int, int, int]] = []
    settled = 0.0
    while settled < reach:
        live = tuple(np.flatnonzero(side) for side in left)
        if not len(live[0]) or not len(live[1]):
            break
        trees = tuple(cKDTree(side[alive]) for side, alive in zip(points, live))
        settled = min(max(_radius(trees[0], trees[1], settled, reach), settled + STEP), reach)
        near = trees[0].sparse_distance_matrix(trees[1], settled, output_type="ndarray")
        one, other = live[0][near["i"]], live[1][near["j"]]
        order = _by_distance(near["v"], ranks[0][one], ranks[1][other])
        found += settle(zip(one[order].tolist(), other[order].tolist()), left)
        progress(settled / reach)
    pairs = np.array(found, dtype=int).reshape(-1, 3)
    return pairs[:, 0], pairs[:, 1], pairs[:, 2]


def settle(pairs: Iterable[tuple[int, int]], left: tuple[list[int], list[int]]) -> list[tuple[int, int, int]]:
    """Return which of the pairs, the best first, come about, and how often; take them from what is ``left``."""
    ours, theirs = left
    found = []
    for one, other in pairs:
        number = min(ours[one], theirs[other])
        if number:
            ours[one] -= number
            theirs[other] -= number
            found.append((one, other, number))
    return found


def _by_distance(distance: np.ndarray, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.lexsort((np.maximum(one, other), np.minimum(one, other), np.round(distance / STEP)))


def _radius(one: cKDTree, other: cKDTree, low: float, high: float) -> float:
    """Return a radius beyond ``low`` with no more pairs than can be looked at in one go, as far as a sample tells."""
    sample = one.data[:: one.n // _SAMPLE + 1]
    most = _MOST_PAIRS * len(sample) / one.n

    def pairs(radius: float) -> float:
        return float(other.query_ball_point(sample, radius, return_length=True).sum())

    if pairs(high) <= most:
        return high
    while high - low > 2 * STEP:
        middle = (low + high) / 2
        found = pairs(middle)
        if most / 4 <= found <= most:
            return _between_steps(middle)
        low, high = (low, middle) if found > most else (middle, high)
    return _between_steps(high)


def _between_steps(radius: float) -> float:
    """Return a radius near this one that parts no two distances that count as equal."""
    return float((np.floor(radius / STEP) + 0.5) * STEP)
