"""The range of years, used with the mouse and the keyboard, in a window."""

from __future__ import annotations

import pytest
from leachwatch.tests.gui.waiting import settle
from leachwatch.ui.widgets.year_bars import YearCount
from leachwatch.ui.widgets.year_range import SETTLE, YearRange
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QColor, QHelpEvent, QMouseEvent, QPalette
from qgis.PyQt.QtTest import QSignalSpy, QTest
from qgis.PyQt.QtWidgets import QApplication, QToolTip, QVBoxLayout, QWidget

LEFT = Qt.MouseButton.LeftButton
COUNTS = {2010: YearCount(8, 0, 0), 2011: YearCount(0, 8, 0), 2014: YearCount(0, 0, 8), 2016: YearCount(4, 2, 2)}


@pytest.fixture
def years(qgis_app):
    """Years from 2010 to 2020 in a window of 300 pixels; none is told yet."""
    window = QWidget()
    widget = YearRange(window)
    QVBoxLayout(window).addWidget(widget)
    widget.set_limits(2010, 2020)
    widget.set_years(2010, 2020)
    widget.set_counts(COUNTS)
    window.resize(300, 200)
    window.show()
    QApplication.setActiveWindow(window)
    settle()
    yield widget
    window.deleteLater()
    settle()


def place(years, widget, year):
    """Return where a year is on the slider or the chart."""
    x = years.slider.centre_of(year) - (years.slider.x() if widget is years.slider else 0)
    return QPoint(round(x), widget.height() // 2)


def drag(years, widget, start, end):
    QTest.mousePress(widget, LEFT, pos=place(years, widget, start))
    there = place(years, widget, end)
    move = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(there), Qt.MouseButton.NoButton, LEFT, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, move)  # QTest's moves hold no button
    QTest.mouseRelease(widget, LEFT, pos=place(years, widget, end))


def pixel(years, year, up):
    """Return the colour of the chart where a year is, a share of its bars' height above the ground."""
    image = years.bars.grab().toImage()
    room = image.height() - years.fontMetrics().height() - 1
    return QColor(image.pixel(round(years.slider.centre_of(year)), round(image.height() - 2 - up * room)))


def test_a_dragged_handle_stops_under_the_bar_of_its_year(years):
    drag(years, years.slider, 2010, 2013)
    assert years.years() == (2013, 2020)
    drag(years, years.slider, 2020, 2016)
    assert years.years() == (2013, 2016)
    assert (years.slider.lowerValue(), years.slider.upperValue()) == (2013, 2016)


def test_the_numbers_follow_at_once_and_the_choice_is_told_when_the_drag_rests(years):
    moved, chosen = QSignalSpy(years.moved), QSignalSpy(years.chosen)
    for end in (2011, 2012, 2013):
        drag(years, years.slider, end - 1, end)
    assert (years.first.value(), len(moved), len(chosen)) == (2013, 3, 0)
    assert 150 <= SETTLE <= 250
    QTest.qWait(SETTLE + 100)
    assert list(chosen) == [[2013, 2020]]


def test_the_keyboard_moves_either_end(years):
    years.slider.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(years.slider, Qt.Key.Key_Right)
    assert years.years() == (2011, 2020)
    QTest.keyClick(years.slider, Qt.Key.Key_Up)
    QTest.keyClick(years.slider, Qt.Key.Key_Left)
    QTest.keyClick(years.slider, Qt.Key.Key_Left)
    assert years.years() == (2011, 2018)


def test_a_year_is_chosen_by_its_bar_and_years_by_a_drag_over_theirs(years):
    QTest.mouseClick(years.bars, LEFT, pos=place(years, years.bars, 2014))
    assert years.years() == (2014, 2014)
    drag(years, years.bars, 2017, 2012)
    assert years.years() == (2012, 2017)
    QTest.mouseDClick(years.bars, LEFT, pos=place(years, years.bars, 2014))
    assert years.years() == (2010, 2020)


