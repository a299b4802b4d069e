"""What FlatGeobuf and shapefiles cannot hold is refused or told: GDAL leaves it out and says nothing."""

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import Log, failing, rows, run

YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}


@pytest.mark.parametrize("suffix", [".fgb", ".shp", ".FGB"])
def test_a_table_is_not_written_where_it_would_be_lost(tmp_path, suffix):
    path = tmp_path / f"summary{suffix}"
    message = failing("siteexpansion", TANKS=world.tank_layer(), SUMMARY=str(path), **YEARS)
    assert "(SUMMARY) is a table without shapes" in message and ".gpkg" in message
    assert list(tmp_path.iterdir()) == []


def test_the_row_outside_all_units_is_told_where_it_is_lost(tmp_path):
    given = {"TANKS": world.tank_layer(), "UNITS": world.unit_layer(), **YEARS}
    kept, lost = Log(), Log()
    whole = rows(run("townshipsummary", kept, UNITS_OUT=str(tmp_path / "u.gpkg"), **given)["UNITS_OUT"])
    part = rows(run("townshipsummary", lost, UNITS_OUT=str(tmp_path / "u.fgb"), **given)["UNITS_OUT"])
    assert len(whole) == len(part) + 1
    said = "1 rows of UNITS_OUT have no shape, and FlatGeobuf leaves them out. Choose .gpkg to keep them."
    assert said in lost.warnings and said not in kept.warnings
