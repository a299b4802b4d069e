"""Presets are kept in the project, and come back from it."""

from __future__ import annotations

import pytest
from leachwatch.analysis.selection.wanted import STANDING, UNIT, TankFilter
from leachwatch.tests.gui.tank_world import memory_tanks
from leachwatch.ui.tank_filter.presets import keeping as presets
from leachwatch.ui.tank_filter.presets.keeping import PresetError
from qgis.core import QgsProject

HOSTILE = 'ချီဖွေ 定南 <b>"O\'Brien"</b> 100 % \\ /a/b'
EVERY = TankFilter(
    mode=STANDING,
    first_year=2019,
    last_year=2021,
    undated=True,
    statuses=frozenset({"active", "unknown"}),
    types=frozenset(),
    values={UNIT: frozenset({"", "定南", "'; DROP TABLE tanks; --"}), "source": frozenset()},
    diameter=(2.5, None),
    unmeasured=False,
    search="100 %\\'\"",
)


@pytest.mark.parametrize("ending", ["qgz", "qgs"])
def test_presets_survive_saving_and_opening_the_project(project, tmp_path, ending):
    presets.put(project, HOSTILE, EVERY)
    presets.put(project, "all", TankFilter())
    assert project.write(str(tmp_path / f"saved.{ending}"))
    project.clear()
    assert presets.names(project) == []
    assert project.read(str(tmp_path / f"saved.{ending}"))
    assert presets.names(project) == ["all", HOSTILE]
    assert presets.get(project, HOSTILE) == EVERY
    assert presets.get(project, "all") == TankFilter()


def test_every_change_marks_the_project_and_nothing_else_does(project):
    def marks(change):
        project.setDirty(False)
        change()
        return project.isDirty()

    assert marks(lambda: presets.put(project, "one", EVERY))
    assert not marks(lambda: presets.get(project, "one"))
    assert not marks(lambda: presets.names(project))
    assert not marks(lambda: presets.put(project, "one", EVERY))
    assert marks(lambda: presets.put(project, "one", TankFilter()))
    assert marks(lambda: presets.rename(project, "one", "two"))
    assert not marks(lambda: presets.remove(project, "one"))
    assert marks(lambda: presets.remove(project, "two"))


def test_a_name_stands_for_the_last_filter_put_there(project):
    presets.put(project, " one ", TankFilter())
    presets.put(project, "one", EVERY)
    assert presets.names(project) == ["one"]
    assert presets.get(project, "one") == EVERY


def test_names_are_in_the_order_of_the_alphabet_in_any_case(project):
    for name in ("b", "C", "a"):
        presets.put(project, name, EVERY)
    assert presets.names(project) == ["a", "b", "C"]


def test_a_preset_gets_another_name_but_not_that_of_another(project):
    presets.put(project, "one", EVERY)
    presets.put(project, "two", TankFilter())
    with pytest.raises(PresetError, match="“two” already"):
        presets.rename(project, "one", "two")
    presets.rename(project, "one", "three")
    presets.rename(project, "three", "three")
    assert presets.names(project) == ["three", "two"]
    assert presets.get(project, "three") == EVERY


def test_a_preset_that_is_gone_is_told(project):
    with pytest.raises(PresetError, match="no preset “one”"):
        presets.get(project, "one")
    with pytest.raises(PresetError, match="no preset “one”"):
        presets.rename(project, "one", "two")
    presets.remove(project, "one")


@pytest.mark.parametrize(
    ("name", "why"), [("", "needs a name"), (" \t", "needs a name"), ("a\nb", "cannot be shown"), ("x" * 121, "longer")]
)
def test_what_can_be_no_name_is_refused(project, name, why):
    with pytest.raises(PresetError, match=why):
        presets.put(project, name, EVERY)
    assert presets.names(project) == []


def test_a_filter_that_could_not_be_read_again_is_not_kept(project):
    with pytest.raises(PresetError, match="search"):
        presets.put(project, "long", TankFilter(search="x" * 1001))
    assert presets.names(project) == []


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"presets": {"a": {}}}'])
def test_a_damaged_entry_of_the_project_holds_no_presets_and_can_be_written_again(project, damaged):
    project.writeEntry("Leachwatch", "tank_filter_presets", damaged)
    assert presets.names(project) == []
    presets.put(project, "one", EVERY)
    assert presets.get(project, "one") == EVERY


def test_a_preset_damaged_by_hand_is_named_and_told_and_the_others_stay(project):
    presets.put(project, "bad", EVERY)
    presets.put(project, "good", EVERY)
    text = project.readEntry("Leachwatch", "tank_filter_presets")[0]
    project.writeEntry("Leachwatch", "tank_filter_presets", text.replace('"standing"', '"sitting"', 1))
    assert presets.names(project) == ["bad", "good"]
    with pytest.raises(PresetError, match="Preset “bad”, entry “mode”"):
        presets.get(project, "bad")
    presets.put(project, "third", TankFilter())
    assert presets.get(project, "good") == EVERY
    with pytest.raises(PresetError, match="mode"):
        presets.get(project, "bad")


def test_presets_belong_to_the_project_not_to_its_layers(project):
    project.addMapLayer(memory_tanks())
    presets.put(project, "one", EVERY)
    project.removeAllMapLayers()
    assert presets.names(project) == ["one"]
    assert presets.names(QgsProject()) == []
