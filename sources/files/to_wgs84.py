"""Coordinates of any CRS moved to EPSG:4326 by GDAL, many at once."""

from __future__ import annotations

import struct

import numpy as np
from osgeo import gdal, ogr, osr

from ..errors import SourceError

_BATCH = 100_000
_LINE_HEADER = struct.Struct("<BII")


def moved(x: np.ndarray, y: np.ndarray, srs: osr.SpatialReference) -> tuple[np.ndarray, np.ndarray]:
    """Return longitude and latitude of coordinates in a CRS; infinite where they lie beyond it.

    Raises SourceError for a CRS that is damaged or leads nowhere.
    """
    transformation = _transformation(srs)
    xy = np.column_stack([x, y]).astype("<f8")
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        for start in range(0, len(xy), _BATCH):
            batch = xy[start : start + _BATCH]
            moved = _move_line(transformation, batch)
            xy[start : start + _BATCH] = _move_points(transformation, batch) if moved is None else moved
    finally:
        gdal.PopErrorHandler()
    return xy[:, 0], xy[:, 1]


def _transformation(srs: osr.SpatialReference) -> osr.CoordinateTransformation:
    try:
        found = osr.CreateCoordinateTransformation(srs, wgs84())
    except RuntimeError:  # somebody has switched on OSR's exceptions
        found = None
    if found is None:
        raise SourceError(
            f"The CRS “{srs.GetName()}” is damaged, or has no known way to degrees. Set the right CRS in QGIS, save "
            "the layer, and load the saved file."
        )
    return found


def _move_line(transformation: osr.CoordinateTransformation, xy: np.ndarray) -> np.ndarray | None:
    """Return points moved as the corners of one line, ten times as fast as a list; None where some cannot be moved."""
    line = ogr.CreateGeometryFromWkb(_LINE_HEADER.pack(1, ogr.wkbLineString, len(xy)) + xy.tobytes())
    try:
        if line.Transform(transformation) != 0:
            return None
    except RuntimeError:  # somebody has switched on OGR's exceptions
        return None
    return np.frombuffer(bytes(line.ExportToWkb(ogr.wkbNDR)), "<f8", offset=_LINE_HEADER.size).reshape(-1, 2)


def _move_points(transformation: osr.CoordinateTransformation, xy: np.ndarray) -> np.ndarray:
    points = xy.tolist()
    try:
        moved = transformation.TransformPoints(points)
    except RuntimeError:
        # Somebody has switched on OSR's exceptions, and some point lies beyond the CRS: the others still count.
        moved = [_move_one(transformation, point) for point in points]
    return np.array(moved, dtype=float).reshape(-1, 3)[:, :2]


def _move_one(transformation: osr.CoordinateTransformation, point: list[float]) -> tuple[float, ...]:
    try:
        return transformation.TransformPoint(*point)
    except RuntimeError:
        return np.inf, np.inf, np.inf


def wgs84() -> osr.SpatialReference:
    """Return EPSG:4326, longitude first."""
    srs = osr.SpatialReference()
    srs.SetWellKnownGeogCS("WGS84")
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return srs
