"""Rows by the batch: GDAL's Arrow stream of point layers and tables, for the forms in which millions come."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import shapely
from osgeo import gdal, ogr

from ...analysis.progress import Cancelled
from .cells import decode
from .text_column import TextColumn

_ROWS_AT_ONCE = 20_000
# A batch holds its texts as wide as the longest of them.
_WIDEST_TEXT = 2_000
_GEOMETRIES = (ogr.wkbNone, ogr.wkbPoint)
_GEOMETRY = "wkb_geometry"
_PLAIN = (ogr.OFTInteger, ogr.OFTInteger64, ogr.OFTReal, ogr.OFTString, ogr.OFTDate)


class NotServed(Exception):
    """The layer is not for this way of reading; feature by feature gives the same."""


def read(dataset: gdal.Dataset, layer: ogr.Layer, is_cancelled: Callable[[], bool]) -> tuple[pd.DataFrame, np.ndarray]:
    """Return a layer's table and its points (shapely, None where there is none). Raises NotServed, Cancelled."""
    fields = _fields(dataset, layer)
    names = [field.GetName() for field in fields]
    columns = {field.GetName(): _Column(field.GetType()) for field in fields}
    points: list[np.ndarray] = []
    geometry = layer.GetGeometryColumn() or _GEOMETRY
    for batch in layer.GetArrowStreamAsNumPy(["INCLUDE_FID=NO", f"MAX_FEATURES_IN_BATCH={_ROWS_AT_ONCE}"]):
        if is_cancelled():
            raise Cancelled
        for name in names:
            columns[name].take(batch[name])
        if geometry in batch:
            points.append(_points(batch[geometry]))
    table = pd.DataFrame({name: columns.pop(name).finish() for name in names}, copy=False)
    return table, np.concatenate([*points, np.empty(0, dtype=object)]) if points else np.full(len(table), None)


def _fields(dataset: gdal.Dataset, layer: ogr.Layer) -> list[ogr.FieldDefn]:
    definition = layer.GetLayerDefn()
    fields = [definition.GetFieldDefn(index) for index in range(definition.GetFieldCount())]
    serves = (
        hasattr(layer, "GetArrowStreamAsNumPy")
        and fields
        and all(field.GetType() in _PLAIN and _is_utf8(field.GetName()) for field in fields)
        and len({field.GetName() for field in fields} | {layer.GetGeometryColumn() or _GEOMETRY}) == len(fields) + 1
        and ogr.GT_Flatten(layer.GetGeomType()) in _GEOMETRIES
        and _is_short(dataset, layer, fields)
    )
    if not serves:
        raise NotServed
    return fields


def _is_utf8(name: str | bytes) -> bool:
    """Return whether a column's name can be a key of a batch: with another, GDAL ends the process."""
    try:
        return isinstance(name, str) and bool(name.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _is_short(dataset: gdal.Dataset, layer: ogr.Layer, fields: list[ogr.FieldDefn]) -> bool:
    driver = dataset.GetDriver().ShortName
    if driver == "ESRI Shapefile":
        return True
    texts = [field.GetName() for field in fields if field.GetType() == ogr.OFTString]
    return driver == "GPKG" and texts_are_short(dataset, layer, texts)


def texts_are_short(dataset: gdal.Dataset, layer: ogr.Layer, columns: list[str]) -> bool:
    """Return whether a GeoPackage's texts are such that a batch fits in memory. Raises NotServed."""
    if not columns:
        return True
    longest = ", ".join(f"max(length(CAST({_quoted(name)} AS BLOB)))" for name in columns)
    found = dataset.ExecuteSQL(" ".join(["SELECT", longest, "FROM", _quoted(layer.GetName())]))
    if found is None:
        raise NotServed
    feature = found.GetNextFeature()
    widest = max((feature.GetFieldAsInteger64(index) for index in range(len(columns))), default=0) if feature else 0
    dataset.ReleaseResultSet(found)
    return widest <= _WIDEST_TEXT


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _points(wkb: np.ndarray) -> np.ndarray:
    points = shapely.from_wkb(np.asarray(wkb, dtype=object), on_invalid="ignore")
    if shapely.has_z(points).any():
        points = shapely.force_2d(points)
    points[shapely.is_empty(points)] = None
    return points


class _Column:
    """One column, batch by batch."""

    def __init__(self, kind: int) -> None:
        self._is_text = kind == ogr.OFTString
        self._kind = kind
        self._texts = TextColumn()
        self._parts: list[np.ma.MaskedArray] = []

    def take(self, values: np.ndarray) -> None:
        """Add a batch: text as bytes, dates as datetime64, numbers; masked where there is no value."""
        if not self._is_text:
            self._parts.append(np.ma.masked_array(values))
            return
        codes, uniques = pd.factorize(np.ma.getdata(values))
        codes[np.ma.getmaskarray(values)] = -1
        self._texts.take(codes, [decode(bytes(text)) for text in uniques])

    def finish(self) -> pd.Series:
        """Return the column as ``cells.to_series`` gives it."""
        if self._is_text:
            return pd.Series(self._texts.finish(), dtype=object)
        values = np.ma.concatenate(self._parts) if self._parts else np.ma.masked_array(np.empty(0))
        self._parts.clear()
        gaps = np.ma.getmaskarray(values)
        if self._kind == ogr.OFTDate:
            return pd.Series(np.where(gaps, np.datetime64("NaT"), values.data.astype("datetime64[ns]")))
        if self._kind == ogr.OFTReal:
            return pd.Series(np.where(gaps, np.nan, values.data).astype("float64"))
        whole = values.data.astype("int64")
        return pd.Series(pd.arrays.IntegerArray(whole, gaps)) if gaps.any() else pd.Series(whole)
