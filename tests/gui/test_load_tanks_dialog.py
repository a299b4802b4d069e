"""The dialog Load tanks, used as a person uses it: a file dropped, its columns chosen, loaded into the project."""

from __future__ import annotations

import json
from collections import Counter

from leachwatch.tests.gui.load_tanks_world import (
    GREENISH,
    LEFT,
    ODD_NAMES,
    SAMPLE,
    dialog,
    drop,
    history,
    odd_csv,
    pick,
    read,
    run_to_end,
    two_layers,
)
from qgis.core import Qgis
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtTest import QTest

__all__ = ["dialog", "read"]
COLUMNS = {**ODD_NAMES, "lat": "Grid N", "lon": "Grid E"}


def map_all(form, read):
    """Choose the odd columns, one drop-down after the other."""
    for role, column in COLUMNS.items():
        pick(form.roles.choice(role), column)
        read()


def rows_of(layer):
    names = [field.name() for field in layer.fields() if field.name() != "fid"]
    return sorted(
        [str(feature[name]) for name in names] + [feature.geometry().asWkt(9)] for feature in layer.getFeatures()
    )


def test_a_file_is_dropped_mapped_and_loaded(dialog, read, project, qgis_iface, tmp_path):
    path = odd_csv(tmp_path / "tanks of a friend.csv")
    assert drop(dialog, path)
    form = read()
    assert form.file.filePath() == str(path)
    assert form.sample_title.text() == "All 150 rows"
    map_all(form, read)
    statuses = Counter(
        "odd" if number in GREENISH else feature["properties"]["status"]
        for number, feature in enumerate(json.loads(SAMPLE.read_text(encoding="utf-8"))["features"][:150])
    )
    known = statuses["active"] + statuses["abandoned"]
    assert form.roles.texts("status") == [str(known), str(statuses["unknown"]), "3", "you"]
    assert form.roles.item(3, 4).toolTip() == "For example: “greenish”"
    before = len(history())
    successful, results = run_to_end(dialog)
    assert successful
    assert (results["ROW_COUNT"], results["TANK_COUNT"], results["REJECTED_COUNT"]) == (150, 150, 0)
    tanks = {feature["tank_id"]: feature for feature in next(iter(project.mapLayers().values())).getFeatures()}
    assert len(tanks) == 150
    assert tanks["SYN-0002"]["status"] == "active" and tanks["SYN-0002"]["first_seen"].year() == 2013
    assert tanks["SYN-0004"]["src_Appearance"] == "greenish" and tanks["SYN-0004"]["status"] == "unknown"
    new = history()[before:]
    assert len(new) == 1 and "leachwatch:loadusgstanks" in new[0] and "status=Appearance" in new[0]
    assert "Tanks loaded: 150;" in qgis_iface.messageBar().get_messages(Qgis.Success)[-1]
    assert not dialog.isVisible()


def test_the_algorithm_alone_gives_the_same(dialog, read, project, tmp_path):
    import processing

    path = odd_csv(tmp_path / "tanks.csv", rows=60)
    dialog.open_file(str(path))
    map_all(read(), read)
    _, results = run_to_end(dialog)
    field_map = ";".join(f"{role}={column}" for role, column in COLUMNS.items())
    parameters = {"INPUT": str(path), "FIELD_MAP": field_map, "OUTPUT": "TEMPORARY_OUTPUT"}
    alone = processing.run("leachwatch:loadusgstanks", parameters)
    assert rows_of(project.mapLayers()[results["OUTPUT"]]) == rows_of(alone["OUTPUT"])
    same = ("ROW_COUNT", "TANK_COUNT", "UNDATED_COUNT", "FIELD_MAP_USED", "CITATION")
    assert [results[name] for name in same] == [alone[name] for name in same]


def test_our_own_sample_needs_no_choice(dialog, read, project):
    dialog.open_file(str(SAMPLE))
    form = read()
    assert form.roles.choice("status").currentText() == "status"
    assert form.roles.texts("tank_id") == ["1,000", "0", "0", "its name"]
    assert form.sample_title.text() == "The first 1,000 of 3,054 rows"
    assert not form.layer.isVisible() and not form.crs.isVisible()
    form.year.setValue(2024)
    assert dialog.controller.parameters(2024) == {
        "INPUT": str(SAMPLE),
        "LAYER": "",
        "CRS": None,
        "FIELD_MAP": "",
        "SNAPSHOT_YEAR": 2024,
        "MODE": "cache-first",
    }


