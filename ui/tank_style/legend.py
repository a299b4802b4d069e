"""The legend of a renderer, as pictures and text in a grid."""

from __future__ import annotations

from qgis.core import QgsFeatureRenderer, QgsHeatmapRenderer, QgsMarkerSymbol, QgsSymbol, QgsSymbolLayerUtils
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPixmap
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QWidget

from .renderers import heat

_LARGER = 1.8  # the markers on the map are too small to tell shapes apart beside text
_MM_PER_INCH = 25.4


def show_legend(grid: QGridLayout, renderer: QgsFeatureRenderer | None, behind: str, owner: QWidget) -> None:
    """Fill the grid with the renderer's legend, or empty it; ``behind``: the colour behind the pictures."""
    while grid.count():
        old = grid.takeAt(0).widget()
        old.hide()  # it goes a little later
        old.deleteLater()
    for row, (picture, text) in enumerate(_rows(renderer, behind, owner) if renderer else ()):
        picture_label, text_label = QLabel(), QLabel(text)
        picture_label.setPixmap(picture)
        text_label.setWordWrap(True)
        text_label.setTextFormat(Qt.TextFormat.PlainText)
        grid.addWidget(picture_label, row, 0, Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(text_label, row, 1)


def _rows(renderer: QgsFeatureRenderer, behind: str, owner: QWidget) -> list[tuple[QPixmap, str]]:
    side = round(owner.fontMetrics().height() * 1.1)
    if isinstance(renderer, QgsHeatmapRenderer):
        none, most = heat.ends()
        return [(_ramp(renderer, behind, QSize(3 * side, side)), f"{none} – {most}")]
    found = []
    for item in renderer.legendSymbolItems():
        if item.symbol() is not None:
            found.append((_picture(item.symbol().clone(), behind, side, owner.logicalDpiX()), item.label()))
    return found


def _picture(symbol: QgsSymbol, behind: str, side: int, dots: int) -> QPixmap:
    if isinstance(symbol, QgsMarkerSymbol):
        most = 0.85 * side / dots * _MM_PER_INCH
        symbol.setSize(min(symbol.size() * _LARGER, most))
    drawn = QgsSymbolLayerUtils.symbolPreviewPixmap(symbol, QSize(side, side))
    return _on_ground(drawn, behind)


def _ramp(renderer: QgsHeatmapRenderer, behind: str, size: QSize) -> QPixmap:
    drawn = QgsSymbolLayerUtils.colorRampPreviewPixmap(renderer.colorRamp(), size, drawTransparentBackground=False)
    return _on_ground(drawn, behind)


def _on_ground(picture: QPixmap, behind: str) -> QPixmap:
    """Light symbols would be lost on a light window, dark ones on a dark one."""
    ground = QPixmap(picture.size())
    ground.setDevicePixelRatio(picture.devicePixelRatioF())
    ground.fill(QColor(behind))
    painter = QPainter(ground)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return ground
