"""The check list, used with the mouse and the keyboard, in a window."""

from __future__ import annotations

import time

import pytest
from leachwatch.tests.gui.waiting import settle
from leachwatch.ui.widgets.check_list import CheckList
from leachwatch.ui.widgets.check_model import COUNT_ROLE, CheckItem
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtTest import QSignalSpy, QTest
from qgis.PyQt.QtWidgets import QApplication, QMenu, QStyle, QStyleOptionViewItem, QToolButton, QVBoxLayout, QWidget

LEFT = Qt.MouseButton.LeftButton
FEW = ["active", "abandoned", "unknown"]
MANY = ["", "Chipwi", "Pangwa", "定南", "ချီဖွေ", "O'Brien", "100 % sure", "a\\b", "<b>bold</b>", "chi'pa"]


@pytest.fixture
def made(qgis_app):
    """Return a function that shows a list of values, all of them ticked."""
    windows = []

    def make(keys, width=280):
        window = QWidget()
        widget = CheckList("Unit", window)
        rows = QVBoxLayout(window)
        rows.addWidget(widget)
        rows.addStretch(1)
        widget.set_items([CheckItem(key, key or "none given") for key in keys])
        widget.set_checked(None)
        window.resize(width, 400)
        window.show()
        QApplication.setActiveWindow(window)
        windows.append(window)
        settle()
        return widget

    yield make
    for window in windows:
        window.deleteLater()
    settle()


def go_to(made, row):
    made.view.setFocus()
    made.view.setCurrentIndex(made.found.index(row, 0))


def press(made, text):
    button = next(button for button in made.findChildren(QToolButton) if button.text() == text)
    QTest.mouseClick(button, LEFT)


def box_of(made, row):
    """Return where the box to tick is, as the style draws it."""
    option = QStyleOptionViewItem()
    option.initFrom(made.view)
    option.rect = made.view.visualRect(made.found.index(row, 0))
    option.features = QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
    return made.view.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, made.view).center()


def test_space_and_a_click_on_the_box_toggle(made):
    made = made(FEW)
    changed = QSignalSpy(made.changed)
    assert made.checked() is None
    go_to(made, 1)
    QTest.keyClick(made.view, Qt.Key.Key_Space)
    assert made.checked() == {"active", "unknown"} and len(changed) == 1
    QTest.mouseClick(made.view.viewport(), LEFT, pos=box_of(made, 0))
    assert made.checked() == {"unknown"} and len(changed) == 2
    QTest.keyClick(made.view, Qt.Key.Key_Up)
    QTest.keyClick(made.view, Qt.Key.Key_Space)
    assert made.checked() == {"active", "unknown"}


def test_enter_and_a_double_click_show_one_alone(made):
    made = made(FEW)
    go_to(made, 2)
    QTest.keyClick(made.view, Qt.Key.Key_Return)
    assert made.checked() == {"unknown"}
    text = made.view.visualRect(made.found.index(1, 0)).center()
    QTest.mouseClick(made.view.viewport(), LEFT, pos=text)
    assert made.checked() == {"unknown"}, "a click on the text ticks nothing"
    QTest.mouseDClick(made.view.viewport(), LEFT, pos=text)
    assert made.checked() == {"abandoned"}


def test_a_short_list_has_no_search_and_a_long_one_has(made):
    short, long = made(FEW), made(MANY)
    assert not short.search.isVisible() and not short.buttons.isVisible()
    assert long.search.isVisible() and long.buttons.isVisible()
    assert short.view.height() < long.view.height()


def test_typing_searches_and_the_buttons_act_on_what_is_listed(made):
    made = made(MANY)
    press(made, "None")
    assert made.checked() == frozenset()
    go_to(made, 0)
    QTest.keyClicks(made.view, "C")
    assert made.search.hasFocus()
    QTest.keyClicks(made.search, "hi")
    assert made.listed() == ["Chipwi", "chi'pa"]
    press(made, "All")
    assert made.checked() == {"Chipwi", "chi'pa"}
    QTest.keyClick(made.search, Qt.Key.Key_Down)
    assert made.view.hasFocus()
    QTest.keyClick(made.view, Qt.Key.Key_Space)
    assert made.checked() == {"chi'pa"}
    press(made, "Invert")
    assert made.checked() == {"Chipwi"}
    made.search.clear()
    assert len(made.listed()) == len(MANY) and made.checked() == {"Chipwi"}


