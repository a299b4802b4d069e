"""Real pools and real townships, where the data folder stands beside the project; they do not ship."""

from pathlib import Path

import leachwatch
import pytest
from leachwatch.tests.qgis.processing.running import Log, layer_of, rows, run

DATA = Path(leachwatch.__file__).resolve().parent.parent / "shared" / "data"
POOLS = DATA / "pools_pangwa.csv"
TOWNSHIPS = DATA / "townships_mmr_mimu_v9_3.gpkg"
pytestmark = pytest.mark.skipif(not (POOLS.exists() and TOWNSHIPS.exists()), reason=f"no data under {DATA.name}/")


@pytest.fixture(scope="module")
def pools(provider):
    return run("loadusgstanks", INPUT=str(POOLS))


@pytest.fixture(scope="module")
def townships(provider):
    return run("loadtownships", INPUT=str(TOWNSHIPS))


def test_every_pool_is_a_tank(pools):
    assert (pools["ROW_COUNT"], pools["TANK_COUNT"], pools["REJECTED_COUNT"], pools["DUPLICATE_COUNT"]) == (
        2497,
        2497,
        0,
        0,
    )
    assert pools["UNDATED_COUNT"] == 2497
    assert {row["tank_type"] for row in rows(pools["OUTPUT"])} <= {None, "unknown"}


def test_sites_of_the_pools(pools):
    results = run("detectsites", TANKS=pools["OUTPUT"])
    assert results["IN_SITE_COUNT"] + results["UNGROUPED_COUNT"] == 2497
    assert results["SITE_COUNT"] == len(rows(results["SITES"])) > 50
    assert sum(row["tanks"] for row in rows(results["SITES"])) == results["IN_SITE_COUNT"]
    assert sum(row["footprint_ha"] for row in rows(results["SITES"])) == pytest.approx(results["FOOTPRINT_HA"])
    assert len(layer_of(results["TANKS_OUT"])) == 2497


def test_pools_by_township(pools, townships):
    assert (townships["UNIT_COUNT"], townships["REJECTED_COUNT"]) == (330, 0)
    sites = run("detectsites", TANKS=pools["OUTPUT"])
    results = run("townshipsummary", Log(), TANKS=pools["OUTPUT"], UNITS=townships["OUTPUT"])
    out = rows(results["UNITS_OUT"])
    assert sum(row["tanks"] for row in out) == results["COUNTED_COUNT"] == results["UNDATED_COUNT"] == 2497
    assert sum(row["sites"] for row in out) == results["SITE_COUNT"] == sites["SITE_COUNT"]
    assert results["FOOTPRINT_HA"] == pytest.approx(sites["FOOTPRINT_HA"])
    # Pangwa is a town inside Chipwi.
    most = max(out, key=lambda row: row["tanks"])
    assert most["unit_code"] == "MMR001005"
    assert all(row["start_year"] is None for row in out)


def test_a_year_is_asked_of_pools_without_dates(pools):
    from qgis.core import QgsProcessingException

    with pytest.raises(QgsProcessingException) as caught:
        run("detectsites", TANKS=pools["OUTPUT"], YEAR=2024)
    assert "None of the 2497 tanks" in str(caught.value)
