"""The rules of time as conditions: ``analysis.time`` states them for one year, here they hold for a range."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ..definition import CUMULATIVE
from .columns import FIRST_TEXT_YEAR, GDAL_SQL, NO_YEAR, TEXT_DATE, YEAR, TankColumns
from .sql import NOTHING, all_of, any_of, comparable, missing
from .wanted import ANY_TIME, FIRST_SEEN, TankFilter

# A condition on the date of a role and a year.
_Holds = Callable[[str, int, TankColumns], str]


class OddYears(NamedTuple):
    """Years that a filter without functions must name: the rule cannot be said for all years at once.

    ``brief``: in which tanks were first seen that were gone by the end of the same year. ``left``: in which tanks were
    gone that an image of a later year shows again.
    """

    brief: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()


NO_ODD_YEARS = OddYears()


def in_time(wanted: TankFilter, columns: TankColumns, odd_years: OddYears) -> str:
    """Return the condition that a tank counts in one of the years; empty where every tank does."""
    if wanted.only_undated:
        return undated(columns)
    if wanted.mode == ANY_TIME:
        return ""
    if not _seen_roles("first_seen", "last_seen", columns):
        return "" if wanted.undated else NOTHING
    counted = _counted(wanted, columns, odd_years)
    return any_of([counted, undated(columns)]) if wanted.undated else counted


def undated(columns: TankColumns) -> str:
    """Return the condition that a tank has no date: no dated image shows it. Empty where the layer has no dates."""
    return all_of(missing(name, columns) for name in _seen_roles("first_seen", "last_seen", columns))


def _counted(wanted: TankFilter, columns: TankColumns, odd_years: OddYears) -> str:
    seen_by_the_end = _seen(_by_end_of, wanted.last_year, columns)
    if wanted.mode == FIRST_SEEN:
        return all_of([_seen(_since, wanted.first_year, columns), seen_by_the_end])
    if wanted.mode == CUMULATIVE or "gone_by" not in columns:
        return seen_by_the_end
    standing = [missing("gone_by", columns), _gone_later(wanted, columns, odd_years.brief)]
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


def _seen(holds: _Holds, year: int, columns: TankColumns) -> str:
    """A condition on the first image known to show the tank, as ``analysis.time.seen_from`` chooses it."""
    return _either(holds, _seen_roles("first_seen", "last_seen", columns), year, columns)


def _latest(holds: _Holds, year: int, columns: TankColumns) -> str:
    """A condition on the last image known to show the tank, as ``analysis.time.seen_until`` chooses it."""
    return _either(holds, _seen_roles("last_seen", "first_seen", columns), year, columns)


def _seen_roles(name: str, stand_in: str, columns: TankColumns) -> list[str]:
    return [role for role in (name, stand_in) if role in columns]


def _either(holds: _Holds, roles: list[str], year: int, columns: TankColumns) -> str:
    name, *stand_ins = roles
    others = [all_of([missing(name, columns), holds(stand_in, year, columns)]) for stand_in in stand_ins]
    return any_of([holds(name, year, columns), *others])


def _by_end_of(role: str, year: int, columns: TankColumns) -> str:
    date, kind = comparable(role, columns), columns.kinds[role]
    if kind == YEAR:
        return f"{date} < {year + 1} AND {date} > 0"
    condition = f"{date} < {_first_day(role, year + 1, columns)}"
    return f"{condition} AND {date} >= '{FIRST_TEXT_YEAR}'" if kind == TEXT_DATE else condition


def _since(role: str, year: int, columns: TankColumns) -> str:
    date, kind = comparable(role, columns), columns.kinds[role]
    if kind == YEAR:
        return f"{date} >= {year} AND {date} < {NO_YEAR}"
    condition = f"{date} >= {_first_day(role, year, columns)}"
    return f"{condition} AND {date} < '{NO_YEAR}'" if kind == TEXT_DATE else condition


def _first_day(role: str, year: int, columns: TankColumns) -> str:
    # As text, a bare year sorts before every date of that year, be it 2021-03-14, 2021/03/14 or 2021.
    as_text = columns.dialect == GDAL_SQL or columns.kinds[role] == TEXT_DATE
    return f"'{year:04d}'" if as_text else f"'{year:04d}-01-01'"
