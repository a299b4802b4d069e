"""The years handed over to QGIS's temporal controller: the same tanks as the filter shows, year by year."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pandas as pd
import pytest
from leachwatch.analysis import time
from leachwatch.analysis.definition import CUMULATIVE, STANDING
from leachwatch.analysis.selection.columns import YEAR
from leachwatch.analysis.selection.wanted import FIRST_SEEN, TankFilter
from leachwatch.tests.gui.tank_world import ids, memory_tanks, write
from leachwatch.tests.gui.waiting import wait_until
from leachwatch.ui.tank_data.layers import remember_columns
from leachwatch.ui.tank_filter import history
from leachwatch.ui.tank_filter.controller import TankFilterController
from leachwatch.ui.tank_filter.handed_over import PROPERTY, kept_of
from leachwatch.ui.tank_filter.temporal import TemporalHandOver
from leachwatch.ui.tank_filter.temporal_settings import write_settings
from qgis.core import (
    Qgis,
    QgsDateTimeRange,
    QgsFeatureRequest,
    QgsInterval,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsTemporalNavigationObject,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, QTime
from qgis.PyQt.QtWidgets import QAction, QMainWindow

ANIMATED = QgsTemporalNavigationObject.NavigationMode.Animated
OFF = QgsTemporalNavigationObject.NavigationMode.NavigationOff
DATES = [None, "2018-12-31", "2019-01-01", "2020-06-30"]
GONE = [None, "2018-06-01", "2019-12-31", "2020-01-01", "2021-01-01"]
ROWS = [
    (str(number), "active" if number % 3 else "abandoned", None, first, last, gone, None)
    for number, (first, last, gone) in enumerate(product(DATES, DATES, GONE))
]
YEARS = range(2018, 2022)


def counted(counting: str, year: int, rows: list = ROWS) -> set[int]:
    """Which tanks count in a year, by ``analysis.time`` alone."""
    dates = pd.DataFrame([row[3:6] for row in rows], columns=["first_seen", "last_seen", "gone_by"])
    dates = dates.apply(pd.to_datetime)
    first_seen = time.years(time.seen_from(dates)) == year
    mask = first_seen if counting == FIRST_SEEN else time.counted(dates, year, counting)
    return {int(row[0]) for row, counts in zip(rows, mask) if counts}


def vanished_and_returned() -> set[int]:
    """Seen, gone in a later year, and seen again in one after that, by hand: in ISO dates years sort as text does."""
    found = set()
    for number, _, _, first, last, gone, _ in ROWS:
        first, last = first or last, last or first
        if gone and first and first[:4] < gone[:4] < last[:4]:
            found.add(int(number))
    return found


@pytest.fixture
def window(qgis_app, project):
    """A map with a temporal controller, in a window that has QGIS's action for its panel."""
    made = QMainWindow()
    canvas, navigation = QgsMapCanvas(made), QgsTemporalNavigationObject(made)
    canvas.setTemporalController(navigation)
    made.setCentralWidget(canvas)
    made.canvas, made.navigation, made.panel = canvas, navigation, QAction(made)
    made.panel.setObjectName("mActionTemporalController")
    made.panel.setCheckable(True)
    yield made
    made.deleteLater()


@pytest.fixture
def over(window):
    controller = TankFilterController()
    made = TemporalHandOver(controller, window.canvas)
    made.filter, made.heard = controller, []
    made.told.connect(made.heard.append)
    made.refused.connect(made.heard.append)
    yield made
    made.close_down()
    controller.close_down()


def adopt(over, layer: QgsVectorLayer) -> None:
    QgsProject.instance().addMapLayer(layer)
    over.filter.adopt(layer)
    wait_until(lambda: over.filter.counts is not None)


def in_frame(layer: QgsVectorLayer, shown: QgsDateTimeRange) -> set[int]:
    """The tanks that QGIS itself shows in a range of time."""
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    text = layer.temporalProperties().createFilterString(context, shown)
    return {int(feature["tank_id"]) for feature in layer.getFeatures(QgsFeatureRequest().setFilterExpression(text))}


def frames(window) -> dict[int, QgsDateTimeRange]:
    navigation = window.navigation
    ranges = [navigation.dateTimeRangeForFrameNumber(number) for number in range(navigation.totalFrameCount())]
    return {each.begin().date().year(): each for each in ranges}


