"""Tables into Processing's sinks."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from itertools import repeat
from pathlib import Path
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

from ...analysis.fields import Field
from ...analysis.progress import Cancelled, Progress, silent
from ...translation import tr
from ..parameters.checks import is_empty
from .qgis_fields import attribute_rows, qgis_fields

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import pandas as pd

    _AsWkb = Callable[[pd.DataFrame], np.ndarray]

_BATCH = 5_000
# How files end that GDAL writes as text.
_ENDS = {".geojson": b"]\n}", ".json": b"]\n}", ".kml": b"</kml>", ".gml": b"FeatureCollection>", ".csv": b"\n"}
_TAIL = 200
_MULTIPOLYGON_OF_ONE = struct.pack("<BII", 1, 6, 1)


class SinkWriter:
    """Writes tables into the sinks of one run of an algorithm."""

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        parameters: dict,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        progress: Progress = silent,
    ) -> None:
        self._algorithm, self._parameters = algorithm, parameters
        self._context, self._feedback, self._progress = context, feedback, progress

    def wants(self, name: str) -> bool:
        """Return whether the user asked for this output."""
        return not is_empty(self._parameters.get(name))

    def table(self, name: str, frame: pd.DataFrame, fields: list[Field]) -> dict[str, str]:
        """Write rows without geometry; return the output's entry in the algorithm's results."""
        return self._write(name, fields, [frame], None, QgsWkbTypes.Type.NoGeometry)

    def points(self, name: str, frame: pd.DataFrame, fields: list[Field]) -> dict[str, str]:
        """Write rows with their ``lon`` and ``lat`` as points."""
        return self._write(name, fields, [frame], _as_points, QgsWkbTypes.Type.Point)

    def polygons(self, name: str, frame: pd.DataFrame, fields: list[Field]) -> dict[str, str]:
        """Write rows with their polygons (degrees) as multipolygons; a row may have none."""
        return self._write(name, fields, [frame], _as_multipolygons, QgsWkbTypes.Type.MultiPolygon)

    def polygons_in_parts(self, name: str, frames: Iterable[pd.DataFrame], fields: list[Field]) -> dict[str, str]:
        """Write the polygons of one frame after the other: each is asked for when the one before is written."""
        return self._write(name, fields, frames, _as_multipolygons, QgsWkbTypes.Type.MultiPolygon)

    def _write(
        self,
        name: str,
        fields: list[Field],
        frames: Iterable[pd.DataFrame],
        as_wkb: _AsWkb | None,
        kind: QgsWkbTypes.Type,
    ) -> dict[str, str]:
        crs = QgsCoordinateReferenceSystem("EPSG:4326") if as_wkb is not None else QgsCoordinateReferenceSystem()
        qfields = qgis_fields(fields)
        sink, destination = self._algorithm.parameterAsSink(self._parameters, name, self._context, qfields, kind, crs)
        if sink is None:
            if not self.wants(name):
                return {}
            raise QgsProcessingException(self._algorithm.invalidSinkError(self._parameters, name))
        shapeless = 0
        for frame in frames:
            self._add(sink, frame, fields, as_wkb, name)
            shapeless += int(frame.geometry.isna().sum()) if as_wkb is _as_multipolygons else 0
        del sink  # which closes the file
        check_whole(destination, name)
        tell_lost(destination, shapeless, name, self._feedback)
        return {name: destination}

    def _add(
        self, sink: QgsFeatureSink, frame: pd.DataFrame, fields: list[Field], as_wkb: _AsWkb | None, name: str
    ) -> None:
        for begin in range(0, len(frame), _BATCH):
            if self._feedback.isCanceled():
                raise Cancelled
            # A part at a time: the rows of a million as Python's objects would need more memory than all the rest.
            add(sink, _features(frame.iloc[begin : begin + _BATCH], fields, as_wkb), name)
            self._progress(min(begin + _BATCH, len(frame)) / len(frame))


def tell_lost(destination: str, shapeless: int, name: str, feedback: QgsProcessingFeedback) -> None:
    """Say how many rows are not in the file: GDAL leaves out of a FlatGeobuf what has no shape, and says nothing."""
    if shapeless and destination.lower().endswith(".fgb"):
        text = tr("{n} rows of {name} have no shape, and FlatGeobuf leaves them out. Choose .gpkg to keep them.")
        feedback.pushWarning(text.format(n=shapeless, name=name))


def check_whole(destination: str, name: str) -> None:
    """Raise QgsProcessingException where a text file lacks its end: of a full disk GDAL says nothing then."""
    path = Path(destination)
    end = _ENDS.get(path.suffix.lower())
    if end is None or not path.is_file():
        return
    with path.open("rb") as stream:
        stream.seek(max(path.stat().st_size - _TAIL, 0))
        tail = stream.read()
    if tail.endswith(end) or tail.rstrip().endswith(end):
        return
    path.unlink()
    text = tr("{name} could not be written whole to {path}. Is the disk full? Choose another place and run again.")
    raise QgsProcessingException(text.format(name=name, path=path))


def add(sink: QgsFeatureSink, features: list[QgsFeature], name: str) -> None:
    """Add features to a sink, or say that they could not be written."""
    if not sink.addFeatures(features, QgsFeatureSink.Flag.FastInsert):
        text = tr(
            "{name} could not be written ({reason}). Is the disk full, or the file open in another program? Choose "
            "another place and run again."
        )
        raise QgsProcessingException(text.format(name=name, reason=sink.lastError() or tr("no reason given")))


def _features(part: pd.DataFrame, fields: list[Field], as_wkb: _AsWkb | None) -> list[QgsFeature]:
    shapes = as_wkb(part) if as_wkb is not None else repeat(None)
    features = []
    for row, wkb in zip(attribute_rows(part, fields), shapes):
        feature = QgsFeature()
        feature.setAttributes(row)
        if wkb is not None:
            geometry = QgsGeometry()
            geometry.fromWkb(wkb)
            feature.setGeometry(geometry)
        features.append(feature)
    return features


def _as_points(frame: pd.DataFrame) -> np.ndarray:
    """Return the WKB of each row's ``lon`` and ``lat``."""
    import shapely

    return shapely.to_wkb(shapely.points(frame["lon"].to_numpy(), frame["lat"].to_numpy()))


