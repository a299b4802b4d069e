"""How much of a column parses in its role: the counts that a preview shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from ...analysis.fields import TANKS, Kind
from ..files import geometry_text
from . import values
from .choosing import Chosen
from .dates import parse_dates
from .degrees import degrees
from .pairs import parse_pairs
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


def count_roles(chosen: Chosen, table: pd.DataFrame) -> dict[str, RoleCount]:
    """Return how much of each chosen column parses in its role (of ``years``: of all its columns)."""
    mapped = {role: column for role, column in chosen.columns.items() if column}
    paired = mapped.get("lat") == mapped.get("lon")
    return {role: _count(role, table, column, paired, chosen) for role, column in mapped.items()}


def _count(role: str, table: pd.DataFrame, column: str, paired: bool, chosen: Chosen) -> RoleCount:
    known = unread = cells = 0
    odd: Counter[str] = Counter()
    for part in column.split(",") if role == YEARS else [column]:
        cells_of = values.decoded(table[part], chosen.meanings.get(role, {}))
        found = _pairs(cells_of) if paired and role in ("lat", "lon") else _parse(role, cells_of)
        known += int(pd.notna(found.values).sum())
        unread += sum(found.unread.values())
        cells += len(table)
        odd.update(found.unread)
    examples = tuple(values.shorten(text) for text, _ in odd.most_common(_EXAMPLES))
    return RoleCount(known, cells - known - unread, unread, examples)


def _pairs(column: pd.Series) -> values.Parsed:
    """Return what parses of a column with both coordinates, as pairs or as WKT."""
    found = parse_pairs(column)
    if pd.notna(found.values).any():
        return found
    geometry = geometry_text.parse(column)
    texts = [values.as_text(cell) for cell in column[pd.isna(geometry)].dropna()]
    return values.Parsed(geometry, Counter(text for text in texts if not values.is_null_word(text)))


def _parse(role: str, column: pd.Series) -> values.Parsed:
    if role in _DATES:
        dates = parse_dates(column)
        return values.Parsed(dates.values, dates.unread)
    if role == YEARS:
        return year_cells(column)
    if role in ("lat", "lon"):
        return degrees(column, role)
    read = _READERS.get(role)
    return values.Parsed(values.texts(column), Counter()) if read is None else read(column)
