"""Layers of units that are not as they should be."""

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import Log, failing, layer_of, rows, run
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsProcessingContext, QgsVectorLayer

YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}


def units_of(*wkts, uri="Polygon?crs=EPSG:4326&field=unit_code:string&field=unit_name:string"):
    layer = QgsVectorLayer(uri, "units", "memory")
    features = []
    for number, wkt in enumerate(wkts):
        feature = QgsFeature(layer.fields())
        feature["unit_code"], feature["unit_name"] = f"U{number}", f"unit {number}"
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    return layer


def summary(units, log=None, **given):
    return run("townshipsummary", log or Log(), TANKS=world.tank_layer(), UNITS=units, **given)


AROUND = "POLYGON ((98 25, 99 25, 99 26, 98 26, 98 25))"


def test_units_that_overlap_count_a_tank_once():
    log = Log()
    results = summary(units_of(AROUND, AROUND), log)
    assert [row["tanks"] for row in rows(results["UNITS_OUT"])] == [13, 0]
    assert results["IN_SEVERAL_COUNT"] == 13 and results["COUNTED_COUNT"] == 13
    assert any("13 tanks stand in more than one unit" in text for text in log.warnings)


@pytest.mark.parametrize("name", ["siteexpansion", "townshipsummary"])
def test_a_bow_tie_is_repaired(name):
    # An upright tie, whose northern triangle, from 98 to 99 along 26, holds all tanks.
    units = units_of("POLYGON ((98 26, 99 26, 98 25, 99 25, 98 26))")
    log = Log()
    given = {"TANKS": world.tank_layer(), "UNITS": units, **YEARS}
    results = run(name, log, **given)
    assert any("1 of the polygons of units cross themselves" in text for text in log.warnings)
    if name == "siteexpansion":
        assert [row["unit_code"] for row in rows(results["SITES"])] == ["U0", "U0"]
    else:
        # Half the ground of the square degree, whose corners are about 100.7 and 99.9 by 110.8 km apart.
        (row,) = rows(results["UNITS_OUT"])
        assert row["tanks"] == 11
        assert row["area_km2"] == pytest.approx(100.3 * 110.8 / 2, rel=0.01)
        assert layer_of(results["UNITS_OUT"]).getFeature(1).geometry().isGeosValid()


def test_units_without_a_usable_polygon_are_listed_and_told():
    beyond = "POLYGON ((400000 2800000, 500000 2800000, 500000 2900000, 400000 2800000))"
    log = Log()
    results = summary(units_of(None, "POLYGON EMPTY", "POLYGON ((98 25, 99 26))", beyond, AROUND), log)
    assert [row["tanks"] for row in rows(results["UNITS_OUT"])] == [0, 0, 0, 0, 13]
    assert any("4 of the 5 units of units have no polygon that can be used" in text for text in log.warnings)


def test_no_units_at_all():
    log = Log()
    results = summary(units_of(), log, **YEARS)
    (row,) = rows(results["UNITS_OUT"])
    assert (row["unit_name"], row["tanks"], row["area_km2"]) == ("outside all units", 11, None)
    assert results["OUTSIDE_COUNT"] == 11 and results["UNIT_COUNT"] == 0
    assert any("units holds no units" in text for text in log.warnings)


def test_units_of_points():
    message = failing("townshipsummary", TANKS=world.tank_layer(), UNITS=world.tank_layer(name="towns"))
    assert "towns holds no polygons but Point" in message


def test_units_without_crs():
    units = units_of(AROUND)
    units.setCrs(QgsCoordinateReferenceSystem())
    assert "units has no CRS" in failing("townshipsummary", TANKS=world.tank_layer(), UNITS=units)


def test_units_without_names():
    units = QgsVectorLayer("Polygon?crs=EPSG:4326&field=TS:string", "raw", "memory")
    message = failing("townshipsummary", TANKS=world.tank_layer(), UNITS=units)
    assert "raw has neither a field unit_code nor unit_name (its fields: TS)" in message and "Load townships" in message


def test_codes_that_are_numbers_stay_as_they_look():
    uri = "Polygon?crs=EPSG:4326&field=UNIT_CODE:double&field=unit_name:string"
    layer = QgsVectorLayer(uri, "counties", "memory")
    features = []
    for code in (360728.0, None):
        feature = QgsFeature(layer.fields())
        feature["UNIT_CODE"] = code
        feature.setGeometry(QgsGeometry.fromWkt(AROUND))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    out = rows(summary(layer)["UNITS_OUT"])
    assert [row["unit_code"] for row in out] == ["360728", None]
    assert [row["tanks"] for row in out] == [13, 0]


def test_a_shapefile_of_units_keeps_its_ten_letter_names(tmp_path):
    units = world.save(world.unit_layer(), tmp_path, "shp", "units")
    assert "parent_nam" in units.fields().names()
    assert [row["parent_name"] for row in rows(summary(units)["UNITS_OUT"])] == ["云南", "Kachin", "Kachin", None]


def test_rings_of_either_direction_give_the_same_area():
    hole = "POLYGON ((98 25, 99 25, 99 26, 98 26, 98 25), ({}))"
    turns = (
        "98.2 25.2, 98.8 25.2, 98.8 25.8, 98.2 25.8, 98.2 25.2",
        "98.2 25.2, 98.2 25.8, 98.8 25.8, 98.8 25.2, 98.2 25.2",
    )
    areas = [row["area_km2"] for row in rows(summary(units_of(*(hole.format(turn) for turn in turns)))["UNITS_OUT"])]
    assert areas[0] == pytest.approx(areas[1])
    # A square of six tenths of the sides is cut out: 64 % are left.
    (whole,) = (row["area_km2"] for row in rows(summary(units_of(AROUND))["UNITS_OUT"]))
    assert areas[0] == pytest.approx(0.64 * whole, rel=0.001)


def test_curved_units():
    circle = "CURVEPOLYGON (CIRCULARSTRING (97.13 25.88, 98.13 26.88, 99.13 25.88, 98.13 24.88, 97.13 25.88))"
    units = units_of(circle, uri="CurvePolygon?crs=EPSG:4326&field=unit_code:string&field=unit_name:string")
    assert [row["tanks"] for row in rows(summary(units)["UNITS_OUT"])] == [13]


@pytest.mark.parametrize("check", range(3))
def test_the_setting_for_invalid_geometries_drops_nothing(check):
    """QGIS's own setting would stop at a bow-tie, or leave it out without a word."""
    from qgis.core import QgsFeatureRequest

    import processing

    context = QgsProcessingContext()
    context.setInvalidGeometryCheck(QgsFeatureRequest.InvalidGeometryCheck(check))
    units = units_of("POLYGON ((98 26, 99 26, 98 25, 99 25, 98 26))")
    given = {"TANKS": world.tank_layer(), "UNITS": units, "UNITS_OUT": "TEMPORARY_OUTPUT"}
    results = processing.run("leachwatch:townshipsummary", given, context=context, feedback=Log())
    assert results["UNIT_COUNT"] == 1 and results["OUTSIDE_COUNT"] == 0
