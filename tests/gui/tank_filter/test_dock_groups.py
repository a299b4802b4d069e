"""The groups of the filter dock: values, units, diameter and text, on layers whose numbers are known by hand."""

from __future__ import annotations

import time

import pytest
from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.gui.tank_filter.dock_hands import LEFT, counted, numbers, opened, shows, tick, toggle, type_into
from leachwatch.tests.gui.tank_world import ids, memory_tanks
from leachwatch.tests.gui.waiting import settle, wait_until
from leachwatch.ui.tank_filter.dock import TankFilterDock
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsRectangle, QgsSettings, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QToolButton

FULL = (
    "Point?crs=EPSG:4326&field=tank_id:string&field=status:string&field=first_seen:date&field=diameter_m:double"
    "&field=unit_code:string&field=unit_name:string&field=country:string&field=source:string&field=confidence:string"
)
# tank_id, status, first_seen, diameter_m, unit_code, unit_name, country, source, confidence
ROWS = [
    ("1", "active", "2019-01-01", 4.0, "MMR1", "Chipwi", "MMR", "USGS", "high"),
    ("2", "active", "2020-01-01", 8.5, "MMR1", "Chipwi", "MMR", "USGS", "low"),
    ("3", "abandoned", "2020-01-01", 12.0, "MMR2", "Chipwi", "MMR", "<b>ISP</b> & Co", None),
    ("4", "abandoned", "2021-01-01", None, None, "定南", "CHN", "100 % 'sure'", ""),
    ("5", None, None, None, None, None, None, "a\\b", "high"),
]


@pytest.fixture(autouse=True)
def unfolded_as_new(qgis_app):
    QgsSettings().remove("QgsCollapsibleGroupBox")
    QgsSettings().remove("leachwatch")


def full_layer(rows=ROWS):
    layer = QgsVectorLayer(FULL, "full", "memory")
    features = []
    for number, row in enumerate(rows):
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(row))
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(98 + number, 25)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


@pytest.fixture
def full(project):
    layer = full_layer()
    project.addMapLayer(layer)
    return layer


@pytest.fixture
def dock(open_dock, full):
    return counted(open_dock(TankFilterDock))


def test_numbers_count_the_tanks_that_meet_every_other_condition(dock, full):
    assert numbers(dock.statuses.list) == {"active": 2, "abandoned": 2, "unknown": 1}
    countries = opened(dock.values["country"])
    assert numbers(countries.list) == {"CHN": 1, "MMR": 3, "": 1}
    toggle(dock.statuses.list, "abandoned")
    shows(dock, full, {1, 2, 5}, total=5)
    assert numbers(dock.statuses.list) == {"active": 2, "abandoned": 2, "unknown": 1}, "its own condition is left out"
    assert numbers(countries.list) == {"CHN": 0, "MMR": 2, "": 1}, "a value without tanks stays"
    toggle(countries.list, "")
    shows(dock, full, {1, 2}, total=5)
    assert numbers(dock.statuses.list) == {"active": 2, "abandoned": 2, "unknown": 0}
    assert countries.title() == "Country: 2 of 3"


def test_units_are_known_by_code_and_shown_by_name(dock, full):
    units = opened(dock.units)
    texts = [item.text for item in units.list.model.items]
    assert texts == ["Chipwi (MMR1)", "Chipwi (MMR2)", "定南", "none given"]
    assert numbers(units.list) == {"MMR1": 2, "MMR2": 1, "定南": 1, "": 1}
    toggle(units.list, "MMR1")
    toggle(units.list, "")
    shows(dock, full, {3, 4}, total=5)


def test_the_units_in_view_are_ticked(dock, full, qgis_iface):
    qgis_iface.mapCanvas().setDestinationCrs(full.crs())
    qgis_iface.mapCanvas().setExtent(QgsRectangle(99.8, 24.9, 101.2, 25.1))
    QTest.mouseClick(opened(dock.units).in_view, LEFT)
    shows(dock, full, {3, 4}, total=5)
    assert dock.units.list.checked() == {"MMR2", "定南"}


@pytest.mark.parametrize(
    ("role", "key", "left"),
    [
        ("source", "<b>ISP</b> & Co", {1, 2, 4, 5}),
        ("source", "100 % 'sure'", {1, 2, 3, 5}),
        ("source", "a\\b", {1, 2, 3, 4}),
        ("confidence", "", {1, 2, 5}),
    ],
)
def test_any_value_can_be_unticked(dock, full, role, key, left):
    toggle(opened(dock.values[role]).list, key)
    shows(dock, full, left, total=5)


def test_the_diameter_has_two_ends_and_the_unknown(dock, full):
    box = opened(dock.diameter)
    assert box.note.text() == "This layer: 4.0 to 12.0 m"
    assert box.unmeasured.text() == "&Unknown too (2)" and box.unmeasured.isChecked()
    type_into(box.least, "8.5")
    shows(dock, full, {2, 3, 4, 5}, total=5)
    tick(box.unmeasured)
    shows(dock, full, {2, 3}, total=5)
    type_into(box.most, "9")
    shows(dock, full, {2}, total=5)
    assert box.title() == "Diameter: 8.5 to 9.0 m"
    type_into(box.least, "11")
    shows(dock, full, set(), total=5)
    assert dock.controller.wanted.diameter == (11.0, 11.0), "one end takes the other along"
    box.least.clear()
    box.most.clear()
    shows(dock, full, {1, 2, 3}, total=5)
    assert box.title() == "Diameter: known"


