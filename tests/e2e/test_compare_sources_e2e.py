"""Two sources compared by qgis_process, from the packaged plugin."""

import csv
import json

from leachwatch.tests.e2e.conftest import TANKS, UNITS, problem, results


def test_a_source_with_itself(profile, tmp_path):
    """Tanks that stand alone in their place are matched with themselves, at 0 m."""
    out = results(
        profile.run(
            "comparesources",
            A=TANKS,
            B=TANKS,
            UNITS=UNITS,
            MATCHED=tmp_path / "pairs.geojson",
            ONLY_A=tmp_path / "only_a.gpkg",
            BY_UNIT=tmp_path / "units.csv",
            FIGURES=tmp_path / "figures.csv",
        )
    )
    assert (out["MATCHED_COUNT"], out["ONLY_A_COUNT"], out["ONLY_B_COUNT"]) == ("3054", "0", "0")
    assert (float(out["MEDIAN_DISTANCE_M"]), float(out["AGREEMENT_PCT"])) == (0, 100)
    pairs = [one["properties"] for one in json.loads((tmp_path / "pairs.geojson").read_text("utf-8"))["features"]]
    assert len(pairs) == 3054 and all(pair["a_id"] == pair["b_id"] for pair in pairs)
    with (tmp_path / "units.csv").open(encoding="utf-8-sig", newline="") as opened:
        table = list(csv.DictReader(opened))
    assert sum(int(row["a"]) for row in table[:-1]) == int(table[-1]["a"]) == 3054
    assert "Not comparable" in (tmp_path / "figures.csv").read_text(encoding="utf-8-sig")


def test_help_and_an_error_are_for_people(profile, tmp_path):
    shown = profile.process("help", "leachwatch:comparesources").stdout
    description = shown.partition("Description")[2].partition("Arguments")[0]
    assert len(description) > 500 and "<" not in description
    done = profile.run("comparesources", A=TANKS, B=TANKS, MATCH_DISTANCE=0, MATCHED=tmp_path / "pairs.gpkg")
    assert "MATCH_DISTANCE) must be a number, from 0.01" in problem(done)
