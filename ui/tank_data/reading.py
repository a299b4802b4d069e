"""Reads a layer's tanks in a thread: only the columns that are needed, by the fastest way that the layer allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer

from ...analysis.progress import Progress
from ...analysis.selection.columns import TankColumns
from ..background import IsCancelled, Work

if TYPE_CHECKING:
    from ...analysis.selection.table import TankTable


def reading_of(layer: QgsVectorLayer, columns: TankColumns, own: str) -> Work:
    """Return the work that reads the layer's tanks under the user's own filter. Call it in the main thread."""

    def work(is_cancelled: IsCancelled, progress: Progress) -> TankTable:
        raise NotImplementedError

    return work
