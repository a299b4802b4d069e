"""The tables of a report as CSV and XLSX: whole, for spreadsheets, and safe in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from qgis.core import QgsProcessingException

from ...analysis.progress import Cancelled
from ...analysis.spreadsheet import harmless
from ...translation import tr
from .content import Table

if TYPE_CHECKING:
    import pandas as pd
    from osgeo import ogr

_LONGEST_CELL = 32_000
# A workbook of more is made by nobody's program in reasonable time; the CSV holds them all.
MOST_SHEET_ROWS = 50_000
_EVERY = 2_000


def csv_bytes(table: Table) -> bytes:
    """Return the table as CSV: UTF-8 with a mark that Excel knows it by, ISO dates, nothing where not known."""
    return safe(table.frame).to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\r\n").encode("utf-8-sig")


def safe(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with an apostrophe before each text that a spreadsheet would take for a formula."""
    import pandas as pd

    columns = {}
    for number, name in enumerate(frame.columns):
        column = frame.iloc[:, number].reset_index(drop=True)
        if column.dtype.kind == "f" and (column.dropna() % 1 == 0).all() and column.abs().max() < 2**53:
            column = column.astype("Int64")
        elif column.dtype.kind not in "iufbM":
            column = column.map(harmless).astype(object)
        columns[harmless(str(name))] = column
    return pd.DataFrame(columns)


def xlsx_bytes(tables: list[Table], stopped: Callable[[], bool]) -> bytes:
    """Return a workbook with a sheet for each table; tables too long for one are left to their CSV."""
    from osgeo import gdal, ogr

    path = f"/vsimem/{uuid4().hex}.xlsx"
    driver = ogr.GetDriverByName("XLSX")
    if driver is None:
        raise QgsProcessingException(tr("This QGIS cannot write XLSX. Untick REPORT_TABLES and run again."))
    book = driver.CreateDataSource(path)
    try:
        for table in tables:
            if len(table.frame) <= MOST_SHEET_ROWS:
                _fill(book, table, stopped)
        book = None  # which writes it
        return _content(gdal, path)
    finally:
        book = None
        if gdal.VSIStatL(path) is not None:
            gdal.Unlink(path)


def _content(gdal: Any, path: str) -> bytes:
    """Return the bytes of a file in GDAL's memory."""
    size = gdal.VSIStatL(path).size
    file = gdal.VSIFOpenL(path, "rb")
    try:
        return bytes(gdal.VSIFReadL(1, size, file))
    finally:
        gdal.VSIFCloseL(file)


def _fill(book: ogr.DataSource, table: Table, stopped: Callable[[], bool]) -> None:
    from osgeo import ogr

    frame = safe(table.frame)
    sheet = book.CreateLayer(table.key, None, ogr.wkbNone)
    for name, dtype in frame.dtypes.items():
        kind = {"i": ogr.OFTInteger64, "u": ogr.OFTInteger64, "f": ogr.OFTReal, "M": ogr.OFTDate}.get(dtype.kind)
        sheet.CreateField(ogr.FieldDefn(name, ogr.OFTString if kind is None else kind))
    definition = sheet.GetLayerDefn()
    for number, row in enumerate(_rows(frame)):
        if number % _EVERY == 0 and stopped():
            raise Cancelled
        feature = ogr.Feature(definition)
        for index, value in row:
            if isinstance(value, date):
                feature.SetField(index, value.year, value.month, value.day, 0, 0, 0, 0)
            else:
                feature.SetField(index, value)
        sheet.CreateFeature(feature)


def _rows(frame: pd.DataFrame) -> Iterator[list[tuple[int, Any]]]:
    """Return (index, value) of what is known in each row, as GDAL takes it."""
    known = frame.notna().to_numpy()
    columns = [_values(frame.iloc[:, index]) for index in range(frame.shape[1])]
    for row, values in enumerate(zip(*columns)):
        yield [(index, value) for index, value in enumerate(values) if known[row, index]]


def _values(column: pd.Series) -> list[Any]:
    if column.dtype.kind in "iuf":
        return column.tolist()
    if column.dtype.kind == "M":
        return column.dt.date.tolist()
    return [str(value)[:_LONGEST_CELL] for value in column]
