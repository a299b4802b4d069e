"""Ground metres everywhere: the same tanks in any CRS, in any row order, in several zones and countries at once."""

import random

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import layer_of, rows, run

# Kachin (UTM 47), the Myanmar side west of 96° (UTM 46), and Jiangxi (UTM 50): at the zones' edges on purpose.
ORIGINS = {"kachin": (98.13, 25.88), "zone edge": (95.999, 25.0), "jiangxi": (115.03, 24.78)}
YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}


def everywhere(epsg):
    """The small world at every origin, in one layer."""
    layer = world.tank_layer(origin=ORIGINS["kachin"], epsg=epsg)
    for name in ("zone edge", "jiangxi"):
        more = list(world.tank_layer(origin=ORIGINS[name], epsg=epsg).getFeatures())
        assert layer.dataProvider().addFeatures(more)[0]
    return layer


@pytest.mark.parametrize("epsg", [3857, 32647, 32650, 4527])
@pytest.mark.parametrize("footprint", ["buffered", "convex"])
def test_the_crs_changes_nothing(epsg, footprint):
    expected = run("siteexpansion", TANKS=everywhere(4326), FOOTPRINT=footprint, **YEARS)
    found = run("siteexpansion", TANKS=everywhere(epsg), FOOTPRINT=footprint, **YEARS)
    assert (expected["SITE_COUNT"], expected["TANKS_END"], expected["UNGROUPED_COUNT"]) == (6, 33, 3)
    for one, other in zip(rows(expected["SITES"]), rows(found["SITES"])):
        assert set(one) == set(other)
        for name, value in one.items():
            if isinstance(value, float):
                assert other[name] == pytest.approx(value, rel=1e-3, abs=1e-6), name
            else:
                assert other[name] == value, name


@pytest.mark.parametrize("epsg", [4326, 3857, 32647])
def test_areas_are_ground_hectares_in_every_country(epsg):
    for origin in ORIGINS.values():
        results = run("detectsites", TANKS=world.tank_layer(origin=origin, epsg=epsg), YEAR=2024)
        assert [row["footprint_ha"] for row in rows(results["SITES"])] == pytest.approx([world.row_ha(5)] * 2, rel=1e-3)
        assert layer_of(results["SITES"]).crs().authid() == "EPSG:4326"


def test_a_site_on_the_edge_of_two_zones_is_one():
    tanks = [{"east": 15.0 * number, **world.OLD} for number in range(20)]
    results = run("detectsites", TANKS=world.tank_layer(tanks, origin=(95.9985, 25.0)), YEAR=2024)
    assert (results["SITE_COUNT"], results["IN_SITE_COUNT"]) == (1, 20)
    assert results["FOOTPRINT_HA"] == pytest.approx(world.row_ha(20), rel=1e-3)


def test_units_in_another_crs():
    results = run("townshipsummary", TANKS=world.tank_layer(), UNITS=world.unit_layer(epsg=32647), **YEARS)
    assert [row["tanks"] for row in rows(results["UNITS_OUT"])] == [5, 5, 0, 1]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_rows_changes_nothing(seed):
    shuffled = [{"tank_id": str(number), **tank} for number, tank in enumerate(world.TANKS)]
    random.Random(seed).shuffle(shuffled)
    for name, outputs in (
        ("siteexpansion", ["SITES", "GROWTH", "SUMMARY"]),
        ("townshipsummary", ["UNITS_OUT", "YEARLY"]),
    ):
        given = {"UNITS": world.unit_layer(), **YEARS}
        one = run(name, TANKS=world.tank_layer(), **given)
        other = run(name, TANKS=world.tank_layer(shuffled), **given)
        for output in outputs:
            for row, again in zip(rows(one[output]), rows(other[output])):
                assert {k: pytest.approx(v) if isinstance(v, float) else v for k, v in row.items()} == again
    states = [
        sorted((row["tank_id"], row["site_id"], row["site_state"]) for row in rows(out["TANKS_OUT"]))
        for out in (run("detectsites", TANKS=world.tank_layer(tanks), YEAR=2024) for tanks in (world.TANKS, shuffled))
    ]
    assert [(a, c) for a, b, c in states[0]] == [(a, c) for a, b, c in states[1]]
    assert states[0] == states[1]
