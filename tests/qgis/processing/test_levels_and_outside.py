"""Township summary of districts and states, and of what stands outside."""

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import Log, failing, layer_of, rows, run
from leachwatch.tests.unit.analysis.worlds import GEOD
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsLayerMetadata,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}
# As MIMU's own file has them: two townships of Kachin's one district, one of Yunnan without a district.
MIMU = [
    {"ST": "Kachin", "DT": "Myitkyina", "TS_PCODE": "MMR001005", "TS": "Chipwi", "west": -500, "east": 500},
    {"ST": "Yunnan", "DT": None, "TS_PCODE": "CHN533301", "TS": "Lushui", "west": 500, "east": 1500},
    {"ST": "Kachin", "DT": "Myitkyina", "TS_PCODE": "MMR001006", "TS": "Tsawlaw", "west": 1500, "east": 2000},
]


def mimu_layer():
    """The boxes of the small world, under the columns of MIMU's own file."""
    uri = "MultiPolygon?crs=EPSG:4326" + "".join(f"&field={name}:string" for name in ("ST", "DT", "TS_PCODE", "TS"))
    records = []
    for unit, box in zip(MIMU, world.unit_layer([dict(unit) for unit in MIMU]).getFeatures()):
        records.append((box.geometry(), unit))
    return world.make_layer(uri, "mimu", records)


def summary(units, log=None, **given):
    return run("townshipsummary", log or Log(), TANKS=world.tank_layer(), UNITS=units, **{**YEARS, **given})


def tanks_by_name(results):
    return {row["unit_name"]: row["tanks"] for row in rows(results["UNITS_OUT"])}


def test_states_of_townships():
    log = Log()
    results = summary(world.unit_layer(), log, LEVEL_FIELD="parent_name")
    kachin, yunnan, outside = rows(results["UNITS_OUT"])
    assert [(one["unit_code"], one["unit_name"], one["tanks"]) for one in (kachin, yunnan, outside)] == [
        ("Kachin", "Kachin", 5),
        ("云南", "云南", 5),
        (None, "outside all units", 1),
    ]
    # 1 km by 1 km, and half of it.
    assert kachin["area_km2"] == pytest.approx(1.5, rel=1e-3)
    assert (results["UNIT_COUNT"], results["UNITS_WITH_TANKS"], results["SITE_COUNT"]) == (2, 2, 2)
    told = "The 3 units of units were dissolved by parent_name into 2."
    assert told in log.infos
    assert results["UNITS_OUT"].metadata().abstract() == told
    assert {row["unit_name"] for row in rows(results["YEARLY"])} == {"Kachin", "云南", "outside all units"}


@pytest.mark.parametrize("field", ["DT", "src_DT", "dt"])
@pytest.mark.parametrize("loaded", [False, True])
def test_districts_of_mimus_own_file_and_of_the_loaded_one(tmp_path, loaded, field):
    units = world.save(mimu_layer(), tmp_path, "gpkg", "mimu")
    if loaded:
        units = run("loadtownships", INPUT=units.source().split("|")[0])["OUTPUT"]
        assert "src_DT" in units.fields().names()
    log = Log()
    results = summary(units, log, LEVEL_FIELD=field)
    nameless = "no value in src_DT" if loaded else "no value in DT"
    assert tanks_by_name(results) == {"Myitkyina": 5, nameless: 5, "outside all units": 1}
    assert [row["unit_code"] for row in rows(results["UNITS_OUT"])] == ["Myitkyina", None, None]
    assert any("1 of them have no value in" in text for text in log.infos)


def test_ten_letters_of_a_field(tmp_path):
    units = world.save(world.unit_layer(), tmp_path, "shp", "units")
    assert tanks_by_name(summary(units, LEVEL_FIELD="parent_name"))["Kachin"] == 5


def test_the_metadata_stay_with_a_file_and_carry_the_units_licence(tmp_path):
    units = world.unit_layer()
    metadata = QgsLayerMetadata()
    metadata.setLicenses(["CC BY-IGO"])
    metadata.setRights(["Cite the maker"])
    units.setMetadata(metadata)
    path = str(tmp_path / "states.gpkg")
    summary(units, LEVEL_FIELD="parent_name", UNITS_OUT=path)
    found = layer_of(path).metadata()
    assert "dissolved by parent_name into 2" in found.abstract()
    assert (found.licenses(), found.rights()) == (["CC BY-IGO"], ["Cite the maker"])


