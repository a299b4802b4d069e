"""QGIS's temporal controller: set to whole years, read in years, and given back as it was."""

from __future__ import annotations

from typing import NamedTuple

from qgis.core import QgsDateTimeRange, QgsInterval, QgsProject, QgsTemporalNavigationObject, QgsUnitTypes
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDate, QDateTime, QTime
from qgis.PyQt.QtWidgets import QAction

_PANEL = "mActionTemporalController"
_OFF = QgsTemporalNavigationObject.NavigationMode.NavigationOff


class _Before(NamedTuple):
    project_range: QgsDateTimeRange
    mode: QgsTemporalNavigationObject.NavigationMode
    extents: QgsDateTimeRange
    frame: QgsInterval
    is_panel_open: bool


class Navigation:
    """The temporal controller of a map, which may have none."""

    def __init__(self, canvas: QgsMapCanvas | None) -> None:
        self._canvas = canvas
        self._before: _Before | None = None

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and last year of what the map shows; None where it shows all times."""
        if self._canvas is None or sip.isdeleted(self._canvas):
            return None
        controller, shown = self._controller(), self._canvas.temporalRange()
        # Switched off, QGIS's own leaves some range on the map, which it does not draw by.
        if controller is not None and controller.navigationMode() == _OFF:
            return None
        if not (self._canvas.mapSettings().isTemporal() and shown.begin().isValid() and shown.end().isValid()):
            return None
        end = shown.end() if shown.includeEnd() else shown.end().addMSecs(-1)
        first = shown.begin().date().year()
        return first, max(first, end.date().year())

    def show(self, first: int, last: int) -> None:
        """Set the controller to frames of one year, from the first to the last, and show its panel."""
        controller = self._controller()
        if controller is None:
            return
        settings = QgsProject.instance().timeSettings()
        years = QgsDateTimeRange(_moment(first, 1, 1), _moment(last, 12, 31))
        self._before = _Before(
            settings.temporalRange(),
            controller.navigationMode(),
            controller.temporalExtents(),
            QgsInterval(controller.frameDuration()),
            self._is_panel_open(),
        )
        settings.setTemporalRange(years)  # which a saved project begins with
        controller.setTemporalExtents(years)
        controller.setFrameDuration(QgsInterval(1, QgsUnitTypes.TemporalUnit.TemporalYears))
        controller.setNavigationMode(QgsTemporalNavigationObject.NavigationMode.Animated)
        self._show_panel(True)

    def give_back(self) -> None:
        """Set the controller to what it was before ``show``."""
        before, self._before = self._before, None
        controller = self._controller()
        if controller is not None and before is not None:
            QgsProject.instance().timeSettings().setTemporalRange(before.project_range)
            controller.setNavigationMode(before.mode)
            controller.setFrameDuration(before.frame)
            controller.setTemporalExtents(before.extents)
            if not before.is_panel_open:
                self._show_panel(False)

    def _controller(self) -> QgsTemporalNavigationObject | None:
        if self._canvas is None or sip.isdeleted(self._canvas):
            return None
        found = self._canvas.temporalController()
        return found if isinstance(found, QgsTemporalNavigationObject) else None

    def _panel(self) -> QAction | None:
        """Return QGIS's button of the controller's panel."""
        return self._canvas.window().findChild(QAction, _PANEL) if self._canvas is not None else None

    def _is_panel_open(self) -> bool:
        panel = self._panel()
        return panel is not None and panel.isChecked()

    def _show_panel(self, on: bool) -> None:
        panel = self._panel()
        if panel is not None and panel.isChecked() != on:
            panel.trigger()


def _moment(year: int, month: int, day: int) -> QDateTime:
    return QDateTime(QDate(year, month, day), QTime(0, 0))
