"""The HTML report: names in any script, nothing of a name taken for markup, definitions beside the numbers."""

import html
from html.parser import HTMLParser

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import run

YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}
EVIL = ["<script>alert(1)</script>", "& \" ' <b>", world.BURMESE]


class Reader(HTMLParser):
    """Collects tags and the texts of table cells."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.cells, self.pictures, self._cell = [], [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        if tag == "img":
            self.pictures.append(dict(attributes)["src"])
        if tag == "td":
            self._cell = ""

    def handle_data(self, data):
        if self._cell is not None:
            self._cell += data

    def handle_endtag(self, tag):
        if tag == "td":
            self.cells.append(self._cell)
            self._cell = None


def report(tmp_path, name, **given):
    path = tmp_path / "report.html"
    results = run(name, TANKS=world.tank_layer(), HTML=str(path), **given)
    assert results["HTML"] == str(path)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["siteexpansion", "townshipsummary"])
def test_names_are_text_and_never_markup(tmp_path, name):
    units = [{**unit, "unit_name": evil} for unit, evil in zip(world.UNITS, EVIL)]
    text = report(tmp_path, name, UNITS=world.unit_layer(units), **YEARS)
    found = Reader(text)
    assert "script" not in found.tags and "b" not in Reader(text.split('id="tables"')[1]).tags
    assert EVIL[0] in found.cells and EVIL[1] in found.cells
    assert html.escape(EVIL[0], quote=False) in text and EVIL[0] not in text


@pytest.mark.parametrize("name", ["siteexpansion", "townshipsummary"])
def test_the_report_says_what_was_measured_and_how(tmp_path, name):
    text = report(tmp_path, name, UNITS=world.unit_layer(), COUNTING="cumulative", LINK_DISTANCE=120, **YEARS)
    cells = Reader(text).cells
    assert cells[cells.index("COUNTING") + 2] == "cumulative"
    assert cells[cells.index("LINK_DISTANCE") + 2] == "120"
    assert cells[cells.index("MIN_TANKS") + 2] == "4"
    assert cells[cells.index("START_YEAR") + 2] == "2020"
    assert world.BURMESE in cells and world.CHINESE in cells
    # Years are names, not amounts; what is not known is a dash.
    assert "2,020" not in text and "2024" in cells and "–" in cells
    assert "nan" not in cells and "None" not in cells and "NaT" not in cells


def test_the_cut_date_in_the_report(tmp_path):
    from qgis.PyQt.QtCore import QDate, QDateTime, QTime

    for cut in ("2021-02-01", QDate(2021, 2, 1), QDateTime(QDate(2021, 2, 1), QTime(0, 0))):
        text = report(tmp_path, "townshipsummary", UNITS=world.unit_layer(), CUT_DATE=cut, **YEARS)
        cells = Reader(text).cells
        assert cells[cells.index("CUT_DATE") + 2] == "2021-02-01"


def test_the_report_needs_no_network(tmp_path):
    text = report(tmp_path, "siteexpansion", **YEARS)
    assert "default-src 'none'" in text
    found = Reader(text)
    assert not {"script", "link", "iframe", "object", "video"} & set(found.tags)
    assert "http://" not in text and "https://" not in text and "url(" not in text and "@import" not in text
    assert found.pictures and all(source.startswith("data:image/") for source in found.pictures)


def test_a_report_of_nothing(tmp_path):
    path = tmp_path / "report.html"
    run("siteexpansion", TANKS=world.tank_layer([]), HTML=str(path), **YEARS)
    assert "0 rows" in path.read_text(encoding="utf-8")


def test_large_numbers_are_parted(tmp_path):
    from leachwatch.processing.reports.showing import shown

    assert [shown(value) for value in (1234567, 1234.5, 1234.0, None, float("nan"))] == [
        "1,234,567", "1,234.50", "1,234", "–", "–",
    ]  # fmt: skip


def test_a_long_table_is_cut_and_says_so(tmp_path):
    tanks = [{"east": 1000.0 * (n % 30), "north": 1000.0 * (n // 30), "first_seen": "2015-01-01"} for n in range(600)]
    tanks += [{"east": 1000.0 * 29 + 20, "north": 1000.0 * 19, "first_seen": "2015-01-01"}]
    path = tmp_path / "report.html"
    run("siteexpansion", TANKS=world.tank_layer(tanks), MIN_TANKS=1, HTML=str(path), **YEARS)
    text = path.read_text(encoding="utf-8")
    assert "600 rows, of which the first 500 are shown; the output layer or table holds them all." in text
    # The one site of two tanks is the largest, so it stands first.
    cells = Reader(text.split("the largest first")[1]).cells
    assert cells[4:6] == ["2", "2"]
