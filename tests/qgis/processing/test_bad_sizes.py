"""Heaps, distances, years and units far beyond the usual: clear, bounded in time, and nothing lost."""

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import Log, rows, run
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QDate

YEARS = {"START_YEAR": 2018, "END_YEAR": 2023}
HEAP = 50_000


@pytest.fixture(scope="module")
def heap():
    """50,000 tanks in one place: 5,000 first seen in each year from 2015 to 2024; of each ten one is gone by 2022."""
    layer = QgsVectorLayer("Point?crs=EPSG:4326&field=first_seen:date&field=gone_by:date", "heap", "memory")
    place = QgsGeometry.fromPointXY(QgsPointXY(98.13, 25.88))
    features = []
    for number in range(HEAP):
        feature = QgsFeature(layer.fields())
        gone = QDate(2022, 1, 1) if number // 10 % 10 == 0 else None
        feature.setAttributes([QDate(2015 + number % 10, 1, 1), gone])
        feature.setGeometry(place)
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    return layer


@pytest.mark.parametrize("footprint", ["buffered", "concave"])
def test_tens_of_thousands_in_one_place(heap, footprint):
    results = run(
        "siteexpansion", TANKS=heap, UNITS=world.unit_layer(), FOOTPRINT=footprint, HTML=None, PDF=None, **YEARS
    )
    (site,) = rows(results["SITES"])
    # 2018: four years of 5,000. 2023: nine years of 5,000, less the tenth that is gone by 2022 of those first seen in
    # 2015 to 2021 (3,500) and in 2022 itself (500). Those first seen in 2023 stand: their image is later.
    assert (site["tanks_start"], site["tanks_end"]) == (20_000, 45_000 - 3_500 - 500)
    assert site["tanks_gone"] == 2_000 and site["tanks_new"] == 23_000
    assert (site["footprint_method"], site["unit_code"]) == ("buffered", "MMR001005")
    for name in ("footprint_start_ha", "footprint_end_ha"):
        assert site[name] == pytest.approx(world.DISC / 1e4, rel=1e-3)
    assert site["footprint_gain_ha"] == site["footprint_loss_ha"] == 0
    assert results["TANK_COUNT"] == HEAP


def test_tens_of_thousands_in_one_place_by_year(heap):
    results = run("townshipsummary", TANKS=heap, UNITS=world.unit_layer(), HTML=None, PDF=None, **YEARS)
    table = [row for row in rows(results["YEARLY"]) if row["unit_code"] == "MMR001005"]
    assert [row["tanks_cumulative"] for row in table] == [20_000, 25_000, 30_000, 35_000, 40_000, 45_000]
    # In 2022 a tenth of the 35,000 is gone, and 4,500 of the year's 5,000 stand; in 2023 all that are first seen then.
    assert [row["tanks"] for row in table] == [20_000, 25_000, 30_000, 35_000, 36_000, 41_000]
    assert [row["sites"] for row in table] == [1] * 6


@pytest.mark.parametrize("link", [100_000, 20_000_000, 1e9])
def test_a_link_distance_of_the_country_or_the_earth(link):
    layer = world.tank_layer()
    far = world.tank_layer(origin=(99.0, 26.0))
    layer.dataProvider().addFeatures(list(far.getFeatures()))
    results = run("siteexpansion", TANKS=layer, LINK_DISTANCE=link, START_YEAR=2020, END_YEAR=2024)
    # The two worlds are 88 km apart: one site, in which nothing is ungrouped.
    assert (results["SITE_COUNT"], results["UNGROUPED_COUNT"]) == (1, 0)
    assert (results["TANKS_START"], results["TANKS_END"]) == (12, 22)


def test_a_padding_of_a_hundred_kilometres():
    log = Log()
    (site,) = rows(run("detectsites", log, TANKS=world.tank_layer(), PADDING=100_000, LINK_DISTANCE=10_000)["SITES"])
    # Thirteen tanks within 6 km: a disc and a rim. On the sphere a cap of 100 km is πr² less 0.002 %.
    assert 3.1415e10 / 1e4 < site["footprint_ha"] < 3.1415e10 * 1.08 / 1e4
    assert any("footprints of neighbouring" in text for text in log.warnings)


def test_years_far_apart():
    given = {"TANKS": world.tank_layer(), "UNITS": world.unit_layer(), "START_YEAR": 1900, "END_YEAR": 2200}
    results = run("siteexpansion", **given)
    assert (results["TANKS_START"], results["TANKS_END"]) == (0, 11)
    assert [row["annual_growth_pct"] for row in rows(results["SITES"])] == [None, None]
    table = rows(run("townshipsummary", **given)["YEARLY"])
    assert len(table) == 4 * 301
    by_year = {year: sum(row["tanks"] for row in table if row["year"] == year) for year in (1900, 2014, 2015, 2200)}
    assert by_year == {1900: 0, 2014: 0, 2015: 5, 2200: 11}


def test_units_by_the_ten_thousand():
    """A grid of 50,000 cells; the tanks stand in four of them, the western ones on the border of two."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326&field=unit_code:string&field=unit_name:string", "grid", "memory")
    features = []
    for column in range(250):
        for row in range(200):
            feature = QgsFeature(layer.fields())
            feature.setAttributes([f"U{column:03}{row:03}", f"cell {column} {row}"])
            west, south = 97 + column * 0.01, 25 + row * 0.01
            feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(west, south, west + 0.01, south + 0.01)))
            features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    results = run(
        "townshipsummary", TANKS=world.tank_layer(), UNITS=layer, START_YEAR=2024, END_YEAR=2024, HTML=None, PDF=None
    )
    assert (results["UNIT_COUNT"], results["UNITS_WITH_TANKS"], results["OUTSIDE_COUNT"]) == (50_000, 4, 0)
    found = rows(results["UNITS_OUT"])
    assert len(found) == 50_000 and sum(row["tanks"] for row in found) == results["COUNTED_COUNT"] == 11
