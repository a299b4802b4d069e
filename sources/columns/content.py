"""Columns whose names say nothing, known by what they hold. Careful: what could be anything is left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

import pandas as pd

from ...analysis.fields import SOURCE_PREFIX
from . import values
from .content_places import find_places
from .dates import parse_when
from .fitting import Found, nearly_all, several
from .status_words import STATUS_WORDS

# The rows that are looked at: a preview reads as many, so that both choose the same.
SAMPLE = 1000
_MOST_TEXTS, _MOST_COLUMNS = 200, 500
# How a mark is drawn says nothing about a tank.
_LOOKS = ("kml_style",)
# Words of a kind repeat; a column of more distinct texts is prose.
_MOST_WORDS = 50
_FIRST_YEAR, _LAST_YEAR = 1990, 2035
_DATES = ("date", "first_seen", "last_seen", "absent_on", "gone_by", "abandoned_since", "years", "period")
# Dates of the record, not of what it shows.
_EDITED = re.compile(r"creat|edit|modif|updat|upload|download|enter|insert|delet|publish|process", re.I)
_OF_NUMBERS = re.compile(r"[-+]?[\d.,]+(?:e[-+]?\d+)?$", re.I)


def find(table: pd.DataFrame, taken: Collection[str], wanted: Iterable[str]) -> Found:
    """Return role → column for the ``wanted`` roles that one free column alone fits, and notes.

    ``lat`` and ``lon`` are found together, unless the other is known; both are one column of pairs or WKT.
    """
    sample = table.head(SAMPLE)
    free = [name for name in sample.columns if name not in {*taken, *_LOOKS} and not name.startswith(SOURCE_PREFIX)]
    if len(free) > _MOST_COLUMNS:
        return {}, [f"{len(free):,} columns are too many to be known by what they hold: only names were looked at."]
    texts = {name: _texts(sample[name]) for name in free}
    wanted = set(wanted)
    found, notes = find_places(texts, [axis for axis in ("lat", "lon") if axis in wanted])
    for role, fits in _FITS.items():
        if role not in wanted:
            continue
        columns = [name for name in free if name not in found.values() and fits(name, sample[name], texts[name])]
        _settle(role, columns, found, notes)
    return found, notes


def is_dated(roles: Collection[str]) -> bool:
    """Return whether some role speaks of time already: then no column is taken for a date by its content."""
    return any(role in roles for role in _DATES)


def _settle(role: str, columns: list[str], found: dict[str, str], notes: list[str]) -> None:
    if len(columns) == 1:
        found[role] = columns[0]
    elif columns:
        notes.append(several(f"the role {role}", columns, f"{role}={columns[0]}"))


def _texts(column: pd.Series) -> list[str]:
    """Return distinct texts of a column that are no nulls: all of them, or a fair share of very many."""
    distinct = column.dropna().unique()
    cells = (values.as_text(cell) for cell in distinct[:: max(len(distinct) // _MOST_TEXTS, 1)])
    return [text for text in cells if not values.is_null_word(text) and text not in ("9999", "-9999")]


def _are_words(texts: list[str], fits: Callable[[str], bool]) -> bool:
    return len(texts) <= _MOST_WORDS and nearly_all(texts, fits)


def _status(name: str, column: pd.Series, texts: list[str]) -> bool:
    return _are_words(texts, lambda text: values.phrase(text) in STATUS_WORDS)


def _type(name: str, column: pd.Series, texts: list[str]) -> bool:
    return _are_words(texts, lambda text: len(text) <= 40 and isinstance(values.tank_type_word(text), str))


def _country(name: str, column: pd.Series, texts: list[str]) -> bool:
    # Two letters ("IN", "LA") may be anything.
    return _are_words(
        texts,
        lambda text: values.phrase(text) in values.COUNTRY_WORDS and (len(text) > 2 or not text.isascii()),
    )


def _date(name: str, column: pd.Series, texts: list[str]) -> bool:
    if _EDITED.search(name):
        return False
    if pd.api.types.is_datetime64_any_dtype(column):
        return bool(texts)
    if len(texts) >= 2 and nearly_all(texts, _is_year):
        return True
    return nearly_all(texts, lambda text: not _OF_NUMBERS.match(text) and parse_when(text) is not None)


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(?:\.0)?", text)) and _FIRST_YEAR <= float(text) <= _LAST_YEAR


_FITS = {"status": _status, "tank_type": _type, "country": _country, "date": _date}
