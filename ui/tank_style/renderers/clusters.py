"""Tanks close to each other as one number."""

from __future__ import annotations

from qgis.core import (
    QgsFontMarkerSymbolLayer,
    QgsMarkerSymbol,
    QgsPointClusterRenderer,
    QgsProperty,
    QgsSimpleMarkerSymbolLayer,
    QgsSymbolLayer,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QPointF
from qgis.PyQt.QtGui import QColor

from ....analysis.selection.columns import TankColumns
from ....translation import tr
from .. import classes
from ..options import PRINT, StyleOptions
from . import points
from .rows import Row, categorised, keys

_MIXED = "#39444d"
_SMALLEST_MM, _LARGEST_MM = 4.5, 11.0
_DISC = f"coalesce(scale_exp(@cluster_size, 2, 5000, {_SMALLEST_MM}, {_LARGEST_MM}, 0.3), {_SMALLEST_MM})"


def renderer(options: StyleOptions, columns: TankColumns) -> QgsPointClusterRenderer:
    """Return the renderer: a disc with the number of its tanks; a tank that stands alone is drawn by its status."""
    meaning = tr("the number of tanks close together; in colour where all have one status")
    key = Row("legend: clusters", cluster_symbol(options.palette, example="12"), meaning)
    rows = [*points.rows(options, columns), *keys(options, columns), key]
    made = QgsPointClusterRenderer()
    made.setEmbeddedRenderer(categorised(classes.status(columns), rows, options))
    made.setClusterSymbol(cluster_symbol(options.palette))
    made.setTolerance(options.cluster_mm)
    made.setToleranceUnit(QgsUnitTypes.RenderUnit.RenderMillimeters)
    return made


def cluster_symbol(palette: str, example: str = "") -> QgsMarkerSymbol:
    """Return the disc and the number in it; with an example, that number, for a legend."""
    disc = QgsSimpleMarkerSymbolLayer()
    disc.setSize(_SMALLEST_MM)
    disc.setColor(QColor(_MIXED))
    disc.setStrokeColor(QColor("#ffffff"))
    disc.setStrokeWidth(0.3)
    number = QgsFontMarkerSymbolLayer("sans-serif", example)
    number.setColor(QColor("#ffffff"))
    number.setSize(0.5 * _SMALLEST_MM)
    number.setOffset(QPointF(0, -0.02 * _SMALLEST_MM))
    if not example:
        _follow_the_cluster(disc, number, in_colour=palette != PRINT)
    symbol = QgsMarkerSymbol()
    symbol.changeSymbolLayer(0, disc)
    symbol.appendSymbolLayer(number)
    return symbol


def _follow_the_cluster(disc: QgsSimpleMarkerSymbolLayer, number: QgsFontMarkerSymbolLayer, in_colour: bool) -> None:
    kinds = QgsSymbolLayer.Property
    disc.setDataDefinedProperty(kinds.PropertySize, QgsProperty.fromExpression(_DISC))
    if in_colour:
        fill = QgsProperty.fromExpression(f"coalesce(@cluster_color, '{_MIXED}')")
        disc.setDataDefinedProperty(kinds.PropertyFillColor, fill)
    shorter = "if(@cluster_size < 10000, to_string(@cluster_size), to_string(round(@cluster_size / 1000)) || 'k')"
    number.setDataDefinedProperty(kinds.PropertyCharacter, QgsProperty.fromExpression(shorter))
    # The more digits, the smaller, so that they stay within the disc.
    size = f"{_DISC} * if(@cluster_size < 100, 0.5, if(@cluster_size < 1000, 0.42, 0.34))"
    number.setDataDefinedProperty(kinds.PropertySize, QgsProperty.fromExpression(size))
