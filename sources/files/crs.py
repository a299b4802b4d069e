"""Any CRS to EPSG:4326, longitude first."""

from __future__ import annotations

import numpy as np
import shapely
from osgeo import osr

from ..errors import CrsMissing, SourceError


def to_degrees(geometry: np.ndarray, srs: osr.SpatialReference | None, where: str) -> tuple[np.ndarray, list[str]]:
    """Return geometries in EPSG:4326 and a note if they were moved; what cannot be moved gets infinite coordinates.

    Raises SourceError for a layer without a CRS: which one it has, only its maker knows.
    """
    if srs is None:
        raise CrsMissing(
            f"{where}: the layer has no CRS (for a shapefile, the .prj file is missing). "
            "Find out which CRS its coordinates are in, set it in QGIS, save the layer, and load the saved file."
        )
    degrees = _wgs84()
    if srs.IsSame(
        degrees, ["IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", "CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS"]
    ):
        return geometry, []
    if srs.IsLocal():
        raise SourceError(
            f"{where}: the CRS “{srs.GetName()}” is a local one, tied to no place on earth. Set the right CRS in QGIS."
        )
    transformation = osr.CoordinateTransformation(srs, degrees)

    def move(xy: np.ndarray) -> np.ndarray:
        try:
            moved = transformation.TransformPoints(xy.tolist())
        except RuntimeError:
            # Somebody has switched on OSR's exceptions, and some point lies beyond the CRS: the others still count.
            moved = [_move_one(transformation, point) for point in xy.tolist()]
        return np.array(moved, dtype=float).reshape(-1, 3)[:, :2]

    return shapely.transform(geometry, move), [f"Reprojected from {_name(srs)} to EPSG:4326."]


def _move_one(transformation: osr.CoordinateTransformation, point: list[float]) -> tuple[float, ...]:
    try:
        return transformation.TransformPoint(*point)
    except RuntimeError:
        return np.inf, np.inf, np.inf


def _wgs84() -> osr.SpatialReference:
    srs = osr.SpatialReference()
    srs.SetWellKnownGeogCS("WGS84")
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return srs


def _name(srs: osr.SpatialReference) -> str:
    authority, code = srs.GetAuthorityName(None), srs.GetAuthorityCode(None)
    return f"{authority}:{code}" if authority and code else srs.GetName() or "its CRS"
