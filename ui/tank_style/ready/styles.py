"""Ready styles for layers of sites and of units: what the plugin's own algorithms write, and plain units."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from qgis.core import (
    QgsFeatureRenderer,
    QgsFeatureRequest,
    QgsGraduatedSymbolRenderer,
    QgsMapLayer,
    QgsRendererRange,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ....translation import tr
from .classes import NOT_KNOWN
from .measures import Measure, measures
from .symbols import fill

_STYLES = Path(__file__).resolve().parents[3] / "resources" / "styles"
# The breaks are those of so many features; the outermost classes have no end, so that all are drawn.
MOST_READ = 5_000


class ReadyStyle(NamedTuple):
    """A style that fits a layer. ``name`` is that of the named style (in no language), ``explanation`` is for people.

    ``renderer`` makes it for a layer; it reads up to ``MOST_READ`` features to find sensible breaks.
    """

    name: str
    explanation: str
    renderer: Callable[[QgsVectorLayer], QgsFeatureRenderer]


def is_site_layer(layer: QgsMapLayer | None) -> bool:
    """Return whether these are polygons of sites with their tanks, as our algorithms write them."""
    names = _field_names(layer)
    return "site_id" in names and bool(names & {"tanks", "tanks_end", "change_class"})


def is_unit_layer(layer: QgsMapLayer | None) -> bool:
    """Return whether these are polygons of units, known by code or name (and not ground that sites gained or lost)."""
    names = _field_names(layer)
    return "site_id" not in names and bool(names & {"unit_code", "unit_name"})


def ready_styles(layer: QgsVectorLayer) -> list[ReadyStyle]:
    """Return the styles for which the layer has the fields, the most telling first."""
    sites, names = is_site_layer(layer), _field_names(layer)
    if not sites and not is_unit_layer(layer):
        return []
    found = []
    if sites and "change_class" in names:
        explanation = tr("Sites by what became of them: new, expanded, stable, contracted, abandoned or gone.")
        found.append(ReadyStyle("Leachwatch: change class", explanation, lambda _: _shipped("site_expansion")))
    found += [_graduated(one, sites) for one in measures(names) if set(one.fields) <= names]
    if not sites:
        explanation = tr("Outlines alone, so that what lies below is seen.")
        found.append(ReadyStyle("Leachwatch: outlines", explanation, lambda _: _shipped("units")))
    return found


def _graduated(measure: Measure, sites: bool) -> ReadyStyle:
    def renderer(layer: QgsVectorLayer) -> QgsFeatureRenderer:
        rows = _rows(layer, [*measure.fields, *measure.years, "counting"])
        told = {row[len(measure.fields) : -1] for row in rows}
        years = _one({_years(years) for years in told}, tr("each year"))
        what = measure.amount(years, _one({row[-1] for row in rows}, ""))
        classes = measure.classes(_numbers(measure, rows), what)
        ranges = [QgsRendererRange(c.lower, c.upper, fill(c, measure.colours, sites), c.label) for c in classes]
        return QgsGraduatedSymbolRenderer(f"coalesce({measure.expression}, {NOT_KNOWN:.0f})", ranges)

    return ReadyStyle(measure.name, measure.explanation, renderer)


def _numbers(measure: Measure, rows: list[tuple]) -> list[float]:
    """Return what the expression gives where it is known: one field, or one less another."""
    found = []
    for row in rows:
        values = row[: len(measure.fields)]
        if all(isinstance(value, (int, float)) for value in values):
            found.append(float(values[0]) - sum(map(float, values[1:])))
    return found


def _rows(layer: QgsVectorLayer, names: list[str]) -> list[tuple]:
    """Return these fields of the first features; None for a field that is not there."""
    at = [layer.fields().lookupField(name) for name in names]
    request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry).setLimit(MOST_READ)
    request.setSubsetOfAttributes([index for index in at if index >= 0])
    rows = (feature.attributes() for feature in layer.getFeatures(request))
    return [tuple(_known(row[index]) if index >= 0 else None for index in at) for row in rows]


def _known(value: object) -> object:
    """Return a finite number or a text; None for everything else, NULL among it."""
    if isinstance(value, (int, float)):
        return value if math.isfinite(value) else None
    return value if isinstance(value, str) else None


def _years(values: tuple) -> str:
    """Return a year, or two as a period; nothing where one is not known."""
    known = [f"{value:.0f}" for value in values if isinstance(value, (int, float))]
    return "–".join(known) if len(known) == len(values) else ""


def _one(different: set, several: str) -> str:
    """Return the only value that there is, or what is said where there are several."""
    return str(next(iter(different)) or "") if len(different) == 1 else several if different else ""


def _shipped(name: str) -> QgsFeatureRenderer:
    """Return the renderer of a style that comes with the plugin."""
    layer = QgsVectorLayer("Polygon?field=change_class:string", name, "memory")
    message, loaded = layer.loadNamedStyle(str(_STYLES / f"{name}.qml"), False, QgsMapLayer.StyleCategory.Symbology)
    if not loaded:
        raise RuntimeError(message)
    return layer.renderer().clone()


def _field_names(layer: QgsMapLayer | None) -> set[str]:
    """Return the fields of a polygon layer; none for any other."""
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        return set()
    if layer.geometryType() != QgsWkbTypes.GeometryType.PolygonGeometry:
        return set()
    return {field.name() for field in layer.fields()}
