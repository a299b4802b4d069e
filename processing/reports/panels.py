"""Where the maps of a report lie: one for each region that holds something, the fullest first."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from ...analysis.geometry.linking import link

MOST_PANELS = 6
# Regions farther apart than this have a map each: on one of both nothing could be seen. Metres.
_APART = 50_000.0
# Large shapes are one region where they are no farther apart than this many times their own size.
_SIZES = 1.6
# Degrees; a map of one site shows some kilometres around it.
_LEAST = 0.02
_MARGIN = 0.06
# Metres of a degree of latitude.
_DEGREE = 111_200.0


@dataclass(frozen=True)
class Panel:
    """A map's extent in degrees, and how many of the features lie in it."""

    west: float
    south: float
    east: float
    north: float
    features: int

    @property
    def centre(self) -> tuple[float, float]:
        """Longitude and latitude of the middle."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2


def panels(shapes: gpd.GeoDataFrame) -> list[Panel]:
    """Return the extents of the regions in which the shapes (degrees) lie, those with the most of them first."""
    geometry = shapes.geometry.to_numpy()
    geometry = geometry[~(shapely.is_missing(geometry) | shapely.is_empty(geometry))]
    if len(geometry) == 0:
        return []
    bounds = shapely.bounds(geometry)
    lon, lat = (bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2
    high = float(np.median(bounds[:, 3] - bounds[:, 1]))
    region = link(lon, lat, max(_APART, _SIZES * high * _DEGREE))
    order = np.argsort(-np.bincount(region), kind="stable")
    return [_panel(bounds[region == number]) for number in order]


def _panel(bounds: np.ndarray) -> Panel:
    west, south = (float(value) for value in bounds[:, :2].min(axis=0))
    east, north = (float(value) for value in bounds[:, 2:].max(axis=0))
    # A degree of longitude is shorter than one of latitude; the margin is for the eye.
    wide, high = (max(east - west, _LEAST) * _MARGIN, max(north - south, _LEAST) * _MARGIN)
    grow_x, grow_y = (max(wide, (_LEAST - (east - west)) / 2), max(high, (_LEAST - (north - south)) / 2))
    return Panel(
        max(west - grow_x, -180.0),
        max(south - grow_y, -90.0),
        min(east + grow_x, 180.0),
        min(north + grow_y, 90.0),
        len(bounds),
    )
