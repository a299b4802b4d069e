"""Water proximity through processing.run: distances laid out by hand, in any CRS; lines that cannot be used."""

import numpy as np
import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import Log, failing, layer_of, rows, run
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY, QgsVectorLayer, QgsWkbTypes

# A named river along a meridian with a vertex each 200 m, and one without a name 3 km east, two vertices 4 km apart.
MERIDIAN = [{"east": 0.0, "north": float(north)} for north in range(-2_000, 2_001, 200)]
UNNAMED = [{"east": 3_000.0, "north": -2_000.0}, {"east": 3_000.0, "north": 2_000.0}]
# Tanks so many metres east: where they are nearest to which is plain.
EAST = [0.0, 49.0, 120.0, -249.0, 999.0, 2_510.0, 2_951.0, 9_000.0]
METRES = [0.0, 49.0, 120.0, 249.0, 999.0, 490.0, 49.0, None]
NAMES = ["Nmai Hka"] * 5 + [None] * 3
BANDS = ["0–50 m"] * 2 + ["100–250 m"] * 2 + ["500–1000 m", "250–500 m", "0–50 m", "beyond 5000 m"]
# 200 m between the vertices of the first river; 4 km between those of the second.
COARSER = ["yes", "yes", "yes", "no", "no", "yes", "yes", None]
ADDED = (
    "nearest_distance_m nearest_name band max_distance_m rivers_source rivers_vertex_spacing_m coarser_than_distance"
).split()


def line_of(places, origin=(98.13, 25.88)):
    return QgsGeometry.fromPolylineXY([world.degrees(place, origin) for place in places])


def river_layer(lines=((MERIDIAN, "Nmai Hka"), (UNNAMED, None)), epsg=4326, name="rivers", origin=(98.13, 25.88)):
    uri = f"LineString?crs=EPSG:{epsg}&field=name:string"
    records = [(line_of(places, origin) if places else None, {"name": words}) for places, words in lines]
    return world.make_layer(uri, name, records, epsg)


def tank_layer(epsg=4326, origin=(98.13, 25.88)):
    return world.tank_layer([{"east": east} for east in EAST], epsg=epsg, origin=origin)


def column(results, name):
    return [row[name] for row in rows(results["OUTPUT"])]


def near(tanks=None, rivers=None, log=None, **given):
    given = {"NAME_FIELD": "name", "MAX_DISTANCE": 5_000, **given}
    return run("waterproximity", log, TANKS=tanks or tank_layer(), RIVERS=rivers or river_layer(), **given)


@pytest.mark.parametrize("epsg", [4326, 3857, 32647])
@pytest.mark.parametrize("rivers_epsg", [4326, 3857, 32646])
def test_ground_metres_in_any_crs_of_either_layer(epsg, rivers_epsg):
    results = near(tank_layer(epsg), river_layer(epsg=rivers_epsg))
    found = column(results, "nearest_distance_m")
    assert found[:-1] == pytest.approx(METRES[:-1], rel=1e-3, abs=0.02) and found[-1] is None
    assert column(results, "nearest_name") == NAMES
    assert column(results, "band") == BANDS
    assert column(results, "coarser_than_distance") == COARSER


@pytest.mark.parametrize("origin", [(95.9999, 25.0), (115.03, 24.78), (-180.0, 51.9), (20.0, -70.0)])
def test_ground_metres_at_any_place(origin):
    """On the edge of two UTM zones, in Jiangxi, across the antimeridian, far south."""
    results = near(tank_layer(origin=origin), river_layer(origin=origin))
    assert column(results, "nearest_distance_m")[:-1] == pytest.approx(METRES[:-1], rel=1e-3, abs=0.01)


def test_the_rows_are_kept_with_their_own_columns():
    tanks = tank_layer(3857)
    results = near(tanks)
    layer = layer_of(results["OUTPUT"])
    assert layer.fields().names() == [*world.FIELDS, *ADDED]
    assert layer.crs().authid() == "EPSG:3857" and layer.wkbType() == tanks.wkbType()
    before = [(f["tank_id"], f.geometry().asWkt()) for f in tanks.getFeatures()]
    assert [(f["tank_id"], f.geometry().asWkt()) for f in layer.getFeatures()] == before
    assert set(column(results, "max_distance_m")) == {5_000.0} and set(column(results, "rivers_source")) == {"rivers"}
    spacing = column(results, "rivers_vertex_spacing_m")
    assert spacing[:-1] == pytest.approx([200] * 5 + [4_000] * 2, rel=1e-4) and spacing[-1] is None


