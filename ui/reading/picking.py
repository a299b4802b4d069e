"""The map tool that is clicked with, and what is marked on the map: both are gone without trace when off."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor

from ..connections import Connections

# Seen on dark imagery and on light maps; not a colour of a status.
_LINE, _HALO = QColor("#ff00c8"), QColor(255, 255, 255, 200)
_FILL = QColor(255, 0, 200, 25)


class PickTool(QgsMapTool):
    """Tells where the map was clicked."""

    clicked = pyqtSignal(QgsPointXY)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.WhatsThisCursor)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Tell the place of a click with the left button."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self.toMapCoordinates(event.pos()))


class Picker(QObject):
    """Turns the tool on and off. ``turned`` tells it, also where another tool took its place."""

    clicked = pyqtSignal(QgsPointXY)
    turned = pyqtSignal(bool)

    def __init__(self, canvas: QgsMapCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._tool: PickTool | None = None
        self._before: QgsMapTool | None = None
        self._connections = Connections()

    @property
    def is_on(self) -> bool:
        """Whether clicks on the map are ours."""
        return self._tool is not None

    def turn_on(self) -> None:
        """Take the clicks on the map."""
        if self._tool is None:
            self._before = self._canvas.mapTool()
            self._tool = PickTool(self._canvas)
            self._connections.connect(self._tool.clicked, self.clicked)
            self._canvas.setMapTool(self._tool)
            self._connections.connect(self._tool.deactivated, self._on_deactivated)
            self.turned.emit(True)

    def turn_off(self) -> None:
        """Give the map back to the tool that the user had."""
        tool, before = self._forget()
        if tool is None:
            return
        if not sip.isdeleted(self._canvas):
            if before is not None and not sip.isdeleted(before):
                self._canvas.setMapTool(before)
            else:
                self._canvas.unsetMapTool(tool)
        tool.deleteLater()
        self.turned.emit(False)

    def _on_deactivated(self) -> None:
        tool, _ = self._forget()
        if tool is not None:
            tool.deleteLater()
            self.turned.emit(False)

    def _forget(self) -> tuple[PickTool | None, QgsMapTool | None]:
        self._connections.close()
        tool, before = self._tool, self._before
        self._tool = self._before = None
        return (None if tool is None or sip.isdeleted(tool) else tool), before


class Marks:
    """The outline of what is read, and the tanks in it, on the map."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._bands: list[QgsRubberBand] = []

    def show(self, shape: QgsGeometry, points: list[tuple[float, float]], crs: QgsCoordinateReferenceSystem) -> None:
        """Mark a shape and points, in place of what was marked."""
        self.clear()
        if shape.type() == QgsWkbTypes.GeometryType.PolygonGeometry:
            self._add(shape, crs).setFillColor(_FILL)
        if points:
            places = QgsGeometry.fromMultiPointXY([QgsPointXY(*point) for point in points])
            band = self._add(places, crs)
            band.setIcon(QgsRubberBand.IconType.ICON_CIRCLE)
            band.setIconSize(9)

    def clear(self) -> None:
        """Take every mark off the map."""
        bands, self._bands = self._bands, []
        for band in bands:
            if not sip.isdeleted(band):
                self._canvas.scene().removeItem(band)
                sip.delete(band)

    def _add(self, shape: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> QgsRubberBand:
        band = QgsRubberBand(self._canvas, shape.type())
        band.setStrokeColor(_LINE)
        band.setSecondaryStrokeColor(_HALO)
        band.setWidth(2)
        band.setToGeometry(shape, crs)
        self._bands.append(band)
        return band
