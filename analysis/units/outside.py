"""The tanks that stand outside all units, and how far from the nearest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .. import fields, tally
from ..progress import Progress, silent
from .nearest import nearest_unit
from .summary import TownshipSummary

# A tank so near a unit may well stand in it: boundaries of small scales are that coarse.
NEAR = 500.0


@dataclass(frozen=True)
class Outside:
    """The tanks outside all units: their rows in the tank table, and one row each as fields.OUTSIDE_TANKS says.

    ``table`` has the tanks' ``lon`` and ``lat`` too, and no ``tank_id`` yet. Distances are ground metres.
    """

    rows: np.ndarray
    table: pd.DataFrame

    @property
    def near(self) -> int:
        """How many lie within NEAR of a unit."""
        return int((self.table["distance_m"] <= NEAR).sum())

    @property
    def farthest(self) -> float | None:
        """The largest distance, None where none is known."""
        known = self.table["distance_m"].dropna()
        return float(known.max()) if len(known) else None


def tanks_outside(summary: TownshipSummary, progress: Progress = silent) -> Outside:
    """Return the tanks of the layer, counted or not, that stand outside all units."""
    rows = np.flatnonzero(summary.outside)
    places = summary.tanks[["lon", "lat"]].iloc[rows].reset_index(drop=True)
    unit, metres = nearest_unit(places["lon"].to_numpy(), places["lat"].to_numpy(), summary.units, progress)
    names = {f"nearest_{name}": tally.with_none(summary.units[name])[unit] for name in ("unit_code", "unit_name")}
    table = places.assign(tank_id=None, **names, distance_m=metres)
    return Outside(rows, table[["lon", "lat", *(field.name for field in fields.OUTSIDE_TANKS)]])
