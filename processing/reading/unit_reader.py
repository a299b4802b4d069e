"""Units from a Processing source: polygons in degrees, with the columns of the units table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsWkbTypes,
)

from ...analysis.fields import UNITS as UNIT_FIELDS
from ...analysis.fields import find_columns
from ...analysis.progress import Cancelled
from ...translation import tr
from ..base import progress_of
from ..parameters.checks import is_empty
from ..parameters.sites import UNITS
from .feature_source import NO_CHECK, open_source

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np

    from ...analysis.units.placement import Placement
    from ..base import LeachwatchAlgorithm

UNIT_COLUMNS = [field.name for field in UNIT_FIELDS]
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
    if is_empty(parameters.get(UNITS)):
        return None
    source = open_units(algorithm, parameters, context)
    found = find_columns(source.fields().names(), UNIT_COLUMNS)
    if not {"unit_code", "unit_name"} & set(found):
        raise QgsProcessingException(_without_names(source))
    return prepared(source, found, context, feedback)


def open_units(
    algorithm: LeachwatchAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> QgsProcessingFeatureSource:
    """Return the layer of units. Raises QgsProcessingException where it holds no polygons or has no CRS."""
    source = open_source(algorithm, parameters, UNITS, context)
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
    return source


def prepared(
    source: QgsProcessingFeatureSource,
    found: dict[str, str],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> gpd.GeoDataFrame:
    """Return the units of a source, ready to place tanks in; ``found`` is our name of a column to the layer's."""
    from ...analysis.units.antimeridian import cut_at_antimeridian
    from ...analysis.units.placement import prepare

    columns, polygons = _read(source, found, context, feedback)
    polygons, across = cut_at_antimeridian(polygons)
    if across:
        feedback.pushInfo(tr("{n} units lie across the antimeridian: they were cut there.").format(n=across))
    units, repaired = prepare(_table(columns, polygons))
    _warn(units, repaired, source.sourceName(), feedback)
    return units


def place_tanks(
    lon: np.ndarray, lat: np.ndarray, units: gpd.GeoDataFrame, feedback: QgsProcessingFeedback
) -> Placement:
    """Return which unit each tank stands in; say how many stand outside all, or in more than one."""
    from ...analysis.units.placement import place

    placement = place(lon, lat, units, progress=progress_of(feedback, 0.0, 0.1))
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


def _warn(units: gpd.GeoDataFrame, repaired: int, name: str, feedback: QgsProcessingFeedback) -> None:
    if repaired:
        feedback.pushWarning(
            tr("{n} of the polygons of {name} cross themselves or overlap in parts: they were repaired.").format(
                n=repaired, name=name
            )
        )
    without = int(units.geometry.isna().sum())
    if without:
        feedback.pushWarning(
            tr(
                "{n} of the {all} units of {name} have no polygon that can be used (none, broken, or outside the "
                "world): they are listed, but no tank can stand in them."
            ).format(n=without, all=len(units), name=name)
        )
    if len(units) == 0:
        feedback.pushWarning(tr("{name} holds no units: every tank is outside.").format(name=name))


def _without_names(source: QgsProcessingFeatureSource) -> str:
    return tr(
        "{name} has neither a field unit_code nor unit_name (its fields: {fields}). "
        "Bring the file in with the algorithm Load townships, which recognises the usual columns."
    ).format(name=source.sourceName(), fields=", ".join(source.fields().names()) or "none")


def _read(
    source: QgsProcessingFeatureSource,
    found: dict[str, str],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> tuple[dict[str, list], np.ndarray]:
    """Return the columns (text) and the polygons (degrees), None where there is none that can be used."""
    from ...analysis.units.placement import usable_polygons

    where = {name: source.fields().indexFromName(column) for name, column in found.items()}
    request = QgsFeatureRequest().setDestinationCrs(_DEGREES, context.transformContext())
    request.setSubsetOfAttributes(list(where.values()))
    columns: dict[str, list] = {name: [] for name in found}
    wkb: list[bytes | None] = []
    for feature in source.getFeatures(request, NO_CHECK):
        if feedback.isCanceled():
            raise Cancelled
        wkb.append(_wkb(feature.geometry()))
        for name, index in where.items():
            columns[name].append(_text(feature[index]))
    return columns, usable_polygons(wkb)


def _table(columns: dict[str, list], polygons: np.ndarray) -> gpd.GeoDataFrame:
    import geopandas as gpd

    rows = len(polygons)
    every = {**{name: [None] * rows for name in UNIT_COLUMNS}, **columns}
    return gpd.GeoDataFrame(every, geometry=gpd.GeoSeries(polygons, crs="EPSG:4326"), dtype=object)


def _wkb(geometry: QgsGeometry) -> bytes | None:
    if geometry.isNull() or geometry.isEmpty():
        return None
    if QgsWkbTypes.isCurvedType(geometry.wkbType()):
        geometry.convertToStraightSegment()
    return bytes(geometry.asWkb())


def _text(value: Any) -> str | None:
    """Return an attribute as text, None where there is none. A code that was stored as 360728.0 is 360728."""
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return None
    if isinstance(value, float):
        return None if value != value else f"{value:.15g}"
    return str(value).strip() or None
