"""The tanks of a layer as arrays: what is filtered, counted and drawn in charts beside the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..fields import STATUSES, TANK_TYPES, UNKNOWN
from ..life import Life
from .coding import Coded, Raw, coded
from .columns import TankColumns
from .dating import lives_of
from .expression import OddYears
from .units import units_of
from .wanted import SEARCHED_ROLES, UNIT
from .words import folded, same

# What parts the words of a column in one text.
PARTING = "\0"
_AT_ONCE = 20_000
# (role, words of the column) -> the class of each: one of STATUSES or TANK_TYPES.
Classes = Callable[[str, list[str]], Sequence[str]]


@dataclass(frozen=True, eq=False)
class TankTable:
    """The tanks under the user's own filter: arrays with one entry a tank.

    ``x``, ``y``: float64, in the layer's CRS, NaN where there is no position. ``lives``: the distinct lives (years as
    float32), of which ``life_of`` (int32) gives each tank's. ``status`` and ``types``: int8 into STATUSES and
    TANK_TYPES. ``diameter``: metres, NaN where unknown. ``values``: UNIT, and every searched role of the layer.
    ``folded``: the words of each searched role, folded, in one text. ``unit_names``: a unit's key to its
    name for people. ``words``: status and tank_type, class to the layer's own words for it.
    """

    columns: TankColumns
    fids: np.ndarray
    x: np.ndarray
    y: np.ndarray
    lives: Life
    life_of: np.ndarray
    status: np.ndarray
    types: np.ndarray
    diameter: np.ndarray
    values: Mapping[str, Coded]
    folded: Mapping[str, str]
    unit_names: Mapping[str, str]
    words: Mapping[str, Mapping[str, tuple[str, ...]]]

    def __len__(self) -> int:
        return len(self.fids)

    @cached_property
    def life(self) -> Life:
        """The life of every tank."""
        return Life(*(column[self.life_of] for column in self.lives))

    @cached_property
    def undated(self) -> np.ndarray:
        """Which tanks no dated image shows."""
        return np.isnan(self.lives.seen)[self.life_of]

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """The first and last year in which a tank was seen or gone; None where no tank has a date."""
        known = np.concatenate([self.lives.seen, self.lives.last, self.lives.gone])
        known = known[~np.isnan(known)]
        return (int(known.min()), int(known.max())) if len(known) else None

    @cached_property
    def odd_years(self) -> OddYears:
        """The years that the filter's condition must name."""
        seen, last, gone = self.lives.seen, self.lives.last, self.lives.gone
        return OddYears(_distinct_years(seen[seen >= gone]), _distinct_years(gone[last > gone]))

    @cached_property
    def diameters(self) -> tuple[float, float] | None:
        """The least and greatest diameter; None where none is known."""
        known = self.diameter[~np.isnan(self.diameter)]
        return (float(known.min()), float(known.max())) if len(known) else None


def table_of(
    columns: TankColumns,
    raw: Mapping[str, Raw],
    fids: np.ndarray,
    x: np.ndarray,
    y: np.ndarray,
    classes: Classes | None = None,
) -> TankTable:
    """Return tanks as a table.

    ``raw``: each role of READ_ROLES that has a column, to the column as read (see ``coding.Raw``). ``classes`` says
    which status or type the words of other sources mean; without it, only our own words are known.
    """
    values = {
        role: coded(raw[role], columns.kinds[role], columns.dialect) for role in SEARCHED_ROLES if role in columns
    }
    unit_names: dict[str, str] = {}
    if "unit_code" in values or "unit_name" in values:
        values[UNIT], unit_names = units_of(values, len(fids), columns.dialect)
    status, status_words = _classed("status", STATUSES, columns, raw, len(fids), classes)
    types, type_words = _classed("tank_type", TANK_TYPES, columns, raw, len(fids), classes)
    lives, life_of = lives_of(columns, raw, status)
    diameter = np.asarray(raw["diameter_m"], dtype=float) if "diameter_m" in columns else np.full(len(fids), np.nan)
    return TankTable(
        columns,
        fids,
        x,
        y,
        lives,
        life_of,
        status,
        types,
        diameter,
        values,
        {role: _folded(values[role].words) for role in SEARCHED_ROLES if role in values},
        unit_names,
        {"status": status_words, "tank_type": type_words},
    )


def _classed(
    role: str,
    every: tuple[str, ...],
    columns: TankColumns,
    raw: Mapping[str, Raw],
    size: int,
    classes: Classes | None,
) -> tuple[np.ndarray, dict[str, tuple[str, ...]]]:
    """Return the class of each tank, as numbers into ``every``, and the column's words for each class."""
    if role not in columns:
        return np.full(size, every.index(UNKNOWN), dtype=np.int8), {}
    codes, words = coded(raw[role], columns.kinds[role], columns.dialect)
    given = words[1:]
    found = classes(role, given) if classes else given
    # Our own words mean what they say, in whatever case where the provider leaves that aside.
    either = ((same(word, columns.dialect), its) for word, its in zip(given, found))
    names = [UNKNOWN, *(next((name for name in pair if name in every), UNKNOWN) for pair in either)]
    numbers = np.array([every.index(name) for name in names], dtype=np.int8)
    of_class = {name: tuple(word for word, its in zip(given, names[1:]) if its == name) for name in every}
    # Where no tank is of a class, our own word says it: one may come to be.
    return numbers[codes], {name: words or (name,) for name, words in of_class.items()}


def _folded(words: Sequence[str]) -> str:
    # In parts, between which other threads (the window's) have their turn.
    parts = (words[start : start + _AT_ONCE] for start in range(0, len(words), _AT_ONCE))
    return PARTING.join(folded(PARTING.join(word.replace(PARTING, " ") for word in part)) for part in parts)


def _distinct_years(years: np.ndarray) -> frozenset[int]:
    return frozenset(map(int, np.unique(years)))
