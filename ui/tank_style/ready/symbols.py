"""The fills of sites and units by class: they tell classes apart without colour, too."""

from __future__ import annotations

from qgis.core import (
    QgsCentroidFillSymbolLayer,
    QgsFillSymbol,
    QgsMarkerSymbol,
    QgsProperty,
    QgsSimpleFillSymbolLayer,
    QgsSymbolLayer,
)
from qgis.PyQt.QtGui import QColor

from .classes import GAIN, LOSS, UNKNOWN, NumberClass

# ColorBrewer's YlOrBr, Oranges and Blues, which are safe for the colour-blind and in grey; growth is warm.
AMOUNT_COLOURS = ("#fff7bc", "#fec44f", "#ec7014", "#993404", "#4d1a02")
GAIN_COLOURS = ("#fdd0a2", "#f16913", "#8c2d04")
LOSS_COLOURS = ("#c6dbef", "#4292c6", "#08306b")
# As in the shipped style of a series: brown is abandoned, blue active, as in the imagery.
SHARE_COLOURS = ("#8c510a", "#d8b365", "#f0e6d2", "#67a9cf", "#2166ac")
_EDGE, _UNKNOWN, _NO_CHANGE = "#4d4d4d", "#777777", "#f7f7f7"
# Below this scale a site is smaller than a pen stroke, and a dot stands for it.
_DOT_BELOW = 60000


def fill(one: NumberClass, colours: tuple[str, ...], with_dot: bool) -> QgsFillSymbol:
    """Return the fill of a class: hatched where not known, hollow for none, with lines across a loss."""
    colour = LOSS_COLOURS[_step(one, LOSS_COLOURS)] if one.kind == LOSS else colours[_step(one, colours)]
    style = {"color": colour, "style": "solid", "outline_color": _EDGE, "outline_width": "0.26"}
    if one.kind == UNKNOWN:
        style |= {"color": _UNKNOWN, "style": "b_diagonal", "outline_style": "dot"}
    elif one.kind not in (LOSS, GAIN):
        style |= {"color": _NO_CHANGE, "style": "solid" if colours is GAIN_COLOURS else "no"}
    symbol = QgsFillSymbol.createSimple(style)
    if one.kind == LOSS:
        symbol.appendSymbolLayer(_lines())
    if with_dot:
        symbol.appendSymbolLayer(_dot(one, colour if one.kind in (LOSS, GAIN) else _NO_CHANGE))
    return symbol


def _step(one: NumberClass, colours: tuple[str, ...]) -> int:
    return round(one.strength * (len(colours) - 1))


def _lines() -> QgsSimpleFillSymbolLayer:
    """Return lines that tell a loss from a gain of the same darkness."""
    return QgsSimpleFillSymbolLayer.create({"color": "#ffffff", "style": "horizontal", "outline_style": "no"})


def _dot(one: NumberClass, colour: str) -> QgsCentroidFillSymbolLayer:
    layer = QgsCentroidFillSymbolLayer()
    shape = {GAIN: "circle", LOSS: "diamond", UNKNOWN: "cross2"}.get(one.kind, "square")
    size = str(1.6 + 0.8 * one.strength)
    edge = _UNKNOWN if shape == "cross2" else _EDGE
    look = {"name": shape, "color": colour, "size": size, "outline_color": edge, "outline_width": "0.2"}
    layer.setSubSymbol(QgsMarkerSymbol.createSimple(look))
    layer.setPointOnSurface(True)
    small = QgsProperty.fromExpression(f"coalesce(@map_scale, 0) > {_DOT_BELOW}")
    layer.setDataDefinedProperty(QgsSymbolLayer.Property.PropertyLayerEnabled, small)
    layer.subSymbol().symbolLayer(0).setStrokeColor(QColor(edge))
    return layer
