"""The chart and the table for elsewhere: what they say of themselves, in any script, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
import xml.dom.minidom
from datetime import date

import pytest
from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.gui.reading.reading_world import STANDING, has_read, rows, units
from leachwatch.tests.gui.waiting import wait_until
from leachwatch.ui.reading.copying import filter_words, heading_of
from leachwatch.ui.reading.dock import ReadingDock
from leachwatch.ui.reading.saving import on_paper, save
from leachwatch.ui.reading.subject import UNIT, Subject
from leachwatch.ui.tank_filter.own_filter.hold import FilterHold
from qgis.core import QgsCoordinateReferenceSystem
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton

LEFT = Qt.MouseButton.LeftButton
NAME = "=HYPERLINK(1)\tချီဖွေ <b>定南</b>"


@pytest.fixture
def dock(open_dock, tanks):
    tanks.setName(NAME)
    opened = open_dock(ReadingDock)
    has_read(opened)
    wait_until(lambda: opened.form.save.isEnabled() and not opened.page.chart.is_drawing)
    return opened


def copied(dock):
    QTest.mouseClick(dock.form.copy_table, LEFT)
    return list(csv.reader(io.StringIO(QApplication.clipboard().text()), delimiter="\t"))


def test_a_table_is_understood_without_the_map(dock):
    lines = copied(dock)
    assert lines[0] == ["Tanks standing in each year, by their status in it"]
    assert lines[1] == ["All that the filter shows"]
    assert lines[2] == ["Layer: =HYPERLINK(1) ချီဖွေ <b>定南</b>"]
    assert lines[3] == ["Filter: none"] and lines[4] == ["Counted: standing in the year"]
    assert lines[5] == ["Undated tanks, which are not in the chart: 2."]
    assert lines[6] == [f"Made on {date.today().isoformat()}"] and lines[7] == []
    assert lines[8] == ["Year", "Tanks", "Active", "Abandoned", "Unknown"]
    numbers = {int(line[0]): tuple(map(int, line[2:])) for line in lines[9:]}
    assert numbers == STANDING


def test_what_begins_like_a_formula_does_not(dock):
    """The subject's name stands first on its line; a tab or a break in a name begins no cell or row of its own."""
    subject = Subject(UNIT, "units", {"unit_name": "x\n=1+1\t@2"}, crs=QgsCoordinateReferenceSystem("EPSG:4326"))
    dock.controller.read(subject)
    has_read(dock)
    lines = copied(dock)
    assert lines[1] == ["Unit x =1+1 @2 · units"]
    assert all(len(line) in (0, 1, 5) for line in lines)
    assert not [cell for line in lines for cell in line if cell[:1] in ("=", "+", "-", "@", "\t")]


def test_the_keys_for_copying_take_the_table(dock):
    dock.form.pages.setCurrentWidget(dock.form.table_page)
    dock.form.years.setFocus()
    QApplication.clipboard().clear()
    QApplication.setActiveWindow(dock.parent())
    QTest.keyClick(dock.form.years, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().startswith("Tanks standing in each year")


def test_the_filter_is_told_in_words():
    wanted = TankFilter(
        statuses=frozenset({"active", "unknown"}),
        values={"unit": frozenset({"定南", ""})},
        diameter=(3.0, None),
        search="=x",
        mode="standing",
        first_year=2018,
        last_year=2020,
    )
    assert filter_words(wanted) == (
        "diameter: 3 to … m, and unknown; search: =x; status: active, unknown; unit: none given, 定南"
    )
    assert filter_words(TankFilter(types=frozenset())) == "type: none of them"


def test_a_picture_is_dark_on_white_with_its_heading_and_the_key(dock):
    QApplication.clipboard().clear()
    QTest.mouseClick(dock.form.copy_picture, LEFT)
    wait_until(lambda: not QApplication.clipboard().image().isNull())
    image, chart = QApplication.clipboard().image(), dock.page.chart
    look = on_paper(chart, dock.page.bars(), heading_of(dock.controller.reading, NAME)).look
    assert image.width() == round(look.width * look.ratio)
    lines = heading_of(dock.controller.reading, NAME)
    heading = (len(lines.lines) + 1) * chart.fontMetrics().height()
    assert image.height() >= (look.height + heading + len(lines.notes)) * look.ratio
    top = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, 2 * heading, 2)}
    assert {"#000000", "#ffffff", look.colours[0]} <= top


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_it_is_saved_where_the_user_says(dock, tmp_path, ending):
    path = tmp_path / f"定南.{ending}"

    def answer():
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(50, answer)
            return
        dialog.findChild(QLineEdit).setText(str(path))
        QTest.mouseClick(next(b for b in dialog.findChildren(QPushButton) if "ave" in b.text()), LEFT)

    QTimer.singleShot(50, answer)
    QTest.mouseClick(dock.form.save, LEFT)
    wait_until(path.exists)
    wait_until(lambda: path.stat().st_size > 1000)
    if ending == "png":
        assert QImage(str(path)).height() > dock.page.chart.height()
        return
    drawing = xml.dom.minidom.parse(str(path))
    texts = [node.firstChild.data for node in drawing.getElementsByTagName("text") if node.firstChild]
    assert texts[0] == "Tanks standing in each year, by their status in it"
    assert any("ချီဖွေ <b>定南</b>" in text for text in texts)
    assert len(drawing.getElementsByTagName("path")) > 11
    assert not drawing.getElementsByTagName("pattern"), "which QGIS's layouts do not draw"
    drawn = QImage(str(path))
    look = dock.page.chart.look()
    colours = {drawn.pixelColor(x, y).name() for x in range(drawn.width()) for y in range(0, drawn.height(), 3)}
    assert set(look.colours[:2]) <= colours and drawn.height() > look.height / 2


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_folder_that_is_not_there_is_told(dock, tmp_path, ending):
    chart, heading, told = dock.page.chart, heading_of(dock.controller.reading, NAME), []
    path = str(tmp_path / "nowhere" / f"a.{ending}")
    save(on_paper(chart, dock.page.bars(), heading), path, lambda: told.append("saved"), told.append)
    wait_until(lambda: told)
    assert "nowhere" in str(told[0]) and "could not be saved" in str(told[0])


def test_a_filtered_reading_says_by_what(dock, tanks):
    units()
    FilterHold(tanks).put("\"status\" = 'active'", TankFilter(statuses=frozenset({"active"})))
    wait_until(lambda: rows(dock).get(2025) == (4, 0, 0))
    assert copied(dock)[3] == ["Filter: status: active"]
