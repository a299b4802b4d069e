"""Positions in any CRS to longitude and latitude, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsLineString,
    QgsPointXY,
    QgsProcessingContext,
)

if TYPE_CHECKING:
    import numpy as np

_EPSG_4326 = "EPSG:4326"
# How near, in parts of its coordinates, a position must come back to where it was: a few metres in any CRS.
_NEAR = 1e-6


def to_degrees(
    x: np.ndarray, y: np.ndarray, crs: QgsCoordinateReferenceSystem, context: QgsProcessingContext
) -> tuple[np.ndarray, np.ndarray]:
    """Return longitude and latitude (WGS 84) of positions in any CRS, NaN where they have none."""
    import numpy as np

    if crs.authid() == _EPSG_4326:
        return x, y
    degrees, project = QgsCoordinateReferenceSystem(_EPSG_4326), context.transformContext()
    there = np.isfinite(x) & np.isfinite(y)
    lon, lat = _transform(x, y, there, QgsCoordinateTransform(crs, degrees, project))
    with np.errstate(invalid="ignore"):
        there = (np.abs(lon) <= 180) & (np.abs(lat) < 90)
    # Beyond its edge a projection goes on around the world: such a position does not come back to where it was.
    back_x, back_y = _transform(lon, lat, there, QgsCoordinateTransform(degrees, crs, project))
    with np.errstate(invalid="ignore"):
        strayed = ~(np.hypot(back_x - x, back_y - y) <= _NEAR * np.maximum(np.hypot(x, y), 1))
    lon[strayed], lat[strayed] = np.nan, np.nan
    return lon, lat


def _transform(
    x: np.ndarray, y: np.ndarray, there: np.ndarray, transform: QgsCoordinateTransform
) -> tuple[np.ndarray, np.ndarray]:
    """Return the positions transformed, NaN where they are not ``there`` or the projection cannot take them."""
    import numpy as np

    one, other = np.full(len(x), np.nan), np.full(len(x), np.nan)
    where = np.flatnonzero(there)
    if len(where) == 0:
        return one, other
    line = QgsLineString(x[where].tolist(), y[where].tolist())
    try:
        line.transform(transform)
        one[where], other[where] = np.frombuffer(bytes(line.asWkb())[9:], dtype="<f8").reshape(-1, 2).T
    except QgsCsException:
        # A position that the projection cannot take spoils the whole line: take them one by one.
        for index in where:
            one[index], other[index] = _transform_one(x[index], y[index], transform)
    return one, other


def _transform_one(x: float, y: float, transform: QgsCoordinateTransform) -> tuple[float, float]:
    try:
        point = transform.transform(QgsPointXY(x, y))
    except QgsCsException:
        return float("nan"), float("nan")
    return point.x(), point.y()
