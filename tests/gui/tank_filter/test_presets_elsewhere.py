"""A preset on a layer that has not the columns of the one it was made on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from leachwatch.analysis.selection.columns import TEXT, TankColumns
from leachwatch.analysis.selection.wanted import ANY_TIME, CUMULATIVE, UNIT, TankFilter
from leachwatch.tests.gui.tank_filter.controlled import apply, heard, take
from leachwatch.tests.gui.tank_filter.test_presets import EVERY
from leachwatch.tests.gui.tank_world import ids, memory_tanks
from leachwatch.ui.tank_filter.parts import changed_parts, fitted, words
from leachwatch.ui.tank_filter.presets import keeping as presets
from qgis.core import QgsVectorLayer

FULL = replace(EVERY, only_undated=True, values={**EVERY.values, "country": frozenset({"MMR"})})
# What each column alone can answer of FULL.
LEFT = {
    "status": TankFilter(statuses=FULL.statuses),
    "tank_type": TankFilter(types=FULL.types),
    "diameter_m": TankFilter(diameter=FULL.diameter, unmeasured=False),
    "unit_name": TankFilter(values={UNIT: FULL.values[UNIT]}, search=FULL.search),
    "country": TankFilter(values={"country": FULL.values["country"]}, search=FULL.search),
    "image_source": TankFilter(search=FULL.search),
    "last_seen": TankFilter(FULL.mode, FULL.first_year, FULL.last_year, undated=True, only_undated=True),
    "gone_by": TankFilter(),
}


@pytest.mark.parametrize("column", LEFT)
def test_each_condition_stays_where_its_column_is(column):
    left, without = fitted(FULL, TankColumns({column: column}, {column: TEXT}))
    assert left == LEFT[column]
    assert without == changed_parts(FULL, LEFT[column])


def test_nothing_is_left_out_where_every_column_is():
    roles = ("status", "tank_type", "first_seen", "diameter_m", "unit_code", "country", "source")
    assert fitted(FULL, TankColumns({role: role for role in roles})) == (FULL, frozenset())
    assert fitted(TankFilter(), TankColumns()) == (TankFilter(), frozenset())


def test_parts_are_named_once_and_in_the_order_of_the_dock():
    assert words(changed_parts(TankFilter(), replace(FULL, only_undated=False))) == (
        "years, status, type, unit, country, source, diameter, search"
    )
    assert words(frozenset()) == ""


def test_a_preset_of_one_layer_shows_on_another_what_it_can_and_says_the_rest(controller, project):
    presets.put(project, "mine", TankFilter(CUMULATIVE, 2015, 2016, statuses=frozenset({"active"}), search="2"))
    take(controller, memory_tanks())
    apply(controller, presets.get(project, "mine"))
    assert ids(controller.layer) == {2}
    other = QgsVectorLayer("Point?field=status:string&field=first_seen:date&field=diameter_m:double", "other", "memory")
    take(controller, other)
    apply(controller, presets.get(project, "mine"))
    assert controller.wanted.mode == CUMULATIVE != ANY_TIME
    assert controller.wanted.search == ""
    assert heard(controller) == ["told"]
    assert controller.heard[0][1] == (
        "The layer “other” has no column for these conditions, so they were left out: search."
    )
