"""Tanks from a Processing source: positions in degrees, and the columns that the analysis measures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeatureRequest,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime

from ...analysis.fields import MEASURED, find_columns
from ...analysis.progress import Cancelled
from ...translation import tr
from ..parameters.sites import TANKS as TANKS_PARAMETER
from .arrow_reader import read_points
from .degrees import to_degrees
from .feature_source import NO_CHECK, open_source
from .tank_columns import understood

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ..base import LeachwatchAlgorithm


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
    source = open_source(algorithm, parameters, TANKS_PARAMETER, context)
    _check(source)
    layer = algorithm.parameterAsVectorLayer(parameters, TANKS_PARAMETER, context)
    if layer is not None and layer.subsetString():
        feedback.pushInfo(
            tr("{name} is filtered: only the tanks that its filter lets through are read. The filter: {filter}").format(
                name=source.sourceName(), filter=layer.subsetString()
            )
        )
    found = find_columns(source.fields().names(), MEASURED)
    columns = read_points(layer, source, found) or _read_features(source, found, feedback)
    return _usable(columns, found, source, context, feedback)


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


def _read_features(
    source: QgsProcessingFeatureSource, found: dict[str, str], feedback: QgsProcessingFeedback
) -> dict[str, Any]:
    """Return the columns by iterating over the source; ``x`` and ``y`` are NaN where there is no geometry."""
    present = [(name, source.fields().indexFromName(column)) for name, column in found.items()]
    request = QgsFeatureRequest().setSubsetOfAttributes([index for _, index in present])
    columns: dict[str, list] = {name: [] for name in ("fid", "x", "y", *(name for name, _ in present))}
    every = max(source.featureCount() // 50, 1_000)
    for number, feature in enumerate(source.getFeatures(request, NO_CHECK)):
        if number % every == 0 and feedback.isCanceled():
            raise Cancelled
        values = [(name, plain(feature[index])) for name, index in present]
        for x, y in _positions(feature.geometry()):
            columns["fid"].append(feature.id())
            columns["x"].append(x)
            columns["y"].append(y)
            for name, value in values:
                columns[name].append(value)
    return {name: as_array(values) for name, values in columns.items()}


def _positions(geometry: Any) -> list[tuple[float, float]]:
    if geometry.isNull() or geometry.isEmpty():
        return [(float("nan"), float("nan"))]
    return [(vertex.x(), vertex.y()) for vertex in geometry.vertices()]


def plain(value: Any) -> Any:
    """Return an attribute as Python's own: None for NULL, dates as dates, lists as text."""
    if isinstance(value, (QDate, QDateTime)):
        day = value if isinstance(value, QDate) else value.date()
        return day.toPyDate() if day.isValid() and 0 < day.year() <= MAXYEAR else None
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return None
    return value if isinstance(value, (str, int, float)) else str(value)


def as_array(values: list[Any]) -> np.ndarray:
    """Return a column as an array: of days where it holds nothing but dates."""
    import numpy as np

    if any(value is not None for value in values) and all(value is None or isinstance(value, date) for value in values):
        return np.array(values, dtype="datetime64[D]")
    result = np.empty(len(values), dtype=object)
    result[:] = values
    return result


def _usable(
    columns: dict[str, Any],
    found: dict[str, str],
    source: QgsProcessingFeatureSource,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> TankRows:
    import numpy as np

    from ...analysis.tanks import tank_table, usable_position

    fid, x, y = (columns.pop(name) for name in ("fid", "x", "y"))
    lon, lat = to_degrees(x.astype(float), y.astype(float), source.sourceCrs(), context)
    usable = usable_position(lon, lat)
    columns, notes = understood({name: values[usable] for name, values in columns.items()}, found)
    table = tank_table(columns, lon[usable], lat[usable])
    for note in notes:
        feedback.pushWarning(note)
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
