"""A small world whose numbers are worked out by hand, as layers in any CRS and format.

Near Chipwi. Every tank is 15 m from the next of its row, so with the padding of 15 m discs overlap.

========  ======  ==============================================  =============  =============
row       tanks   what                                            end of 2020    end of 2024
========  ======  ==============================================  =============  =============
west      4       seen from 2015, active                          4              4
west      1       seen from May 2022, active                      –              1
west      1       seen 2015, abandoned 2021, gone by 2022         1              –
west      1       no date                                         –              –
east      5       seen from May 2022, abandoned since 2023        –              5
alone     1       seen from 2016, status not known, in no unit    1              1
========  ======  ==============================================  =============  =============

6 at the end of 2020, + 6 new − 1 gone = 11 at the end of 2024. With the one gone and the undated one: 13 tanks.
"""

from __future__ import annotations

import math

from leachwatch.tests.unit.analysis.worlds import place
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, Qt

FIELDS = {
    "tank_id": "string",
    "tank_type": "string",
    "status": "string",
    "first_seen": "date",
    "last_seen": "date",
    "absent_on": "date",
    "gone_by": "date",
    "abandoned_since": "date",
    "date_precision": "string",
    "diameter_m": "double",
    "country": "string",
}
BURMESE, CHINESE = "ချီဖွေမြို့နယ်", "泸水市"
DRIVERS = {"gpkg": "GPKG", "shp": "ESRI Shapefile", "geojson": "GeoJSON", "fgb": "FlatGeobuf"}

OLD = {"first_seen": "2015-03-01", "status": "active", "tank_type": "leachate", "diameter_m": 12.0}
LATE = {"first_seen": "2022-05-01", "status": "active", "tank_type": "precipitation", "absent_on": "2021-12-01"}
GONE = {
    "first_seen": "2015-03-01",
    "abandoned_since": "2021-06-01",
    "gone_by": "2022-01-01",
    "status": "abandoned",
    "tank_type": "leachate",
}
SHUT = {"first_seen": "2022-05-01", "status": "abandoned", "abandoned_since": "2023-01-01"}
ALONE = {"first_seen": "2016-01-01", "status": "unknown"}
TANKS = [
    *({"east": 15.0 * n, **OLD} for n in range(4)),
    {"east": 60.0, **LATE},
    {"east": 75.0, **GONE},
    {"east": 30.0, "north": 15.0},
    *({"east": 1000.0 + 15.0 * n, **SHUT} for n in range(5)),
    {"east": 0.0, "north": 5000.0, **ALONE},
]
UNITS = [
    {"unit_code": "MMR001005", "unit_name": BURMESE, "parent_name": "Kachin", "west": -500, "east": 500},
    {"unit_code": "CHN533301", "unit_name": CHINESE, "parent_name": "云南", "west": 500, "east": 1500},
    {"unit_code": "MMR001006", "unit_name": "Tsawlaw", "parent_name": "Kachin", "west": 1500, "east": 2000},
]
PADDING = 15.0
DISC = math.pi * PADDING**2
# Two discs whose centres are one radius apart overlap in a lens.
LENS = PADDING**2 * (2 * math.pi / 3 - math.sqrt(3) / 2)


def row_ha(tanks: int) -> float:
    """Return the ground of a row of discs, each one radius from the next, in hectares.

    Discs two places apart touch but do not overlap.
    """
    return (tanks * DISC - (tanks - 1) * LENS) / 10_000


def degrees(row, origin=(98.13, 25.88)):
    lon, lat = place([row.get("east", 0.0)], [row.get("north", 0.0)], origin)
    return QgsPointXY(float(lon[0]), float(lat[0]))


def make_layer(uri, name, records, epsg=4326):
    """Return a layer in memory of (geometry in degrees or None, {field: value}); dates are ISO text."""
    layer = QgsVectorLayer(uri, name, "memory")
    assert layer.isValid()
    transform = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), QgsCoordinateReferenceSystem(f"EPSG:{epsg}"), QgsProject.instance()
    )
    features = []
    for geometry, values in records:
        feature = QgsFeature(layer.fields())
        for field in layer.fields():
            feature[field.name()] = typed(values.get(field.name()), field.typeName())
        if geometry is not None:
            geometry = QgsGeometry(geometry)
            if epsg != 4326:
                geometry.transform(transform)
            feature.setGeometry(geometry)
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    layer.updateExtents()
    return layer


def typed(value, type_name):
    if isinstance(value, str) and type_name == "date":
        return QDate.fromString(value, Qt.DateFormat.ISODate)
    return value


def tank_layer(tanks=TANKS, epsg=4326, origin=(98.13, 25.88), fields=FIELDS, kind="Point", name="tanks"):
    """Return tanks as a layer in memory; ids are their numbers unless given."""
    uri = f"{kind}?crs=EPSG:{epsg}" + "".join(f"&field={key}:{value}" for key, value in fields.items())
    records = [
        (point(degrees(tank, origin), kind), {"tank_id": str(number), **tank}) for number, tank in enumerate(tanks)
    ]
    return make_layer(uri, name, records, epsg)


def point(place, kind):
    """Return a point, with a height and a measure where the layer's kind asks for them."""
    geometry = QgsGeometry.fromPointXY(place)
    if "Z" in kind:
        geometry.get().addZValue(1800.0)
    if kind.endswith("M"):
        geometry.get().addMValue(7.0)
    return geometry


def unit_layer(units=UNITS, epsg=4326):
    """Return boxes between the longitudes of west and east, 500 m to the south and 500 m to the north."""
    uri = f"MultiPolygon?crs=EPSG:{epsg}&field=unit_code:string&field=unit_name:string&field=parent_name:string"
    records = []
    for unit in units:
        corners = [(unit["west"], -500), (unit["east"], -500), (unit["east"], 500), (unit["west"], 500)]
        ring = [degrees({"east": east, "north": north}) for east, north in corners]
        records.append((QgsGeometry.fromMultiPolygonXY([[[*ring, ring[0]]]]), unit))
    return make_layer(uri, "units", records, epsg)


def save(layer, folder, ending, name="tanks"):
    """Write a layer to a file and return it as a layer of that file."""
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.fileEncoding, options.layerName = DRIVERS[ending], "UTF-8", name
    path = folder / f"{name}.{ending}"
    context = QgsProject.instance().transformContext()
    error = QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), context, options)
    assert error[0] == QgsVectorFileWriter.WriterError.NoError, error
    saved = QgsVectorLayer(str(path), name, "ogr")
    assert saved.isValid() and saved.featureCount() == layer.featureCount()
    return saved
