"""What lies under a click: sites, then units, then the tank itself. The layers are read beside the window."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)

from ...analysis.progress import Cancelled
from ...analysis.selection.wanted import TankFilter
from ..background import IsCancelled
from ..tank_data.layers import columns_of
from ..tank_style.ready.styles import is_site_layer, is_unit_layer
from .subject import SITE, TANK, UNIT, Subject

if TYPE_CHECKING:
    from ...analysis.selection.table import TankTable

# Straight borders are bent by a change of CRS: vertices are added, so many on each stretch.
_VERTICES = 20


class Click(NamedTuple):
    """Where the map was clicked, and how far around (map units) a tank counts as hit."""

    place: QgsPointXY
    reach: float
    crs: QgsCoordinateReferenceSystem


class _Source(NamedTuple):
    """A layer that can be searched in a thread; ``to_tanks`` and ``to_layer``: from its CRS, and from the map's."""

    kind: str
    name: str
    features: QgsVectorLayerFeatureSource
    names: list[str]
    to_layer: QgsCoordinateTransform
    to_tanks: QgsCoordinateTransform
    layer_id: str


class Search:
    """Made in the main thread, run in another."""

    def __init__(self, click: Click, layers: Iterable[QgsMapLayer], tanks: QgsVectorLayer) -> None:
        """Search the visible ``layers`` in their order, sites before units; then the tank layer."""
        self._click = click
        polygons = [(SITE, one) for one in layers if is_site_layer(one)]
        polygons += [(UNIT, one) for one in layers if is_unit_layer(one)]
        self._polygons = [_source(kind, layer, click, tanks) for kind, layer in polygons]
        self._tanks = _source(TANK, tanks, click, tanks)
        self._columns = columns_of(tanks).names
        self.nothing_to_find = not polygons

    def run(self, table: TankTable, wanted: TankFilter, is_cancelled: IsCancelled) -> list[Subject]:
        """Return what is found; of the tanks, the nearest of those that the filter shows."""
        found = [subject for source in self._polygons for subject in _under(source, self._click, is_cancelled)]
        tank = self._tank(table, wanted)
        return [*found, tank] if tank else found

    def _tank(self, table: TankTable, wanted: TankFilter) -> Subject | None:
        import numpy as np

        from ...analysis.selection.mask import shown

        box = _reached(self._click, self._tanks.to_layer)
        if box is None:
            return None
        near = (np.abs(table.x - box.center().x()) <= box.width() / 2) & (
            np.abs(table.y - box.center().y()) <= box.height() / 2
        )
        rows = np.flatnonzero(near & shown(table, wanted)) if near.any() else np.empty(0, dtype=int)
        if not len(rows):
            return None
        off = np.hypot(
            (table.x[rows] - box.center().x()) / (box.width() or 1.0),
            (table.y[rows] - box.center().y()) / (box.height() or 1.0),
        )
        return self._read(int(table.fids[rows[off.argmin()]]))

    def _read(self, fid: int) -> Subject | None:
        for feature in self._tanks.features.getFeatures(QgsFeatureRequest(fid)):
            plain = _fields(feature, self._tanks.names)
            fields = {role: plain[name] for role, name in self._columns.items() if name in plain}
            crs = self._tanks.to_tanks.destinationCrs()
            return Subject(TANK, self._tanks.name, fields, feature.geometry(), crs, fid)
        return None


def _source(kind: str, layer: QgsVectorLayer, click: Click, tanks: QgsVectorLayer) -> _Source:
    project = QgsProject.instance()
    names = [field.name() for field in layer.fields()]
    to_layer = QgsCoordinateTransform(click.crs, layer.crs(), project)
    to_tanks = QgsCoordinateTransform(layer.crs(), tanks.crs(), project)
    return _Source(kind, layer.name(), QgsVectorLayerFeatureSource(layer), names, to_layer, to_tanks, layer.id())


def _under(source: _Source, click: Click, is_cancelled: IsCancelled) -> list[Subject]:
    """Return the polygons that hold the click."""
    try:
        place = source.to_layer.transform(click.place)
    except QgsCsException:
        return []
    point, found = QgsGeometry.fromPointXY(place), []
    around = QgsRectangle(place, place)
    around.grow(1e-9)
    for feature in source.features.getFeatures(QgsFeatureRequest().setFilterRect(around)):
        if is_cancelled():
            raise Cancelled
        if feature.geometry().intersects(point):
            found.append(_subject(feature, source))
    return [one for one in found if one is not None]


def _subject(feature: QgsFeature, source: _Source) -> Subject | None:
    """Return the feature with its polygon in the CRS of the tanks; None where that has no place there."""
    shape = feature.geometry()
    if source.to_tanks.isValid() and not source.to_tanks.isShortCircuited():
        shape = shape.densifyByCount(_VERTICES)
        try:
            shape.transform(source.to_tanks)
        except QgsCsException:
            return None
    fields, crs = _fields(feature, source.names), source.to_tanks.destinationCrs()
    return Subject(source.kind, source.name, fields, shape, crs, layer_id=source.layer_id)


def _fields(feature: QgsFeature, names: list[str]) -> dict[str, Any]:
    """Return what is known, by name."""
    pairs = zip(names, feature.attributes())
    return {name: value for name, value in pairs if value is not None and str(value) not in ("NULL", "")}


def _reached(click: Click, to_layer: QgsCoordinateTransform) -> QgsRectangle | None:
    around = QgsRectangle(click.place, click.place)
    around.grow(click.reach)
    try:
        return to_layer.transformBoundingBox(around)
    except QgsCsException:
        return None
