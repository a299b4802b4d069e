"""A value that others make meaningless stands in a report with the reason, not as if it defined the numbers."""

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.reports_reader import read_page
from leachwatch.tests.qgis.processing.running import run


def values(tmp_path, name, **given):
    path = tmp_path / "report.html"
    run(name, TANKS=world.tank_layer(), HTML=str(path), **given)
    page = read_page(path)
    names = {"START_YEAR", "END_YEAR", "YEARS", "CUT_DATE", "COUNTING", "YEAR"} & set(page.cells)
    return {name: page.beside(name, 2) for name in names}


def test_years_beside_a_list_of_years(tmp_path):
    found = values(tmp_path, "siteexpansion", START_YEAR=2001, YEARS="2020, 2024")
    assert found["START_YEAR"] == "2001 – left aside: the list of years (YEARS) was given"
    assert found["END_YEAR"] == "not chosen" and found["YEARS"] == "2020, 2024" and found["COUNTING"] == "standing"


@pytest.mark.parametrize("name", ["townshipsummary", "sitesensitivity"])
def test_what_is_of_time_where_no_time_is_measured(tmp_path, name):
    units = {"UNITS": world.unit_layer()} if name == "townshipsummary" else {}
    found = values(tmp_path, name, **units)
    said = " – left aside: no year was given, and every tank counts, dated or not"
    assert found["COUNTING"] == "standing" + said
    assert found.get("CUT_DATE", "2021-02-01" + said) == "2021-02-01" + said


def test_nothing_is_left_aside_where_all_is_used(tmp_path):
    years = {"START_YEAR": 2020, "END_YEAR": 2024}
    assert "left aside" not in "".join(values(tmp_path, "siteexpansion", **years).values())
    found = values(tmp_path, "townshipsummary", UNITS=world.unit_layer(), **years)
    assert "left aside" not in "".join(found.values()) and found["CUT_DATE"] == "2021-02-01"


def test_what_sites_of_a_year_are(tmp_path):
    path = tmp_path / "report.html"
    run("siteexpansion", TANKS=world.tank_layer(), START_YEAR=2020, END_YEAR=2024, HTML=str(path))
    assert "with at least one tank counted then" in read_page(path).numbers["Sites at the end of 2020"]
