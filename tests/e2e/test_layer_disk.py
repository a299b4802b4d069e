"""A layer on a disk that is full: one message, and no file that looks whole."""

from __future__ import annotations

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import failing, rows, run

pytestmark = pytest.mark.e2e
# Five hundred sites of one tank: 80 kB and more in each of the formats.
TANKS = [{"east": 1000.0 * (n % 20), "north": 1000.0 * (n // 20), "first_seen": "2015-01-01"} for n in range(500)]
GIVEN = {"START_YEAR": 2020, "END_YEAR": 2024, "MIN_TANKS": 1}


@pytest.mark.parametrize("suffix", ["geojson", "kml", "gml", "gpkg", "csv"])
def test_a_full_disk(provider, disk, suffix):
    message = failing("siteexpansion", TANKS=world.tank_layer(TANKS), SITES=str(disk / f"sites.{suffix}"), **GIVEN)
    assert "SITES could not be written" in message and "Choose another place and run again." in message


@pytest.mark.parametrize("suffix", ["geojson", "json", "kml", "gml", "csv"])
@pytest.mark.parametrize("tanks", [TANKS[:8], []])
def test_room_enough(provider, tmp_path, suffix, tanks):
    given = {"TANKS": world.tank_layer(tanks), "SITES": str(tmp_path / f"sites.{suffix}"), **GIVEN}
    assert len(rows(run("siteexpansion", **given)["SITES"])) == len(tanks)
