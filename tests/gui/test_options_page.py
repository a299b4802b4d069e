"""The options page, used as a person uses it, on a real cache."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from leachwatch.settings import Settings, variable
from leachwatch.sources.cache.exchange import add_file
from leachwatch.tests.gui.load_tanks_world import LEFT, SAMPLE, wait_for
from leachwatch.ui.datasets import datasets, release, store
from leachwatch.ui.options import PAGE
from leachwatch.ui.options.by_hand import ByHandDialog
from leachwatch.ui.options.factory import OptionsFactory
from leachwatch.ui.options.page import OptionsPage
from qgis.core import Qgis
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox

CHANGED = {
    "offline": True,
    "timeout": 12,
    "retries": 0,
    "hdx_url": "https://mirror.example.org/hdx",
    "usgs_doi": "10.5066/P9ABCDEF",
    "agree_mimu_terms": True,
}


@pytest.fixture
def open_page(qgis_iface, own_settings):
    """Opens the page as QGIS does: through the factory, in a window."""
    for messages in qgis_iface.messageBar().messages.values():
        messages.clear()
    pages = []
    factory = OptionsFactory(qgis_iface)

    def open_():
        page = factory.createWidget(None)
        pages.append(page)
        page.resize(900, 560)
        page.show()
        wait_for(lambda: page.form.cache._job is None)
        return page

    yield open_
    for page in pages:
        page.form.cache.close_down()
        page.hide()
        page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture
def full(own_settings):
    """The cache, holding one data set."""
    now = own_settings.load()
    add_file(store(now), SAMPLE, release(now).key, "a release")
    return store(now)


@pytest.fixture
def answers(monkeypatch):
    """What the user answers when asked: a question with Yes or No, a folder."""
    given = {"yes": True, "folder": "", "asked": []}

    def question(parent, title, text, *_):
        given["asked"].append(text)
        return QMessageBox.StandardButton.Yes if given["yes"] else QMessageBox.StandardButton.No

    monkeypatch.setattr(QMessageBox, "question", question)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: given["folder"])
    return given


def press(page, button):
    """Press a button about the cache and wait for its end; return what the page says then."""
    QTest.mouseClick(button, LEFT)
    cache = page.form.cache
    wait_for(lambda: cache._job is None and not cache.busy.isVisible())
    return cache.told.text()


def test_what_is_set_is_shown_and_ok_saves_it(open_page, own_settings):
    own_settings.save(replace(own_settings.load(), **CHANGED))
    before = own_settings.load()
    page = open_page()
    assert page.objectName() == PAGE
    for name, value in CHANGED.items():
        text = page.form.inputs[name].text()
        assert text == ("1" if value is True else str(value)), name
    page.apply()
    assert own_settings.load() == before


def test_offline_is_ticked_by_keyboard(page, own_settings):
    box = page.form.inputs["offline"].widget
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert own_settings.load().offline is False
    page.apply()
    assert own_settings.load().offline is True


def test_cancel_saves_nothing(page, own_settings):
    before = own_settings.load()
    page.form.inputs["timeout"].write(99)
    page.hide()
    assert own_settings.load() == before


def test_what_cannot_be_used_is_told_and_the_rest_saved(page, own_settings, qgis_iface):
    line = page.form.inputs["hdx_url"].widget
    line.selectAll()
    QTest.keyClicks(line, "ftp://data.humdata.org")
    page.form.inputs["timeout"].write(7)
    assert "“ftp://data.humdata.org”: an address such as" in page.form.problems.text()
    assert page.form.problems.isVisible()
    page.apply()
    assert (own_settings.load().hdx_url, own_settings.load().timeout) == (Settings().hdx_url, 7)
    assert "Not saved: “ftp://" in qgis_iface.messageBar().get_messages(Qgis.Warning)[-1]


def test_the_addresses_go_back_to_the_public_ones(open_page, own_settings):
    own_settings.save(replace(own_settings.load(), **CHANGED))
    page = open_page()
    page.form.reset.click()
    page.apply()
    now = own_settings.load()
    assert (now.hdx_url, now.usgs_doi) == (Settings().hdx_url, Settings().usgs_doi)
    assert now.timeout == 12 and now.offline


def test_an_empty_address_is_the_public_one(page, own_settings):
    page.form.inputs["mimu_url"].widget.clear()
    assert not page.form.problems.isVisible()
    page.apply()
    assert own_settings.load().mimu_url == Settings().mimu_url


@pytest.mark.parametrize(("name", "text"), [("offline", "1"), ("cache_folder", str(Path.home())), ("timeout", "5")])
def test_what_the_environment_sets_is_shown_and_locked(open_page, own_settings, monkeypatch, name, text):
    monkeypatch.setenv(variable(name), text)
    page = open_page()
    one = page.form.inputs[name]
    assert not one.widget.isEnabled() and one.text() == text
    assert one.widget.toolTip() == f"Set on this computer by the environment variable {variable(name)}."
    page.apply()
    monkeypatch.delenv(variable(name))
    assert str(getattr(own_settings.load(), name)) != text


def test_a_wrong_variable_is_told_on_the_page(open_page, monkeypatch):
    monkeypatch.setenv("LEACHWATCH_TIMEOUT", "soon")
    assert "LEACHWATCH_TIMEOUT: “soon” cannot be used" in open_page().form.problems.text()


def test_the_size_of_the_cache_is_shown(page, full, own_settings):
    assert page.form.cache.size.text() == "Empty"
    page.form.cache.measure()
    wait_for(lambda: "(data sets: 1)" in page.form.cache.size.text())
    assert page.form.cache.size.text().split()[1] in ("MiB", "kiB", "KiB")


def test_another_folder_is_measured_before_it_is_saved(page, full, own_settings, tmp_path):
    folder = page.form.cache.folder
    folder.setFilePath(str(tmp_path / "nothing here"))
    wait_for(lambda: page.form.cache.size.text().startswith("Empty"))
    folder.setFilePath("cache")
    assert "no full path" in page.form.cache.size.text()
    assert "“cache”: the full path of a folder is expected." in page.form.problems.text()
    assert own_settings.load().cache_folder == str(full.folder)


def test_clear_asks_and_clears(full, open_page, answers):
    page = open_page()
    answers["yes"] = False
    assert press(page, page.form.cache.clear) == "" and full.entries()
    assert str(full.folder) in answers["asked"][0] and "data sets: 1" in answers["asked"][0]
    answers["yes"] = True
    assert "were freed" in press(page, page.form.cache.clear)
    assert full.entries() == [] and page.form.cache.size.text().startswith("Empty")


def test_a_stick_carries_the_cache_to_another_computer(full, open_page, own_settings, answers, tmp_path):
    stick = answers["folder"] = str(tmp_path)
    page = open_page()
    assert press(page, page.form.cache.export) == f"Data sets exported to {stick}: 1."
    page.form.cache.folder.setFilePath(str(tmp_path / "other computer"))
    wait_for(lambda: page.form.cache._job is None)
    assert "Data sets imported: 1; in the cache already: 0; refused: 0." in press(page, page.form.cache.import_)
    there = store(replace(own_settings.load(), cache_folder=str(tmp_path / "other computer")))
    assert [entry.provenance for entry in there.entries()] == [entry.provenance for entry in full.entries()]
    assert "Data sets imported: 0; in the cache already: 1;" in press(page, page.form.cache.import_)


def test_no_folder_chosen_does_nothing_and_a_wrong_one_is_told(full, open_page, answers, tmp_path):
    page = open_page()
    assert press(page, page.form.cache.import_) == ""
    (tmp_path / "empty").mkdir()
    answers["folder"] = str(tmp_path / "empty")
    assert "holds no data sets of Leachwatch" in press(page, page.form.cache.import_)
    assert len(full.entries()) == 1


def test_an_empty_cache_exports_nothing(page, answers, tmp_path):
    answers["folder"] = str(tmp_path)
    assert press(page, page.form.cache.export) == "The cache is empty: nothing was exported."


def test_a_file_downloaded_by_hand_is_added(page, own_settings, monkeypatch):
    def choose(dialog):
        assert not dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()
        dialog.file.setFilePath(str(SAMPLE))
        assert dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()
        assert 'href="https://doi.org/10.5066/P1BSFNQ2"' in dialog.page.text()
        return True

    monkeypatch.setattr(ByHandDialog, "exec", choose)
    assert "is in the cache now as: USGS data release" in press(page, page.form.cache.add)
    entry = store(own_settings.load()).get(release(own_settings.load()).key)
    assert entry is not None and entry.path.read_bytes() == SAMPLE.read_bytes()
    assert entry.provenance.landing_page == "https://doi.org/10.5066/P1BSFNQ2"


def test_a_web_page_saved_by_hand_is_refused(page, own_settings, monkeypatch, tmp_path):
    html = tmp_path / "release.zip"
    html.write_text("<!DOCTYPE html><html><body>Are you a robot?</body></html>", encoding="utf-8")
    monkeypatch.setattr(ByHandDialog, "exec", lambda dialog: dialog.file.setFilePath(str(html)) or True)
    told = press(page, page.form.cache.add)
    assert told and "is in the cache now" not in told
    assert store(own_settings.load()).entries() == []


def test_every_data_set_can_be_brought_by_hand(own_settings):
    dialog = ByHandDialog()
    assert dialog.what.count() == len(datasets(own_settings.load())) == 6
    assert len({dialog.what.itemText(row) for row in range(6)}) == 6
    for row in range(6):
        dialog.what.setCurrentIndex(row)
        assert "http" in dialog.page.text()
    dialog.deleteLater()


def test_a_read_only_cache_is_told(full, open_page, answers, monkeypatch, tmp_path):
    """The folder is a file: nothing can be made in it, whoever runs the tests."""
    (tmp_path / "a file").write_text("", encoding="utf-8")
    answers["folder"] = str(tmp_path)
    page = open_page()
    press(page, page.form.cache.export)
    page.form.cache.folder.setFilePath(str(tmp_path / "a file"))
    wait_for(lambda: page.form.cache._job is None)
    assert str(tmp_path / "a file") in press(page, page.form.cache.import_)


def test_one_thing_at_a_time_and_it_can_be_stopped(full, open_page, answers, tmp_path):
    answers["folder"] = str(tmp_path)
    page = open_page()
    cache = page.form.cache
    QTest.mouseClick(cache.export, LEFT)
    assert not cache.clear.isEnabled() and cache.busy.isVisible()
    QTest.mouseClick(cache.stop, LEFT)
    assert "Stopped" in cache.told.text()
    wait_for(lambda: cache._job is None)
    assert cache.clear.isEnabled() and len(full.entries()) == 1


def test_it_fits_and_can_be_used_by_keyboard(page):
    assert page.minimumSizeHint().width() <= 900 and page.sizeHint().height() <= 620
    labels = [label for label in page.findChildren(QLabel) if "&" in label.text() and "<a" not in label.text()]
    assert len(labels) == 9 and all(label.buddy() for label in labels)
    for name, one in page.form.inputs.items():
        named = getattr(one.widget, "text", str)() if name in ("offline", "agree_mimu_terms") else ""
        buddies = (one.widget, getattr(one.widget, "lineEdit", lambda: None)())
        assert named or any(label.buddy() in buddies for label in labels), name


def test_closing_stops_what_is_under_way(qgis_iface, own_settings, full, answers, tmp_path):
    page = OptionsPage(qgis_iface)
    page.show()
    assert page.form.cache._job is not None
    page.close()
    assert page.form.cache._job is None
    page.deleteLater()