@pytest.mark.parametrize("text", ["定", "ချီ", "%", "\\", "<b>", "'B", "none g"])
def test_any_text_is_searched_letter_by_letter(made, text):
    made = made(MANY)
    made.search.setFocus()
    QTest.keyClicks(made.search, text) if text.isascii() else made.search.insert(text)
    assert made.listed() == [key for key in MANY if text.casefold() in (key or "none given").casefold()] != []
    assert not made.nothing.isVisible()
    made.search.setText("no such value")
    assert made.listed() == [] and made.nothing.isVisible()


def test_the_menu_shows_one_alone_or_all(made):
    made = made(FEW)
    made.view.customContextMenuRequested.emit(made.view.visualRect(made.found.index(1, 0)).center())
    menu = made.findChild(QMenu)
    assert [action.text() for action in menu.actions() if action.text()] == ["Only this one", "All", "None", "Invert"]
    menu.actions()[0].trigger()
    assert made.checked() == {"abandoned"}
    menu.actions()[2].trigger()
    assert made.checked() is None
    menu.close()


def test_values_without_tanks_stay_and_are_pale(made):
    made = made(FEW)
    made.set_counts({"active": 3, "unknown": 1234})
    numbers = [made.found.index(row, 0).data(COUNT_ROLE) for row in range(3)]
    assert numbers == [3, 0, 1234]
    assert "1,234" in made.found.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert ink(made, 1) > ink(made, 0) + 40
    before = ink(made, 0)
    made.set_counts({"active": 3, "unknown": 1234}, stale=True)
    assert ink_of_number(made, 2) > 60 and ink(made, 0) == before


def darkest(made, left, right):
    image = made.view.viewport().grab().toImage()
    return lambda row: min(
        image.pixelColor(x, y).lightness()
        for x in range(int(left * image.width()), int(right * image.width()))
        for y in range(
            made.view.visualRect(made.found.index(row, 0)).top() + 1,
            made.view.visualRect(made.found.index(row, 0)).bottom(),
        )
    )


def ink(made, row):
    """Return the lightness of a row's text where it is darkest: white is 255."""
    return darkest(made, 0.12, 0.5)(row)


def ink_of_number(made, row):
    return darkest(made, 0.8, 1)(row)


def test_what_is_set_is_not_told_and_ticks_stay_with_their_keys(made):
    made = made(FEW)
    changed = QSignalSpy(made.changed)
    made.set_checked(frozenset({"unknown"}))
    made.set_items([CheckItem(key, key) for key in ["new", *FEW]])
    made.set_counts({"new": 1})
    assert made.checked() == {"unknown"} and len(changed) == 0


def test_hostile_text_is_shown_as_it_stands_and_long_text_is_cut(made):
    made = made(["<img src=x onerror=1>" * 20, *MANY], width=200)
    made.set_counts({key: 9_999_999 for key in MANY})
    assert made.found.index(0, 0).data().startswith("<img")
    tip = made.found.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img" in tip and "<img" not in tip
    assert not made.view.horizontalScrollBar().isVisible()
    assert made.view.visualRect(made.found.index(0, 0)).width() <= made.view.viewport().width()


def test_the_letters_are_light_in_a_dark_palette(made):
    made = made(FEW)
    made.set_counts(dict.fromkeys(FEW, 5))
    dark = QPalette(made.palette())
    dark.setColor(QPalette.ColorRole.Base, QColor("#202020"))
    dark.setColor(QPalette.ColorRole.Text, QColor("#f0f0f0"))
    made.window().setPalette(dark)
    settle()
    image = made.view.viewport().grab().toImage()
    row = made.view.visualRect(made.found.index(1, 0))
    lights = [image.pixelColor(x, row.center().y()).lightness() for x in range(row.left(), row.right())]
    assert max(lights) > 180 and sorted(lights)[len(lights) // 2] < 60


def test_two_thousand_values_are_quick(made):
    made = made([f"unit {number}" for number in range(2_000)])
    begin = time.perf_counter()
    made.search.setText("99")
    made.set_counts({f"unit {number}": number for number in range(0, 2_000, 2)})
    press(made, "Invert")
    settle(0)
    assert len(made.listed()) == 38  # "99" in 0…1999: 99, 199, …, 1999 and 990–998, 1990–1998
    assert made.checked() is not None and len(made.checked()) == 2_000 - 38
    assert time.perf_counter() - begin < 0.5


def test_a_further_button_stands_below(made):
    made = made(MANY)
    pressed = []
    button = made.add_button("Units in view", "tip")
    button.clicked.connect(lambda: pressed.append(True))
    settle()
    assert button.mapTo(made, QPoint()).y() > made.buttons.y()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert pressed == [True]
