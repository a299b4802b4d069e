"""Tables into Processing's sinks."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsGeometry,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsWkbTypes,
)

from ..analysis.fields import Field
from ..analysis.progress import Cancelled
from .parameter_checks import is_empty
from .qgis_fields import attribute_rows, qgis_fields

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_BATCH = 5_000
_MULTIPOLYGON_OF_ONE = struct.pack("<BII", 1, 6, 1)


class SinkWriter:
    """Writes tables into the sinks of one run of an algorithm."""

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        parameters: dict,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        self._algorithm, self._parameters = algorithm, parameters
        self._context, self._feedback = context, feedback

    def wants(self, name: str) -> bool:
        """Return whether the user asked for this output."""
        return not is_empty(self._parameters.get(name))

    def table(self, name: str, frame: pd.DataFrame, fields: list[Field]) -> dict[str, str]:
        """Write rows without geometry; return the output's entry in the algorithm's results."""
        return self._write(name, fields, attribute_rows(frame, fields), None, QgsWkbTypes.Type.NoGeometry)

    def points(self, name: str, frame: pd.DataFrame, fields: list[Field]) -> dict[str, str]:
        """Write rows with their ``lon`` and ``lat`` as points."""
        import shapely

        wkb = shapely.to_wkb(shapely.points(frame["lon"].to_numpy(), frame["lat"].to_numpy()))
        return self._write(name, fields, attribute_rows(frame, fields), wkb, QgsWkbTypes.Type.Point)

    def polygons(self, name: str, frame: pd.DataFrame, fields: list[Field]) -> dict[str, str]:
        """Write rows with their polygons (degrees) as multipolygons; a row may have none."""
        wkb = _as_multipolygons(frame.geometry.to_numpy())
        return self._write(name, fields, attribute_rows(frame, fields), wkb, QgsWkbTypes.Type.MultiPolygon)

    def _write(
        self, name: str, fields: list[Field], rows: list, wkb: np.ndarray | None, kind: QgsWkbTypes.Type
    ) -> dict[str, str]:
        crs = QgsCoordinateReferenceSystem("EPSG:4326") if wkb is not None else QgsCoordinateReferenceSystem()
        qfields = qgis_fields(fields)
        sink, destination = self._algorithm.parameterAsSink(self._parameters, name, self._context, qfields, kind, crs)
        if sink is None:
            if not self.wants(name):
                return {}
            raise QgsProcessingException(self._algorithm.invalidSinkError(self._parameters, name))
        shapes = [None] * len(rows) if wkb is None else wkb
        for begin in range(0, len(rows), _BATCH):
            if self._feedback.isCanceled():
                raise Cancelled
            features = [_feature(row, shape) for row, shape in zip(rows[begin : begin + _BATCH], shapes[begin:])]
            add(sink, features, name)
        return {name: destination}


def add(sink: QgsFeatureSink, features: list[QgsFeature], name: str) -> None:
    """Add features to a sink, or say that they could not be written."""
    if not sink.addFeatures(features, QgsFeatureSink.Flag.FastInsert):
        raise QgsProcessingException(
            f"{name} could not be written ({sink.lastError() or 'no reason given'}). "
            "Is the disk full, or the file open in another program? Choose another place and run again."
        )


def _feature(attributes: tuple, wkb: bytes | None) -> QgsFeature:
    feature = QgsFeature()
    feature.setAttributes(list(attributes))
    if wkb is not None:
        geometry = QgsGeometry()
        geometry.fromWkb(wkb)
        feature.setGeometry(geometry)
    return feature


def _as_multipolygons(geometry: np.ndarray) -> np.ndarray:
    """Return each geometry's polygons as the WKB of one multipolygon, None where there is no geometry."""
    import numpy as np
    import shapely

    wkb = shapely.to_wkb(geometry, byte_order=1)
    single = shapely.get_type_id(geometry) == shapely.GeometryType.POLYGON
    # The WKB of a multipolygon of one is that of the polygon with a head before it.
    wkb[single] = [_MULTIPOLYGON_OF_ONE + polygon for polygon in wkb[single]]
    others = np.flatnonzero(~single & ~shapely.is_missing(geometry))
    parts, index = shapely.get_parts(geometry[others], return_index=True)
    # Repaired units may be collections: their lines and points cover no ground.
    inner, outer = shapely.get_parts(parts, return_index=True)
    area = shapely.get_type_id(inner) == shapely.GeometryType.POLYGON
    multi = np.full(len(others), shapely.MultiPolygon(), dtype=object)
    if area.any():
        shapely.multipolygons(inner[area], indices=index[outer][area], out=multi)
    wkb[others] = shapely.to_wkb(multi)
    return wkb
