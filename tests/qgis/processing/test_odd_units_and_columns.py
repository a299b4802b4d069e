"""Units of awkward shapes, columns that bear our names, and places and years that are none: told, and nothing lost."""

import math

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import Log, layer_of, rows, run
from leachwatch.tests.qgis.processing.test_bad_units import units_of
from qgis.core import QgsFeature, QgsGeometry, QgsPoint, QgsVectorLayer

YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}
# Around the small world's western row (98.13° E, 25.88° N) and eastern row (98.14° E).
AROUND = "98 25, 99 25, 99 26, 98 26, 98 25"
HOLE = "98.12 25.87, 98.135 25.87, 98.135 25.89, 98.12 25.89, 98.12 25.87"


def tanks_by_unit(units, log=None, **given):
    results = run("townshipsummary", log or Log(), TANKS=world.tank_layer(), UNITS=units, **given)
    return [(row["unit_code"], row["tanks"]) for row in rows(results["UNITS_OUT"])]


def test_a_hole_is_outside_and_an_island_in_it_is_inside():
    island = "98.1299 25.8799, 98.1304 25.8799, 98.1304 25.8804, 98.1299 25.8804, 98.1299 25.8799"
    # The western row holds 7 tanks: the first three, at 0, 15 and 30 m, and one 15 m north of the third, stand in the
    # island, which reaches 40 m east of 98.13° E; the other three stand in the hole.
    units = units_of(
        f"MULTIPOLYGON ((({AROUND}), ({HOLE})), (({island})))",
        uri="MultiPolygon?crs=EPSG:4326" "&field=unit_code:string&field=unit_name:string",
    )
    assert tanks_by_unit(units) == [("U0", 13 - 3), (None, 3)]


def test_slivers_hold_what_lies_on_them_once():
    """A polygon without width along the western row, and another of a thousandth of a millimetre: U0 is first."""
    line = "POLYGON ((98.13 25.88, 98.2 25.88, 98.13 25.88))"
    thin = "POLYGON ((98 25.88, 99 25.88, 99 25.88000000001, 98 25.88))"
    log = Log()
    found = tanks_by_unit(units_of(f"POLYGON (({AROUND}))", line, thin), log)
    assert found[0] == ("U0", 13) and sum(tanks for _, tanks in found) == 13


@pytest.mark.parametrize(
    "wkt",
    [
        "MULTIPOLYGON (((177 -20, 180 -20, 180 -15, 177 -15, 177 -20)), "
        "((-180 -20, -177 -20, -177 -15, -180 -15, -180 -20)))",
        "MULTIPOLYGON (((177 -20, -177 -20, -177 -15, 177 -15, 177 -20)))",
        "MULTIPOLYGON (((177 -20, 183 -20, 183 -15, 177 -15, 177 -20)))",
        "MULTIPOLYGON (((-183 -20, -177 -20, -177 -15, -183 -15, -183 -20)))",
    ],
)
@pytest.mark.parametrize("name", ["siteexpansion", "townshipsummary"])
def test_a_unit_across_the_antimeridian_in_every_form(wkt, name):
    """Twenty tanks in a row across it, 300 m: one site in one unit, and a part on either side."""
    units = units_of(wkt, uri="MultiPolygon?crs=EPSG:4326&field=unit_code:string&field=unit_name:string")
    tanks = [{"east": 15.0 * number - 150, "first_seen": "2015-01-01"} for number in range(20)]
    layer = world.tank_layer(tanks, origin=(180.0, -17.0))
    assert {feature.geometry().asPoint().x() > 0 for feature in layer.getFeatures()} == {True, False}
    results = run(name, TANKS=layer, UNITS=units, **YEARS)
    if name == "siteexpansion":
        (site,) = rows(results["SITES"])
        assert (site["unit_code"], site["tanks_end"]) == ("U0", 20)
        assert site["footprint_end_ha"] == pytest.approx(world.row_ha(20), rel=1e-3)
        (feature,) = layer_of(results["SITES"]).getFeatures()
        parts = feature.geometry().asGeometryCollection()
        assert sorted(part.boundingBox().width() < 0.01 for part in parts) == [True, True], "cut at the antimeridian"
    else:
        (unit,) = rows(results["UNITS_OUT"])
        assert (unit["tanks"], unit["sites"], results["OUTSIDE_COUNT"]) == (20, 1, 0)
        # Six degrees by five at 17.5° south: about 6 · 106.2 km by 5 · 110.7 km.
        assert unit["area_km2"] == pytest.approx(6 * 106.2 * 5 * 110.7, rel=0.005)


