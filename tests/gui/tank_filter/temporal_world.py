"""A map with a temporal controller, and which tanks QGIS itself shows in a frame of it."""

from __future__ import annotations

from leachwatch.tests.gui.waiting import wait_until
from leachwatch.ui.tank_filter.years.temporal import TemporalHandOver
from qgis.core import (
    QgsDateTimeRange,
    QgsFeatureRequest,
    QgsProject,
    QgsTemporalNavigationObject,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QDate, QDateTime, QTime
from qgis.PyQt.QtWidgets import QAction, QMainWindow

ANIMATED = QgsTemporalNavigationObject.NavigationMode.Animated
OFF = QgsTemporalNavigationObject.NavigationMode.NavigationOff


class MapWindow(QMainWindow):
    """A map with a temporal controller, and QGIS's action for its panel."""

    def __init__(self) -> None:
        super().__init__()
        self.canvas, self.navigation, self.panel = QgsMapCanvas(self), QgsTemporalNavigationObject(self), QAction(self)
        self.canvas.setTemporalController(self.navigation)
        self.setCentralWidget(self.canvas)
        self.panel.setObjectName("mActionTemporalController")
        self.panel.setCheckable(True)


def adopt(over: TemporalHandOver, layer: QgsVectorLayer) -> None:
    QgsProject.instance().addMapLayer(layer)
    over.filter.adopt(layer)
    wait_until(lambda: over.filter.counts is not None)


def in_frame(layer: QgsVectorLayer, shown: QgsDateTimeRange) -> set[int]:
    """The tanks that QGIS itself shows in a range of time."""
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    text = layer.temporalProperties().createFilterString(context, shown)
    return {int(feature["tank_id"]) for feature in layer.getFeatures(QgsFeatureRequest().setFilterExpression(text))}


def frames(window: MapWindow) -> dict[int, QgsDateTimeRange]:
    navigation = window.navigation
    ranges = [navigation.dateTimeRangeForFrameNumber(number) for number in range(navigation.totalFrameCount())]
    return {each.begin().date().year(): each for each in ranges}


def moment(year: int) -> QDateTime:
    return QDateTime(QDate(year, 1, 1), QTime(0, 0))
