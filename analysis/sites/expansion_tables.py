"""The layers of an expansion: its sites, and the ground they gained or gave up."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from .. import fields, tally
from ..geometry.ground import HECTARE
from ..progress import Progress, silent
from .expansion import Expansion, Period
from .formation import first_and_last

# Square metres: what rounding may leave between two footprints that share an outline.
_SLIVER = 0.1


def site_table(change: Expansion, progress: Progress = silent) -> gpd.GeoDataFrame:
    """Return one row a site, with its footprint at the end (at the start, where it is gone by then)."""
    sites = change.sites
    shift, bearing = change.shift()
    columns = {
        "site_id": sites.ids,
        **_units_of_sites(change),
        "country": _countries(change),
        "tanks_start": change.tanks_start,
        "tanks_end": change.tanks_end,
        "tanks_new": change.tanks_new,
        "tanks_gone": change.tanks_gone,
        **change.statuses(sites.of_tank, len(sites)),
        **{f"footprint_{name}_ha": values for name, values in change.hectares.items()},
        "footprint_change_pct": tally.percent(change.hectares["change"], change.hectares["start"]),
        "tanks_change_pct": tally.percent(change.tanks_end - change.tanks_start, change.tanks_start),
        "annual_growth_pct": annual_growth(change.tanks_start, change.tanks_end, change.period),
        **first_and_last(change.tanks, sites),
        "change_class": change.change_class,
        "merged_sites": change.merged_sites(),
        "shift_m": shift,
        "shift_bearing_deg": bearing,
        **definition_columns(change),
        "footprint_method": change.methods(),
    }
    return _layer(columns, fields.SITE_EXPANSION, change.drawn.on_earth(change.shown, progress=progress))


def ground_table(change: Expansion, word: str, progress: Progress = silent) -> gpd.GeoDataFrame:
    """Return the ground of ``gain`` or ``loss`` as a table: one row a site that has such ground."""
    ground, hectares = {"gain": change.gained, "loss": change.lost}[word], change.hectares[word]
    some = np.flatnonzero((hectares > _SLIVER / HECTARE) & ~shapely.is_empty(ground))
    columns = {
        "site_id": change.sites.ids[some],
        **{name: values[some] for name, values in _units_of_sites(change).items()},
        "area_ha": hectares[some],
        **definition_columns(change),
        "footprint_method": change.methods()[some],
    }
    return _layer(columns, fields.GROUND_CHANGE, change.drawn.on_earth(ground[some], some, progress))


def annual_growth(start: np.ndarray, end: np.ndarray, period: Period) -> np.ndarray:
    """Return the yearly growth, in percent, that leads from start to end (compound); NaN from a zero base."""
    base = np.where(start > 0, start, np.nan)
    return 100.0 * ((end / base) ** (1.0 / (period.end - period.start)) - 1.0)


def definition_columns(change: Expansion) -> dict[str, object]:
    """Return what the numbers mean: the years compared, and what a site is."""
    return {
        "start_year": change.period.start,
        "end_year": change.period.end,
        "link_distance_m": change.definition.link_distance,
        "min_tanks": change.definition.min_tanks,
        "footprint_method": change.definition.footprint,
        "counting": change.period.counting,
    }


def _units_of_sites(change: Expansion) -> dict[str, np.ndarray]:
    names = ("unit_code", "unit_name")
    if change.units is None:
        return {name: np.full(len(change.sites), None) for name in names}
    return {name: tally.with_none(change.units[name])[change.unit_of_site] for name in names}


def _countries(change: Expansion) -> np.ndarray:
    """Return the unit's country, or else the one that most of the site's tanks carry."""
    codes, names = pd.factorize(change.tanks["country"], sort=True)
    most = tally.majority(change.sites.of_tank, len(change.sites), codes)
    of_tanks = tally.with_none(names)[most]
    if change.units is None:
        return of_tanks
    of_unit = tally.with_none(change.units["country"])[change.unit_of_site]
    return np.where(pd.isna(of_unit), of_tanks, of_unit)


def _layer(columns: dict[str, object], order: list[fields.Field], geometry: np.ndarray) -> gpd.GeoDataFrame:
    frame = pd.DataFrame(columns, index=range(len(geometry)))[[field.name for field in order]]
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(geometry, crs="EPSG:4326"))
