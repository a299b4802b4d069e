"""Rows of a legend: the classes of tanks, and the keys that say what shapes and sizes mean."""

from __future__ import annotations

from typing import NamedTuple

from qgis.core import QgsCategorizedSymbolRenderer, QgsMarkerSymbol, QgsRendererCategory

from ....analysis.fields import LEACHATE, PRECIPITATION, UNKNOWN
from ....analysis.selection.columns import TankColumns
from ....translation import tr
from ..options import StyleOptions
from ..palettes import SHAPES_OF_TYPES, look_of
from ..symbols import is_by_diameter, key_marker, marker


class Row(NamedTuple):
    """A value, its symbol, and what the legend says of it."""

    value: str
    symbol: QgsMarkerSymbol
    label: str


def class_row(name: str, label: str, order: int, options: StyleOptions, columns: TankColumns) -> Row:
    """Return the row of a class of tanks; a higher order lies over a lower one."""
    look = look_of(options.palette, name, options.by_type and "tank_type" in columns)
    return Row(name, marker(look, options, columns, order), label)


def keys(options: StyleOptions, columns: TankColumns) -> list[Row]:
    """Return rows that no tank is drawn by: a legend of QGIS has no other place for what shapes and sizes mean."""
    found = []
    if options.by_type and "tank_type" in columns:
        types = {LEACHATE: tr("leachate"), PRECIPITATION: tr("precipitation"), UNKNOWN: tr("type unknown")}
        found += [_key(SHAPES_OF_TYPES[name], text, options) for name, text in types.items()]
    if is_by_diameter(options, columns):
        text = tr("size: diameter at scale; {size} mm where it is not known")
        found.append(_key("circle", text.format(size=options.size_mm), options))
    return found


def categorised(expression: str, rows: list[Row], options: StyleOptions) -> QgsCategorizedSymbolRenderer:
    """Return the renderer with a category for each row."""
    categories = [QgsRendererCategory(row.value, row.symbol, row.label) for row in rows]
    made = QgsCategorizedSymbolRenderer(expression, categories)
    made.setUsingSymbolLevels(options.active_on_top)
    return made


def _key(shape: str, text: str, options: StyleOptions) -> Row:
    return Row(f"legend: {text}", key_marker(shape, options), text)
