"""The plateau: over which link distances the sites hardly depend on the link distance."""

from __future__ import annotations

import numpy as np

# Fewer distances, or a narrower range, would be flat because nothing was tried in between.
FEWEST_DISTANCES = 3
NARROWEST = 1.5
_ROUNDING = 1e-9


def plateau(distances: np.ndarray, numbers: np.ndarray, possible: np.ndarray, change_pct: float) -> np.ndarray:
    """Return which link distances lie on the plateau, a bool each; none where there is no plateau.

    ``distances`` ascend; ``numbers`` (distances × k) must all be flat: the sites, and the tanks in them, for a number
    of sites also stays where as many join as begin. Only distances that are ``possible`` (a bool each) are looked at.

    The plateau is the run of neighbouring distances with the largest ratio of its last to its first over which each of
    the numbers stays within ``change_pct`` of its highest; of equal ratios, the run of smaller distances. It has at
    least 3 distances, and its last is at least 1.5 times its first.
    """
    found = [(0.0, 0, slice(0, 0))]
    for start in range(len(distances)):
        for end in range(start + FEWEST_DISTANCES, len(distances) + 1):
            run = slice(start, end)
            if not possible[run].all() or not _is_flat(numbers[run], change_pct):
                break
            ratio = round(float(distances[end - 1] / distances[start]), 9)
            if ratio >= NARROWEST:
                found.append((ratio, -start, run))
    result = np.zeros(len(distances), dtype=bool)
    result[max(found, key=lambda one: one[:2])[2]] = True
    return result


def _is_flat(numbers: np.ndarray, change_pct: float) -> bool:
    highest = numbers.max(axis=0)
    return bool((highest - numbers.min(axis=0) <= change_pct / 100 * highest + _ROUNDING).all())
