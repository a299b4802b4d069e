"""What the tank filter asks for, and the expression that says it to any data provider.

The expression keeps to what every provider understands: quoted fields, ``=``, ``IN``, ``IS NULL``, and comparisons with
dates as ISO text. No functions, no comments, and no NOT before a comparison, which GDAL's versions answer differently.

One thing differs. GDAL's own SQL (shapefile, GeoJSON, FlatGeobuf) cannot compare a date that is NULL with another: it
drops the row, whatever else the condition says. There the date is compared as text, through CAST, which all of GDAL's
drivers know and QGIS's own expressions (memory layers, delimited text) do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import NamedTuple

from ..analysis.definition import CUMULATIVE, STANDING
from ..analysis.fields import STATUSES, TANK_TYPES, UNKNOWN

ANY_TIME, FIRST_SEEN = "any", "first-seen"
MODES = (ANY_TIME, STANDING, CUMULATIVE, FIRST_SEEN)
DATE_FIELDS = ("first_seen", "last_seen", "gone_by")

NOTHING = "1 = 0"


@dataclass(frozen=True)
class TankColumns:
    """The fields of a tank layer that a filter may use, which dates are kept as text, and how dates are compared."""

    names: frozenset[str]
    text_dates: frozenset[str] = frozenset()
    cast_dates: bool = False


@dataclass(frozen=True)
class TankFilter:
    """What the user wants to see. The years count in every mode but ``any``; both ends are included."""

    mode: str = ANY_TIME
    first_year: int = 0
    last_year: int = 0
    undated: bool = False
    statuses: frozenset[str] = frozenset(STATUSES)
    types: frozenset[str] = frozenset(TANK_TYPES)

    def as_plain(self) -> dict:
        """Return the filter as what JSON can hold."""
        return {**asdict(self), "statuses": sorted(self.statuses), "types": sorted(self.types)}

    @classmethod
    def from_plain(cls, plain: dict) -> TankFilter:
        """Return the filter that ``as_plain`` wrote. Raises TypeError, KeyError or ValueError on anything else."""
        values = {
            **plain,
            "statuses": frozenset(plain["statuses"]),
            "types": frozenset(plain["types"]),
            "first_year": int(plain["first_year"]),
            "last_year": int(plain["last_year"]),
        }
        if values.get("mode") not in MODES:
            raise ValueError(f"no such mode: {values.get('mode')}")
        return cls(**values)


class OddYears(NamedTuple):
    """Years that a filter without functions must name: the rule cannot be said for all years at once.

    ``brief``: in which tanks were first seen that were gone by the end of the same year. ``left``: in which tanks were
    gone that an image of a later year shows again.
    """

    brief: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()


NO_ODD_YEARS = OddYears()


def expression(wanted: TankFilter, columns: TankColumns, odd_years: OddYears = NO_ODD_YEARS) -> str:
    """Return the condition that a tank must meet; empty where every tank does. ``odd_years`` are the layer's."""
    return all_of(
        [
            _time(wanted, columns, odd_years),
            _one_of("status", wanted.statuses, STATUSES, columns),
            _one_of("tank_type", wanted.types, TANK_TYPES, columns),
        ]
    )


def undated(columns: TankColumns) -> str:
    """Return the condition that a tank has no date: no dated image shows it."""
    return all_of(_missing(name, columns) for name in ("first_seen", "last_seen") if name in columns.names)


def combine(own: str, ours: str) -> str:
    """Return the user's own condition and ours as one; either may be empty."""
    if not ours:
        return own
    if not own.strip():
        return ours
    # A filter in SQL may end in a comment, which would swallow the bracket on the same line.
    end = "\n)" if "--" in own else ")"
    return f"({own}{end} AND ({ours})"


def all_of(conditions: Iterable[str]) -> str:
    """Return the conditions joined by AND, empty ones left out."""
    return _join(" AND ", [condition for condition in conditions if condition])


def any_of(conditions: Iterable[str]) -> str:
    """Return the conditions joined by OR."""
    return _join(" OR ", list(conditions))


def _join(word: str, conditions: list[str]) -> str:
    if len(conditions) == 1:
        return conditions[0]
    return word.join(f"({text})" if " AND " in text or " OR " in text else text for text in conditions)


def _time(wanted: TankFilter, columns: TankColumns, odd_years: OddYears) -> str:
    if wanted.mode == ANY_TIME:
        return ""
    counted = _counted(wanted, columns, odd_years)
    return any_of([counted, undated(columns)]) if wanted.undated else counted


