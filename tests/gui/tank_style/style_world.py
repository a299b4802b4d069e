"""Tanks at known places in ground metres, drawn to an image; and the colour that each got."""

from __future__ import annotations

from leachwatch.ui.tank_style.scene import standard_layer
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

UTM = "EPSG:32647"
X, Y = 500_000.0, 2_770_000.0  # on the central meridian, some 25° north
DPI = 96
ACTIVE, ABANDONED, UNKNOWN = "#1f78d1", "#8a4b1c", "#9a9a9a"


def tanks(rows: list[dict], crs: str = UTM) -> QgsVectorLayer:
    """A layer of tanks; each row: east and north in metres from (X, Y), and values of fields."""
    layer = standard_layer("tanks", crs)
    turn = QgsCoordinateTransform(QgsCoordinateReferenceSystem(UTM), layer.crs(), QgsProject.instance())
    features = []
    for number, row in enumerate(rows):
        feature = QgsFeature(layer.fields())
        place = QgsPointXY(X + row.get("east", 0), Y + row.get("north", 0))
        feature.setGeometry(QgsGeometry.fromPointXY(turn.transform(place)))
        feature["tank_id"] = str(number)
        for name, value in row.items():
            if name not in ("east", "north"):
                feature[name] = value
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    layer.updateExtents()
    return layer


def drawn(
    layer: QgsVectorLayer,
    scale: float = 1000,
    side: int = 200,
    crs: str = UTM,
    background: str = "#ffffff",
    labels: bool = True,
) -> QImage:
    """The map around (X, Y), square; ``scale`` is that of the map's own units."""
    settings = QgsMapSettings()
    settings.setFlag(QgsMapSettings.Flag.DrawLabeling, labels)
    settings.setLayers([layer])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem(crs))
    settings.setOutputSize(QSize(side, side))
    settings.setOutputDpi(DPI)
    settings.setBackgroundColor(QColor(background))
    turn = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem(UTM), QgsCoordinateReferenceSystem(crs), QgsProject.instance()
    )
    centre, half = turn.transform(QgsPointXY(X, Y)), side / DPI * 0.0254 * scale / 2
    settings.setExtent(QgsRectangle(centre.x() - half, centre.y() - half, centre.x() + half, centre.y() + half))
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.globalScope())
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def colour_at(image: QImage, east: float, north: float, scale: float = 1000) -> str:
    """The colour at a place, in metres from the centre."""
    per_metre = DPI / 0.0254 / scale
    column, row = image.width() / 2 + east * per_metre, image.height() / 2 - north * per_metre
    return image.pixelColor(int(column), int(row)).name()


def is_like(colour: str, other: str, most: int = 24) -> bool:
    """Whether two colours are the same but for smoothed edges."""
    one, two = QColor(colour), QColor(other)
    return all(abs(a - b) <= most for a, b in zip(one.getRgb(), two.getRgb()))


def width_of(image: QImage, colour: str) -> int:
    """How many pixels of the middle row have a colour."""
    row = image.height() // 2
    return sum(is_like(image.pixelColor(at, row).name(), colour) for at in range(image.width()))


def is_blank(image: QImage, background: str = "#ffffff") -> bool:
    """Whether nothing was drawn."""
    return all(
        image.pixelColor(column, row).name() == background
        for row in range(image.height())
        for column in range(image.width())
    )
