"""A series of years: one identity a site in all of them, and how it stood at the end of each."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from .. import fields, tally, time
from ..definition import SiteDefinition
from ..geometry.footprints import Selection, method_names
from ..geometry.ground import HECTARE
from ..progress import Progress, part, silent
from ..units.placement import Placement, unit_of_site
from .drawing import SiteFootprints
from .formation import UNGROUPED, Sites, form_sites


class Series:
    """Every site in every year of a list. Sites are formed once, over all tanks that count in any of the years.

    Tables hold one row a site and one column a year, in the order of ``sites.ids`` and of ``years``.
    """

    def __init__(
        self,
        tanks: pd.DataFrame,
        years: list[int],
        counting: str,
        definition: SiteDefinition,
        units: gpd.GeoDataFrame | None = None,
        placement: Placement | None = None,
    ) -> None:
        """Form the sites. ``years`` rise; ``units`` (prepared) and the tanks' ``placement`` in them go together."""
        self.tanks, self.years, self.counting, self.definition = tanks, years, counting, definition
        self.units, self.placement = units, placement
        lives = time.Lives(tanks)
        self.counted = [time.counted(lives, year, counting) for year in years]
        self.sites = form_sites(tanks, np.logical_or.reduce(self.counted), definition)

    def at_the_ends(self) -> Sites:
        """Return the sites that have a tank in the first or the last year, under the same ids."""
        here = self.sites.count(self.counted[0] | self.counted[-1]) > 0
        number = np.where(here, np.cumsum(here) - 1, UNGROUPED)
        return Sites(np.append(number, UNGROUPED)[self.sites.of_tank], self.sites.ids[here])

    def draw(self, polygons: bool = True, progress: Progress = silent) -> None:
        """Measure the footprints of all years at once; a site is drawn anew only where its tanks have changed."""
        before = np.zeros(len(self.tanks), dtype=bool)
        changed, selections = [], []
        for counted in self.counted:
            changed.append(self.sites.count(counted != before) > 0)
            selections.append(Selection(counted & np.append(changed[-1], False)[self.sites.of_tank], polygons))
            before = counted
        drawn = SiteFootprints(self.tanks, self.sites, self.definition)
        covers = drawn.of(*selections, progress=part(progress, 0.0, 0.8))
        self.hectares = np.zeros((len(self.sites), len(self.years)))
        self.methods = np.full(self.hectares.shape, self.definition.footprint, dtype=object)
        self.shapes = np.full(self.hectares.shape, None, dtype=object)
        for column, (anew, cover) in enumerate(zip(changed, covers)):
            for table in (self.hectares, self.methods, self.shapes):
                table[:, column] = table[:, max(column - 1, 0)]
            self.hectares[anew, column] = cover.area[anew] / HECTARE
            self.methods[anew, column] = method_names(self.definition.footprint, cover.fell_back)[anew]
            if polygons:
                where = np.flatnonzero(anew)
                self.shapes[where, column] = drawn.on_earth(cover.shapes[where], where)
            progress(0.8 + 0.2 * (column + 1) / len(self.years))


def series_table(series: Series) -> gpd.GeoDataFrame:
    """Return one row a site a year (fields.SERIES), sites in order; its footprint in the year, None without tanks.

    ``series`` has been drawn. What is new or gone is so against the year of the list before; in its first year that
    is not known.
    """
    sites, years = len(series.sites), len(series.years)
    number = [_of_year(series, index) for index in range(years)]
    columns: dict[str, object] = {name: np.column_stack([one[name] for one in number]).ravel() for name in number[0]}
    known = columns["active"] + columns["abandoned"]  # type: ignore[operator]
    columns.update(
        site_id=np.repeat(series.sites.ids, years),
        **{name: np.repeat(values, years) for name, values in _units(series).items()},
        year=np.tile(series.years, sites),
        since_year=np.tile([np.nan, *series.years[:-1]], sites),
        begins_on=np.tile(_days(series.years, "01-01"), sites),
        ends_on=np.tile(_days(series.years, "12-31"), sites),
        active_share_pct=tally.percent(columns["active"], known),  # type: ignore[arg-type]
        footprint_ha=series.hectares.ravel(),
        link_distance_m=series.definition.link_distance,
        min_tanks=series.definition.min_tanks,
        footprint_method=series.methods.ravel(),
        counting=series.counting,
    )
    frame = pd.DataFrame(columns, index=range(sites * years))[[field.name for field in fields.SERIES]]
    shapes = series.shapes.ravel()
    shapes[shapely.is_empty(shapes)] = None
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs="EPSG:4326"))


def _of_year(series: Series, index: int) -> dict[str, np.ndarray]:
    """Return each site's tanks in a year, those that came and went since the year before, and their statuses."""
    counted, count = series.counted[index], series.sites.count
    if index == 0:
        unknown = np.full(len(series.sites), np.nan)
        changes = {"tanks_new": unknown, "tanks_gone": unknown}
    else:
        before = series.counted[index - 1]
        changes = {"tanks_new": count(counted & ~before), "tanks_gone": count(before & ~counted)}
    status = time.status_in(series.tanks, series.years[index])
    by_status = tally.statuses(series.sites.of_tank, len(series.sites), counted, status)
    names = {"active": "active", "abandoned": "abandoned", "status_unknown": "unknown"}
    return {"tanks": count(counted), **changes, **{name: by_status[word] for name, word in names.items()}}


def _units(series: Series) -> dict[str, np.ndarray]:
    names = ("unit_code", "unit_name")
    if series.units is None or series.placement is None:
        return {name: np.full(len(series.sites), None) for name in names}
    unit = unit_of_site(series.sites.of_tank, len(series.sites), series.placement)
    return {name: tally.with_none(series.units[name])[unit] for name in names}


def _days(years: list[int], day: str) -> np.ndarray:
    return np.array([f"{year}-{day}" for year in years], dtype="datetime64[ns]")
