"""From when until when a tank is shown, as two expressions in QGIS's own functions: a project works without the plugin.

A tank is shown in every year that its span touches. The year in which it was first seen begins the span; where the
filter says standing, the year of ``gone_by`` ends it, and is not a part of it. QGIS asks this of every tank of a map,
so tanks that are not gone, which are most, cost few calls of functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ....analysis.definition import CUMULATIVE, STANDING
from ....analysis.selection.columns import NO_YEAR, TEXT_DATE, YEAR, TankColumns
from ....analysis.selection.wanted import FIRST_SEEN, TankFilter

if TYPE_CHECKING:
    from ....analysis.selection.table import TankTable

_BEFORE_ALL, _AFTER_ALL = "make_datetime(1,1,1,0,0,0)", "make_datetime(9999,12,31,0,0,0)"
_SEEN, _LATEST, _GONE = ("first_seen", "last_seen"), ("last_seen", "first_seen"), ("gone_by",)


class Span(NamedTuple):
    """QGIS expressions of two moments; the second is not a part of the span, and without it the span does not end."""

    start: str
    end: str


def span(wanted: TankFilter, columns: TankColumns) -> Span:
    """Return when a tank is shown, by the rule and the undated ones that a filter asks for; its years do not matter."""
    start, end = _day(_SEEN, columns), ""
    if wanted.mode == FIRST_SEEN:
        end = _new_year(f"{_year(_SEEN, columns)} + 1")
    elif wanted.mode != CUMULATIVE and "gone_by" in columns:
        start, end = _standing(start, columns)
    return _with_undated(start, end, columns) if wanted.undated else Span(start, end)


def returned(table: TankTable | None, wanted: TankFilter) -> int:
    """Return how many tanks vanished and returned: their two spans cannot be said as one, which covers the gap too."""
    from ....analysis.selection.mask import shown

    if table is None or wanted.mode != STANDING:
        return 0
    lives = table.lives
    twice = (lives.seen < lives.gone) & (lives.gone < lives.last)
    return int((twice[table.life_of] & shown(table, wanted)).sum()) if twice.any() else 0


def _with_undated(start: str, end: str, columns: TankColumns) -> Span:
    """Whatever else is known of an undated tank, it is shown at all times."""
    undated = f"{_day(_SEEN, columns)} IS NULL"
    return Span(
        f"coalesce({start}, {_BEFORE_ALL})", f"CASE WHEN {undated} THEN {_AFTER_ALL} ELSE {end} END" if end else ""
    )


def _standing(seen: str, columns: TankColumns) -> Span:
    """Until the year of ``gone_by``; but a tank that a later image shows again stands to this day.

    Where nothing showed it before it was gone, it stands from that later image on.
    """
    is_here = f"{_known_or_null('gone_by', columns)} IS NULL"
    first, last, gone = (_year(roles, columns) for roles in (_SEEN, _LATEST, _GONE))
    again = f"{last} > {gone}"
    returned_in = _new_year(f"max({first}, {last})")
    came_late = f"{again} AND {gone} <= {first}"
    start = f"CASE WHEN {is_here} THEN {seen} WHEN {came_late} THEN {returned_in} ELSE {seen} END"
    until = f"coalesce({_new_year(gone)}, {_AFTER_ALL})"
    return Span(start, f"CASE WHEN {is_here} OR {again} THEN {_AFTER_ALL} ELSE {until} END")


def _day(roles: tuple[str, ...], columns: TankColumns) -> str:
    """Some day of the year in which the first of the columns that is known lies."""
    return _first([_day_of(role, columns) for role in roles if role in columns])


def _known_or_null(role: str, columns: TankColumns) -> str:
    """The cheapest that is NULL where the date is not known."""
    column, kind = _column(role, columns), columns.kinds[role]
    return f"nullif({column}, '')" if kind == TEXT_DATE else _year_of(role, columns) if kind == YEAR else column


def _year(roles: tuple[str, ...], columns: TankColumns) -> str:
    return _first([_year_of(role, columns) for role in roles if role in columns])


def _first(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"coalesce({', '.join(values)})"


def _day_of(role: str, columns: TankColumns) -> str:
    if columns.kinds[role] == YEAR:
        return _new_year(_year_of(role, columns))
    if columns.kinds[role] == TEXT_DATE:  # a text is compared with a moment as text
        return f"(left(nullif({_column(role, columns)}, ''), 4) || '-06-30')"
    return f"to_datetime({_column(role, columns)})"  # so is a date, of which the first of January goes wrong


def _year_of(role: str, columns: TankColumns) -> str:
    column = _column(role, columns)
    if columns.kinds[role] == YEAR:
        return f"(CASE WHEN {column} > 0 AND {column} < {NO_YEAR} THEN {column} END)"
    return f"try(to_int(left({column}, 4)))" if columns.kinds[role] == TEXT_DATE else f"year({column})"


def _new_year(year: str) -> str:
    return f"make_datetime({year}, 1, 1, 0, 0, 0)"


def _column(role: str, columns: TankColumns) -> str:
    return '"{}"'.format(columns.names[role].replace('"', '""'))
