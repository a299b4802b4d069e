"""Township summary of very many units."""

import time

from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import Log
from qgis.core import QgsFeature, QgsFeatureRequest, QgsGeometry, QgsRectangle, QgsVectorLayer


def many_units(across=250, up=200, step=0.0004):
    """50,000 squares of some 40 m, of which the tanks of the small world stand in a few."""
    uri = "Polygon?crs=EPSG:4326&field=unit_code:string&field=unit_name:string&field=block:string"
    layer = QgsVectorLayer(uri, "squares", "memory")
    features = []
    for number in range(across * up):
        column, line = number % across, number // across
        west, south = 98.1 + column * step, 25.86 + line * step
        feature = QgsFeature(layer.fields())
        feature.setAttributes([f"C{number:05}", f"square {number}", f"B{column // 25}"])
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(west, south, west + step, south + step)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def test_fifty_thousand_units():
    import processing

    given = {
        "TANKS": world.tank_layer(),
        "UNITS": many_units(),
        "UNITS_OUT": "TEMPORARY_OUTPUT",
        "START_YEAR": 2020,
        "END_YEAR": 2024,
    }
    begin = time.perf_counter()
    results = processing.run("leachwatch:townshipsummary", given, feedback=Log())
    assert time.perf_counter() - begin < 60, "seconds, on a busy machine; some 3 on a quiet one"
    assert results["UNIT_COUNT"] == 50_000
    with_tanks = QgsFeatureRequest().setFilterExpression('"tanks" > 0')
    counted = [unit["tanks"] for unit in results["UNITS_OUT"].getFeatures(with_tanks)]
    assert sum(counted) == results["COUNTED_COUNT"] == 11 and len(counted) > 5


class StopsAt(Log):
    """A user who stops the work once the bar has got so far."""

    def __init__(self, percent):
        super().__init__()
        self.progressChanged.connect(lambda now: self.cancel() if now >= percent else None)


def test_dissolving_many_units_is_stopped():
    import processing

    log = StopsAt(1)
    given = {"TANKS": world.tank_layer(), "UNITS": many_units(60, 60), "UNITS_OUT": "TEMPORARY_OUTPUT"}
    results = processing.run("leachwatch:townshipsummary", {**given, "LEVEL_FIELD": "block"}, feedback=log)
    assert not results and not log.errors
    assert "Stopped: nothing more was written." in log.infos
