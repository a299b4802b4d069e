"""The dialog Load tanks as a window: offline, the cache, keys, small screens, dark themes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from leachwatch.tests.gui.load_tanks_world import LEFT, SAMPLE, dialog, odd_csv, read
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QTableView,
)

__all__ = ["dialog", "read"]


@pytest.fixture
def question(monkeypatch):
    """Answers No to every question, and keeps them."""
    asked = []

    def answer(parent, title, text, *_):
        asked.append(text)
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(QMessageBox, "question", answer)
    return asked


def test_offline_is_shown_and_nothing_can_be_downloaded(dialog, own_settings, question):
    assert not dialog.form.offline.isVisible() and dialog.form.download.isEnabled()
    own_settings.save(replace(own_settings.load(), offline=True))
    assert dialog.form.offline.isVisible() and not dialog.form.download.isEnabled()
    assert "Offline is set" in dialog.form.download.toolTip()
    QTest.mouseClick(dialog.form.download, LEFT)
    assert question == []
    own_settings.save(replace(own_settings.load(), offline=False))
    assert not dialog.form.offline.isVisible() and dialog.form.download.isEnabled()


def test_offline_by_the_environment_is_shown(dialog, monkeypatch):
    dialog.hide()
    monkeypatch.setenv("LEACHWATCH_OFFLINE", "1")
    dialog.show()
    assert dialog.form.offline.isVisible() and not dialog.form.download.isEnabled()


def test_the_link_leads_to_the_options(dialog, own_settings, qgis_iface, monkeypatch):
    opened = []
    monkeypatch.setattr(qgis_iface, "showOptionsDialog", lambda *at: opened.append(at), raising=False)
    own_settings.save(replace(own_settings.load(), offline=True))
    dialog.form.offline.setFocus()
    QTest.keyClick(dialog.form.offline, Qt.Key.Key_Tab)
    dialog.form.offline.linkActivated.emit("options")
    assert opened == [(dialog, "mOptionsPageLeachwatch")]


def test_a_download_is_asked_for_first_and_the_host_named(dialog, own_settings, question):
    own_settings.save(replace(own_settings.load(), sciencebase_url="http://127.0.0.1:9/mirror"))
    QTest.mouseClick(dialog.form.download, LEFT)
    assert "127.0.0.1:9" in question[0] and "10.5066/P1BSFNQ2" in question[0] and "Go online now?" in question[0]
    assert dialog.run is None


def test_what_is_in_the_cache_can_be_looked_at_and_loaded(dialog, read, own_settings, question):
    from leachwatch.sources.cache.exchange import add_file
    from leachwatch.ui.datasets import release, store

    assert not dialog.form.cached.isVisible()
    now = own_settings.load()
    add_file(store(now), SAMPLE, release(now).key, "a release")
    own_settings.save(replace(now, offline=True))
    assert dialog.form.cached.isVisible() and "Downloaded on 20" in dialog.form.cached.toolTip()
    QTest.mouseClick(dialog.form.cached, LEFT)
    form = read()
    assert form.file.filePath().endswith(SAMPLE.name) and form.load.isEnabled()
    parameters = dialog.controller.parameters(None)
    assert (parameters["INPUT"], parameters["MODE"]) == ("", "offline")
    form.file.setFilePath(str(SAMPLE))
    read()
    assert dialog.controller.parameters(None)["INPUT"] == str(SAMPLE)


def test_enter_presses_nothing(dialog, question, tmp_path):
    line = dialog.form.file.lineEdit()
    line.setFocus()
    QTest.keyClicks(line, str(tmp_path / "tanks.csv"))
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert question == [] and dialog.isVisible() and dialog.run is None


def test_it_fits_a_small_laptop_and_speaks_to_screen_readers(dialog, read, tmp_path):
    dialog.open_file(str(odd_csv(tmp_path / "tanks.csv", 5)))
    read()
    assert dialog.width() <= 1000 and dialog.height() <= 650
    assert dialog.minimumSizeHint().width() <= 1000 and dialog.minimumSizeHint().height() <= 650
    form = dialog.form
    for kind in (QAbstractButton, QAbstractSpinBox, QComboBox):
        for widget in form.findChildren(kind):
            if widget.isVisibleTo(form) and widget.parent() in (form, form.roles.viewport(), form.buttons):
                label = any(one.buddy() is widget for one in form.findChildren(QLabel))
                named = widget.accessibleName() or getattr(widget, "text", str)() or label
                assert named, widget
    buddies = [label for label in form.findChildren(QLabel) if "&" in label.text() and "<a" not in label.text()]
    assert len(buddies) == 5 and all(label.buddy() for label in buddies)


@pytest.mark.parametrize("key", ["I", "S", "A", "R", "Y"])
def test_each_label_leads_to_its_input(dialog, read, tmp_path, key):
    dialog.open_file(str(odd_csv(tmp_path / "tanks.csv", 5)))
    form = read()
    for hidden in (form.layer, form.layer_label):
        hidden.show()
    dialog.activateWindow()
    form.load.setFocus()
    QTest.keyClick(dialog, key.lower(), Qt.KeyboardModifier.AltModifier)
    label = next(one for one in form.findChildren(QLabel) if f"&{key.lower()}" in one.text().lower() and one.buddy())
    focused = QApplication.focusWidget()
    assert focused is not form.load
    assert focused is label.buddy() or label.buddy().isAncestorOf(focused)


def test_the_tab_key_goes_through_all_of_it_from_top_to_bottom(dialog, read, tmp_path):
    dialog.open_file(str(odd_csv(tmp_path / "tanks.csv", 5)))
    form = read()
    dialog.activateWindow()
    form.file.lineEdit().setFocus()
    stops = []
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        if at is form.file.lineEdit():
            break
        stops.append(at)
    wanted = [form.download, form.year, form.roles.choice("lat"), form.roles.choice("source"), form.sample, form.notes]
    wanted += [form.rejected, form.load, *form.buttons.buttons()]
    places = [stops.index(widget) for widget in wanted]
    assert places == sorted(places)
    kinds = (QAbstractButton, QAbstractSpinBox, QComboBox, QTableView, QPlainTextEdit)
    assert all(isinstance(stop, kinds) or stop.inherits("QLineEdit") for stop in stops)


def test_no_colour_is_fixed(dialog, read, qgis_app, tmp_path):
    """Whatever is drawn follows the palette: on a dark one, light text on a dark ground."""
    dark = QPalette()
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base, QPalette.ColorRole.Button):
        dark.setColor(role, QColor("#2b2b2b"))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        dark.setColor(role, QColor("#ffffff"))
    dialog.setPalette(dark)
    dialog.open_file(str(odd_csv(tmp_path / "tanks.csv", 5)))
    form = read()
    assert not dialog.styleSheet() and not form.styleSheet()
    for widget in (form.roles, form.sample, form.notes, form.status, form.remember):
        text, ground = widget.palette().color(widget.foregroundRole()), widget.palette().color(widget.backgroundRole())
        assert text.lightness() - ground.lightness() > 100, widget
