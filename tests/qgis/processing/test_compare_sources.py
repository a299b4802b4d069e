"""Two sources compared through processing.run: in any CRS and form, with bad rows, stopped, as a report."""

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.reports_reader import Page
from leachwatch.tests.qgis.processing.running import Log, failing, layer_of, rows, run
from leachwatch.tests.qgis.processing.test_cancelling import Stopper
from qgis.core import QgsGeometry, QgsVectorLayer

SITE_FIELDS = {"site_id": "string", "status": "string", "first_seen_from": "date", "first_seen_to": "date"}
# A stands at 0, 100, 200 m …; B 10 m north of the first three of A, and alone 5 km away.
OURS = [{"east": 100.0 * n, "tank_id": f"a{n}", "status": "active", "first_seen": "2020-05-01"} for n in range(4)]
THEIRS = [
    *({"east": 100.0 * n, "north": 10.0, "tank_id": f"b{n}", "status": status, "first_seen": "2020-05-03"}
      for n, status in enumerate(("active", "abandoned", "unknown"))),
    {"north": 5000.0, "tank_id": "far"},
]  # fmt: skip
UNITS = [
    {"unit_code": "MMR001005", "unit_name": "Chipwi", "parent_name": "Kachin", "west": -50, "east": 150},
    {"unit_code": "MMR001006", "unit_name": "Tsawlaw", "parent_name": "Kachin", "west": 150, "east": 1000},
]


def compare(a=OURS, b=THEIRS, log=None, epsg=(4326, 4326), **given):
    layers = [
        source if isinstance(source, QgsVectorLayer) else world.tank_layer(source, epsg=code, name=name)
        for source, code, name in ((a, epsg[0], "ours"), (b, epsg[1], "theirs"))
    ]
    return run("comparesources", log, A=layers[0], B=layers[1], **given)


def pairs(results):
    return sorted((row["a_id"], row["b_id"]) for row in rows(results["MATCHED"]))


def sites(records, **given):
    return world.tank_layer(records, fields=SITE_FIELDS, name="sites", **given)


@pytest.mark.parametrize("epsg", [(4326, 4326), (3857, 32647), (32646, 4326)])
def test_the_same_in_any_crs(epsg):
    results = compare(epsg=epsg)
    assert pairs(results) == [("a0", "b0"), ("a1", "b1"), ("a2", "b2")]
    table = sorted(rows(results["MATCHED"]), key=lambda row: row["a_id"])
    assert [row["distance_m"] for row in table] == pytest.approx([10] * 3, abs=0.01)
    assert [row["status_agreement"] for row in table] == ["agree", "differ", "not known"]
    assert {row["first_seen_gap_days"] for row in table} == {2}
    assert results["MEDIAN_DISTANCE_M"] == pytest.approx(10, abs=0.01)
    # 3 pairs are 6 of 4 + 4.
    assert results["AGREEMENT_PCT"] == pytest.approx(75)
    names = ["A_COUNT", "B_COUNT", "MATCHED_COUNT", "ONLY_A_COUNT", "ONLY_B_COUNT", "FIRST_SEEN_DIFFER_COUNT"]
    assert [results[name] for name in names] == [4, 4, 3, 1, 1, 3]


def test_what_is_alone_keeps_its_geometry_and_columns():
    results = compare(epsg=(3857, 4326))
    (alone,) = rows(results["ONLY_A"])
    assert (alone["tank_id"], alone["status"], alone["first_seen"]) == ("a3", "active", "2020-05-01")
    assert alone["reason"] == "none of the other source within the match distance"
    # The nearest of B stands at 200 m east, 10 m north: √(100² + 10²).
    assert alone["nearest_m"] == pytest.approx(100.5, abs=0.1) and alone["nearest_id"] == "b2"
    layer = layer_of(results["ONLY_A"])
    assert layer.crs().authid() == "EPSG:3857"
    ours = {f["tank_id"]: f.geometry().asWkt(3) for f in world.tank_layer(OURS, epsg=3857).getFeatures()}
    assert [f.geometry().asWkt(3) for f in layer.getFeatures()] == [ours["a3"]]


