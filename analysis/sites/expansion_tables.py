"""The tables of an expansion: sites, ground gained or given up, and the summary that adds up."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from .. import fields, tally, time
from ..geometry.ground import HECTARE
from .expansion import Expansion, Period
from .formation import first_and_last

# Square metres: what rounding may leave between two footprints that share an outline.
_SLIVER = 0.1


def site_table(change: Expansion) -> gpd.GeoDataFrame:
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
        **_definition(change),
        "footprint_method": change.methods(),
    }
    return _layer(columns, fields.SITE_EXPANSION, change.drawn.on_earth(change.shown))


def ground_table(change: Expansion, word: str) -> gpd.GeoDataFrame:
    """Return the ground of ``gain`` or ``loss`` as a table: one row a site that has such ground."""
    ground, hectares = {"gain": change.gained, "loss": change.lost}[word], change.hectares[word]
    some = np.flatnonzero((hectares > _SLIVER / HECTARE) & ~shapely.is_empty(ground))
    columns = {
        "site_id": change.sites.ids[some],
        **{name: values[some] for name, values in _units_of_sites(change).items()},
        "area_ha": hectares[some],
        **_definition(change),
        "footprint_method": change.methods()[some],
    }
    return _layer(columns, fields.GROUND_CHANGE, change.drawn.on_earth(ground[some], some))


def summary_table(change: Expansion) -> pd.DataFrame:
    """Return the sums: over all tanks, in sites and ungrouped, and (with units) by unit and outside all units.

    Tanks of a unit are those that stand in it; its sites are those that have most of their tanks in it.
    """
    tanks, sites = len(change.tanks), len(change.sites)
    in_period = change.at_start | change.at_end
    in_site = change.sites.of_tank >= 0
    everything = _sums(change, np.zeros(tanks, dtype=int), np.zeros(sites, dtype=int), [fields.ALL_TANKS])
    membership = np.where(in_period, np.where(in_site, 0, 1), -1)
    grouped = _sums(change, membership, np.zeros(sites, dtype=int), [fields.IN_SITES, fields.UNGROUPED])
    rows = [everything, grouped]
    if change.units is not None and change.placement is not None:
        outside = len(change.units)
        of_tank, of_site = (
            np.where(unit < 0, outside, unit) for unit in (change.placement.unit_of_tank, change.unit_of_site)
        )
        by_unit = _sums(change, of_tank, of_site, [fields.BY_UNIT] * outside + [fields.OUTSIDE])
        for name in ("unit_code", "unit_name"):
            by_unit[name] = tally.with_none(change.units[name])
        rows.append(by_unit)
    return pd.concat(rows, ignore_index=True)[[field.name for field in fields.EXPANSION_SUMMARY]]


def _sums(change: Expansion, of_tank: np.ndarray, of_site: np.ndarray, scopes: list[str]) -> pd.DataFrame:
    groups = len(scopes)
    period, at_start, at_end = change.period, change.at_start, change.at_end
    ungrouped = change.sites.of_tank < 0

    def tanks(chosen: np.ndarray) -> np.ndarray:
        return tally.count_by(of_tank, groups, chosen)

    def sites(chosen: np.ndarray) -> np.ndarray:
        return tally.count_by(of_site, groups, chosen)

    columns = {
        "scope": scopes,
        "unit_code": None,
        "unit_name": None,
        "sites_start": sites(change.tanks_start > 0),
        "sites_end": sites(change.tanks_end > 0),
        **{f"sites_{word}": sites(change.change_class == word) for word in fields.CHANGE_CLASSES},
        "tanks_start": tanks(at_start),
        "tanks_end": tanks(at_end),
        "tanks_new": tanks(at_end & ~at_start),
        "tanks_new_at_least": tanks(at_end & time.surely_new(change.tanks, period.start, period.end)),
        "tanks_new_at_most": tanks((at_end & ~at_start) | time.perhaps_built_by(change.tanks, period.end)),
        "tanks_gone": tanks(at_start & ~at_end),
        "tanks_undated": tanks(time.undated(change.tanks)),
        "ungrouped_start": tanks(at_start & ungrouped),
        "ungrouped_end": tanks(at_end & ungrouped),
        **change.statuses(of_tank, groups),
        **{f"footprint_{name}_ha": tally.sum_by(of_site, groups, values) for name, values in change.hectares.items()},
        **_definition(change),
    }
    frame = pd.DataFrame(columns)
    start, end = frame["tanks_start"].to_numpy(), frame["tanks_end"].to_numpy()
    frame["tanks_change_pct"] = tally.percent(end - start, start)
    frame["annual_growth_pct"] = annual_growth(start, end, period)
    return frame


def annual_growth(start: np.ndarray, end: np.ndarray, period: Period) -> np.ndarray:
    """Return the yearly growth, in percent, that leads from start to end (compound); NaN from a zero base."""
    base = np.where(start > 0, start, np.nan)
    return 100.0 * ((end / base) ** (1.0 / (period.end - period.start)) - 1.0)


def _definition(change: Expansion) -> dict[str, object]:
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
    codes, names = pd.factorize(change.tanks["country"])
    most = tally.majority(change.sites.of_tank, len(change.sites), codes)
    of_tanks = tally.with_none(names)[most]
    if change.units is None:
        return of_tanks
    of_unit = tally.with_none(change.units["country"])[change.unit_of_site]
    return np.where(pd.isna(of_unit), of_tanks, of_unit)


def _layer(columns: dict[str, object], order: list[fields.Field], geometry: np.ndarray) -> gpd.GeoDataFrame:
    frame = pd.DataFrame(columns, index=range(len(geometry)))[[field.name for field in order]]
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(geometry, crs="EPSG:4326"))
