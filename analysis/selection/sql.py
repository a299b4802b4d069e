"""Names, values and lists as the SQL of each kind of data provider reads them.

Values are any text: quotes, backslashes, line breaks, what looks like SQL. GDAL before 3.10 takes a backslash before a
quote for an escape, so such a backslash is cut from a longer text. QGIS takes ``--`` for a comment and a line break for
a blank, in text too, in some versions, and ``|layername=`` for a part of the layer's address: these are put together
from two texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .columns import (
    DATE,
    FIRST_TEXT_YEAR,
    GDAL_SQL,
    NO_YEAR,
    NUMBER,
    POSTGRES,
    QGIS,
    SQLITE,
    TEXT_DATE,
    YEAR,
    TankColumns,
)
from .wanted import NONE_GIVEN
from .words import is_number_word

NOTHING = "1 = 0"
# GDAL's SQL reads no list of 5,000.
_LONGEST_LIST = 1000
_SEAM = re.compile(r"(?<=-)(?=-)|(?<=\|)(?=.)", re.DOTALL)
_BEFORE_A_QUOTE = re.compile(r"(\\+)(?='|\Z)")
_BACKSLASH = "SUBSTR('\\_', 1, 1)"


class Unsayable(ValueError):
    """A value that no SQL can name."""


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


def column(role: str, columns: TankColumns) -> str:
    """Return the quoted name of a role's column."""
    quote = '\\"' if columns.dialect == GDAL_SQL else '""'
    return '"{}"'.format(columns.names[role].replace('"', quote))


def comparable(role: str, columns: TankColumns) -> str:
    """Return a role's column as it can be compared for less and more.

    GDAL's own SQL cannot compare a date that is NULL with another: it drops the row, whatever else the condition says.
    There the date is text, through CAST, which all of GDAL's drivers know and QGIS's own expressions do not. A virtual
    layer hands comparisons on to its source's layer as an expression, with other types and fewer digits, but not where
    a sign stands before the column.
    """
    name, kind = column(role, columns), columns.kinds[role]
    if columns.dialect == GDAL_SQL and kind == DATE:
        return f"CAST({name} AS character(10))"
    return f"+{name}" if columns.dialect == SQLITE and kind in (TEXT_DATE, NUMBER) else name


def missing(role: str, columns: TankColumns) -> str:
    """Return the condition that a tank has no value: NULL, empty text, or what is no date."""
    name, kind = column(role, columns), columns.kinds[role]
    if kind == YEAR:
        return f"{name} IS NULL OR {name} <= 0 OR {name} >= {NO_YEAR}"
    if kind == TEXT_DATE:
        date = comparable(role, columns)
        return f"{name} IS NULL OR {date} < '{FIRST_TEXT_YEAR}' OR {date} >= '{NO_YEAR}'"
    if kind in (DATE, NUMBER):
        return f"{name} IS NULL"
    # What looks like text may be an enumeration or a UUID, which Postgres compares with no empty text.
    as_text = f"CAST({name} AS text)" if columns.dialect == POSTGRES else name
    return f"{name} IS NULL OR {as_text} = ''"


def one_of(role: str, values: Iterable[str], columns: TankColumns) -> str:
    """Return the condition that a tank has one of the values; NONE_GIVEN stands for having none."""
    values = set(values)
    conditions = [f"{column(role, columns)} IN ({some})" for some in _lists(role, values - {NONE_GIVEN}, columns)]
    if NONE_GIVEN in values:
        conditions.append(missing(role, columns))
    return any_of(conditions) if conditions else NOTHING


def none_of(role: str, values: Iterable[str], columns: TankColumns) -> str:
    """Return the condition that a tank has none of the values (of which none is NONE_GIVEN); empty without values."""
    name = column(role, columns)
    others = all_of(f"{name} NOT IN ({some})" for some in _lists(role, values, columns))
    return any_of([f"{name} IS NULL", others]) if others else ""


def _lists(role: str, values: Iterable[str], columns: TankColumns) -> list[str]:
    """Return the values as lists of a length that every provider reads; a column of numbers holds no other text."""
    is_number = columns.kinds[role] == NUMBER
    some = sorted(value for value in values if not is_number or is_number_word(value))
    said = some if is_number else [text(value, columns.dialect) for value in some]
    return [", ".join(said[start : start + _LONGEST_LIST]) for start in range(0, len(said), _LONGEST_LIST)]


def text(value: str, dialect: str) -> str:
    """Return a text as a literal. Raises Unsayable for one that holds the character NUL."""
    if "\0" in value:
        raise Unsayable(
            f"No filter can name the value “{value[:40]}”, which holds the character NUL. Correct it in the data."
        )
    if dialect == GDAL_SQL:
        return _gdal_text(value)
    doubled = value.replace("'", "''")
    if dialect == SQLITE:
        return "'{}'".format(_SEAM.sub("'||'", doubled).replace("\n", "'||char(10)||'"))
    if "\\" in value and dialect in (QGIS, POSTGRES):
        # QGIS always reads a backslash as an escape; Postgres reads all text between E'…' so, whatever its settings.
        return "{}'{}'".format("E" if dialect == POSTGRES else "", doubled.replace("\\", "\\\\"))
    return f"'{doubled}'"


def _gdal_text(value: str) -> str:
    pieces: list[str] = []
    for piece in _BEFORE_A_QUOTE.split(value):
        if piece.strip("\\"):
            pieces += ["'{}'".format(part.replace("'", "''")) for part in _SEAM.split(piece)]
        else:
            pieces += [_BACKSLASH] * len(piece)
    return "CONCAT({})".format(", ".join(pieces)) if len(pieces) > 1 else pieces[0] if pieces else "''"


def number(value: float) -> str:
    """Return a number as every provider reads it; SQLite reads no more than fifteen digits exactly."""
    return f"{value:.15g}"
