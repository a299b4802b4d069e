"""The rows of a GDAL layer as a table and an array of geometries."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

import numpy as np
import pandas as pd
import shapely
from osgeo import gdal, ogr

from ...analysis.progress import Cancelled
from ..errors import SourceError
from . import arrow
from .cells import column_readers, to_series

_CANCEL_EVERY = 2_000


def read_rows(
    dataset: gdal.Dataset, layer: ogr.Layer, is_cancelled: Callable[[], bool], limit: int | None = None
) -> tuple[pd.DataFrame, np.ndarray, int]:
    """Return a layer's table, its geometries as they are (shapely, flat), and how many of these cannot be read.

    ``limit``: read no more than so many rows.
    """
    if limit is None:
        try:
            table, geometry = arrow.read(dataset, layer, is_cancelled)
            _refuse_breaks(layer)
            return table, geometry, 0
        except arrow.NotServed:
            pass
    table, wkb = _read_rows(layer, is_cancelled, limit)
    geometry, unreadable = _from_wkb(wkb)
    return table, geometry, unreadable


def _read_rows(
    layer: ogr.Layer, is_cancelled: Callable[[], bool], limit: int | None
) -> tuple[pd.DataFrame, np.ndarray]:
    readers = column_readers(layer.GetLayerDefn())
    cells: list[list[object]] = [[] for _ in readers]
    wkb: list[bytes | None] = []
    layer.ResetReading()
    for number, feature in enumerate(islice(layer, limit)):
        if number % _CANCEL_EVERY == 0:
            _stop_if(is_cancelled)
        for reader, column in zip(readers, cells):
            column.append(reader.read(feature))
        geometry = feature.GetGeometryRef()
        wkb.append(None if geometry is None or geometry.IsEmpty() else _flat_wkb(geometry))
    _refuse_breaks(layer)
    table = pd.DataFrame({reader.name: to_series(column, reader.kind) for reader, column in zip(readers, cells)})
    return table.reindex(range(len(wkb))), np.array([*wkb, None], dtype=object)[:-1]


def _refuse_breaks(layer: ogr.Layer) -> None:
    if gdal.GetLastErrorType() >= gdal.CE_Failure:
        raise SourceError(f"Layer {layer.GetName()} breaks off: {gdal.GetLastErrorMsg()}. Get the file again.")


def _flat_wkb(geometry: ogr.Geometry) -> bytes:
    if geometry.HasCurveGeometry(True):
        geometry = geometry.GetLinearGeometry()
    geometry.FlattenTo2D()
    return bytes(geometry.ExportToWkb())


def _from_wkb(wkb: np.ndarray) -> tuple[np.ndarray, int]:
    geometry = shapely.from_wkb(wkb, on_invalid="ignore")
    return geometry, int((shapely.is_missing(geometry) & (wkb != None)).sum())  # noqa: E711 (elementwise)


def _stop_if(is_cancelled: Callable[[], bool]) -> None:
    if is_cancelled():
        raise Cancelled