def _as_multipolygons(frame: gpd.GeoDataFrame) -> np.ndarray:
    """Return each geometry's polygons as the WKB of one multipolygon, None where there is no geometry."""
    import numpy as np
    import shapely

    geometry = frame.geometry.to_numpy()
    wkb = shapely.to_wkb(geometry, byte_order=1)
    kind = shapely.get_type_id(geometry)
    single = kind == shapely.GeometryType.POLYGON
    # The WKB of a multipolygon of one is that of the polygon with a head before it.
    wkb[single] = [_MULTIPOLYGON_OF_ONE + polygon for polygon in wkb[single]]
    others = np.flatnonzero(~single & (kind != shapely.GeometryType.MULTIPOLYGON) & ~shapely.is_missing(geometry))
    if len(others):
        wkb[others] = shapely.to_wkb(_polygons_alone(geometry[others]))
    return wkb


def _polygons_alone(collections: np.ndarray) -> np.ndarray:
    """Return the polygons of each collection, as repaired units may be: lines and points cover no ground."""
    import numpy as np
    import shapely

    parts, index = shapely.get_parts(collections, return_index=True)
    inner, outer = shapely.get_parts(parts, return_index=True)
    area = shapely.get_type_id(inner) == shapely.GeometryType.POLYGON
    multi = np.full(len(collections), shapely.MultiPolygon(), dtype=object)
    if area.any():
        shapely.multipolygons(inner[area], indices=index[outer][area], out=multi)
    return multi
