"""The example models from the packaged plugin: by qgis_process, and in a real QGIS window."""

from pathlib import Path

import pytest
from leachwatch.tests.e2e.conftest import TANKS, UNITS, results

NAMES = ("tankstotownshipreport", "twosourcescompared", "seriesofyears")
SCRIPT = Path(__file__).with_name("models_in_window.py")


def test_they_are_listed_and_explained(profile):
    listed = profile.process("list").stdout
    assert all(f"leachwatch:{name}" in listed for name in NAMES)
    shown = profile.process("help", "leachwatch:seriesofyears").stdout
    assert "YEARS: Years" in shown and "series:Sites by year" in shown


def test_one_runs_on_the_command_line(profile, tmp_path):
    outputs = {
        "load:Tanks": tmp_path / "tanks.gpkg",
        "change:Sites": tmp_path / "sites.gpkg",
        "change:Summary": tmp_path / "summary.csv",
        "townships:Units with their counts": tmp_path / "units.gpkg",
        "townships:Report of townships": tmp_path / "townships.html",
    }
    done = profile.run(
        "tankstotownshipreport",
        TANKS_FILE=TANKS, UNITS=UNITS, START_YEAR=2020, END_YEAR=2024, LINK_DISTANCE=150, MIN_TANKS=4, **outputs,
    )  # fmt: skip
    found = results(done)
    assert {name: str(path) for name, path in outputs.items()} == {name: found[name] for name in outputs}
    assert all(path.stat().st_size for path in outputs.values())
    assert "Chipwi" in outputs["change:Summary"].read_text(encoding="utf-8-sig")


@pytest.fixture(scope="module")
def told(profile, tmp_path_factory):
    return profile.window(SCRIPT, tmp_path_factory.mktemp("models"), LEACHWATCH_TANKS=str(TANKS))


def test_they_stand_in_the_toolbox(told):
    assert told.get("error") is None, told["error"]
    assert told["toolbox"] == ["Series of years", "Tanks to township report", "Two sources compared"]
    assert told["icons"] == [True] * 3


def test_they_are_read_after_the_start_and_run_before_that(told):
    """Printed, not judged: reading them would take longer than the 30 ms that the start may."""
    print(f"initGui took {told['start_ms']:.0f} ms")
    assert told["read_at_start"] == [False] * 3 and told["read_later"] == [True] * 3
    assert told["sites_end"] == 371
