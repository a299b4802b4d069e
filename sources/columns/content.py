"""Columns whose names say nothing, known by what they hold. Careful: what could be anything is left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

import numpy as np
import pandas as pd

from ...analysis.fields import SOURCE_PREFIX
from . import values
from .dates import parse_when
from .degrees import parse_degrees, plain_numbers
from .pairs import is_pair
from .region import REGION

# The rows that are looked at: a preview reads as many, so that both choose the same.
SAMPLE = 1000
_SHARE = 0.9
_MOST_TEXTS, _MOST_COLUMNS, _NAMED = 200, 500, 6
# How a mark is drawn says nothing about a tank.
_LOOKS = ("kml_style",)
# Words of a kind repeat; a column of more distinct texts is prose.
_MOST_WORDS = 50
_FIRST_YEAR, _LAST_YEAR = 1990, 2035
_DATES = ("date", "first_seen", "last_seen", "absent_on", "gone_by", "abandoned_since", "years", "period")
# Dates of the record, not of what it shows.
_EDITED = re.compile(r"creat|edit|modif|updat|upload|download|enter|insert|delet|publish|process", re.I)
_SHAPE = r"(?:MULTI)?(?:POINT|POLYGON)\s*(?:ZM?|M)?\s*\("
_GEOMETRY = re.compile(rf"\s*(?:SRID=\d+;)?\s*(?:{_SHAPE}|0[01][0-9a-f]{{16,}}$)", re.I)
_AXES = {"lat": (REGION[1], REGION[3], "latitude"), "lon": (REGION[0], REGION[2], "longitude")}
_OF_DEGREES = re.compile(r"\d[.,]\d{2,}|[NSEW]|°")
_OF_NUMBERS = re.compile(r"[-+]?[\d.,]+(?:e[-+]?\d+)?$", re.I)

Found = tuple[dict[str, str], list[str]]


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
    found, notes = _places(sample[free], texts, [axis for axis in ("lat", "lon") if axis in wanted])
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
        notes.append(_several(f"the role {role}", columns, f"{role}={columns[0]}"))


def _several(what: str, columns: list[str], example: str) -> str:
    more = f" and {len(columns) - _NAMED:,} more" if len(columns) > _NAMED else ""
    return (
        f"By what they hold, the columns {', '.join(columns[:_NAMED])}{more} could each play {what}: none was taken. "
        f"Name one in FIELD_MAP, such as {example}."
    )


def _texts(column: pd.Series) -> list[str]:
    """Return distinct texts of a column that are no nulls: all of them, or a fair share of very many."""
    distinct = column.dropna().unique()
    cells = (values.as_text(cell) for cell in distinct[:: max(len(distinct) // _MOST_TEXTS, 1)])
    return [text for text in cells if not values.is_null_word(text) and text not in ("9999", "-9999")]


def _nearly_all(texts: list[str], fits: Callable[[str], bool]) -> bool:
    """Return whether nine in ten texts fit; a column of something else is told by its first few."""
    left = int((1 - _SHARE) * len(texts))
    for text in texts:
        left -= not fits(text)
        if left < 0:
            return False
    return bool(texts)


def _are_words(texts: list[str], fits: Callable[[str], bool]) -> bool:
    return len(texts) <= _MOST_WORDS and _nearly_all(texts, fits)


def _status(name: str, column: pd.Series, texts: list[str]) -> bool:
    return _are_words(texts, lambda text: values.phrase(text) in values.STATUS_WORDS)


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
    if len(texts) >= 2 and _nearly_all(texts, _is_year):
        return True
    return _nearly_all(texts, lambda text: not _OF_NUMBERS.match(text) and parse_when(text) is not None)


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(?:\.0)?", text)) and _FIRST_YEAR <= float(text) <= _LAST_YEAR


_FITS = {"status": _status, "tank_type": _type, "country": _country, "date": _date}


def _places(sample: pd.DataFrame, texts: dict[str, list[str]], axes: list[str]) -> Found:
    fits = {axis: [name for name in sample if _is_axis(texts[name], axis)] for axis in axes}
    if axes and all(len(columns) == 1 for columns in fits.values()):
        return {axis: columns[0] for axis, columns in fits.items()}, []
    if all(fits.values()):
        doubtful = [(axis, columns) for axis, columns in fits.items() if len(columns) > 1]
        return {}, [_several(_AXES[axis][2], columns, f"{axis}={columns[0]}") for axis, columns in doubtful]
    both = [name for name in sample if _is_pair(texts[name])] if len(axes) == 2 else []
    if len(both) == 1:
        return {"lat": both[0], "lon": both[0]}, []
    return {}, [_several("latitude and longitude", both, f"lat={both[0]};lon={both[0]}")] if both else []


def _is_axis(texts: list[str], axis: str) -> bool:
    """Return whether a column holds degrees: finer than hundredths within the region, or with the axis's letters."""
    low, high, _ = _AXES[axis]
    numbers = plain_numbers(pd.Series(texts, dtype=object))
    numbers = numbers[~np.isnan(numbers)]
    if not len(numbers) or len(numbers) < _SHARE * len(texts):
        return _nearly_all(texts, lambda text: _is_degrees(text, axis, low, high))
    fine = np.abs(numbers * 100 - np.round(numbers * 100)) > 1e-6
    return bool(((numbers >= low) & (numbers <= high)).mean() >= _SHARE and fine.mean() >= _SHARE / 2)


def _is_degrees(text: str, axis: str, low: float, high: float) -> bool:
    value = parse_degrees(text, axis)
    other = parse_degrees(text, "lon" if axis == "lat" else "lat")
    return value is not None and (other is None or ("°" in text and low <= value <= high))


def _is_pair(texts: list[str]) -> bool:
    if _nearly_all(texts, lambda text: bool(_GEOMETRY.match(text))):
        return True
    return _nearly_all(texts, lambda text: len(_OF_DEGREES.findall(text)) >= 2 and is_pair(text))
