"""Any point layer becomes a tank layer by the columns that are proposed, or chosen; what they hold is shown before."""

from __future__ import annotations

import pytest
from leachwatch.tests.gui.waiting import settle, wait_until
from leachwatch.ui.tank_data.columns import columns_of, remembered_columns
from leachwatch.ui.tank_data.layers import is_tank_layer
from leachwatch.ui.tank_data.mapping_dialog import MappingDialog
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QLabel

USGS = "FeatureUID LocOpStat FeatureTyp Diameter ImgDate Remark".split()
ROWS = [
    ("A1", "Assumed Active", "Leachate collection tank", 8.0, "2015-03-14", "x"),
    ("A2", "Inactive", "Precipitation tank", 9.5, "2021-01-02", "y"),
    ("A3", "<b>O'Brien</b> 100 %", None, None, None, "ချီဖွေ"),
]


@pytest.fixture
def layer(project):
    kinds = ["string", "string", "string", "double", "string", "string"]
    fields = "&".join(f"field={name}:{kind}" for name, kind in zip(USGS, kinds))
    made = QgsVectorLayer(f"Point?crs=EPSG:4326&{fields}", "usgs", "memory")
    for row in ROWS:
        feature = QgsFeature(made.fields())
        feature.setAttributes(list(row))
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(98, 25)))
        made.dataProvider().addFeatures([feature])
    project.addMapLayer(made)
    return made


@pytest.fixture
def open_dialog(layer):
    opened = []

    def show():
        dialog = MappingDialog(layer)
        opened.append(dialog)
        dialog.show()
        wait_until(lambda: not dialog.mapping.is_busy)
        return dialog

    yield show
    for dialog in opened:
        dialog.reject()
        dialog.deleteLater()
    settle()


def press(dialog, which):
    QTest.mouseClick(dialog.buttons.button(which), Qt.MouseButton.LeftButton)


def choose(dialog, role, column):
    """Choose a column with the keyboard."""
    choice = dialog.choices[role]
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Home)
    for _ in range(choice.findData(column)):
        QTest.keyClick(choice, Qt.Key.Key_Down)
    assert choice.currentData() == column
    wait_until(lambda: not dialog.mapping.is_busy)


def test_columns_are_proposed_and_what_they_hold_is_shown(layer, open_dialog):
    assert not is_tank_layer(layer)
    dialog = open_dialog()
    chosen = {role: choice.currentData() for role, choice in dialog.choices.items() if choice.currentData()}
    assert chosen == {
        "tank_id": "FeatureUID",
        "status": "LocOpStat",
        "tank_type": "FeatureTyp",
        "diameter_m": "Diameter",
        "first_seen": "ImgDate",
    }
    shown = dialog.found.toPlainText().splitlines()
    assert shown[:3] == ["3 tanks", "Years: 2015 to 2021", "Without a date: 1"]
    assert {"Assumed Active → active", "Inactive → abandoned", "<b>O'Brien</b> 100 % → unknown"} <= set(shown)
    press(dialog, QDialogButtonBox.StandardButton.Ok)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert remembered_columns(layer) == chosen
    assert is_tank_layer(layer)


def test_a_choice_is_tried_and_a_cancelled_one_is_forgotten(layer, open_dialog):
    dialog = open_dialog()
    choose(dialog, "status", "Remark")
    assert "ချီဖွေ → unknown" in dialog.found.toPlainText()
    choose(dialog, "status", "")
    assert "ချီဖွေ" not in dialog.found.toPlainText()
    press(dialog, QDialogButtonBox.StandardButton.Cancel)
    assert remembered_columns(layer) == {} and not is_tank_layer(layer)


def test_dates_that_are_no_use_are_told(layer, open_dialog):
    dialog = open_dialog()
    choose(dialog, "first_seen", "FeatureUID")
    assert "FeatureUID" in dialog.found.toPlainText() and "A1" in dialog.found.toPlainText()


def test_what_was_chosen_comes_back_and_can_be_reset(layer, open_dialog):
    first = open_dialog()
    choose(first, "country", "Remark")
    first.accept()
    again = open_dialog()
    assert again.choices["country"].currentData() == "Remark"
    press(again, QDialogButtonBox.StandardButton.Reset)
    assert not any(choice.currentData() for choice in again.choices.values())
    assert not again.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    assert remembered_columns(layer) == {} and not columns_of(layer).names


def test_every_control_has_a_name_and_a_help(open_dialog):
    dialog = open_dialog()
    buddies = {label.buddy() for label in dialog.findChildren(QLabel)}
    for control in [*dialog.choices.values(), dialog.found]:
        assert control in buddies and control.toolTip()


def test_it_is_closed_while_it_reads(layer):
    dialog = MappingDialog(layer)
    dialog.reject()
    settle()
    assert not dialog.mapping.is_busy