@pytest.mark.parametrize("provider", ["memory", "gpkg", "csv_text"])
@pytest.mark.parametrize("mode", [STANDING, CUMULATIVE, FIRST_SEEN])
def test_each_frame_shows_the_tanks_of_its_year(over, window, tmp_path, provider, mode):
    layer = memory_tanks(rows=ROWS)
    adopt(over, layer if provider == "memory" else write(layer, provider, tmp_path))
    layer = over.filter.layer
    over.filter.apply(TankFilter(mode, 2019, 2020))
    assert over.hand_over() and over.is_handed_over
    assert layer.subsetString() == "" and len(ids(layer)) == len(ROWS)
    assert window.navigation.navigationMode() == ANIMATED and window.panel.isChecked()
    found = frames(window)
    assert list(found) == list(YEARS)
    between = vanished_and_returned() if mode == STANDING else set()
    for year, frame in found.items():
        assert in_frame(layer, frame) - between == counted(mode, year) - between, year
    # Seen in 2018, missing in 2019, seen again in 2020: alone of all combinations.
    assert between == ({37} if mode == STANDING else set())
    assert ["returned: 1." in text for text in over.heard] == [True] * len(between)
    # The filter, which can say more, shows the same tanks but for those.
    assert over.take_back() and not over.is_handed_over
    for year in YEARS:
        assert over.filter.apply(TankFilter(mode, year, year))
        assert ids(layer) == counted(mode, year), year


def test_vanished_and_returned_tanks_are_shown_in_the_years_between_too(over, window):
    row = ("1", "active", None, "2018-01-01", "2021-01-01", "2019-06-01", None)
    adopt(over, memory_tanks(rows=[row]))
    assert over.hand_over()
    assert [in_frame(over.filter.layer, frame) for frame in frames(window).values()] == [{1}] * 4
    assert ["returned: 1." in text for text in over.heard] == [True]


def test_the_map_draws_the_tanks_of_the_year(over, window):
    dates = (("1", "2018-05-05"), ("9", "2020-01-01"))
    rows = [(number, "active", None, date, None, None, None) for number, date in dates]
    adopt(over, memory_tanks(rows=rows))
    over.filter.apply(TankFilter(FIRST_SEEN, 2018, 2020))
    assert over.hand_over()
    drawn = {year: dark_halves(over.filter.layer, frame) for year, frame in frames(window).items()}
    assert drawn == {2018: (True, False), 2019: (False, False), 2020: (False, True)}


def dark_halves(layer: QgsVectorLayer, shown: QgsDateTimeRange) -> tuple[bool, bool]:
    """Whether anything is drawn in the south-west and the north-east, where tank 1 and tank 9 stand."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(100, 100))
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent().buffered(0.02))
    settings.setIsTemporal(True)
    settings.setTemporalRange(shown)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    white = image.pixel(0, 0)
    halves = (range(50), range(50, 100))
    return tuple(any(image.pixel(x, y) != white for x in half for y in range(100)) for half in halves)


@pytest.mark.parametrize("mode", [STANDING, CUMULATIVE, FIRST_SEEN])
def test_undated_tanks_are_shown_in_every_frame_if_the_filter_says_so(over, window, mode):
    adopt(over, memory_tanks(rows=ROWS))
    over.filter.apply(TankFilter(mode, 2018, 2021, undated=True))
    assert over.hand_over()
    undated = {int(row[0]) for row in ROWS if not (row[3] or row[4])}
    assert len(undated) == len(GONE)
    for year, frame in frames(window).items():
        assert in_frame(over.filter.layer, frame) - {37} == (counted(mode, year) | undated) - {37}, year


def test_columns_of_years_as_numbers(over, window):
    source = "Point?crs=EPSG:4326&field=tank_id:string&field=status:string&field=from:integer&field=until:double"
    layer = QgsVectorLayer(source, "years", "memory")
    for number, (first, gone) in enumerate([(2018, None), (2019, 2020.0), (None, 2019), (9999, None), (0, None)]):
        feature = memory_tanks().getFeature(1)
        feature.setFields(layer.fields())
        feature.setAttributes([str(number), "active", first, gone])
        assert layer.dataProvider().addFeature(feature)
    remember_columns(layer, {"tank_id": "tank_id", "status": "status", "first_seen": "from", "gone_by": "until"})
    adopt(over, layer)
    assert over.filter.columns.kinds["first_seen"] == YEAR
    assert over.hand_over()
    assert [in_frame(layer, frame) for frame in frames(window).values()] == [{0}, {0, 1}, {0}]


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


def moment(year: int) -> QDateTime:
    return QDateTime(QDate(year, 1, 1), QTime(0, 0))


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
