"""The years handed over to QGIS's temporal controller, and taken back: what stays, what returns, and when."""

from __future__ import annotations

from dataclasses import replace

import pytest
from leachwatch.analysis.definition import CUMULATIVE, STANDING
from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.gui.tank_filter.temporal_world import OFF, adopt, frames, in_frame, moment
from leachwatch.tests.gui.tank_world import ids, memory_tanks
from leachwatch.tests.gui.waiting import wait_until
from leachwatch.ui.tank_filter import history
from leachwatch.ui.tank_filter.controller import TankFilterController
from leachwatch.ui.tank_filter.years.handed_over import PROPERTY, kept_of
from leachwatch.ui.tank_filter.years.temporal import TemporalHandOver
from leachwatch.ui.tank_filter.years.temporal_settings import write_settings
from qgis.core import (
    Qgis,
    QgsDateTimeRange,
    QgsInterval,
    QgsProject,
    QgsTemporalNavigationObject,
    QgsUnitTypes,
)


def test_other_conditions_stay_on_the_layer(over, window, tanks):
    tanks.setSubsetString("\"tank_id\" <> '1'")
    adopt(over, tanks)
    over.filter.apply(TankFilter(STANDING, 2016, 2016, statuses=frozenset({"active"})))
    assert over.hand_over()
    assert ids(tanks) == {2, 6, 9}
    assert over.filter.wanted == TankFilter(statuses=frozenset({"active"}))
    assert in_frame(tanks, frames(window)[2016]) == {2}


def test_the_users_own_temporal_properties_come_back_exactly(over, window, tanks):
    own = tanks.temporalProperties()
    own.setIsActive(True)
    own.setMode(Qgis.VectorTemporalMode.FeatureDateTimeStartAndDurationFromFields)
    own.setStartField("first_seen")
    own.setDurationUnits(QgsUnitTypes.TemporalUnit.TemporalWeeks)
    own.setFixedDuration(3.5)
    own.setAccumulateFeatures(True)
    before = write_settings(tanks)
    adopt(over, tanks)
    assert over.hand_over() and write_settings(tanks) != before
    assert over.take_back()
    assert write_settings(tanks) == before and PROPERTY not in tanks.customPropertyKeys()


def test_the_controller_is_given_back_as_it_was(over, window, tanks):
    navigation = window.navigation
    before = QgsDateTimeRange(moment(2001), moment(2002))
    navigation.setTemporalExtents(before)
    navigation.setFrameDuration(QgsInterval(2, QgsUnitTypes.TemporalUnit.TemporalDays))
    adopt(over, tanks)
    assert over.hand_over()
    assert navigation.frameDuration().originalUnit() == QgsUnitTypes.TemporalUnit.TemporalYears
    over.take_back()
    assert (navigation.navigationMode(), navigation.temporalExtents()) == (OFF, before)
    assert QgsProject.instance().timeSettings().temporalRange().isInfinite()
    assert navigation.frameDuration().originalUnit() == QgsUnitTypes.TemporalUnit.TemporalDays
    assert navigation.frameDuration().originalDuration() == 2


def test_taking_back_brings_the_years_that_the_controller_shows(over, window, tanks):
    adopt(over, tanks)
    asked = TankFilter(STANDING, 2015, 2025, undated=True, statuses=frozenset({"active", "unknown"}))
    over.filter.apply(asked)
    over.hand_over()
    window.navigation.setCurrentFrameNumber(3)  # by hand
    assert over.years == (2018, 2018)
    assert over.take_back()
    assert over.filter.wanted == replace(asked, first_year=2018, last_year=2018)
    assert not tanks.temporalProperties().isActive()


def test_years_are_taken_from_a_controller_that_the_user_drives_alone(over, window, tanks):
    adopt(over, tanks)
    assert not over.take_years() and "off" in over.heard[0]
    navigation = window.navigation
    navigation.setTemporalExtents(QgsDateTimeRange(moment(2016), moment(2018), True, False))
    navigation.setNavigationMode(QgsTemporalNavigationObject.NavigationMode.FixedRange)
    assert over.years == (2016, 2017)
    assert over.take_years() and not over.is_handed_over
    assert over.filter.wanted == TankFilter(STANDING, 2016, 2017)
    assert ids(tanks) == {1, 2, 3}
    navigation.setTemporalExtents(QgsDateTimeRange(moment(1990), moment(2101), True, False))
    assert over.take_years() and over.filter.wanted == TankFilter(STANDING, 2015, 2025)


