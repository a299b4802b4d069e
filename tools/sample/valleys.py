"""Where the invented sites stand: along invented valleys, winding curves through each cell."""

from __future__ import annotations

from typing import Callable, NamedTuple

import numpy as np
from numpy.random import Generator
from shapely.geometry import Point, Polygon

from .cells import RADIUS_M, Cell

STEP_M, STEPS = 250.0, 90
SITES_A_VALLEY = 10
# Between middles of sites: leaves 400 m between the tanks of the longest.
APART_M = 800.0
INSIDE_M = 1_500.0
ATTEMPTS = 20_000


class Spot(NamedTuple):
    """The middle of a group of tanks in the region's plane (metres), and the valley's heading there (radians)."""

    middle: np.ndarray
    heading: float


class Ground:
    """Hands out spots in a region, never two near each other."""

    def __init__(self, rng: Generator, cells: list[Cell]) -> None:
        self._rng = rng
        self._cells = cells
        self._taken: list[np.ndarray] = []

    def spots_along_valleys(self, cell: Cell, count: int) -> list[Spot]:
        """Return this many spots along the valleys of a cell, away from its edge."""
        courses = [_valley(self._rng, cell.centre) for _ in range(count // SITES_A_VALLEY + 3)]
        within = cell.outline.buffer(-INSIDE_M)
        return [self._next(lambda: self._beside(courses), within) for _ in range(count)]

    def spots_outside(self, cell: Cell, count: int) -> list[Spot]:
        """Return this many spots just outside a cell, and outside every other cell."""
        outside = Point(cell.centre).buffer(RADIUS_M + 12_000)
        for other in self._cells:
            outside = outside.difference(other.outline.buffer(INSIDE_M))
        return [self._next(lambda: self._anywhere(cell.centre), outside) for _ in range(count)]

    def _next(self, propose: Callable[[], Spot], within: Polygon) -> Spot:
        for _ in range(ATTEMPTS):
            spot = propose()
            if within.contains(Point(spot.middle)) and self._is_free(spot.middle):
                self._taken.append(spot.middle)
                return spot
        raise RuntimeError("No room left for another site: lower the numbers in places.py or APART_M.")

    def _is_free(self, middle: np.ndarray) -> bool:
        return not self._taken or np.linalg.norm(np.array(self._taken) - middle, axis=1).min() >= APART_M

    def _beside(self, courses: list[np.ndarray]) -> Spot:
        course = courses[self._rng.integers(len(courses))]
        place = self._rng.integers(1, len(course))
        along = course[place] - course[place - 1]
        heading = float(np.arctan2(along[1], along[0]))
        across = np.array([-np.sin(heading), np.cos(heading)])
        return Spot(course[place] + across * self._rng.normal(0, 180), heading)

    def _anywhere(self, centre: np.ndarray) -> Spot:
        heading = self._rng.uniform(0, 2 * np.pi)
        reach = RADIUS_M + self._rng.uniform(INSIDE_M, 11_000)
        return Spot(centre + reach * np.array([np.cos(heading), np.sin(heading)]), heading)


def _valley(rng: Generator, centre: np.ndarray) -> np.ndarray:
    """Return the points of a winding curve that starts somewhere in the cell (metres)."""
    turn, reach = rng.uniform(0, 2 * np.pi), RADIUS_M * rng.uniform(0.2, 0.9)
    start = centre + reach * np.array([np.cos(turn), np.sin(turn)])
    headings = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(0, 0.12, STEPS))
    return start + np.cumsum(STEP_M * np.column_stack([np.cos(headings), np.sin(headings)]), axis=0)
