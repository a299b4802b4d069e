"""The reading dock on the twelve tanks: numbers counted by hand, real clicks and keys, and nothing left behind."""

from __future__ import annotations

import sys
import threading

import pytest
from leachwatch.analysis.definition import CUMULATIVE
from leachwatch.analysis.selection.wanted import STANDING as BY_STANDING
from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.gui.reading.reading_world import STANDING, choose, has_read, rows
from leachwatch.tests.gui.waiting import settle, wait_until
from leachwatch.ui.reading.dock import ReadingDock
from leachwatch.ui.tank_filter.controller import TankFilterController
from leachwatch.ui.tank_filter.own_filter.hold import FilterHold
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QDate, QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QComboBox, QLabel, QShortcut, QTableView

ACTIVE = TankFilter(statuses=frozenset({"active"}))


@pytest.fixture
def dock(open_dock, tanks):
    opened = open_dock(ReadingDock)
    has_read(opened)
    return opened


def filtered(layer, wanted, condition):
    """Filter the layer as the tank filter does."""
    assert FilterHold(layer).put(condition, wanted)


def test_every_tank_is_counted_by_year_and_status(dock):
    assert dock.objectName() == "LeachwatchTankReading"
    assert rows(dock) == STANDING
    assert [dock.years.headings[0], dock.years.headings[1]] == ["Year", "Tanks"]
    assert all(row[1] == sum(row[2:]) for row in dock.years.rows)
    assert dock.form.note.text() == "Undated tanks, which are not in the chart: 2."
    assert not dock.form.pages.isTabEnabled(2)


def test_cumulative_counts_all_ever_seen(dock):
    """By 2025 all but the undated 10 and 11: 1 2 6 9 active, 3 4 5 12 abandoned, 7 and 8 not known."""
    choose(dock.form.counting, CUMULATIVE)
    has_read(dock)
    assert rows(dock)[2025] == (4, 4, 2)
    assert rows(dock)[2019] == (2, 2, 1)
    assert dock.page.chart.accessibleName().startswith("Tanks ever seen by the end of each year")


def test_it_follows_the_filter_but_for_its_years(dock, tanks):
    filtered(tanks, ACTIVE, "\"status\" = 'active'")
    wait_until(lambda: rows(dock).get(2025) == (4, 0, 0))
    assert rows(dock)[2018] == (2, 0, 0)
    assert not dock.form.note.isVisible()
    years = TankFilter(mode=BY_STANDING, first_year=2018, last_year=2020)
    filtered(tanks, years, "\"first_seen\" <= '2020-12-31'")
    wait_until(lambda: rows(dock) == STANDING)
    assert dock.controller.reading.span == (2018, 2020)
    assert "The filter's years are shaded" in dock.form.note.text()
    FilterHold(tanks).restore()
    wait_until(lambda: dock.controller.reading and dock.controller.reading.span is None)


def test_it_follows_the_tank_filter_itself(dock, tanks):
    """Of the unit 定南 (5 6 7) the tank 5 never stands in a year's count: gone in the year in which it was seen."""
    controller = TankFilterController()
    controller.adopt(tanks)
    controller.apply(TankFilter(values={"unit": frozenset({"定南"})}))
    wait_until(lambda: rows(dock).get(2025) == (1, 0, 1))
    assert rows(dock)[2021] == (1, 0, 1) and rows(dock)[2018] == (0, 0, 0)
    controller.close_down()
    wait_until(lambda: rows(dock) == STANDING)
    assert tanks.subsetString() == ""


def test_the_users_own_filter_is_read_too(dock, tanks):
    tanks.setSubsetString("\"unit_name\" = '定南'")
    wait_until(lambda: rows(dock) and max(map(sum, rows(dock).values())) < 4)
    assert rows(dock) == {year: (0, 0, 1) if year < 2021 else (1, 0, 1) for year in range(2019, 2026)}


def test_a_picture_is_drawn_and_tells_the_year_pointed_at(dock):
    chart = dock.page.chart
    wait_until(lambda: not chart.is_drawing and chart.picture is not None)
    assert chart.picture.image.width() == chart.width()
    place = chart.box_of(2021).center().toPoint()
    QTest.mouseMove(chart, QPoint(2, 2))
    QTest.mouseMove(chart, place)
    settle()
    assert dock.page.numbers.text() == "2021: tanks 5 (active 3, abandoned 0, unknown 2)"
    foot = chart.box_of(2025).center().toPoint()
    foot.setY(int(chart.box_of(2025).bottom()) - 8)
    active = chart.picture.image.pixelColor(foot)
    assert active.name() == chart.look().colours[0]
    QTest.mouseMove(chart, QPoint(1, 1))
    settle()
    assert dock.page.numbers.text() == "Point at a year to read its numbers."


def test_the_keys_go_through_the_years(dock):
    chart = dock.page.chart
    chart.setFocus()
    for key, year in (
        (Qt.Key.Key_Home, 2015),
        (Qt.Key.Key_Left, 2015),
        (Qt.Key.Key_Right, 2016),
        (Qt.Key.Key_End, 2025),
    ):
        QTest.keyClick(chart, key)
        assert dock.page.numbers.text().startswith(f"{year}: tanks")
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.year is None
    assert "2021: tanks 5" in chart.accessibleDescription()


def test_another_size_is_drawn_anew_after_a_moment(dock):
    chart = dock.page.chart
    wait_until(lambda: not chart.is_drawing and chart.picture is not None)
    dock.parent().resizeDocks([dock], [dock.width() + 120], Qt.Orientation.Horizontal)
    wait_until(lambda: not chart.is_drawing and chart.picture.image.width() == chart.width())


