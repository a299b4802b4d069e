"""A real QGIS window under Xvfb: a file dropped, mapped and loaded; the page in QGIS's options."""

from pathlib import Path

import pytest
from leachwatch.tests.gui.load_tanks_world import odd_csv

SCRIPT = Path(__file__).with_name("load_tanks_in_window.py")


@pytest.fixture(scope="module")
def told(profile, tmp_path_factory):
    folder = tmp_path_factory.mktemp("load_tanks")
    file = odd_csv(folder / "tanks of a friend.csv")
    return profile.window(SCRIPT, folder, LEACHWATCH_FILE=str(file))


def test_nothing_went_wrong(told):
    assert told.get("error") is None, told["error"]


def test_the_file_was_dropped_mapped_and_loaded(told):
    assert told["dropped"] and told["loaded"] == 150
    assert told["counts"][2:] == ["3", "you"]


def test_it_went_into_the_history(told):
    assert len(told["history"]) == 1
    assert "leachwatch:loadusgstanks" in told["history"][0] and "status=Appearance" in told["history"][0]


def test_the_options_page_is_in_qgis_options(told):
    assert told["page"] is True


def test_offline_shows_in_docks_and_dialog(told):
    assert told["offline"] == [True, True, True, False]


def test_unload_leaves_neither_dialog_nor_page(told):
    assert told["left"] == []
