"""The result under the neighbouring link distances: does it hang on the one that was chosen?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from .. import fields, time
from ..definition import SiteDefinition
from ..geometry.discs import Selection
from ..geometry.ground import HECTARE
from ..progress import Progress, part, silent
from ..sites.drawing import SiteFootprints
from ..sites.expansion import Period
from ..sites.formation import Sites, form_sites

FACTORS = (2 / 3, 1.0, 3 / 2)


def neighbouring_links(
    tanks: pd.DataFrame, period: Period, definition: SiteDefinition, progress: Progress = silent
) -> pd.DataFrame:
    """Return one row a link distance (fields.NEIGHBOURS): two thirds of the chosen, the chosen, half as much again."""
    moments = [time.counted(tanks, year, period.counting) for year in (period.start, period.end)]
    drawn = _Drawn(tanks, moments)
    rows = []
    for number, factor in enumerate(FACTORS):
        link = definition.link_distance * factor
        other = replace(definition, link_distance=round(link, 2) if factor != 1 and link > 1 else link)
        sites = form_sites(tanks, moments[0] | moments[1], other)
        steps = len(FACTORS)
        start, end = drawn.hectares(sites, other, part(progress, number / steps, (number + 1) / steps)).sum(axis=0)
        rows.append({**_numbers(sites, *moments), **_footprints(start, end), "link_distance_m": other.link_distance})
    frame = pd.DataFrame(rows).assign(min_tanks=definition.min_tanks, footprint_method=definition.footprint)
    frame = frame.assign(start_year=period.start, end_year=period.end, counting=period.counting)
    return frame[[field.name for field in fields.NEIGHBOURS]]


class _Drawn:
    """Footprints at both moments under rising link distances; a site that stays as it was is drawn but once.

    Groups only ever grow with the distance. So a site is the one it was when its first tank (in the order of the rows)
    and the number of its tanks are those of a site before.
    """

    def __init__(self, tanks: pd.DataFrame, moments: list[np.ndarray]) -> None:
        self._tanks, self._moments = tanks, moments
        self._size = np.zeros(len(tanks), dtype=int)
        self._hectares = np.zeros((len(tanks), len(moments)))

    def hectares(self, sites: Sites, definition: SiteDefinition, progress: Progress) -> np.ndarray:
        """Return a row a site, a column a moment."""
        first = np.unique(sites.of_tank, return_index=True)[1][-len(sites) :] if len(sites) else np.zeros(0, dtype=int)
        size = np.bincount(sites.of_tank[sites.of_tank >= 0], minlength=len(sites))
        other = self._size[first] != size
        here = np.append(other, False)[sites.of_tank]
        selections = [Selection(counted & here, polygons=False) for counted in self._moments]
        covers = SiteFootprints(self._tanks, sites, definition).of(*selections, progress=progress)
        areas = np.column_stack([cover.area for cover in covers]) / HECTARE
        self._hectares[first[other]] = areas[other]
        self._size[first] = size
        return self._hectares[first]


def _numbers(sites: Sites, at_start: np.ndarray, at_end: np.ndarray) -> dict[str, int]:
    in_sites = int((sites.of_tank >= 0).sum())
    return {
        "sites_start": int((sites.count(at_start) > 0).sum()),
        "sites_end": int((sites.count(at_end) > 0).sum()),
        "tanks_in_sites": in_sites,
        "ungrouped": int((at_start | at_end).sum()) - in_sites,
    }


def _footprints(start: float, end: float) -> dict[str, float]:
    return {"footprint_start_ha": start, "footprint_end_ha": end, "footprint_change_ha": end - start}
