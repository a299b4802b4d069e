"""The footprints of a set of sites, for any choice of their tanks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from .definition import SiteDefinition
from .footprints import footprints
from .ground import HECTARE, Planes
from .progress import Progress, silent
from .sites import Sites


class SiteFootprints:
    """Draws footprints in the equal-area plane of each site."""

    def __init__(self, tanks: pd.DataFrame, sites: Sites, definition: SiteDefinition) -> None:
        """Lay the tanks of the sites out in their planes, once."""
        self._definition = definition
        self._sites = sites
        self._inside = np.flatnonzero(sites.of_tank >= 0)
        self._group = sites.of_tank[self._inside]
        lon, lat = tanks["lon"].to_numpy()[self._inside], tanks["lat"].to_numpy()[self._inside]
        self._planes = Planes(lon, lat, self._group, len(sites))
        self._xy = self._planes.flatten(lon, lat, self._group)
        self._diameter = tanks["diameter_m"].to_numpy(dtype=float)[self._inside]

    def of(self, chosen: np.ndarray, progress: Progress = silent) -> tuple[np.ndarray, np.ndarray]:
        """Return each site's footprint (ground metres) over its chosen tanks, and which fell back to ``buffered``."""
        rows = np.asarray(chosen)[self._inside]
        return self.of_groups(rows, self._group, len(self._sites), progress)

    def of_groups(
        self, rows: np.ndarray, group: np.ndarray, groups: int, progress: Progress = silent
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the footprint of each group of tanks; ``rows`` and ``group`` speak of the tanks in sites alone."""
        return footprints(
            self._xy[rows],
            group[rows],
            groups,
            self._definition.footprint,
            self._definition.padding,
            self._diameter[rows],
            progress,
        )

    def centres(self, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the longitude and latitude of the mean place of each site's chosen tanks, NaN where there is none."""
        rows = np.asarray(chosen)[self._inside]
        size = np.bincount(self._group[rows], minlength=len(self._sites)).astype(float)
        size[size == 0] = np.nan
        mean = [np.bincount(self._group[rows], axis[rows], len(self._sites)) / size for axis in self._xy.T]
        known = np.isfinite(size)
        lonlat = np.full((len(self._sites), 2), np.nan)
        lonlat[known] = self._planes.unflatten(np.column_stack(mean)[known], np.flatnonzero(known))
        return lonlat[:, 0], lonlat[:, 1]

    def on_earth(self, flat: np.ndarray, site: np.ndarray | None = None) -> np.ndarray:
        """Return geometries in degrees; ``site`` names the site of each (all sites in order, if left out)."""
        return self._planes.geometries(flat, np.arange(len(self._sites)) if site is None else site)

    @staticmethod
    def hectares(flat: np.ndarray) -> np.ndarray:
        """Return the ground that footprints cover, in hectares."""
        return shapely.area(flat) / HECTARE
