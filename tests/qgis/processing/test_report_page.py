"""The page of a report: its parts in order, its numbers those of the outputs, and what it says of the data."""

import base64
import json
import re

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.reports_reader import read_page
from leachwatch.tests.qgis.processing.running import Log, rows, run
from qgis.core import QgsLayerMetadata

YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}


@pytest.fixture(scope="module")
def plain(provider, tmp_path_factory):
    """The report of the small world, and the outputs: one run for all that only read it."""
    return report(tmp_path_factory.mktemp("plain"), UNITS=world.unit_layer())


def report(tmp_path, name="siteexpansion", tanks=None, **given):
    path = tmp_path / "report.html"
    results = run(name, TANKS=tanks or world.tank_layer(), HTML=str(path), **{**YEARS, **given})
    return read_page(path), results


def test_the_parts_stand_in_order(plain):
    page, _ = plain
    assert page.headings == [
        "How it was measured",
        "What the words mean",
        "What came out",
        "Charts",
        "Map",
        "Tables",
        "How sure is it?",
        "Where the data come from",
        "What to be careful about",
        "To run it again",
    ]


def test_headline_numbers_are_those_of_the_outputs(plain):
    page, out = plain
    expected = {
        "Tanks at the end of 2020": "TANKS_START",
        "Tanks new by the end of 2024": "TANKS_NEW",
        "Tanks gone by the end of 2024": "TANKS_GONE",
        "Tanks at the end of 2024": "TANKS_END",
        "Sites at the end of 2020": "SITES_START",
        "Sites at the end of 2024": "SITES_END",
        "Tanks in no site": "UNGROUPED_COUNT",
        "Undated tanks": "UNDATED_COUNT",
        "Tanks left out": "LEFT_OUT_COUNT",
    }
    assert {label: page.numbers[label][0] for label in expected} == {k: str(out[v]) for k, v in expected.items()}
    # By hand, in world.py: 6 at the end of 2020, + 6 − 1 = 11. One of the six new is missing from an image of 2021.
    assert page.numbers["Tanks at the end of 2024"][0] == "11"
    low, high = out["TANKS_NEW_AT_LEAST"], out["TANKS_NEW_AT_MOST"]
    assert page.numbers["Tanks new by the end of 2024"][1] == f"at least {low}, at most {high}"
    assert page.numbers["Footprint at the end of 2024"][0] == f"{out['FOOTPRINT_END_HA']:.2f} ha"


def test_the_table_of_units_holds_what_the_layer_holds(tmp_path):
    page, out = report(tmp_path, "townshipsummary", UNITS=world.unit_layer())
    units = {row["unit_name"]: row for row in rows(out["UNITS_OUT"])}
    assert page.numbers["Tanks counted"][0] == str(sum(row["tanks"] for row in units.values()))
    assert world.BURMESE in page.cells and world.CHINESE in page.cells


def test_charts_and_maps_have_their_words(plain):
    page, _ = plain
    large = [picture for picture in page.pictures if picture["alt"]]
    first = next(picture["alt"] for picture in large if "svg" in picture["src"])
    assert first == "Tanks counted in each year, by status. 2020: 6 tanks; 2024: 11 tanks."
    maps = [picture["alt"] for picture in large if picture["src"].startswith("data:image/png")]
    assert len(maps) == 1 and maps[0].startswith("Sites by change: 2 between 25.8")
    assert all(picture["alt"] in page.text for picture in large)


def test_a_chart_is_text_that_a_browser_draws_in_any_script(plain):
    page, _ = plain
    charts = [base64.b64decode(one["src"].partition(",")[2]).decode() for one in page.pictures if "svg" in one["src"]]
    assert any(world.BURMESE in chart and world.CHINESE in chart for chart in charts)
    # Nothing is fetched: the only addresses are names of XML's vocabularies.
    found = set(re.findall(r'(?:href|src)="([^"#][^"]*)"', "".join(charts)))
    assert not found


