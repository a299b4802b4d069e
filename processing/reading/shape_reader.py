"""Shapes of any kind from a Processing source: points or polygons to measure from, lines to measure to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsWkbTypes,
)

from ...analysis.progress import Cancelled
from ...translation import tr
from ..parameters.layers import chosen_layer
from .arrow_reader import read_points
from .degrees import to_degrees
from .feature_source import NO_CHECK, open_source

if TYPE_CHECKING:
    import numpy as np

    from ...analysis.water.rivers import Rivers

_EVERY = 1_000
_LINE, _POLYGON = QgsWkbTypes.GeometryType.LineGeometry, QgsWkbTypes.GeometryType.PolygonGeometry
_POINT = QgsWkbTypes.GeometryType.PointGeometry


@dataclass(frozen=True)
class Shapes:
    """The features of a layer: their ids, and points or polygons in degrees, None where they cannot be placed."""

    feature_ids: list[int]
    shapes: np.ndarray
    name: str
    polygons: bool


@dataclass(frozen=True)
class AboutLayer:
    """What a layer says of itself: its name, what its source and metadata say, and the names of its columns."""

    name: str
    texts: list[str]
    columns: list[str]


def about_layer(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext
) -> AboutLayer:
    """Return what the layer chosen for a parameter says of itself."""
    source = open_source(algorithm, parameters, name, context)
    texts = [source.sourceName()]
    layer = chosen_layer(algorithm, parameters, name, context)
    if layer is not None:
        metadata = layer.metadata()
        texts += [layer.name(), layer.source(), metadata.title(), metadata.abstract(), metadata.identifier()]
        texts += metadata.rights()
    return AboutLayer(source.sourceName(), texts, source.fields().names())


def read_shapes(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> Shapes:
    """Return the points or polygons of a layer. Raises QgsProcessingException for any other, or one without a CRS."""
    import numpy as np
    import shapely

    source = _open(algorithm, parameters, name, context, feedback)
    kind = QgsWkbTypes.geometryType(source.wkbType())
    if kind not in (_POINT, _POLYGON):
        text = tr("{name} holds neither points nor polygons but {kind}. Choose a layer of tanks, or of sites.")
        raise _refusal(text, source)
    layer = algorithm.parameterAsVectorLayer(parameters, name, context)
    points = read_points(layer, source, {}) if kind == _POINT else None
    if points is not None:
        ids, shapes = points["fid"].tolist(), shapely.points(points["x"], points["y"])
    else:
        ids, wkb, _ = _features(source, None, feedback)
        shapes = _geometries(wkb)
    xy, of = shapely.get_coordinates(shapes, return_index=True)
    lonlat = _places(xy, source, context)
    lost = np.unique(of[~np.isfinite(lonlat).all(axis=1)])
    shapes = shapely.set_coordinates(shapes, lonlat)
    shapes[lost] = None
    shapes[shapely.is_empty(shapes)] = None
    return Shapes(ids, shapes, source.sourceName(), kind == _POLYGON)


def read_rivers(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    column: str,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> Rivers:
    """Return the lines of a layer, named by a column ("": by none); say in the log what could not be used.

    Raises QgsProcessingException for a layer that holds no lines that can be used, or has no CRS or no such column.
    """
    import numpy as np
    import shapely

    from ...analysis.water.rivers import rivers_of

    source = _open(algorithm, parameters, name, context, feedback)
    if QgsWkbTypes.geometryType(source.wkbType()) != _LINE:
        text = tr(
            "{name} holds no lines but {kind}. Choose a layer of lines. Of polygons of water, take the outlines first "
            "(Polygons to lines, native:polygonstolines): distances are to the banks then."
        )
        raise _refusal(text, source)
    if column and column not in source.fields().names():
        text = tr("{name} has no field {field} (its fields: {fields}). Choose another for NAME_FIELD, or none.")
        given = {"name": source.sourceName(), "fields": ", ".join(source.fields().names()) or tr("none")}
        raise QgsProcessingException(text.format(field=column, **given))
    _, wkb, names = _features(source, column or None, feedback)
    parts, line_of_part = shapely.get_parts(_geometries(wkb), return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    own = np.empty(len(names), dtype=object)
    own[:] = names
    rivers = rivers_of(_places(xy, source, context), part, line_of_part, own)
    _tell(rivers, source.sourceName(), feedback)
    return rivers


def _open(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> QgsProcessingFeatureSource:
    source = open_source(algorithm, parameters, name, context)
    if not source.sourceCrs().isValid():
        text = tr("{name} has no CRS, so it cannot be placed on the ground. Set it (Layer › Set CRS) and run again.")
        raise QgsProcessingException(text.format(name=source.sourceName()))
    layer = algorithm.parameterAsVectorLayer(parameters, name, context)
    if layer is not None and layer.subsetString():
        text = tr("{name} is filtered: only what its filter lets through is read. The filter: {filter}")
        feedback.pushInfo(text.format(name=source.sourceName(), filter=layer.subsetString()))
    return source


def _refusal(text: str, source: QgsProcessingFeatureSource) -> QgsProcessingException:
    kind = QgsWkbTypes.displayString(source.wkbType())
    return QgsProcessingException(text.format(name=source.sourceName(), kind=kind))


def _features(
    source: QgsProcessingFeatureSource, column: str | None, feedback: QgsProcessingFeedback
) -> tuple[list[int], list[bytes | None], list[str | None]]:
    """Return each feature's id, its WKB (None: no geometry) and its name."""
    index = source.fields().indexFromName(column) if column else -1
    request = QgsFeatureRequest().setSubsetOfAttributes([index] if index >= 0 else [])
    ids, wkb, names = [], [], []
    for number, feature in enumerate(source.getFeatures(request, NO_CHECK)):
        if number % _EVERY == 0 and feedback.isCanceled():
            raise Cancelled
        ids.append(feature.id())
        wkb.append(_wkb(feature.geometry()))
        names.append(_name(feature[index]) if index >= 0 else None)
    return ids, wkb, names


