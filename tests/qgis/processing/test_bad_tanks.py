"""Tank layers that are not as they should be: one clear message, or counted and reported, and nothing lost."""

import math

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import Log, failing, rows, run
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsPoint,
    QgsProcessingException,
    QgsVectorLayer,
)

YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}
ANALYSES = ["detectsites", "siteexpansion", "townshipsummary"]


def inputs(name, tanks):
    given = {"TANKS": tanks}
    if name != "detectsites":
        given.update(YEARS)
    if name == "townshipsummary":
        given["UNITS"] = world.unit_layer()
    return given


@pytest.mark.parametrize("name", ANALYSES)
def test_an_empty_layer_gives_empty_outputs_and_a_warning(name):
    log = Log()
    results = run(name, log, **inputs(name, world.tank_layer([])))
    assert "tanks holds no tanks that can be placed." in log.warnings
    if name == "townshipsummary":
        assert [row["tanks"] for row in rows(results["UNITS_OUT"])] == [0, 0, 0]
        assert len(rows(results["YEARLY"])) == 3 * 5
    else:
        assert rows(results["SITES"]) == []
        assert rows(results["TANKS_OUT" if name == "detectsites" else "GROWTH"]) == []
    # There are three units, and two years are compared.
    told = {"UNIT_COUNT": 3, "YEAR_COUNT": 2}
    counts = {key: value for key, value in results.items() if isinstance(value, (int, float))}
    assert counts == {key: told.get(key, 0) for key in counts}


@pytest.mark.parametrize("name", ANALYSES)
def test_lines_are_not_tanks(name):
    lines = QgsVectorLayer("LineString?crs=EPSG:4326&field=first_seen:date", "rivers", "memory")
    message = failing(name, **inputs(name, lines))
    assert "rivers holds no points but LineString" in message and "Choose" in message


def test_a_table_is_not_tanks():
    message = failing("detectsites", TANKS=QgsVectorLayer("None?field=a:integer", "table", "memory"))
    assert "table holds no points but NoGeometry" in message


@pytest.mark.parametrize("name", ANALYSES)
def test_no_crs(name):
    tanks = world.tank_layer()
    tanks.setCrs(QgsCoordinateReferenceSystem())
    message = failing(name, **inputs(name, tanks))
    assert "tanks has no CRS" in message and "Set" in message


@pytest.mark.parametrize("name", ANALYSES)
def test_no_dates_at_all_with_a_year(name):
    given = inputs(name, world.tank_layer(fields={"tank_id": "string"}))
    if name == "detectsites":
        given["YEAR"] = 2024
    message = failing(name, **given)
    assert "None of the 13 tanks of tanks has a date" in message and "SNAPSHOT_YEAR" in message


def test_no_dates_are_no_matter_without_a_year():
    assert run("detectsites", TANKS=world.tank_layer(fields={"tank_id": "string"}))["IN_SITE_COUNT"] == 12


@pytest.mark.parametrize("epsg", [4326, 3857, 32647])
def test_places_that_are_none_are_counted_and_kept(epsg):
    tanks = world.tank_layer(epsg=epsg)
    odd = [
        None,
        QgsGeometry.fromWkt("POINT EMPTY"),
        QgsGeometry(QgsPoint(math.nan, 25)),
    ]
    if epsg == 4326:
        odd += [QgsGeometry.fromWkt("POINT (198 25)"), QgsGeometry.fromWkt("POINT (25 98)")]
    else:
        # Beyond the edge of either projection: PROJ itself goes on around the world there.
        odd += [QgsGeometry.fromWkt("POINT (1e30 1e30)"), QgsGeometry.fromWkt("POINT (31000000 2900000)")]
    extra = []
    for number, geometry in enumerate(odd):
        feature = QgsFeature(tanks.fields())
        feature["tank_id"] = f"odd {number}"
        if geometry is not None:
            feature.setGeometry(geometry)
        extra.append(feature)
    assert tanks.dataProvider().addFeatures(extra)[0]
    log = Log()
    results = run("detectsites", log, TANKS=tanks, YEAR=2024)
    assert results["LEFT_OUT_COUNT"] == len(odd)
    assert results["TANK_COUNT"] == 13 + len(odd)
    assert results["COUNTED_COUNT"] + results["UNDATED_COUNT"] + 1 + len(odd) == results["TANK_COUNT"]
    assert any(f"{len(odd)} of {13 + len(odd)} tanks of tanks have no usable position" in text for text in log.warnings)
    out = rows(results["TANKS_OUT"])
    assert [row["tank_id"] for row in out if row["site_state"] == "no usable position"] == [
        f"odd {number}" for number in range(len(odd))
    ]


