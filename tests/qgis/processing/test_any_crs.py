"""The same tanks in any CRS: the same sites, the same counts, and areas equal to a thousandth."""

from functools import cache

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import rows, run
from leachwatch.tests.unit.analysis.worlds import random_rows

YEARS = {"START_YEAR": 2016, "END_YEAR": 2022}
# On the meridian of 96° E UTM zones 46 and 47 meet, on 102° E 47 and 48; zone 48 is nine degrees off the first.
ORIGINS = {"zones 46 and 47": (96.0, 25.2), "zones 47 and 48": (102.0, 24.4), "chipwi": (98.13, 25.88)}
CRS = [3857, 32646, 32647, 32648]
ROWS = [
    {**row, "east": row["east"] - 2000.0, "north": row["north"] - 2000.0, "diameter_m": 4.0 + number % 30}
    for number, row in enumerate(random_rows(7, 150))
]
UNITS = [
    {"unit_code": f"U{number}", "unit_name": f"unit {number}", "parent_name": None, "west": west, "east": west + 1000}
    for number, west in enumerate((-2000, -1000, 1000))
]


def same(one, other, name):
    assert len(one) == len(other) > 0, name
    for row, again in zip(one, other):
        for column, value in row.items():
            if isinstance(value, float):
                assert again[column] == pytest.approx(value, rel=1e-3, abs=1e-4), (name, column)
            else:
                assert again[column] == value, (name, column)


@cache
def tables(name, place, epsg, units_epsg=None, outputs=(), **given):
    """Return the rows of some outputs for the tanks in a CRS, without reports."""
    if units_epsg:
        given["UNITS"] = world.unit_layer(UNITS, epsg=units_epsg)
    reports = {} if name == "detectsites" else {"HTML": None, "PDF": None}
    results = run(name, TANKS=world.tank_layer(ROWS, epsg=epsg, origin=ORIGINS[place]), **reports, **given)
    return {output: rows(results[output]) for output in outputs}


@pytest.mark.parametrize("epsg", CRS)
@pytest.mark.parametrize(
    ("place", "footprint"),
    [
        ("zones 46 and 47", "buffered"),
        ("zones 47 and 48", "concave"),
        ("chipwi", "convex"),
        ("zones 46 and 47", "discs"),
    ],
)
def test_sites_and_their_change(place, footprint, epsg):
    outputs = ("SITES", "GROWTH", "LOSS", "SUMMARY")
    one, other = (
        tables("siteexpansion", place, code, outputs=outputs, FOOTPRINT=footprint, **YEARS) for code in (4326, epsg)
    )
    assert len(one["SITES"]) > 5
    for output in outputs:
        same(one[output], other[output], output)


@pytest.mark.parametrize("epsg", CRS)
def test_units_in_the_same_and_in_another_crs(epsg):
    outputs = ("UNITS_OUT", "YEARLY")
    one, same_crs, other_crs = (
        tables("townshipsummary", "chipwi", of_tanks, of_units, outputs, **YEARS)
        for of_tanks, of_units in ((4326, 4326), (epsg, epsg), (epsg, 4326))
    )
    for output in outputs:
        same(one[output], same_crs[output], output)
        same(one[output], other_crs[output], output)


@pytest.mark.parametrize("epsg", CRS)
@pytest.mark.parametrize("place", sorted(ORIGINS))
def test_who_belongs_where(place, epsg):
    one, other = (tables("detectsites", place, code, outputs=("TANKS_OUT",), YEAR=2020) for code in (4326, epsg))
    names = ("tank_id", "site_id", "site_state")
    members = [[tuple(row[name] for name in names) for row in found["TANKS_OUT"]] for found in (one, other)]
    assert members[0] == members[1]
    assert {row[1] for row in members[0]} > {None}


@pytest.mark.parametrize("epsg", CRS)
def test_sensitivity(epsg):
    one, other = (tables("sitesensitivity", "zones 47 and 48", code, outputs=("OUTPUT",)) for code in (4326, epsg))
    same(one["OUTPUT"], other["OUTPUT"], "OUTPUT")
