"""The sample that ships, through the algorithms: its published totals come out."""

import time
from pathlib import Path

import leachwatch
import pytest
from leachwatch.tests.qgis.processing.running import Log, layer_of, rows, run

SAMPLE = Path(leachwatch.__file__).parent / "resources" / "sample"
TANKS = str(SAMPLE / "tanks_synthetic_sample.geojson")
UNITS = str(SAMPLE / "townships_synthetic_sample.geojson")


@pytest.fixture(scope="module")
def loaded(provider):
    return run("loadusgstanks", INPUT=TANKS)


@pytest.fixture(scope="module")
def units(provider):
    return run("loadtownships", INPUT=UNITS)


def test_no_row_is_lost(loaded):
    assert loaded["ROW_COUNT"] == 3054
    assert loaded["ROW_COUNT"] == loaded["TANK_COUNT"] + loaded["DUPLICATE_COUNT"] + loaded["REJECTED_COUNT"]
    assert len(layer_of(loaded["OUTPUT"])) == loaded["TANK_COUNT"]
    assert {row["source"] for row in rows(loaded["OUTPUT"])} == {"synthetic-sample"}


@pytest.mark.parametrize("year, sites", [(2020, 126), (2024, 371)])
def test_the_published_totals(loaded, year, sites):
    assert run("detectsites", TANKS=loaded["OUTPUT"], YEAR=year)["SITE_COUNT"] == sites


def test_the_states_of_all_tanks_add_up(loaded):
    results = run("detectsites", TANKS=loaded["OUTPUT"], YEAR=2024)
    states = [row["site_state"] for row in rows(results["TANKS_OUT"])]
    assert len(states) == loaded["TANK_COUNT"] == results["TANK_COUNT"]
    assert results["IN_SITE_COUNT"] == sum(row["tanks"] for row in rows(results["SITES"])) == states.count("in site")
    assert states.count("undated") == loaded["UNDATED_COUNT"] == results["UNDATED_COUNT"] > 0


def test_expansion_and_summary_agree(loaded, units):
    given = {"TANKS": loaded["OUTPUT"], "UNITS": units["OUTPUT"], "START_YEAR": 2020, "END_YEAR": 2024}
    change, summary = run("siteexpansion", **given), run("townshipsummary", **given)
    assert change["SITES_END"] >= 371 and summary["COUNTED_COUNT"] == change["TANKS_END"]
    by_unit = {row["unit_code"]: row for row in rows(change["SUMMARY"]) if row["scope"] == "unit"}
    for row in rows(summary["UNITS_OUT"]):
        if row["unit_code"] in by_unit:
            other = by_unit[row["unit_code"]]
            assert (row["tanks"], row["tanks_new"], row["tanks_gone"]) == (
                other["tanks_end"], other["tanks_new"], other["tanks_gone"],
            )  # fmt: skip
    assert units["UNIT_COUNT"] == 10 and summary["OUTSIDE_COUNT"] > 0


def test_the_sample_read_directly_gives_the_same(loaded):
    log = Log()
    direct = run("detectsites", log, TANKS=TANKS, YEAR=2024)
    through = run("detectsites", TANKS=loaded["OUTPUT"], YEAR=2024)
    assert [row["site_id"] for row in rows(direct["SITES"])] == [row["site_id"] for row in rows(through["SITES"])]
    assert direct["FOOTPRINT_HA"] == pytest.approx(through["FOOTPRINT_HA"])
    assert log.warnings == []


def test_the_sample_is_quick(loaded, units):
    """Far from a benchmark: twenty times what it takes, to notice a loop that should be an array."""
    start = time.monotonic()
    run("siteexpansion", TANKS=loaded["OUTPUT"], UNITS=units["OUTPUT"], START_YEAR=2020, END_YEAR=2024)
    assert time.monotonic() - start < 20
