"""A series of years: one identity a site in all of them, and how it stood at the end of each."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

import geopandas as gpd
import numpy as np
import pandas as pd

from .. import fields, tally, time
from ..definition import SiteDefinition
from ..geometry.discs import Selection
from ..geometry.footprints import Footprints, method_names
from ..geometry.ground import HECTARE
from ..progress import Progress, part, silent
from ..units.placement import Placement, unit_of_site
from .drawing import SiteFootprints
from .formation import UNGROUPED, Sites, form_sites

_UNIT_NAMES = ("unit_code", "unit_name")
# The polygons of so many sites, in all years, are held at a time.
_SITES_AT_A_TIME = 2_000
# Where polygons are drawn, which takes far longer than to see where circles cross: so that stopping is soon noticed.
_YEARS_AT_A_TIME = 4


class Series:
    """Every site in every year of a list. Sites are formed once, over all tanks that count in any of the years.

    ``counted`` is a bool a tank for each year. ``hectares``, ``methods`` and ``shapes``, once drawn, hold a row a site,
    in the order of ``sites.ids``, and a column a year.
    """

    hectares: np.ndarray
    methods: np.ndarray
    shapes: np.ndarray

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
        lives = time.Lives(tanks)
        self.counted = [time.counted(lives, year, counting) for year in years]
        self.sites = form_sites(tanks, np.logical_or.reduce(self.counted), definition)
        self.units = {name: np.full(len(self.sites), None) for name in _UNIT_NAMES}
        if units is not None and placement is not None:
            unit = unit_of_site(self.sites.of_tank, len(self.sites), placement)
            self.units = {name: tally.with_none(units[name])[unit] for name in _UNIT_NAMES}

    def at_the_ends(self) -> Sites:
        """Return the sites that have a tank in the first or the last year, under the same ids."""
        here = self.sites.count(self.counted[0] | self.counted[-1]) > 0
        number = np.where(here, np.cumsum(here) - 1, UNGROUPED)
        return Sites(np.append(number, UNGROUPED)[self.sites.of_tank], self.sites.ids[here])

    def parts(self) -> Iterator[Series]:
        """Yield series of some of the sites each, in their order, without the tanks of no site."""
        order = np.argsort(self.sites.of_tank, kind="stable")
        firsts = range(0, len(self.sites), _SITES_AT_A_TIME)
        bounds = np.searchsorted(self.sites.of_tank[order], [*firsts, len(self.sites)])
        for first, begin, end in zip(firsts, bounds, bounds[1:]):
            rows, these = order[begin:end], slice(first, first + _SITES_AT_A_TIME)
            some = copy(self)
            some.tanks = self.tanks.iloc[rows].reset_index(drop=True)
            some.counted = [counted[rows] for counted in self.counted]
            some.sites = Sites(self.sites.of_tank[rows] - first, self.sites.ids[these])
            some.units = {name: values[these] for name, values in self.units.items()}
            yield some

    def draw(self, polygons: bool = True, progress: Progress = silent) -> None:
        """Measure the footprints of all years at once; a site is drawn anew only where its tanks have changed."""
        before = np.zeros(len(self.tanks), dtype=bool)
        changed, selections = [], []
        for counted in self.counted:
            changed.append(self.sites.count(counted != before) > 0)
            selections.append(Selection(counted & np.append(changed[-1], False)[self.sites.of_tank], polygons))
            before = counted
        drawn = SiteFootprints(self.tanks, self.sites, self.definition)
        most = _YEARS_AT_A_TIME if polygons else len(selections)
        covers: list[Footprints] = []
        for begin in range(0, len(selections), most):
            done = part(progress, begin / len(selections), min(begin + most, len(selections)) / len(selections))
            covers += drawn.of(*selections[begin : begin + most], progress=done)
        self.hectares = np.zeros((len(self.sites), len(self.years)))
        self.methods = np.full(self.hectares.shape, self.definition.footprint, dtype=object)
        self.shapes = np.full(self.hectares.shape, None, dtype=object)
        for column, (anew, cover) in enumerate(zip(changed, covers)):
            for table in (self.hectares, self.methods, self.shapes):
                table[:, column] = table[:, max(column - 1, 0)]
            where = np.flatnonzero(anew)
            self.hectares[where, column] = cover.area[where] / HECTARE
            self.methods[where, column] = method_names(self.definition.footprint, cover.fell_back)[where]
            if polygons:
                self.shapes[where, column] = drawn.on_earth(cover.shapes[where], where)


def series_table(series: Series, progress: Progress = silent) -> gpd.GeoDataFrame:
    """Return one row a site a year (fields.SERIES), sites in order; its footprint in the year, None without tanks.

    What is new or gone is so against the year of the list before; in its first year that is not known.
    """
    parts = list(series_tables(series, progress))
    if not parts:
        return gpd.GeoDataFrame(columns=[field.name for field in fields.SERIES], geometry=[], crs="EPSG:4326")
    return pd.concat(parts, ignore_index=True)


def series_tables(series: Series, progress: Progress = silent) -> Iterator[gpd.GeoDataFrame]:
    """Yield ``series_table`` in parts: the polygons of all sites in all years would need too much memory at once."""
    sites = max(len(series.sites), 1)
    done = 0
    for some in series.parts():
        some.draw(progress=part(progress, done / sites, (done + len(some.sites)) / sites))
        yield _table(some)
        done += len(some.sites)


def _table(series: Series) -> gpd.GeoDataFrame:
    sites, years = len(series.sites), len(series.years)
    lives = time.Lives(series.tanks)
    by_year = [_of_year(series, index, lives) for index in range(years)]
    columns: dict[str, np.ndarray] = {
        name: np.column_stack([one[name] for one in by_year]).ravel() for name in by_year[0]
    }
    frame = pd.DataFrame(
        {
            "site_id": np.repeat(series.sites.ids, years),
            **{name: np.repeat(values, years) for name, values in series.units.items()},
            "year": np.tile(series.years, sites),
            "since_year": np.tile([np.nan, *series.years[:-1]], sites),
            "begins_on": np.tile(_days(series.years, "01-01"), sites),
            "ends_on": np.tile(_days(series.years, "12-31"), sites),
            **columns,
            "active_share_pct": tally.percent(columns["active"], columns["active"] + columns["abandoned"]),
            "footprint_ha": series.hectares.ravel(),
            "link_distance_m": series.definition.link_distance,
            "min_tanks": series.definition.min_tanks,
            "footprint_method": series.methods.ravel(),
            "counting": series.counting,
        }
    )
    order = [field.name for field in fields.SERIES]
    shapes = series.shapes.copy()
    shapes[series.hectares == 0] = None
    return gpd.GeoDataFrame(frame[order], geometry=gpd.GeoSeries(shapes.ravel(), crs="EPSG:4326"))


def _of_year(series: Series, index: int, lives: time.Lives) -> dict[str, np.ndarray]:
    """Return each site's tanks in a year, those that came and went since the year before, and their statuses."""
    counted, count = series.counted[index], series.sites.count
    if index == 0:
        unknown = np.full(len(series.sites), np.nan)
        changes = {"tanks_new": unknown, "tanks_gone": unknown}
    else:
        before = series.counted[index - 1]
        changes = {"tanks_new": count(counted & ~before), "tanks_gone": count(before & ~counted)}
    status = time.status_number(lives, series.years[index])
    numbers = tally.count_by_class(series.sites.of_tank, len(series.sites), counted, status, len(fields.STATUSES))
    by_status = dict(zip(fields.STATUSES, numbers.T))
    names = {"active": fields.ACTIVE, "abandoned": fields.ABANDONED, "status_unknown": fields.UNKNOWN}
    return {"tanks": count(counted), **changes, **{name: by_status[word] for name, word in names.items()}}


def _days(years: list[int], day: str) -> np.ndarray:
    return np.array([f"{year}-{day}" for year in years], dtype="datetime64[ns]")
