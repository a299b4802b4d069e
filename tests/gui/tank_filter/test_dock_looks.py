"""The filter dock on a small laptop: what fits, what the keyboard reaches, what a screen reader says, dark themes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from leachwatch.tests.gui.tank_filter.dock_hands import counted, opened
from leachwatch.tests.gui.waiting import settle
from leachwatch.ui.tank_filter.dock import TankFilterDock
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

KINDS = (QAbstractButton, QAbstractSpinBox, QComboBox, QAbstractItemView)


@pytest.fixture
def dock(open_dock, tanks):
    """The dock with every group open, in a window of 1366 × 768."""
    QgsSettings().remove("QgsCollapsibleGroupBox")
    dock = counted(open_dock(TankFilterDock))
    dock.parent().setCentralWidget(QWidget())
    for group in dock.groups:
        opened(group)
    QApplication.setActiveWindow(dock.window())
    settle()
    yield dock
    QgsSettings().remove("QgsCollapsibleGroupBox")


def controls(dock):
    """Return what a person can use now."""
    inside = [dock.years.range.slider, *(w for kind in KINDS for w in dock.form.findChildren(kind)), dock.search.text]
    return [widget for widget in inside if is_of_use(widget)]


def is_of_use(widget):
    part = widget.objectName().startswith("qt_") or isinstance(
        widget.parent(), (QComboBox, QLineEdit, QAbstractSpinBox)
    )
    return widget.isVisible() and widget.isEnabled() and not part


@pytest.fixture
def in_font(qgis_app):
    before = QApplication.font()

    def change(points):
        font = QApplication.font()
        font.setPointSizeF(points)
        QApplication.setFont(font)
        settle()

    yield change
    QApplication.setFont(before)
    settle()


def test_it_takes_a_fifth_of_a_small_screen_and_scrolls(dock, in_font):
    in_font(9)
    assert dock.minimumSizeHint().width() <= 300
    assert dock.minimumSizeHint().height() < 300
    dock.parent().resizeDocks([dock], [300], Qt.Orientation.Horizontal)
    settle()
    assert dock.width() == 300 and dock.window().height() <= 768


@pytest.mark.parametrize("points", [8, 9, 12, 14])
def test_nothing_is_cut_off_in_any_usual_font(dock, in_font, points):
    in_font(points)
    dock.parent().resizeDocks([dock], [1], Qt.Orientation.Horizontal)
    settle()
    assert dock.width() <= 380
    area = dock.findChild(QScrollArea)
    for widget in controls(dock) + [label for label in dock.form.findChildren(QLabel) if label.isVisible()]:
        name = f"{widget.metaObject().className()} {widget.objectName()} {widget.accessibleName()}"
        if not isinstance(widget, QComboBox) and not (isinstance(widget, QLabel) and widget.wordWrap()):
            assert widget.width() >= widget.minimumSizeHint().width(), name
        right = widget.mapTo(dock.form, widget.rect().topRight()).x()
        limit = area.geometry().right() - (area.verticalScrollBar().width() if area.isAncestorOf(widget) else 0)
        assert widget.mapTo(dock.form, widget.rect().topLeft()).x() >= 0 and right <= limit + 1, name
    for widget in (dock.search.where, dock.form.count):
        assert widget.height() >= widget.heightForWidth(widget.width())


@pytest.mark.parametrize("points", [9, 14])
def test_a_million_tanks_have_room(dock, in_font, points):
    in_font(points)
    dock.parent().resizeDocks([dock], [300], Qt.Orientation.Horizontal)
    million = replace(dock.controller.counts, total=1_234_567, shown=1_234_567)
    dock.numbers.show_state(dock.controller, million, [])
    dock.form.busy.setText("Counting…")
    settle()
    label = dock.form.count
    assert label.text() == "1,234,567 of 1,234,567 tanks"
    assert label.height() >= label.heightForWidth(label.width())
    assert points > 9 or label.height() < 2 * label.fontMetrics().height(), "in one line"


def test_every_control_is_named_and_explained(dock):
    found = controls(dock)
    assert len(found) >= 30
    for widget in found:
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        name = f"{widget.metaObject().className()} {widget.objectName()} {text}"
        assert widget.accessibleName() or text, name
        is_fold = widget.metaObject().className() == "QgsGroupBoxCollapseButton"
        explained = widget.toolTip() or isinstance(widget, QAbstractItemView)  # each value has a tooltip of its own
        assert explained or is_fold, name
    assert all(label.buddy() for label in dock.form.findChildren(QLabel) if "&" in label.text())


def test_tab_reaches_every_control_from_the_top_down(dock):
    wanted = controls(dock)
    dock.form.layer.setFocus()
    reached = []
    for _ in range(2 * len(wanted)):
        now = QApplication.focusWidget()
        if now in reached:
            break
        reached.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    missed = [w for w in wanted if w not in reached]
    assert not [(w.metaObject().className(), w.toolTip() or w.accessibleName()) for w in missed]
    groups = [index for index, group in enumerate(dock.groups) for widget in reached if group.isAncestorOf(widget)]
    order = [next((i for i, g in enumerate(dock.groups) if g.isAncestorOf(w)), -1) for w in reached if in_form(dock, w)]
    assert groups and order == sorted(order), "the top first, then group by group"


def in_form(dock, widget):
    return isinstance(widget, QWidget) and dock.form.isAncestorOf(widget)


def test_what_tab_reaches_is_scrolled_into_view(dock):
    area = dock.findChild(QScrollArea)
    last = dock.values["source"].findChildren(QAbstractButton)[0]
    last.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(last, Qt.Key.Key_Tab)
    now = QApplication.focusWidget()
    assert now is not last and 0 <= now.mapTo(area, now.rect().center()).y() <= area.height()


@pytest.fixture
def with_palette(qgis_app):
    before = QApplication.palette()

    def change(palette):
        QApplication.setPalette(palette)
        settle()

    yield change
    change(before)


def test_a_dark_theme_is_followed_at_once(dock, with_palette):
    light = dock.statuses.list.model.items[0].icon
    dark = QPalette(dock.palette())
    for role, colour in (
        (QPalette.ColorRole.Base, "#202020"),
        (QPalette.ColorRole.Window, "#2d2d2d"),
        (QPalette.ColorRole.Text, "#f0f0f0"),
        (QPalette.ColorRole.WindowText, "#f0f0f0"),
    ):
        dark.setColor(role, QColor(colour))
    with_palette(dark)
    new = dock.statuses.list.model.items[0].icon
    side = dock.fontMetrics().height()
    middle = [QColor(icon.pixmap(side).toImage().pixel(side // 2, side // 2)) for icon in (light, new)]
    assert middle[1].lightness() > middle[0].lightness()
    image = dock.form.count.grab().toImage()
    lights = [image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height())]
    assert max(lights) > 200 and sorted(lights)[len(lights) // 2] < 80
