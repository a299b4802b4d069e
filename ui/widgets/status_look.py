"""How active, abandoned and unknown look in lists and charts of the docks: by colour, and by hatch without it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QBrush, QColor, QIcon, QPainter, QPalette, QPen, QPixmap

from ...analysis.fields import ABANDONED, ACTIVE, UNKNOWN
from .theme import is_dark

# The colours of the imagery, as in resources/styles/tanks.qml.
_COLOURS = {ACTIVE: "#1f78d1", ABANDONED: "#8a4b1c", UNKNOWN: "#9a9a9a"}
_PALE = 70  # of 255: what is out of the range


def status_colour(status: str, palette: QPalette) -> QColor:
    """Return the colour of a status; lighter on a dark ground."""
    colour = QColor(_COLOURS[status])
    return colour.lighter(150) if is_dark(palette) else colour


def paint_status(painter: QPainter, box: QRectF, status: str, palette: QPalette, pale: bool = False) -> None:
    """Fill a box: active is plain, abandoned is hatched, unknown is an outline."""
    colour = status_colour(status, palette)
    if pale:
        colour.setAlpha(_PALE)
    if status == UNKNOWN:
        inside = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(inside)
        return
    painter.fillRect(box, colour)
    if status == ABANDONED:
        hatch = palette.color(QPalette.ColorRole.Window)
        hatch.setAlpha(_PALE if pale else 200)
        painter.fillRect(box, QBrush(hatch, Qt.BrushStyle.BDiagPattern))


def status_icon(status: str, palette: QPalette, side: int) -> QIcon:
    """Return a small square that looks as the status does in the charts."""
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_status(painter, QRectF(1, 1, side - 2, side - 2), status, palette)
    painter.end()
    return QIcon(pixmap)
