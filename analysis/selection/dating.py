"""Columns of dates as years, and the distinct lives of the tanks they tell of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ..fields import ABANDONED, ACTIVE, STATUSES
from ..life import Life
from .coding import Raw, factorized
from .columns import FIRST_TEXT_YEAR, NO_YEAR, YEAR, TankColumns

# As text sorts: what lies between two of them is of the year of the first. What sorts before or after all is no date.
_YEARS = [str(year) for year in range(FIRST_TEXT_YEAR, NO_YEAR + 1)]


def lives_of(columns: TankColumns, raw: Mapping[str, Raw], status: np.ndarray) -> tuple[Life, np.ndarray]:
    """Return the distinct lives of tanks, as ``analysis.time`` reads them, and the number of each tank's (int32)."""
    days = {role: _days(raw[role], columns.kinds[role]) for role in _DATES if role in columns}
    none = np.full(len(status), np.nan)
    first, last, gone, since, dated = (days.get(role, none) for role in _DATES)
    active = status == STATUSES.index(ACTIVE)
    columns_of_life = [
        _years(_or(first, last)),
        _years(_or(last, first)),
        _years(gone),
        _years(since),
        _years(_or(dated, last)),
        _years(np.where(active & (dated > since), dated, np.nan)),
        active,
        status == STATUSES.index(ABANDONED),
    ]
    codes, example = distinct(columns_of_life)
    return Life(*(column[example] for column in columns_of_life)), codes


_DATES = ("first_seen", "last_seen", "gone_by", "abandoned_since", "status_date")


def distinct(columns: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of each row's combination of values (int32), and a row that has each of them."""
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        more, values = pd.factorize(column)
        codes = pd.factorize(codes * (len(values) + 1) + more + 1)[0]
    example = np.zeros(codes.max(initial=-1) + 1, dtype=np.int64)
    example[codes] = np.arange(len(codes))
    return codes.astype(np.int32), example


def _or(days: np.ndarray, others: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(days), others, days)


def _years(days: np.ndarray) -> np.ndarray:
    return np.floor(days / 10_000).astype(np.float32)


def _days(values: Raw, kind: str) -> np.ndarray:
    """Return days as numbers, 20210314 (20210000 where no day is known), NaN where there is no date."""
    if isinstance(values, np.ndarray) and values.dtype.kind == "M":
        return _from_datetimes(values)
    if isinstance(values, np.ndarray) and kind == YEAR:
        years = values.astype(float)
        return np.where((years > 0) & (years < NO_YEAR), years * 10_000, np.nan)
    codes, texts = factorized(values)
    return np.array([*(_from_text(str(text)) for text in texts), np.nan])[codes]


def _from_datetimes(values: np.ndarray) -> np.ndarray:
    months = values.astype("datetime64[M]")
    days = (values.astype("datetime64[D]") - months).astype(float) + 1
    number = months.astype(np.int64)
    years = number // 12 + 1970
    return np.where(np.isnat(values), np.nan, years * 10_000 + (number % 12 + 1) * 100 + days)


def _from_text(text: str) -> float:
    """As the filter's condition reads it, which can only compare texts."""
    year = FIRST_TEXT_YEAR + bisect_right(_YEARS, text) - 1
    if not FIRST_TEXT_YEAR <= year < NO_YEAR:
        return np.nan
    digits = "".join(letter for letter in text[4:10] if letter in "0123456789")
    return year * 10_000 + int(f"{digits:0<4}"[:4])
