"""The cells of GDAL features as columns, each in its type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from osgeo import ogr

_WHOLE, _REAL, _DATE, _TEXT = "whole", "real", "date", "text"
_KINDS = {
    ogr.OFTInteger: _WHOLE,
    ogr.OFTInteger64: _WHOLE,
    ogr.OFTReal: _REAL,
    ogr.OFTDate: _DATE,
    ogr.OFTDateTime: _DATE,
}


@dataclass(frozen=True)
class ColumnReader:
    """How one column is read from a feature: None where the cell is NULL."""

    name: str
    kind: str
    read: Callable[[ogr.Feature], object]


def column_readers(definition: ogr.FeatureDefn) -> list[ColumnReader]:
    """Return a reader for each column of a layer."""
    fields = [definition.GetFieldDefn(index) for index in range(definition.GetFieldCount())]
    names = unique_names([decode(field.GetName()) for field in fields])
    return [_reader(index, field, name) for index, (field, name) in enumerate(zip(fields, names))]


def unique_names(names: Sequence[str]) -> list[str]:
    """Return names of columns, those that stand before with a number, as pandas gives it: note, note.1."""
    taken, unique = set(names), []
    for number, name in enumerate(names):
        free = (f"{name}.{count}" for count in range(1, len(names) + 1))
        unique.append(next(other for other in free if other not in taken) if name in names[:number] else name)
        taken.add(unique[-1])
    return unique


def _reader(index: int, field: ogr.FieldDefn, name: str) -> ColumnReader:
    kind = _KINDS.get(field.GetType(), _TEXT)
    getter = {
        _WHOLE: ogr.Feature.GetFieldAsInteger64,
        _REAL: ogr.Feature.GetFieldAsDouble,
    }.get(kind, ogr.Feature.GetFieldAsString)
    shared: dict[object, object] = {}

    def read(feature: ogr.Feature) -> object:
        if not feature.IsFieldSetAndNotNull(index):
            return None
        value = getter(feature, index)
        # Equal texts share one object: a million rows of few words cost little memory.
        return shared.setdefault(value, value) if kind == _TEXT else value

    return ColumnReader(name, kind, read)


def to_series(cells: list[object], kind: str) -> pd.Series:
    """Return cells as a column: Int64 (int64 without gaps), float64, datetime64[ns], or text with None."""
    if kind == _WHOLE:
        gaps = any(cell is None for cell in cells)
        return pd.Series(cells, dtype="Int64" if gaps else "int64")
    if kind == _REAL:
        return pd.Series(cells, dtype="float64")
    texts = pd.Series([decode(cell) for cell in cells], dtype=object)
    return _dates(texts) if kind == _DATE else texts


def _dates(texts: pd.Series) -> pd.Series:
    """Return GDAL's 2021/03/14 05:30:00+00 as datetimes; years beyond what pandas holds leave the column as text."""
    days = pd.to_datetime(texts.str.slice(0, 10), format="%Y/%m/%d", errors="coerce")
    times = texts.str.extract(r" (\d\d:\d\d:\d\d)", expand=False)
    whole = (days + pd.to_timedelta(times.fillna("00:00:00"))).astype("datetime64[ns]")
    return whole if whole.notna().equals(texts.notna()) else texts


def decode(cell: Any) -> Any:
    """Return text; bytes that are no UTF-8 are read as cp1252, as USGS's older files are written."""
    try:
        # GDAL hands over what it could not decode in the guise of text.
        raw = cell if isinstance(cell, bytes) else cell.encode("utf-8", "surrogateescape")
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
    except (AttributeError, UnicodeEncodeError):
        return cell
