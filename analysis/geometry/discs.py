"""Unions of discs, group by group, for several selections of the discs at once.

The circles of a group cut each other into arcs. Which arcs bound a selection's union follows from how many selected
discs cover each arc; the arcs are then followed from crossing to crossing. An arc is drawn the same way in every
selection, so that differences of unions leave no slivers, and its drawing has the area under the true arc.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from .rings import polygons_of_rings

# Sides of a whole circle. The area does not depend on it; how closely shapes follow the true arc does.
_SIDES = 16
_STEP = 2 * math.pi / _SIDES
# Tanks closer than a millimetre are one place: their circles do not cross but coincide.
_SAME_PLACE = 3
# Crossings nearer than this on a circle (radians) are taken for one point, in which three circles meet.
_ONE_POINT = 1e-8
# More discs than this within one diameter: pairs would outgrow memory, and GEOS dissolves the group instead.
_CROWDED = 100


class Cover(NamedTuple):
    """What the selected discs of each group cover: square metres, and the polygons where they were asked for."""

    area: np.ndarray
    polygons: np.ndarray | None


def cover(
    xy: np.ndarray, radius: np.ndarray, group: np.ndarray, groups: int, selections: list[tuple[np.ndarray, bool]]
) -> list[Cover]:
    """Return, for each selection, what each group's selected discs cover together.

    ``xy`` is n × 2 metres, ``radius`` metres above 0, ``group`` whole numbers below ``groups``. A selection is a bool a
    disc, and whether its polygons are wanted or its areas alone. Groups may lie on top of each other: they do not
    touch. A group without selected discs has an empty polygon.
    """
    place = _places(xy, radius, group)
    first = np.unique(place, return_index=True)[1]
    xy, radius, group = xy[first], radius[first], group[first]
    chosen = [np.bincount(place[selected], minlength=len(first)) > 0 for selected, _ in selections]

    crowded = _crowded_groups(xy, radius, group, groups)
    plain = np.flatnonzero(~crowded[group])
    arrangement = _Arrangement(xy[plain], radius[plain], group[plain])
    areas = [arrangement.area(selected[plain], groups) for selected in chosen]
    drawn: list[np.ndarray | None] = []
    unfinished = crowded
    for selected, (_, wanted) in zip(chosen, selections):
        polygons, broken = arrangement.union(selected[plain], groups) if wanted else (None, crowded)
        drawn.append(polygons)
        unfinished = unfinished | broken
    rows = np.flatnonzero(unfinished[group])
    for area, polygons, selected in zip(areas, drawn, chosen):
        some = rows[selected[rows]]
        if len(some) == 0 or (polygons is None and not crowded.any()):
            continue
        dissolved = _dissolve(xy[some], radius[some], group[some], groups)
        # The arcs tell the area also where they could not be joined to rings.
        area[crowded] = shapely.area(dissolved[crowded])
        if polygons is not None:
            polygons[unfinished] = dissolved[unfinished]
    return [Cover(area, polygons) for area, polygons in zip(areas, drawn)]


def _places(xy: np.ndarray, radius: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Return a number a disc, the same for discs of one group, radius and place."""
    code = np.asarray(group, dtype=np.int64)
    for values in (np.round(xy[:, 0], _SAME_PLACE), np.round(xy[:, 1], _SAME_PLACE), radius):
        along, distinct = pd.factorize(values)
        code = pd.factorize(code * len(distinct) + along)[0]
    return code


def _crowded_groups(xy: np.ndarray, radius: np.ndarray, group: np.ndarray, groups: int) -> np.ndarray:
    if len(xy) == 0:
        return np.zeros(groups, dtype=bool)
    cell = np.floor(xy / (2 * radius.max()))
    code = np.asarray(group, dtype=np.int64)
    for values in cell.T:
        along, distinct = pd.factorize(values)
        code = pd.factorize(code * len(distinct) + along)[0]
    return np.bincount(group, np.bincount(code)[code] > _CROWDED, groups) > 0


def _dissolve(xy: np.ndarray, radius: np.ndarray, group: np.ndarray, groups: int) -> np.ndarray:
    """Return the unions by GEOS: slower, and right also where circles touch or meet in one point."""
    discs = shapely.polygons(_circles(xy, radius, 4 * _SIDES))
    result = np.full(groups, shapely.Polygon(), dtype=object)
    for number, rows in pd.Series(discs).groupby(group):
        result[number] = shapely.union_all(rows.to_numpy())
    return result


def _circles(xy: np.ndarray, radius: np.ndarray, sides: int) -> np.ndarray:
    """Return n × sides × 2 points of regular polygons that have the areas of the discs."""
    step = 2 * math.pi / sides
    angle = np.arange(sides) * step
    circle = np.column_stack([np.cos(angle), np.sin(angle)]) * math.sqrt(step / math.sin(step))
    return xy[:, None, :] + radius[:, None, None] * circle


