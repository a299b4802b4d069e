"""A report's map layers as QGIS's own, in memory, with the plugin's styles; and their legend."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFeature,
    QgsGeometry,
    QgsLabelObstacleSettings,
    QgsLegendSymbolItem,
    QgsMapLayer,
    QgsPalLayerSettings,
    QgsRenderContext,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QFont

from ...analysis.progress import Cancelled
from ..writing.qgis_fields import attribute_rows, qgis_fields
from ..writing.style import STYLES
from .content import MapLayer

_BATCH = 5_000
_KINDS = {
    shapely.GeometryType.POINT: "MultiPoint",
    shapely.GeometryType.MULTIPOINT: "MultiPoint",
    shapely.GeometryType.LINESTRING: "MultiLineString",
    shapely.GeometryType.MULTILINESTRING: "MultiLineString",
}
_NAME = "unit_name"
# To keep names off more shapes than these takes longer than to draw them.
_MOST_OBSTACLES = 3_000


def as_layer(content: MapLayer, stopped: Callable[[], bool]) -> QgsVectorLayer:
    """Return the layer in memory, with its rows, its style and (units) its names. Raises Cancelled."""
    layer = empty_layer(content)
    used = layer.renderer().usedAttributes(QgsRenderContext()) | {_NAME}
    fields = [field for field in content.fields if field.name in used]
    layer.dataProvider().addAttributes(qgis_fields(fields).toList())
    layer.updateFields()
    for begin in range(0, len(content.frame), _BATCH):
        if stopped():
            raise Cancelled
        part = content.frame.iloc[begin : begin + _BATCH]
        layer.dataProvider().addFeatures(
            [_feature(row, wkb) for row, wkb in zip(attribute_rows(part, fields), shapely.to_wkb(part.geometry))]
        )
    layer.updateExtents()
    layer.dataProvider().createSpatialIndex()
    if content.style in ("units", "township_summary"):
        _label(layer)
    elif layer.featureCount() <= _MOST_OBSTACLES:
        _keep_names_off(layer)
    return layer


def empty_layer(content: MapLayer) -> QgsVectorLayer:
    """Return a layer without rows, in its style."""
    kinds = shapely.get_type_id(content.frame.geometry.dropna().to_numpy())
    kind = _KINDS.get(kinds[0] if len(kinds) else -1, "MultiPolygon")
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:4326", content.title, "memory")
    layer.loadNamedStyle(str(STYLES / f"{content.style}.qml"), QgsMapLayer.StyleCategory.Symbology)
    return layer


def legend_items(content: MapLayer, layer: QgsVectorLayer) -> list[tuple[int, QgsLegendSymbolItem]]:
    """Return (number among all, item) of the classes that the rows have."""
    renderer = layer.renderer()
    items = list(enumerate(renderer.legendSymbolItems()))
    if not isinstance(renderer, QgsCategorizedSymbolRenderer):
        return items
    present = set(content.frame[renderer.classAttribute()].dropna())
    named = {category.label(): category.value() for category in renderer.categories()}
    return [(number, item) for number, item in items if named.get(item.label()) in present]


def symbol_png(item: QgsLegendSymbolItem, width: int = 22, height: int = 15) -> bytes:
    """Return an item's symbol as a small picture."""
    from .images import png_bytes

    return png_bytes(item.symbol().asImage(QSize(width, height)))


def _feature(row: list, wkb: bytes | None) -> QgsFeature:
    feature = QgsFeature()
    feature.setAttributes(row)
    if wkb is not None:
        geometry = QgsGeometry()
        geometry.fromWkb(wkb)
        feature.setGeometry(geometry)
    return feature


def _label(layer: QgsVectorLayer) -> None:
    """Write the units' names, light on the map's colours."""
    text = QgsTextFormat()
    text.setFont(QFont("DejaVu Sans"))
    text.setSize(7)
    text.setColor(QColor("#333333"))
    edge = QgsTextBufferSettings()
    edge.setEnabled(True)
    edge.setSize(0.6)
    edge.setColor(QColor("#ffffff"))
    text.setBuffer(edge)
    labels = QgsPalLayerSettings()
    labels.fieldName = _NAME
    labels.placement = QgsPalLayerSettings.Placement.Horizontal
    labels.setFormat(text)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(labels))
    layer.setLabelsEnabled(True)


def _keep_names_off(layer: QgsVectorLayer) -> None:
    """Have names of other layers placed beside these shapes, not upon them."""
    obstacle = QgsLabelObstacleSettings()
    obstacle.setIsObstacle(True)
    obstacle.setFactor(2.0)
    labels = QgsPalLayerSettings()
    labels.drawLabels = False
    labels.fieldName = "''"
    labels.isExpression = True
    labels.setObstacleSettings(obstacle)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(labels))
    layer.setLabelsEnabled(True)


def has_shapes(content: MapLayer) -> bool:
    """Return whether any row has a place."""
    return bool(np.any(~shapely.is_missing(content.frame.geometry.to_numpy())))
