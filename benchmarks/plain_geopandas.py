"""The script that an analyst with geopandas would write for the same jobs; nothing of Leachwatch or QGIS in it.

Usage: python benchmarks/plain_geopandas.py --run siteexpansion|townshipsummary TANKS UNITS FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import running
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

LINK, MIN_TANKS, PADDING = 150, 4, 15
START, END = 2020, 2024
FIRST, LAST = 2010, 2025


def read(path: str) -> gpd.GeoDataFrame:
    """Return the tanks in their UTM zone."""
    tanks = gpd.read_file(path)
    return tanks.to_crs(tanks.estimate_utm_crs())


def standing(tanks: gpd.GeoDataFrame, year: int) -> pd.Series:
    """Return which tanks stand at the end of a year."""
    return (tanks["first_seen"].dt.year <= year) & ~(tanks["gone_by"].dt.year <= year)


def with_sites(tanks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the tanks of sites, with the site of each."""
    xy = np.column_stack([tanks.geometry.x, tanks.geometry.y])
    pairs = cKDTree(xy).query_pairs(LINK, output_type="ndarray")
    graph = coo_matrix((np.ones(len(pairs)), pairs.T), shape=(len(xy), len(xy)))
    tanks = tanks.assign(site=connected_components(graph, directed=False)[1])
    return tanks[tanks.groupby("site")["site"].transform("size") >= MIN_TANKS]


def footprints(tanks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the dissolved discs of each site."""
    discs = tanks[["site", "geometry"]].set_geometry(tanks.buffer(PADDING, 4))
    return discs.dissolve("site")


def siteexpansion(tanks_path: str, units_path: str, folder: str) -> None:
    """Write sites with their change, the ground gained and given up, and the sums."""
    tanks = read(tanks_path)
    tanks = with_sites(tanks[standing(tanks, START) | standing(tanks, END)])
    at_start, at_end = tanks[standing(tanks, START)], tanks[standing(tanks, END)]
    start, end = footprints(at_start), footprints(at_end)
    both = start.index.union(end.index)
    before, after = (drawn.geometry.reindex(both).fillna(shapely.Polygon()) for drawn in (start, end))
    gain, loss = after.difference(before), before.difference(after)

    sites = gpd.GeoDataFrame({"site": both}, geometry=end.geometry.reindex(both).values, crs=tanks.crs)
    for name, ground in (("start", before), ("end", after), ("gain", gain), ("loss", loss)):
        sites[f"{name}_ha"] = ground.area.values / 10_000
    for name, counted in (("start", at_start), ("end", at_end)):
        counts = pd.crosstab(counted["site"], counted["status"]).reindex(both).fillna(0).add_suffix(f"_{name}")
        sites = sites.merge(counts, left_on="site", right_index=True)
        sites[f"tanks_{name}"] = sites["site"].map(counted["site"].value_counts()).fillna(0)
    sites.to_crs(4326).to_file(f"{folder}/sites.gpkg")
    for name, ground in (("growth", gain), ("loss", loss)):
        some = ground[~ground.is_empty]
        gpd.GeoDataFrame({"site": some.index}, geometry=some.values, crs=tanks.crs).to_crs(4326).to_file(
            f"{folder}/{name}.gpkg"
        )
    sites.drop(columns="geometry").sum(numeric_only=True).to_csv(f"{folder}/summary.csv")


def townshipsummary(tanks_path: str, units_path: str, folder: str) -> None:
    """Write year by year: tanks of each unit by status, its sites, and the ground that they cover."""
    tanks = read(tanks_path)
    units = gpd.read_file(units_path).to_crs(tanks.crs)
    placed = tanks.sjoin(units[["unit_code", "geometry"]], how="left", predicate="intersects")
    placed = placed[~placed.index.duplicated()]
    in_sites = with_sites(placed)
    unit_of_site = in_sites.groupby("site")["unit_code"].agg(lambda codes: codes.mode().get(0))
    tables = []
    for year in range(FIRST, LAST + 1):
        there, members = placed[standing(placed, year)], in_sites[standing(in_sites, year)]
        table = pd.crosstab(there["unit_code"], there["status"])
        drawn = footprints(members)
        unit = unit_of_site.reindex(drawn.index)
        table["sites"] = unit.value_counts()
        table["ha"] = (drawn.area / 10_000).groupby(unit.values).sum()
        tables.append(table.assign(year=year))
    yearly = pd.concat(tables).reset_index()
    yearly.to_csv(f"{folder}/yearly.csv")
    units.merge(yearly[yearly["year"] == LAST], on="unit_code").to_file(f"{folder}/units.gpkg")


def main() -> None:
    """Run a job, timed."""
    job, *arguments, folder = sys.argv[2:]
    Path(folder).mkdir(exist_ok=True)
    timer = running.Timer()
    {"siteexpansion": siteexpansion, "townshipsummary": townshipsummary}[job](*arguments, folder)
    timer.report({})


if __name__ == "__main__":
    main()
