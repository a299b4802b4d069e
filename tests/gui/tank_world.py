"""Twelve tanks whose dates, statuses and types were chosen by hand."""

from __future__ import annotations

from leachwatch.tests.gui.tank_sources import EVERY_PROVIDER, PROVIDERS, on_provider, write
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, Qt

__all__ = ["EVERY_PROVIDER", "PROVIDERS", "SOURCE", "TANKS", "ids", "memory_tanks", "on_provider", "write"]

SOURCE = (
    "Point?crs=EPSG:4326&field=tank_id:string&field=status:string&field=tank_type:string"
    "&field=first_seen:date&field=last_seen:date&field=gone_by:date&field=unit_name:string(60)"
)
TANKS = [
    ("1", "active", "leachate", "2015-03-01", "2024-12-01", None, "ချီဖွေ"),
    ("2", "active", "precipitation", "2016-12-31", "2024-12-01", None, "ချီဖွေ"),
    ("3", "abandoned", "leachate", "2016-01-01", "2018-06-01", "2019-12-31", "O'Brien"),
    ("4", "abandoned", "leachate", "2018-05-05", "2019-01-01", "2020-01-01", "100 % sure"),
    ("5", "abandoned", "precipitation", "2021-02-01", "2021-02-01", "2021-11-30", "定南"),
    ("6", "active", "leachate", "2021-01-01", "2025-01-01", None, "定南"),
    ("7", "unknown", None, None, "2019-07-01", None, "定南"),
    ("8", None, "leachate", None, "2020-12-31", "2022-05-05", "ချီဖွေ"),
    ("9", "active", "precipitation", "2024-06-01", "2024-06-01", None, None),
    ("10", "unknown", "leachate", None, None, None, None),
    ("11", None, None, None, None, None, "O'Brien"),
    ("12", "abandoned", "unknown", "2023-12-31", "2023-12-31", "2024-02-02", "ချီဖွေ"),
]


def memory_tanks(name: str = "tanks", rows: list = TANKS) -> QgsVectorLayer:
    layer = QgsVectorLayer(SOURCE, name, "memory")
    features = []
    for row in rows:
        feature = QgsFeature(layer.fields())
        dates = [QDate.fromString(text, Qt.DateFormat.ISODate) if text else None for text in row[3:6]]
        feature.setAttributes([*row[:3], *dates, row[6]])
        number = int(row[0])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(98 + number / 100, 25 + number / 100)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    return layer


def ids(layer: QgsVectorLayer) -> set[int]:
    return {int(feature["tank_id"]) for feature in layer.getFeatures()}