def test_a_map_is_drawn(plain):
    from qgis.PyQt.QtGui import QImage

    page, _ = plain
    source = next(one["src"] for one in page.pictures if one["alt"].startswith("Sites by change"))
    image = QImage.fromData(base64.b64decode(source.partition(",")[2]))
    assert (image.width(), image.height()) == (1000, 750)
    colours = {image.pixelColor(x, y).name() for x in range(0, 1000, 2) for y in range(0, 750, 2)}
    # The bar of the scale; and the colour of a new site: both sites are new or grown.
    assert "#202020" in colours and {"#d55e00", "#e69f00"} & colours


def test_sources_and_their_rights(tmp_path):
    tanks = world.tank_layer()
    metadata = QgsLayerMetadata()
    metadata.setRights(["Padilla & Lederer <2025>"])
    metadata.setLicenses(["CC0"])
    tanks.setMetadata(metadata)
    page, _ = report(tmp_path, tanks=tanks, UNITS=world.unit_layer())
    words = " ".join(page.words)
    assert "Citation: Padilla & Lederer <2025>" in words and "Licence: CC0" in words
    assert "Of units neither citation nor licence is stated" in words
    assert "Synthetic" not in words


def test_invented_data_say_so_before_all_else(tmp_path):
    page, _ = report(tmp_path, tanks=world.tank_layer(name="tanks_synthetic_sample"))
    body = page.text[page.text.index("<body") :]
    assert body.index("Synthetic sample: no real place or count") < body.index("<h1>")


def test_caveats_fit_the_data(plain, tmp_path):
    page, _ = plain
    words = " ".join(page.words)
    # world.py: of 13 tanks one has no date; one stands outside all units.
    assert "1 of 13 tanks (8 %) have no date" in words
    assert "1 tanks counted stand outside all units." in words
    assert "padding (" not in words and "Tanks are not tonnes" in words
    page, _ = report(tmp_path, tanks=world.tank_layer(world.TANKS[:4]), PADDING=100)
    words = " ".join(page.words)
    assert "The padding (100 m) is more than half the link distance (150 m)" in words
    assert "have no date" not in words and "outside all units." not in words


def test_to_run_it_again(tmp_path):
    tanks = world.save(world.tank_layer(), tmp_path, "gpkg")
    page, _ = report(tmp_path, tanks=tanks, LINK_DISTANCE=120, SITES=str(tmp_path / "my sites.gpkg"))
    command, values = page.text.split("<pre>")[1:]
    assert str(tmp_path) not in page.text
    assert "qgis_process run leachwatch:siteexpansion" in command
    assert "--TANKS=tanks.gpkg" in command and "--LINK_DISTANCE=120" in command
    assert "&#39;--SITES=my sites.gpkg&#39;" in command
    import html

    inputs = json.loads(html.unescape(values.partition("</pre>")[0]))["inputs"]
    assert inputs["TANKS"] == "tanks.gpkg" and inputs["START_YEAR"] == "2020"
    assert inputs["HTML"] == "report.html" and inputs["COUNTING"] == "standing"


def test_a_cancelled_run_leaves_no_report(tmp_path):
    log = Log()
    log.setProgressText = lambda text: log.cancel() if "report" in text else None
    path = tmp_path / "report.html"
    path.write_text("before", encoding="utf-8")
    results = run("siteexpansion", log, TANKS=world.tank_layer(), HTML=str(path), **YEARS)
    assert "HTML" not in results
    assert path.read_text(encoding="utf-8") == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize("name", ["siteexpansion", "townshipsummary"])
def test_a_report_of_no_tanks(tmp_path, name):
    page, _ = report(tmp_path, name, tanks=world.tank_layer([]), UNITS=world.unit_layer())
    assert "To run it again" in page.headings


def test_without_units_and_years(tmp_path):
    page, _ = report(tmp_path, "townshipsummary", UNITS=world.unit_layer(), START_YEAR=None, END_YEAR=None)
    assert "no time is measured" in page.text and "Charts" not in page.headings
