"""Expressions of QGIS's own functions that say a tank's status, type, years and status in a year.

They stand in the layer's renderer, so a project shows the same where the plugin is not installed. The rules of time are
those of ``analysis.life``; words are read as ``sources.columns.values`` reads them.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...analysis.definition import STANDING
from ...analysis.fields import ABANDONED, ACTIVE, LEACHATE, PRECIPITATION, UNKNOWN
from ...analysis.selection.columns import DATE, NO_YEAR, TEXT_DATE, YEAR, TankColumns
from ...sources.columns.status_words import STATUS_WORDS

# Classes beside those of fields.STATUSES. QGIS draws a category of "" for NULL, too: nothing is left undrawn.
NOT_GIVEN = UNDATED = ""
NOT_THERE = "not there"
UNDATED_YEAR = -1
_RECORDED = "@recorded"
_NOT_LETTERS = r"[\\x00-\\x2f\\x3a-\\x60\\x7b-\\x7f]+"


def status(columns: TankColumns) -> str:
    """Return the expression of the recorded status: active, abandoned, unknown (other words, too), or NOT_GIVEN."""
    if "status" not in columns:
        return _text(NOT_GIVEN)
    field, phrase = column("status", columns), _phrase("status", columns)
    given = f"WHEN trim(coalesce({field}, '')) = '' THEN {_text(NOT_GIVEN)}"
    known = "".join(
        f" WHEN {phrase} IN ({', '.join(_text(word) for word in words_for(name))}) THEN {_text(name)}"
        for name in (ACTIVE, ABANDONED)
    )
    return f"CASE {given}{known} ELSE {_text(UNKNOWN)} END"


def tank_type(columns: TankColumns) -> str:
    """Return the expression of the type: leachate, precipitation or unknown."""
    if "tank_type" not in columns:
        return _text(UNKNOWN)
    phrase = _phrase("tank_type", columns)
    leachate = f"regexp_match({phrase}, 'leachate|collection') > 0"
    precipitation = f"regexp_match({phrase}, 'precipitat') > 0"
    return (
        f"CASE WHEN {leachate} AND NOT {precipitation} THEN {_text(LEACHATE)} "
        f"WHEN {precipitation} AND NOT {leachate} THEN {_text(PRECIPITATION)} ELSE {_text(UNKNOWN)} END"
    )


def first_year(columns: TankColumns) -> str:
    """Return the expression of the year of the first image known to show the tank; NULL without any."""
    return _first_known(("first_seen", "last_seen"), columns)


def status_in(columns: TankColumns, year: int, counting: str) -> str:
    """Return the expression of a tank's status in a year: of fields.STATUSES, NOT_THERE, or UNDATED."""
    seen, last = first_year(columns), _first_known(("last_seen", "first_seen"), columns)
    counts = f"{seen} <= {year}"
    if counting == STANDING:
        gone = year_of("gone_by", columns)
        seen_again = _true(f"{last} > {gone} AND {last} <= {year}")
        counts += f" AND NOT {_true(f'{gone} <= {year} AND NOT {seen_again}')}"
    cases = (
        f"CASE WHEN {seen} IS NULL THEN {_text(UNDATED)} WHEN NOT ({counts}) THEN {_text(NOT_THERE)} "
        f"WHEN {_abandoned(columns, year)} THEN {_text(ABANDONED)} "
        f"WHEN {_RECORDED} = {_text(ACTIVE)} OR {year_of('abandoned_since', columns)} IS NOT NULL "
        f"THEN {_text(ACTIVE)} ELSE {_text(UNKNOWN)} END"
    )
    return f"with_variable('recorded', {status(columns)}, {cases})"


def year_of(role: str, columns: TankColumns) -> str:
    """Return the expression of the year of a date column; NULL where there is none, and where it is no date."""
    if role not in columns:
        return "NULL"
    field, kind = column(role, columns), columns.kinds[role]
    if kind == TEXT_DATE:
        return f"try(to_int(left(trim({field}), 4)))"
    if kind == YEAR:
        return f"if({field} > 0 AND {field} < {NO_YEAR}, to_int({field}), NULL)"
    return f"year({field})"


def column(role: str, columns: TankColumns) -> str:
    """Return the role's column, quoted."""
    return '"{}"'.format(columns.names[role].replace('"', '""'))


def words_for(status_class: str) -> list[str]:
    """Return the words of sources for a status, in lower case."""
    return [word for word, meaning in STATUS_WORDS.items() if meaning == status_class]


def _abandoned(columns: TankColumns, year: int) -> str:
    """``analysis.life.is_abandoned``: by the date since when it is, or as recorded where no date says so."""
    since = year_of("abandoned_since", columns)
    again = f"{_RECORDED} = {_text(ACTIVE)} AND {_later_than_abandoned(columns)}"
    revived = f"{again} AND {year_of('status_date', columns)} <= {year}"
    shown = _first_known(("status_date", "last_seen"), columns)
    by_date = f"{since} <= {year} AND NOT {_true(revived)}"
    by_record = f"{_RECORDED} = {_text(ABANDONED)} AND {since} IS NULL AND {shown} <= {year}"
    return f"({_true(by_date)} OR {_true(by_record)})"


def _later_than_abandoned(columns: TankColumns) -> str:
    if "status_date" not in columns or "abandoned_since" not in columns:
        return "FALSE"
    return f"{_day('status_date', columns)} > {_day('abandoned_since', columns)}"


def _day(role: str, columns: TankColumns) -> str:
    """A date as text that sorts as dates do; a year alone is its first day, as the loaders write it."""
    field, kind = column(role, columns), columns.kinds[role]
    if kind == DATE:
        return f"format_date({field}, 'yyyy-MM-dd')"
    text = f"trim(replace(to_string({field}), '/', '-'))"
    return f"left({text} || substr('0000-01-01', length({text}) + 1), 10)"


def _first_known(roles: Iterable[str], columns: TankColumns) -> str:
    found = [year_of(role, columns) for role in roles if role in columns]
    return found[0] if len(found) == 1 else f"coalesce({', '.join(found)})" if found else "NULL"


def _phrase(role: str, columns: TankColumns) -> str:
    return f"trim(regexp_replace(lower({column(role, columns)}), '{_NOT_LETTERS}', ' '))"


def _true(condition: str) -> str:
    return f"coalesce({condition}, FALSE)"


def _text(word: str) -> str:
    return f"'{word}'"
