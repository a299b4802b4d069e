"""How much of a column parses in its role: the counts that a preview shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from ...analysis.fields import TANKS, Kind
from . import values
from .dates import parse_dates
from .roles import YEARS
from .year_cells import year_cells

_DATES = {"date", *(field.name for field in TANKS if field.kind is Kind.DATE)}
_READERS: dict[str, Callable[[pd.Series], values.Parsed]] = {
    "status": values.statuses,
    "tank_type": values.tank_types,
    "country": values.countries,
    "diameter_m": values.numbers,
}
_EXAMPLES = 3


@dataclass(frozen=True)
class RoleCount:
    """How many cells of a sample were read in a role, are empty, or were not read, with the commonest of the last."""

    read: int
    empty: int
    not_read: int
    examples: tuple[str, ...]


def count_role(role: str, table: pd.DataFrame, column: str) -> RoleCount:
    """Return how much of a column (of ``years``: of all its columns, a comma list) parses in a role."""
    parts = column.split(",") if role == YEARS else [column]
    known = unread = cells = 0
    odd: Counter[str] = Counter()
    for part in parts:
        found = _parse(role, table[part])
        known += int(pd.notna(found.values).sum())
        unread += sum(found.unread.values())
        cells += len(table)
        odd.update(found.unread)
    examples = tuple(values.shorten(text) for text, _ in odd.most_common(_EXAMPLES))
    return RoleCount(known, cells - known - unread, unread, examples)


def _parse(role: str, column: pd.Series) -> values.Parsed:
    if role in _DATES:
        dates = parse_dates(column)
        return values.Parsed(dates.values, dates.unread)
    if role == YEARS:
        return year_cells(column)
    if role in ("lat", "lon"):
        return values.numbers(column, decimal_comma=True)
    read = _READERS.get(role)
    return values.Parsed(values.texts(column), Counter()) if read is None else read(column)