class _Arrangement:
    """The circles of all groups and where they cut each other.

    An event is a crossing seen from one of its two circles. Events are sorted by circle and angle; behind each begins
    an arc that ends at the circle's next event.
    """

    def __init__(self, xy: np.ndarray, radius: np.ndarray, group: np.ndarray) -> None:
        self._xy, self._radius, self._group = xy, radius, group
        pairs, apart = _neighbours(xy, radius, group)
        first, second = pairs.T
        swallowed = apart <= np.abs(radius[first] - radius[second])
        larger = radius[first] >= radius[second]
        self._outer = np.where(larger, first, second)[swallowed]
        self._inner = np.where(larger, second, first)[swallowed]
        self._meet(first[~swallowed], second[~swallowed], apart[~swallowed])

    def _meet(self, first: np.ndarray, second: np.ndarray, apart: np.ndarray) -> None:
        """Note the crossings of pairs of circles. Seen from a circle, the other covers it from one to the other."""
        xy, radius = self._xy, self._radius
        towards = np.arctan2(xy[second, 1] - xy[first, 1], xy[second, 0] - xy[first, 0])
        half = [
            np.arccos(np.clip((apart**2 + radius[a] ** 2 - radius[b] ** 2) / (2 * apart * radius[a]), -1, 1))
            for a, b in ((first, second), (second, first))
        ]
        begin = np.concatenate([towards - half[0], towards + math.pi - half[1]]) % (2 * math.pi)
        end = np.concatenate([towards + half[0], towards + math.pi + half[1]]) % (2 * math.pi)
        circle, other = np.concatenate([first, second]), np.concatenate([second, first])
        # The two crossings of pair p bear the numbers 2p and 2p + 1; what the one circle enters, the other leaves.
        entered = 2 * np.arange(len(first))
        entry, leave = np.concatenate([entered, entered + 1]), np.concatenate([entered + 1, entered])
        corner = np.empty((2 * len(first), 2))
        for number, angle in ((entered, towards - half[0]), (entered + 1, towards + half[0])):
            corner[number] = xy[first] + radius[first, None] * np.column_stack([np.cos(angle), np.sin(angle)])

        self._wraps, self._wrapped_by = circle[begin > end], other[begin > end]
        angles, circles = np.concatenate([begin, end]), np.concatenate([circle, circle])
        order = np.argsort(circles + angles / 7.0)  # by circle, then by angle, which is less than 7
        self._circle, self._angle = circles[order], angles[order]
        self._other = np.concatenate([other, other])[order]
        self._corner_number = np.concatenate([entry, leave])[order]
        self._change = np.repeat([1, -1], len(circle))[order]
        self._corner = corner
        starts = np.searchsorted(self._circle, np.arange(len(xy) + 1))
        self._starts = starts[:-1]
        self._next = np.arange(1, len(order) + 1)
        has_events = starts[1:] > starts[:-1]
        self._next[starts[1:][has_events] - 1] = starts[:-1][has_events]
        self._alone = ~has_events
        # Crossings that fall on each other have no order along the circle.
        gap = np.abs(self._angle[self._next] - self._angle)
        meet = np.minimum(gap, 2 * math.pi - gap) < _ONE_POINT
        self._touching = np.unique(self._group[self._circle[meet]])

    def union(self, selected: np.ndarray, groups: int) -> tuple[np.ndarray, np.ndarray]:
        """Return each group's union of selected discs, and the groups in which the arcs did not close."""
        arcs, alone = self._outline(selected)
        chain, ring, broken = self._follow(arcs, groups)
        xy, ring_of_xy = self._draw(arcs[chain], ring)
        ring_group = self._group[self._circle[arcs[chain]]][np.unique(ring, return_index=True)[1]]

        xy = np.concatenate([xy, _circles(self._xy[alone], self._radius[alone], _SIDES).reshape(-1, 2)])
        ring_of_xy = np.concatenate([ring_of_xy, len(ring_group) + np.repeat(np.arange(len(alone)), _SIDES)])
        polygons, wrong = polygons_of_rings(
            xy, ring_of_xy, np.concatenate([ring_group, self._group[alone]]).astype(int), groups
        )
        broken[self._touching] = True
        return polygons, broken | wrong

    def area(self, selected: np.ndarray, groups: int) -> np.ndarray:
        """Return the square metres that each group's selected discs cover, by the line integral along their arcs."""
        arcs, alone = self._outline(selected)
        circle, begin = self._circle[arcs], self._angle[arcs]
        end = begin + (self._angle[self._next[arcs]] - begin) % (2 * math.pi)
        radius, centre = self._radius[circle], self._xy[circle]
        twice = radius * (
            radius * (end - begin)
            + centre[:, 0] * (np.sin(end) - np.sin(begin))
            - centre[:, 1] * (np.cos(end) - np.cos(begin))
        )
        whole = math.pi * self._radius[alone] ** 2
        areas = np.bincount(self._group[circle], twice / 2, groups) + np.bincount(self._group[alone], whole, groups)
        return areas.astype(float)  # whole numbers, where there was nothing to add up

    def _outline(self, selected: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the arcs that bound the selected discs' union, and the circles that bound it whole."""
        live = selected.copy()
        live[self._inner[selected[self._outer]]] = False
        return np.flatnonzero(live[self._circle] & (self._cover(selected) == 0)), np.flatnonzero(live & self._alone)

    def _cover(self, selected: np.ndarray) -> np.ndarray:
        """Return how many selected discs cover the arc behind each event."""
        running = np.cumsum(self._change * selected[self._other])
        before = np.concatenate([[0], running])[self._starts]
        from_zero = np.bincount(self._wraps, selected[self._wrapped_by], len(self._xy)).astype(int)
        return running + (from_zero - before)[self._circle]

    def _follow(self, arcs: np.ndarray, groups: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the arcs in the order of their rings, each one's ring, and the groups with a ring that is open."""
        begins = self._corner_number[arcs]
        ends = self._corner_number[self._next[arcs]]
        order = np.argsort(begins, kind="stable")
        found = np.minimum(np.searchsorted(begins[order], ends), max(len(arcs) - 1, 0))
        after = order[found] if len(arcs) else found
        open_end = begins[after] != ends
        twice = np.bincount(after, minlength=len(arcs)) != 1
        broken = np.bincount(self._group[self._circle[arcs]], open_end | twice, groups) > 0

        follows = after.tolist()
        seen = bytearray(len(arcs))
        seen_bad = broken[self._group[self._circle[arcs]]].tolist()
        chain: list[int] = []
        ring: list[int] = []
        number = 0
        for start in range(len(follows)):
            if seen[start] or seen_bad[start]:
                continue
            arc = start
            while not seen[arc]:
                seen[arc] = 1
                chain.append(arc)
                ring.append(number)
                arc = follows[arc]
            number += 1
        return np.array(chain, dtype=int), np.array(ring, dtype=int), broken

    def _draw(self, arcs: np.ndarray, ring: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the points along the arcs, and the ring of each. The points between the ends stand off the circle a
        little, so that the drawn sector has the area of the true one."""
        if len(arcs) == 0:
            return np.zeros((0, 2)), np.zeros(0, dtype=int)
        circle, begin = self._circle[arcs], self._angle[arcs]
        turn = (self._angle[self._next[arcs]] - begin) % (2 * math.pi)
        pieces = np.maximum(np.ceil(turn / _STEP).astype(int), 2)
        swell = _swell(turn, pieces)

        arc = np.repeat(np.arange(len(arcs)), pieces)
        piece = np.arange(len(arc)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
        angle = begin[arc] + turn[arc] * piece / pieces[arc]
        reach = (self._radius[circle] * swell)[arc]
        xy = self._xy[circle[arc]] + reach[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
        # Where two arcs meet both have the very same point.
        xy[piece == 0] = self._corner[self._corner_number[arcs]]
        return xy, ring[arc]


def _swell(turn: np.ndarray, pieces: np.ndarray) -> np.ndarray:
    """Return how far out, in radii, the points between an arc's ends lie, so that the area under it is right.

    With k pieces of angle t and s the answer: the two outer triangles hold s·sin(t)/2 each, the k − 2 between them
    s²·sin(t)/2, and together they are to hold the sector's k·t/2.
    """
    small = turn / pieces
    sine = np.maximum(np.sin(small), 1e-300)
    inner = np.maximum(pieces - 2, 1)
    many = (np.sqrt(sine**2 + inner * sine * turn) - sine) / (inner * sine)
    two = small / sine
    return np.where(turn < 1e-9, 1.0, np.where(pieces == 2, two, many))


def _neighbours(xy: np.ndarray, radius: np.ndarray, group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of discs of one group that overlap, and how far apart their centres are."""
    if len(xy) == 0:
        return np.zeros((0, 2), dtype=int), np.zeros(0)
    # Groups are laid out beside each other in a third dimension, out of each other's reach.
    reach = 2 * radius.max()
    space = np.column_stack([xy - xy.min(axis=0), group * (2 * reach)])
    pairs = cKDTree(space).query_pairs(reach, output_type="ndarray")
    apart = np.linalg.norm(xy[pairs[:, 0]] - xy[pairs[:, 1]], axis=1)
    touching = apart < radius[pairs[:, 0]] + radius[pairs[:, 1]]
    return pairs[touching], apart[touching]