@pytest.mark.parametrize("ending", ["gpkg", "shp", "geojson"])
def test_layers_in_files_give_the_same(tmp_path, ending):
    tanks = tank_layer()
    tanks.dataProvider().changeGeometryValues({2: QgsGeometry()})  # a row without geometry keeps the others in step
    results = near(world.save(tanks, tmp_path, ending), world.save(river_layer(), tmp_path, ending, "rivers"))
    found = {row["tank_id"]: row["band"] for row in rows(results["OUTPUT"])}
    assert found == {str(number): band for number, band in enumerate([BANDS[0], "no usable position", *BANDS[2:]])}


def test_a_column_of_the_input_that_bears_our_name_is_kept():
    fields = {"tank_id": "string", "band": "string", "Nearest_Name": "string"}
    tanks = world.tank_layer([{"east": 9.0, "band": "theirs", "Nearest_Name": "x"}], fields=fields)
    log = Log()
    row = rows(near(tanks, log=log)["OUTPUT"])[0]
    assert (row["src_band"], row["src_Nearest_Name"], row["band"]) == ("theirs", "x", "0–50 m")
    assert any("src_band" in text for text in log.infos)


def test_the_numbers_and_the_bands_add_up():
    results = near()
    counts = {name: results[f"{name}_COUNT"] for name in ("FEATURE", "PLACED", "NEAR", "BEYOND", "LEFT_OUT", "NAMED")}
    assert counts == {"FEATURE": 8, "PLACED": 8, "NEAR": 7, "BEYOND": 1, "LEFT_OUT": 0, "NAMED": 5}
    assert (results["COARSER_COUNT"], results["RIVER_COUNT"], results["RIVERS_LEFT_OUT_COUNT"]) == (5, 2, 0)
    assert results["NEAREST_M"] == pytest.approx(0, abs=0.01) and results["MEDIAN_M"] == pytest.approx(120, rel=1e-3)
    assert results["RIVERS_VERTEX_SPACING_M"] == pytest.approx(200, rel=1e-4)
    table = rows(results["SUMMARY"])
    assert [(row["band"], row["features"]) for row in table] == [
        ("0–50 m", 3), ("50–100 m", 0), ("100–250 m", 2), ("250–500 m", 1), ("500–1000 m", 1), ("1000–5000 m", 0),
        ("beyond 5000 m", 1), ("no usable position", 0),
    ]  # fmt: skip
    assert sum(row["share_pct"] for row in table[:-1]) == pytest.approx(100) and table[-1]["share_pct"] is None
    assert sum(row["coarser_than_distance"] for row in table) == 5
    assert {(row["max_distance_m"], row["rivers_source"]) for row in table} == {(5_000.0, "rivers")}


def test_bands_of_ones_own():
    found = column(near(BANDS="100; 10, 7000"), "band")
    assert found == ["0–10 m", "10–100 m", *["100–5000 m"] * 4, "10–100 m", "beyond 5000 m"]
    assert set(column(near(BANDS=""), "band")) == {"0–5000 m", "beyond 5000 m"}


def test_without_a_field_of_names_none_is_named():
    log = Log()
    results = near(NAME_FIELD=None, log=log)
    assert set(column(results, "nearest_name")) == {None} and results["NAMED_COUNT"] == 0
    assert any("NAME_FIELD" in text for text in log.infos)


def test_names_of_any_script_or_kind():
    lines = [(MERIDIAN, "ချီဖွေ"), (UNNAMED, "  ")]
    assert column(near(rivers=river_layer(lines)), "nearest_name") == ["ချီဖွေ"] * 5 + [None] * 3
    uri = "LineString?crs=EPSG:4326&field=number:integer"
    numbered = world.make_layer(uri, "rivers", [(line_of(MERIDIAN), {"number": 7})])
    assert column(near(rivers=numbered, NAME_FIELD="number", MAX_DISTANCE=300), "nearest_name")[:3] == ["7"] * 3


def square(east, north, half=50.0):
    """A site so many metres from the origin, 100 m wide."""
    corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
    ring = [world.degrees({"east": east + dx, "north": north + dy}) for dx, dy in corners]
    return QgsGeometry.fromPolygonXY([[*ring, ring[0]]])


