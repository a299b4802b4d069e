"""Ready styles for layers of sites and of units: what the plugin's own algorithms write, and plain units."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from qgis.core import QgsFeatureRenderer, QgsMapLayer, QgsVectorLayer, QgsWkbTypes


class ReadyStyle(NamedTuple):
    """A style that fits a layer: its name, what it shows, and what makes the renderer for a layer."""

    name: str
    explanation: str
    renderer: Callable[[QgsVectorLayer], QgsFeatureRenderer]


def is_site_layer(layer: QgsMapLayer | None) -> bool:
    """Return whether these are polygons of sites with their tanks, as our algorithms write them."""
    names = _field_names(layer)
    return "site_id" in names and bool(names & {"tanks", "tanks_end", "change_class"})


def is_unit_layer(layer: QgsMapLayer | None) -> bool:
    """Return whether these are polygons of units, known by code or name."""
    return bool(_field_names(layer) & {"unit_code", "unit_name"}) and not is_site_layer(layer)


def ready_styles(layer: QgsVectorLayer) -> list[ReadyStyle]:
    """Return the styles for which the layer has the fields."""
    return []


def _field_names(layer: QgsMapLayer | None) -> set[str]:
    """Return the fields of a polygon layer; none for any other."""
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        return set()
    if layer.geometryType() != QgsWkbTypes.GeometryType.PolygonGeometry:
        return set()
    return {field.name() for field in layer.fields()}
