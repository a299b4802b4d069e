"""How the tanks of one site stand: a grid of a few rows, each tank a little off its place."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from .valleys import Spot

GAP_M = 190.0  # between two groups that a bridge of tanks joins later: beyond the link distance of 150 m


def grid(rng: Generator, spot: Spot, count: int, pitch: float) -> np.ndarray:
    """Return the places of this many tanks (metres), filled row by row so that the first ones stand together."""
    columns = int(np.ceil(count / _rows(rng, count)))
    order = np.arange(count)
    places = np.column_stack([order // _depth(count, columns), order % _depth(count, columns)]).astype(float)
    places = (places - places.mean(axis=0)) * pitch + rng.normal(0, 0.06 * pitch, (count, 2))
    return spot.middle + _turned(places, spot.heading)


def two_groups(rng: Generator, spot: Spot, count: int, bridge: int) -> np.ndarray:
    """Return two groups of ``count`` tanks beyond the link distance of each other, then the bridge between them."""
    reach = GAP_M / 2
    along = np.array([np.cos(spot.heading), np.sin(spot.heading)])
    groups = [grid(rng, Spot(spot.middle + side * (reach + 25) * along, spot.heading), count, 15.0) for side in (-1, 1)]
    steps = np.linspace(-reach, reach, bridge + 2)[1:-1]
    return np.vstack([*groups, spot.middle + np.outer(steps, along)])


def _rows(rng: Generator, count: int) -> int:
    most = 1 if count < 4 else 2 if count < 8 else 3 if count < 15 else 4
    return int(rng.integers(1 if count < 10 else 2, most + 1))


def _depth(count: int, columns: int) -> int:
    return int(np.ceil(count / columns))


def _turned(places: np.ndarray, heading: float) -> np.ndarray:
    turn = np.array([[np.cos(heading), -np.sin(heading)], [np.sin(heading), np.cos(heading)]])
    return places @ turn.T
