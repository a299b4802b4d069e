"""Changes of the filter are undone and done again, and the stack stays in step with the layer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from leachwatch.analysis.selection import searching
from leachwatch.analysis.selection.wanted import FIRST_SEEN, STANDING, TankFilter
from leachwatch.tests.gui.tank_filter.controlled import ABANDONED, ACTIVE, apply, heard, take
from leachwatch.tests.gui.tank_world import ids, memory_tanks
from leachwatch.tests.gui.waiting import wait_until
from leachwatch.ui.tank_filter import history
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QMenu

LEACHATE = TankFilter(types=frozenset({"leachate"}))
BOTH = replace(ACTIVE, types=LEACHATE.types)
EVERYTHING = set(range(1, 13))


@pytest.fixture
def stack(controller, tanks):
    take(controller, tanks)
    return controller.undo_stack


def test_each_change_is_one_step_back_and_forth(controller, tanks, stack):
    controller.apply(ACTIVE)
    controller.apply(BOTH)
    assert stack.count() == 2
    stack.undo()
    assert (controller.wanted, ids(tanks)) == (ACTIVE, {1, 2, 6, 9})
    stack.undo()
    assert (controller.wanted, ids(tanks)) == (TankFilter(), EVERYTHING)
    assert not stack.canUndo()
    stack.redo()
    stack.redo()
    assert (controller.wanted, ids(tanks)) == (BOTH, {1, 6})
    assert not stack.canRedo()
    wait_until(lambda: controller.counts)
    assert controller.counts.wanted == BOTH


def test_the_actions_of_the_stack_undo_and_say_what(controller, tanks, stack):
    menu = QMenu()
    undo, redo = stack.createUndoAction(menu), stack.createRedoAction(menu)
    menu.addActions([undo, redo])
    assert not undo.isEnabled() and not redo.isEnabled()
    controller.apply(ACTIVE)
    assert undo.isEnabled() and undo.text().endswith("filter: status")
    controller.apply(BOTH)
    assert undo.text().endswith("filter: type")
    controller.reset()
    assert undo.text().endswith("filter: all tanks")
    menu.popup(menu.pos())
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(undo).center())
    assert ids(tanks) == {1, 6}
    menu.close()
    assert redo.isEnabled()


def test_quick_changes_of_one_control_are_one_step(controller, tanks, stack):
    for last in (2020, 2019, 2018):
        controller.apply(TankFilter(FIRST_SEEN, 2015, last))
    for first in (2016, 2017):
        controller.apply(TankFilter(FIRST_SEEN, first, 2018))
    # Years that are switched on are one step, years that are dragged then another.
    assert stack.count() == 2
    stack.undo()
    assert controller.wanted == TankFilter(FIRST_SEEN, 2015, 2020)
    stack.redo()
    assert controller.wanted == TankFilter(FIRST_SEEN, 2017, 2018)


def test_slow_changes_of_one_control_are_steps_of_their_own(controller, stack, monkeypatch):
    monkeypatch.setattr(history, "MERGE_SECONDS", 0.05)
    controller.apply(ACTIVE)
    QTest.qWait(100)
    controller.apply(ABANDONED)
    assert stack.count() == 2


def test_quick_changes_of_two_controls_are_two_steps(controller, stack):
    controller.apply(ACTIVE)
    controller.apply(BOTH)
    controller.apply(replace(BOTH, statuses=ABANDONED.statuses))
    assert stack.count() == 3


def test_a_control_that_is_put_back_at_once_leaves_no_step(controller, stack):
    controller.apply(ACTIVE)
    controller.apply(TankFilter())
    assert stack.count() == 0 and not stack.canUndo()


def test_a_new_change_after_an_undo_takes_the_place_of_what_was_undone(controller, tanks, stack):
    controller.apply(ACTIVE)
    controller.apply(BOTH)
    stack.undo()
    controller.apply(replace(ACTIVE, search="2"))
    assert not stack.canRedo()
    wait_until(lambda: ids(tanks) == {2})
    stack.undo()
    assert (controller.wanted, ids(tanks)) == (ACTIVE, {1, 2, 6, 9})


def test_what_is_asked_for_again_is_no_step(controller, stack):
    controller.apply(ACTIVE)
    controller.apply(ACTIVE)
    assert stack.count() == 1


def test_a_player_leaves_no_steps(controller, tanks, stack):
    controller.apply(ACTIVE)
    for year in (2019, 2020, 2021):
        controller.apply(replace(ACTIVE, mode=STANDING, first_year=year, last_year=year), undoable=False)
    assert stack.count() == 1
    controller.apply(ABANDONED)
    stack.undo()
    assert controller.wanted.last_year == 2021


@pytest.mark.parametrize("back", [True, False])
def test_a_step_in_edit_mode_is_refused_and_can_be_made_later(controller, tanks, stack, back):
    controller.apply(ACTIVE)
    controller.apply(BOTH)
    stack.undo()
    tanks.startEditing()
    (stack.undo if back else stack.redo)()
    assert heard(controller) == ["refused"] and "being edited" in controller.heard[0][1]
    assert (controller.wanted, ids(tanks)) == (ACTIVE, {1, 2, 6, 9})
    assert (stack.index(), stack.count(), stack.canUndo(), stack.canRedo()) == (1, 2, True, True)
    tanks.rollBack()
    (stack.undo if back else stack.redo)()
    assert ids(tanks) == (EVERYTHING if back else {1, 6})


def test_a_refused_change_is_no_step(controller, tanks, stack):
    controller.apply(ACTIVE)
    tanks.startEditing()
    assert not controller.apply(BOTH)
    assert (stack.index(), stack.count()) == (1, 1)
    tanks.rollBack()


def test_steps_asked_for_before_the_tanks_are_read_are_made_then(controller, tanks):
    controller.adopt(tanks)
    controller.apply(ACTIVE)
    controller.apply(BOTH)
    controller.undo_stack.undo()
    assert controller.wanted == ACTIVE and tanks.subsetString() == ""
    wait_until(lambda: controller.counts)
    assert ids(tanks) == {1, 2, 6, 9}
    assert (controller.undo_stack.index(), controller.undo_stack.count()) == (1, 2)


def test_text_being_typed_is_one_step_of_which_the_last_that_was_taken_counts(controller, monkeypatch):
    monkeypatch.setattr(searching, "MOST_HITS", 3)  # and 1 is in four ids
    layer = memory_tanks()
    take(controller, layer)
    apply(controller, TankFilter(search="2"))
    assert controller.apply(TankFilter(search="1"))
    wait_until(lambda: controller.heard)
    stack = controller.undo_stack
    assert (controller.wanted.search, stack.count(), stack.index()) == ("2", 1, 1)
    stack.undo()
    assert controller.wanted == TankFilter()
    stack.redo()
    assert controller.wanted.search == "2"
    wait_until(lambda: layer.subsetString())
    assert ids(layer) == {2, 12}


@pytest.mark.parametrize("how", ["let go", "another layer", "removed"])
def test_the_steps_go_with_the_layer(controller, tanks, stack, how):
    controller.apply(ACTIVE)
    if how == "removed":
        QgsProject.instance().removeMapLayer(tanks.id())
    else:
        controller.adopt(None if how == "let go" else memory_tanks())
    assert stack.count() == 0
    stack.undo()
    stack.redo()
    assert controller.heard == []
