"""What a source holds, ready to be compared: tanks or sites, as points or polygons, in an order of their own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from .. import fields
from ..geometry.ground import geocentric

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
        keys = pd.DataFrame({"lat": self.place[:, 1], "lon": self.place[:, 0], "known": ""})
        shared = keys.duplicated(keep=False).to_numpy()
        if shared.any():
            known = shapely.to_wkt(self.shapes[shared], rounding_precision=9).astype(object)
            for name in self.table:
                known = known + "|" + self.table[name].to_numpy()[shared].astype(str).astype(object)
            keys.loc[shared, "known"] = known
        return keys.sort_values(["lat", "lon", "known"], kind="stable").index.to_numpy()

    @cached_property
    def spacing(self) -> float:
        """How far the nearest other place of the same source is (median, metres), NaN where none is or for polygons."""
        places = np.unique(self.place, axis=0)
        if len(places) < 2 or not self.are_points:
            return float("nan")
        space = geocentric(*places.T)
        return float(np.median(cKDTree(space).query(space, k=2)[0][:, 1]))

    def doubles(self) -> int:
        """Return how many have another of the same source at their place (the first at a place is none)."""
        return int(pd.DataFrame(self.place).duplicated().sum())


def spans(dates: pd.Series, precision: np.ndarray) -> tuple[pd.Series, pd.Series]:
    """Return the first and the last day that each date may mean: one known to the month or year is all of it."""
    first, last = dates.copy(), dates.copy()
    for word, letter in ((fields.MONTH, "M"), (fields.YEAR, "Y")):
        period = dates.dt.to_period(letter).dt
        first = first.mask(precision == word, period.start_time)
        last = last.mask(precision == word, period.end_time.dt.normalize())
    return first, last