@pytest.mark.parametrize("epsg", [4326, 32647])
def test_sites_from_their_outline(epsg):
    uri = f"Polygon?crs=EPSG:{epsg}&field=site_id:string"
    records = [(square(east, 0.0), {"site_id": str(east)}) for east in (0, 40, 350, -1_050, 2_900)]
    sites = world.make_layer(uri, "sites", records, epsg)
    results = near(sites)
    # 350 m east of the river: its western edge is at 300. The last is 50 m from the river without a name.
    assert column(results, "nearest_distance_m") == pytest.approx([0, 0, 300, 1_000, 50], rel=2e-3, abs=0.02)
    assert column(results, "nearest_name") == ["Nmai Hka"] * 4 + [None]
    layer = layer_of(results["OUTPUT"])
    assert QgsWkbTypes.geometryType(layer.wkbType()) == QgsWkbTypes.GeometryType.PolygonGeometry


def test_what_detect_sites_draws_can_be_measured():
    tanks = world.tank_layer([{"east": 300.0 + 15 * number} for number in range(5)])
    sites = run("detectsites", TANKS=tanks)["SITES"]
    # The first tank at 300 m, its disc of 15 m around it.
    assert column(near(sites), "nearest_distance_m") == pytest.approx([285.0], rel=1e-3)


def test_multipoints_and_heights():
    tanks = world.tank_layer([{"east": 120.0}], kind="MultiPointZM")
    assert column(near(tanks), "nearest_distance_m") == pytest.approx([120], rel=1e-3)
    lines = world.make_layer(
        "MultiLineStringZ?crs=EPSG:4326&field=name:string",
        "rivers",
        [(QgsGeometry.fromWkt("MultiLineStringZ((98.2 25.8 100, 98.2 25.9 200),(98.1 25.8 1, 98.1 25.9 2))"), {})],
    )
    tank = world.make_layer("Point?crs=EPSG:4326", "one", [(QgsGeometry.fromPointXY(QgsPointXY(98.11, 25.85)), {})])
    # A hundredth of a degree of longitude at 25.85° N: 1,002.4 m on WGS 84 (a·cos φ / √(1 − e² sin² φ) · π/18000).
    phi = np.radians(25.85)
    expected = 6_378_137 * np.cos(phi) / np.sqrt(1 - 0.00669438 * np.sin(phi) ** 2) * np.pi / 18_000
    assert column(near(tank, lines), "nearest_distance_m") == pytest.approx([expected], rel=1e-4)


def test_tanks_without_a_position_are_kept_and_told():
    tanks = tank_layer()
    tanks.dataProvider().changeGeometryValues({2: QgsGeometry(), 3: QgsGeometry.fromWkt("Point(200 25)")})
    log = Log()
    results = near(tanks, log=log)
    assert column(results, "band")[1:3] == ["no usable position"] * 2 and len(column(results, "band")) == 8
    assert column(results, "nearest_distance_m")[1:3] == [None, None]
    assert (results["FEATURE_COUNT"], results["PLACED_COUNT"], results["LEFT_OUT_COUNT"]) == (8, 6, 2)
    assert rows(results["SUMMARY"])[-1]["features"] == 2
    assert any("2 of 8" in text for text in log.warnings)


def test_lines_that_cannot_be_used_are_told():
    lines = [(MERIDIAN, "Nmai Hka"), (None, "nowhere"), ([{"east": 1.0}, {"east": 1.0}], "a point")]
    rivers = river_layer(lines)
    broken = QgsGeometry.fromWkt("LineString(98.13 25.88, 98.13 25.89, 98.13 95)")
    feature = next(rivers.getFeatures())
    feature.setGeometry(broken)
    rivers.dataProvider().addFeature(feature)
    log = Log()
    results = near(rivers=rivers, log=log)
    assert (results["RIVER_COUNT"], results["RIVERS_LEFT_OUT_COUNT"]) == (2, 2)
    assert any("2 of 4 lines" in text for text in log.warnings)
    assert any("1 lines of rivers have vertices outside the world" in text for text in log.warnings)
    assert column(results, "nearest_distance_m")[0] == pytest.approx(0, abs=0.01)


