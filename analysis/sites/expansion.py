"""How sites changed between two years: one identity a site in both, and everything adds up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd

from .. import fields, tally, time
from ..definition import SiteDefinition
from ..geometry.discs import Selection
from ..geometry.footprints import disc_count_without_diameter, method_names
from ..geometry.ground import HECTARE, distance_and_bearing
from ..geometry.linking import link
from ..progress import Progress, part, silent
from ..units.placement import Placement, unit_of_site
from .drawing import SiteFootprints
from .formation import Sites, form_sites


@dataclass(frozen=True)
class Period:
    """The two years that are compared, and the rule by which tanks count in them."""

    start: int
    end: int
    counting: str


class Expansion:
    """The change of every site between two years.

    Sites are formed once, over all tanks that count at the start or at the end. Arrays hold one value a site, in the
    order of ``sites.ids``, or a bool a tank.
    """

    def __init__(
        self,
        tanks: pd.DataFrame,
        period: Period,
        definition: SiteDefinition,
        units: gpd.GeoDataFrame | None = None,
        placement: Placement | None = None,
        progress: Progress = silent,
        sites: Sites | None = None,
        with_ground: bool = False,
    ) -> None:
        """Measure the change. ``units`` (prepared) and the tanks' ``placement`` in them go together.

        ``sites``: sites that were formed over more years than these two, each with a tank at the start or the end.
        ``with_ground``: whether ``gained`` and ``lost`` will be asked for, and are best drawn along with the rest.
        """
        self.tanks, self.period, self.definition = tanks, period, definition
        self.units, self.placement = units, placement
        self.at_start = time.counted(tanks, period.start, period.counting)
        self.at_end = time.counted(tanks, period.end, period.counting)
        self.sites = form_sites(tanks, self.at_start | self.at_end, definition) if sites is None else sites
        self.tanks_start, self.tanks_end = self.sites.count(self.at_start), self.sites.count(self.at_end)
        self.tanks_new = self.sites.count(self.at_end & ~self.at_start)
        self.tanks_gone = self.sites.count(self.at_start & ~self.at_end)
        progress(0.2)
        self._draw(with_ground, part(progress, 0.2, 1.0))

    def _draw(self, with_ground: bool, progress: Progress) -> None:
        """Draw each site as it is at the end (at the start, where it is gone by then), and measure it at both."""
        gone = np.append(self.tanks_end == 0, False)[self.sites.of_tank]
        self.drawn = SiteFootprints(self.tanks, self.sites, self.definition)
        self._shown, self._start, self._end, self._gain, self._loss = self.drawn.of(
            Selection(self.at_end | (self.at_start & gone)),
            Selection(self.at_start, polygons=False),
            Selection(self.at_end, polygons=False),
            Selection(self.at_end, polygons=with_ground, without=self.at_start),
            Selection(self.at_start, polygons=with_ground, without=self.at_end),
            progress=progress,
        )

    @property
    def shown(self) -> np.ndarray:
        """The footprint of each site at the end, or at the start where it is gone by then (polygons in its plane)."""
        return self._shown.shapes

    def methods(self) -> np.ndarray:
        """Return the method that drew each site, both where the start and the end were drawn differently."""
        at_start = method_names(self.definition.footprint, self._start.fell_back)
        at_end = method_names(self.definition.footprint, self._end.fell_back)
        names = np.where(self.tanks_end > 0, at_end, at_start).astype(object)
        differ = (at_start != at_end) & (self.tanks_start > 0) & (self.tanks_end > 0)
        names[differ] = [f"{end} (start: {start})" for start, end in zip(at_start[differ], at_end[differ])]
        return names

    @cached_property
    def hectares(self) -> dict[str, np.ndarray]:
        """Footprint at the start and the end, gained, lost and changed, in hectares."""
        areas = {"start": self._start, "end": self._end, "gain": self._gain, "loss": self._loss}
        hectares = {name: footprint.area / HECTARE for name, footprint in areas.items()}
        return {**hectares, "change": hectares["end"] - hectares["start"]}

    @property
    def gained(self) -> np.ndarray:
        """The ground that each site covers at the end and did not at the start (polygons in its plane)."""
        return self._ground[0]

    @property
    def lost(self) -> np.ndarray:
        """The ground that each site covered at the start and does not at the end (polygons in its plane)."""
        return self._ground[1]

    @cached_property
    def _ground(self) -> list[np.ndarray]:
        drawn = [self._gain, self._loss]
        if any(ground.polygons is None for ground in drawn):
            drawn = self.drawn.of(
                Selection(self.at_end, without=self.at_start), Selection(self.at_start, without=self.at_end)
            )
        return [ground.shapes for ground in drawn]

    @cached_property
    def change_class(self) -> np.ndarray:
        """The class of each site's change; the first that fits of: new, gone, abandoned, expanded, contracted, stable.

        Abandoned: tanks count at the end, and every one of them is known to be abandoned by then.
        """
        abandoned = self.sites.count(self._by_status["abandoned_end"])
        grown = self.tanks_end - self.tanks_start
        cases = [self.tanks_start == 0, self.tanks_end == 0, abandoned == self.tanks_end, grown > 0, grown < 0]
        words = [fields.NEW, fields.GONE, fields.ABANDONED, fields.EXPANDED, fields.CONTRACTED]
        return np.select(cases, words, fields.STABLE).astype(object)

    @cached_property
    def unit_of_site(self) -> np.ndarray:
        """The unit that each site is counted in; -1 without units or outside all of them."""
        if self.placement is None:
            return np.full(len(self.sites), -1)
        return unit_of_site(self.sites.of_tank, len(self.sites), self.placement)

    def statuses(self, group: np.ndarray, groups: int) -> dict[str, np.ndarray]:
        """Return the tanks of each group by status at the start and at the end, under the columns' names."""
        return {name: tally.count_by(group, groups, chosen) for name, chosen in self._by_status.items()}

    @cached_property
    def _by_status(self) -> dict[str, np.ndarray]:
        moments = {"start": (self.at_start, self.period.start), "end": (self.at_end, self.period.end)}
        return {
            f"{word}_{moment}": counted & (status == word)
            for moment, (counted, year) in moments.items()
            for status in [time.status_in(self.tanks, year)]
            for word in fields.STATUSES
        }

    def merged_sites(self) -> np.ndarray:
        """Return how many groups that were sites of their own at the start each site holds."""
        # A site whose tanks all stood at the start was one group then, as it is now.
        others = self.sites.count(np.ones(len(self.tanks), dtype=bool)) > self.tanks_start
        joined = np.append(others, False)[self.sites.of_tank]
        where = np.flatnonzero(self.at_start & joined)
        lon, lat = self.tanks["lon"].to_numpy()[where], self.tanks["lat"].to_numpy()[where]
        group = link(lon, lat, self.definition.link_distance)
        first = np.unique(group, return_index=True)[1]
        large = np.bincount(group, minlength=len(first)) >= self.definition.min_tanks
        merged = np.bincount(self.sites.of_tank[where][first[large]], minlength=len(self.sites))
        return np.where(others, merged, self.tanks_start >= self.definition.min_tanks)

    def shift(self) -> tuple[np.ndarray, np.ndarray]:
        """Return how far (m) and in which direction (degrees) the mean place of the tanks moved; NaN where unknown."""
        metres, bearing = distance_and_bearing(*self.drawn.centres(self.at_start), *self.drawn.centres(self.at_end))
        metres = np.round(metres, 6)
        return metres, np.where(metres > 0, bearing, np.nan)

    @property
    def without_diameter(self) -> int:
        """How many tanks in sites ``discs`` drew with the padding as radius."""
        inside = self.sites.of_tank >= 0
        return disc_count_without_diameter(self.definition.footprint, self.tanks["diameter_m"].to_numpy()[inside])
