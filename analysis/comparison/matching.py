"""Which tanks or sites of two sources are the same, by place alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from .. import fields
from ..geometry.ground import distance_and_bearing, geocentric, straight
from ..progress import Progress, part, silent
from . import apart
from .apart import Near
from .nearest_first import STEP, pair_places, settle
from .things import Things

# Things exactly at the match distance are matched, whatever the last digits of their coordinates say.
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Match:
    """Pairs of two sources (rows of A, rows of B, ground metres), and how far each is from the other source.

    ``nearest_a`` is the row of B nearest to each of A (-1: B is empty), ``nearest_a_m`` how far it is (NaN: B is
    empty); and so for B.
    """

    a: np.ndarray
    b: np.ndarray
    distance: np.ndarray
    reach: float
    one_to_one: bool
    nearest_a: np.ndarray
    nearest_a_m: np.ndarray
    nearest_b: np.ndarray
    nearest_b_m: np.ndarray


def match(a: Things, b: Things, reach: float, progress: Progress = silent) -> Match:
    """Match two sources within ``reach`` ground metres.

    Of one kind: one to one, the nearest pair first, then the nearest of those left. Tanks with sites: each tank with
    the nearest site, and a site that is no tank's nearest with its nearest tank. Nothing depends on the rows' order.
    Raises apart.TooManyPairs where polygons crowd.
    """
    one_to_one = a.kind == b.kind
    pairs = _pairs(a, b, reach, one_to_one, part(progress, 0.0, 0.7))
    nearest_a = _nearest(a, b, part(progress, 0.7, 0.85))
    nearest_b = _nearest(b, a, part(progress, 0.85, 1.0))
    progress(1.0)
    order = np.lexsort((_rank(b)[pairs.other], _rank(a)[pairs.one]))
    pairs = Near(*(values[order] for values in pairs))
    return Match(*pairs, reach, one_to_one, nearest_a.other, nearest_a.distance, nearest_b.other, nearest_b.distance)


def _pairs(a: Things, b: Things, reach: float, one_to_one: bool, progress: Progress) -> Near:
    if not len(a) or not len(b):
        return Near(np.zeros(0, dtype=int), np.zeros(0, dtype=int), np.zeros(0))
    if a.are_points and b.are_points:
        if one_to_one:
            return _points_once(a, b, reach, progress)
        near = _points_often(a, b, reach)
    else:
        limits = np.full(len(a), reach + _ROUNDING)
        near = _by_distance(a, b, apart.near_pairs(a.shapes, b.shapes, a.place, limits, progress))
    if one_to_one:
        chosen = _once(near, len(a), len(b))
    else:
        chosen = _often(near.one, near.other) if a.kind == fields.TANK_KIND else _often(near.other, near.one)
    return Near(*(values[chosen] for values in near))


def _once(near: Near, ones: int, others: int) -> np.ndarray:
    """Return which pairs, the best first, come about where each thing has one partner."""
    left = ([1] * ones, [1] * others)
    kept = {pair[:2] for pair in settle(zip(near.one.tolist(), near.other.tolist()), left)}
    return np.array([pair in kept for pair in zip(near.one.tolist(), near.other.tolist())], dtype=bool)


def _often(tank: np.ndarray, site: np.ndarray) -> np.ndarray:
    """Return which pairs, the best first, are a tank's best, or the best of a site that is no tank's."""
    chosen = _firsts(tank)
    return chosen | (_firsts(site) & ~np.isin(site, site[chosen]))


def _firsts(values: np.ndarray) -> np.ndarray:
    first = np.zeros(len(values), dtype=bool)
    first[np.unique(values, return_index=True)[1]] = True
    return first


def _by_distance(a: Things, b: Things, near: Near) -> Near:
    """Return the pairs, the nearest first.

    Where several touch, those whose middles are nearest are the likeliest to be the same; then place decides.
    """
    middles = distance_and_bearing(*a.place[near.one].T, *b.place[near.other].T)[0]
    rank_a, rank_b = (ranks[rows] for ranks, rows in zip(_joint_ranks(a.place, b.place), near))
    by_place = (np.maximum(rank_a, rank_b), np.minimum(rank_a, rank_b))
    keys = (_rank(b)[near.other], _rank(a)[near.one], *by_place, np.round(middles / STEP))
    order = np.lexsort((*keys, np.round(near.distance / STEP)))
    return Near(*(values[order] for values in near))


def _rank(things: Things) -> np.ndarray:
    rank = np.empty(len(things), dtype=int)
    rank[things.order] = np.arange(len(things))
    return rank


def _joint_ranks(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each place's number among all places of both, from south to north."""
    rank = np.unique(np.concatenate([one, other])[:, ::-1], axis=0, return_inverse=True)[1].ravel()
    return rank[: len(one)], rank[len(one) :]


