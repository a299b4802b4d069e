"""The table of published figures: each number against a list written by hand, each with its source."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from leachwatch.analysis.fields import PUBLISHED_FIGURES
from leachwatch.sources import published
from leachwatch.tests.qgis.processing.running import Log, rows, run

# Organisation, place, unit, low, high, qualifier, from, to.
FIGURES = [
    ("ISP-Myanmar", "Kachin", "sites", 126, 126, None, None, "2021-01-31"),
    ("ISP-Myanmar", "Kachin", "sites", 371, 371, None, None, "2024-12-31"),
    ("ISP-Myanmar", "Kachin", "sites", 245, 245, None, "2021-02-01", "2024-12-31"),
    ("ISP-Myanmar", "Kachin", "ponds", 2700, 2700, "about", None, None),
    ("ISP-Myanmar", "Myanmar", "tonnes", 290000, None, ">", "2017-01-01", "2024-12-31"),
    ("ISP-Myanmar", "Myanmar", "tonnes", 170000, None, ">", "2021-02-01", "2024-12-31"),
    ("ISP-Myanmar", "Myanmar", "USD", 3.6e9, 3.6e9, None, "2021-02-01", None),
    ("Global Witness", "Kachin Special Region 1", "pools", 2700, None, ">", None, "2022-03-31"),
    ("Global Witness", "Kachin Special Region 1", "locations", None, 300, "almost", None, "2022-03-31"),
    ("Global Witness", None, "percent", 40, 40, None, "2021-01-01", "2023-12-31"),
    ("Stimson Center", "Myanmar", "sites", 513, 513, None, None, "2025-09-22"),
    ("Stimson Center", "Myanmar", "sites", 40, 40, None, "2025-01-01", "2025-09-22"),
    ("Stimson Center", "Myanmar", "sites", 549, None, "at least", None, "2025-11-24"),
    ("Stimson Center", "Laos", "sites", 26, 27, None, None, None),
    ("Stimson Center", "Mekong basin", "sites", 77, 77, None, None, None),
    ("Shan Human Rights Foundation", "Mong Bawk", "sites", 3, 3, None, None, "2015-12-31"),
    ("Shan Human Rights Foundation", "Mong Bawk", "sites", 26, None, "at least", None, "2025-12-31"),
    ("Shan Human Rights Foundation", "Mong Yawng", "sites", 3, 3, None, None, "2021-12-31"),
    ("Shan Human Rights Foundation", "Mong Yawng", "sites", 19, 19, None, None, "2025-05-31"),
    ("Shan Human Rights Foundation", "Mong Yawng", "sites", 16, 16, None, None, "2025-05-31"),
    ("Shan Human Rights Foundation", "Mong Yawng", "sites", 3, 3, None, None, "2025-05-31"),
    ("Myanmar Witness", "Pang War", "km2", 260, 260, None, None, "2018-12-31"),
    ("Myanmar Witness", "Pang War", "km2", 467, 467, None, None, "2024-12-31"),
    ("Chinkaka et al.", "At the border", "km2", 1.22, 1.22, None, None, "2005-12-31"),
    ("Chinkaka et al.", "At the border", "km2", 3.78, 3.78, None, None, "2020-12-31"),
]
NAMES = [field.name for field in PUBLISHED_FIGURES]
BRIEF = "organisation place unit_of_count number_low number_high qualifier period_from period_to".split()


def test_every_number_and_its_source():
    results = run("loadpublishedfigures", log := Log())
    table = rows(results["OUTPUT"])
    assert list(table[0]) == NAMES
    assert [tuple(row[name] for name in BRIEF) for row in table] == FIGURES
    assert results["FIGURE_COUNT"] == len(FIGURES)
    assert "cite the source of each row" in results["CITATION"]
    for row in table:
        assert row["what"] and row["source"] and row["caution"]
        assert row["organisation"].split()[0] in row["source"] or "Mapping No. 93" in row["source"]
    assert any("may not be added up" in info for info in log.infos)


def test_precision_is_the_coarser_of_the_two_ends():
    table = rows(run("loadpublishedfigures")["OUTPUT"])
    assert [row["date_precision"] for row in table[:8]] == [
        "day", "month", "month", "none", "year", "year", "day", "month",
    ]  # fmt: skip
    assert {row["country"] for row in table} == {"MMR", "LAO", None}
    assert [row["source_year"] for row in table[:5]] == [2025] * 4 + [None]


@pytest.mark.parametrize("ending", ["gpkg", "csv", "xlsx"])
def test_it_can_be_written_to_a_file(tmp_path, ending):
    path = str(tmp_path / f"figures.{ending}")
    assert len(rows(run("loadpublishedfigures", OUTPUT=path)["OUTPUT"])) == len(FIGURES)


def test_the_file_is_a_plain_csv_without_stray_cells():
    with published.FILE.open(encoding="utf-8", newline="") as opened:
        table = list(csv.reader(opened))
    assert set(table[0]) == {*NAMES} - {"date_precision"}
    assert {len(row) for row in table} == {len(table[0])}
    assert all(cell == cell.strip() for row in table for cell in row)


def test_reading_it_needs_no_package(tmp_path):
    """The module is read by a Python that finds nothing but its own library."""
    root = Path(published.__file__).resolve().parent.parent
    script = (
        "import importlib.util, json, sys\n"
        f"root = {str(root)!r}\n"
        "spec = importlib.util.spec_from_file_location(\n"
        "    'leachwatch', root + '/__init__.py', submodule_search_locations=[root]\n"
        ")\n"
        "sys.modules['leachwatch'] = module = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(module)\n"
        "from leachwatch.sources.published import published_figures\n"
        "print(json.dumps(len(published_figures())))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == len(FIGURES)
