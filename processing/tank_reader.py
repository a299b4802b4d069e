"""Tanks from a Processing source: positions in degrees, and the columns that the analysis measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureRequest,
    QgsLineString,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime

from ..analysis.fields import MEASURED
from ..translation import tr
from .arrow_reader import read_points
from .site_parameters import TANKS as TANKS_PARAMETER

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from .base import LeachwatchAlgorithm

_EPSG_4326 = "EPSG:4326"
_SHAPEFILE_NAME = 10


@dataclass(frozen=True)
class TankRows:
    """The tanks of a layer: those with a usable position, and how many had none."""

    table: pd.DataFrame
    feature_ids: np.ndarray  # of each row of the table
    left_out: int
    name: str


def read_tanks(
    algorithm: LeachwatchAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> TankRows:
    """Read the tanks; say in the log what is left out. A multipoint's points are a tank each.

    Raises QgsProcessingException for a source that is no layer of points, or has no CRS.
    """
    source = algorithm.parameterAsSource(parameters, TANKS_PARAMETER, context)
    if source is None:
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, TANKS_PARAMETER))
    _check(source)
    layer = algorithm.parameterAsVectorLayer(parameters, TANKS_PARAMETER, context)
    found = _find(source.fields().names())
    columns = read_points(layer, source, found) or _read_features(source, found, feedback)
    return _usable(columns, source, context, feedback)


def _check(source: QgsProcessingFeatureSource) -> None:
    name = source.sourceName()
    if QgsWkbTypes.geometryType(source.wkbType()) != QgsWkbTypes.GeometryType.PointGeometry:
        kind = QgsWkbTypes.displayString(source.wkbType())
        raise QgsProcessingException(
            tr("{name} holds no points but {kind}. Choose a layer of tank points.").format(name=name, kind=kind)
        )
    if not source.sourceCrs().isValid():
        raise QgsProcessingException(
            tr(
                "{name} has no CRS, so its coordinates cannot be placed on the ground. "
                "Set it (Layer › Set CRS of Layer(s)) and run again."
            ).format(name=name)
        )


def _find(columns: list[str]) -> dict[str, str]:
    """Return the layer's column for each of our names that it has; a shapefile keeps but ten letters of a name."""
    by_name = {column.lower(): column for column in columns}
    pairs = ((name, by_name.get(name) or by_name.get(name[:_SHAPEFILE_NAME])) for name in MEASURED)
    return {name: column for name, column in pairs if column}


def _read_features(
    source: QgsProcessingFeatureSource, found: dict[str, str], feedback: QgsProcessingFeedback
) -> dict[str, Any]:
    """Return the columns by iterating over the source; ``x`` and ``y`` are NaN where there is no geometry."""
    present = [(name, source.fields().indexFromName(column)) for name, column in found.items()]
    request = QgsFeatureRequest().setSubsetOfAttributes([index for _, index in present])
    columns: dict[str, list] = {name: [] for name in ("fid", "x", "y", *(name for name, _ in present))}
    every = max(source.featureCount() // 50, 1_000)
    for number, feature in enumerate(source.getFeatures(request)):
        if number % every == 0 and feedback.isCanceled():
            break
        values = [(name, _plain(feature[index])) for name, index in present]
        for x, y in _positions(feature.geometry()):
            columns["fid"].append(feature.id())
            columns["x"].append(x)
            columns["y"].append(y)
            for name, value in values:
                columns[name].append(value)
    return columns


def _positions(geometry: Any) -> list[tuple[float, float]]:
    if geometry.isNull() or geometry.isEmpty():
        return [(float("nan"), float("nan"))]
    return [(vertex.x(), vertex.y()) for vertex in geometry.vertices()]


def _plain(value: Any) -> Any:
    """Return an attribute as Python's own: None for NULL, ISO text for dates."""
    if isinstance(value, (QDate, QDateTime)):
        date = value if isinstance(value, QDate) else value.date()
        return date.toPyDate().isoformat() if date.isValid() else None
    return None if value is None or (hasattr(value, "isNull") and value.isNull()) else value


def _usable(
    columns: dict[str, Any],
    source: QgsProcessingFeatureSource,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> TankRows:
    import numpy as np

    from ..analysis.tanks import tank_table, usable_position

    fid, x, y = (np.asarray(columns.pop(name)) for name in ("fid", "x", "y"))
    lon, lat = _to_degrees(x.astype(float), y.astype(float), source.sourceCrs(), context)
    usable = usable_position(lon, lat)
    chosen = {name: np.asarray(values, dtype=object)[usable] for name, values in columns.items()}
    table = tank_table(chosen, lon[usable], lat[usable])
    left_out = int((~usable).sum())
    if left_out:
        feedback.pushWarning(
            tr(
                "{n} of {all} tanks of {name} have no usable position (no geometry, not a number, or outside the "
                "world): they are left out."
            ).format(n=left_out, all=len(usable), name=source.sourceName())
        )
    if len(fid) > len(np.unique(fid)):
        feedback.pushInfo(tr("Multipoints: each of their points is counted as a tank."))
    if len(table) == 0:
        feedback.pushWarning(tr("{name} holds no tanks that can be placed.").format(name=source.sourceName()))
    return TankRows(table, fid[usable], left_out, source.sourceName())


def _to_degrees(
    x: np.ndarray, y: np.ndarray, crs: QgsCoordinateReferenceSystem, context: QgsProcessingContext
) -> tuple[np.ndarray, np.ndarray]:
    """Return longitude and latitude (WGS 84) of positions in any CRS, NaN where they have none."""
    import numpy as np

    if crs.authid() == _EPSG_4326:
        return x, y
    transform = QgsCoordinateTransform(crs, QgsCoordinateReferenceSystem(_EPSG_4326), context.transformContext())
    lon, lat = np.full(len(x), np.nan), np.full(len(x), np.nan)
    there = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if len(there) == 0:
        return lon, lat
    line = QgsLineString(x[there].tolist(), y[there].tolist())
    try:
        line.transform(transform)
        lon[there], lat[there] = np.frombuffer(bytes(line.asWkb())[9:], dtype="<f8").reshape(-1, 2).T
    except QgsCsException:
        # A position that the projection cannot take spoils the whole line: take them one by one.
        for index in there:
            lon[index], lat[index] = _one_to_degrees(x[index], y[index], transform)
    return lon, lat


def _one_to_degrees(x: float, y: float, transform: QgsCoordinateTransform) -> tuple[float, float]:
    try:
        point = transform.transform(QgsPointXY(x, y))
    except QgsCsException:
        return float("nan"), float("nan")
    return point.x(), point.y()
