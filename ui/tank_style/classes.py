"""Expressions of QGIS's own functions that say a tank's status, type, years and status in a year.

They stand in the layer's renderer, so a project shows the same where the plugin is not installed. The rules of time are
those of ``analysis.life``; words are read as ``sources.columns.values`` reads them.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...analysis.definition import STANDING
from ...analysis.fields import ABANDONED, ACTIVE, LEACHATE, PRECIPITATION, STATUSES, TANK_TYPES, UNKNOWN
from ...analysis.selection.columns import DATE, NO_YEAR, TEXT_DATE, YEAR, TankColumns
from ...sources.columns.status_words import STATUS_WORDS

# Classes beside those of fields.STATUSES. QGIS draws a category of "" for NULL, too: nothing is left undrawn.
NOT_GIVEN = UNDATED = ""
NOT_THERE = "not there"
UNDATED_YEAR = -1
_RECORDED = "@recorded"
_SEEN, _LAST = ("first_seen", "last_seen"), ("last_seen", "first_seen")
_NOT_LETTERS = r"[\\x00-\\x2f\\x3a-\\x60\\x7b-\\x7f]+"


def status(columns: TankColumns) -> str:
    """Return the expression of the recorded status: active, abandoned, unknown (other words, too), or NOT_GIVEN."""
    if "status" not in columns:
        return _text(NOT_GIVEN)
    field, phrase = column("status", columns), _phrase("status", columns)
    cases = [(f"{field} = {_text(name)}", name) for name in STATUSES]
    cases.append((f"trim(coalesce({field}, '')) = ''", NOT_GIVEN))
    # Words of sources last: taking them apart costs ten times what comparing them does.
    for name in (ACTIVE, ABANDONED):
        cases.append((f"{phrase} IN ({', '.join(_text(word) for word in words_for(name))})", name))
    return _case(cases, UNKNOWN)


def tank_type(columns: TankColumns) -> str:
    """Return the expression of the type: leachate, precipitation or unknown."""
    if "tank_type" not in columns:
        return _text(UNKNOWN)
    field = column("tank_type", columns)
    cases = [(f"{field} = {_text(name)}", name) for name in TANK_TYPES]
    cases.append((f"{field} IS NULL", UNKNOWN))
    leachate = f"(strpos(lower({field}), 'leachate') > 0 OR strpos(lower({field}), 'collection') > 0)"
    precipitation = f"strpos(lower({field}), 'precipitat') > 0"
    cases.append((f"{leachate} AND NOT {precipitation}", LEACHATE))
    cases.append((f"{precipitation} AND NOT {leachate}", PRECIPITATION))
    return _case(cases, UNKNOWN)


def first_year(columns: TankColumns) -> str:
    """Return the expression of the year of the first image known to show the tank; NULL without any."""
    return _first_known(_SEEN, columns)


def status_in(columns: TankColumns, year: int, counting: str) -> str:
    """Return the expression of a tank's status in a year: of fields.STATUSES, NOT_THERE, or UNDATED."""
    undated = f"{first_year(columns)} IS NULL"
    cases = [(undated, UNDATED), (f"NOT {_first_by_end_of(_SEEN, year, columns)}", NOT_THERE)]
    if counting == STANDING and "gone_by" in columns:
        cases.append((_missed(columns, year), NOT_THERE))
    cases += [(condition, ABANDONED) for condition in _abandoned(columns, year)]
    cases.append((f"{_RECORDED} = {_text(ACTIVE)} OR {year_of('abandoned_since', columns)} IS NOT NULL", ACTIVE))
    return f"with_variable('recorded', {status(columns)}, {_case(cases, UNKNOWN)})"


def year_of(role: str, columns: TankColumns) -> str:
    """Return the expression of the year of a date column; NULL where there is none, and where it is no date."""
    if role not in columns:
        return "NULL"
    field, kind = column(role, columns), columns.kinds[role]
    if kind == TEXT_DATE:
        return f"try(to_int(left(trim({field}), 4)))"
    if kind == YEAR:
        return f"if({field} > 0 AND {field} < {NO_YEAR}, to_int({field}), NULL)"
    # Several times as fast as year(), which first tries to read the date as an interval.
    return f"to_int(left({field}, 4))"


