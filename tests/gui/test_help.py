"""The docks' help comes with the plugin, and opens where it speaks of the dock."""

from __future__ import annotations

import pytest
from leachwatch.ui.help import HelpWindow
from leachwatch.ui.reading.dock import ReadingDock
from leachwatch.ui.tank_filter.dock import TankFilterDock
from leachwatch.ui.tank_style.dock import TankStyleDock
from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication


@pytest.mark.parametrize(
    ("dock_class", "heading"),
    [(TankFilterDock, "Tank filter"), (TankStyleDock, "Tank style"), (ReadingDock, "Tank reading")],
)
def test_a_dock_opens_the_page_at_its_heading_by_keyboard(open_dock, dock_class, heading):
    dock = open_dock(dock_class)
    dock.form.help.setFocus()
    QTest.keyClick(dock.form.help, Qt.Key.Key_Space)
    QApplication.processEvents()
    window = dock.findChild(HelpWindow, "LeachwatchHelp")
    assert window.isVisible()
    assert window.text.textCursor().block().text() == heading
    assert window.text.viewport().rect().contains(window.text.cursorRect().center())

    QTest.keyClick(window, Qt.Key.Key_Escape)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert dock.findChild(HelpWindow, "LeachwatchHelp") is None
