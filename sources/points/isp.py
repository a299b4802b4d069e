"""Mining sites or ponds as an analyst has them, such as those of ISP-Myanmar: a name, a place, a period or a date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from ...analysis.progress import Cancelled, never
from ..columns import roles
from ..columns.values import texts
from ..errors import SourceError
from ..files.reader import Source, read
from . import isp_ponds, isp_roles, places
from .isp_parts import part
from .isp_roles import ROLES
from .isp_rows import SiteRows
from .isp_totals import Totals
from .isp_units import join


@dataclass(frozen=True)
class LoadedSites:
    """Sites of a file, one row each, totals without places, and what became of every row.

    ``sites``: the fields of the table of sites, the source's columns prefixed ``src_``, ``lon`` and ``lat`` (degrees).
    ``totals``: the fields of the table of totals, ``src_…``; one row a number, of ``totals_rows`` rows of the file.
    ``rejected``: ``row`` (1-based), ``reason``, the source's columns. ``rows_read`` = sites + ``totals_rows`` +
    rejected, each part of a multipoint being a row. ``field_map``: role → column, "" for a role left unmapped on
    purpose. ``distinct_sites``: sites by their ids, as ponds of one site share its. ``disagreeing``: rows that name
    one unit and stand in another.
    """

    sites: pd.DataFrame
    totals: pd.DataFrame
    totals_rows: int
    rejected: pd.DataFrame
    rows_read: int
    distinct_sites: int
    ponds: int
    disagreeing: int
    field_map: dict[str, str]
    notes: list[str]
    citation: str


def load_isp_sites(
    path: str,
    *,
    layer: str = "",
    field_map: str = "",
    snapshot_year: int | None = None,
    crs: str = "",
    units: gpd.GeoDataFrame | None = None,
    is_cancelled: Callable[[], bool] = never,
) -> LoadedSites:
    """Load sites from a local file. Raises SourceError with a message for the user; Cancelled when stopped.

    ``crs`` counts where the file states none, and for coordinate columns. ``units`` (degrees, as
    ``analysis.units.prepare`` returns them): each row's unit is looked for in them.
    """
    source = _read(path, layer, crs, is_cancelled)
    overrides = roles.parse_field_map(field_map, ROLES, source.columns)
    parted = part(source, overrides, snapshot_year)
    found, totals, mapping = parted.places, parted.totals, parted.chosen.columns
    if is_cancelled():
        raise Cancelled
    reading = SiteRows(found, parted.chosen, source.name)
    sites = reading.finish(snapshot_year)
    pond_column = isp_roles.pond_column(source, mapping)
    distinct = isp_ponds.distinct_sites(found, mapping, pond_column)
    notes = [*source.notes, *parted.chosen.notes, *found.notes, *reading.notes, *totals.notes]
    notes += isp_ponds.pond_notes(sites, distinct, pond_column)
    disagreeing, joined = _join(sites, totals, found, mapping, units)
    return LoadedSites(
        sites,
        totals.table,
        int(totals.used.sum()),
        found.rejected,
        found.rows_read,
        distinct,
        isp_ponds.count_ponds(sites, pond_column),
        disagreeing,
        mapping,
        [*notes, *joined],
        _citation(source.name),
    )


def _read(path: str, layer: str, crs: str, is_cancelled: Callable[[], bool]) -> Source:
    """Read the layer of places; where there is none, the one table that holds numbers."""
    kinds = ("point", "polygon")
    try:
        return read(path, layer, kinds, places.has_places, is_cancelled, crs)
    except SourceError:
        try:
            return read(path, layer, kinds, isp_roles.may_hold_totals, is_cancelled, crs)
        except SourceError:
            pass
        raise


def _join(
    sites: pd.DataFrame,
    totals: Totals,
    found: places.Places,
    mapping: dict[str, str],
    units: gpd.GeoDataFrame | None,
) -> tuple[int, list[str]]:
    if units is None:
        return 0, []
    column = mapping.get("parent_name")
    state = texts(found.table[column]) if column else np.full(len(sites), None, dtype=object)
    disagreeing, notes = join(sites, units, "sites", state)
    return disagreeing, [*notes, *join(totals.table, units, "totals")[1]]


def _citation(name: str) -> str:
    return (
        f"Sites of the file {name}: cite who placed them. ISP-Myanmar publishes its own as reports and maps (ISP "
        "Mapping No. 93; Unearthing the Cost, 2025)."
    )
