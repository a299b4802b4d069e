"""Invented tanks for measuring speed: sites of some seven tanks in rows 15 m apart, in one UTM zone."""

from __future__ import annotations

import numpy as np
from osgeo import ogr, osr

ZONE = 32647
TANKS_A_SITE = 7
SPACING = 15.0


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
    east = 300_000 + (np.arange(sites) % side * 600 + jitter[0])[site] + along + shake[0]
    north = 2_700_000 + (np.arange(sites) // side * 600 + jitter[1])[site] + across + shake[1]
    return east, north


def write(path: str, number: int) -> None:
    """Write a GeoPackage of tanks with dates, statuses and diameters."""
    random = np.random.default_rng(2)
    east, north = positions(number)
    first = random.integers(2010, 2026, number)
    gone = np.where(random.random(number) < 0.05, first + random.integers(1, 6, number), 0)
    status = random.choice(["active", "abandoned", "unknown"], number, p=[0.75, 0.15, 0.1])
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(ZONE)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    layer = source.CreateLayer("tanks", reference, ogr.wkbPoint)
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
