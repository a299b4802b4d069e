"""What the dock of the filter says in numbers: how many tanks are shown, and what each choice would show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .. import life
from ..definition import CUMULATIVE, STANDING
from ..fields import STATUSES, TANK_TYPES
from ..progress import Progress, silent
from .coding import Coded
from .mask import DIAMETER, STATUS, TIME, TYPE, parts
from .table import TankTable
from .wanted import FIRST_SEEN, UNIT, VALUE_ROLES, TankFilter


@dataclass(frozen=True, eq=False)
class Counts:
    """Numbers of tanks.

    ``statuses``: of the shown, by the recorded status. ``by_status``, ``by_type``, ``by_value`` (role to value),
    ``diameter_unknown``: of the tanks that meet every other condition. ``by_year``: for each of ``years`` the active,
    abandoned and unknown in that year, of the tanks that meet every condition but that of time: standing, cumulative
    or first seen in it, as the filter's mode says. ``undated``: of all; ``undated_hidden``: of these, not shown.
    ``extent``: xmin, ymin, xmax, ymax of the shown in the layer's CRS, None where nothing shown has a position.
    """

    wanted: TankFilter
    total: int
    shown: int
    statuses: Mapping[str, int]
    by_status: Mapping[str, int]
    by_type: Mapping[str, int]
    by_value: Mapping[str, Mapping[str, int]]
    years: list[int]
    by_year: np.ndarray
    undated: int
    undated_hidden: int
    diameter_unknown: int
    extent: tuple[float, float, float, float] | None


class _Others:
    """Which tanks meet every condition but one, found from how many conditions each fails."""

    def __init__(self, table: TankTable, wanted: TankFilter) -> None:
        self._failed = {name: ~mask for name, mask in parts(table, wanted).items()}
        self._times = np.zeros(len(table), dtype=np.uint8)
        for failed in self._failed.values():
            self._times += failed
        self.shown = self._times == 0

    def than(self, part: str) -> np.ndarray:
        return self._times == self._failed[part] if part in self._failed else self.shown


def count(table: TankTable, wanted: TankFilter, progress: Progress = silent) -> Counts:
    """Count the tanks. ``progress`` is told between the parts, and may raise Cancelled. Raises TooMany."""
    progress(0.0)
    others = _Others(table, wanted)
    progress(0.3)
    statuses = _tally(Coded(table.status, list(STATUSES)), others.shown)
    by_status = _tally(Coded(table.status, list(STATUSES)), others.than(STATUS))
    by_type = _tally(Coded(table.types, list(TANK_TYPES)), others.than(TYPE))
    progress(0.5)
    by_value = {}
    for role in VALUE_ROLES:
        if role in table.values:
            by_value[role] = _tally(table.values[role], others.than(role))
            progress(0.6)
    years, by_year = tanks_by_year(table, wanted.mode, others.than(TIME))
    progress(0.8)
    undated = int(np.count_nonzero(table.undated))
    return Counts(
        wanted,
        len(table),
        int(np.count_nonzero(others.shown)),
        statuses,
        by_status,
        by_type,
        by_value,
        years,
        by_year,
        undated,
        undated - int(np.count_nonzero(table.undated & others.shown)),
        int(np.count_nonzero(np.isnan(table.diameter) & others.than(DIAMETER))),
        _extent(table, others.shown),
    )


def units_in(table: TankTable, xmin: float, ymin: float, xmax: float, ymax: float) -> frozenset[str]:
    """Return the keys of the units that tanks within a rectangle lie in; none given too, where one lies in none."""
    if UNIT not in table.values:
        return frozenset()
    within = (table.x >= xmin) & (table.x <= xmax) & (table.y >= ymin) & (table.y <= ymax)
    codes, words = table.values[UNIT]
    return frozenset(words[code] for code in np.unique(codes[within]))


def _tally(column: Coded, which: np.ndarray) -> dict[str, int]:
    numbers = np.bincount(column.codes[which], minlength=len(column.words))
    return dict(zip(column.words, numbers.tolist()))


def tanks_by_year(
    table: TankTable, mode: str, which: np.ndarray, years: list[int] | None = None
) -> tuple[list[int], np.ndarray]:
    """Return the years (without any given, all of the table), and the tanks in each by status, as in ``Counts``.

    Each distinct life is looked at once a year.
    """
    if years is None:
        ends = table.years
        years = list(range(ends[0], ends[1] + 1)) if ends else []
    tanks = np.bincount(table.life_of[which], minlength=len(table.lives.seen))
    by_year = np.zeros((len(years), 3), dtype=np.int64)
    for row, year in enumerate(years):
        counted = _counts(table.lives, year, mode) * tanks
        active, abandoned = life.is_active(table.lives, year), life.is_abandoned(table.lives, year)
        by_year[row] = counted @ active, counted @ abandoned, counted @ ~(active | abandoned)
    return years, by_year


def _counts(lives: life.Life, year: int, mode: str) -> np.ndarray:
    if mode == FIRST_SEEN:
        return lives.seen == year
    return life.counts(lives, year, CUMULATIVE if mode == CUMULATIVE else STANDING)


def _extent(table: TankTable, which: np.ndarray) -> tuple[float, float, float, float] | None:
    x, y = table.x[which], table.y[which]
    if not len(x) or np.isnan(x).all():
        return None
    return tuple(float(end.reduce(axis)) for end in (np.fmin, np.fmax) for axis in (x, y))  # type: ignore[return-value]
