"""Where the docks stand: where they fit at first, and then where the user had them."""

from __future__ import annotations

import pytest
from leachwatch.tests.gui.desktop_world import Window, no_complaint
from leachwatch.tests.gui.tank_world import memory_tanks
from leachwatch.tests.gui.waiting import wait_until
from leachwatch.ui.desktop import Desktop
from leachwatch.ui.docks import TANK_FILTER, TANK_READING, TANK_STYLE
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QListWidget

LEFT, RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea


@pytest.fixture
def session(qgis_app, project):
    """Begins a session of QGIS, with the window's state of the one before; each ends as QGIS does."""
    opened = []

    def begin(state=None):
        if opened:
            end()
        window = Window()
        if state is not None:
            window.restoreState(state)
        opened.append((window, Desktop(window)))
        return opened[-1]

    def end():
        window, desktop = opened.pop()
        desktop.close_down()
        window.end()

    with no_complaint():
        yield begin
        end()


def press(window: Window, name: str) -> None:
    window.findChild(QAction, f"Leachwatch_{name}").trigger()


def test_at_first_they_fit_beside_the_map(session):
    window, desktop = session()
    for name in (TANK_FILTER, TANK_STYLE, TANK_READING):
        press(window, name)
    docks = desktop.docks
    assert [window.dockWidgetArea(docks[name]) for name in docks] == [RIGHT, LEFT, LEFT]
    assert window.tabifiedDockWidgets(docks[TANK_STYLE]) == [docks[TANK_READING]]
    assert window.width() <= 1366 and window.canvas.width() > window.width() / 3
    shown = [docks[name].windowTitle() for name in docks]
    assert [action.text() for action in window.panels.actions()] == shown


def test_in_the_next_session_they_return_to_where_they_were(session):
    window, desktop = session()
    press(window, TANK_FILTER)
    press(window, TANK_READING)
    super(Window, window).addDockWidget(LEFT, desktop.docks[TANK_FILTER])
    desktop.docks[TANK_READING].setFloating(True)
    state = window.saveState()

    window, desktop = session(state)
    assert desktop.docks == {}
    press(window, TANK_FILTER)
    press(window, TANK_READING)
    assert window.dockWidgetArea(desktop.docks[TANK_FILTER]) == LEFT and not desktop.docks[TANK_FILTER].isFloating()
    assert desktop.docks[TANK_READING].isFloating() and desktop.docks[TANK_READING].isVisible()
    assert len(window.panels.actions()) == 2


def test_a_session_in_which_a_dock_was_not_opened_forgets_no_place(session):
    window, desktop = session()
    press(window, TANK_FILTER)
    super(Window, window).addDockWidget(LEFT, desktop.docks[TANK_FILTER])
    window, _ = session(window.saveState())
    window, desktop = session(window.saveState())
    press(window, TANK_FILTER)
    assert window.dockWidgetArea(desktop.docks[TANK_FILTER]) == LEFT


def test_a_button_hides_its_dock_and_shows_it_again(session):
    window, desktop = session()
    button = window.findChild(QAction, "Leachwatch_tank_filter")
    button.trigger()
    dock = desktop.docks[TANK_FILTER]
    assert dock.isVisible() and button.isChecked()
    button.trigger()
    assert not dock.isVisible() and not button.isChecked()
    button.trigger()
    assert dock.isVisible() and button.isChecked() and list(desktop.docks) == [TANK_FILTER]


def test_after_the_plugin_was_loaded_again_a_dock_has_its_height(qgis_app, project):
    window, heights = Window(), []
    legend = QDockWidget("Layers", window)
    legend.setWidget(QListWidget())
    super(Window, window).addDockWidget(LEFT, legend)
    with no_complaint():
        for _ in range(2):
            desktop = Desktop(window)
            for name in (TANK_FILTER, TANK_STYLE, TANK_READING):
                press(window, name)
            QTest.qWait(50)
            heights.append(desktop.docks[TANK_READING].height())
            desktop.close_down()
        window.end()
    assert min(heights) > 200


def test_the_reading_follows_the_filter_from_layer_to_layer(session, project):
    window, desktop = session()
    first, second = memory_tanks("first"), memory_tanks("second")
    project.addMapLayers([first, second])
    press(window, TANK_FILTER)
    press(window, TANK_READING)
    filtering, reading = desktop.docks[TANK_FILTER], desktop.docks[TANK_READING]
    for layer in (second, first):
        filtering.choose(layer)
        assert filtering.layer_in_hand() is layer and reading.layer_in_hand() is layer


def test_below_the_legend_the_whole_chart_is_seen(session, project):
    window, desktop = session()
    legend = QDockWidget("Layers", window)
    legend.setWidget(QListWidget())
    super(Window, window).addDockWidget(LEFT, legend)
    layer = memory_tanks()
    project.addMapLayer(layer)
    press(window, TANK_READING)
    reading = desktop.docks[TANK_READING]
    wait_until(lambda: reading.controller.reading is not None)
    QTest.qWait(50)
    chart = reading.page.chart
    assert chart.visibleRegion().boundingRect() == chart.rect()
    assert legend.height() > 200
