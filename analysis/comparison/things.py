"""What a source holds, ready to be compared: tanks or sites, as points or polygons, in an order of their own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import shapely

# Places nearer than this (degrees, some 10 µm) are one place: what is left of a change of CRS.
DECIMALS = 10


@dataclass(frozen=True)
class Things:
    """The tanks or the sites of one source.

    ``kind``: ``fields.TANK_KIND`` or ``fields.SITE_KIND``. ``shapes``: points or polygons, degrees on WGS 84, none
    missing. ``table``: one row each, with the columns of ``fields.COMPARED_COLUMNS`` (None or NaT: not known).
    """

    kind: str
    shapes: np.ndarray
    table: pd.DataFrame

    def __len__(self) -> int:
        return len(self.shapes)

    @cached_property
    def are_points(self) -> bool:
        """Whether each is a point."""
        return bool((shapely.get_type_id(self.shapes) == shapely.GeometryType.POINT).all())

    @cached_property
    def place(self) -> np.ndarray:
        """One place each (n × 2 degrees): the point, or one within the polygon."""
        points = self.shapes if self.are_points else shapely.point_on_surface(self.shapes)
        return np.round(shapely.get_coordinates(points).reshape(-1, 2), DECIMALS)

    @cached_property
    def order(self) -> np.ndarray:
        """The rows from south to north, those at one place by what is known of them: not by how they were sorted."""
        keys = self.table.astype(str)
        keys["shape"] = "" if self.are_points else shapely.to_wkt(shapely.normalize(self.shapes), rounding_precision=9)
        keys["lat"], keys["lon"] = self.place[:, 1], self.place[:, 0]
        names = ["lat", "lon", *(name for name in keys if name not in ("lat", "lon"))]
        return keys.reset_index(drop=True).sort_values(names, kind="stable").index.to_numpy()

    def doubles(self) -> int:
        """Return how many stand where another of the same source stands (the first at a place is none)."""
        shapes = pd.Series(self.order * 0 if self.are_points else pd.factorize(shapely.to_wkb(self.shapes))[0])
        return int(pd.DataFrame(self.place).assign(shape=shapes).duplicated().sum())
