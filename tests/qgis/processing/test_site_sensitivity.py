"""Site sensitivity through processing.run: numbers worked out by hand, lists that cannot be read, reports."""

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import Log, failing, layer_of, rows, run

# Rows from west to east: 5 tanks 20 m apart, then 120 m on 3 tanks 40 m apart, then 720 m on 2 tanks 90 m apart.
EAST = [0, 20, 40, 60, 80, 200, 240, 280, 1000, 1090]
TANKS = [{"east": float(east), "first_seen": "2015-03-01"} for east in EAST]
LISTS = {"LINK_DISTANCES": "10, 20, 40, 90, 120, 700, 720.5", "MIN_TANKS_LIST": "1, 4"}
SITES = {1: [10, 6, 4, 3, 2, 2, 1], 4: [0, 1, 1, 1, 1, 1, 1]}
IN_SITES = {1: [10] * 7, 4: [0, 5, 5, 5, 8, 8, 10]}
COLUMNS = (
    "link_distance_m min_tanks year counting sites tanks_in_sites ungrouped largest_site_tanks median_site_tanks "
    "footprint_ha footprint_method sites_fell_back footprints_may_overlap sites_change_pct footprint_change_pct "
    "on_plateau"
).split()


def columns(results, name):
    found = {}
    for row in rows(results["OUTPUT"]):
        found.setdefault(row["min_tanks"], []).append(row[name])
    return found


@pytest.mark.parametrize("epsg", [4326, 3857, 32647])
def test_three_rows_of_tanks_by_hand(epsg):
    log = Log()
    results = run("sitesensitivity", log, TANKS=world.tank_layer(TANKS, epsg=epsg), PADDING=4, **LISTS)
    assert columns(results, "sites") == SITES
    assert columns(results, "tanks_in_sites") == IN_SITES
    expected = {least: [n * 16 * 3.14159265 / 1e4 for n in tanks] for least, tanks in IN_SITES.items()}
    for least, areas in columns(results, "footprint_ha").items():
        assert areas == pytest.approx(expected[least], rel=1e-3)  # no discs touch: one of 4 m radius a tank
    assert (results["PAIR_COUNT"], results["TANK_COUNT"], results["COUNTED_COUNT"]) == (14, 10, 10)
    assert (results["UNDATED_COUNT"], results["LEFT_OUT_COUNT"], log.warnings) == (0, 0, [])


def test_the_plateau_is_told_in_words_and_numbers():
    log = Log()
    results = run("sitesensitivity", log, TANKS=world.tank_layer(TANKS), **LISTS)
    found = [results[f"PLATEAU_{name}"] for name in ("MIN_TANKS", "FROM", "TO", "SITES_FEWEST", "SITES_MOST", "COUNT")]
    assert found == [4, 20, 90, 1, 1, 1]
    assert columns(results, "on_plateau") == {1: ["no"] * 7, 4: ["no", "yes", "yes", "yes", "no", "no", "no"]}
    assert "Minimum of 4 tanks: a plateau from 20 to 90 m, with 1 to 1 sites." in log.infos
    assert any("Minimum of 1 tanks: no plateau" in text for text in log.infos)


def test_where_there_is_no_plateau_its_numbers_are_not_known():
    results = run("sitesensitivity", TANKS=world.tank_layer(TANKS), LINK_DISTANCES="20 40 90", MIN_TANKS_LIST="1;2")
    assert (results["PLATEAU_MIN_TANKS"], results["PLATEAU_COUNT"]) == (1, 0)
    assert [results[f"PLATEAU_{name}"] for name in ("FROM", "TO", "SITES_FEWEST", "SITES_MOST")] == [None] * 4


def test_columns_and_definition():
    given = {"YEAR": 2020, "COUNTING": "cumulative", "FOOTPRINT": "convex", "MIN_TANKS_LIST": "2, 1, 2"}
    results = run("sitesensitivity", TANKS=world.tank_layer(), LINK_DISTANCES="150,25.5", **given)
    layer = layer_of(results["OUTPUT"])
    assert layer.fields().names() == COLUMNS and not layer.isSpatial()
    found = rows(results["OUTPUT"])
    assert [(row["min_tanks"], row["link_distance_m"]) for row in found] == [(1, 25.5), (1, 150), (2, 25.5), (2, 150)]
    assert {(row["year"], row["counting"], row["footprint_method"]) for row in found} == {
        (2020, "cumulative", "convex")
    }
    # Ever seen by 2020: four tanks 15 m apart, one 30 m further, one alone. All stand in a line, and have no hull.
    assert [row["sites_fell_back"] for row in found] == [row["sites"] for row in found] == [3, 2, 1, 1]
    assert [row["sites_change_pct"] is None for row in found] == [True, False, True, False]
    without = run("sitesensitivity", TANKS=world.tank_layer())
    assert without["PAIR_COUNT"] == 66 and {row["counting"] for row in rows(without["OUTPUT"])} == {"all tanks"}
    assert {row["year"] for row in rows(without["OUTPUT"])} == {None}