def test_pairs_are_drawn_at_the_place_of_a():
    feature = next(f for f in layer_of(compare()["MATCHED"]).getFeatures() if f["a_id"] == "a1")
    place = world.degrees({"east": 100.0})
    assert feature.geometry().asPoint().x() == pytest.approx(place.x(), abs=1e-9)
    other = world.degrees({"east": 100.0, "north": 10.0})
    assert (feature["b_lon"], feature["b_lat"]) == pytest.approx((other.x(), other.y()), abs=1e-9)


def test_by_unit_and_beside_the_figures():
    units = world.unit_layer(UNITS)
    results = compare(UNITS=units)
    table = rows(results["BY_UNIT"])
    assert [(row["unit_name"], row["a"], row["b"], row["pairs"]) for row in table] == [
        ("Chipwi", 2, 2, 2), ("Tsawlaw", 2, 1, 1), ("outside all units", 0, 1, 0), (None, 4, 4, 3),
    ]  # fmt: skip
    figures = {(row["what"], row["place"]): row for row in rows(results["FIGURES"])}
    ponds, mines = figures["Leaching ponds", "Kachin"], figures["Mining sites", "Kachin"]
    assert (ponds["a_number"], ponds["b_number"], ponds["units_in_place"]) == (4, 3, 2)
    assert ponds["unit_of_count"] == "ponds" and "Not the 2,700 pools" in ponds["caution"]
    assert mines["a_number"] is None and mines["a_note"].startswith("Not comparable: the figure counts sites")
    town = figures["Mining areas", "Pang War"]
    assert town["a_number"] is None and town["units_in_place"] == 0
    assert results["FIGURE_COUNT"] == len(rows(results["FIGURES"])) > 10
    assert ("Mining sites", "Mong Yawng") not in figures


def test_tanks_with_sites_are_not_held_against_each_other():
    log = Log()
    results = compare(
        OURS, sites([{"east": 50.0, "site_id": "s"}]), log, MATCH_DISTANCE=60, UNITS=world.unit_layer(UNITS)
    )
    assert pairs(results) == [("a0", "s"), ("a1", "s")]
    assert (results["A_MATCHED_COUNT"], results["B_MATCHED_COUNT"], results["AGREEMENT_PCT"]) == (2, 1, None)
    assert any("One source holds tanks, the other sites" in text for text in log.warnings)
    assert any("sites is taken to hold sites: it has a column site_id" in text for text in log.infos)
    figures = {row["what"]: row for row in rows(results["FIGURES"]) if row["place"] == "Kachin"}
    assert (figures["Leaching ponds"]["a_number"], figures["Leaching ponds"]["b_number"]) == (4, None)
    assert (figures["Mining sites"]["a_number"], figures["Mining sites"]["b_number"]) == (None, 1)


def test_sites_as_polygons_against_sites_as_points():
    """Sites detected from four tanks in a row, with discs of 15 m around them; a point 40 m beyond the last edge."""
    tanks = world.tank_layer([{"east": 15.0 * n, "first_seen": "2015-03-01"} for n in range(4)])
    detected = layer_of(run("detectsites", TANKS=tanks)["SITES"])
    kept = detected.clone()
    results = compare(kept, sites([{"east": 45.0 + 15.0 + 40.0, "site_id": "p"}]))
    (row,) = rows(results["MATCHED"])
    assert row["b_id"] == "p" and row["distance_m"] == pytest.approx(40, abs=0.1)
    assert (row["a_kind"], row["b_kind"]) == ("sites", "sites")
    itself = compare(kept, kept.clone())
    assert itself["MEDIAN_DISTANCE_M"] == 0 and itself["AGREEMENT_PCT"] == 100


def test_what_a_layer_without_ids_holds_can_be_said():
    plain = world.tank_layer([{}, {"east": 5.0}], fields={"name": "string"})
    log = Log()
    results = compare(plain, plain.clone(), log)
    assert results["MATCHED_COUNT"] == 2
    assert len([text for text in log.warnings if "neither a column tank_id nor site_id" in text]) == 2
    said = compare(plain, plain.clone(), A_KIND="sites", B_KIND="tanks")
    assert said["AGREEMENT_PCT"] is None and said["MATCHED_COUNT"] == 2


