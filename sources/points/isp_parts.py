"""The rows of a source of sites: those with a place, totals without one, and what is neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ...analysis.fields import PONDS, SITES, UNKNOWN
from ..columns import roles
from ..columns.choosing import Chosen
from ..columns.naming import with_prefix
from ..columns.values import texts
from ..files.reader import Source
from . import isp_roles, places
from .isp_roles import NumberColumn
from .isp_totals import Totals, read_totals

_ADVICE = (
    " A table without places is read as totals where a column counts, such as “Sites” or “Ponds before 2021”; "
    "FIELD_MAP can name it: site_count=…, pond_count=… or number=…."
)
_NO_PLACES = "the file has no places"
_WITHOUT_NUMBER = "no place and no number of sites or ponds"


@dataclass(frozen=True)
class Parts:
    """The rows with a place (and those rejected), the totals, and the columns that were chosen."""

    places: places.Places
    totals: Totals
    chosen: Chosen


def part(source: Source, overrides: Mapping[str, str], snapshot_year: int | None) -> Parts:
    """Part the rows of a source. Raises SourceError where it has neither places nor numbers."""
    chosen = isp_roles.site_columns(source, overrides)
    numbers = isp_roles.number_columns(source.table, overrides)
    if numbers and _has_no_places(source, chosen.columns):
        chosen = isp_roles.total_columns(source, overrides, numbers)
        return Parts(*_totals_only(source, chosen.columns, numbers, snapshot_year), chosen)
    return Parts(*_placed(source, chosen, numbers, snapshot_year), chosen)


def _has_no_places(source: Source, mapping: Mapping[str, str]) -> bool:
    has_columns = bool(mapping.get("lat") and mapping.get("lon")) or bool(roles.geometry_column(source.columns))
    return places.needs_columns(source) and not has_columns


def _totals_only(
    source: Source, mapping: Mapping[str, str], numbers: Sequence[NumberColumn], snapshot_year: int | None
) -> tuple[places.Places, Totals]:
    """Return the totals of a table that holds nothing else; its places are none."""
    row = np.arange(len(source.table)) + 1
    reason = np.full(len(row), _NO_PLACES, dtype=object)
    totals = read_totals(source.table, row, numbers, mapping, source.name, reason, snapshot_year)
    columns = ", ".join(number.column for number in numbers)
    totals.notes.insert(
        0,
        f"The file has no places: it was read as totals, their numbers from {columns}. TOTALS holds "
        f"{len(totals.table):,} numbers of {totals.used.sum():,} rows; OUTPUT is empty.",
    )
    rejected = with_prefix(source.table[~totals.used].reset_index(drop=True))
    rejected.insert(0, "row", row[~totals.used])
    rejected.insert(1, "reason", _WITHOUT_NUMBER)
    nowhere = np.empty(0)
    empty = source.table.iloc[:0].reset_index(drop=True)
    return places.Places(empty, row[:0], nowhere, nowhere, rejected, len(row)), totals


def _placed(
    source: Source, chosen: Chosen, numbers: Sequence[NumberColumn], snapshot_year: int | None
) -> tuple[places.Places, Totals]:
    """Return the placed rows; of those without a place, the ones that bear a township and a number are totals."""
    mapping = chosen.columns
    found = places.place(source, mapping, "".join(f" {note}" for note in chosen.notes) + _ADVICE)
    numbers = _of_sites(numbers, mapping)
    rejected = found.rejected
    row, reason = rejected["row"].to_numpy(), rejected["reason"].to_numpy()
    table = source.table.take(row - 1).reset_index(drop=True)
    # Those without any position, and with a township; a position that is wrong is no missing one.
    may = rejected["reason"].astype(str).str.startswith("no ").to_numpy() & _names_a_unit(table, mapping)
    totals = read_totals(table[may], row[may], numbers, mapping, source.name, reason[may], snapshot_year)
    used = np.zeros(len(rejected), dtype=bool)
    used[np.flatnonzero(may)[totals.used]] = True
    if used.any():
        totals.notes.insert(
            0, f"{used.sum():,} rows have a township and a number, but no place: they are in TOTALS, not in OUTPUT."
        )
    totals.notes.extend(_aggregates(found, numbers))
    return replace(found, rejected=rejected[~used].reset_index(drop=True)), totals


def _of_sites(numbers: Sequence[NumberColumn], mapping: Mapping[str, str]) -> list[NumberColumn]:
    """Return the columns of numbers in a file of sites: a bare number or year may mean anything there."""
    ponds, given = mapping.get("pond_count"), mapping.get("number")
    others = [one for one in numbers if one.column != ponds and (one.counted != UNKNOWN or one.column == given)]
    return [*others, NumberColumn(ponds, PONDS)] if ponds else others


def _names_a_unit(table: pd.DataFrame, mapping: Mapping[str, str]) -> np.ndarray:
    named = np.zeros(len(table), dtype=bool)
    for role in ("unit_code", "unit_name"):
        if mapping.get(role):
            named |= ~pd.isna(texts(table[mapping[role]]))
    return named


def _aggregates(found: places.Places, numbers: Sequence[NumberColumn]) -> list[str]:
    columns = [number.column for number in numbers if number.counted == SITES and not number.period]
    if not columns or not len(found.row):
        return []
    return [
        f"The column {columns[0]} counts sites, and each placed row became one site all the same. If the rows stand "
        "for townships, load a table without their geometry: it is read as totals."
    ]