def test_typed_years_take_the_other_end_along(years):
    for box, year, then in ((years.last, 2013, (2010, 2013)), (years.first, 2016, (2016, 2016))):
        box.selectAll()
        QTest.keyClicks(box, str(year))
        QTest.keyClick(box, Qt.Key.Key_Return)
        assert years.years() == then
    QTest.keyClick(years.last, Qt.Key.Key_Up)
    assert years.years() == (2016, 2017)


def test_what_is_set_from_outside_is_not_told(years):
    moved, chosen = QSignalSpy(years.moved), QSignalSpy(years.chosen)
    years.set_limits(2005, 2025)
    years.set_years(2007, 2009)
    QTest.qWait(SETTLE + 50)
    assert years.years() == (2007, 2009) and (len(moved), len(chosen)) == (0, 0)


def test_a_drag_is_not_disturbed_by_what_is_set_meanwhile(years):
    drag(years, years.slider, 2010, 2013)
    years.set_years(2010, 2020)
    assert years.years() == (2013, 2020)
    years.cancel()
    years.set_years(2010, 2020)
    assert years.years() == (2010, 2020)


def test_up_to_a_year_the_first_one_does_not_matter(years):
    years.set_years(2014, 2018)
    years.set_first_year_counts(False)
    assert not years.first.isEnabled() and years.slider.lowerValue() == 2010
    drag(years, years.slider, 2010, 2012)
    drag(years, years.slider, 2018, 2016)
    assert years.years() == (2014, 2016) and years.slider.lowerValue() == 2010


def test_each_status_looks_its_own_also_without_colour(years):
    """Active is filled, unknown is an outline (what is behind shows), abandoned has a hatch."""
    ground = pixel(years, 2012, 0.5)
    assert pixel(years, 2010, 0.5) == QColor("#1f78d1")
    assert pixel(years, 2014, 0.5) == ground
    column = {pixel(years, 2011, share / 40).name() for share in range(4, 36)}
    assert len(column) > 1 and "#8a4b1c" in column
    assert ground.name() not in column


def test_bars_are_stacked_to_their_numbers(years):
    assert pixel(years, 2016, 0.25) == pixel(years, 2016, 0.45) == QColor("#1f78d1")
    assert pixel(years, 2016, 0.85) == pixel(years, 2012, 0.85)


def test_years_that_are_not_chosen_are_pale(years):
    full = pixel(years, 2010, 0.5)
    years.set_years(2012, 2020)
    assert pixel(years, 2010, 0.5).lightness() > full.lightness() + 40


def test_a_dark_palette_is_followed_at_once(years):
    dark = QPalette(years.palette())
    for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
        dark.setColor(role, QColor("#222222"))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        dark.setColor(role, QColor("#eeeeee"))
    years.window().setPalette(dark)
    settle()
    assert pixel(years, 2010, 0.5).name() == QColor("#1f78d1").lighter(150).name()
    assert pixel(years, 2012, 0.5).lightness() < 128


def test_the_numbers_of_a_year_are_told_and_described(years):
    assert years.bars.text_of(2016) == "2016: tanks 8\nactive 4\nabandoned 2\nunknown 2"
    assert years.bars.text_of(2012) == "2012: no tanks"
    assert "2016: tanks 8, active 4" in years.bars.accessibleDescription()
    here = place(years, years.bars, 2016)
    QApplication.sendEvent(years.bars, QHelpEvent(QEvent.Type.ToolTip, here, years.bars.mapToGlobal(here)))
    assert QToolTip.text() == years.bars.text_of(2016)


@pytest.mark.parametrize("limits", [(2010, 2020), (1950, 2025), (2019, 2020), (2020, 2020), (1, 2024)])
def test_the_years_below_have_room(years, limits):
    years.set_limits(*limits)
    labels = years.axis.labelled()
    assert labels[-1] == limits[1] and labels[0] >= limits[0]
    apart = years.fontMetrics().horizontalAdvance("2020")
    places = [years.slider.centre_of(year) for year in labels]
    assert all(right - left > apart for left, right in zip(places, places[1:]))


def test_before_years_are_known_none_is_written(qgis_app):
    fresh = YearRange()
    assert fresh.axis.labelled() == [] and not fresh.slider.isEnabled()
    fresh.deleteLater()
    settle()
