"""Load ISP-Myanmar sites through QGIS: units by code, spelling, name and place; totals; counts that add up."""

import pytest
from leachwatch.tests.qgis.processing.running import Log, failing, layer_of, rows, run
from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer

UNITS = [
    ("MMR001005", "Chipwi", "Kachin"),
    ("MMR001006", "Tsawlaw", "Kachin"),
    ("MMR016006", "Monghsat", "Shan (East)"),
    ("MMR007005", "Htantabin", "Bago (East)"),
    ("MMR013001", "Htantabin", "Yangon"),
]
SITES = """Site,TS_PCODE,Township,State,Period,Ponds,lat,lon
A,MMR001005,,,before the coup,12,25.5,98.5
B,,Chibwe,Kachin,after the coup,3,25.5,98.6
C,,Tsaw-law Township,Kachin,Dec 2024,,25.5,99.5
D,,Minesat,Shan,before and after,,25.5,98.5
E,,Htantabin,,,,25.5,101.5
F,,Nowhere,,,,10,10
G,,Chipwi,Kachin,after the coup,40,,
H,,,Kachin,,40,,
"""
COUNTS = (
    "ROW_COUNT SITE_COUNT TOTALS_COUNT REJECTED_COUNT JOINED_COUNT NOT_JOINED_COUNT DISAGREEING_COUNT "
    "JOINED_BY_CODE_COUNT JOINED_BY_ALIAS_COUNT JOINED_BY_NAME_COUNT JOINED_BY_PLACE_COUNT POND_COUNT UNDATED_COUNT"
).split()


@pytest.fixture()
def units():
    """Squares of a degree side by side from 98° east."""
    fields = "field=unit_code:string&field=unit_name:string&field=parent_name:string"
    layer = QgsVectorLayer(f"Polygon?crs=EPSG:4326&{fields}", "units", "memory")
    made = []
    for number, values in enumerate(UNITS):
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(values))
        west = 98 + number
        ring = f"{west} 25, {west + 1} 25, {west + 1} 26, {west} 26, {west} 25"
        feature.setGeometry(QgsGeometry.fromWkt(f"POLYGON (({ring}))"))
        made.append(feature)
    assert layer.dataProvider().addFeatures(made)[0]
    layer.updateExtents()
    return layer


@pytest.fixture()
def sites(tmp_path):
    path = tmp_path / "isp.csv"
    path.write_text(SITES, encoding="utf-8")
    return str(path)


def brief(output, *names):
    return [tuple(row[name] for name in names) for row in rows(output)]


def test_units_by_code_alias_name_and_place(sites, units):
    results = run("loadispsites", log := Log(), INPUT=sites, UNITS=units)
    assert brief(results["OUTPUT"], "site_name", "unit_code", "unit_name", "unit_match", "src_Township") == [
        ("A", "MMR001005", "Chipwi", "code", None),
        ("B", "MMR001005", "Chipwi", "alias", "Chibwe"),
        ("C", "MMR001006", "Tsawlaw", "name", "Tsaw-law Township"),
        ("D", "MMR016006", "Monghsat", "alias", "Minesat"),
        ("E", "MMR007005", "Htantabin", "place", "Htantabin"),
        ("F", None, "Nowhere", "none", "Nowhere"),
    ]
    assert brief(results["TOTALS"], "row", "unit_code", "unit_match", "counted", "number_low", "reason") == [
        (7, "MMR001005", "name", "ponds", 40, "no latitude or longitude")
    ]
    assert brief(results["REJECTED"], "row", "reason") == [(8, "no latitude or longitude")]
    assert [results[name] for name in COUNTS] == [8, 6, 1, 1, 6, 1, 1, 1, 2, 2, 1, 15, 3]
    told = " ".join(log.warnings)
    assert "Units: of 6 sites, 1 by code, 2 by alias, 1 by name, 1 by place, 1 not matched." in log.infos
    assert "Units: of 1 totals, 1 by name, 0 not matched." in log.infos
    assert "1 rows name one unit and stand in another: Monghsat named, Chipwi by place (1)." in told
    assert "8 rows read = 6 sites + 1 totals + 1 left out." in log.infos