def test_behind_the_table_nothing_is_drawn_but_can_be_copied(dock):
    chart = dock.page.chart
    wait_until(lambda: not chart.is_drawing and chart.picture is not None)
    dock.form.pages.setCurrentWidget(dock.form.table_page)
    before = chart.picture
    choose(dock.form.counting, CUMULATIVE)
    has_read(dock)
    assert not chart.is_drawing and chart.picture is before
    assert dock.form.copy_picture.isEnabled()
    dock.form.pages.setCurrentWidget(dock.form.chart_page)
    wait_until(lambda: not chart.is_drawing and chart.picture is not before)
    assert rows(dock)[2025] == (4, 4, 2)


def test_without_matplotlib_there_is_the_table_and_it_says_so(open_dock, tanks, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    dock = open_dock(ReadingDock)
    has_read(dock)
    assert rows(dock) == STANDING
    assert "matplotlib" in dock.page.numbers.text() and not dock.page.chart.isVisible()
    assert not dock.form.copy_picture.isEnabled() and dock.form.copy_table.isEnabled()


def test_an_undated_layer_says_that_there_is_nothing_to_draw(dock, tanks):
    tanks.setSubsetString("\"tank_id\" IN ('10', '11')")
    wait_until(lambda: dock.controller.reading and dock.controller.reading.total == 2)
    assert "none of these tanks has a date" in dock.page.numbers.text()
    assert dock.page.chart.picture is None and rows(dock) == {}
    assert "not in the chart: 2" in dock.form.note.text()


def test_one_date_of_the_year_9999_makes_no_chart_of_thousands(dock, tanks):
    """Half of the tanks were seen by 2019 (1 2 3 4 7), half from 2020 on: 60 years more are shown."""
    tanks.startEditing()
    tank = next(feature.id() for feature in tanks.getFeatures() if feature["tank_id"] == "9")
    tanks.changeAttributeValue(tank, tanks.fields().lookupField("last_seen"), QDate(9999, 12, 31))
    assert tanks.commitChanges()
    wait_until(lambda: max(rows(dock), default=0) > 2025)
    assert (min(rows(dock)), max(rows(dock))) == (2015, 2019 + 60)
    assert rows(dock)[2025] == STANDING[2025]
    assert "Dates reach from 2015 to 9999" in dock.form.note.text()


def test_the_keys_for_copying_are_the_tables_alone(dock):
    keys = dock.form.years.findChildren(QShortcut)
    assert [key.context() for key in keys] == [Qt.ShortcutContext.WidgetShortcut]


@pytest.mark.parametrize("close", ["hide", "close_down"])
def test_closing_leaves_no_connection(dock, tanks, close):
    signals = (tanks.subsetStringChanged, tanks.customPropertyChanged, tanks.willBeDeleted)
    project = QgsProject.instance()
    before = [tanks.receivers(signal) for signal in signals], project.receivers(project.layersAdded)
    getattr(dock, close)()
    settle()
    after = [tanks.receivers(signal) for signal in signals], project.receivers(project.layersAdded)
    assert all(now < then for now, then in zip(after[0], before[0])) and after[1] < before[1]
    assert dock.controller.layer is None and dock.controller.table is None
    assert dock.controller.reading is None and not dock.page.chart.is_drawing


def test_closing_waits_for_what_is_being_drawn(dock):
    """matplotlib's threads end the whole process where Python ends before they do."""
    dock.copy_picture()
    dock.page.chart.resize(dock.page.chart.width() - 7, dock.page.chart.height())
    dock.close_down()
    settle(0.02)
    assert [thread.name for thread in threading.enumerate() if thread.name == "leachwatch"] == []


def test_opened_again_it_reads_again(dock):
    dock.hide()
    dock.show()
    has_read(dock)
    assert rows(dock) == STANDING


def test_a_removed_layer_leaves_an_empty_dock(dock, tanks, project):
    project.removeMapLayer(tanks.id())
    settle()
    assert dock.controller.layer is None and rows(dock) == {}
    assert "status and first_seen" in dock.page.waiting.text()
    assert not dock.form.copy_table.isEnabled()


def test_edits_are_read_once_saved(dock, tanks):
    tanks.startEditing()
    tanks.deleteFeature(next(feature.id() for feature in tanks.getFeatures() if feature["tank_id"] == "9"))
    assert tanks.commitChanges()
    wait_until(lambda: rows(dock).get(2025) == (3, 0, 1))


def test_without_iface_it_reads_but_clicks_on_no_map(open_dock, tanks):
    dock = open_dock(ReadingDock, None)
    has_read(dock)
    assert rows(dock) == STANDING and not dock.form.pick.isEnabled()
    dock.warn("heard by nobody")


def test_it_fits_beside_a_map_and_speaks_to_screen_readers(dock):
    assert dock.widget().minimumWidth() <= 340
    assert dock.minimumSizeHint().height() < 500
    inputs = [w for kind in (QAbstractButton, QComboBox, QTableView) for w in dock.form.findChildren(kind)]
    named = [widget for widget in inputs if not widget.objectName().startswith("qt_") and widget.objectName()]
    assert {"layer", "subject", "pick", "counting", "years", "said", "copy_picture", "copy_table", "save"} <= {
        widget.objectName() for widget in named
    }
    for widget in (*named, dock.page.chart):
        if widget.objectName() in ("ScrollLeftButton", "ScrollRightButton"):
            continue
        assert widget.toolTip(), widget.objectName()
        assert widget.accessibleName() or widget.text(), widget.objectName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.objectName()
    labels = dock.form.findChildren(QLabel)
    assert all(label.buddy() for label in labels if "&" in label.text())
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText
        for label in labels
        if label.wordWrap() and label is not dock.offline
    )
