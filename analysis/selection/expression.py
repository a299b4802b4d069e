"""The expression that says to any data provider which tanks are wanted.

The expression keeps to what every provider understands: quoted fields, ``=``, ``IN``, ``IS NULL``, and comparisons with
dates as ISO text. No functions, no comments, and no NOT before a comparison, which GDAL's versions answer differently.

One thing differs. GDAL's own SQL (shapefile, GeoJSON, FlatGeobuf) cannot compare a date that is NULL with another: it
drops the row, whatever else the condition says. There the date is compared as text, through CAST, which all of GDAL's
drivers know and QGIS's own expressions (memory layers, delimited text) do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..definition import CUMULATIVE
from ..fields import STATUSES, TANK_TYPES, UNKNOWN
from .columns import DATE, GDAL_SQL, NO_YEAR, NUMBER, QGIS, TEXT_DATE, YEAR, TankColumns
from .wanted import ANY_TIME, FIRST_SEEN, NONE_GIVEN, UNIT, TankFilter

NOTHING = "1 = 0"


class OddYears(NamedTuple):
    """Years that a filter without functions must name: the rule cannot be said for all years at once.

    ``brief``: in which tanks were first seen that were gone by the end of the same year. ``left``: in which tanks were
    gone that an image of a later year shows again.
    """

    brief: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()


NO_ODD_YEARS = OddYears()


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
    """Return the condition that a tank must meet; empty where every tank does."""
    return all_of(
        [
            _time(wanted, columns, known.odd_years),
            _class("status", wanted.statuses, STATUSES, columns, known),
            _class("tank_type", wanted.types, TANK_TYPES, columns, known),
            *(_values(role, values, columns) for role, values in sorted(wanted.values.items())),
            _diameter(wanted, columns),
            _search(wanted, columns, known),
        ]
    )


def undated(columns: TankColumns) -> str:
    """Return the condition that a tank has no date: no dated image shows it."""
    return all_of(_missing(name, columns) for name in ("first_seen", "last_seen") if name in columns)


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
    if wanted.only_undated:
        return undated(columns) or NOTHING
    if wanted.mode == ANY_TIME:
        return ""
    counted = _counted(wanted, columns, odd_years)
    return any_of([counted, undated(columns)]) if wanted.undated else counted


def _counted(wanted: TankFilter, columns: TankColumns, odd_years: OddYears) -> str:
    """The rules of time, as ``analysis.time`` states them for one year."""
    seen_by_the_end = _seen(_by_end_of, wanted.last_year, columns)
    if wanted.mode == FIRST_SEEN:
        return all_of([_seen(_since, wanted.first_year, columns), seen_by_the_end])
    if wanted.mode == CUMULATIVE or "gone_by" not in columns:
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
    here = [column for column in (name, stand_in) if column in columns]
    if len(here) < 2:
        return holds(here[0], year, columns)
    return any_of([holds(name, year, columns), all_of([_missing(name, columns), holds(stand_in, year, columns)])])


def _by_end_of(role: str, year: int, columns: TankColumns) -> str:
    if columns.kinds[role] == YEAR:
        return f"{_column(role, columns)} <= {year} AND {_column(role, columns)} > 0"
    condition = f"{_date(role, columns)} < {_first_day(role, year + 1, columns)}"
    return f"{condition} AND {_column(role, columns)} <> ''" if columns.kinds[role] == TEXT_DATE else condition


def _since(role: str, year: int, columns: TankColumns) -> str:
    if columns.kinds[role] == YEAR:
        return f"{_column(role, columns)} >= {year} AND {_column(role, columns)} < {NO_YEAR}"
    return f"{_date(role, columns)} >= {_first_day(role, year, columns)}"


def _date(role: str, columns: TankColumns) -> str:
    cast = columns.dialect == GDAL_SQL and columns.kinds[role] == DATE
    return f"CAST({_column(role, columns)} AS character(10))" if cast else _column(role, columns)


def _first_day(role: str, year: int, columns: TankColumns) -> str:
    # As text, a bare year sorts before every date of that year, be it 2021-03-14, 2021/03/14 or 2021.
    as_text = columns.dialect == GDAL_SQL or columns.kinds[role] == TEXT_DATE
    return f"'{year:04d}'" if as_text else f"'{year:04d}-01-01'"


def _missing(role: str, columns: TankColumns) -> str:
    column, kind = _column(role, columns), columns.kinds[role]
    if kind == YEAR:
        return f"{column} IS NULL OR {column} <= 0 OR {column} >= {NO_YEAR}"
    if kind in (DATE, NUMBER):
        return f"{column} IS NULL"
    return f"{column} IS NULL OR {column} = ''"


def _class(role: str, wanted: frozenset[str], every: tuple[str, ...], columns: TankColumns, known: Known) -> str:
    """A class field is one of the wanted values; NULL and values of no known class count as unknown."""
    if role not in columns or wanted >= set(every):
        return ""
    if not wanted:
        return NOTHING
    words = known.words.get(role, {name: (name,) for name in every})
    if UNKNOWN not in wanted:
        return _in(role, (word for name in wanted for word in words.get(name, ())), columns)
    others = sorted(word for name in set(every) - wanted for word in words.get(name, ()))
    if not others:
        return ""
    column = _column(role, columns)
    return f"{column} IS NULL OR {column} NOT IN ({_listed(others, columns)})"


def _values(role: str, wanted: frozenset[str], columns: TankColumns) -> str:
    if role != UNIT:
        return _one_of(role, wanted, columns) if role in columns else ""
    if "unit_code" in columns and "unit_name" in columns:
        by_name = all_of([_missing("unit_code", columns), _one_of("unit_name", wanted, columns)])
        coded = wanted - {NONE_GIVEN}
        return any_of([_one_of("unit_code", coded, columns), by_name]) if coded else by_name
    return next((_one_of(name, wanted, columns) for name in ("unit_code", "unit_name") if name in columns), "")


def _one_of(role: str, wanted: frozenset[str], columns: TankColumns) -> str:
    conditions = [_in(role, wanted - {NONE_GIVEN}, columns)] if wanted - {NONE_GIVEN} else []
    if NONE_GIVEN in wanted:
        conditions.append(_missing(role, columns))
    return any_of(conditions) if conditions else NOTHING


def _diameter(wanted: TankFilter, columns: TankColumns) -> str:
    least, most = wanted.diameter
    if "diameter_m" not in columns or (least is None and most is None and wanted.unmeasured):
        return ""
    column = _column("diameter_m", columns)
    ends = [f"{column} >= {least!r}"] if least is not None else []
    ends += [f"{column} <= {most!r}"] if most is not None else []
    measured = all_of(ends) or f"{column} IS NOT NULL"
    return any_of([measured, _missing("diameter_m", columns)]) if wanted.unmeasured else measured


def _search(wanted: TankFilter, columns: TankColumns, known: Known) -> str:
    if not wanted.search.strip():
        return ""
    hits = [_in(role, values, columns) for role, values in sorted(known.hits.items()) if values]
    return any_of(hits) if hits else NOTHING


def _in(role: str, values: Iterable[str], columns: TankColumns) -> str:
    some = sorted(set(values))
    return f"{_column(role, columns)} IN ({_listed(some, columns, columns.kinds[role])})" if some else NOTHING


def _listed(values: Iterable[str], columns: TankColumns, kind: str = "") -> str:
    return ", ".join(values if kind in (NUMBER, YEAR) else (_text(value, columns) for value in values))


def _text(value: str, columns: TankColumns) -> str:
    doubled = value.replace("'", "''")
    # QGIS's own expressions read a backslash as the beginning of a special character.
    return "'{}'".format(doubled.replace("\\", "\\\\") if columns.dialect == QGIS else doubled)


def _column(role: str, columns: TankColumns) -> str:
    return '"{}"'.format(columns.names[role].replace('"', '""'))
