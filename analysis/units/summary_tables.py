"""The tables of a township summary: one row a unit, and one row a unit a year."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from .. import fields, tally, time
from .summary import TownshipSummary


def unit_table(summary: TownshipSummary) -> gpd.GeoDataFrame:
    """Return each unit with its counts at the end; what lies outside all units has a row without a polygon."""
    asked = summary.question
    frame = summary.names(*(field.name for field in fields.UNITS))
    columns = {
        **asked.columns(),
        **_tanks_at_the_end(summary),
        "tanks_undated": summary.tanks_by_unit(time.undated(summary.tanks)),
        **summary.statuses(asked.end),
        **summary.types(asked.end),
        **_sides_of_the_cut(summary),
        "sites": summary.sites_by_unit(summary.sites.count(summary.counted[asked.end]) > 0),
        "footprint_ha": summary.hectares_by_unit(asked.end),
    }
    for name, values in columns.items():
        frame[name] = values
    frame["status_known"] = frame["active"] + frame["abandoned"]
    frame["active_share_pct"] = tally.percent(frame["active"], frame["status_known"])
    frame["tanks_per_100km2"] = summary.per_100km2(frame["tanks"])
    geometry = gpd.GeoSeries([*summary.units.geometry, None], crs=summary.units.crs)
    table = gpd.GeoDataFrame(frame[[field.name for field in fields.UNIT_SUMMARY]], geometry=geometry)
    return table if summary.outside.any() else table.iloc[:-1]


def _tanks_at_the_end(summary: TownshipSummary) -> dict[str, object]:
    asked = summary.question
    at_end = summary.counted[asked.end]
    tanks = {"tanks": summary.tanks_by_unit(at_end)}
    if asked.end is None:
        return {**tanks, "tanks_start": np.nan, "tanks_new": np.nan, "tanks_gone": np.nan}
    at_start = summary.counted[asked.start]
    return {
        **tanks,
        "tanks_start": summary.tanks_by_unit(at_start),
        "tanks_new": summary.tanks_by_unit(at_end & ~at_start),
        "tanks_gone": summary.tanks_by_unit(at_start & ~at_end),
    }


def _sides_of_the_cut(summary: TownshipSummary) -> dict[str, object]:
    """Return the tanks counted at the end by the side of the cut date; not known where no time is measured."""
    asked = summary.question
    sides = {
        "tanks_before_cut": time.BEFORE,
        "tanks_after_cut": time.AFTER,
        "tanks_cut_undetermined": time.UNDETERMINED,
    }
    if asked.cut is None or asked.end is None:
        return {"cut_date": pd.NaT, **dict.fromkeys(sides, np.nan)}
    side = time.side_of(summary.tanks, asked.cut)
    counts = {name: summary.tanks_by_unit(summary.counted[asked.end] & (side == word)) for name, word in sides.items()}
    return {"cut_date": pd.Timestamp(asked.cut), **counts}


def yearly_table(summary: TownshipSummary) -> pd.DataFrame:
    """Return one row a unit a year, and rows for what lies outside all units where a tank does.

    Where no year is chosen there is one row a unit, its year and its measures of time not known.
    """
    years = summary.question.years
    by_year = [_of_year(summary, year) for year in years]
    names = summary.names("unit_code", "unit_name", "parent_name")
    frame = names.loc[names.index.repeat(len(years))].reset_index(drop=True)
    for name in by_year[0]:
        frame[name] = np.column_stack([numbers[name] for numbers in by_year]).ravel()
    if not summary.outside.any():
        frame = frame.iloc[: -len(years)]
    return frame[[field.name for field in fields.YEARLY]]


def _of_year(summary: TownshipSummary, year: int | None) -> dict[str, np.ndarray]:
    """Return the counts of a year: a column of YEARLY each, with one value a unit."""
    counted = summary.counted[year]
    present = summary.sites.count(counted) > 0
    tanks = summary.tanks_by_unit(counted)
    return {
        "year": np.full(summary.rows, np.nan if year is None else year),
        "tanks": tanks,
        **summary.statuses(year),
        **summary.types(year),
        "sites": summary.sites_by_unit(present),
        "footprint_ha": summary.hectares_by_unit(year),
        "tanks_per_100km2": summary.per_100km2(tanks),
        **_change_to(summary, year, counted, present),
    }


def _change_to(
    summary: TownshipSummary, year: int | None, counted: np.ndarray, present: np.ndarray
) -> dict[str, np.ndarray]:
    """Return what changed in the year against the year before it, also where that lies before the first year."""
    if year is None:
        unknown = np.full(summary.rows, np.nan)
        return dict.fromkeys(("tanks_new", "tanks_gone", "tanks_cumulative", "sites_new"), unknown)
    earlier = summary.counted_before(year)
    return {
        "tanks_new": summary.tanks_by_unit(counted & ~earlier),
        "tanks_gone": summary.tanks_by_unit(earlier & ~counted),
        "tanks_cumulative": summary.tanks_by_unit(summary.ever_seen(year)),
        "sites_new": summary.sites_by_unit(present & (summary.sites.count(earlier) == 0)),
    }
