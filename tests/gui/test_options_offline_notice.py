"""The docks say that Leachwatch is offline, and lead to the option."""

from __future__ import annotations

from dataclasses import replace

import pytest
from leachwatch.settings import changes
from leachwatch.ui.tank_filter.dock import TankFilterDock
from leachwatch.ui.tank_style.dock import TankStyleDock
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest


@pytest.fixture(params=[TankFilterDock, TankStyleDock])
def kind(request):
    return request.param


def set_offline(own_settings, offline):
    own_settings.save(replace(own_settings.load(), offline=offline))


def test_the_notice_follows_the_setting(open_dock, own_settings, tanks, kind):
    dock = open_dock(kind)
    assert not dock.offline.isVisible()
    set_offline(own_settings, True)
    assert dock.offline.isVisible() and dock.offline.text().startswith("Offline: Leachwatch sends no request.")
    set_offline(own_settings, False)
    assert not dock.offline.isVisible()


def test_it_is_there_from_the_start(open_dock, own_settings, monkeypatch, tanks, kind):
    monkeypatch.setenv("LEACHWATCH_OFFLINE", "yes")
    assert open_dock(kind).offline.isVisible()


def test_a_hidden_dock_hears_nothing_and_catches_up(open_dock, own_settings, tanks, kind):
    dock = open_dock(kind)
    listening = changes.receivers(changes.changed)
    dock.hide()
    assert changes.receivers(changes.changed) == listening - 1
    set_offline(own_settings, True)
    dock.show()
    assert dock.offline.isVisible()


def test_the_link_opens_the_options_by_keyboard(open_dock, own_settings, tanks, qgis_iface, monkeypatch, kind):
    opened = []
    monkeypatch.setattr(qgis_iface, "showOptionsDialog", lambda *at: opened.append(at[1]), raising=False)
    set_offline(own_settings, True)
    dock = open_dock(kind)
    assert dock.offline.focusPolicy() & Qt.FocusPolicy.TabFocus
    dock.window().activateWindow()
    dock.offline.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(dock.offline, Qt.Key.Key_Tab)  # to the link in it
    QTest.keyClick(dock.offline, Qt.Key.Key_Return)
    assert opened == ["mOptionsPageLeachwatch"]


def test_a_dock_without_a_window_does_not_break(own_settings, open_dock, kind):
    dock = open_dock(kind, None)
    dock.offline.linkActivated.emit("options")
    assert dock.isVisible()