def column(role: str, columns: TankColumns) -> str:
    """Return the role's column, quoted."""
    return '"{}"'.format(columns.names[role].replace('"', '""'))


def words_for(status_class: str) -> list[str]:
    """Return the words of sources for a status, in lower case."""
    return [word for word, meaning in STATUS_WORDS.items() if meaning == status_class]


def _missed(columns: TankColumns, year: int) -> str:
    """``analysis.life``: observed gone by the year, and not seen again in a later year up to it."""
    gone, last = year_of("gone_by", columns), _first_known(_LAST, columns)
    seen_again = _true(f"{last} > {gone} AND {last} <= {year}")
    return f"{_by_end_of('gone_by', year, columns)} AND NOT {seen_again}"


def _abandoned(columns: TankColumns, year: int) -> list[str]:
    """``analysis.life.is_abandoned``: by the date since when it is, or as recorded where no date says so."""
    since, conditions = year_of("abandoned_since", columns), []
    if "abandoned_since" in columns:
        again = f"{_RECORDED} = {_text(ACTIVE)} AND {_later_than_abandoned(columns)}"
        revived = _true(f"{again} AND {year_of('status_date', columns)} <= {year}")
        conditions.append(f"{_by_end_of('abandoned_since', year, columns)} AND NOT {revived}")
    shown = _first_by_end_of(("status_date", "last_seen"), year, columns)
    return [*conditions, f"{_RECORDED} = {_text(ABANDONED)} AND {since} IS NULL AND {shown}"]


def _first_by_end_of(roles: Iterable[str], year: int, columns: TankColumns) -> str:
    """Whether the first of these dates that is known is of the year or an earlier one."""
    here = [role for role in roles if role in columns]
    if here and all(columns.kinds[role] == DATE for role in here):
        return f"coalesce({', '.join(column(role, columns) for role in here)}) < {_beginning(year + 1)}"
    return f"{_first_known(here, columns)} <= {year}"


def _by_end_of(role: str, year: int, columns: TankColumns) -> str:
    """Whether a date is known, and of the year or an earlier one; what AND joins to it is left out where it is not."""
    field = column(role, columns)
    early = (
        f"{field} < {_beginning(year + 1)}" if columns.kinds[role] == DATE else f"{year_of(role, columns)} <= {year}"
    )
    return f"{field} IS NOT NULL AND {early}"


def _beginning(year: int) -> str:
    return f"to_date('{year:04d}-01-01')"


def _later_than_abandoned(columns: TankColumns) -> str:
    if "status_date" not in columns or "abandoned_since" not in columns:
        return "FALSE"
    return f"{_day('status_date', columns)} > {_day('abandoned_since', columns)}"


def _day(role: str, columns: TankColumns) -> str:
    """A date as text that sorts as dates do; a year alone is its first day, as the loaders write it."""
    field, kind = column(role, columns), columns.kinds[role]
    if kind == DATE:
        return f"left({field}, 10)"
    text = f"trim(replace(to_string({field}), '/', '-'))"
    return f"left({text} || substr('0000-01-01', length({text}) + 1), 10)"


def _first_known(roles: Iterable[str], columns: TankColumns) -> str:
    found = [year_of(role, columns) for role in roles if role in columns]
    return found[0] if len(found) == 1 else f"coalesce({', '.join(found)})" if found else "NULL"


def _phrase(role: str, columns: TankColumns) -> str:
    return f"trim(regexp_replace(lower({column(role, columns)}), '{_NOT_LETTERS}', ' '))"


def _case(cases: list[tuple[str, str]], other: str) -> str:
    whens = "".join(f" WHEN {condition} THEN {_text(name)}" for condition, name in cases)
    return f"CASE{whens} ELSE {_text(other)} END"


def _true(condition: str) -> str:
    return f"coalesce({condition}, FALSE)"


def _text(word: str) -> str:
    return f"'{word}'"