@pytest.mark.parametrize("change", ["years", "another layer", "none", "close", "undo"])
def test_whatever_ends_it_leaves_the_users_own(over, window, tanks, monkeypatch, change):
    monkeypatch.setattr(history, "MERGE_SECONDS", -1)  # no step is taken up by the one before
    before = write_settings(tanks)
    adopt(over, tanks)
    over.filter.apply(TankFilter(STANDING, 2016, 2016))
    over.hand_over()
    if change == "years":
        over.filter.apply(TankFilter(CUMULATIVE, 2017, 2017))
    elif change == "another layer":
        adopt(over, memory_tanks("other"))
    elif change == "none":
        over.filter.adopt(None)
    elif change == "undo":
        over.filter.undo_stack.undo()
        assert over.filter.wanted == TankFilter(STANDING, 2016, 2016)
    else:
        over.close_down()
    assert not over.is_handed_over and write_settings(tanks) == before and PROPERTY not in tanks.customPropertyKeys()
    assert window.navigation.navigationMode() == OFF


def test_temporal_properties_that_the_user_sets_meanwhile_stay(over, window, tanks):
    adopt(over, tanks)
    over.hand_over()
    theirs = tanks.temporalProperties()
    theirs.setMode(Qgis.VectorTemporalMode.FeatureDateTimeInstantFromField)
    theirs.setStartField("last_seen")
    text = write_settings(tanks)
    over.take_back()
    assert write_settings(tanks) == text and PROPERTY not in tanks.customPropertyKeys()


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"own": "<a/>", "start": "", "end": "", "asked": {}}'])
def test_a_strange_property_is_no_hand_over(over, window, tanks, text):
    before = write_settings(tanks)
    tanks.setCustomProperty(PROPERTY, text)
    assert kept_of(tanks) is None
    adopt(over, tanks)
    assert not over.is_handed_over
    assert over.hand_over() and over.take_back() and write_settings(tanks) == before


def test_each_style_keeps_temporal_properties_of_its_own(over, window, tanks):
    styles = tanks.styleManager()
    plain = write_settings(tanks)
    styles.addStyleFromLayer("weeks")
    styles.setCurrentStyle("weeks")
    tanks.temporalProperties().setStartField("last_seen")
    weeks = write_settings(tanks)
    adopt(over, tanks)
    over.filter.apply(TankFilter(STANDING, 2016, 2016))
    over.hand_over()
    styles.addStyleFromLayer("while handed over")
    styles.setCurrentStyle("default")
    assert in_frame(tanks, frames(window)[2016]) == {1, 2, 3}
    styles.setCurrentStyle("weeks")
    assert in_frame(tanks, frames(window)[2016]) == {1, 2, 3}
    over.take_back()
    for name, own in (("weeks", weeks), ("default", plain), ("while handed over", weeks), ("weeks", weeks)):
        styles.setCurrentStyle(name)
        assert (name, write_settings(tanks)) == (name, own) and PROPERTY not in tanks.customPropertyKeys()


def test_a_layer_that_is_removed_is_forgotten(over, window, tanks):
    adopt(over, tanks)
    over.hand_over()
    QgsProject.instance().removeMapLayer(tanks.id())
    assert not over.is_handed_over and window.navigation.navigationMode() == OFF


@pytest.mark.parametrize("gone", [None, "2019-01-01"])
def test_without_years_there_is_nothing_to_hand_over(over, window, gone):
    adopt(over, memory_tanks(rows=[("1", "active", None, None, None, gone, None)]))
    assert not over.hand_over() and "no years" in over.heard[0]
    assert window.navigation.navigationMode() == OFF and not window.panel.isChecked()


def test_a_layer_in_edit_mode_is_refused(over, window, tanks):
    adopt(over, tanks)
    over.filter.apply(TankFilter(STANDING, 2016, 2016))
    tanks.startEditing()
    assert not over.hand_over() and not tanks.temporalProperties().isActive()
    tanks.rollBack()


def test_a_saved_project_shows_it_without_the_plugin_and_gives_it_back_with_it(over, window, tanks, tmp_path):
    before = write_settings(tanks)
    adopt(over, tanks)
    over.filter.apply(TankFilter(STANDING, 2016, 2016, statuses=frozenset({"active"})))
    over.hand_over()
    project = QgsProject.instance()
    assert project.write(str(tmp_path / "saved.qgs"))
    project.clear()
    assert project.read(str(tmp_path / "saved.qgs"))
    (layer,) = project.mapLayers().values()
    assert in_frame(layer, QgsDateTimeRange(moment(2016), moment(2017), True, False)) == {1, 2, 3}
    assert project.timeSettings().temporalRange().begin().date().year() == 2015
    over.filter.adopt(layer)
    wait_until(lambda: over.filter.counts is not None)
    assert over.is_handed_over and over.filter.wanted.statuses == {"active"}
    assert over.take_back()
    assert over.filter.wanted == TankFilter(STANDING, 2016, 2016, statuses=frozenset({"active"}))
    assert write_settings(layer) == before


def test_without_a_map_there_is_nothing_to_break(project, tanks):
    controller = TankFilterController()
    over = TemporalHandOver(controller, None)
    over.filter = controller
    adopt(over, tanks)
    assert over.years is None and not over.take_years()
    assert over.hand_over() and over.take_back()
    assert controller.wanted == TankFilter(STANDING, 2015, 2025)
    over.close_down()
    controller.close_down()
