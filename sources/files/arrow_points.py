"""The fast way to read points: chosen columns of a file's layer, by GDAL's Arrow stream, straight into arrays.

It sees the file, not a layer of QGIS: whatever that selects, joins or has not saved must be read another way.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, Union

import numpy as np
import pandas as pd
import shapely
from osgeo import gdal, ogr

from ...analysis.progress import Progress, silent
from .arrow import NotServed, texts_are_short
from .coded_text import CodedText, Words

# A column: numbers as they are (floats with NaN where some are missing), days as datetime64[D], text as Words.
Column = Union[np.ndarray, Words]
# What GDAL calls the number and the geometry of a row where the file has no names for them.
_ROW, _GEOMETRY = "OGC_FID", "wkb_geometry"
_PLAIN = {ogr.OFTString, ogr.OFTInteger, ogr.OFTInteger64, ogr.OFTReal, ogr.OFTDate, ogr.OFTDateTime}
# Of a million rows of text, more at once would keep the window of QGIS, which waits for its turn, for too long.
_ROWS_AT_ONCE = 10_000
# How the WKB of a point without Z begins, in the order of bytes that GDAL writes on such a machine.
_FLAT_POINT = b"\x01\x01\x00\x00\x00"
_NOWHERE = _FLAT_POINT + np.array([np.nan, np.nan]).tobytes()


def read_points(
    path: str, layer: str | int, columns: Iterable[str], where: str = "", progress: Progress = silent
) -> tuple[np.ndarray, np.ndarray, np.ndarray, dict[str, Column]]:
    """Return row numbers, x and y (NaN where there is no point) and the columns of a layer, given by name or number.

    ``where`` is a condition in the file's own SQL. Raises NotServed where another way must be taken, Cancelled.
    """
    try:
        return _read(path, layer, list(dict.fromkeys(columns)), where, progress)
    except (AttributeError, RuntimeError) as error:  # an older GDAL, or one built without numpy; GDAL's own exceptions
        raise NotServed(str(error)) from error


def _read(path: str, layer: str | int, columns: list[str], where: str, progress: Progress) -> Any:
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR)
    if dataset is None:
        raise NotServed(gdal.GetLastErrorMsg())
    table = dataset.GetLayerByName(layer) if isinstance(layer, str) else dataset.GetLayer(layer)
    if table is None:
        raise NotServed(f"no layer {layer}")
    fid, geometry, texts = _prepare(dataset, table, columns)
    total = table.GetFeatureCount(force=0)
    if where and table.SetAttributeFilter(where) != ogr.OGRERR_NONE:
        raise NotServed(gdal.GetLastErrorMsg())
    read: dict[str, _Column] = {name: _Column(name in texts) for name in columns}
    parts: list[tuple[np.ndarray, ...]] = []
    rows = 0
    for batch in table.GetArrowStreamAsNumPy(["USE_MASKED_ARRAYS=YES", f"MAX_FEATURES_IN_BATCH={_ROWS_AT_ONCE}"]):
        parts.append((np.array(batch[fid], dtype=np.int64), *coordinates(batch[geometry])))
        for name, column in read.items():
            column.take(batch[name])
        rows += len(parts[-1][0])
        progress(min(rows / total, 1.0) if total > 0 else 0.0)
    if not where and 0 <= total != rows:
        raise NotServed("fewer rows than the file says: a broken file ends the stream without a word")
    empty = (np.empty(0, dtype=np.int64), np.empty(0), np.empty(0))
    fids, x, y = (np.concatenate(some) for some in zip(*(parts or [empty])))
    return fids, x, y, {name: read.pop(name).finish() for name in columns}


def _prepare(dataset: gdal.Dataset, table: ogr.Layer, columns: list[str]) -> tuple[str, str, set[str]]:
    """Have only the columns read; return the names of row number and geometry, and which columns are text."""
    definition = table.GetLayerDefn()
    fields = [definition.GetFieldDefn(index) for index in range(definition.GetFieldCount())]
    types = {field.GetName(): field.GetType() for field in fields}
    fid, geometry = table.GetFIDColumn() or _ROW, table.GetGeometryColumn() or _GEOMETRY
    if {fid, geometry} & set(types) or not {types.get(column) for column in columns} <= _PLAIN:
        raise NotServed("a column that bears GDAL's own name, or of a type that Arrow and QGIS see differently")
    texts = [column for column in columns if types[column] == ogr.OFTString]
    if dataset.GetDriver().ShortName == "GPKG" and not texts_are_short(dataset, table, texts):
        raise NotServed("a text so long that a batch as wide as it would not fit in memory")
    table.SetIgnoredFields([name for name in types if name not in columns])
    return fid, geometry, set(texts)


def coordinates(wkb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y of points given as WKB, NaN where there is none."""
    flat = b"".join([_NOWHERE if point is None else point for point in wkb])
    if sys.byteorder == "little" and len(flat) == len(_NOWHERE) * len(wkb):
        rows = np.frombuffer(flat, dtype=np.uint8).reshape(-1, len(_NOWHERE))
        head, values = rows[:, : len(_FLAT_POINT)], rows[:, len(_FLAT_POINT) :]
        if (head == np.frombuffer(_FLAT_POINT, dtype=np.uint8)).all():
            x, y = np.ascontiguousarray(values).view("<f8").T
            return x, y
    points = shapely.from_wkb(np.asarray(wkb, dtype=object), on_invalid="ignore")
    points[shapely.is_empty(points)] = None
    return shapely.get_x(points), shapely.get_y(points)


class _Column:
    """One column, batch by batch."""

    def __init__(self, is_text: bool) -> None:
        self._text = CodedText() if is_text else None
        self._parts: list[np.ndarray] = []

    def take(self, values: np.ndarray) -> None:
        """Add a batch: masked where there is no value, text as bytes."""
        mask, data = np.ma.getmaskarray(values), np.ma.getdata(values)
        if self._text is not None:
            codes, words = pd.factorize(data)
            self._text.take(np.where(mask, -1, codes), [word.decode("utf-8", "replace") for word in words])
        elif data.dtype.kind == "M":
            self._parts.append(_days(np.where(mask, np.datetime64("NaT"), data)))
        elif mask.any():
            self._parts.append(np.where(mask, np.nan, data.astype(float)))
        else:
            self._parts.append(data.copy())

    def finish(self) -> Column:
        """Return the column; nothing remains here."""
        if self._text is not None:
            return self._text.finish()
        parts, self._parts = self._parts, []
        return np.concatenate(parts) if parts else np.empty(0)


def _days(moments: np.ndarray) -> np.ndarray:
    """Return moments as days. Arrow tells them in UTC, QGIS in the zone they were written in: hours are read slowly."""
    days = moments.astype("datetime64[D]")
    if (days != moments)[~np.isnat(moments)].any():
        raise NotServed("dates with hours")
    return days
