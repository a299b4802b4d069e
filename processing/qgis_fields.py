"""QGIS's fields and values from the tables' own, on every version of QGIS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsField, QgsFields
from qgis.PyQt.QtCore import QDate, QMetaType, QVariant

from ..analysis.fields import SOURCE_PREFIX, Field, Kind

if TYPE_CHECKING:
    import pandas as pd

# QgsField takes QMetaType from 3.38 on, where QVariant.Type begins to leave.
if Qgis.QGIS_VERSION_INT >= 33800:
    _TYPES = {
        Kind.TEXT: QMetaType.Type.QString,
        Kind.WHOLE: QMetaType.Type.Int,
        Kind.REAL: QMetaType.Type.Double,
        Kind.DATE: QMetaType.Type.QDate,
    }
else:
    _TYPES = {
        Kind.TEXT: QVariant.Type.String,
        Kind.WHOLE: QVariant.Type.Int,
        Kind.REAL: QVariant.Type.Double,
        Kind.DATE: QVariant.Type.Date,
    }


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
    return {"i": Kind.WHOLE, "u": Kind.WHOLE, "f": Kind.REAL, "M": Kind.DATE}.get(column.dtype.kind, Kind.TEXT)


def attribute_rows(frame: pd.DataFrame, fields: list[Field]) -> list[tuple[Any, ...]]:
    """Return the rows as QGIS takes them: None where not known, QDate for dates."""
    return list(zip(*(_values(frame[field.name], field.kind) for field in fields)))


def _values(column: pd.Series, kind: Kind) -> list[Any]:
    known = column.notna().to_numpy()
    values = column.tolist()
    if kind is Kind.DATE:
        dates = column.to_numpy("datetime64[D]").tolist()
        return [QDate(day) if day is not None else None for day in dates]
    convert = {Kind.WHOLE: int, Kind.REAL: float, Kind.TEXT: str}[kind]
    return [convert(value) if there else None for value, there in zip(values, known)]