def test_without_units_nothing_is_matched(sites):
    results = run("loadispsites", INPUT=sites)
    assert {row["unit_match"] for row in rows(results["OUTPUT"])} == {None}
    assert brief(results["OUTPUT"], "unit_code", "unit_name")[:2] == [("MMR001005", None), (None, "Chibwe")]
    assert [results[name] for name in COUNTS[4:11]] == [0] * 7


def test_a_table_of_totals(tmp_path, units):
    path = tmp_path / "totals.csv"
    path.write_text("State,Township,Sites before 2021,Sites 2024\nShan,Mong Hsat,3,26-27\nKachin,Chipwi,40,>120\n")
    log = Log()
    results = run("loadispsites", log, INPUT=str(path), UNITS=units, TOTALS=str(tmp_path / "out.gpkg"))
    assert brief(
        results["TOTALS"], "unit_code", "unit_match", "period", "first_seen_to", "number_low", "number_high"
    ) == [
        ("MMR016006", "name", "before 2021", "2020-12-31", 3, 3),
        ("MMR016006", "name", "2024", "2024-12-31", 26, 27),
        ("MMR001005", "name", "before 2021", "2020-12-31", 40, 40),
        ("MMR001005", "name", "2024", "2024-12-31", 120, None),
    ]
    assert layer_of(results["OUTPUT"]).featureCount() == 0
    assert (results["ROW_COUNT"], results["SITE_COUNT"], results["TOTALS_COUNT"], results["FIGURE_COUNT"]) == (
        2,
        0,
        2,
        4,
    )
    assert any("OUTPUT is empty" in warning for warning in log.warnings)


def test_totals_nobody_asked_for_are_not_written_but_counted(tmp_path):
    path = tmp_path / "totals.csv"
    path.write_text("Township,Ponds\nChipwi,40\n")
    results = run("loadispsites", INPUT=str(path), TOTALS=None, REJECTED=None)
    assert "TOTALS" not in results and results["TOTALS_COUNT"] == 1


def test_units_that_cannot_be_used_are_one_clear_error(sites):
    points = QgsVectorLayer("Point?crs=EPSG:4326&field=unit_code:string", "places", "memory")
    assert "places holds no polygons" in failing("loadispsites", INPUT=sites, UNITS=points)


def test_a_file_of_ponds(tmp_path):
    path = tmp_path / "ponds.csv"
    path.write_text("Pond_ID,Site_ID,lat,lon\n1,S1,25,98\n2,S1,25.0001,98\n3,S2,25.1,98\n")
    results = run("loadispsites", INPUT=str(path))
    assert [results[name] for name in ("SITE_COUNT", "DISTINCT_SITE_COUNT", "POND_COUNT")] == [3, 2, 3]
    assert [row["site_id"] for row in rows(results["OUTPUT"])] == ["S1", "S1", "S2"]


def test_our_own_sites_are_loaded_again(tmp_path):
    """Their numbers of ponds may be NULL, in every row or in none that was left out."""
    path = tmp_path / "sites.csv"
    path.write_text("Site,Township,Period,Ponds,lat,lon\nA,Chipwi,2019,12,25.5,98.5\nB,Chipwi,2020,,25.5,98.6\n")
    first = tmp_path / "sites.gpkg"
    run("loadispsites", INPUT=str(path), OUTPUT=str(first))
    again = run("loadispsites", INPUT=str(first))
    assert [again[name] for name in ("ROW_COUNT", "SITE_COUNT", "REJECTED_COUNT", "POND_COUNT")] == [2, 2, 0, 12]
    path.write_text("Site,Township,Period,lat,lon\nA,Chipwi,2019,25.5,98.5\n")
    run("loadispsites", INPUT=str(path), OUTPUT=str(second := tmp_path / "none.gpkg"))
    assert run("loadispsites", INPUT=str(second))["SITE_COUNT"] == 1
