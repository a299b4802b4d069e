"""How far tanks or sites lie from the nearest river: one row each, and the bands of distance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .. import fields, tally
from ..progress import Progress, silent
from .nearest import nearest_lines
from .rivers import Rivers

NOT_PLACED = "no usable position"


@dataclass(frozen=True)
class Bands:
    """Bands of distance, in ground metres: each from the edge before it (beyond it) to its own (included)."""

    edges: tuple[float, ...]

    @classmethod
    def up_to(cls, edges: Sequence[float], reach: float) -> Bands:
        """Return the bands between the edges, the last of which ends at ``reach``."""
        return cls((*sorted({edge for edge in edges if 0 < edge < reach}), reach))

    @property
    def names(self) -> list[str]:
        """The bands' names, the one beyond all of them at the end."""
        lower = (0.0, *self.edges[:-1])
        within = [f"{low:.10g}–{high:.10g} m" for low, high in zip(lower, self.edges)]
        return [*within, f"beyond {self.edges[-1]:.10g} m"]

    def of(self, distance: np.ndarray) -> np.ndarray:
        """Return the name of each distance's band; NaN is beyond."""
        return np.array(self.names, dtype=object)[np.searchsorted(self.edges, distance)]


def proximity(
    shapes: np.ndarray, rivers: Rivers, bands: Bands, known_error: float = 0.0, progress: Progress = silent
) -> pd.DataFrame:
    """Return one row a shape (points or polygons in degrees; None: no usable position), ``fields.WATER_PROXIMITY``.

    ``coarser_than_distance``: the vertices of the nearest line stand further apart than the distance to it, or the
    layer is known to be off by more (``known_error``, metres). The source's name is left to the caller.
    """
    placed = np.array([shape is not None for shape in shapes], dtype=bool)
    reach = bands.edges[-1]
    distance, line = np.full(len(shapes), np.nan), np.full(len(shapes), -1)
    distance[placed], line[placed] = nearest_lines(shapes[placed], rivers, reach, progress)
    spacing = np.append(rivers.spacing, np.nan)[line]
    coarse = np.where(np.fmax(spacing, known_error) > distance, fields.YES, fields.NO).astype(object)
    coarse[line < 0] = None
    band = bands.of(distance)
    band[~placed] = NOT_PLACED
    columns = {
        "nearest_distance_m": distance,
        "nearest_name": tally.with_none(rivers.names)[line],
        "band": band,
        "max_distance_m": reach,
        "rivers_vertex_spacing_m": spacing,
        "coarser_than_distance": coarse,
    }
    return pd.DataFrame(columns, index=range(len(shapes)))


def band_table(rows: pd.DataFrame, bands: Bands) -> pd.DataFrame:
    """Return one row a band, one for what has no usable position (``fields.WATER_BANDS``). Shares are of the placed."""
    names = [*bands.names, NOT_PLACED]
    count = rows["band"].value_counts().reindex(names, fill_value=0)
    coarse = rows.loc[rows["coarser_than_distance"] == fields.YES, "band"].value_counts().reindex(names, fill_value=0)
    share = tally.percent(count.to_numpy(), np.full(len(names), count.iloc[:-1].sum()))
    share[-1] = np.nan
    columns = {
        "band": names,
        "from_m": [0.0, *bands.edges, np.nan],
        "to_m": [*bands.edges, np.nan, np.nan],
        "features": count.to_numpy(),
        "share_pct": share,
        "coarser_than_distance": coarse.to_numpy(),
        "max_distance_m": bands.edges[-1],
    }
    return pd.DataFrame(columns)
