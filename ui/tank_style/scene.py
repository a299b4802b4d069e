"""An invented scene of some forty tanks, on which a style is shown before it is used."""

from __future__ import annotations

import math
from functools import lru_cache

from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsRectangle, QgsVectorLayer

from ...analysis.fields import ABANDONED, ACTIVE, LEACHATE, PRECIPITATION, TANKS, UNKNOWN, Kind
from ...analysis.selection.columns import DATE, NUMBER, TEXT, TankColumns

_KINDS = {Kind.TEXT: ("string", TEXT), Kind.DATE: ("date", DATE), Kind.REAL: ("double", NUMBER)}
# Ground metres, in a UTM zone.
_CENTRE = (500_000.0, 2_800_000.0)


def standard_columns() -> TankColumns:
    """Return the columns of a tank table as the plugin's own algorithms write it."""
    return TankColumns({one.name: one.name for one in TANKS}, {one.name: _KINDS[one.kind][1] for one in TANKS})


def standard_layer(name: str, crs: str) -> QgsVectorLayer:
    """Return an empty layer in memory, with the columns of a tank table."""
    fields = "".join(f"&field={one.name}:{_KINDS[one.kind][0]}" for one in TANKS)
    return QgsVectorLayer(f"Point?crs={crs}{fields}", name, "memory")


@lru_cache(maxsize=1)
def scene() -> QgsVectorLayer:
    """Return the invented tanks, made once."""
    layer = standard_layer("invented tanks", "EPSG:32647")
    features = [_tank(number, place, layer) for number, place in enumerate(_places())]
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    return layer


def view(width: int, height: int, scale: int, pixels_per_mm: float) -> QgsRectangle:
    """Return the ground that a picture shows at a scale."""
    half = [side / pixels_per_mm / 1000 * scale / 2 for side in (width, height)]
    x, y = _CENTRE
    return QgsRectangle(x - half[0], y - half[1], x + half[0], y + half[1])


def _places() -> list[tuple[float, float]]:
    """Where the tanks stand: two rows 17 m apart that follow a bend, and a loose group."""
    found: list[tuple[float, float]] = []
    for row in range(2):
        for at in range(14):
            along = -118 + 17 * at
            found.append((along + 4 * row, 14 * math.sin(along / 60) + 17 * row - 9))
    found += [(28 + 17 * (at % 4), -33 + 15 * (at // 4) - 4 * (at % 2)) for at in range(8)]
    found += [(-80.0, 30.0), (-62.0, 24.0), (-38.0, 33.0), (-20.0, -36.0)]
    return found


def _tank(number: int, place: tuple[float, float], layer: QgsVectorLayer) -> QgsFeature:
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(_CENTRE[0] + place[0], _CENTRE[1] + place[1])))
    first = 2012 + (number * 5) % 13
    status = (ACTIVE, ABANDONED, ACTIVE, ABANDONED, ACTIVE, UNKNOWN, None, ABANDONED)[(number * 3 + number // 7) % 8]
    values = {
        "tank_id": f"T{number + 1}",
        "status": status,
        "tank_type": (LEACHATE, LEACHATE, PRECIPITATION, LEACHATE, UNKNOWN)[number % 5],
        "first_seen": None if number % 13 == 5 else f"{first}-03-01",
        "last_seen": None if number % 13 == 5 else "2024-12-01",
        "status_date": "2024-12-01",
        "abandoned_since": f"{min(first + 4, 2024)}-06-01" if status == ABANDONED else None,
        "gone_by": f"{first + 6}-06-01" if number % 9 == 4 and first + 6 < 2024 else None,
        "diameter_m": None if number % 6 == 3 else 5 + (number * 7) % 11,
        "unit_name": "Demo",
    }
    for name, value in values.items():
        feature[name] = value
    return feature