def _counted(wanted: TankFilter, columns: TankColumns, odd_years: OddYears) -> str:
    """The rules of time, as ``analysis.time`` states them for one year."""
    seen_by_the_end = _seen(_by_end_of, wanted.last_year, columns)
    if wanted.mode == FIRST_SEEN:
        return all_of([_seen(_since, wanted.first_year, columns), seen_by_the_end])
    if wanted.mode == CUMULATIVE or "gone_by" not in columns.names:
        return seen_by_the_end
    standing = [_missing("gone_by", columns), _gone_later(wanted, columns, odd_years.brief)]
    return all_of([seen_by_the_end, any_of([*standing, *_returned(wanted, columns, odd_years.left)])])


def _gone_later(wanted: TankFilter, columns: TankColumns, brief_years: frozenset[int]) -> str:
    """A tank that is gone stood at the end of one of the years, if not gone in the first year that it could have.

    That is the first of the years, or the year in which it was first seen. The second cannot be said in general without
    functions, so it is said for each year in which the layer has tanks that came and went.
    """
    years = sorted(year for year in brief_years if wanted.first_year < year <= wanted.last_year)
    outlived = (any_of([_seen(_by_end_of, year - 1, columns), _gone_after(year, columns)]) for year in years)
    return all_of([_gone_after(wanted.first_year, columns), *outlived])


def _returned(wanted: TankFilter, columns: TankColumns, left: frozenset[int]) -> Iterable[str]:
    """A tank gone in one year that an image of a later one, but not later than the last of the years, shows again."""
    for year in sorted(year for year in left if year < wanted.last_year):
        gone_in_it = all_of([_since("gone_by", year, columns), _by_end_of("gone_by", year, columns)])
        seen_again = all_of([_latest(_since, year + 1, columns), _latest(_by_end_of, wanted.last_year, columns)])
        yield all_of([gone_in_it, seen_again])


def _gone_after(year: int, columns: TankColumns) -> str:
    return _since("gone_by", year + 1, columns)


def _seen(holds: Callable[[str, int, TankColumns], str], year: int, columns: TankColumns) -> str:
    """A condition on the first image known to show the tank, as ``analysis.time.seen_from`` chooses it."""
    return _either(holds, "first_seen", "last_seen", year, columns)


def _latest(holds: Callable[[str, int, TankColumns], str], year: int, columns: TankColumns) -> str:
    """A condition on the last image known to show the tank, as ``analysis.time.seen_until`` chooses it."""
    return _either(holds, "last_seen", "first_seen", year, columns)


def _either(
    holds: Callable[[str, int, TankColumns], str], name: str, stand_in: str, year: int, columns: TankColumns
) -> str:
    here = [column for column in (name, stand_in) if column in columns.names]
    if len(here) < 2:
        return holds(here[0], year, columns)
    return any_of([holds(name, year, columns), all_of([_missing(name, columns), holds(stand_in, year, columns)])])


def _by_end_of(name: str, year: int, columns: TankColumns) -> str:
    condition = f"{_date(name, columns)} < {_first_day(name, year + 1, columns)}"
    return f"{condition} AND \"{name}\" <> ''" if name in columns.text_dates else condition


def _since(name: str, year: int, columns: TankColumns) -> str:
    return f"{_date(name, columns)} >= {_first_day(name, year, columns)}"


def _date(name: str, columns: TankColumns) -> str:
    cast = columns.cast_dates and name not in columns.text_dates
    return f'CAST("{name}" AS character(10))' if cast else f'"{name}"'


def _first_day(name: str, year: int, columns: TankColumns) -> str:
    # As text, a bare year sorts before every date of that year, be it 2021-03-14, 2021/03/14 or 2021.
    as_text = columns.cast_dates or name in columns.text_dates
    return f"'{year:04d}'" if as_text else f"'{year:04d}-01-01'"


def _missing(name: str, columns: TankColumns) -> str:
    if name in columns.text_dates:
        return f'"{name}" IS NULL OR "{name}" = \'\''
    return f'"{name}" IS NULL'


def _one_of(name: str, wanted: frozenset[str], every: tuple[str, ...], columns: TankColumns) -> str:
    """A class field is one of the wanted values; NULL and values of no known class count as unknown."""
    if name not in columns.names or wanted >= set(every):
        return ""
    if not wanted:
        return NOTHING
    if UNKNOWN not in wanted:
        return f'"{name}" IN ({_listed(wanted)})'
    others = set(every) - wanted
    return f'"{name}" IS NULL OR "{name}" NOT IN ({_listed(others)})'


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))
