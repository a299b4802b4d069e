"""Which tanks stand inside a polygon: by shapely, or by QGIS's own prepared geometry where shapely is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qgis.core import QgsGeometry, QgsPoint

from ...analysis.progress import Cancelled
from ..background import IsCancelled

if TYPE_CHECKING:
    import numpy as np

_PART = 50_000
# x and y of points -> which of them a polygon holds.
Holds = Callable[["np.ndarray", "np.ndarray"], "np.ndarray | list[bool]"]


def inside(polygon: QgsGeometry, x: np.ndarray, y: np.ndarray, is_cancelled: IsCancelled) -> np.ndarray:
    """Return which points (in the polygon's CRS; NaN is nowhere) lie in the polygon or on its border: a bool array."""
    import numpy as np

    box = polygon.boundingBox()
    near = (x >= box.xMinimum()) & (x <= box.xMaximum()) & (y >= box.yMinimum()) & (y <= box.yMaximum())
    within, rows = np.zeros(len(x), dtype=bool), np.flatnonzero(near)
    if not len(rows):
        return within
    usable = polygon if polygon.isGeosValid() else polygon.makeValid()
    holds = _by_shapely(usable) or _by_qgis(usable)
    for begin in range(0, len(rows), _PART):
        if is_cancelled():
            raise Cancelled
        some = rows[begin : begin + _PART]
        within[some] = holds(x[some], y[some])
    return within


def _by_shapely(polygon: QgsGeometry) -> Holds | None:
    try:
        import shapely

        intersects = shapely.intersects_xy  # of shapely 2
    except (ImportError, AttributeError):
        return None
    prepared = shapely.from_wkb(bytes(polygon.asWkb()))
    shapely.prepare(prepared)
    return lambda x, y: intersects(prepared, x, y)


def _by_qgis(polygon: QgsGeometry) -> Holds:
    engine = QgsGeometry.createGeometryEngine(polygon.constGet())
    engine.prepareGeometry()

    def holds(x: np.ndarray, y: np.ndarray) -> list[bool]:
        return [engine.intersects(QgsPoint(*point)) for point in zip(x.tolist(), y.tolist())]

    return holds
