"""The years play through the filter: each step as soon as the last one is on the map and counted, and never alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from leachwatch.analysis.definition import CUMULATIVE, STANDING
from leachwatch.analysis.selection.wanted import FIRST_SEEN, TankFilter
from leachwatch.tests.gui.tank_world import ids
from leachwatch.tests.gui.waiting import settle, wait_until
from leachwatch.ui.tank_filter.controller import TankFilterController
from leachwatch.ui.tank_filter.years.playing import Player
from qgis.core import QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QSize

ALL_YEARS = [(year, year) for year in range(2015, 2026)]


@pytest.fixture
def canvas(qgis_app, project):
    made = QgsMapCanvas()
    made.resize(QSize(200, 200))
    made.show()
    yield made
    made.stopRendering()
    made.deleteLater()


@pytest.fixture
def player(canvas):
    controller = TankFilterController()
    made = Player(controller, canvas)
    made.interval = 0
    made.filter, made.steps, made.heard, made.began = controller, [], [], []
    made.stepped.connect(lambda *years: made.steps.append(years))
    made.refused.connect(made.heard.append)
    made.changed.connect(lambda: made.began.append(made.is_playing))
    yield made
    made.stop()
    controller.close_down()


@pytest.fixture
def tanks_shown(tanks, canvas, player):
    canvas.setDestinationCrs(tanks.crs())
    canvas.setLayers([tanks])
    canvas.setExtent(tanks.extent())
    player.filter.adopt(tanks)
    wait_until(lambda: player.filter.counts is not None)
    return tanks


def ended(player):
    wait_until(lambda: not player.is_playing)


def test_it_plays_every_year_once_and_stops(player, tanks_shown):
    assert player.start() and player.is_playing
    ended(player)
    assert player.steps == ALL_YEARS and player.began == [True, False]
    assert player.filter.wanted == TankFilter(STANDING, 2025, 2025)


def test_each_year_is_on_the_map_and_counted_before_the_next(player, canvas, tanks_shown):
    drawn, seen = [], []
    canvas.renderComplete.connect(lambda _: drawn.append(player.filter.wanted.first_year))

    def look(year, _last):
        counts = player.filter.counts
        seen.append((year, counts.wanted.first_year if counts else None))

    player.stepped.connect(look)
    player.start()
    ended(player)
    settle(0.2)
    assert seen == [(2015, 0)] + [(year, year - 1) for year in range(2016, 2026)]
    assert sorted(set(drawn) - {0}) == [year for year, _ in ALL_YEARS]


@pytest.mark.parametrize(
    ("asked", "steps"),
    [
        (TankFilter(STANDING, 2015, 2017), [(year, year + 2) for year in range(2016, 2024)]),
        (TankFilter(FIRST_SEEN, 2022, 2022), [(2023, 2023), (2024, 2024), (2025, 2025)]),
        (TankFilter(CUMULATIVE, 2015, 2023), [(2024, 2024), (2025, 2025)]),
        (TankFilter(STANDING, 2015, 2025), ALL_YEARS),
        (TankFilter(STANDING, 2025, 2025), ALL_YEARS),
        (TankFilter(only_undated=True), ALL_YEARS),
    ],
)
def test_the_years_that_are_chosen_say_what_moves(player, tanks_shown, asked, steps):
    player.filter.apply(replace(asked, statuses=frozenset({"active"})))
    wait_until(lambda: player.filter.counts is not None)
    player.start()
    ended(player)
    assert player.steps == steps
    assert player.filter.wanted.statuses == {"active"} and player.filter.wanted.mode in (asked.mode, STANDING)


def test_it_goes_round_until_it_is_stopped(player, tanks_shown):
    player.loops = True
    player.filter.apply(TankFilter(STANDING, 2023, 2023))
    player.start()
    wait_until(lambda: len(player.steps) > 4)
    player.stop()
    steps = list(player.steps)
    assert steps[:4] == [(2024, 2024), (2025, 2025), (2015, 2015), (2016, 2016)]
    settle(0.2)
    assert player.steps == steps and not player.is_playing


def test_the_interval_is_kept(player, tanks_shown):
    player.interval = 400
    assert player.interval == 400
    player.start()
    settle(0.2)
    assert player.steps == [(2015, 2015)]
    wait_until(lambda: len(player.steps) > 1)
    player.interval = -5
    assert player.interval == 30, "the map is given a moment to begin"


def edits(player, layer):
    layer.startEditing()


def filters(player, layer):
    player.filter.apply(TankFilter(STANDING, 2020, 2021))


def resets(player, layer):
    player.filter.reset()


def sets_the_layers_filter(player, layer):
    layer.setSubsetString("\"status\" = 'active'")


def removes_the_layer(player, layer):
    QgsProject.instance().removeMapLayer(layer.id())


def hides_the_dock(player, layer):
    player.filter.adopt(None)


def clears_the_project(player, layer):
    QgsProject.instance().clear()


@pytest.mark.parametrize(
    "deed", [edits, filters, resets, sets_the_layers_filter, removes_the_layer, hides_the_dock, clears_the_project]
)
def test_it_stops_when_somebody_else_acts(player, tanks_shown, deed):
    player.start()
    wait_until(lambda: len(player.steps) > 2)
    deed(player, tanks_shown)
    assert not player.is_playing and player.began == [True, False]
    steps, wanted = list(player.steps), player.filter.wanted
    settle(0.2)
    assert player.steps == steps and player.filter.wanted == wanted
    if deed is edits:
        tanks_shown.rollBack()


def test_playing_is_no_change_to_undo(player, tanks_shown):
    player.start()
    ended(player)
    assert player.filter.undo_stack.count() == 0


def test_single_steps_move_the_years_and_can_be_undone(player, tanks_shown):
    assert player.step() and player.filter.wanted == TankFilter(STANDING, 2015, 2015)
    assert not player.step(-1), "2015 is the first year"
    assert player.step() and ids(tanks_shown) == {1, 2, 3}
    assert player.step(-1) and ids(tanks_shown) == {1}
    player.filter.reset()
    assert player.step(-1) and player.filter.wanted == TankFilter(STANDING, 2025, 2025)
    assert player.filter.undo_stack.canUndo()


def test_what_cannot_be_played_is_said(player, tanks, canvas):
    assert not player.start() and "no tank layer" in player.heard[-1]
    player.filter.adopt(tanks)
    assert not player.start() and "still being read" in player.heard[-1]
    wait_until(lambda: player.filter.counts is not None)
    tanks.startEditing()
    assert not player.step() and "edited" in player.heard[-1]
    tanks.rollBack()
    assert player.steps == [] and player.began == []


def test_without_a_map_it_waits_for_the_counts_alone(tanks):
    controller = TankFilterController()
    player, steps = Player(controller, None), []
    player.interval = 0
    player.stepped.connect(lambda *years: steps.append(years))
    controller.adopt(tanks)
    wait_until(lambda: controller.counts is not None)
    assert player.start()
    ended(player)
    assert steps == ALL_YEARS
    controller.close_down()


def test_nothing_is_listened_to_once_it_stands_still(player, canvas, tanks_shown):
    signals = (
        (canvas, canvas.mapCanvasRefreshed),
        (player.filter, player.filter.changed),
        (player.filter, player.filter.counted),
    )
    before = [sender.receivers(signal) for sender, signal in signals]
    player.start()
    assert [sender.receivers(signal) for sender, signal in signals] == [count + 1 for count in before]
    player.stop()
    assert [sender.receivers(signal) for sender, signal in signals] == before
