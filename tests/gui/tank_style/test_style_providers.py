"""The same tanks get the same classes on every provider, from its own columns, and in every map."""

from __future__ import annotations

import itertools

import pandas as pd
from leachwatch.analysis import time
from leachwatch.analysis.definition import CUMULATIVE, STANDING
from leachwatch.analysis.fields import TANK_DATES
from leachwatch.tests.gui.tank_world import TANKS
from leachwatch.ui.tank_data.layers import columns_of
from leachwatch.ui.tank_style import classes
from leachwatch.ui.tank_style.dressing import style_tanks
from leachwatch.ui.tank_style.options import AGE, BY_FIRST_YEAR, IN_YEAR, MODES, StyleOptions
from leachwatch.ui.tank_style.renderers.age import BREAKS
from qgis.core import QgsMapRendererSequentialJob, QgsMapSettings, QgsRenderContext, QgsVectorLayerUtils
from qgis.PyQt.QtCore import QSize


def frame():
    table = pd.DataFrame(TANKS, columns=["id", "status", "tank_type", "first_seen", "last_seen", "gone_by", "unit"])
    for name in TANK_DATES:
        table[name] = pd.to_datetime(table.get(name, pd.Series(pd.NaT, index=table.index)))
    return table


def by_id(layer, expression):
    ids, _ = QgsVectorLayerUtils.getValues(layer, "tank_id")
    values, done = QgsVectorLayerUtils.getValues(layer, expression)
    assert done
    return {str(int(name)): value for name, value in zip(ids, values)}


def test_classes_are_those_of_the_analysis(any_layer):
    table, columns = frame(), columns_of(any_layer)
    first, undated = time.seen_from(table).dt.year, time.undated(table)
    for counting, year in itertools.product((STANDING, CUMULATIVE), (2016, 2019, 2020, 2021, 2024)):
        status, counted = time.status_in(table, year), time.counted(table, year, counting)
        expected = {
            name: classes.UNDATED if undated[at] else status[at] if counted[at] else classes.NOT_THERE
            for at, name in enumerate(table["id"])
        }
        assert by_id(any_layer, classes.status_in(columns, year, counting)) == expected
    found = by_id(any_layer, f"coalesce({classes.first_year(columns)}, {classes.UNDATED_YEAR})")
    assert {name: int(year) for name, year in found.items()} == {
        name: -1 if pd.isna(year) else int(year) for name, year in zip(table["id"], first)
    }
    found = by_id(any_layer, classes.status(columns))
    assert found == {name: status or classes.NOT_GIVEN for name, status in zip(table["id"], table["status"])}


def drawn_by(layer):
    """Which row of the legend draws each tank."""
    renderer, context = layer.renderer().clone(), QgsRenderContext()
    context.expressionContext().setFields(layer.fields())
    labels = {item.ruleKey(): item.label() for item in renderer.legendSymbolItems()}
    renderer.startRender(context, layer.fields())
    found = {}
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        keys = renderer.legendKeysForFeature(feature, context)
        found[str(int(feature["tank_id"]))] = [labels[key] for key in keys]
    renderer.stopRender(context)
    return found


def image_of(layer):
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setOutputSize(QSize(60, 60))
    settings.setExtent(layer.extent().buffered(0.02))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    assert job.errors() == []
    return job.renderedImage()


def test_every_tank_is_drawn_by_a_row_of_the_legend(any_layer):
    for mode in MODES:
        style_tanks(any_layer, StyleOptions(mode=mode, labels=BY_FIRST_YEAR, by_type=True, year=2020))
        image = image_of(any_layer)
        assert len({image.pixel(x, y) for x in range(60) for y in range(60)}) > 1, mode
        if mode in (AGE, IN_YEAR):
            rows = drawn_by(any_layer)
            assert len(rows) == len(TANKS) and all(len(labels) == 1 for labels in rows.values())
            expected = ROWS[mode]
            assert {name: rows[name][0] for name in expected} == expected


ROWS = {
    AGE: {"10": "no date", "7": "2019–2020", "9": f"{BREAKS[-1]} or later"},
    IN_YEAR: {
        "10": "no date: not known whether it stood",
        "3": "not standing in 2020: not yet seen, or gone",
        "6": "not standing in 2020: not yet seen, or gone",
        "1": "active in 2020",
        "7": "status unknown in 2020",
    },
}
