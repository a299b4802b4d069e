"""Summaries by unit: how many tanks and sites, of which status, new and gone, year by year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from .. import fields, tally, time
from ..definition import SiteDefinition
from ..geometry.footprints import Selection
from ..geometry.ground import HECTARE
from ..progress import Progress, part, silent
from ..sites.drawing import SiteFootprints
from ..sites.formation import form_sites
from .placement import Placement, unit_of_site


@dataclass(frozen=True)
class Question:
    """What a summary is of: the years (None: every tank, no time), the counting rule, the cut date, the sites."""

    start: int | None
    end: int | None
    counting: str
    cut: date | None
    definition: SiteDefinition

    @property
    def years(self) -> list[int | None]:
        """Every year from the first to the last, or [None] where no year is chosen."""
        if self.start is None or self.end is None:
            return [None]
        return list(range(self.start, self.end + 1))


class TownshipSummary:
    """Counts by unit and year. Sites are formed once, over all tanks that count in any of the years.

    Arrays of counts hold one value a unit, and a last one for what lies outside all units.
    """

    def __init__(
        self,
        tanks: pd.DataFrame,
        units: gpd.GeoDataFrame,
        placement: Placement,
        question: Question,
        progress: Progress = silent,
    ) -> None:
        """Count. ``units`` come from ``units.prepare``, ``placement`` from ``units.place``."""
        self.tanks, self.units, self.question = tanks, units, question
        self.rows = len(units) + 1
        self.of_tank = self._outside_last(placement.unit_of_tank)
        self.counted = {year: time.counted(tanks, year, question.counting) for year in question.years}
        self.sites = form_sites(tanks, np.logical_or.reduce(list(self.counted.values())), question.definition)
        self.of_site = self._outside_last(unit_of_site(self.sites.of_tank, len(self.sites), placement))
        progress(0.2)
        self.hectares = self._hectares(part(progress, 0.2, 1.0))

    def _outside_last(self, unit: np.ndarray) -> np.ndarray:
        return np.where(unit < 0, self.rows - 1, unit)

    def _hectares(self, progress: Progress) -> dict[int | None, np.ndarray]:
        """Return the footprint of each site in each year; a site is drawn anew only when its tanks have changed."""
        before = np.zeros(len(self.tanks), dtype=bool)
        changed, selections = [], []
        for counted in self.counted.values():
            changed.append(self.sites.count(counted != before) > 0)
            selections.append(Selection(counted & np.append(changed[-1], False)[self.sites.of_tank], polygons=False))
            before = counted
        drawn = SiteFootprints(self.tanks, self.sites, self.question.definition)
        areas = drawn.of(*selections, progress=progress)
        result, latest = {}, np.zeros(len(self.sites))
        for year, anew, footprint in zip(self.counted, changed, areas):
            latest = np.where(anew, footprint.area / HECTARE, latest)
            result[year] = latest
        return result

    @property
    def any_outside(self) -> bool:
        """Whether any tank of the layer stands outside all units."""
        return bool((self.of_tank == self.rows - 1).any())

    def tanks_by_unit(self, chosen: np.ndarray) -> np.ndarray:
        """Return how many of the chosen tanks (a bool array) stand in each unit."""
        return tally.count_by(self.of_tank, self.rows, chosen)

    def sites_by_unit(self, chosen: np.ndarray) -> np.ndarray:
        """Return how many of the chosen sites (a bool array) are counted in each unit."""
        return tally.count_by(self.of_site, self.rows, chosen)

    def hectares_by_unit(self, year: int | None) -> np.ndarray:
        """Return the footprint in a year of the sites counted in each unit."""
        return tally.sum_by(self.of_site, self.rows, self.hectares[year])

    def statuses(self, year: int | None) -> dict[str, np.ndarray]:
        """Return the tanks counted in a year by status, under the columns' names."""
        status = tally.statuses(self.of_tank, self.rows, self.counted[year], time.status_in(self.tanks, year))
        return {"active": status["active"], "abandoned": status["abandoned"], "status_unknown": status["unknown"]}

    def types(self, year: int | None) -> dict[str, np.ndarray]:
        """Return the tanks counted in a year by type, under the columns' names."""
        return tally.tank_types(self.of_tank, self.rows, self.counted[year], self.tanks["tank_type"].to_numpy())

    def per_100km2(self, tanks: np.ndarray) -> np.ndarray:
        """Return tanks by unit per 100 km² of the unit; NaN outside all units."""
        area = np.append(self.units["area_km2"].to_numpy(dtype=float), 0.0)
        return tally.percent(tanks, area)

    def names(self, *columns: str) -> pd.DataFrame:
        """Return the units' own columns; what lies outside all units has nothing but a name that says so."""
        values = {name: tally.with_none(self.units[name]) for name in columns}
        frame = pd.DataFrame(values)
        frame.loc[self.rows - 1, "unit_name"] = fields.OUTSIDE
        return frame
