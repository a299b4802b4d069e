"""Mining sites or ponds as an analyst has them, such as those of ISP-Myanmar: a name, a place, a period or a date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from ...analysis.fields import ISP_SITES
from ...analysis.progress import Cancelled
from ..columns import roles
from ..columns.aliases import PLACE, SITE
from ..columns.periods import parse_periods
from ..files.kml import FOLDER
from ..files.reader import Source, never, read
from . import places
from .isp_rows import SiteRows

_NAMES = [field.name for field in ISP_SITES]
ROLES = [*_NAMES, "lat", "lon", "date"]
_TOTALS = " A table of totals without places cannot be loaded as sites."


@dataclass(frozen=True)
class LoadedSites:
    """Sites of a file, one row each, and what became of every row.

    ``sites``: the fields of the table of sites, the source's columns prefixed ``src_``, ``lon`` and ``lat`` (degrees).
    ``rejected``: ``row`` (1-based), ``reason``, the source's columns. ``rows_read`` = sites + rejected, each part of a
    multipoint being a row. ``field_map``: role → column, "" for a role left unmapped on purpose.
    """

    sites: pd.DataFrame
    rejected: pd.DataFrame
    rows_read: int
    field_map: dict[str, str]
    notes: list[str]
    citation: str


def load_isp_sites(
    path: str,
    *,
    layer: str = "",
    field_map: str = "",
    snapshot_year: int | None = None,
    is_cancelled: Callable[[], bool] = never,
) -> LoadedSites:
    """Load sites from a local file. Raises SourceError with a message for the user; Cancelled when stopped."""
    source = read(path, layer, ("point", "polygon"), places.has_places, is_cancelled)
    mapping = site_roles(source, roles.parse_field_map(field_map, ROLES, source.columns))
    found = places.place(source, mapping, _TOTALS)
    if is_cancelled():
        raise Cancelled
    reading = SiteRows(found, mapping, source.name)
    sites = reading.finish(snapshot_year)
    notes = [*source.notes, *found.notes, *reading.notes]
    return LoadedSites(sites, found.rejected, found.rows_read, mapping, notes, _citation(source.name))


def site_roles(source: Source, overrides: dict[str, str]) -> dict[str, str]:
    """Return role → column for a source of sites; a KML's folders are the periods where they name any."""
    aliases = SITE if places.needs_columns(source) else {role: SITE[role] for role in SITE if role not in PLACE}
    mapping = roles.find_roles(source.columns, ISP_SITES, aliases, overrides)
    is_free = "period" not in mapping and FOLDER in source.columns
    if is_free and any(period is not None for period in parse_periods(source.table[FOLDER]).values):
        mapping["period"] = FOLDER
    return mapping


def _citation(name: str) -> str:
    return (
        f"Sites of the file {name}: cite who placed them. ISP-Myanmar publishes its own as reports and maps (ISP "
        "Mapping No. 93; Unearthing the Cost, 2025)."
    )
