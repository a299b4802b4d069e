"""The footprints of a set of sites, for any choice of their tanks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from ..definition import SiteDefinition
from ..geometry.discs import Selection
from ..geometry.footprints import Footprints, footprints
from ..geometry.ground import Planes
from ..progress import Progress, silent
from ..units.antimeridian import cut_at_antimeridian
from .formation import Sites


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

    def of(self, *selections: Selection, progress: Progress = silent) -> list[Footprints]:
        """Return the sites' footprints, in metres, over each selection of the tanks (a bool a tank of the layer)."""
        chosen = [selection.of(self._inside) for selection in selections]
        return footprints(self._xy, self._group, len(self._sites), self._definition, self._diameter, chosen, progress)

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

    def on_earth(self, flat: np.ndarray, site: np.ndarray | None = None, progress: Progress = silent) -> np.ndarray:
        """Return geometries in degrees; ``site`` names the site of each (all sites in order, if left out).

        What lies across the antimeridian is cut there.
        """
        shapes = self._planes.geometries(flat, np.arange(len(self._sites)) if site is None else site, progress)
        west, _, east, _ = shapely.bounds(shapes).reshape(-1, 4).T
        across = np.flatnonzero(east - west > 180)
        if len(across):
            shapes[across] = cut_at_antimeridian(shapes[across])[0]
        return shapes