def test_rows_without_a_position_are_alone_with_that_reason():
    ours = world.tank_layer([{"tank_id": "a"}, {"tank_id": "lost"}])
    lost = next(f.id() for f in ours.getFeatures() if f["tank_id"] == "lost")
    assert ours.dataProvider().changeGeometryValues({lost: QgsGeometry()})
    log = Log()
    results = compare(ours, [{"east": 5.0}], log)
    assert (results["A_COUNT"], results["MATCHED_COUNT"], results["A_LEFT_OUT_COUNT"]) == (2, 1, 1)
    (row,) = rows(results["ONLY_A"])
    assert (row["tank_id"], row["reason"], row["nearest_m"]) == ("lost", "no usable position", None)
    assert any("1 of 2 rows of tanks" in text for text in log.warnings)


def test_doubles_in_one_source_are_told():
    log = Log()
    results = compare([{"tank_id": "x"}, {"tank_id": "x"}], [{"east": 3.0}], log)
    assert (results["A_DOUBLES_COUNT"], results["MATCHED_COUNT"], results["ONLY_A_COUNT"]) == (1, 1, 1)
    assert any("stand where another of the same source stands" in text for text in log.warnings)
    assert any("in it more than once (such as x)" in text for text in log.warnings)
    (row,) = rows(results["ONLY_A"])
    assert row["reason"] == "all within the match distance are matched with nearer ones"


def test_an_empty_source():
    results = compare(OURS, [])
    assert (results["B_COUNT"], results["MATCHED_COUNT"], results["ONLY_A_COUNT"]) == (0, 0, 4)
    assert results["MEDIAN_DISTANCE_M"] is None and results["AGREEMENT_PCT"] == 0
    assert {row["reason"] for row in rows(results["ONLY_A"])} == {"the other source is empty"}
    assert compare([], [])["AGREEMENT_PCT"] is None


def test_coarse_dates_and_ranges():
    """2020 (a year) and "until January 2021" may be one day: no difference. 2021 (a year) is after 2020 by a day."""
    fields = {**world.FIELDS, "date_precision": "string"}
    a = world.tank_layer([{"tank_id": "a", "first_seen": "2020-01-01", "date_precision": "year"}], fields=fields)
    b = world.tank_layer([{"tank_id": "b", "first_seen": "2021-01-01", "date_precision": "year"}], fields=fields)
    site = sites([{"site_id": "s", "first_seen_to": "2021-01-31"}])
    (row,) = rows(compare(a, b)["MATCHED"])
    assert (row["a_first_seen_to"], row["b_first_seen_from"]) == ("2020-12-31", "2021-01-01")
    assert row["first_seen_gap_days"] == 1
    (row,) = rows(compare(a, site)["MATCHED"])
    assert row["b_first_seen_from"] is None and row["b_first_seen_to"] == "2021-01-31"
    assert row["first_seen_gap_days"] is None, "until January 2021 may be 2015 as well as 2020"


def test_multipoints(tmp_path):
    one = world.tank_layer(OURS, kind="MultiPoint")
    assert compare(one)["MATCHED_COUNT"] == 3
    several = world.tank_layer(OURS[:1], kind="MultiPoint")
    both = QgsGeometry.fromMultiPointXY([world.degrees({}), world.degrees({"east": 30.0})])
    assert several.dataProvider().changeGeometryValues({next(several.getFeatures()).id(): both})
    assert "native:multiparttosingleparts" in failing("comparesources", A=several, B=world.tank_layer(THEIRS))


@pytest.mark.parametrize(
    "given, words",
    [
        ({"MATCH_DISTANCE": 0}, "MATCH_DISTANCE) must be a number, from 0.01"),
        ({"MATCH_DISTANCE": -5}, "It is -5: change it"),
        ({"MATCH_DISTANCE": 1e6}, "to 100000"),
        ({"A_KIND": "mines"}, "must be one of auto, tanks, sites"),
    ],
)
def test_values_that_cannot_be(given, words):
    assert words in failing("comparesources", A=world.tank_layer(), B=world.tank_layer(), **given)


def test_lines_cannot_be_compared():
    lines = QgsVectorLayer("LineString?crs=EPSG:4326", "roads", "memory")
    assert "roads holds neither points nor polygons" in failing("comparesources", A=lines, B=world.tank_layer())


def test_crowded_polygons_are_one_clear_error(monkeypatch):
    from leachwatch.analysis.comparison import apart

    monkeypatch.setattr(apart, "_MOST_PAIRS", 3)
    units = world.unit_layer([{"unit_code": str(n), "west": n, "east": n + 50} for n in range(4)])
    assert "smaller MATCH_DISTANCE" in failing("comparesources", A=units, B=units.clone())


