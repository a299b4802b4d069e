"""What was chosen once is recalled for files with the same columns; results of an earlier request are nobody's."""

from __future__ import annotations

import pytest
from leachwatch.tests.gui.load_tanks_world import LEFT, SAMPLE, dialog, odd_csv, pick, read, run_to_end, wait_for
from leachwatch.ui.load_tanks import memory
from leachwatch.ui.load_tanks.controller import LoadTanksController
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

__all__ = ["dialog", "read"]


@pytest.fixture
def mapped(dialog, read, tmp_path):
    """The dialog with a file of which the user has named the places and the status, and pressed Load and remember."""
    dialog.open_file(str(odd_csv(tmp_path / "first.csv", 20)))
    form = read()
    assert not form.remember.isEnabled()
    for role, column in (("lat", "Grid N"), ("lon", "Grid E"), ("image_source", "Across")):
        pick(form.roles.choice(role), column)
        read()
    form.remember.setFocus()
    QTest.keyClick(form.remember, Qt.Key.Key_Space)
    assert form.remember.isChecked()
    run_to_end(dialog)
    dialog.show()
    return dialog


def test_the_next_file_like_this_is_read_the_same_way(mapped, read, tmp_path):
    mapped.open_file(str(odd_csv(tmp_path / "second.csv", 30)))
    form = read()
    assert form.remembered.isVisible() and form.forget.isVisible()
    assert form.roles.choice("image_source").currentText() == "Across"
    assert form.roles.texts("image_source")[3] == "remembered"
    assert "image_source=Across" in mapped.controller.parameters(None)["FIELD_MAP"]
    assert not form.remember.isChecked()


def test_a_file_with_other_columns_is_not(mapped, read):
    mapped.open_file(str(SAMPLE))
    form = read()
    assert not form.remembered.isVisible()
    assert mapped.controller.parameters(None)["FIELD_MAP"] == ""


def test_it_can_be_forgotten(mapped, read, tmp_path):
    path = str(odd_csv(tmp_path / "second.csv", 30))
    mapped.open_file(path)
    QTest.mouseClick(read().forget, LEFT)
    form = read()
    assert not form.remembered.isVisible() and form.roles.choice("image_source").currentIndex() == 0
    mapped.open_file("")
    mapped.open_file(path)
    assert not read().remembered.isVisible()


def test_reset_keeps_the_memory_for_the_next_file(mapped, read, tmp_path):
    path = str(odd_csv(tmp_path / "second.csv", 30))
    mapped.open_file(path)
    QTest.mouseClick(read().reset, LEFT)
    assert read().roles.choice("image_source").currentIndex() == 0
    mapped.open_file("")
    mapped.open_file(path)
    assert read().remembered.isVisible()


@pytest.mark.parametrize("broken", ["image_source=Gone", "no pair", "nonsense=Across", "lat=A;lat=B"])
def test_a_memory_that_no_longer_fits_is_passed_over(dialog, read, tmp_path, broken):
    columns = ["No_", "Across", "Latitude", "Longitude"]
    memory.remember(columns, broken)
    path = tmp_path / "tanks.csv"
    path.write_text(",".join(columns) + "\n1,7,25.1,98.1\n", encoding="utf-8")
    dialog.open_file(str(path))
    form = read()
    assert not form.remembered.isVisible() and form.load.isEnabled()


def test_memory_is_by_the_names_in_any_order(own_settings):
    memory.remember(["a", "b", "c"], "status=a")
    assert memory.remembered(["c", "a", "b"]) == "status=a"
    assert memory.remembered(["a", "b"]) == "" and memory.remembered(["A", "b", "c"]) == ""
    memory.remember(["a", "b", "c"], "")
    assert memory.remembered(["a", "b", "c"]) == ""
    assert not [key for key in QgsSettings().allKeys() if "field_maps" in key]


def test_only_the_last_request_is_shown(qgis_app, own_settings, tmp_path):
    """The first file is large and slow; its result comes, if at all, after that of the second was asked for."""
    large, small = odd_csv(tmp_path / "large.csv", 3000), odd_csv(tmp_path / "small.csv", 5)
    controller = LoadTanksController()
    shown = []
    controller.changed.connect(lambda: shown.append(controller.preview and controller.preview.sampled))
    controller.open(str(large))
    wait_for(lambda: controller._job is not None)
    first = controller._job
    controller.open(str(small))
    wait_for(lambda: not controller.is_reading)
    first.wait(20)
    QTest.qWait(50)
    assert controller.preview.sampled == 5 and set(shown) == {None, 5}
    controller.close_down()


def test_stopping_leaves_what_is_shown(dialog, read, tmp_path):
    dialog.open_file(str(odd_csv(tmp_path / "tanks.csv", 5)))
    read()
    pick(dialog.form.roles.choice("status"), "Nation")
    assert dialog.form.stop.isVisible()
    QTest.mouseClick(dialog.form.stop, LEFT)
    assert not dialog.controller.is_reading and not dialog.form.busy.isVisible()
    QTest.qWait(400)
    assert dialog.controller.preview.mapping.get("status", "") != "Nation"


def test_stopping_before_anything_was_read_lets_the_file_go(dialog, tmp_path):
    dialog.open_file(str(odd_csv(tmp_path / "tanks.csv", 5)))
    QTest.mouseClick(dialog.form.stop, LEFT)
    assert dialog.form.file.filePath() == "" and dialog.form.status.text() == "Choose a file."


def test_a_file_that_has_changed_is_read_anew(dialog, read, tmp_path):
    path = odd_csv(tmp_path / "tanks.csv", 5)
    dialog.open_file(str(path))
    assert read().sample_title.text() == "All 5 rows"
    odd_csv(path, 9)
    dialog.open_file(str(path))
    assert read().sample_title.text() == "All 9 rows"