def test_a_role_can_be_left_out_and_given_back(dialog, read):
    dialog.open_file(str(SAMPLE))
    form = read()
    pick(form.roles.choice("status"), "— not used —")
    assert form.roles.choice("status").currentIndex() == 0
    form = read()
    assert form.roles.choice("status").currentIndex() == 0
    assert form.roles.texts("status") == ["", "", "", ""]
    assert dialog.controller.parameters(None)["FIELD_MAP"] == "status="
    QTest.mouseClick(form.reset, LEFT)
    form = read()
    assert form.roles.choice("status").currentText() == "status"
    assert not form.reset.isEnabled()


def test_of_several_layers_one_is_chosen(dialog, read, project, tmp_path):
    dialog.open_file(str(two_layers(tmp_path / "both.gpkg")))
    form = read()
    assert form.layer.isVisible()
    assert [form.layer.itemText(row) for row in range(form.layer.count())] == [
        "Choose a layer…",
        "north — points, 7 rows",
        "south — points, 5 rows",
    ]
    assert form.layer.currentIndex() == 0 and not form.load.isEnabled()
    assert form.status.text() == "Choose a layer."
    pick(form.layer, "south — points, 5 rows")
    form = read()
    assert form.layer.currentText() == "south — points, 5 rows"
    assert form.sample_title.text() == "All 5 rows"
    _, results = run_to_end(dialog)
    assert results["TANK_COUNT"] == 5


def test_the_rows_left_out_are_loaded_where_asked_for(dialog, read, project, tmp_path):
    path = tmp_path / "gaps.csv"
    path.write_text("tank_id,latitude,longitude\na,25.1,98.1\nb,,\nc,25.2,98.2\n", encoding="utf-8")
    assert drop(dialog, path)
    form = read()
    form.rejected.setFocus()
    QTest.keyClick(form.rejected, Qt.Key.Key_Space)
    run_to_end(dialog)
    layers = {layer.featureCount(): layer for layer in project.mapLayers().values()}
    assert set(layers) == {2, 1}
    row = next(layers[1].getFeatures())
    assert (row["row"], row["src_tank_id"]) == (2, "b")


def test_only_one_local_file_can_be_dropped(dialog, tmp_path):
    one, other = odd_csv(tmp_path / "one.csv", 5), odd_csv(tmp_path / "other.csv", 5)
    assert not drop(dialog, one, other)
    assert not drop(dialog, QUrl("https://example.org/tanks.csv"))
    assert dialog.controller.choices.path == ""
    parts = [tmp_path / f"tanks.{ending}" for ending in ("dbf", "shp", "shx", "shp.xml")]
    assert drop(dialog, *parts)
    assert dialog.form.file.filePath() == str(tmp_path / "tanks.shp")


def test_a_file_that_cannot_be_read_is_told(dialog, read, tmp_path):
    bad = tmp_path / "bad.gpkg"
    bad.write_bytes(b"no geopackage at all")
    dialog.open_file(str(bad))
    form = read()
    assert "bad.gpkg" in form.notes.toPlainText()
    assert "see the notes" in form.status.text()
    assert not form.load.isEnabled()
    dialog.open_file(str(odd_csv(tmp_path / "good.csv", 5)))
    assert "bad.gpkg" not in read().notes.toPlainText()


def test_a_table_without_places_asks_for_them(dialog, read, tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("tank_id,remark\na,here\nb,there\n", encoding="utf-8")
    dialog.open_file(str(path))
    form = read()
    assert "Where are the tanks?" in form.status.text()
    assert not form.load.isEnabled()


def test_the_title_bar_tells_nothing_of_the_file_and_close_stops_reading(dialog, tmp_path):
    dialog.open_file(str(odd_csv(tmp_path / "tanks.csv", 150)))
    assert dialog.controller.is_reading and dialog.form.busy.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible() and not dialog.controller.is_reading


def test_missing_packages_are_told_and_nothing_can_be_loaded(dialog, read, provider, monkeypatch):
    from leachwatch.processing import packages

    monkeypatch.setitem(packages.NEEDED, "a_package_that_is_not_there", (1, 0))
    dialog.hide()
    dialog.show()
    dialog.open_file(str(SAMPLE))
    form = read()
    assert "a_package_that_is_not_there (missing)" in form.notes.toPlainText()
    assert not form.load.isEnabled()