@pytest.mark.parametrize("epsg", [4326, 3857])
def test_places_at_infinity_are_counted_or_told(epsg):
    tanks = world.tank_layer(epsg=epsg)
    feature = QgsFeature(tanks.fields())
    feature.setGeometry(QgsGeometry(QgsPoint(98, math.inf)))
    tanks.dataProvider().addFeatures([feature])
    try:
        assert run("detectsites", TANKS=tanks)["LEFT_OUT_COUNT"] == 1
    except QgsProcessingException as error:
        # QGIS 3.44 cannot open such a layer for any algorithm.
        assert epsg == 3857 and "Does a coordinate of it lie at infinity?" in str(error)


def test_tanks_at_the_pole_are_placed():
    tanks = world.tank_layer([], fields={"tank_id": "string"})
    feature = QgsFeature(tanks.fields())
    feature.setGeometry(QgsGeometry.fromWkt("POINT (10 90)"))
    assert tanks.dataProvider().addFeatures([QgsFeature(feature) for _ in range(4)])[0]
    results = run("detectsites", TANKS=tanks)
    assert results["SITE_COUNT"] == 1
    assert results["FOOTPRINT_HA"] == pytest.approx(world.DISC / 1e4, rel=1e-3)


def test_multipoints_are_several_tanks_and_one_feature():
    tanks = world.tank_layer([], kind="MultiPoint", fields={"tank_id": "string"})
    feature = QgsFeature(tanks.fields())
    feature["tank_id"] = "five"
    near = [world.degrees({"east": 15.0 * n}) for n in range(4)]
    feature.setGeometry(QgsGeometry.fromMultiPointXY([*near, world.degrees({"north": 5000})]))
    tanks.dataProvider().addFeatures([feature])
    log = Log()
    results = run("detectsites", log, TANKS=tanks)
    assert (results["TANK_COUNT"], results["IN_SITE_COUNT"], results["UNGROUPED_COUNT"]) == (5, 4, 1)
    (row,) = rows(results["TANKS_OUT"])
    assert row["site_state"] == "in site; ungrouped" and row["site_id"] == rows(results["SITES"])[0]["site_id"]
    assert any("Multipoints" in text for text in log.infos)


TEXTS = [
    ("2015", "year", 2015),
    ("2015-03", "month", 2015),
    ("14/3/2015", "day", 2015),
    ("Mar 2015", "month", 2015),
    ("2015.0", "year", 2015),
    ("<null>", "none", None),
    ("", "none", None),
]


def test_dates_as_text_in_odd_forms():
    """A year stays a year: it is not the first of January, so the cut within it is undetermined."""
    tanks = [{"east": 15.0 * number, "first_seen": text} for number, (text, _, _) in enumerate(TEXTS)]
    tanks += [{"east": 200.0, "first_seen": "2021"}, {"east": 215.0, "first_seen": "soon"}]
    layer = world.tank_layer(tanks, fields={"tank_id": "string", "first_seen": "string"})
    log = Log()
    results = run("townshipsummary", log, TANKS=layer, UNITS=world.unit_layer(), **YEARS)
    assert (results["COUNTED_COUNT"], results["UNDATED_COUNT"]) == (6, 3)
    west = rows(results["UNITS_OUT"])[1]
    assert [west[f"tanks_{side}"] for side in ("before_cut", "after_cut", "cut_undetermined")] == [5, 0, 1]
    assert any("“soon” (1)" in text for text in log.warnings)


