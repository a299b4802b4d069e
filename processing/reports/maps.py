"""The maps of a report, drawn by QGIS's own renderer in the thread that asks for them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor, QImage

from ...analysis.progress import Cancelled
from ...translation import tr
from .content import MapLayer
from .map_layers import as_layer, has_shapes, legend_items, symbol_png
from .panels import MOST_PANELS, Panel, panels

WIDTH, HEIGHT, DPI = 1000, 750, 200
# Nobody tells more of them apart on maps of this size.
_MOST_SHAPES = 20_000
_DEGREES = QgsCoordinateReferenceSystem("EPSG:4326")


@dataclass(frozen=True)
class DrawnPanel:
    """A map as an image without any scale on it, its extent (metres, in its own CRS) and its words."""

    image: QImage
    extent: QgsRectangle
    crs: QgsCoordinateReferenceSystem
    title: str
    caption: str

    @property
    def metres_per_pixel(self) -> float:
        """Ground metres of one pixel, true at the middle of the map."""
        return self.extent.width() / self.image.width()


@dataclass(frozen=True)
class LegendGroup:
    """The title of a layer, and (number, symbol as PNG, label) of each of its classes that are on the map."""

    title: str
    classes: list[tuple[int, bytes, str]]


@dataclass(frozen=True)
class DrawnMap:
    """All maps of a report with their legend; ``note``: what is on none of them."""

    panels: list[DrawnPanel]
    legend: list[LegendGroup]
    note: str


def draw(contents: list[MapLayer], context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> DrawnMap | None:
    """Return the maps, or None where nothing has a place. The first layer decides where they lie. Raises Cancelled."""
    contents = [content for content in contents if has_shapes(content)]
    if not contents:
        return None
    layers = [as_layer(_largest(content), feedback.isCanceled) for content in contents]
    found = panels(contents[0].frame)
    here = found[:MOST_PANELS]
    drawn = [_draw(panel, layers, context, feedback, (number, len(here))) for number, panel in enumerate(here, 1)]
    legend = [
        LegendGroup(content.title, [(at, symbol_png(item), item.label()) for at, item in legend_items(content, layer)])
        for content, layer in zip(contents, layers)
    ]
    return DrawnMap(drawn, legend, " ".join([*_too_many(contents), *_not_shown(found[MOST_PANELS:])]))


def _largest(content: MapLayer) -> MapLayer:
    """Return the layer with no more shapes than can be drawn in seconds: the largest ones."""
    if len(content.frame) <= _MOST_SHAPES:
        return content
    west, south, east, north = content.frame.geometry.bounds.fillna(0.0).to_numpy().T
    largest = np.sort(np.argsort(-(east - west) * (north - south), kind="stable")[:_MOST_SHAPES])
    return replace(content, frame=content.frame.iloc[largest])


def _too_many(contents: list[MapLayer]) -> list[str]:
    text = tr("{title}: of {all}, the {n} largest are drawn.")
    return [
        text.format(title=content.title, all=f"{len(content.frame):,}", n=f"{_MOST_SHAPES:,}")
        for content in contents
        if len(content.frame) > _MOST_SHAPES
    ]


def _draw(
    panel: Panel,
    layers: list[QgsVectorLayer],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    place: tuple[int, int],
) -> DrawnPanel:
    # Round its middle, it shows neither distances nor areas other than they are.
    lon, lat = panel.centre
    crs = QgsCoordinateReferenceSystem.fromProj(f"+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m +no_defs")
    to_metres = QgsCoordinateTransform(_DEGREES, crs, context.transformContext())
    settings = QgsMapSettings()
    settings.setTransformContext(context.transformContext())
    settings.setLayers(layers)
    settings.setDestinationCrs(crs)
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setOutputDpi(DPI)
    settings.setBackgroundColor(QColor("#ffffff"))
    settings.setExtent(to_metres.transformBoundingBox(QgsRectangle(panel.west, panel.south, panel.east, panel.north)))
    # The styles ask for the scale of the map.
    known = QgsExpressionContext()
    known.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(known)
    image = _render(settings, feedback)
    title = tr("Map {n} of {all}").format(n=place[0], all=place[1]) if place[1] > 1 else tr("Map")
    return DrawnPanel(image, settings.visibleExtent(), crs, title, _caption(panel, layers[0].name()))


def _render(settings: QgsMapSettings, feedback: QgsProcessingFeedback) -> QImage:
    job = QgsMapRendererSequentialJob(settings)
    # Straight from the thread in which the user cancels: this one waits.
    stop = feedback.canceled.connect(job.cancelWithoutBlocking, Qt.ConnectionType.DirectConnection)
    job.start()
    job.waitForFinished()
    feedback.canceled.disconnect(stop)
    if feedback.isCanceled():
        raise Cancelled
    return job.renderedImage()


def _caption(panel: Panel, title: str) -> str:
    return tr("{title}: {n} between {south} and {north}, {west} and {east}.").format(
        title=title,
        n=f"{panel.features:,}",
        south=_degrees(panel.south, tr("N"), tr("S")),
        north=_degrees(panel.north, tr("N"), tr("S")),
        west=_degrees(panel.west, tr("E"), tr("W")),
        east=_degrees(panel.east, tr("E"), tr("W")),
    )


def _degrees(value: float, above: str, below: str) -> str:
    return f"{abs(value):.2f}° {above if value >= 0 else below}"


def _not_shown(rest: list[Panel]) -> list[str]:
    if not rest:
        return []
    text = tr("{n} more, in {regions} other regions, are on none of these maps.")
    return [text.format(n=f"{sum(panel.features for panel in rest):,}", regions=len(rest))]
