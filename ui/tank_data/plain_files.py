"""Layers that are a plain file, which GDAL can read into arrays without QGIS."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from qgis.core import QgsProviderRegistry, QgsVectorLayer, QgsWkbTypes

# Drivers that give GDAL and QGIS the same fields: what others do depends on how they were opened.
_DRIVERS = ("GPKG", "ESRI Shapefile", "GeoJSON", "FlatGeobuf")
_WHOLE_LAYER = {"path", "layerName", "layerId", "subset", "databaseName"}


class PlainFile(NamedTuple):
    """A file, and the name or number of the layer in it."""

    path: str
    layer: str | int


def plain_file(layer: QgsVectorLayer, own: str) -> PlainFile | None:
    """Return where a layer's saved tanks can be read fast under a filter of the user's; None: go by the features."""
    provider = layer.dataProvider()
    parts = _parts(layer)
    serves = (
        layer.providerType() == "ogr"
        and provider.storageType() in _DRIVERS
        and provider.encoding() in ("", "UTF-8")
        and QgsWkbTypes.flatType(layer.wkbType()) == QgsWkbTypes.Type.Point
        and not layer.isEditable()
        and not own.lstrip().lower().startswith("select")
        and {name for name, value in parts.items() if value} <= _WHOLE_LAYER
    )
    if not serves or not parts.get("path"):
        return None
    return PlainFile(parts["path"], parts.get("layerName") or int(parts.get("layerId") or 0))


def missing_file(layer: QgsVectorLayer) -> str:
    """Return the path of a layer's file that is not there any more; "" where it is, or the layer is no file."""
    parts = _parts(layer)
    path = parts.get("path") or ""
    inside = parts.get("vsiPrefix") or "://" in path or not Path(path).is_absolute()
    return "" if inside or Path(path).exists() else path


def _parts(layer: QgsVectorLayer) -> dict:
    return QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
