"""Periods in words ("before 2021", "2019-2021") as the days between which something was first seen."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from .dates import RANK, When, parse_when
from .values import NOT_READ, Parsed, parse_unique

# What ISP-Myanmar and others mean by the coup.
COUP = When(date(2021, 2, 1), date(2021, 2, 1), date(2021, 2, 1), RANK["day"])
_DAY = timedelta(days=1)
_BOUND = re.compile(
    r"(?P<word>before|prior to|pre|after|post|since|from|until|till|by|as of|in|during|between)\b[\s\-]*(?P<rest>.+)$",
    re.I,
)
_ONWARDS = re.compile(r"(?P<rest>.+?)\s*(?:onwards?|and later|or later|and after)$", re.I)
_EARLIER = re.compile(r"(?P<rest>.+?)\s*(?:and earlier|or earlier|and before)$", re.I)
_COUP = re.compile(r"(?:the )?(?:\d{4} )?(?:military )?coup$", re.I)


class Period(NamedTuple):
    """First seen on or after ``start`` and on or before ``end``; None where that side is open."""

    start: date | None
    end: date | None
    rank: int


def parse_period(text: str) -> Period | None:
    """Return the period that a text clearly names, None where it does not."""
    bare = " ".join(text.split())
    if match := _BOUND.match(bare):
        return _bounded(match["word"].casefold(), match["rest"])
    if match := _ONWARDS.match(bare):
        return _bounded("since", match["rest"])
    if match := _EARLIER.match(bare):
        return _bounded("until", match["rest"])
    when = _when(bare)
    return Period(when.start, when.end, when.rank) if when else None


def _bounded(word: str, rest: str) -> Period | None:
    when = _when(rest.replace(" and ", " to ") if word == "between" else rest)
    if when is None:
        return None
    if word in ("before", "prior to", "pre"):
        return Period(None, when.start - _DAY, when.rank)
    if word in ("after", "post"):
        # The day of the coup belongs to the time after it; "after 2021" leaves 2021 out.
        return Period(when.start if when is COUP else when.end + _DAY, None, when.rank)
    if word in ("since", "from") and not when.is_interval:
        return Period(when.start, None, when.rank)
    if word in ("until", "till", "by", "as of"):
        return Period(None, when.end, when.rank)
    return Period(when.start, when.end, when.rank)


def _when(text: str) -> When | None:
    return COUP if _COUP.match(text.strip()) else parse_when(text, day_first=None)


def parse_periods(column: pd.Series) -> Parsed:
    """Return the Period or None of each value."""
    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.dt.strftime("%Y-%m-%d")
    return parse_unique(column, lambda text: None if text in ("0", "9999", "-9999") else parse_period(text) or NOT_READ)
