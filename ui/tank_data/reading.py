"""Reads a layer's tanks in a thread: only the columns that are needed, by the fastest way that the layer allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from qgis.core import QgsVectorLayer

from ...analysis.progress import Cancelled, Progress
from ...analysis.selection.columns import TankColumns
from ...sources.errors import SourceError
from ...translation import tr
from ..background import IsCancelled, Work
from .feature_rows import FeatureRows
from .plain_files import PlainFile, missing_file, plain_file

if TYPE_CHECKING:
    import numpy as np

    from ...analysis.selection.coding import Raw
    from ...analysis.selection.table import TankTable

    Rows = tuple[np.ndarray, np.ndarray, np.ndarray, Mapping[str, Raw]]


class Tanks(NamedTuple):
    """What was read, and what of it the filter cannot use, for people ("" where nothing)."""

    table: TankTable
    problem: str


def reading_of(layer: QgsVectorLayer, columns: TankColumns, own: str, fast: bool = True) -> Work:
    """Return the work that reads the tanks under the user's own filter. Call it in the main thread.

    The work returns Tanks; None where the fast way does not serve, and ``fast=False`` is needed. Both raise SourceError
    where the layer cannot be read.
    """
    if not layer.isValid() or (lost := missing_file(layer)):
        raise SourceError(_lost(layer, "" if not layer.isValid() else lost))
    file = plain_file(layer, own) if fast else None
    rows = None if file else FeatureRows(layer, own, columns)

    def work(is_cancelled: IsCancelled, progress: Progress) -> Tanks | None:
        read = rows.read(is_cancelled, progress) if rows else _from_file(file, columns, own, is_cancelled, progress)
        return None if read is None else _tanks(columns, read, is_cancelled)

    return work


def _from_file(
    file: PlainFile | None, columns: TankColumns, own: str, is_cancelled: IsCancelled, progress: Progress
) -> Rows | None:
    try:
        from ...sources.files.arrow import NotServed
        from ...sources.files.arrow_points import read_points
    except ImportError:
        return None  # a GDAL that was built without Python, or without numpy

    def told(fraction: float) -> None:
        if is_cancelled():
            raise Cancelled
        progress(fraction)

    assert file is not None
    try:
        fids, x, y, read = read_points(file.path, file.layer, columns.names.values(), own, told)
    except NotServed:
        return None
    return fids, x, y, {role: read[name] for role, name in columns.names.items()}


def _tanks(columns: TankColumns, read: Rows, is_cancelled: IsCancelled) -> Tanks:
    from ...analysis.selection.table import table_of
    from .meanings import classes, unusable_dates

    fids, x, y, raw = read
    problem = unusable_dates(columns, raw)
    if is_cancelled():
        raise Cancelled
    table = table_of(columns, raw, fids, x, y, classes)
    _ = table.years, table.undated, table.odd_years, table.diameters  # made here, and not when the window asks
    return Tanks(table, problem)


def _lost(layer: QgsVectorLayer, path: str) -> str:
    if path:
        return tr(
            "The file of the layer “{layer}” is not there any more: {path}. Put it back, or name another one "
            "(right-click the layer › Change Data Source…)."
        ).format(layer=layer.name(), path=path)
    return tr(
        "The layer “{layer}” cannot be read: its file or server is not to be had. Repair its source "
        "(right-click the layer › Repair Data Source…)."
    ).format(layer=layer.name())
