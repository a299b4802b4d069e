"""Which columns of a layer hold what the filter and the legends speak of: by their names, or as the user said."""

from __future__ import annotations

import json
from collections.abc import Mapping

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QMetaType

from ...analysis.fields import find_columns
from ...analysis.selection.columns import (
    DATE,
    GDAL_SQL,
    NUMBER,
    POSTGRES,
    QGIS,
    SQLITE,
    STANDARD,
    TEXT,
    TEXT_DATE,
    YEAR,
    TankColumns,
)
from ...analysis.selection.wanted import DATE_ROLES, READ_ROLES

PROPERTY = "leachwatch/tank_columns"
DATED_ROLES = (*DATE_ROLES, "status_date", "abandoned_since")
_TEXT = QMetaType.Type.QString
_DATES = (QMetaType.Type.QDate, QMetaType.Type.QDateTime)
_NUMBERS = (
    QMetaType.Type.Int,
    QMetaType.Type.UInt,
    QMetaType.Type.LongLong,
    QMetaType.Type.ULongLong,
    QMetaType.Type.Double,
)
_SQLITE_FILES = ("GPKG", "SQLite")
_DIALECTS = {
    "memory": QGIS,
    "delimitedtext": QGIS,
    "WFS": QGIS,
    "OAPIF": QGIS,
    "postgres": POSTGRES,
    "spatialite": SQLITE,
    "virtual": SQLITE,
}


def columns_of(layer: QgsVectorLayer) -> TankColumns:
    """Return the layer's own fields for the roles of READ_ROLES (joined and virtual ones cannot stand in a filter).

    They are those that the user chose, else those that bear our names, whole or cut to ten letters.
    """
    names = remembered_columns(layer) or find_columns(_types(layer), READ_ROLES)
    kinds = kinds_of(layer, names)
    return TankColumns({role: names[role] for role in kinds}, kinds, _dialect(layer))


def kinds_of(layer: QgsVectorLayer, names: Mapping[str, str]) -> dict[str, str]:
    """Return how the layer's columns hold the values of roles; those that cannot are left out."""
    types = _types(layer)
    kinds = {role: _kind(role, types[name]) for role, name in names.items() if name in types}
    return {role: kind for role, kind in kinds.items() if kind}


def fitting(layer: QgsVectorLayer, role: str) -> list[str]:
    """Return the layer's own fields that can play a role."""
    return [name for name, kind in _types(layer).items() if _kind(role, kind)]


def remembered_columns(layer: QgsVectorLayer) -> dict[str, str]:
    """Return what the user chose for this layer: role to column; empty where nothing was chosen."""
    try:
        kept = json.loads(layer.customProperty(PROPERTY, "") or "{}")
        return {role: column for role, column in kept.items() if role in READ_ROLES and isinstance(column, str)}
    except (AttributeError, TypeError, ValueError):
        return {}


def remember_columns(layer: QgsVectorLayer, names: Mapping[str, str]) -> None:
    """Keep with the layer, and so with the project, which column plays which role."""
    layer.setCustomProperty(PROPERTY, json.dumps(dict(names), ensure_ascii=False, sort_keys=True))


def forget_columns(layer: QgsVectorLayer) -> None:
    """Go by the names of the fields again."""
    layer.removeCustomProperty(PROPERTY)


def _kind(role: str, kind: QMetaType.Type) -> str:
    if kind in _DATES:
        return DATE if role in DATED_ROLES else ""
    if kind in _NUMBERS:
        return YEAR if role in DATED_ROLES else NUMBER
    if kind == _TEXT and role != "diameter_m":
        return TEXT_DATE if role in DATED_ROLES else TEXT
    return ""


def _types(layer: QgsVectorLayer) -> dict[str, QMetaType.Type]:
    provider = layer.dataProvider()
    return {field.name(): field.type() for field in provider.fields()} if provider else {}


def _dialect(layer: QgsVectorLayer) -> str:
    if layer.providerType() == "ogr":
        return SQLITE if layer.dataProvider().storageType() in _SQLITE_FILES else GDAL_SQL
    return _DIALECTS.get(layer.providerType(), STANDARD)
