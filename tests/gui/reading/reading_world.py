"""Sites and units around the twelve tanks, a map to click on, and the numbers that were counted by hand.

Tank n stands at 98° + n/100, 25° + n/100. The site holds the tanks 1 to 4, the unit 1 to 8.
"""

from __future__ import annotations

from leachwatch.tests.gui.waiting import settle, wait_until
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

LEFT = Qt.MouseButton.LeftButton
# year: active, abandoned, unknown. The last image of 3 is of 2018, of 4 of 2019: before, their status is not known.
STANDING = {
    2015: (1, 0, 0),
    2016: (2, 0, 1),
    2017: (2, 0, 1),
    2018: (2, 1, 1),
    2019: (2, 1, 1),
    2020: (2, 0, 2),
    2021: (3, 0, 2),
    2022: (3, 0, 1),
    2023: (3, 1, 1),
    2024: (4, 0, 1),
    2025: (4, 0, 1),
}
IN_SITE = {
    2015: (1, 0, 0),
    2016: (2, 0, 1),
    2017: (2, 0, 1),
    2018: (2, 1, 1),
    2019: (2, 1, 0),
    **{year: (2, 0, 0) for year in range(2020, 2026)},
}
SITE_FIELDS = (
    "site_id:string,unit_name:string,start_year:integer,end_year:integer,tanks_start:integer,tanks_end:integer,"
    "active_end:integer,footprint_start_ha:double,footprint_end_ha:double,change_class:string,"
    "link_distance_m:double,min_tanks:integer,footprint_method:string,counting:string"
)
# In 2018 the tanks 1, 2, 3 and 4 stand there; in 2020 the tanks 1 and 2, both active. The layer says 3 in 2020.
SITE = ("S0001", "ချီဖွေ", 2018, 2020, 4, 3, 2, 1.5, 1.25, "contracted", 150.0, 4, "buffered", "standing")
UNIT_FIELDS = "unit_code:string,unit_name:string,tanks:integer,tanks_undated:integer,counting:string"
UNIT = ("MMR001", "=定南 <b>100 %</b> 'x'", 8, 0, "all tanks")
SITE_BOX, UNIT_BOX = QgsRectangle(98.005, 25.005, 98.045, 25.045), QgsRectangle(98.0, 25.0, 98.085, 25.085)
OF_SITE, OF_UNIT, OF_NOTHING = QgsPointXY(98.025, 25.015), QgsPointXY(98.075, 25.015), QgsPointXY(98.3, 25.01)


def polygons(name, fields, row, box, crs="EPSG:4326", kind="Polygon", boxes=()):
    """Return a layer of one feature: a box in degrees, in any CRS; with more boxes, a polygon of several parts."""
    source = f"{kind}?crs={crs}&" + "&".join(f"field={field}" for field in fields.split(","))
    layer = QgsVectorLayer(source, name, "memory")
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    to_layer = QgsCoordinateTransform(degrees, layer.crs(), QgsProject.instance())
    shape = QgsGeometry.collectGeometry([QgsGeometry.fromRect(one) for one in (box, *boxes)])
    if kind == "Polygon":
        shape = QgsGeometry.fromRect(box)
    shape = shape.densifyByCount(50)
    shape.transform(to_layer)
    feature = QgsFeature(layer.fields())
    feature.setAttributes(list(row))
    feature.setGeometry(shape)
    layer.dataProvider().addFeatures([feature])
    layer.updateExtents()
    QgsProject.instance().addMapLayer(layer)
    return layer


def sites(**kinds):
    return polygons("sites", SITE_FIELDS, SITE, SITE_BOX, **kinds)


def units(**kinds):
    return polygons("units", UNIT_FIELDS, UNIT, UNIT_BOX, **kinds)


def look_at(canvas, layers, crs="EPSG:4326"):
    """Show layers on the map, at a scale at which the tanks stand apart."""
    canvas.resize(600, 600)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem(crs))
    canvas.setLayers(layers)
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    to_map = QgsCoordinateTransform(degrees, canvas.mapSettings().destinationCrs(), QgsProject.instance())
    canvas.setExtent(to_map.transformBoundingBox(QgsRectangle(97.9, 24.9, 98.4, 25.4)))
    settle()


def click(canvas, degrees, button=LEFT):
    """Click on the map where a place is."""
    source = QgsCoordinateReferenceSystem("EPSG:4326")
    to_map = QgsCoordinateTransform(source, canvas.mapSettings().destinationCrs(), QgsProject.instance())
    pixel = canvas.getCoordinateTransform().transform(to_map.transform(degrees))
    QTest.mouseClick(canvas.viewport(), button, pos=pixel.toQPointF().toPoint())


def has_read(dock):
    """Wait until the dock has read what was asked."""
    wait_until(lambda: not dock.controller.is_busy and dock.controller.reading is not None)
    return dock.controller.reading


def rows(dock):
    """Return the numbers as the table shows them: year to active, abandoned, unknown."""
    return {row[0]: tuple(row[2:]) for row in dock.years.rows}


def said(dock):
    """Return the rows of the page of the feature: what, the layer says, counted now."""
    model = dock.form.said.model()
    cells = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    return {what: (says, now) for what, says, now in cells}


def choose(combo, value):
    """Choose an entry with the keys."""
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(combo.findData(value)):
        QTest.keyClick(combo, Qt.Key.Key_Down)
