"""Labels of tanks: what they say, and from which scale on."""

from __future__ import annotations

from qgis.core import (
    QgsAbstractVectorLayerLabeling,
    QgsPalLayerSettings,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

from ...analysis.selection.columns import TankColumns
from . import classes
from .options import BY_DIAMETER, BY_FIRST_YEAR, BY_ID, BY_UNIT, StyleOptions

_TEXT_POINTS, _BUFFER_MM, _GAP_MM = 8, 0.7, 1.2
# What a label needs, the first that the layer has.
_ROLES = {
    BY_ID: ("tank_id",),
    BY_UNIT: ("unit_name", "unit_code"),
    BY_DIAMETER: ("diameter_m",),
    BY_FIRST_YEAR: ("first_seen", "last_seen"),
}


def can_label(labels: str, columns: TankColumns) -> bool:
    """Return whether the layer has what these labels say."""
    return labels not in _ROLES or any(role in columns for role in _ROLES[labels])


def text_of(labels: str, columns: TankColumns) -> str:
    """Return the expression of a label's text; NULL, and no label, where nothing is known."""
    if labels == BY_FIRST_YEAR:
        return classes.first_year(columns)
    found = [classes.column(role, columns) for role in _ROLES[labels] if role in columns]
    if labels == BY_DIAMETER:
        return f"if({found[0]} > 0, round({found[0]}, 1) || ' m', NULL)"
    return f"coalesce({', '.join(found)})"


def labeling_of(options: StyleOptions, columns: TankColumns) -> QgsAbstractVectorLayerLabeling:
    """Return the labels: beside the tank, light behind dark text, at the scales at which tanks stand apart."""
    settings = QgsPalLayerSettings()
    settings.fieldName = text_of(options.labels, columns)
    settings.isExpression = True
    settings.placement = QgsPalLayerSettings.Placement.OrderedPositionsAroundPoint
    settings.dist = _GAP_MM
    settings.scaleVisibility = True
    settings.minimumScale, settings.maximumScale = options.label_scale, 0
    settings.setFormat(_text_format())
    return QgsVectorLayerSimpleLabeling(settings)


def _text_format() -> QgsTextFormat:
    behind = QgsTextBufferSettings()
    behind.setEnabled(True)
    behind.setSize(_BUFFER_MM)
    behind.setSizeUnit(QgsUnitTypes.RenderUnit.RenderMillimeters)
    behind.setColor(QColor("#ffffff"))
    text = QgsTextFormat()
    text.setSize(_TEXT_POINTS)
    text.setColor(QColor("#1c1c1c"))
    text.setBuffer(behind)
    return text
