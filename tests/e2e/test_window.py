"""A real QGIS window under Xvfb: the plugin from its zip, used, unloaded, loaded again."""

from pathlib import Path

import pytest
from leachwatch.tests.e2e.conftest import TANKS

SCRIPT = Path(__file__).with_name("in_window.py")


@pytest.fixture(scope="module")
def told(profile, tmp_path_factory):
    report = profile.window(SCRIPT, tmp_path_factory.mktemp("window"), LEACHWATCH_TANKS=str(TANKS))
    print(report)
    return report


def test_nothing_went_wrong(told):
    assert told.get("error") is None, told["error"]


def test_menu_toolbar_and_provider_are_there(told):
    assert told["loaded"] == {"provider": True, "toolbars": 1, "actions": 10, "docks": 0}


def test_docks_open_from_their_buttons_and_fit_beside_the_map(told):
    assert told["open"]["docks"] == 3
    assert told["open"]["visible"] == [True, True, True]
    width, height = told["open"]["window"]
    assert width <= 1366 and height <= 768


def test_the_filter_counts_and_the_algorithm_agrees(told):
    assert told["all"] == "3054 of 3054 tanks"
    assert told["filter"] == {"count": "2709 of 3054 tanks", "features": 2709}
    assert told["expansion"] == [126, 371]
    assert told["site_style"] == "change_class"


def test_the_years_go_to_the_temporal_controller_and_come_back(told):
    assert told["over"] == {"animated": True, "panel": True, "filter": "", "years": [2024, 2024], "features": 2709}
    assert told["back"] == {"count": "2709 of 3054 tanks", "active": False, "years": None}


def test_the_years_play(told):
    first = told["played"]["steps"][0]
    assert told["played"] == {"steps": [first + number for number in range(5)], "still": False}


def test_a_saved_project_holds_the_users_own_filter_and_opens_with_ours(told):
    assert told["saved"] == {"dirty": False, "sources": 0}
    assert told["opened"] == {"visible": True, "count": "2709 of 3054 tanks", "features": 2709}


def test_unload_leaves_no_trace(told):
    assert told["unloaded"] == {"provider": False, "toolbars": 0, "actions": 0, "docks": 0}
    assert (told["subset_after"], told["properties_after"]) == ("", [])


def test_it_loads_again(told):
    assert told["again"] == {"provider": True, "toolbars": 1, "actions": 10, "docks": 0}


def test_starting_costs_little(told):
    """Printed, not judged: the bar is 30 ms, and a machine under load proves nothing."""
    print(f"initGui took {told['start_ms']:.0f} ms")
    assert told["third_party_at_start"] == []
