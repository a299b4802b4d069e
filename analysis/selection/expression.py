"""The expression that says to any data provider which tanks are wanted.

The expression keeps to what every provider understands: quoted fields, ``=``, ``IN``, ``IS NULL``, and comparisons with
dates as ISO text. No comments, no NOT before a comparison, which GDAL's versions answer differently, and no functions
but where a text cannot be written otherwise (see ``sql``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..fields import STATUSES, TANK_TYPES, UNKNOWN
from .columns import TankColumns
from .sql import NOTHING, all_of, any_of, comparable, missing, none_of, number, one_of
from .timing import NO_ODD_YEARS, OddYears, in_time, undated
from .wanted import NONE_GIVEN, UNIT, TankFilter

__all__ = ["NOTHING_KNOWN", "NO_ODD_YEARS", "Known", "OddYears", "combine", "expression", "undated"]


@dataclass(frozen=True)
class Known:
    """What the layer is known to hold, and a condition without functions must name.

    ``words``: role (status, tank_type) → class → the layer's own words for it, where these are not ours.
    ``hits``: role → the values that hold the text that is searched for.
    """

    odd_years: OddYears = NO_ODD_YEARS
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    hits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NOTHING_KNOWN = Known()


def expression(wanted: TankFilter, columns: TankColumns, known: Known = NOTHING_KNOWN) -> str:
    """Return the condition that a tank must meet; empty where every tank does. Raises sql.Unsayable."""
    return all_of(
        [
            in_time(wanted, columns, known.odd_years),
            _class("status", wanted.statuses, STATUSES, columns, known),
            _class("tank_type", wanted.types, TANK_TYPES, columns, known),
            *(_values(role, values, columns) for role, values in sorted(wanted.values.items())),
            _diameter(wanted, columns),
            _search(wanted, columns, known),
        ]
    )


def combine(own: str, ours: str) -> str:
    """Return the user's own condition and ours as one; either may be empty."""
    if not ours:
        return own
    if not own.strip():
        return ours
    # A filter in SQL may end in a comment, which would swallow the bracket on the same line.
    end = "\n)" if "--" in own else ")"
    return f"({own}{end} AND ({ours})"


def _class(role: str, wanted: frozenset[str], every: tuple[str, ...], columns: TankColumns, known: Known) -> str:
    """A class field is one of the wanted values; NULL and values of no known class count as unknown."""
    if role not in columns or wanted >= set(every):
        return ""
    if not wanted:
        return NOTHING
    words = known.words.get(role, {name: (name,) for name in every})
    some = wanted if UNKNOWN not in wanted else set(every) - wanted
    named = [word for name in some for word in words.get(name, ())]
    return one_of(role, named, columns) if UNKNOWN not in wanted else none_of(role, named, columns)


def _values(role: str, wanted: frozenset[str], columns: TankColumns) -> str:
    if role != UNIT:
        return one_of(role, wanted, columns) if role in columns else ""
    if "unit_code" in columns and "unit_name" in columns:
        by_name = all_of([missing("unit_code", columns), one_of("unit_name", wanted, columns)])
        return any_of([one_of("unit_code", wanted - {NONE_GIVEN}, columns), by_name])
    return next((one_of(name, wanted, columns) for name in ("unit_code", "unit_name") if name in columns), "")


def _diameter(wanted: TankFilter, columns: TankColumns) -> str:
    least, most = wanted.diameter
    if "diameter_m" not in columns or (least is None and most is None and wanted.unmeasured):
        return ""
    name = comparable("diameter_m", columns)
    ends = [f"{name} >= {number(least)}"] if least is not None else []
    ends += [f"{name} <= {number(most)}"] if most is not None else []
    measured = all_of(ends) or f"{name} IS NOT NULL"
    return any_of([measured, missing("diameter_m", columns)]) if wanted.unmeasured else measured


def _search(wanted: TankFilter, columns: TankColumns, known: Known) -> str:
    if not wanted.search.strip():
        return ""
    hits = [one_of(role, values, columns) for role, values in sorted(known.hits.items()) if values]
    return any_of(hits) if hits else NOTHING
