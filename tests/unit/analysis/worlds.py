"""Small worlds of tanks for the tests: places given in metres from an origin, laid out by PROJ's geodesics."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
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


def boxes(*edges):
    """Units side by side from west to east, their borders so many metres east of the origin."""
    rows = []
    for number, (west, east) in enumerate(zip(edges, edges[1:])):
        lon, lat = place([west, east], [-9000, 9000])
        rows.append(
            {
                "unit_code": f"U{number}",
                "unit_name": f"Unit {number}",
                "unit_name_local": None,
                "parent_name": None,
                "country": "MMR",
                "area_km2": None,
                "boundary_source": "test",
                "boundary_version": None,
                "geometry": shapely.box(lon[0], lat[0], lon[1], lat[1]),
            }
        )
    return gpd.GeoDataFrame(rows, crs="EPSG:4326")


def random_rows(seed, number=300):
    random = np.random.default_rng(seed)
    years = random.integers(2010, 2026, number)
    gone = years + random.integers(1, 12, number)
    centres = random.uniform(0, 4000, (40, 2))[random.integers(0, 40, number)]
    rows = []
    for index in range(number):
        row = {"east": centres[index, 0] + random.normal(0, 60), "north": centres[index, 1] + random.normal(0, 60)}
        row["status"] = str(random.choice(["active", "abandoned", "unknown"]))
        if random.random() < 0.9:
            row["first_seen"] = f"{years[index]}-06-01"
            if random.random() < 0.3:
                row["gone_by"] = f"{gone[index]}-06-01"
            if row["status"] == "abandoned" and random.random() < 0.7:
                row["abandoned_since"] = f"{years[index] + 1}-01-01"
        rows.append(row)
    return rows
