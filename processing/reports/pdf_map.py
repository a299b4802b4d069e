"""A map in the PDF: its picture, with QGIS's own scale bar, north arrow and legend."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLegendStyle,
    QgsMapLayerLegendUtils,
    QgsProject,
    QgsTextFormat,
    QgsUnitTypes,
)
from qgis.PyQt.QtGui import QColor

from ..base import RESOURCES
from .html import Page
from .images import round_length
from .map_layers import empty_layer, has_shapes
from .maps import DrawnPanel
from .pdf_flow import INNER, MARGIN, Flow
from .pdf_text import Ruler

_NORTH = RESOURCES / "templates" / "north.svg"


def add_map(flow: Flow, panel: DrawnPanel, picture: Path, frame: tuple[float, float, float, float]) -> None:
    """Add a map that was drawn before, and over it an empty one that the scale bar and the arrow are linked to."""
    x, y, width, height = frame
    flow.picture(picture, width, height, x)
    item = QgsLayoutItemMap(flow.layout)
    # Before it is placed: QGIS asks PROJ how the CRS is derived. Of one in degrees PROJ reports an error, to whichever
    # log QGIS 3.22 gave it last; that may be gone, and QGIS with it.
    item.setCrs(panel.crs)
    flow.place(item, x, y, width, height)
    item.setBackgroundEnabled(False)
    item.setFrameEnabled(True)
    item.setKeepLayerSet(True)
    item.setExtent(panel.extent)
    _scale_bar(flow, item, panel, (x, y + height - 9))
    north = QgsLayoutItemPicture(flow.layout)
    north.setPicturePath(str(_NORTH))
    north.setLinkedMap(item)
    flow.place(north, x + width - 7, y + 1.5, 5, 8)


def _scale_bar(flow: Flow, item: QgsLayoutItemMap, panel: DrawnPanel, place: tuple[float, float]) -> None:
    metres = round_length(panel.extent.width() / 4)
    long = metres >= 1000
    units = QgsUnitTypes.DistanceUnit
    bar = QgsLayoutItemScaleBar(flow.layout)
    bar.setStyle("Single Box")
    bar.setLinkedMap(item)
    bar.setUnits(units.DistanceKilometers if long else units.DistanceMeters)
    bar.setUnitLabel("km" if long else "m")
    bar.setNumberOfSegments(1)
    bar.setNumberOfSegmentsLeft(0)
    bar.setUnitsPerSegment(metres / 1000 if long else metres)
    bar.setHeight(1.2)
    bar.setLabelBarSpace(0.6)
    bar.setTextFormat(_format(Ruler(6.5)))
    flow.place(bar, place[0] + 1, place[1], 30, 8)


def add_legend(flow: Flow, project: QgsProject, page: Page) -> None:
    """Add the legend of the classes that are on the maps."""
    if page.map is None:
        return
    legend = QgsLayoutItemLegend(flow.layout)
    legend.setAutoUpdateModel(False)
    root = legend.model().rootGroup()
    root.clear()
    contents = [content for content in page.report.map_layers if has_shapes(content)]
    for content, group in zip(contents, page.map.legend):
        layer = empty_layer(content)
        project.addMapLayer(layer, False)
        node = root.addLayer(layer)
        node.setName(group.title)
        QgsMapLayerLegendUtils.setLegendNodeOrder(node, [number for number, *_ in group.classes])
        legend.model().refreshLayerLegend(node)
    legend.setColumnCount(4)
    legend.setSplitLayer(True)
    legend.setSymbolHeight(3.2)
    for kind in ("Group", "Subgroup", "SymbolLabel"):
        _set_font(legend, getattr(QgsLegendStyle.Style, kind), Ruler(7, bold=kind != "SymbolLabel"))
    rows = sum(len(group.classes) + 1 for group in page.map.legend) / 4 + 2
    flow.need(rows * 6)
    flow.place(legend, MARGIN, flow.y, INNER, rows * 6)
    legend.adjustBoxSize()
    flow.gap(max(legend.rect().height(), 8) + 2)


def _set_font(legend: QgsLayoutItemLegend, kind: QgsLegendStyle.Style, ruler: Ruler) -> None:
    style = legend.style(kind)
    if hasattr(style, "setTextFormat"):  # from 3.30 on
        style.setTextFormat(_format(ruler))
    else:
        style.setFont(ruler.font)
    legend.setStyle(kind, style)


def _format(ruler: Ruler) -> QgsTextFormat:
    result = QgsTextFormat()
    result.setFont(ruler.font)
    result.setSize(ruler.font.pointSizeF())
    result.setColor(QColor("#1b1b1b"))
    return result