def test_each_pair_is_what_detect_sites_finds():
    layer = world.tank_layer()
    table = run("sitesensitivity", TANKS=layer, YEAR=2024, LINK_DISTANCES="20, 150", MIN_TANKS_LIST="1, 4")
    for row in rows(table["OUTPUT"]):
        one = {"LINK_DISTANCE": row["link_distance_m"], "MIN_TANKS": row["min_tanks"], "YEAR": 2024}
        sites = run("detectsites", TANKS=layer, **one)
        found = (sites["SITE_COUNT"], sites["IN_SITE_COUNT"], sites["UNGROUPED_COUNT"])
        assert (row["sites"], row["tanks_in_sites"], row["ungrouped"]) == found
        assert row["footprint_ha"] == pytest.approx(sites["FOOTPRINT_HA"])
    assert table["UNDATED_COUNT"] == 1 and table["COUNTED_COUNT"] == 11


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"LINK_DISTANCES": "25, fifty"}, ["LINK_DISTANCES", "“fifty”"]),
        ({"LINK_DISTANCES": "0, 25"}, ["LINK_DISTANCES", "“0”", "0.01"]),
        ({"LINK_DISTANCES": "-25"}, ["LINK_DISTANCES", "“-25”"]),
        ({"LINK_DISTANCES": "nan"}, ["LINK_DISTANCES", "“nan”"]),
        ({"LINK_DISTANCES": "1e99"}, ["LINK_DISTANCES", "“1e99”"]),
        ({"LINK_DISTANCES": " , ;"}, ["LINK_DISTANCES", "empty"]),
        ({"LINK_DISTANCES": ""}, ["LINK_DISTANCES", "empty"]),
        ({"LINK_DISTANCES": [25, 50]}, ["LINK_DISTANCES", "as text"]),
        ({"LINK_DISTANCES": " ".join(map(str, range(1, 60)))}, ["59 numbers", "50"]),
        ({"MIN_TANKS_LIST": "1, 2.5"}, ["MIN_TANKS_LIST", "“2.5”", "whole number"]),
        ({"MIN_TANKS_LIST": "0"}, ["MIN_TANKS_LIST", "“0”"]),
        ({"PLATEAU_CHANGE": 101}, ["PLATEAU_CHANGE", "0 to 100"]),
    ],
)
def test_lists_that_cannot_be_read(given, words):
    message = failing("sitesensitivity", TANKS=world.tank_layer(), **given)
    assert all(word in message for word in words), message


def test_a_link_distance_of_100_km_and_one_of_a_centimetre():
    results = run("sitesensitivity", TANKS=world.tank_layer(), LINK_DISTANCES="100000, 0.01", MIN_TANKS_LIST="1")
    assert columns(results, "sites") == {1: [13, 1]}


def test_footprints_that_may_overlap_are_told():
    log = Log()
    results = run("sitesensitivity", log, TANKS=world.tank_layer(), LINK_DISTANCES="25, 50", MIN_TANKS_LIST="1")
    assert columns(results, "footprints_may_overlap") == {1: ["yes", "no"]}
    assert any("25 m" in text and "twice" in text for text in log.warnings)


def test_an_empty_layer():
    log = Log()
    results = run("sitesensitivity", log, TANKS=world.tank_layer([]), **LISTS)
    assert {row["sites"] for row in rows(results["OUTPUT"])} == {0} and results["PLATEAU_FROM"] is None
    assert any("no tanks" in text for text in log.warnings)


def test_a_year_of_tanks_without_dates():
    bare = [{"east": 10.0 * number} for number in range(3)]
    assert "has a date" in failing("sitesensitivity", TANKS=world.tank_layer(bare), YEAR=2020)


def test_tanks_without_a_position_are_told():
    layer = world.tank_layer(TANKS)
    layer.dataProvider().changeGeometryValues({1: world.QgsGeometry()})
    log = Log()
    results = run("sitesensitivity", log, TANKS=layer, **LISTS)
    assert (results["TANK_COUNT"], results["COUNTED_COUNT"], results["LEFT_OUT_COUNT"]) == (10, 9, 1)
    assert any("no usable position" in text for text in log.warnings)


def test_the_report(tmp_path):
    path = tmp_path / "report.html"
    results = run("sitesensitivity", TANKS=world.tank_layer(TANKS), HTML=str(path), PDF="", **LISTS)
    text = path.read_text(encoding="utf-8")
    assert results["HTML"] == str(path)
    assert "a plateau from 20 to 90 m" in text and "720.5" in text and "no plateau" in text
    beside = {file.suffix for file in tmp_path.iterdir()}
    assert {".html", ".csv"} <= beside
    csv = next(file for file in tmp_path.iterdir() if file.suffix == ".csv").read_text(encoding="utf-8-sig")
    assert csv.splitlines()[0].replace('"', "").split(",") == COLUMNS and len(csv.splitlines()) == 15
