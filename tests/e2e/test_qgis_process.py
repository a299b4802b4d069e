"""The main job by qgis_process, on the synthetic sample, from the packaged plugin."""

import json
import subprocess

import pytest
from leachwatch.tests.e2e.conftest import ROOT, TANKS, UNITS, results

IDS = ("loadusgstanks", "loadispsites", "loadtownships", "detectsites", "siteexpansion", "townshipsummary")
REAL = ROOT.parent / "shared" / "data"


def geojson(path):
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def test_all_algorithms_are_listed(profile):
    listed = profile.process("list").stdout
    assert all(f"leachwatch:{name}" in listed for name in IDS)


@pytest.mark.parametrize("name", IDS)
def test_each_has_help(profile, name):
    shown = profile.process("help", f"leachwatch:{name}")
    assert shown.returncode == 0
    assert "Arguments" in shown.stdout


@pytest.fixture(scope="module")
def tanks(profile, tmp_path_factory):
    path = tmp_path_factory.mktemp("loaded") / "tanks.gpkg"
    out = results(profile.run("loadusgstanks", INPUT=TANKS, OUTPUT=path))
    assert int(out["ROW_COUNT"]) == int(out["TANK_COUNT"]) + int(out["DUPLICATE_COUNT"]) + int(out["REJECTED_COUNT"])
    assert (out["TANK_COUNT"], out["UNDATED_COUNT"], out["REJECTED_COUNT"]) == ("3054", "90", "0")
    return path


def test_the_sample_has_the_published_totals(profile, tanks, tmp_path):
    for year, sites in ((2020, "126"), (2024, "371")):
        out = results(profile.run("detectsites", TANKS=tanks, YEAR=year, SITES=tmp_path / f"{year}.gpkg"))
        assert out["SITE_COUNT"] == sites


def test_expansion_with_report(profile, tanks, tmp_path):
    out = results(
        profile.run(
            "siteexpansion",
            TANKS=tanks,
            UNITS=UNITS,
            START_YEAR=2020,
            END_YEAR=2024,
            SITES=tmp_path / "sites.geojson",
            SUMMARY=tmp_path / "summary.csv",
            HTML=tmp_path / "report.html",
        )
    )
    assert (out["SITES_START"], out["SITES_END"], out["NEW_COUNT"]) == ("126", "371", "245")
    change = int(out["TANKS_END"]) - int(out["TANKS_START"])
    assert change == int(out["TANKS_NEW"]) - int(out["TANKS_GONE"])
    assert len(geojson(tmp_path / "sites.geojson")) == 371
    report = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "First seen" in report
    assert "http" not in report.replace("http-equiv", "")  # opens with no network


def test_summary_by_township_adds_up(profile, tanks, tmp_path):
    units = tmp_path / "units.geojson"
    out = results(
        profile.run("townshipsummary", TANKS=tanks, UNITS=UNITS, START_YEAR=2020, END_YEAR=2024, UNITS_OUT=units)
    )
    rows = [feature["properties"] for feature in geojson(units)]
    assert sum(row["tanks"] for row in rows) == int(out["COUNTED_COUNT"]) == 2709
    assert {row["unit_name"]: row["tanks"] for row in rows}["outside all units"] == int(out["OUTSIDE_COUNT"]) == 19


@pytest.mark.parametrize(
    ("algorithm", "parameters", "message"),
    [
        ("siteexpansion", {"TANKS": TANKS, "START_YEAR": 2024, "END_YEAR": 2020}, "must be before"),
        ("detectsites", {"TANKS": UNITS, "YEAR": 2020}, ""),
        ("loadusgstanks", {}, "INPUT"),
        ("loadusgstanks", {"INPUT": "/nowhere/tanks.csv"}, "/nowhere/tanks.csv"),
        ("townshipsummary", {"TANKS": TANKS, "UNITS": UNITS, "START_YEAR": 2020}, "both years"),
    ],
)
def test_an_error_is_one_message_without_a_traceback(profile, tmp_path, algorithm, parameters, message):
    sinks = {
        "siteexpansion": "SITES",
        "detectsites": "SITES",
        "loadusgstanks": "OUTPUT",
        "townshipsummary": "UNITS_OUT",
    }
    done = profile.run(algorithm, **parameters, **{sinks[algorithm]: tmp_path / "out.gpkg"})
    printed = done.stdout + done.stderr
    assert done.returncode != 0
    assert message in printed
    assert "Traceback" not in printed


def test_real_pools_and_real_townships(profile, tmp_path):
    """2,497 real pools near Pangwa, no dates, and 330 real townships; both are for development and do not ship."""
    pools, townships = REAL / "pools_pangwa.csv", REAL / "townships_mmr_mimu_v9_3.gpkg"
    if not pools.exists():
        pytest.skip("the real pools are not on this machine")
    tanks, units = tmp_path / "tanks.gpkg", tmp_path / "units.gpkg"
    loaded = results(profile.run("loadusgstanks", INPUT=pools, OUTPUT=tanks))
    assert [loaded[name] for name in ("TANK_COUNT", "REJECTED_COUNT", "UNDATED_COUNT")] == ["2497", "0", "2497"]
    assert results(profile.run("loadtownships", INPUT=townships, OUTPUT=units))["UNIT_COUNT"] == "330"
    sites = results(profile.run("detectsites", TANKS=tanks, SITES=tmp_path / "sites.gpkg"))
    assert int(sites["IN_SITE_COUNT"]) + int(sites["UNGROUPED_COUNT"]) == 2497
    summary = results(profile.run("townshipsummary", TANKS=tanks, UNITS=units, UNITS_OUT=tmp_path / "summary.geojson"))
    rows = [feature["properties"] for feature in geojson(tmp_path / "summary.geojson")]
    assert sum(row["tanks"] for row in rows) == 2497
    assert summary["SITE_COUNT"] == sites["SITE_COUNT"]
    assert float(summary["FOOTPRINT_HA"]) == pytest.approx(float(sites["FOOTPRINT_HA"]))


def test_the_demo_runs_and_prints_the_headline(tmp_path):
    done = subprocess.run(
        ["bash", ROOT / "tools" / "demo.sh"], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all tanks" in done.stdout
    made = {path.name for path in (ROOT / "demo-output").iterdir()}
    assert {"leachwatch_synthetic_sample.gpkg", "site-expansion.html", "townships.html", "map.png"} <= made
