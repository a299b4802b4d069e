"""QGIS's fields and values from the tables' own, on every version of QGIS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsField, QgsFields
from qgis.PyQt.QtCore import QDate, QDateTime, QMetaType, Qt, QVariant

from ...analysis.fields import SOURCE_PREFIX, Field, Kind

if TYPE_CHECKING:
    import pandas as pd

# QgsField takes QMetaType from 3.38 on, where QVariant.Type begins to leave.
if Qgis.QGIS_VERSION_INT >= 33800:
    _TYPES = {
        Kind.TEXT: QMetaType.Type.QString,
        Kind.WHOLE: QMetaType.Type.Int,
        Kind.LONG: QMetaType.Type.LongLong,
        Kind.REAL: QMetaType.Type.Double,
        Kind.DATE: QMetaType.Type.QDate,
        Kind.MOMENT: QMetaType.Type.QDateTime,
    }
else:
    _TYPES = {
        Kind.TEXT: QVariant.Type.String,
        Kind.WHOLE: QVariant.Type.Int,
        Kind.LONG: QVariant.Type.LongLong,
        Kind.REAL: QVariant.Type.Double,
        Kind.DATE: QVariant.Type.Date,
        Kind.MOMENT: QVariant.Type.DateTime,
    }


_LARGEST_INT = 2**31 - 1


def qgis_fields(fields: list[Field]) -> QgsFields:
    """Return QGIS's fields for a table's."""
    result = QgsFields()
    for field in fields:
        result.append(QgsField(field.name, _TYPES[field.kind]))
    return result


def with_source_columns(fields: list[Field], frame: pd.DataFrame) -> list[Field]:
    """Return the fields, then those of the source's own columns (``src_…``), each of the type that it holds."""
    own = [name for name in frame.columns if str(name).startswith(SOURCE_PREFIX)]
    return [*fields, *(Field(name, _kind(frame[name])) for name in own)]


def _kind(column: pd.Series) -> Kind:
    kind = column.dtype.kind
    if kind in "iu":
        known = column.dropna()
        return Kind.LONG if len(known) and known.abs().max() > _LARGEST_INT else Kind.WHOLE
    if kind == "M":
        return (
            Kind.DATE if column.isna().all() or (column.dt.normalize() == column)[column.notna()].all() else Kind.MOMENT
        )
    return Kind.REAL if kind == "f" else Kind.TEXT


def attribute_rows(frame: pd.DataFrame, fields: list[Field]) -> Iterator[list[Any]]:
    """Return the rows as QGIS takes them: None where not known, QDate for dates."""
    if not fields:
        return ([] for _ in range(len(frame)))
    return map(list, zip(*(_values(frame[field.name], field.kind) for field in fields)))


def _values(column: pd.Series, kind: Kind) -> Any:
    """Return a column's values. Those that repeat share one QVariant, which is Qt's to copy at next to no cost."""
    import numpy as np
    import pandas as pd

    if kind is Kind.REAL:
        return _each(column.tolist(), column.notna().tolist(), kind)
    codes, uniques = pd.factorize(column)
    if len(uniques) * 2 > len(column):
        return _each(column.tolist(), column.notna().tolist(), kind)
    convert = _conversions()[kind]
    shared = np.empty(len(uniques) + 1, dtype=object)
    shared[:-1] = [QVariant(convert(value)) for value in uniques.tolist()]
    # What is missing has the code −1: the last.
    shared[-1] = QVariant()
    return shared[codes]


def _each(values: list[Any], known: list[bool], kind: Kind) -> list[Any]:
    convert = _conversions()[kind]
    return [convert(value) if there else None for value, there in zip(values, known)]


def _conversions() -> dict[Kind, Callable[[Any], Any]]:
    return {Kind.TEXT: str, Kind.WHOLE: int, Kind.LONG: int, Kind.REAL: float, Kind.DATE: QDate, Kind.MOMENT: _moment}


def _moment(value: pd.Timestamp) -> QDateTime:
    return QDateTime.fromString(value.isoformat(timespec="seconds"), Qt.DateFormat.ISODate)
