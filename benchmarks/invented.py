"""Invented tanks and units for measuring speed: sites of some seven tanks in rows 15 m apart, in one UTM zone."""

from __future__ import annotations

import numpy as np
import shapely
from osgeo import ogr, osr

ZONE = 32647
ORIGIN = (300_000, 2_700_000)
TANKS_A_SITE = 7
SPACING, BETWEEN_SITES = 15.0, 600


def positions(number: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return easting and northing of tanks: sites 600 m apart on a jittered grid, each of one to four rows."""
    random = np.random.default_rng(seed)
    sites = max(number // TANKS_A_SITE, 1)
    site = np.sort(random.integers(0, sites, number))
    rank = np.arange(number) - np.searchsorted(site, site)
    rows = random.integers(1, 5, sites)[site]
    side = int(np.ceil(np.sqrt(sites)))
    jitter = random.uniform(-100, 100, (2, sites))
    along, across = rank // rows * SPACING, rank % rows * SPACING
    shake = random.normal(0, 1.5, (2, number))
    east = ORIGIN[0] + (np.arange(sites) % side * BETWEEN_SITES + jitter[0])[site] + along + shake[0]
    north = ORIGIN[1] + (np.arange(sites) // side * BETWEEN_SITES + jitter[1])[site] + across + shake[1]
    return east, north


def write_tanks(path: str, number: int) -> None:
    """Write a GeoPackage of tanks with dates, statuses, types and diameters."""
    random = np.random.default_rng(2)
    east, north = positions(number)
    first = random.integers(2010, 2026, number)
    gone = np.where(random.random(number) < 0.05, first + random.integers(1, 6, number), 0)
    status = random.choice(["active", "abandoned", "unknown"], number, p=[0.75, 0.15, 0.1])
    source, layer = _layer(path, "tanks", ogr.wkbPoint)
    for name, kind in (
        ("tank_id", ogr.OFTString),
        ("status", ogr.OFTString),
        ("first_seen", ogr.OFTDate),
        ("gone_by", ogr.OFTDate),
        ("diameter_m", ogr.OFTReal),
    ):
        layer.CreateField(ogr.FieldDefn(name, kind))
    layer.StartTransaction()
    for index in range(number):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["tank_id"], feature["status"] = str(index), str(status[index])
        feature["first_seen"], feature["diameter_m"] = f"{first[index]}/06/01", 8.0
        if gone[index]:
            feature["gone_by"] = f"{gone[index]}/06/01"
        point = ogr.Geometry(ogr.wkbPoint)
        point.AddPoint_2D(east[index], north[index])
        feature.SetGeometry(point)
        layer.CreateFeature(feature)
    layer.CommitTransaction()


def write_units(path: str, tanks: int, number: int = 330, points_a_side: int = 50) -> None:
    """Write a GeoPackage of about so many units that fill the tanks' extent, with borders as crooked as rivers."""
    random = np.random.default_rng(3)
    across = round(number**0.5)
    extent = int(np.ceil(np.sqrt(max(tanks // TANKS_A_SITE, 1)))) * BETWEEN_SITES
    cell = extent / across
    # The corners and the points of the sides of all cells on one lattice, each shaken once: neighbours share them.
    step = cell / points_a_side
    lattice = np.stack(np.meshgrid(*[np.arange(across * points_a_side + 1) * step] * 2), axis=-1)
    lattice = lattice + random.uniform(-step / 3, step / 3, lattice.shape) + np.array(ORIGIN) - 300
    source, layer = _layer(path, "units", ogr.wkbPolygon)
    for name in ("unit_code", "unit_name"):
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    for row in range(across):
        for column in range(across):
            block = lattice[
                row * points_a_side : (row + 1) * points_a_side + 1,
                column * points_a_side : (column + 1) * points_a_side + 1,
            ]
            ring = np.concatenate([block[0, :-1], block[:-1, -1], block[-1, :0:-1], block[:0:-1, 0]])
            feature = ogr.Feature(layer.GetLayerDefn())
            feature["unit_code"] = feature["unit_name"] = f"U{row:03}{column:03}"
            feature.SetGeometry(ogr.CreateGeometryFromWkb(shapely.to_wkb(shapely.Polygon(ring))))
            layer.CreateFeature(feature)


def _layer(path: str, name: str, kind: int) -> tuple[ogr.DataSource, ogr.Layer]:
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(ZONE)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    return source, source.CreateLayer(name, reference, kind)
