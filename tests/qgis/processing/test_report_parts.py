"""Parts of a report that need no run: what is told of paths, charts without matplotlib, where maps lie."""

import re
import sys
from pathlib import Path

import pytest
from leachwatch.processing.reports import caveats, charts, figures, rerun
from leachwatch.processing.reports.images import length_text, round_length
from leachwatch.processing.reports.pdf_text import Ruler
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.reports_reader import pdf_pages
from leachwatch.tests.qgis.processing.running import Log, run
from qgis.core import QgsProcessingContext, QgsProcessingOutputLayerDefinition

pd = pytest.importorskip("pandas")


def test_without_matplotlib_a_report_says_so(tmp_path, monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)  # how Python knows a package that cannot be had
    path, log = tmp_path / "r.html", Log()
    pdf = tmp_path / "r.pdf"
    run("siteexpansion", log, TANKS=world.tank_layer(), START_YEAR=2020, END_YEAR=2024, HTML=str(path), PDF=str(pdf))
    text = path.read_text(encoding="utf-8")
    assert "There are no charts: they need the Python package matplotlib" in text and "svg+xml" not in text
    assert any("matplotlib" in warning for warning in log.warnings)
    assert pdf.exists() and "matplotlib.pyplot" not in sys.modules


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/home/analyst/data/tanks.gpkg", "tanks.gpkg"),
        ("/home/analyst/tanks.gpkg|layername=a/b", "tanks.gpkg|layername=a/b"),
        (r"C:\Users\analyst\tanks.shp", "tanks.shp"),
        ("tanks.shp", "tanks.shp"),
    ],
)
def test_paths_are_reduced(path, name):
    assert rerun.file_name(path) == name


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("/home/analyst/out.gpkg", "out.gpkg"),
        (QgsProcessingOutputLayerDefinition("/home/analyst/out.gpkg"), "out.gpkg"),
        ("ogr:dbname='/home/analyst/x.gpkg' table=\"t\" (geom)", "ogr:dbname='x.gpkg' table=\"t\" (geom)"),
        ("postgres:dbname='d' host=h user='u' password='secret' table=\"t\"", "TEMPORARY_OUTPUT"),
        ("memory:", "TEMPORARY_OUTPUT"),
    ],
)
def test_outputs_are_told_without_folders_and_passwords(value, told):
    assert rerun.destination(value, QgsProcessingContext()) == told


def test_names_are_no_formulas_of_matplotlib():
    frame = pd.DataFrame({"unit_name": ["$\\frac{1}$", "a$b", "x" * 80, "<b>", None], "tanks_start": 1, "tanks_end": 2})
    drawn = figures.svg(charts.growth_by_unit(frame)).decode()
    assert "a$b" in drawn and "frac{1}" in drawn and "x" * 35 + "…" in drawn and "&lt;b" in drawn


def test_a_chart_is_the_same_on_every_run_and_of_nothing_it_says_so():
    frame = pd.DataFrame({"year": [2020, 2021], "sites": [1, 2]})
    assert figures.svg(charts.sites_by_year(frame)) == figures.svg(charts.sites_by_year(frame))
    nothing = pd.DataFrame({"link_distance_m": [], "min_tanks": [], "sites": []})
    assert "nothing to show" in figures.svg(charts.sensitivity(nothing)).decode()


def test_lengths_of_scale_bars():
    # The largest of 1, 2, 5 × 10ⁿ that fits.
    assert [round_length(metres) for metres in (1.0, 4.9, 5.0, 99.0, 2_500.0)] == [1, 2, 5, 50, 2_000]
    assert [length_text(metres) for metres in (500.0, 2_000.0)] == ["500 m", "2 km"]


def test_lines_are_no_wider_than_there_is_room(qgis_app):
    ruler = Ruler(8)
    text = "first seen is not built " * 10 + "x" * 200
    lines = ruler.lines(text, 60.0)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(ruler.width(line) <= 60.0 for line in lines) and len(lines) > 5
    assert ruler.width(ruler.cut(text, 30.0)) <= 30.0 and ruler.cut("short", 30.0) == "short"


def test_caveats_of_a_cut_and_of_link_distances():
    assert caveats.of_cut(10, 10, 0) == [] and caveats.of_cut(float("nan"), 0, float("nan")) == []
    assert caveats.of_cut(6, 2, 2) == [
        "Of 2 of 10 tanks (20 %) the date is too coarse to tell the side of the cut date."
    ]
    links = pd.DataFrame({"link_distance_m": [100.0, 150.0, 225.0], "sites_end": [13, 10, 9]})
    # 13 is 30 % more than 10.
    assert caveats.of_link_distance(links) == [
        "The number of sites hangs on the link distance: 13 at 100 m, 10 at 150 m, 9 at 225 m."
    ]
    assert caveats.of_link_distance(links.assign(sites_end=[11, 10, 9])) == []


def test_the_example_says_that_it_is_invented_and_loads_nothing():
    folder = Path(__file__).resolve().parents[3] / "docs" / "examples"
    (page,) = folder.glob("*.html")
    (pdf,) = folder.glob("*.pdf")
    text = page.read_text(encoding="utf-8")
    assert "synthetic" in page.name and "synthetic" in pdf.name
    assert "Synthetic sample: no real place or count" in text
    assert all("Synthetic sample" in one for one in pdf_pages(pdf))
    assert not re.search(r'(?:src|href)="(?!data:image/|#)', text) and "<script" not in text
    assert page.stat().st_size <= 400_000 and pdf.stat().st_size <= 300_000
