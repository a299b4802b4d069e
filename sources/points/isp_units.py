"""The units of an analyst's sites and totals, as the layer of units has them; the source's own names stay in src_…."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from ...analysis.fields import NO_MATCH
from ..units.matching import match_units

_CODE_AND_NAME = ("unit_code", "unit_name")


def join(
    rows: pd.DataFrame, units: gpd.GeoDataFrame, what: str, state: np.ndarray | None = None
) -> tuple[int, list[str]]:
    """Set ``unit_code``, ``unit_name`` and ``unit_match`` of rows in place; return how many disagree, and notes.

    ``state``: the state that each row names, where the rows have no ``parent_name`` of their own. Rows without a match
    keep what the source gives.
    """
    if rows.empty:
        return 0, []
    told = rows if state is None else rows.assign(parent_name=state)
    matches = match_units(told, units, what)
    rows["unit_match"] = pd.Series(matches.how, rows.index, dtype=object)
    found = matches.how != NO_MATCH
    for name in _CODE_AND_NAME:
        rows.loc[found, name] = units[name].to_numpy(dtype=object)[matches.unit[found]]
    return matches.disagreeing, matches.notes
