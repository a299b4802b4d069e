"""Small worlds of tanks for the tests: places given in metres from an origin, laid out by PROJ's geodesics."""

from __future__ import annotations

import numpy as np
import pandas as pd
from leachwatch.analysis.tanks import tank_table
from pyproj import Geod

CHIPWI = (98.13, 25.88)
GEOD = Geod(ellps="WGS84")


def place(east, north, origin=CHIPWI):
    """Return lon, lat of points so many metres east and north of the origin (first north, then east)."""
    east, north = np.broadcast_arrays(np.asarray(east, float), np.asarray(north, float))
    lon0, lat0 = np.full(east.shape, origin[0]), np.full(east.shape, origin[1])
    lon, lat, _ = GEOD.fwd(lon0, lat0, np.where(north >= 0, 0.0, 180.0), np.abs(north))
    lon, lat, _ = GEOD.fwd(lon, lat, np.where(east >= 0, 90.0, -90.0), np.abs(east))
    return lon, lat


def tanks(rows, origin=CHIPWI) -> pd.DataFrame:
    """Return a tank table of dicts with ``east`` and ``north`` (m) and whichever fields of a tank."""
    lon, lat = place([row.get("east", 0) for row in rows], [row.get("north", 0) for row in rows], origin)
    names = {name for row in rows for name in row} - {"east", "north"}
    return tank_table({name: [row.get(name) for row in rows] for name in names}, lon, lat)


def row_of(count, east=0.0, north=0.0, spacing=15.0, **values):
    """Return the rows of tanks that stand side by side, from west to east."""
    return [{"east": east + spacing * number, "north": north, **values} for number in range(count)]
