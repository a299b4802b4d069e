"""Which layers hold tanks."""

from __future__ import annotations

from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer, QgsWkbTypes
from qgis.PyQt import sip

from ...translation import tr
from .columns import columns_of, forget_columns, remember_columns, remembered_columns

__all__ = [
    "columns_of",
    "forget_columns",
    "how_to_get_tanks",
    "is_alive",
    "is_point_layer",
    "is_tank_layer",
    "other_layers",
    "remember_columns",
    "tank_layers",
]


def is_alive(layer: QgsMapLayer | None) -> bool:
    """Return whether there is a layer, and QGIS has not deleted it."""
    return layer is not None and not sip.isdeleted(layer)


def is_point_layer(layer: QgsMapLayer | None) -> bool:
    """Return whether this is a layer of points that can be read."""
    return (
        isinstance(layer, QgsVectorLayer)
        and layer.isValid()
        and layer.geometryType() == QgsWkbTypes.GeometryType.PointGeometry
    )


def is_tank_layer(layer: QgsMapLayer | None) -> bool:
    """Return whether this is a point layer with ``status`` and ``first_seen``, or one whose columns the user chose."""
    if not is_point_layer(layer):
        return False
    columns = columns_of(layer)
    if remembered_columns(layer):
        return bool(columns.names)
    return "status" in columns and "first_seen" in columns


def tank_layers(project: QgsProject) -> list[QgsVectorLayer]:
    """Return the project's tank layers."""
    return [layer for layer in project.mapLayers().values() if is_tank_layer(layer)]


def other_layers(project: QgsProject) -> list[QgsMapLayer]:
    """Return the project's layers that hold no tanks."""
    return [layer for layer in project.mapLayers().values() if not is_tank_layer(layer)]


def how_to_get_tanks() -> str:
    """Return what to do where no layer holds tanks."""
    return tr("Load tanks with Leachwatch, or add a point layer with the fields status and first_seen.")
