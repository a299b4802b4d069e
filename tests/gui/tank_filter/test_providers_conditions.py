"""Every condition on every provider: what the layer shows is what was worked out by hand, and what the mask says."""

from __future__ import annotations

import pytest
from leachwatch.analysis.selection.expression import expression
from leachwatch.analysis.selection.mask import shown
from leachwatch.analysis.selection.searching import known
from leachwatch.tests.gui.tank_data.read_by import read
from leachwatch.tests.gui.tank_filter import provider_world as world
from leachwatch.tests.gui.tank_world import EVERY_PROVIDER, ids, on_provider

CASES = {
    **world.YEARS,
    **world.UNDATED,
    **world.CLASSES,
    **world.VALUES,
    **world.DIAMETERS,
    **world.SEARCH,
    **world.TOGETHER,
}
# Their columns are all text, in which no diameter can be compared.
WITHOUT_NUMBERS = ("csv", "csv_text")


@pytest.fixture(params=EVERY_PROVIDER)
def layer(request, project, tmp_path):
    """The twelve tanks with all columns, on each provider in turn."""
    made = on_provider(world.rich_tanks(), request.param, tmp_path, lambda: request.getfixturevalue("postgis"))
    assert made.isValid() and made.featureCount() == 12
    made.setProperty("provider", request.param)
    project.addMapLayer(made)
    return made


def expected(layer):
    wanted = {case: tanks for case, (_, tanks) in CASES.items()}
    if layer.property("provider") in WITHOUT_NUMBERS:
        wanted.update(dict.fromkeys(world.DIAMETERS, world.ALL))
    return wanted


def test_every_condition_shows_what_was_worked_out_and_what_the_mask_says(layer):
    table = read(layer).table
    tank = {feature.id(): int(feature["tank_id"]) for feature in layer.getFeatures()}
    by_layer, by_mask = {}, {}
    for case, (wanted, _) in CASES.items():
        assert layer.setSubsetString(expression(wanted, table.columns, known(table, wanted))), case
        by_layer[case] = ids(layer)
        by_mask[case] = {tank[fid] for fid in table.fids[shown(table, wanted)].tolist()}
    assert by_layer == expected(layer)
    assert by_mask == expected(layer)
    assert layer.setSubsetString("") and ids(layer) == world.ALL, "nothing was dropped"