def test_text_is_searched_when_the_typing_rests(dock, full):
    search = dock.search
    assert "Source" in search.where.text() and "Tank id" in search.where.text()
    search.text.setFocus()
    QTest.keyClicks(search.text, "CHIP")
    assert ids(full) == {1, 2, 3, 4, 5}, "not with each letter"
    shows(dock, full, {1, 2, 3}, total=5)
    assert dock.controller.undo_stack.count() == 1
    search.text.selectAll()
    QTest.keyClicks(search.text, "% '")
    QTest.keyClick(search.text, Qt.Key.Key_Return)
    shows(dock, full, {4}, total=5)
    search.text.clearValue()
    shows(dock, full, {1, 2, 3, 4, 5}, total=5)
    search.text.setText("定")
    QTest.keyClick(search.text, Qt.Key.Key_Return)
    shows(dock, full, {4}, total=5)


def test_a_text_that_too_much_holds_stays_to_be_made_longer(open_dock, project):
    """Of 0 … 4999, 2,084 hold a 1: more than a filter can name."""
    rows = [(str(n), "active", "2020-01-01", None, None, None, None, None, None) for n in range(5_000)]
    project.addMapLayer(full_layer(rows))
    dock = counted(open_dock(TankFilterDock))
    dock.search.text.setFocus()
    QTest.keyClicks(dock.search.text, "1")
    wait_until(lambda: "more than 2,000 values" in dock.form.note.text())
    counted(dock)
    assert dock.form.count.text() == "5,000 of 5,000 tanks" and dock.search.text.text() == "1"
    QTest.keyClicks(dock.search.text, "23")
    wait_until(lambda: dock.form.count.text() == "15 of 5,000 tanks")  # 123, 1123, 2123, 3123, 4123 and 1230 … 1239
    assert not dock.form.note.isVisible()


def test_a_value_that_the_layer_has_not_stays_ticked_and_says_so(dock, full):
    dock.controller.apply(TankFilter(values={"country": frozenset({"MMR", "LAO"})}))
    shows(dock, full, {1, 2, 3}, total=5)
    countries = opened(dock.values["country"])
    assert numbers(countries.list) == {"CHN": 1, "MMR": 3, "": 1, "LAO": 0}
    assert countries.list.checked() == {"MMR", "LAO"}
    toggle(countries.list, "CHN")
    shows(dock, full, {1, 2, 3, 4}, total=5)
    assert dock.controller.wanted.values["country"] == {"MMR", "LAO", "CHN"}


def test_groups_without_a_column_say_why_and_are_not_hidden(open_dock, tanks):
    dock = counted(open_dock(TankFilterDock))
    for group, word in ((dock.diameter, "diameter"), (dock.values["country"], "country")):
        assert group.isVisible()
        opened(group)
        assert (
            not group.body.isEnabled()
            and not group.isCollapsed()
            and group.note.isVisible()
            and word in group.note.text()
        )
    assert dock.units.body.isEnabled() and dock.units.note.isHidden()


def test_a_layer_without_dates_says_so_and_is_filtered_by_the_rest(open_dock, project):
    layer = memory_tanks(rows=[("1", "active", None, None, None, None, "x"), ("2", None, None, None, None, None, None)])
    project.addMapLayer(layer)
    dock = counted(open_dock(TankFilterDock))
    assert not dock.years.body.isEnabled() and "date" in dock.years.note.text()
    toggle(dock.statuses.list, "unknown")
    shows(dock, layer, {1}, total=2)


def test_two_thousand_units_stay_quick(open_dock, project):
    """A tick is shown and said again within a tenth of a second, but for the layer's own work."""
    rows = [(f"{n}", "active", "2020-01-01", None, f"U{n:04}", f"Unit {n:04}", None, None, None) for n in range(2_000)]
    project.addMapLayer(full_layer(rows))
    dock = counted(open_dock(TankFilterDock))
    units = opened(dock.units)
    assert len(units.list.listed()) == 2_000
    begin = time.perf_counter()
    dock._show_state()
    settle(0)
    assert time.perf_counter() - begin < 0.1
    units.list.search.setText("Unit 19")
    assert len(units.list.listed()) == 100
    none = next(button for button in units.list.findChildren(QToolButton) if button.text() == "None")
    QTest.mouseClick(none, LEFT)
    wait_until(lambda: dock.form.count.text() == "1,900 of 2,000 tanks")


def test_folded_groups_are_remembered(open_dock, tanks):
    dock = counted(open_dock(TankFilterDock))
    assert not dock.years.isCollapsed() and dock.units.isCollapsed()
    dock.years.setCollapsed(True)
    dock.units.setCollapsed(False)
    dock.close()
    again = counted(open_dock(TankFilterDock))
    assert again.years.isCollapsed() and not again.units.isCollapsed()
    again.years.setCollapsed(False)