def test_the_filter_of_a_layer_is_kept_and_told(tmp_path):
    saved = world.save(river_layer(), tmp_path, "gpkg", "rivers")
    assert saved.setSubsetString("\"name\" = 'Nmai Hka'")
    log = Log()
    results = near(rivers=saved, log=log)
    assert results["RIVER_COUNT"] == 1 and column(results, "nearest_distance_m")[5] == pytest.approx(2_510, rel=1e-3)
    assert any("filtered" in text and "Nmai Hka" in text for text in log.infos)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: river_layer([]), ["rivers", "no line that can be used", "0 rows"]),
        (lambda: river_layer([(None, None)]), ["no line that can be used", "1 rows"]),
        (lambda: world.unit_layer(), ["units", "no lines but MultiPolygon", "native:polygonstolines"]),
        (lambda: tank_layer(), ["tanks", "no lines but Point"]),
    ],
)
def test_rivers_that_are_none(made, words):
    message = failing("waterproximity", TANKS=tank_layer(), RIVERS=made())
    assert all(word in message for word in words), message


def test_layers_without_a_crs():
    bare = QgsVectorLayer("LineString?field=name:string", "bare", "memory")
    bare.setCrs(QgsCoordinateReferenceSystem())
    assert "bare has no CRS" in failing("waterproximity", TANKS=tank_layer(), RIVERS=bare)
    tanks = tank_layer()
    tanks.setCrs(QgsCoordinateReferenceSystem())
    assert "tanks has no CRS" in failing("waterproximity", TANKS=tanks, RIVERS=river_layer())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"MAX_DISTANCE": 0}, ["MAX_DISTANCE", "0.01"]),
        ({"MAX_DISTANCE": -5}, ["MAX_DISTANCE"]),
        ({"MAX_DISTANCE": 600_000}, ["MAX_DISTANCE", "500000"]),
        ({"BANDS": "50, near"}, ["BANDS", "“near”"]),
        ({"BANDS": "0"}, ["BANDS", "“0”"]),
        ({"NAME_FIELD": "river"}, ["river", "its fields: name", "NAME_FIELD"]),
    ],
)
def test_values_that_cannot_be(given, words):
    message = failing("waterproximity", TANKS=tank_layer(), RIVERS=river_layer(), **given)
    assert all(word in message for word in words), message


def test_lines_are_no_tanks():
    message = failing("waterproximity", TANKS=river_layer(), RIVERS=river_layer())
    assert "neither points nor polygons but LineString" in message


def test_natural_earth_is_told_and_its_distances_are_marked():
    log = Log()
    results = near(rivers=river_layer(name="ne_10m_rivers"), log=log)
    assert any("Taping" in text and "ne_10m_rivers" in text for text in log.warnings)
    # All below 1.4 km, whatever the spacing.
    assert column(results, "coarser_than_distance") == ["yes"] * 7 + [None]
    by_metadata = river_layer()
    metadata = by_metadata.metadata()
    metadata.setTitle("Natural Earth, rivers")
    by_metadata.setMetadata(metadata)
    assert near(rivers=by_metadata)["COARSER_COUNT"] == 7


def test_no_warning_where_the_lines_are_fine_enough():
    dense = [{"east": 0.0, "north": float(north)} for north in range(-200, 201, 10)]
    log = Log()
    results = near(world.tank_layer([{"east": 30.0}]), river_layer([(dense, "x")]), log)
    assert (results["COARSER_COUNT"], log.warnings) == (0, [])


def test_an_empty_layer_of_tanks():
    results = near(world.tank_layer([]))
    assert (results["FEATURE_COUNT"], results["NEAREST_M"], results["RIVERS_VERTEX_SPACING_M"]) == (0, None, None)
    assert {row["features"] for row in rows(results["SUMMARY"])} == {0}


def test_the_report(tmp_path):
    path = tmp_path / "water.html"
    results = near(HTML=str(path), PDF="")
    text = path.read_text(encoding="utf-8")
    assert results["HTML"] == str(path)
    assert "Nmai Hka" in text and "beyond 5000 m" in text and "do not trust them" in text
    by_river = next(tmp_path.glob("*rivers.csv")).read_text(encoding="utf-8-sig").splitlines()
    assert by_river[0].replace('"', "") == "nearest_name,features,nearest_m,median_m"
    assert [line.split(",")[1] for line in by_river[1:]] == ["5", "2"]