def test_columns_with_our_names_are_kept():
    fields = {**world.FIELDS, "reason": "string", "nearest_m": "double"}
    a = world.tank_layer([{"tank_id": "a", "reason": "mine", "nearest_m": 7.0}], fields=fields)
    (row,) = rows(compare(a, [])["ONLY_A"])
    assert (row["src_reason"], row["src_nearest_m"], row["nearest_m"]) == ("mine", 7.0, None)


@pytest.mark.parametrize("at", [0, 30, 75])
def test_a_run_that_is_stopped(at):
    log = Stopper(at)
    many = [{"east": 12.0 * (n % 100), "north": 12.0 * (n // 100)} for n in range(4000)]
    layer = world.tank_layer(many)
    results = compare(layer, layer.clone(), log, UNITS=world.unit_layer(UNITS))
    del results["_context"]
    assert results == {} and log.errors == [] and any("Stopped" in text for text in log.infos)


def test_the_report(tmp_path):
    path = tmp_path / "compared.html"
    results = compare(UNITS=world.unit_layer(UNITS), HTML=str(path))
    page = Page(path.read_text(encoding="utf-8"))
    assert results["HTML"] == str(path)
    assert page.numbers["Pairs"][0].startswith("3") and page.numbers["Only in A (tanks)"][0].startswith("1")
    assert "comparesources" in page.text and "MATCH_DISTANCE" in page.cells
    assert any("may not be divided by another's sites" in word for word in page.words)
    assert {file.name for file in tmp_path.glob("*.csv")} == {
        "compared_by_unit.csv", "compared_disagreements.csv", "compared_published_figures.csv",
    }  # fmt: skip
    listed = (tmp_path / "compared_disagreements.csv").read_text(encoding="utf-8-sig")
    assert listed.count("\n") == 4, "all three pairs differ in status or in the first date"


def test_results_are_styled(project):
    from qgis.core import QgsProcessingContext, QgsProcessingOutputLayerDefinition

    import processing

    context = QgsProcessingContext()
    context.setProject(project)
    outputs = {name: QgsProcessingOutputLayerDefinition("memory:", project) for name in ("MATCHED", "ONLY_A", "ONLY_B")}
    given = {"A": world.tank_layer(OURS), "B": world.tank_layer(THEIRS), **outputs}
    processing.runAndLoadResults("leachwatch:comparesources", given, feedback=Log(), context=context)
    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    assert layers["Matched"].renderer().classAttribute() == "status_agreement"
    colours = [layers[name].renderer().symbol().color().name() for name in ("Only in A", "Only in B")]
    assert colours == ["#e69f00", "#0072b2"]


def test_pairs_that_may_be_neighbours_are_told():
    """Tanks of A stand 15 m apart; B has the first, and one 15 m beyond the last."""
    log = Log()
    ours = [{"east": 15.0 * n} for n in range(3)]
    results = compare(ours, [{"east": 0.0}, {"east": 45.0}], log)
    assert (results["MATCHED_COUNT"], results["NEIGHBOURS_COUNT"]) == (2, 1)
    assert results["SPACING_M"] == pytest.approx(15, abs=0.01)
    assert any("1 of 2 pairs are further apart than half the 15.0 m" in text for text in log.warnings)


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "shp"])
def test_files_say_the_same_as_layers_in_memory(tmp_path, ending):
    """Plain files of points are read in one go, layers in memory row by row."""
    in_memory = compare(UNITS=world.unit_layer(UNITS))
    files = [
        world.save(world.tank_layer(records, epsg=4326), tmp_path, ending, name)
        for records, name in ((OURS, "ours"), (THEIRS, "theirs"))
    ]
    from_files = compare(*files, UNITS=world.unit_layer(UNITS))
    for output in ("MATCHED", "BY_UNIT", "FIGURES"):
        for one, other in zip(rows(from_files[output]), rows(in_memory[output])):
            assert one == {key: pytest.approx(value, abs=1e-6) if isinstance(value, float) else value
                           for key, value in other.items()}  # fmt: skip
        assert len(rows(from_files[output])) == len(rows(in_memory[output])) > 2
    assert [row["tank_id"] for row in rows(from_files["ONLY_A"])] == ["a3"]
