"""What a person does with the tank filter's dock: open a group, tick a value, type, choose; and look at the result."""

from __future__ import annotations

from leachwatch.tests.gui.tank_world import ids
from leachwatch.tests.gui.waiting import settle, wait_until
from leachwatch.ui.tank_filter.boxes.group import FilterGroup
from leachwatch.ui.tank_filter.dock import TankFilterDock
from leachwatch.ui.widgets.check_list import CheckList
from leachwatch.ui.widgets.check_model import COUNT_ROLE
from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QComboBox, QWidget

LEFT = Qt.MouseButton.LeftButton


def counted(dock: TankFilterDock) -> TankFilterDock:
    """Wait until the numbers are those of the filter that stands."""
    wait_until(lambda: dock.controller.counts is not None)
    return dock


def shows(dock: TankFilterDock, layer: QgsVectorLayer, expected: set[int], total: int = 12) -> None:
    """See that the layer shows these tanks as soon as the input rests, and that the dock says how many they are."""
    wait_until(lambda: ids(layer) == expected, 5)
    counted(dock)
    assert dock.form.count.text() == f"{len(expected)} of {total} tanks"


def opened(group: FilterGroup) -> FilterGroup:
    """Open a group as a click on its arrow does."""
    group.setCollapsed(False)
    settle(0)
    return group


def tick(box: QAbstractButton) -> None:
    """Press the space bar on a check box."""
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)


def toggle(values: CheckList, key: str) -> None:
    """Press the space bar on a value of a list."""
    values.view.setFocus()
    values.view.setCurrentIndex(values.found.index(values.listed().index(key), 0))
    QTest.keyClick(values.view, Qt.Key.Key_Space)


def numbers(values: CheckList) -> dict[str, int]:
    """Return the number beside each value that is listed."""
    rows = range(values.found.rowCount())
    return {key: values.found.index(row, 0).data(COUNT_ROLE) for key, row in zip(values.listed(), rows)}


def type_into(box: QWidget, text: str) -> None:
    """Type over what a spin box says, and press Enter."""
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Qt.Key.Key_Return)


def choose(combo: QComboBox, value: str) -> None:
    """Choose an entry with the arrow keys; each that is passed counts as chosen."""
    combo.setFocus()
    key = Qt.Key.Key_Down if combo.findData(value) > combo.currentIndex() else Qt.Key.Key_Up
    while combo.currentData() != value:
        QTest.keyClick(combo, key)