@pytest.mark.parametrize("kind, value", [("integer", 2015), ("double", 2015.0), ("integer", 20150314)])
def test_dates_as_numbers(kind, value):
    layer = world.tank_layer(
        [{"east": 15.0 * n, "first_seen": value} for n in range(4)],
        fields={"tank_id": "string", "first_seen": kind},
    )
    assert run("detectsites", TANKS=layer, YEAR=2014)["COUNTED_COUNT"] == 0
    assert run("detectsites", TANKS=layer, YEAR=2015)["COUNTED_COUNT"] == 4


def test_statuses_that_are_not_ours_are_told():
    tanks = [{**tank, "status": word} for tank, word in zip(world.TANKS, ["Active", "ACTIVE ", "flooded", "unknown"])]
    log = Log()
    results = run("detectsites", log, TANKS=world.tank_layer(tanks))
    (site,) = rows(results["SITES"])
    assert (site["active"], site["abandoned"], site["status_unknown"]) == (2, 0, 2)
    assert any("“flooded” (1)" in text for text in log.warnings)


def test_diameters_that_cannot_be_are_drawn_with_the_padding():
    sizes = [math.inf, math.nan, -4.0, 0.0]
    tanks = [{"east": 100.0 * number, "diameter_m": size} for number, size in enumerate(sizes)]
    log = Log()
    results = run("detectsites", log, TANKS=world.tank_layer(tanks), FOOTPRINT="discs")
    assert results["FOOTPRINT_HA"] == pytest.approx(4 * world.DISC / 1e4, rel=1e-4)
    assert any("4 tanks have no diameter" in text for text in log.warnings)


def test_columns_named_like_ours_are_kept_under_another_name(tmp_path):
    fields = {
        "tank_id": "string",
        "Site_ID": "string",
        "site_state": "string",
        "src_site_state": "integer",
        "tanks": "integer",
        "fid": "string",
    }
    given = [
        {**tank, "Site_ID": "mine", "site_state": "Kachin", "src_site_state": 5, "tanks": 7, "fid": "x"}
        for tank in world.TANKS
    ]
    layer = world.tank_layer(given, fields=fields)
    for target in ("TEMPORARY_OUTPUT", str(tmp_path / "out.gpkg"), str(tmp_path / "out.geojson")):
        log = Log()
        out = rows(run("detectsites", log, TANKS=layer, TANKS_OUT=target)["TANKS_OUT"])
        assert len(out) == 13
        for row in out:
            assert row["src_Site_ID"] == "mine" and row["src_site_state_2"] == "Kachin" and row["src_site_state"] == 5
            assert row["tanks"] == 7 and row["src_fid"] == "x"
        assert {row["site_state"] for row in out} == {"in site", "ungrouped"}
        assert any("Site_ID → src_Site_ID" in text for text in log.infos)


def test_row_numbers_of_a_geopackage_stay(tmp_path):
    layer = world.save(world.tank_layer(), tmp_path, "gpkg")
    out = rows(run("detectsites", TANKS=layer, TANKS_OUT=str(tmp_path / "out.gpkg"))["TANKS_OUT"])
    assert [row["fid"] for row in out] == list(range(1, 14)) and "src_fid" not in out[0]


def test_undated_tanks_are_not_told_to_leave_years_empty_that_are_needed():
    undated = world.tank_layer([{"east": 0, "north": 0}])
    message = failing("siteexpansion", TANKS=undated, START_YEAR=2020, END_YEAR=2024)
    assert "has a date" in message and "Leave the years empty" not in message
    assert "by leaving the year empty, in Detect sites" in message