def test_a_level_field_that_is_not_there():
    message = failing("townshipsummary", TANKS=world.tank_layer(), UNITS=world.unit_layer(), LEVEL_FIELD="src_XY")
    assert "units has no field src_XY (its fields: unit_code, unit_name, parent_name)" in message


def test_two_level_fields(provider):
    """QGIS refuses a list, but asks nothing of the values within a model."""
    given = {"TANKS": world.tank_layer(), "UNITS": world.unit_layer(), "UNITS_OUT": "TEMPORARY_OUTPUT"}
    fields = {**given, "LEVEL_FIELD": ["unit_code", "unit_name"]}
    with pytest.raises(QgsProcessingException, match="must be one field. It is unit_code, unit_name: choose one"):
        provider.algorithm("townshipsummary").run(fields, QgsProcessingContext(), Log(), {}, False)


def test_counties_of_china_by_adcode_as_numbers():
    uri = "Polygon?crs=EPSG:4326&field=unit_code:integer&field=unit_name:string&field=src_city_adcode:integer"
    boxes = list(world.unit_layer().getFeatures())
    records = [
        (one.geometry(), {"unit_code": code, "unit_name": name, "src_city_adcode": city})
        for one, code, name, city in zip(boxes, (360728, 360733, 360783), ("定南", "会昌", "龙南"), (360700,) * 3)
    ]
    units = world.make_layer(uri, "counties", records)
    assert [row["unit_code"] for row in rows(summary(units)["UNITS_OUT"])] == ["360728", "360733", "360783", None]
    results = summary(units, LEVEL_FIELD="src_city_adcode")
    assert [(row["unit_code"], row["tanks"]) for row in rows(results["UNITS_OUT"])] == [("360700", 10), (None, 1)]


def test_tanks_outside_with_the_nearest_unit():
    log = Log()
    results = summary(world.unit_layer(), log)
    (row,) = rows(results["OUTSIDE_OUT"])
    # The tank 5,000 m to the north of the origin; the northern border of its unit runs from corner to corner, 500 m to
    # the north: PROJ's geodesic to the nearest of points along it.
    (chipwi,) = (one for one in world.unit_layer().getFeatures() if one["unit_code"] == "MMR001005")
    border = chipwi.geometry().densifyByDistance(1e-5)
    place = world.degrees(world.ALONE | {"east": 0.0, "north": 5000.0})
    metres = min(GEOD.inv(place.x(), place.y(), point.x(), point.y())[2] for point in border.vertices())
    assert (row["tank_id"], row["nearest_unit_code"], row["nearest_unit_name"]) == ("12", "MMR001005", world.BURMESE)
    assert row["distance_m"] == pytest.approx(metres, rel=1e-3) == pytest.approx(4500, rel=1e-3)
    assert layer_of(results["OUTSIDE_OUT"]).getFeature(1).geometry().asPoint().distance(place) < 1e-9
    assert (results["OUTSIDE_ALL_COUNT"], results["OUTSIDE_NEAR_COUNT"]) == (1, 0)
    assert results["OUTSIDE_FARTHEST_M"] == pytest.approx(row["distance_m"])
    assert any("Of the 1 tanks outside all units, 0 lie within 500 m" in text for text in log.infos)


def test_tanks_outside_that_do_not_count_have_rows_too():
    tanks = [{"east": 2300.0}, {"east": 2400.0, "first_seen": "2023-01-01", "gone_by": "2024-01-01"}, {"east": 0.0}]
    given = {"TANKS": world.tank_layer(tanks), "UNITS": world.unit_layer(), "CUT_DATE": None}
    results = run("townshipsummary", **given)
    assert (results["OUTSIDE_COUNT"], results["OUTSIDE_ALL_COUNT"], results["OUTSIDE_NEAR_COUNT"]) == (2, 2, 2)
    results = run("townshipsummary", START_YEAR=2024, END_YEAR=2024, **given)
    assert (results["OUTSIDE_COUNT"], results["OUTSIDE_ALL_COUNT"]) == (0, 2)
    # 300 and 400 m to the east of the last box.
    assert [row["distance_m"] for row in rows(results["OUTSIDE_OUT"])] == pytest.approx([300, 400], rel=2e-3)
    assert [row["tank_id"] for row in rows(results["OUTSIDE_OUT"])] == ["0", "1"]


