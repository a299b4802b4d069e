"""Dates as sources write them, with how exactly they are known. A year stays a year: its 1 January, precision year."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from ...analysis.fields import DAY, MONTH, NO_DATE, YEAR
from .values import NOT_READ, as_text, is_null_word, parse_unique

PRECISION_OF_RANK = np.array([NO_DATE, DAY, MONTH, YEAR], dtype=object)
RANK = {word: rank for rank, word in enumerate(PRECISION_OF_RANK)}
FIRST_YEAR, LAST_YEAR = 1950, 2100
_NULLS = frozenset("0 0.0 9999 9999.0 -9999 1900-01-01 1900/01/01 1/1/1900 1899-12-30 12/30/1899 9999-12-31".split())
_NULL_DAYS = pd.to_datetime(["1900-01-01", "1899-12-30"])

_MONTHS = {name[:3].casefold(): number for number, name in enumerate(calendar.month_name) if number}
_TIME = re.compile(r"[T ]+\d{1,2}:\d{2}.*$")
_YEAR_ONLY = re.compile(r"(\d{4})(?:\.0*)?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?$")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
_MONTH_YEAR = re.compile(r"(\d{1,2})/(\d{4})$")
_NAMED = [
    re.compile(r"(?P<month>[a-z]{3,9})\.?[ \-,]+(?P<year>\d{4})$", re.I),
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ \-]+(?P<month>[a-z]{3,9})\.?[ \-,]+(?P<year>\d{4})$", re.I),
    re.compile(r"(?P<month>[a-z]{3,9})\.?[ \-]+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?[ \-]+(?P<year>\d{4})$", re.I),
    re.compile(r"(?P<year>\d{4})[ \-]+(?P<month>[a-z]{3,9})\.?$", re.I),
]
_SERIAL = re.compile(r"[3-6]\d{4}(?:\.\d+)?$")
_INTERVALS = [
    re.compile(r"(\d{4})\s*[-–—/]\s*(\d{4})$"),
    re.compile(r"(.+?)(?:\s+(?:to|until)\s+|\s+[-–—]\s+)(.+)$", re.I),
]


class When(NamedTuple):
    """A stretch of days: a date known to the day, month or year, or an interval between two such dates."""

    start: date
    end: date
    last: date  # where the interval's later date starts; for a single date, its start
    rank: int

    @property
    def is_interval(self) -> bool:
        """Whether this is a pair of dates."""
        return self.start != self.last


@dataclass(frozen=True)
class Dates:
    """A column of dates: datetime64[ns], the rank of the precision (0 none, 1 day, 2 month, 3 year), and remarks."""

    values: np.ndarray
    rank: np.ndarray
    intervals: int
    unread: Counter[str]
    remarks: list[str]


def parse_when(text: str, day_first: bool | None = False) -> When | None:
    """Return the stretch of days a text names, or None. ``day_first`` None: an unclear order keeps the year."""
    bare = _TIME.sub("", text.strip())
    single = _single(bare, day_first)
    if single:
        return single
    for pattern in _INTERVALS:
        match = pattern.match(bare)
        one, other = (_single(part.strip(), day_first) for part in match.groups()) if match else (None, None)
        if one and other and one.start <= other.start:
            return When(one.start, other.end, other.start, max(one.rank, other.rank, RANK[YEAR]))
    return None


def _single(text: str, day_first: bool | None) -> When | None:
    if match := _YEAR_ONLY.match(text):
        return stretch(int(match[1]))
    if match := _COMPACT.match(text) or _YEAR_FIRST.match(text):
        return stretch(*(int(part) for part in match.groups() if part))
    if match := _YEAR_LAST.match(text):
        return _year_last(int(match[1]), int(match[2]), int(match[3]), day_first)
    if match := _MONTH_YEAR.match(text):
        return stretch(int(match[2]), int(match[1]))
    if _SERIAL.match(text):
        day = date(1899, 12, 30) + timedelta(days=int(float(text)))
        return stretch(day.year, day.month, day.day)
    return _named(text)


def _year_last(one: int, two: int, year: int, day_first: bool | None) -> When | None:
    if one > 12 or two > 12:
        return stretch(year, two, one) if one > 12 else stretch(year, one, two)
    if day_first is None and one != two:
        return stretch(year)
    return stretch(year, two, one) if day_first else stretch(year, one, two)


def _named(text: str) -> When | None:
    for pattern in _NAMED:
        match = pattern.match(text)
        month = _month(match["month"]) if match else None
        if match and month:
            day = match.groupdict().get("day")
            return stretch(int(match["year"]), month, int(day) if day else None)
    return None


def _month(word: str) -> int | None:
    number = _MONTHS.get(word[:3].casefold())
    if number is None:
        return None
    full = calendar.month_name[number].casefold()
    return number if full.startswith(word.casefold()) or word.casefold() == "sept" else None


def stretch(year: int, month: int | None = None, day: int | None = None) -> When | None:
    """Return the days of a year, month or day, None where the calendar has no such day or the year is not plausible."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not (month is None or 1 <= month <= 12):
        return None
    first, last = month or 1, month or 12
    length = calendar.monthrange(year, last)[1]
    if day is not None and not 1 <= day <= length:
        return None
    start = date(year, first, day or 1)
    rank = RANK[DAY] if day else RANK[MONTH] if month else RANK[YEAR]
    return When(start, date(year, last, day or length), start, rank)


