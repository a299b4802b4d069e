"""A project that is only opened is not changed by that: QGIS has no reason to ask whether to save it."""

from __future__ import annotations

from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.gui.tank_world import ids
from leachwatch.tests.gui.waiting import wait_until
from leachwatch.ui.tank_filter.own_filter.hold import FilterHold

ABANDONED = TankFilter(statuses=frozenset({"abandoned"}))
ACTIVE = TankFilter(statuses=frozenset({"active"}))


def test_the_filter_that_comes_back_leaves_the_project_as_saved(controller, tanks, project, tmp_path):
    path, hold = str(tmp_path / "saved.qgs"), FilterHold(tanks)
    hold.put("\"status\" IN ('abandoned')", ABANDONED)
    assert project.write(path)
    project.clear()
    assert project.read(path)
    (layer,) = project.mapLayers().values()
    assert not project.isDirty() and layer.subsetString() == ""

    controller.adopt(layer)
    wait_until(lambda: controller.counts is not None)

    assert ids(layer) == {3, 4, 5, 12} and not project.isDirty()
    controller.apply(ACTIVE)
    assert project.isDirty()


def test_unsaved_changes_are_not_forgotten(tanks, project, tmp_path):
    hold = FilterHold(tanks)
    hold.put("\"status\" IN ('abandoned')", ABANDONED)
    assert project.write(str(tmp_path / "saved.qgs"))
    project.clear()
    assert project.read(str(tmp_path / "saved.qgs"))
    (layer,) = project.mapLayers().values()
    project.setTitle("another")

    FilterHold(layer).put("\"status\" IN ('abandoned')", ABANDONED)

    assert project.isDirty()
