"""Real pools by independent methods, where the data folder stands beside the project; it does not ship."""

from pathlib import Path

import geopandas as gpd
import leachwatch
import numpy as np
import pandas as pd
import pytest
import shapely
from leachwatch.tests.qgis.processing.running import Log, rows, run
from pyproj import Proj
from scipy.cluster.hierarchy import fcluster, linkage

DATA = Path(leachwatch.__file__).resolve().parent.parent / "shared" / "data"
POOLS, RIVERS = DATA / "pools_pangwa.csv", DATA / "rivers_naturalearth_10m.geojson"
pytestmark = pytest.mark.skipif(not (POOLS.exists() and RIVERS.exists()), reason=f"no data under {DATA.name}/")
UTM = 32647


@pytest.fixture(scope="module")
def pools(provider):
    return run("loadusgstanks", INPUT=str(POOLS))["OUTPUT"]


@pytest.fixture(scope="module")
def flat():
    """The pools in UTM 47N, and its scale near them: 1 − 0.0003 within some 20 km."""
    table = pd.read_csv(POOLS)
    points = gpd.GeoSeries(gpd.points_from_xy(table["x"], table["y"]), crs=4326).to_crs(UTM)
    scale = Proj(UTM).get_factors(table["x"].to_numpy(), table["y"].to_numpy()).meridional_scale
    assert np.ptp(scale) < 1e-4
    return points, float(scale.mean())


def test_every_pair_by_scipy_and_three_footprints_by_geos(pools, flat):
    points, scale = flat
    xy = np.column_stack([points.x, points.y])
    tree = linkage(xy, "single")
    results = run("sitesensitivity", TANKS=pools)
    assert (results["PAIR_COUNT"], results["COUNTED_COUNT"]) == (66, 2497)
    for row in rows(results["OUTPUT"]):
        group = fcluster(tree, row["link_distance_m"] * scale, "distance")
        large = np.bincount(group) >= row["min_tanks"]
        found = (row["sites"], row["tanks_in_sites"], row["ungrouped"])
        assert found == (large[1:].sum(), large[group].sum(), (~large[group]).sum()), row
        if (row["link_distance_m"], row["min_tanks"]) in ((25, 2), (150, 4), (300, 10)):
            discs = pd.Series(shapely.buffer(shapely.points(xy), 15 * scale, quad_segs=64))[large[group]]
            areas = discs.groupby(group[large[group]]).agg(lambda same: shapely.union_all(same.to_numpy()).area)
            assert row["footprint_ha"] == pytest.approx(areas.sum() / scale**2 / 1e4, rel=2e-4)


def test_distances_by_geopandas_in_utm(pools, flat):
    points, scale = flat
    lines = gpd.read_file(RIVERS).to_crs(UTM)
    nearest = gpd.GeoDataFrame(geometry=points).sjoin_nearest(lines, distance_col="metres")
    nearest = nearest[~nearest.index.duplicated()]
    log = Log()
    results = run(
        "waterproximity", log, TANKS=pools, RIVERS=str(RIVERS), NAME_FIELD="name", MAX_DISTANCE=100_000, HTML=""
    )
    found = pd.DataFrame(rows(results["OUTPUT"]))
    assert found["nearest_distance_m"].to_numpy() == pytest.approx(nearest["metres"].to_numpy() / scale, rel=1e-3)
    assert found["nearest_name"].tolist() == nearest["name"].tolist()
    assert any("Taping" in text for text in log.warnings)