def parse_column(column: pd.Series) -> tuple[np.ndarray, Counter[str], list[str]]:
    """Return the When or None of each value, what was not read, and remarks on how the column was read."""
    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.dt.tz_localize(None).dt.strftime("%Y-%m-%d")
    day_first, remarks = _order(column)
    parsed = parse_unique(column, _reader(day_first))
    serials = sum(count for value, count in column.value_counts().items() if _SERIAL.match(as_text(value)))
    if serials:
        remarks.append(f"{serials:,} numbers such as 44269 were read as Excel's day numbers")
    return parsed.values, parsed.unread, remarks


def _reader(day_first: bool | None) -> Callable[[str], object]:
    def read(text: str) -> object:
        if _TIME.sub("", text) in _NULLS:
            return None
        return parse_when(text, day_first) or NOT_READ

    return read


def date_of(text: str) -> date | None:
    """Return the date that a text names, as a column of it is read; None for none. Of an interval the end counts."""
    when = None if is_null_word(text) else _reader(False)(text)
    return when.last if isinstance(when, When) else None


def _order(column: pd.Series) -> tuple[bool | None, list[str]]:
    """Return whether dates such as 3/4/2021 have the day first: the column's own unmistakable dates decide."""
    found = {bool(int(match[1]) > 12) for match in _matches(column) if int(match[1]) > 12 or int(match[2]) > 12}
    if found == {True}:
        return True, ["dates such as 14/3/2021 show that the day comes first; all were read so"]
    if found == {True, False}:
        return None, ["some dates have the day first, some the month; of those that could be either, the year is kept"]
    return False, []


def _matches(column: pd.Series) -> list[re.Match[str]]:
    texts = (as_text(value) for value in column.dropna().unique())
    return [match for text in texts if not is_null_word(text) and (match := _YEAR_LAST.match(_TIME.sub("", text)))]


def parse_dates(column: pd.Series) -> Dates:
    """Return the dates of a column. Of an interval the end counts: by then the image is certain."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return _typed(column)
    whens, unread, remarks = parse_column(column)
    codes, uniques = pd.factorize(whens)
    values = np.array([np.datetime64(when.last, "ns") for when in uniques] + [np.datetime64("NaT")], "datetime64[ns]")
    ranks = np.array([when.rank for when in uniques] + [0], dtype=np.int8)
    intervals = np.array([when.is_interval for when in uniques] + [False])
    return Dates(values[codes], ranks[codes], int(intervals[codes].sum()), unread, remarks)


def _typed(column: pd.Series) -> Dates:
    days = column.dt.tz_localize(None).dt.normalize()
    days = days.mask(days.isin(_NULL_DAYS)).astype("datetime64[ns]")
    known = days.notna().to_numpy()
    return Dates(days.to_numpy(), np.where(known, RANK[DAY], 0).astype(np.int8), 0, Counter(), [])
