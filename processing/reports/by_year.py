"""Tanks by status, and sites, in each year of a period: what the charts draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ...analysis import fields, time
from ...analysis.progress import Progress, silent

if TYPE_CHECKING:
    from ...analysis.sites.formation import Sites

# Bars beyond this number cannot be told apart.
_MOST_YEARS = 60


def years_between(start: int, end: int) -> list[int]:
    """Return the years from start to end; of a very long time, evenly spaced ones that end with the last."""
    step = -(-(end - start + 1) // _MOST_YEARS)
    return list(range(end, start - 1, -step))[::-1]


def by_year(
    tanks: pd.DataFrame, sites: Sites, years: list[int], counting: str, progress: Progress = silent
) -> pd.DataFrame:
    """Return one row a year: year, active, abandoned, status_unknown (tanks), sites (with a tank counted)."""
    rows = []
    for number, year in enumerate(years):
        progress(number / len(years))
        counted = time.counted(tanks, year, counting)
        status = time.status_in(tanks, year)[counted]
        active, abandoned = (int((status == word).sum()) for word in (fields.ACTIVE, fields.ABANDONED))
        unknown = int(counted.sum()) - active - abandoned
        rows.append((year, active, abandoned, unknown, int(np.count_nonzero(sites.count(counted)))))
    return pd.DataFrame(rows, columns=["year", "active", "abandoned", "status_unknown", "sites"])
