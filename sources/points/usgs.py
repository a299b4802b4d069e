"""Tank points from a file, such as the USGS release, in the form of our tank table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ...analysis.fields import NO_DATE, TANK_DATES, TANKS, Kind
from ...analysis.progress import Progress, never, silent
from ..columns import roles
from ..columns.dates import PRECISION_OF_RANK
from ..columns.naming import unique_ids, with_prefix
from ..columns.values import none_for_missing
from ..files.reader import read
from . import places
from .folding import fold
from .records import Records
from .tank_columns import ROLES, tank_columns

CITATION = (
    "Padilla, A.J., and Lederer, G.W., 2025, Point locations for rare earth element leachate collection and "
    "precipitation tanks from ion-adsorption clay deposits in Burma (Myanmar) and China, 2010–2025: U.S. Geological "
    "Survey data release, https://doi.org/10.5066/P1BSFNQ2"
)
NEVER_SEEN = "never seen: the source says that there was no tank"
_NAMES = [field.name for field in TANKS]
_TEXTS = [field.name for field in TANKS if field.kind is Kind.TEXT]


@dataclass(frozen=True)
class LoadedTanks:
    """Tanks of a file, one row each, and what became of every row.

    ``tanks``: the fields of the tank table, the source's columns prefixed ``src_``, ``lon`` and ``lat`` (EPSG:4326).
    ``rejected``: ``row`` (1-based), ``reason``, the source's columns. ``rows_read`` = tanks + ``folded`` + rejected,
    each part of a multipoint being a row. ``field_map``: role → column, "" for a role left unmapped on purpose.
    """

    tanks: pd.DataFrame
    rejected: pd.DataFrame
    rows_read: int
    folded: int
    undated: int
    field_map: dict[str, str]
    notes: list[str]
    citation: str


def load_tanks(
    path: str,
    *,
    layer: str = "",
    field_map: str = "",
    snapshot_year: int | None = None,
    crs: str = "",
    is_cancelled: Callable[[], bool] = never,
    progress: Progress = silent,
) -> LoadedTanks:
    """Load tanks from a local file; ``crs`` counts where the file states none.

    Raises SourceError with a message for the user; Cancelled when stopped.
    """
    source = read(path, layer, ("point", "polygon"), places.has_places, is_cancelled, crs)
    overrides = roles.parse_field_map(field_map, ROLES, source.columns)
    progress(0.4)
    chosen = tank_columns(source, overrides)
    found = places.place(source, chosen.columns, "".join(f" {note}" for note in chosen.notes))
    name, notes = source.name, [*source.notes, *chosen.notes, *found.notes]
    # A million geometries are memory that the rest can use.
    del source
    progress(0.5)
    records = Records(found, chosen, name, overrides, is_cancelled=is_cancelled)
    progress(0.75)
    folded = fold(records.fill(snapshot_year), is_cancelled=is_cancelled)
    progress(0.9)
    notes += [*records.notes, *folded.notes]
    del records
    rows, never_seen = _seen(folded.tanks)
    rejected = found.leave_out(never_seen, NEVER_SEEN)
    tanks = _table(rows, found)
    progress(1.0)
    undated = int((tanks["first_seen"].isna() & tanks["last_seen"].isna()).sum())
    citation = _citation(tanks, chosen.columns)
    return LoadedTanks(tanks, rejected, found.rows_read, folded.folded, undated, chosen.columns, notes, citation)


def _seen(rows: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the rows that show a tank, and the places in the source's table of those that show none."""
    seen = rows["seen"].notna().to_numpy()
    if seen.all():
        return rows, np.empty(0, dtype=int)
    return rows[seen].reset_index(drop=True), rows.loc[~seen, "carried"].to_numpy()


def _table(rows: pd.DataFrame, found: places.Places) -> pd.DataFrame:
    """Return the tank table, the source's columns behind it; a column at a time, which halves the memory."""
    columns: dict[str, Any] = {name: rows.get(name) for name in _NAMES}
    columns["tank_id"] = pd.Series(unique_ids(rows["tank_id"], rows["row"].to_numpy()), dtype=object)
    for name in _TEXTS:
        columns[name] = none_for_missing(columns[name]) if columns[name] is not None else None
    dated = np.logical_or.reduce([rows[name].notna().to_numpy() for name in TANK_DATES])
    columns["date_precision"] = np.where(dated, PRECISION_OF_RANK[rows["rank"].to_numpy(dtype=int)], NO_DATE)
    carried = rows["carried"].to_numpy()
    whole = len(carried) == len(found.table) and bool((carried == np.arange(len(carried))).all())
    table = with_prefix(found.table)
    for name in table.columns:
        columns[name] = table[name] if whole else table[name].take(carried).reset_index(drop=True)
    columns.update(lon=rows["lon"], lat=rows["lat"])
    return pd.DataFrame(columns, index=rows.index, copy=False)


def _citation(tanks: pd.DataFrame, mapping: dict[str, str]) -> str:
    """Return what to cite. Nothing in a file says that it is USGS's; one in our own form names its sources itself."""
    if not mapping.get("source"):
        return f"The source of the file; where it is the USGS release: {CITATION}"
    return "Sources named in the file: " + ", ".join(sorted(tanks["source"].dropna().unique()))
