"""What is written: every format, whole numbers whole, NULL as NULL, dates as dates, and sums that add up."""

import csv

import pytest
from leachwatch.analysis.fields import SITE_EXPANSION, UNIT_SUMMARY, YEARLY, Kind
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import Log, layer_of, rows, run
from qgis.core import QgsVectorLayer

YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}
COUNTS = ["tanks_start", "tanks_end", "tanks_new", "tanks_gone", "active_end", "abandoned_end", "unknown_end"]


def types(output):
    return {field.name(): field.typeName().lower() for field in layer_of(output).fields()}


def expected(kind):
    return {
        Kind.TEXT: ("string", "text"),
        Kind.WHOLE: ("integer", "integer64"),
        Kind.REAL: ("real", "double"),
        Kind.DATE: ("date",),
    }[kind]


@pytest.mark.parametrize("target", ["TEMPORARY_OUTPUT", "out.gpkg", "out.geojson", "out.fgb"])
def test_types_and_nulls_of_sites(tmp_path, target):
    path = target if target == "TEMPORARY_OUTPUT" else str(tmp_path / target)
    results = run("siteexpansion", TANKS=world.tank_layer(), SITES=path, UNITS=world.unit_layer(), **YEARS)
    found = types(results["SITES"])
    # FlatGeobuf has no dates, only moments; GeoJSON does not say of what type a column is that holds nothing.
    loose = {"datetime"} if target.endswith("fgb") else set()
    hollow = {"last_seen"} if target.endswith("geojson") else set()
    for field in (field for field in SITE_EXPANSION if field.name not in hollow):
        assert found[field.name] in {*expected(field.kind), *loose}, field.name
    new = next(row for row in rows(results["SITES"]) if row["change_class"] == "new")
    stable = next(row for row in rows(results["SITES"]) if row["change_class"] == "stable")
    from_zero = ["footprint_change_pct", "tanks_change_pct", "annual_growth_pct", "shift_m", "shift_bearing_deg"]
    for name in (*from_zero, "last_seen"):
        assert new[name] is None, name
    assert (new["tanks_start"], new["active_end"], new["merged_sites"]) == (0, 0, 0)
    assert type(new["tanks_end"]) is int and stable["first_seen"][:10] == "2015-03-01"
    assert {new["unit_name"], stable["unit_name"]} == {world.BURMESE, world.CHINESE}


@pytest.mark.parametrize("ending", ["csv", "xlsx", "gpkg", "TEMPORARY_OUTPUT"])
def test_tables_in_every_format(tmp_path, ending):
    def where(name):
        return ending if ending == "TEMPORARY_OUTPUT" else str(tmp_path / f"{name}.{ending}")

    tanks, units = world.tank_layer(), world.unit_layer()
    summary = run("siteexpansion", TANKS=tanks, UNITS=units, SUMMARY=where("summary"), **YEARS)
    yearly = run("townshipsummary", TANKS=tanks, UNITS=units, YEARLY=where("yearly"), **YEARS)
    assert [int(row["year"]) for row in rows(yearly["YEARLY"])] == [2020, 2021, 2022, 2023, 2024] * 4
    found = rows(summary["SUMMARY"])
    states = ["in sites", "ungrouped", "not counted in either year", "undated", "no usable position"]
    scopes = ["all tanks", *states, "undetermined", "unit", "unit", "unit", "outside all units"]
    assert [row["scope"] for row in found] == scopes
    assert [row["unit_name"] for row in found][7:10] == [world.CHINESE, world.BURMESE, "Tsawlaw"]
    assert [int(row["tanks_end"]) for row in found] == [11, 10, 1, 0, 0, 0, 5, 5, 5, 0, 1]
    assert [int(row["tanks"]) for row in found] == [13, 11, 1, 0, 1, 0, 5, 5, 7, 0, 1]
    # From a zero base there is no percentage: neither nought nor "nan".
    assert found[7]["tanks_change_pct"] in (None, "")
    if ending == "gpkg":
        names = types(yearly["YEARLY"])
        for field in YEARLY:
            assert names[field.name] in expected(field.kind), field.name


def test_a_csv_as_a_spreadsheet_reads_it(tmp_path):
    path = tmp_path / "yearly.csv"
    run("townshipsummary", TANKS=world.tank_layer(), UNITS=world.unit_layer(), YEARLY=str(path), **YEARS)
    text = path.read_text(encoding="utf-8-sig")
    first = next(csv.DictReader(text.splitlines()))
    assert [first[name] for name in ("unit_name", "parent_name", "year", "tanks")] == [
        world.CHINESE,
        "云南",
        "2020",
        "0",
    ]
    outside = list(csv.DictReader(text.splitlines()))[-1]
    assert (outside["unit_name"], outside["unit_code"], outside["tanks_per_100km2"]) == ("outside all units", "", "")
    assert "nan" not in text.lower() and "NULL" not in text and "2020.0" not in text


def test_units_out_types(tmp_path):
    path = str(tmp_path / "units.gpkg")
    run("townshipsummary", TANKS=world.tank_layer(), UNITS=world.unit_layer(), UNITS_OUT=path)
    found = types(path)
    for field in UNIT_SUMMARY:
        assert found[field.name] in expected(field.kind), field.name
    for row in rows(path):
        assert row["start_year"] is None and row["tanks_new"] is None and row["cut_date"] is None


