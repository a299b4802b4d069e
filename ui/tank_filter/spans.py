"""From when until when a tank is shown, as two expressions in QGIS's own functions: a project works without the plugin.

A tank is shown in every year that its span touches. The year in which it was first seen begins the span; where the
filter says standing, the year of ``gone_by`` ends it, and is not a part of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...analysis.definition import CUMULATIVE, STANDING
from ...analysis.selection.columns import NO_YEAR, TEXT_DATE, YEAR, TankColumns
from ...analysis.selection.wanted import FIRST_SEEN, TankFilter

if TYPE_CHECKING:
    from ...analysis.selection.table import TankTable

_BEFORE_ALL, _AFTER_ALL = "make_datetime(1,1,1,0,0,0)", "make_datetime(9999,12,31,0,0,0)"


class Span(NamedTuple):
    """QGIS expressions of two moments; the second is not a part of the span, and without it the span does not end."""

    start: str
    end: str


def span(wanted: TankFilter, columns: TankColumns) -> Span:
    """Return when a tank is shown, by the rule and the undated ones that a filter asks for; its years do not matter."""
    seen = _known_first(("first_seen", "last_seen"), columns)
    start, end = _beginning_of(seen), ""
    if wanted.mode == FIRST_SEEN:
        end = _beginning_of(f"({seen}) + 1")
    elif wanted.mode != CUMULATIVE and "gone_by" in columns:
        start, end = _standing(seen, columns)
    if wanted.undated:
        start = f"coalesce({start}, {_BEFORE_ALL})"
        end = f"coalesce({end}, {_AFTER_ALL})" if end else ""
    return Span(start, end)


def returned(table: TankTable, wanted: TankFilter) -> int:
    """Return how many tanks vanished and returned: their two spans cannot be said as one, which covers the gap too."""
    from ...analysis.selection.mask import shown

    if wanted.mode != STANDING:
        return 0
    lives = table.lives
    twice = (lives.seen < lives.gone) & (lives.gone < lives.last)
    return int((twice[table.life_of] & shown(table, wanted)).sum())


def _standing(seen: str, columns: TankColumns) -> Span:
    """Until the year of ``gone_by``; but a tank that a later image shows again stands to this day.

    Where nothing showed it before it was gone, it stands from that later image on.
    """
    gone, last = _year("gone_by", columns), _known_first(("last_seen", "first_seen"), columns)
    again = f"({last}) > ({gone})"
    start = f"CASE WHEN {again} AND ({gone}) <= ({seen}) THEN max({seen}, {last}) ELSE ({seen}) END"
    end = f"CASE WHEN ({gone}) IS NULL OR {again} THEN {_AFTER_ALL} ELSE {_beginning_of(gone)} END"
    return Span(_beginning_of(start), end)


def _known_first(roles: tuple[str, str], columns: TankColumns) -> str:
    years = [_year(role, columns) for role in roles if role in columns]
    return years[0] if len(years) == 1 else f"coalesce({', '.join(years)})"


def _year(role: str, columns: TankColumns) -> str:
    column = '"{}"'.format(columns.names[role].replace('"', '""'))
    if columns.kinds[role] == YEAR:
        return f"CASE WHEN {column} > 0 AND {column} < {NO_YEAR} THEN {column} END"
    return f"try(to_int(left({column}, 4)))" if columns.kinds[role] == TEXT_DATE else f"year({column})"


def _beginning_of(year: str) -> str:
    return f"make_datetime({year}, 1, 1, 0, 0, 0)"
