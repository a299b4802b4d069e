"""Tank points from a file, such as the USGS release, in the form of our tank table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from ...analysis.fields import NO_DATE, TANKS, Kind
from ...analysis.progress import Cancelled
from ..columns import roles
from ..columns.dates import PRECISION_OF_RANK
from ..columns.naming import unique_ids, with_prefix
from ..columns.values import none_for_missing
from ..files.reader import never, read
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
) -> LoadedTanks:
    """Load tanks from a local file; ``crs`` counts where the file states none.

    Raises SourceError with a message for the user; Cancelled when stopped.
    """
    source = read(path, layer, ("point", "polygon"), places.has_places, is_cancelled, crs)
    overrides = roles.parse_field_map(field_map, ROLES, source.columns)
    chosen = tank_columns(source, overrides)
    mapping = chosen.columns
    found = places.place(source, mapping, "".join(f" {note}" for note in chosen.notes))
    _stop_if(is_cancelled)
    records = Records(found, chosen, source.name, overrides)
    rows = records.fill(snapshot_year)
    _stop_if(is_cancelled)
    folded = fold(rows)
    seen = folded.tanks["seen"].notna()
    tanks = _table(folded.tanks[seen], found)
    rejected = found.leave_out(folded.tanks.loc[~seen, "carried"].to_numpy(), NEVER_SEEN)
    notes = [*source.notes, *chosen.notes, *found.notes, *records.notes, *folded.notes]
    undated = int(tanks[["first_seen", "last_seen"]].isna().all(axis=1).sum())
    return LoadedTanks(
        tanks, rejected, found.rows_read, folded.folded, undated, mapping, notes, _citation(tanks, mapping)
    )


def _table(rows: pd.DataFrame, found: places.Places) -> pd.DataFrame:
    rows = rows.reset_index(drop=True)
    tanks = rows.reindex(columns=_NAMES)
    tanks["tank_id"] = unique_ids(rows["tank_id"], rows["row"].to_numpy())
    for name in _TEXTS:
        tanks[name] = none_for_missing(tanks[name])
    dated = tanks.select_dtypes("datetime").notna().any(axis=1)
    precision = PRECISION_OF_RANK[rows["rank"].to_numpy(dtype=int)]
    tanks["date_precision"] = pd.Series(precision, tanks.index, dtype=object).where(dated, NO_DATE)
    carried = with_prefix(found.table.take(rows["carried"].to_numpy()).reset_index(drop=True))
    return pd.concat([tanks, carried, rows[["lon", "lat"]]], axis=1)


def _citation(tanks: pd.DataFrame, mapping: dict[str, str]) -> str:
    """Return what to cite. Nothing in a file says that it is USGS's; one in our own form names its sources itself."""
    if not mapping.get("source"):
        return f"The source of the file; where it is the USGS release: {CITATION}"
    return "Sources named in the file: " + ", ".join(sorted(tanks["source"].dropna().unique()))


def _stop_if(is_cancelled: Callable[[], bool]) -> None:
    if is_cancelled():
        raise Cancelled