def test_sums_add_up_through_files(tmp_path):
    where = {name: str(tmp_path / f"{name}.gpkg") for name in ("SITES", "GROWTH", "LOSS", "SUMMARY")}
    units = world.unit_layer()
    results = run("siteexpansion", TANKS=world.tank_layer(), UNITS=units, **where, **YEARS)
    sites, summary = rows(where["SITES"]), rows(where["SUMMARY"])
    by_scope = {scope: [row for row in summary if row["scope"] == scope] for scope in {row["scope"] for row in summary}}
    total, inside, ungrouped = (by_scope[scope][0] for scope in ("all tanks", "in sites", "ungrouped"))
    places = [*by_scope["unit"], *by_scope["outside all units"]]
    for name in COUNTS:
        assert sum(row[name] for row in sites) == inside[name], name
        assert inside[name] + ungrouped[name] == total[name] == sum(row[name] for row in places), name
    for row in [*sites, *summary]:
        assert row["tanks_end"] - row["tanks_start"] == row["tanks_new"] - row["tanks_gone"]
        assert row["footprint_end_ha"] - row["footprint_start_ha"] == pytest.approx(
            row["footprint_gain_ha"] - row["footprint_loss_ha"], abs=1e-9
        )
    for name, key in (("GROWTH", "gain"), ("LOSS", "loss")):
        ground = sum(row["area_ha"] for row in rows(where[name]))
        assert ground == pytest.approx(sum(row[f"footprint_{key}_ha"] for row in sites), rel=1e-4)
    assert results["TANKS_END"] == total["tanks_end"] and sum(row["tanks_undated"] for row in places) == 1


def test_units_and_outside_hold_all_tanks(tmp_path):
    path, yearly = str(tmp_path / "units.gpkg"), str(tmp_path / "yearly.gpkg")
    given = {"TANKS": world.tank_layer(), "UNITS": world.unit_layer(), "UNITS_OUT": path, "YEARLY": yearly}
    results = run("townshipsummary", **given, **YEARS)
    out = rows(path)
    assert sum(row["tanks"] for row in out) == results["COUNTED_COUNT"] == 11
    for row in out:
        assert row["active"] + row["abandoned"] + row["status_unknown"] == row["tanks"]
        assert row["leachate"] + row["precipitation"] + row["type_unknown"] == row["tanks"]
        assert row["tanks_before_cut"] + row["tanks_after_cut"] + row["tanks_cut_undetermined"] == row["tanks"]
        assert row["tanks"] - row["tanks_start"] == row["tanks_new"] - row["tanks_gone"]
    last = [row for row in rows(yearly) if row["year"] == 2024]
    assert [row["tanks"] for row in last] == [row["tanks"] for row in out]


@pytest.mark.parametrize("year, undated", [(None, 0), (2015, 1), (2020, 1), (2024, 1)])
def test_the_states_of_tanks_add_up(year, undated):
    results = run("detectsites", TANKS=world.tank_layer(), YEAR=year)
    states = [row["site_state"] for row in rows(results["TANKS_OUT"])]
    assert len(states) == results["TANK_COUNT"] == 13
    assert states.count("in site") == results["IN_SITE_COUNT"] == sum(row["tanks"] for row in rows(results["SITES"]))
    assert states.count("ungrouped") == results["UNGROUPED_COUNT"]
    # Without a year the undated tank counts as well; it is reported all the same.
    assert states.count("undated") == undated and results["UNDATED_COUNT"] == 1
    assert states.count("not counted in the year") == 13 - results["COUNTED_COUNT"] - undated


def test_a_place_that_cannot_be_written_to(tmp_path):
    from qgis.core import QgsProcessingException

    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    with pytest.raises(QgsProcessingException) as caught:
        run("siteexpansion", TANKS=world.tank_layer(), SITES=str(blocked / "sites.gpkg"), **YEARS)
    assert "Traceback" not in str(caught.value)
    with pytest.raises(QgsProcessingException) as caught:
        run("siteexpansion", TANKS=world.tank_layer(), HTML=str(blocked / "report.html"), **YEARS)
    assert "Choose another place" in str(caught.value)


def test_large_numbers_and_hours_of_the_source_are_kept(tmp_path):
    path = tmp_path / "tanks.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":'
        '{"big":20240131120000,"small":7,"taken":"2024-01-31T12:30:00","day":"2024-01-31"},'
        '"geometry":{"type":"Point","coordinates":[98,25]}}]}',
        encoding="utf-8",
    )
    for target in ("TEMPORARY_OUTPUT", str(tmp_path / "out.gpkg")):
        results = run("loadusgstanks", INPUT=str(path), OUTPUT=target)
        (row,) = rows(results["OUTPUT"])
        assert (row["src_big"], row["src_small"]) == (20240131120000, 7)
        assert (row["src_taken"], row["src_day"]) == ("2024-01-31T12:30:00", "2024-01-31")


def test_outputs_nobody_asked_for_are_not_made(project):
    log = Log()
    given = {"TANKS": world.tank_layer(), "GROWTH": None, "LOSS": None, "SUMMARY": None, "HTML": None}
    results = run("siteexpansion", log, **given, **YEARS)
    assert not {"GROWTH", "LOSS", "SUMMARY", "HTML"} & set(results)
    assert isinstance(results["SITES"], QgsVectorLayer) and project.mapLayers() == {}
