"""Which tanks of a table are wanted: the same as the filter's condition gives on every provider."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..definition import CUMULATIVE
from ..fields import STATUSES, TANK_TYPES
from ..life import Life
from .searching import found
from .sql import number
from .table import TankTable
from .wanted import ANY_TIME, FIRST_SEEN, TankFilter
from .words import same

# The parts of what is wanted, beside the roles of ``values``.
TIME, STATUS, TYPE, DIAMETER, SEARCH = "time", "status", "tank_type", "diameter_m", "search"


def shown(table: TankTable, wanted: TankFilter) -> np.ndarray:
    """Return which tanks are wanted: a bool array. Raises TooMany where the text searched for is in too many values."""
    return _all(table, parts(table, wanted))


def all_but(table: TankTable, wanted: TankFilter, part: str) -> np.ndarray:
    """Return which tanks meet every condition but one: TIME, STATUS, TYPE, DIAMETER, SEARCH or a role of values."""
    return _all(table, {name: mask for name, mask in parts(table, wanted).items() if name != part})


def parts(table: TankTable, wanted: TankFilter) -> dict[str, np.ndarray]:
    """Return which tanks meet each part of what is wanted; parts that every tank meets are left out."""
    masks = {
        TIME: _time(table, wanted),
        STATUS: _class(table, STATUS, table.status, STATUSES, wanted.statuses),
        TYPE: _class(table, TYPE, table.types, TANK_TYPES, wanted.types),
        **{role: _values(table, role, values) for role, values in wanted.values.items()},
        DIAMETER: _diameter(table, wanted),
        SEARCH: _search(table, wanted.search),
    }
    return {name: mask for name, mask in masks.items() if mask is not None}


def _all(table: TankTable, masks: Mapping[str, np.ndarray]) -> np.ndarray:
    every = np.ones(len(table), dtype=bool)
    for mask in masks.values():
        every &= mask
    return every


def _time(table: TankTable, wanted: TankFilter) -> np.ndarray | None:
    undated = np.isnan(table.lives.seen)
    if wanted.only_undated:
        return undated[table.life_of]
    if wanted.mode == ANY_TIME:
        return None
    counted = _counted(table.lives, wanted)
    return (counted | undated if wanted.undated else counted)[table.life_of]


def _counted(lives: Life, wanted: TankFilter) -> np.ndarray:
    """Return which lives count in at least one of the years."""
    first, last = wanted.first_year, wanted.last_year
    seen_by_the_end = lives.seen <= last
    if wanted.mode == CUMULATIVE:
        return seen_by_the_end
    if wanted.mode == FIRST_SEEN:
        return seen_by_the_end & (lives.seen >= first)
    stood_first = ~(lives.gone <= np.maximum(lives.seen, first))
    returned = (lives.last > lives.gone) & (lives.last <= last)
    return seen_by_the_end & (stood_first | returned)


def _class(
    table: TankTable, role: str, numbers: np.ndarray, every: tuple[str, ...], wanted: frozenset[str]
) -> np.ndarray | None:
    if role not in table.columns or wanted >= set(every):
        return None
    return np.array([name in wanted for name in every])[numbers]


def _values(table: TankTable, role: str, wanted: frozenset[str]) -> np.ndarray | None:
    if role not in table.values:
        return None
    codes, words = table.values[role]
    keys = {same(value, table.columns.dialect) for value in wanted}
    return np.array([same(word, table.columns.dialect) in keys for word in words])[codes]


def _diameter(table: TankTable, wanted: TankFilter) -> np.ndarray | None:
    least, most = wanted.diameter
    if "diameter_m" not in table.columns or (least is None and most is None and wanted.unmeasured):
        return None
    mask = ~np.isnan(table.diameter)
    if least is not None:
        mask &= table.diameter >= float(number(least))
    if most is not None:
        mask &= table.diameter <= float(number(most))
    return mask | np.isnan(table.diameter) if wanted.unmeasured else mask


def _search(table: TankTable, text: str) -> np.ndarray | None:
    if not text.strip():
        return None
    mask = np.zeros(len(table), dtype=bool)
    for role, places in found(table, text).items():
        if places:
            codes, words = table.values[role]
            holds = np.zeros(len(words), dtype=bool)
            holds[places] = True
            mask |= holds[codes]
    return mask
