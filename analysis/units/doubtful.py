"""How far the numbers of each unit can be relied on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .. import fields
from ..uncertainty.doubts import doubts
from .summary import TownshipSummary


def uncertainty_table(summary: TownshipSummary) -> pd.DataFrame:
    """Return one row for all tanks, one a unit, and one for what lies outside where there is any (fields.UNCERTAINTY).

    The tanks are those counted at the end (without years: all), their status that at the end.
    """
    asked = summary.question
    counted = summary.counted[asked.end]
    whole = doubts(summary.tanks, counted, np.zeros(len(summary.tanks), dtype=int), 1, asked.end)
    by_unit = doubts(summary.tanks, counted, summary.of_tank, summary.rows, asked.end)
    by_unit = pd.concat([by_unit, summary.names("unit_code", "unit_name")], axis=1).assign(scope=fields.BY_UNIT)
    by_unit.loc[summary.rows - 1, ["scope", "unit_name"]] = [fields.OUTSIDE, None]
    frame = pd.concat([whole.assign(scope=fields.ALL_TANKS), by_unit], ignore_index=True).assign(
        site_id=None, **asked.columns()
    )
    frame = frame[[field.name for field in fields.UNCERTAINTY]]
    return frame if summary.outside.any() else frame.iloc[:-1]