OURS = ["site_id", "site_state", "unit", "row", "x", "y", "lon", "lat", "group", "index", "geometry", "wkb", "band"]


def test_columns_of_our_names_in_the_tanks():
    """They are the user's, and are kept under another name where an output needs theirs."""
    fields = {**world.FIELDS, **dict.fromkeys(OURS, "string")}
    tanks = [{**tank, **{name: f"{name} {number}" for name in OURS}} for number, tank in enumerate(world.TANKS)]
    plain, odd = world.tank_layer(), world.tank_layer(tanks, fields=fields)
    for name, outputs in (
        ("siteexpansion", ["SITES", "GROWTH", "LOSS", "SUMMARY"]),
        ("townshipsummary", ["UNITS_OUT", "YEARLY"]),
        ("detectsites", ["SITES"]),
        ("sitesensitivity", ["OUTPUT"]),
    ):
        given = {"UNITS": world.unit_layer(), **YEARS} if outputs[-1] in ("SUMMARY", "YEARLY") else {}
        one, other = (run(name, TANKS=layer, **given) for layer in (plain, odd))
        for output in outputs:
            assert rows(one[output]) == rows(other[output]), (name, output)
    detected = rows(run("detectsites", TANKS=odd, YEAR=2024)["TANKS_OUT"])
    assert len(detected) == len(tanks)
    for number, row in enumerate(detected):
        # Every cell of the user's is there, under its name or (where ours took it) another.
        assert {f"{name} {number}" for name in OURS} <= set(row.values())
        assert row["site_state"] in ("in site", "ungrouped", "undated", "not counted in the year")


def test_columns_of_our_names_in_the_units():
    uri = "Polygon?crs=EPSG:4326&field=unit_code:string&field=unit_name:string" + "".join(
        f"&field={name}:string" for name in ("tanks", "sites", "year", "row", "area_km2", "geometry", "index")
    )
    units = QgsVectorLayer(uri, "units", "memory")
    feature = QgsFeature(units.fields())
    feature.setAttributes(["U0", "unit 0", "9", "9", "9", "9", "9", "9", "9"])
    feature.setGeometry(QgsGeometry.fromWkt(f"POLYGON (({AROUND}))"))
    assert units.dataProvider().addFeatures([feature])[0]
    results = run("townshipsummary", TANKS=world.tank_layer(), UNITS=units, **YEARS)
    (row,) = rows(results["UNITS_OUT"])
    assert (row["tanks"], row["sites"]) == (11, 2) and row["area_km2"] > 10_000
    assert [row["year"] for row in rows(results["YEARLY"])] == [2020, 2021, 2022, 2023, 2024]


@pytest.mark.parametrize("name", ["siteexpansion", "townshipsummary", "sitesensitivity"])
def test_places_that_are_none_are_counted_by_every_analysis(name):
    tanks = world.tank_layer()
    odd = [
        None,
        "POINT EMPTY",
        QgsGeometry(QgsPoint(math.nan, math.nan)),
        QgsGeometry(QgsPoint(math.inf, 25.88)),
        QgsGeometry(QgsPoint(98.13, -math.inf)),
        "POINT (98.13 91)",
        "POINT (181 25.88)",
    ]
    extra = []
    for geometry in odd:
        feature = QgsFeature(tanks.fields())
        if geometry is not None:
            feature.setGeometry(QgsGeometry.fromWkt(geometry) if isinstance(geometry, str) else geometry)
        extra.append(feature)
    assert tanks.dataProvider().addFeatures(extra)[0]
    given = {} if name == "sitesensitivity" else {"UNITS": world.unit_layer(), **YEARS}
    log = Log()
    results = run(name, log, TANKS=tanks, **given)
    assert (results["TANK_COUNT"], results["LEFT_OUT_COUNT"]) == (13 + len(odd), len(odd))
    assert any(f"{len(odd)} of {13 + len(odd)} tanks of tanks have no usable position" in text for text in log.warnings)


def test_dates_centuries_away_are_told_and_not_known():
    tanks = [{**tank} for tank in world.TANKS]
    tanks[0]["first_seen"], tanks[1]["first_seen"], tanks[2]["gone_by"] = "1500-01-01", "2999-06-01", "9999-12-31"
    log = Log()
    results = run("siteexpansion", log, TANKS=world.tank_layer(tanks), **YEARS)
    # Two of the six at the start, and of the eleven at the end, have lost the date that made them count.
    assert (results["TANKS_START"], results["TANKS_END"], results["UNDATED_COUNT"]) == (4, 9, 3)
    assert any("2 dates lie centuries away" in text for text in log.warnings)