def test_no_tank_outside_no_distance():
    results = run("townshipsummary", TANKS=world.tank_layer(world.TANKS[:5]), UNITS=world.unit_layer())
    assert (results["OUTSIDE_ALL_COUNT"], results["OUTSIDE_FARTHEST_M"]) == (0, None)
    assert rows(results["OUTSIDE_OUT"]) == []


def test_outside_and_doubts_are_not_made_unasked(provider):
    algorithm = provider.algorithm("townshipsummary")
    for name in ("OUTSIDE_OUT", "UNCERTAINTY"):
        assert not algorithm.parameterDefinition(name).createByDefault()
    import processing

    given = {"TANKS": world.tank_layer(), "UNITS": world.unit_layer(), "UNITS_OUT": "TEMPORARY_OUTPUT"}
    results = processing.run(algorithm, given, context=QgsProcessingContext(), feedback=QgsProcessingFeedback())
    assert not {"OUTSIDE_OUT", "UNCERTAINTY", "YEARLY"} & set(results)


def test_doubts_by_unit():
    found = rows(summary(world.unit_layer())["UNCERTAINTY"])
    assert [row["scope"] for row in found] == ["all tanks", "unit", "unit", "unit", "outside all units"]
    whole, east, west, empty, outside = found
    assert [row["tanks"] for row in found] == [11, 5, 5, 0, 1]
    # Of unknown status is the lone tank; one tank of the west has no date.
    assert [row["unknown_status"] for row in found] == [1, 0, 0, 0, 1]
    assert [row["undated"] for row in found] == [1, 0, 1, 0, 0]
    assert (outside["unknown_status_pct"], empty["unknown_status_pct"]) == (100, None)
    assert (whole["start_year"], whole["end_year"], whole["counting"]) == (2020, 2024, "standing")
    assert (east["unit_code"], west["unit_code"]) == ("CHN533301", "MMR001005")


def test_a_unit_across_the_antimeridian_in_a_projection_of_its_own():
    """In a CRS about 180°, such a unit is whole; in degrees it would run around the world the other way."""
    pacific = QgsCoordinateReferenceSystem("EPSG:3832")
    there = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), pacific, QgsProject.instance())
    west, east = there.transform(QgsPointXY(179, -17)), there.transform(QgsPointXY(-178, -16))
    units = QgsVectorLayer("Polygon?crs=EPSG:3832&field=unit_code:string&field=unit_name:string", "sea", "memory")
    feature = QgsFeature(units.fields())
    feature.setAttributes(["F1", "Lau"])
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(west, east)))
    units.dataProvider().addFeatures([feature])
    places = [(179.5, -16.5), (-179.5, -16.5), (178.5, -16.5), (0.0, -16.5)]
    tanks = QgsVectorLayer("Point?crs=EPSG:4326", "tanks", "memory")
    features = [QgsFeature() for _ in places]
    for one, place in zip(features, places):
        one.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*place)))
    tanks.dataProvider().addFeatures(features)
    log = Log()
    results = run("townshipsummary", log, TANKS=tanks, UNITS=units)
    assert [row["tanks"] for row in rows(results["UNITS_OUT"])] == [2, 2]
    assert any("1 units lie across the antimeridian" in text for text in log.infos)
    # Three degrees of longitude by one of latitude at 16.5° S: 3 × 106.8 km × 110.7 km.
    assert rows(results["UNITS_OUT"])[0]["area_km2"] == pytest.approx(3 * 106.8 * 110.7, rel=2e-3)
    # From half a degree to the west; and from the other side of the world over the South Pole.
    near, far = sorted(row["distance_m"] for row in rows(results["OUTSIDE_OUT"]))
    assert near == pytest.approx(GEOD.inv(178.5, -16.5, 179, -16.5)[2], rel=1e-3)
    assert far == pytest.approx(GEOD.inv(0, -16.5, 180, -17)[2], rel=1e-3)
