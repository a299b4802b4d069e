"""The fast way to read points: GDAL's Arrow stream, straight from the file into arrays.

It sees the file, not the layer: whatever the layer filters, selects, joins or has not saved goes the slow way.
"""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingFeatureSource, QgsProviderRegistry, QgsVectorLayer, QgsWkbTypes

_WHOLE_LAYER = ("layername=", "layerid=")


def read_points(
    layer: QgsVectorLayer | None, source: QgsProcessingFeatureSource, columns: dict[str, str]
) -> dict[str, Any] | None:
    """Return ``fid``, ``x``, ``y`` and the columns (our name to the layer's) as arrays, or None where it cannot be."""
    if layer is None or not _is_plain_file(layer, source, list(columns.values())):
        return None
    try:
        return _read(layer, columns)
    except ImportError:
        return None  # a GDAL that was built without Python, or without numpy: the slow way reads the same


def _is_plain_file(layer: QgsVectorLayer, source: QgsProcessingFeatureSource, columns: list[str]) -> bool:
    options = layer.source().split("|")[1:]
    in_file = layer.dataProvider().fields().names()
    return (
        layer.providerType() == "ogr"
        and QgsWkbTypes.flatType(layer.wkbType()) == QgsWkbTypes.Type.Point
        and not layer.subsetString()
        and not layer.isEditable()
        and all(option.lower().startswith(_WHOLE_LAYER) for option in options)
        and source.featureCount() == layer.featureCount() >= 0
        and all(column in in_file for column in columns)
    )


def _read(layer: QgsVectorLayer, columns: dict[str, str]) -> dict[str, Any] | None:
    import numpy as np

    from ...sources.files import arrow, arrow_points

    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    if parts.get("vsiPrefix"):
        return None  # a file within an archive
    table = parts.get("layerName") or int(parts.get("layerId") or 0)
    try:
        fids, x, y, read = arrow_points.read_points(parts["path"], table, columns.values())
    except arrow.NotServed:
        return None  # the slow way reads the same
    values = {name: read[column] for name, column in columns.items()}
    return {
        "fid": fids,
        "x": x,
        "y": y,
        **{name: each if isinstance(each, np.ndarray) else each.as_objects() for name, each in values.items()},
    }
