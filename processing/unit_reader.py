"""Units from a Processing source: polygons in degrees, with the columns of the units table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsWkbTypes,
)

from ..analysis.fields import UNITS as UNIT_FIELDS
from ..translation import tr

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np

    from ..analysis.units import Placement
    from .base import LeachwatchAlgorithm

UNITS = "UNITS"
_DEGREES = QgsCoordinateReferenceSystem("EPSG:4326")


def read_units(
    algorithm: LeachwatchAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> gpd.GeoDataFrame | None:
    """Return the units, ready to place tanks in, or None where no layer was chosen.

    Raises QgsProcessingException for a layer that holds no polygons, has no CRS or no column of names.
    """
    source = algorithm.parameterAsSource(parameters, UNITS, context)
    if source is None:
        if parameters.get(UNITS) in (None, ""):
            return None
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, UNITS))
    _check(source)
    from ..analysis.units import prepare

    units, repaired = prepare(_read(source, context, feedback))
    if repaired:
        feedback.pushWarning(
            tr("{n} of the polygons of {name} cross themselves or overlap in parts: they were repaired.").format(
                n=repaired, name=source.sourceName()
            )
        )
    if len(units) == 0:
        feedback.pushWarning(tr("{name} holds no units: every tank is outside.").format(name=source.sourceName()))
    return units


def place_tanks(
    lon: np.ndarray, lat: np.ndarray, units: gpd.GeoDataFrame, feedback: QgsProcessingFeedback
) -> Placement:
    """Return which unit each tank stands in; say how many stand outside all, or in more than one."""
    from ..analysis.units import place

    placement = place(lon, lat, units)
    if placement.in_several:
        feedback.pushWarning(
            tr(
                "{n} tanks stand in more than one unit or on a border: each is counted once, in the unit whose code "
                "comes first."
            ).format(n=placement.in_several)
        )
    outside = int((placement.unit_of_tank < 0).sum())
    feedback.pushInfo(tr("{n} of {all} tanks stand outside all units.").format(n=outside, all=len(lon)))
    return placement


def _check(source: QgsProcessingFeatureSource) -> None:
    name = source.sourceName()
    if QgsWkbTypes.geometryType(source.wkbType()) != QgsWkbTypes.GeometryType.PolygonGeometry:
        kind = QgsWkbTypes.displayString(source.wkbType())
        raise QgsProcessingException(
            tr("{name} holds no polygons but {kind}. Choose a layer of units.").format(name=name, kind=kind)
        )
    if not source.sourceCrs().isValid():
        raise QgsProcessingException(
            tr("{name} has no CRS. Set it (Layer › Set CRS of Layer(s)) and run again.").format(name=name)
        )
    if not {"unit_code", "unit_name"} & set(source.fields().names()):
        raise QgsProcessingException(
            tr(
                "{name} has neither a field unit_code nor unit_name (its fields: {fields}). "
                "Bring the file in with the algorithm Load townships, which recognises the usual columns."
            ).format(name=name, fields=", ".join(source.fields().names()) or "none")
        )


def _read(
    source: QgsProcessingFeatureSource, context: QgsProcessingContext, feedback: QgsProcessingFeedback
) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import shapely

    present = set(source.fields().names())
    names = [field.name for field in UNIT_FIELDS]
    request = QgsFeatureRequest().setDestinationCrs(_DEGREES, context.transformContext())
    columns: dict[str, list] = {name: [] for name in names}
    wkb: list[bytes | None] = []
    for feature in source.getFeatures(request):
        if feedback.isCanceled():
            break
        geometry = feature.geometry()
        wkb.append(None if geometry.isNull() or geometry.isEmpty() else bytes(geometry.asWkb()))
        for name in names:
            value = feature[name] if name in present else None
            columns[name].append(None if value is None or value != value or str(value) == "NULL" else value)
    polygons = shapely.force_2d(shapely.from_wkb(wkb)) if wkb else []
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(polygons, crs="EPSG:4326"))
