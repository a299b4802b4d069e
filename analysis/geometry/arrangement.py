"""The arrangement of circles: where the circles of a group cut each other, and which arcs bound a region of discs.

Regions are what some discs cover, or what some cover and others do not. Which arcs bound a region follows from how many
of its discs cover each arc from either side; the arcs are then followed from crossing to crossing.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from .arcs import circle_points, draw_arcs
from .rings import polygons_of_rings

# Crossings nearer than this on a circle (radians) are taken for one point, in which three circles meet.
_ONE_POINT = 1e-8


class _Outline(NamedTuple):
    """What bounds a region: arcs (as events), and whole circles. A side is +1 where the region lies within the circle,
    −1 where it lies without."""

    arcs: np.ndarray
    side: np.ndarray
    circles: np.ndarray
    circle_side: np.ndarray


class Arrangement:
    """The circles of all groups and where they cut each other.

    An event is a crossing seen from one of its two circles. Events are sorted by circle and angle; behind each begins
    an arc that ends at the circle's next event.
    """

    def __init__(self, xy: np.ndarray, radius: np.ndarray, group: np.ndarray) -> None:
        """Find the crossings. ``xy`` is n × 2 metres, ``radius`` metres above 0; no two circles of a group coincide."""
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
        self._corner = np.empty((2 * len(first), 2))
        for number, angle in ((entered, towards - half[0]), (entered + 1, towards + half[0])):
            self._corner[number] = xy[first] + radius[first, None] * np.column_stack([np.cos(angle), np.sin(angle)])

        self._wraps, self._wrapped_by = circle[begin > end], other[begin > end]
        angles, circles = np.concatenate([begin, end]), np.concatenate([circle, circle])
        order = np.argsort(circles + angles / 7.0)  # by circle, then by angle, which is less than 7
        self._circle, self._angle = circles[order], angles[order]
        self._other = np.concatenate([other, other])[order]
        self._change = np.repeat(np.array([1, -1], dtype=np.int32), len(circle))[order]
        self._join(np.concatenate([entry, leave])[order])

    def _join(self, corner_of_event: np.ndarray) -> None:
        """Note where each arc begins and ends, how far it turns, and the area under it."""
        events = len(corner_of_event)
        starts = np.searchsorted(self._circle, np.arange(len(self._xy) + 1))
        self._starts, has_events = starts[:-1], starts[1:] > starts[:-1]
        following = np.arange(1, events + 1)
        following[starts[1:][has_events] - 1] = starts[:-1][has_events]
        self._alone = np.flatnonzero(~has_events)
        self._begin, self._end = corner_of_event, corner_of_event[following]

        gap = self._angle[following] - self._angle
        self._turn = np.where(gap < 0, gap + 2 * math.pi, gap)
        # Crossings that fall on each other have no order along the circle.
        meet = np.minimum(self._turn, 2 * math.pi - self._turn) < _ONE_POINT
        self._touching = np.unique(self._group[self._circle[meet]])
        # The line integral ½ ∮ (x dy − y dx) along the arc.
        centre, (along, across) = self._xy[self._circle], (self._corner[self._end] - self._corner[self._begin]).T
        sector = self._radius[self._circle] ** 2 * self._turn
        self._area = (sector + centre[:, 0] * across - centre[:, 1] * along) / 2

    def region(
        self, selected: np.ndarray, without: np.ndarray | None, groups: int, wanted: bool
    ) -> tuple[np.ndarray, np.ndarray | None, np.ndarray]:
        """Return the square metres that the selected discs of each group cover, less what those of ``without`` cover.

        Then, where ``wanted``, the polygons, and the groups in which the arcs did not close to polygons.
        """
        outline = self._outline(selected, without)
        area = self._integral(outline, groups)
        if not wanted:
            return area, None, np.zeros(groups, dtype=bool)
        return (area, *self._polygons(outline, groups))

    def _integral(self, outline: _Outline, groups: int) -> np.ndarray:
        """Return the square metres within each group's outline, by the line integral along it."""
        under = self._area[outline.arcs] * outline.side
        whole = math.pi * self._radius[outline.circles] ** 2 * outline.circle_side
        of_arcs = np.bincount(self._group[self._circle[outline.arcs]], under, groups)
        # Of whole numbers, where there was nothing to add up.
        return of_arcs.astype(float) + np.bincount(self._group[outline.circles], whole, groups)

    def _polygons(self, outline: _Outline, groups: int) -> tuple[np.ndarray, np.ndarray]:
        arcs, back = outline.arcs, outline.side < 0
        begins = np.where(back, self._end[arcs], self._begin[arcs])
        ends = np.where(back, self._begin[arcs], self._end[arcs])
        group = self._group[self._circle[arcs]]
        chain, ring, broken = _follow(begins, ends, group, groups)

        of_chain, circle = arcs[chain], self._circle[arcs[chain]]
        xy, arc = draw_arcs(
            self._xy[circle],
            self._radius[circle],
            self._angle[of_chain],
            self._turn[of_chain],
            back[chain],
            self._corner[begins[chain]],
        )
        ring_group = group[chain][np.unique(ring, return_index=True)[1]]
        alone, sides = outline.circles, outline.circle_side
        circles = circle_points(self._xy[alone], self._radius[alone], sides)
        xy = np.concatenate([xy, circles.reshape(-1, 2)])
        ring_of_xy = np.concatenate([ring[arc], len(ring_group) + np.repeat(np.arange(len(alone)), circles.shape[1])])
        rings = np.concatenate([ring_group, self._group[alone]]).astype(int)
        polygons, wrong = polygons_of_rings(xy, ring_of_xy, rings, groups)
        broken[self._touching] = True
        return polygons, broken | wrong

    def _outline(self, selected: np.ndarray, without: np.ndarray | None) -> _Outline:
        """Return what bounds the ground that the selected discs cover, less what those of ``without`` cover."""
        on_arcs, on_circles = self._cover(selected)
        outside, inside = on_arcs > 0, (on_arcs > 0) | selected[self._circle]
        whole_outside, whole_inside = on_circles > 0, (on_circles > 0) | selected[self._alone]
        if without is not None:
            on_arcs, on_circles = self._cover(without)
            outside, inside = outside & (on_arcs == 0), inside & (on_arcs == 0) & ~without[self._circle]
            whole_outside &= on_circles == 0
            whole_inside &= (on_circles == 0) & ~without[self._alone]
        arcs, whole = np.flatnonzero(inside != outside), np.flatnonzero(whole_inside != whole_outside)
        return _Outline(arcs, np.where(inside[arcs], 1, -1), self._alone[whole], np.where(whole_inside[whole], 1, -1))

    def _cover(self, selected: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return how many selected discs cover the arc behind each event, and each circle that none cuts."""
        circles = len(self._xy)
        within = np.bincount(self._inner, selected[self._outer], circles)
        from_zero = within + np.bincount(self._wraps, selected[self._wrapped_by], circles)
        running = np.cumsum(self._change * selected[self._other], dtype=np.int32)
        before = np.concatenate([[0], running])[self._starts]
        return running + (from_zero - before).astype(np.int32)[self._circle], within[self._alone]


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


def _follow(
    begins: np.ndarray, ends: np.ndarray, group: np.ndarray, groups: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the arcs in the order of their rings, each one's ring, and the groups with a ring that is open."""
    order = np.argsort(begins, kind="stable")
    found = np.minimum(np.searchsorted(begins[order], ends), max(len(begins) - 1, 0))
    after = order[found] if len(begins) else found
    open_end = begins[after] != ends
    twice = np.bincount(after, minlength=len(begins)) != 1
    broken = np.bincount(group, open_end | twice, groups) > 0

    whole = np.flatnonzero(~broken[group])
    number = np.cumsum(~broken[group]) - 1
    chain, ring = _cycles(number[after[whole]])
    return whole[chain], ring, broken


def _cycles(after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the items of a permutation in the order of its cycles, and the cycle of each."""
    items = np.arange(len(after))
    links = coo_matrix((np.ones(len(after), dtype=np.int8), (items, after)), shape=(len(after), len(after)))
    cycle = connected_components(links, directed=False)[1]
    size = np.bincount(cycle)
    last = np.zeros(len(size), dtype=int)
    last[cycle] = items
    # How many items follow up to the cycle's last: found by steps of 1, 2, 4 …
    left, ahead = np.ones(len(after), dtype=int), after.copy()
    left[last], ahead[last] = 0, last
    for _ in range(int(size.max(initial=1)).bit_length()):
        left += left[ahead]
        ahead = ahead[ahead]
    order = np.empty(len(after), dtype=int)
    order[np.cumsum(size)[cycle] - 1 - left] = items
    return order, cycle[order]
