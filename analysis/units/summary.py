"""Summaries by unit: how many tanks and sites, of which status, new and gone, year by year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from .. import fields, tally, time
from ..definition import ALL_COUNTED, CUMULATIVE, SiteDefinition
from ..progress import Progress, part, silent
from ..sites.series import Series
from .placement import Placement, unit_of_site

_STATUS_COLUMNS = {fields.ACTIVE: "active", fields.ABANDONED: "abandoned", fields.UNKNOWN: "status_unknown"}
_TYPE_COLUMNS = {fields.LEACHATE: "leachate", fields.PRECIPITATION: "precipitation", fields.UNKNOWN: "type_unknown"}


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

    def columns(self) -> dict[str, object]:
        """Return what every row of a table says of its numbers, under the columns' names."""
        return {
            "start_year": np.nan if self.start is None else self.start,
            "end_year": np.nan if self.end is None else self.end,
            "link_distance_m": self.definition.link_distance,
            "min_tanks": self.definition.min_tanks,
            "footprint_method": self.definition.footprint,
            "counting": ALL_COUNTED if self.end is None else self.counting,
        }


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
        self._lives = time.Lives(tanks)
        self._type = pd.Categorical(tanks["tank_type"], fields.TANK_TYPES).codes.astype(int)
        # Without a year, a series of the one moment in which every tank counts.
        series = Series(tanks, question.years, question.counting, question.definition)  # type: ignore[arg-type]
        self.sites, self.counted = series.sites, dict(zip(question.years, series.counted))
        self.of_site = self._outside_last(unit_of_site(self.sites.of_tank, len(self.sites), placement))
        progress(0.2)
        series.draw(polygons=False, progress=part(progress, 0.2, 1.0))
        self.hectares = dict(zip(question.years, series.hectares.T))

    def _outside_last(self, unit: np.ndarray) -> np.ndarray:
        return np.where(unit < 0, self.rows - 1, unit)

    @property
    def outside(self) -> np.ndarray:
        """Which tanks of the layer stand outside all units, counted or not."""
        return self.of_tank == self.rows - 1

    def counted_before(self, year: int) -> np.ndarray:
        """Return which tanks counted in the year before, also where that lies before the first year."""
        if year - 1 in self.counted:
            return self.counted[year - 1]
        return time.counted(self._lives, year - 1, self.question.counting)

    def ever_seen(self, year: int) -> np.ndarray:
        """Return which tanks were ever seen in or before the year."""
        return time.counted(self._lives, year, CUMULATIVE)

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
        status = time.status_number(self._lives, year)
        table = tally.count_by_class(self.of_tank, self.rows, self.counted[year], status, len(fields.STATUSES))
        return {_STATUS_COLUMNS[word]: numbers for word, numbers in zip(fields.STATUSES, table.T)}

    def types(self, year: int | None) -> dict[str, np.ndarray]:
        """Return the tanks counted in a year by type, under the columns' names."""
        table = tally.count_by_class(self.of_tank, self.rows, self.counted[year], self._type, len(fields.TANK_TYPES))
        return {_TYPE_COLUMNS[word]: numbers for word, numbers in zip(fields.TANK_TYPES, table.T)}

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