def _wkb(geometry: QgsGeometry) -> bytes | None:
    if geometry.isNull() or geometry.isEmpty():
        return None
    if QgsWkbTypes.isCurvedType(geometry.wkbType()):
        geometry.convertToStraightSegment()
    return bytes(geometry.asWkb())


def _name(value: Any) -> str | None:
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return None
    return str(value).strip() or None


def _geometries(wkb: list[bytes | None]) -> np.ndarray:
    """Return geometries without heights; None where there is none, or none that can be read."""
    import numpy as np
    import shapely

    array = np.empty(len(wkb), dtype=object)
    array[:] = wkb
    return shapely.force_2d(shapely.from_wkb(array, on_invalid="ignore"))


def _places(xy: np.ndarray, source: QgsProcessingFeatureSource, context: QgsProcessingContext) -> np.ndarray:
    """Return n × 2 degrees of n × 2 coordinates, NaN where they have no place in the world."""
    import numpy as np

    from ...analysis.tanks import usable_position

    lonlat = np.column_stack(to_degrees(xy[:, 0], xy[:, 1], source.sourceCrs(), context))
    lonlat[~usable_position(lonlat[:, 0], lonlat[:, 1])] = np.nan
    return lonlat


def _tell(rivers: Rivers, name: str, feedback: QgsProcessingFeedback) -> None:
    if len(rivers) == 0:
        text = tr("{name} holds no line that can be used ({n} rows): there is nothing to measure to. Choose another.")
        raise QgsProcessingException(text.format(name=name, n=len(rivers.names)))
    if rivers.left_out:
        text = tr(
            "{n} of {all} lines of {name} are left out: they have no geometry, no length, or no place in the world."
        )
        feedback.pushWarning(text.format(n=rivers.left_out, all=len(rivers.names), name=name))
    if rivers.cut:
        text = tr("{n} lines of {name} have vertices outside the world: the stretches beside these are left out.")
        feedback.pushWarning(text.format(n=rivers.cut, name=name))