class _Places:
    """The places of points, each once from south to north, and the points at each in their order."""

    def __init__(self, things: Things) -> None:
        ordered = things.place[things.order]
        new = np.ones(len(ordered), dtype=bool)
        new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
        begins = np.flatnonzero(new)
        self.degrees = ordered[new]
        self.size = np.diff(np.append(begins, len(ordered)))
        self._begins, self._order = begins, things.order
        self.space = geocentric(*self.degrees.T)

    def things(self, place: np.ndarray, number: np.ndarray | int = 0) -> np.ndarray:
        """Return the row of the so-manieth thing (from 0) at each of the places."""
        return self._order[self._begins[place] + number]


def _points_once(a: Things, b: Things, reach: float, progress: Progress) -> Near:
    one, other = _Places(a), _Places(b)
    progress(0.0)
    ranks = _joint_ranks(one.degrees, other.degrees)
    sizes, points = (one.size, other.size), (one.space, other.space)
    ours, theirs, numbers = pair_places(points, sizes, ranks, straight(reach) + _ROUNDING, progress)
    progress(1.0)
    return _measured(a, b, _taken(one, ours, numbers), _taken(other, theirs, numbers))


def _taken(places: _Places, chosen: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Return the rows of the things that are taken, so many at each chosen place, the first that are left there."""
    place = np.repeat(chosen, numbers)
    return places.things(place, pd.Series(place).groupby(place).cumcount().to_numpy())


def _points_often(a: Things, b: Things, reach: float) -> Near:
    """Return each point with the nearest of the other source, both ways, where it is within reach."""
    limit = straight(reach) + _ROUNDING
    there, back = _nearest_points(a, b, limit), _nearest_points(b, a, limit)
    one, other = np.append(there.one, back.other), np.append(there.other, back.one)
    _, kept = np.unique(np.column_stack([one, other]), axis=0, return_index=True)
    return _by_distance(a, b, _measured(a, b, one[kept], other[kept]))


def _nearest(a: Things, b: Things, progress: Progress) -> Near:
    """Return for every row of A the nearest of B: -1 and NaN where B is empty."""
    near = Near(np.arange(len(a)), np.full(len(a), -1), np.full(len(a), np.nan))
    if not len(a) or not len(b):
        return near
    if a.are_points and b.are_points:
        found = _nearest_points(a, b, np.inf)
    else:
        found = apart.nearest(a.shapes, b.shapes[b.order], a.place, progress)
        found = found._replace(other=b.order[found.other])
    near.other[found.one], near.distance[found.one] = found.other, found.distance
    progress(1.0)
    return near


def _nearest_points(a: Things, b: Things, limit: float) -> Near:
    one, other = _Places(a), _Places(b)
    distance, at = cKDTree(other.space).query(one.space, distance_upper_bound=limit)
    found = np.repeat(np.where(np.isfinite(distance), at, -1), one.size)
    return _measured(a, b, a.order[found >= 0], other.things(found[found >= 0]))


def _measured(a: Things, b: Things, one: np.ndarray, other: np.ndarray) -> Near:
    return Near(one, other, distance_and_bearing(*a.place[one].T, *b.place[other].T)[0])
