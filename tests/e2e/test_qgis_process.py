"""The main job by qgis_process, on the synthetic sample, from the packaged plugin."""

import json
import subprocess

import pytest
from leachwatch.tests.e2e.conftest import ROOT, TANKS, UNITS, problem, results

LOADERS = ("loadusgstanks", "loadispsites", "loadtownships", "loadpublishedfigures")
IDS = (
    *LOADERS,
    "detectsites",
    "siteexpansion",
    "townshipsummary",
    "sitesensitivity",
    "comparesources",
    "waterproximity",
)
ISP = "site_id,lat,lon,period\n1,25.9,98.4,2015–2016\n2,25.91,98.41,\n,,,\n"
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
    assert "Arguments" in shown.stdout and "Outputs" in shown.stdout
    description = shown.stdout.partition("Description")[2].partition("Arguments")[0]
    assert len(description) > 200 and "<" not in description, "words for a terminal, not tags"


@pytest.mark.parametrize("name", LOADERS)
def test_each_loader_answers_in_json(profile, tmp_path, name):
    (tmp_path / "sites.csv").write_text(ISP, encoding="utf-8")
    inputs = {"loadusgstanks": TANKS, "loadispsites": tmp_path / "sites.csv", "loadtownships": UNITS}
    given = {"INPUT": inputs[name]} if name in inputs else {}
    done = profile.run(name, "--json", OUTPUT=tmp_path / "out.gpkg", **given)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    found = answer["results"]
    counts = {
        "loadusgstanks": {"TANK_COUNT": 3054, "REJECTED_COUNT": 0},
        "loadispsites": {"ROW_COUNT": 3, "SITE_COUNT": 2, "UNDATED_COUNT": 1, "REJECTED_COUNT": 1},
        "loadtownships": {"UNIT_COUNT": len(geojson(UNITS)), "REJECTED_COUNT": 0},
        "loadpublishedfigures": {"FIGURE_COUNT": 25},
    }[name]
    assert {key: found[key] for key in counts} == counts
    assert found["OUTPUT"] == str(tmp_path / "out.gpkg") and found["CITATION"]
    assert answer["log"]["info"], "the counts are in the log"


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


def test_expansion_over_a_list_of_years(profile, tanks, tmp_path):
    tables = {name: tmp_path / f"{name}.csv" for name in ("UNCERTAINTY", "NEIGHBOURS", "IMAGE_YEARS")}
    series = tmp_path / "series.geojson"
    done = profile.run(
        "siteexpansion", TANKS=tanks, YEARS="2016,2020-2024", SITES=tmp_path / "s.gpkg", SERIES=series, **tables
    )
    out = results(done)
    assert (out["YEAR_COUNT"], out["SITES_END"]) == ("6", "371")
    rows = [feature["properties"] for feature in geojson(series)]
    assert len(rows) == 6 * (int(out["SITE_COUNT"]) + int(out["SITES_BETWEEN_COUNT"]))
    assert sum(row["tanks"] > 0 for row in rows if row["year"] == 2020) == 126
    assert all(path.read_text(encoding="utf-8").count("\n") > 3 for path in tables.values())


def test_summary_by_township_adds_up(profile, tanks, tmp_path):
    units = tmp_path / "units.geojson"
    out = results(
        profile.run("townshipsummary", TANKS=tanks, UNITS=UNITS, START_YEAR=2020, END_YEAR=2024, UNITS_OUT=units)
    )
    rows = [feature["properties"] for feature in geojson(units)]
    assert sum(row["tanks"] for row in rows) == int(out["COUNTED_COUNT"]) == 2709
    assert {row["unit_name"]: row["tanks"] for row in rows}["outside all units"] == int(out["OUTSIDE_COUNT"]) == 19


def test_the_functions_for_expressions_are_known_to_qgis_own_algorithms(profile, tanks, tmp_path):
    kept = tmp_path / "standing.geojson"
    given = {"INPUT": tanks, "EXPRESSION": "tank_standing(2024)", "OUTPUT": kept}
    done = profile.process("run", "native:extractbyexpression", *(f"--{key}={value}" for key, value in given.items()))
    assert done.returncode == 0, done.stdout + done.stderr
    # As many as the summary above counts in 2024.
    assert len(geojson(kept)) == 2709


@pytest.mark.parametrize(
    ("algorithm", "parameters", "message"),
    [
        ("siteexpansion", {"TANKS": TANKS, "START_YEAR": 2024, "END_YEAR": 2020}, "must be before"),
        ("siteexpansion", {"TANKS": TANKS, "YEARS": "2020, soon"}, "no year and no range of years"),
        ("detectsites", {"TANKS": UNITS, "YEAR": 2020}, ""),
        ("loadusgstanks", {}, "INPUT"),
        ("loadusgstanks", {"INPUT": "/nowhere/tanks.csv"}, "/nowhere/tanks.csv"),
        ("loadispsites", {}, "No file was given (INPUT)"),
        ("loadtownships", {"COUNTRY": "ATL"}, "only those of MMR and CHN"),
        ("loadpublishedfigures", {"OUTPUT": "/nowhere/figures.gpkg"}, "/nowhere/figures.gpkg"),
        ("townshipsummary", {"TANKS": TANKS, "UNITS": UNITS, "START_YEAR": 2020}, "both years"),
    ],
)
def test_an_error_is_one_message_without_a_traceback(profile, tmp_path, algorithm, parameters, message):
    sinks = {"siteexpansion": "SITES", "detectsites": "SITES", "townshipsummary": "UNITS_OUT"}
    outputs = {sinks.get(algorithm, "OUTPUT"): tmp_path / "out.gpkg"}
    done = profile.run(algorithm, **{**outputs, **parameters})
    assert message in problem(done)


def test_points_are_no_townships_which_is_said_in_few_lines(profile, tmp_path):
    done = profile.run("loadtownships", INPUT=TANKS, OUTPUT=tmp_path / "units.gpkg")
    assert (results(done)["UNIT_COUNT"], results(done)["REJECTED_COUNT"]) == ("0", "3054")
    assert "Row 20 was left out: no polygon" in done.stdout and "Row 21 " not in done.stdout
    assert "3034 more rows were left out: no polygon" in done.stdout


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
