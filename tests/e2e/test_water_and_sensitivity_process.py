"""Site sensitivity and water proximity by qgis_process, on the synthetic sample, from the packaged plugin."""

import csv
import json

import pytest
from leachwatch.tests.e2e.conftest import TANKS, problem, results


@pytest.fixture(scope="module")
def rivers(tmp_path_factory):
    """One line across the sample, from south-west to north-east, and one without a name."""
    ways = {"Nmai Hka": [[97.5, 23.5], [98.2, 25.6], [99.0, 27.5]], None: [[98.0, 25.0], [98.5, 25.0]]}
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "LineString", "coordinates": way}}
        for name, way in ways.items()
    ]
    path = tmp_path_factory.mktemp("rivers") / "rivers.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def table_of(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_sensitivity_of_the_sample(profile, tmp_path):
    table = tmp_path / "sensitivity.csv"
    done = profile.run("sitesensitivity", TANKS=TANKS, YEAR=2020, LINK_DISTANCES="100,150 200", OUTPUT=table)
    out = results(done)
    assert (out["PAIR_COUNT"], out["TANK_COUNT"], out["UNDATED_COUNT"]) == ("18", "3054", "90")
    rows = {(row["link_distance_m"], row["min_tanks"]): row for row in table_of(table)}
    assert rows["150", "4"]["sites"] == "126", "as in detectsites for 2020"
    assert {int(row["tanks_in_sites"]) + int(row["ungrouped"]) for row in rows.values()} == {int(out["COUNTED_COUNT"])}


def test_water_near_the_sample(profile, rivers, tmp_path):
    output, bands = tmp_path / "water.geojson", tmp_path / "bands.csv"
    given = {"TANKS": TANKS, "RIVERS": rivers, "NAME_FIELD": "name", "OUTPUT": output, "SUMMARY": bands}
    out = results(profile.run("waterproximity", **given))
    assert int(out["NEAR_COUNT"]) + int(out["BEYOND_COUNT"]) == int(out["FEATURE_COUNT"]) == 3054
    rows = [feature["properties"] for feature in json.loads(output.read_text(encoding="utf-8"))["features"]]
    assert sum(row["nearest_distance_m"] is not None for row in rows) == int(out["NEAR_COUNT"]) > 0
    # Hundreds of kilometres between two vertices: no distance within 20 km can be trusted.
    assert out["COARSER_COUNT"] == out["NEAR_COUNT"]
    assert sum(int(row["features"]) for row in table_of(bands)) == 3054


def test_an_error_is_one_message_without_a_traceback(profile, tmp_path):
    done = profile.run("waterproximity", TANKS=TANKS, RIVERS=TANKS, OUTPUT=tmp_path / "out.gpkg")
    assert "no lines but Point" in problem(done)
