"""Styles the layers of the demo's GeoPackage, draws the map, and prints the headline table.

Usage: python tools/demo_map.py GEOPACKAGE PICTURE (needs no display).
"""

from __future__ import annotations

import sys
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsMapLayer,
    QgsPalLayerSettings,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QFont

STYLES = Path(__file__).resolve().parent.parent / "resources" / "styles"
# From the top of the map to the bottom.
STYLE_OF = {
    "tanks_synthetic_sample": "tanks",
    "ground_given_up_2020_2024": "loss",
    "ground_gained_2020_2024": "growth",
    "sites_2020_2024": "site_expansion",
    "townships_summary": "township_summary",
    "townships_synthetic_sample": "units",
}
PAGE_MM = (290, 192)
# Title, the first letters of the units' codes, and x, y, width, height on the page in mm.
PARTS = (
    ("Kachin", ("MMR001",), (6, 6, 112, 174)),
    ("Shan", ("MMR016",), (122, 6, 96, 85)),
    ("Jiangxi", ("36",), (122, 95, 96, 85)),
)
HEADLINE = ("sites_start", "sites_end", "tanks_start", "tanks_new", "tanks_gone", "tanks_end", "footprint_end_ha")
CAPTION = "Synthetic sample: every tank is invented, and the townships are schematic cells."


def styled_layers(geopackage: str) -> dict[str, QgsVectorLayer]:
    """Return the layers, each styled, its style saved in the GeoPackage."""
    layers = {}
    for name, style in STYLE_OF.items():
        layer = QgsVectorLayer(f"{geopackage}|layername={name}", name, "ogr")
        if not layer.isValid():
            raise SystemExit(f"{geopackage} has no layer {name}")
        message, loaded = layer.loadNamedStyle(str(STYLES / f"{style}.qml"), QgsMapLayer.StyleCategory.Symbology)
        if not loaded:
            raise SystemExit(f"{style}.qml: {message}")
        if problem := layer.saveStyleToDatabase(name, "Leachwatch", True, ""):
            raise SystemExit(f"{name}: {problem}")
        layers[name] = layer
    return layers


def draw(layers: dict[str, QgsVectorLayer], picture: str) -> None:
    """Lay out a map of each part of the region with legend and caption, and write it as a picture."""
    project = QgsProject.instance()
    project.addMapLayers(list(layers.values()), False)
    sites, townships = layers["sites_2020_2024"], layers["townships_summary"]
    townships.setOpacity(0.35)
    label_townships(townships)
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    page = layout.pageCollection().page(0)
    page.setPageSize(QgsLayoutSize(*PAGE_MM))
    for title, codes, frame in PARTS:
        add_map(layout, [sites, townships], extent_of(townships, codes), title, QRectF(*frame))
    add_legend(layout, project, [sites, townships])
    add_text(layout, CAPTION, QRectF(6, 183, 280, 7), 9)
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 130
    if QgsLayoutExporter(layout).exportToImage(picture, settings) != QgsLayoutExporter.ExportResult.Success:
        raise SystemExit(f"{picture} could not be written")


def label_townships(layer: QgsVectorLayer) -> None:
    """Write the name of each township beside it, under the sites."""
    labels = QgsPalLayerSettings()
    labels.fieldName = "unit_name"
    labels.placement = QgsPalLayerSettings.Placement.Horizontal
    labels.displayAll = True
    labels.obstacle = False
    layer.setLabeling(QgsVectorLayerSimpleLabeling(labels))
    layer.setLabelsEnabled(True)


def extent_of(layer: QgsVectorLayer, codes: tuple[str, ...]) -> QgsRectangle:
    """Return the extent of the units whose codes begin so, with a margin."""
    extent = QgsRectangle()
    extent.setMinimal()
    for feature in layer.getFeatures():
        if str(feature["unit_code"]).startswith(codes):
            extent.combineExtentWith(feature.geometry().boundingBox())
    extent.scale(1.12)
    return extent


def add_map(
    layout: QgsPrintLayout, layers: list[QgsVectorLayer], extent: QgsRectangle, title: str, frame: QRectF
) -> None:
    """Add a map with its title and a scale bar."""
    item = QgsLayoutItemMap(layout)
    item.attemptSetSceneRect(frame)
    item.setLayers(layers)
    item.setCrs(layers[0].crs())
    item.zoomToExtent(extent)
    item.setFrameEnabled(True)
    layout.addLayoutItem(item)
    add_text(layout, title, QRectF(frame.x() + 2, frame.y() + 1, frame.width() - 4, 6), 10)
    bar = QgsLayoutItemScaleBar(layout)
    bar.setStyle("Single Box")
    bar.setLinkedMap(item)
    bar.applyDefaultSize(QgsUnitTypes.DistanceUnit.DistanceKilometers)
    bar.setNumberOfSegmentsLeft(0)
    bar.setNumberOfSegments(1)
    bar.setUnitsPerSegment(20)
    layout.addLayoutItem(bar)
    bar.attemptMove(QgsLayoutPoint(frame.x() + 2, frame.y() + frame.height() - 14))


def add_legend(layout: QgsPrintLayout, project: QgsProject, layers: list[QgsVectorLayer]) -> None:
    """Add the legend of the layers on the maps."""
    legend = QgsLayoutItemLegend(layout)
    legend.setAutoUpdateModel(False)
    root = legend.model().rootGroup()
    root.clear()
    for layer, name in zip(layers, ("Sites by change 2020–2024", "Tanks, end of 2024")):
        root.addLayer(layer).setName(name)
    layout.addLayoutItem(legend)
    legend.attemptMove(QgsLayoutPoint(222, 10))


def add_text(layout: QgsPrintLayout, text: str, frame: QRectF, size: float) -> None:
    """Add a line of text."""
    label = QgsLayoutItemLabel(layout)
    label.setText(text)
    label.setFont(QFont("DejaVu Sans", int(size)))
    layout.addLayoutItem(label)
    label.attemptSetSceneRect(frame)


def print_headline(geopackage: str) -> None:
    """Print the summary table: all tanks, those in sites, those ungrouped, each unit, and what lies outside."""
    table = QgsVectorLayer(f"{geopackage}|layername=summary_2020_2024", "summary", "ogr")
    print(f"\n{'':28}" + "".join(f"{name.replace('_', ' '):>15}" for name in HEADLINE))
    for row in table.getFeatures():
        label = row["unit_name"] or row["scope"]
        values = (row[name] for name in HEADLINE)
        texts = (f"{value:.2f}" if isinstance(value, float) else str(value) for value in values)
        print(f"{label!s:28}" + "".join(f"{text:>15}" for text in texts))


def main(geopackage: str, picture: str) -> None:
    """Style, draw, print."""
    application = QgsApplication([], True)
    application.initQgis()
    layers = styled_layers(geopackage)
    draw(layers, picture)
    print_headline(geopackage)
    QgsProject.instance().clear()
    application.exitQgis()


if __name__ == "__main__":
    main(*sys.argv[1:])
