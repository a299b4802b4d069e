"""The result under the neighbouring link distances: does it hang on the one that was chosen?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from .. import fields, time
from ..definition import SiteDefinition
from ..geometry.footprints import Selection
from ..geometry.ground import HECTARE
from ..progress import Progress, part, silent
from ..sites.drawing import SiteFootprints
from ..sites.expansion import Period
from ..sites.formation import form_sites

FACTORS = (2 / 3, 1.0, 3 / 2)


def neighbouring_links(
    tanks: pd.DataFrame, period: Period, definition: SiteDefinition, progress: Progress = silent
) -> pd.DataFrame:
    """Return one row a link distance (fields.NEIGHBOURS): two thirds of the chosen, the chosen, half as much again."""
    at_start, at_end = (time.counted(tanks, year, period.counting) for year in (period.start, period.end))
    rows = []
    for number, factor in enumerate(FACTORS):
        link = definition.link_distance * factor
        other = replace(definition, link_distance=round(link, 2) if factor != 1 and link > 1 else link)
        rows.append(_row(tanks, at_start, at_end, other, part(progress, number / 3, (number + 1) / 3)))
    frame = pd.DataFrame(rows)
    frame["start_year"], frame["end_year"], frame["counting"] = period.start, period.end, period.counting
    return frame[[field.name for field in fields.NEIGHBOURS]]


def _row(
    tanks: pd.DataFrame, at_start: np.ndarray, at_end: np.ndarray, definition: SiteDefinition, progress: Progress
) -> dict[str, object]:
    sites = form_sites(tanks, at_start | at_end, definition)
    drawn = SiteFootprints(tanks, sites, definition)
    moments = [Selection(at_start, polygons=False), Selection(at_end, polygons=False)]
    start, end = (float(cover.area.sum()) / HECTARE for cover in drawn.of(*moments, progress=progress))
    in_sites = int((sites.of_tank >= 0).sum())
    return {
        "link_distance_m": definition.link_distance,
        "min_tanks": definition.min_tanks,
        "footprint_method": definition.footprint,
        "sites_start": int((sites.count(at_start) > 0).sum()),
        "sites_end": int((sites.count(at_end) > 0).sum()),
        "tanks_in_sites": in_sites,
        "ungrouped": int((at_start | at_end).sum()) - in_sites,
        "footprint_start_ha": start,
        "footprint_end_ha": end,
        "footprint_change_ha": end - start,
    }
