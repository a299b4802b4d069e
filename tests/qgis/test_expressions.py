"""The functions of expressions: the rules of analysis.time, on features of any layer of tanks."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from leachwatch import expressions
from leachwatch.analysis import time
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.unit.analysis.worlds import tanks
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFeatureRequest,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsRuleBasedRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize

ROOT = Path(expressions.__file__).parent
NAMES = ["tank_standing", "tank_status_in"]
DATES = ("first_seen", "last_seen", "gone_by", "abandoned_since", "status_date")


@pytest.fixture(autouse=True)
def functions(qgis_app):
    expressions.register()
    yield
    expressions.unregister()


def evaluated(text, feature=None):
    expression = QgsExpression(text)
    assert not expression.hasParserError(), expression.parserErrorString()
    context = QgsExpressionContext()
    if feature is not None:
        context.setFeature(feature)
        context.setFields(feature.fields())
    value = expression.evaluate(context)
    assert not expression.hasEvalError(), expression.evalErrorString()
    return None if value is None or (hasattr(value, "isNull") and value.isNull()) else value


def error(text, feature):
    expression, context = QgsExpression(text), QgsExpressionContext()
    context.setFeature(feature)
    expression.evaluate(context)
    return expression.evalErrorString()


def tank(types="date", **values):
    columns = "".join(f"&field={name}:{types}" for name in DATES)
    layer = QgsVectorLayer(f"Point?crs=EPSG:4326&field=status:string{columns}", "tanks", "memory")
    feature = QgsFeature(layer.fields())
    for name, value in values.items():
        feature[name] = value
    return feature


def test_a_tank_by_hand():
    # Seen in 2015, abandoned in 2021, gone in 2023: what test_time works out for tables.
    one = tank(
        first_seen=QDate(2015, 3, 1),
        abandoned_since=QDate(2021, 6, 1),
        gone_by=QDate(2023, 1, 1),
        status="abandoned",
    )
    years = (2014, 2015, 2020, 2021, 2022, 2023)
    assert [evaluated(f"tank_standing({year})", one) for year in years] == [False, True, True, True, True, False]
    assert [evaluated(f"tank_standing({year}, 'cumulative')", one) for year in years] == [False] + [True] * 5
    assert [evaluated(f"tank_status_in({year})", one) for year in years] == [
        None, "active", "active", "abandoned", "abandoned", None,
    ]  # fmt: skip
    assert evaluated("tank_status_in(2023, 'cumulative')", one) == "abandoned"


def test_not_known_is_null_and_not_false():
    undated = tank(status="active", status_date=QDate(2020, 1, 1))
    assert evaluated("tank_standing(2024)", undated) is None
    assert evaluated("tank_standing(2024) is null", undated) == 1
    assert evaluated("tank_status_in(2024)", undated) is None
    assert evaluated("tank_standing(NULL)", tank(first_seen=QDate(2015, 1, 1))) is None
    assert evaluated("tank_standing(2024)") is None, "no feature at hand"


def random_tank(chance):
    words = ["active", "abandoned", "unknown"]
    one = {"status": chance.choice(words)}
    for name in DATES:
        if chance.random() < 0.6:
            one[name] = f"{chance.randint(2010, 2016)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return one


@pytest.mark.parametrize("types", ["date", "string", "datetime"])
def test_the_same_as_the_analysis_on_random_tanks(types):
    chance = random.Random(7)
    rows = [random_tank(chance) for _ in range(80)]
    table = tanks(rows)
    undated = time.undated(table)
    kinds = {"date": lambda d: QDate.fromString(d, "yyyy-MM-dd"), "string": str}
    make = kinds.get(types, lambda d: QDateTime.fromString(d + "T23:30:00", "yyyy-MM-ddThh:mm:ss"))
    features = [
        tank(types, **{name: value if name == "status" else make(value) for name, value in row.items()}) for row in rows
    ]
    seen = set()
    for year in range(2009, 2018):
        status = time.status_in(table, year)
        for counting in ("standing", "cumulative"):
            counted = time.counted(table, year, counting)
            for index, feature in enumerate(features):
                found = evaluated(f"tank_standing({year}, '{counting}')", feature)
                assert found == (None if undated[index] else bool(counted[index])), rows[index]
                found = evaluated(f"tank_status_in({year}, '{counting}')", feature)
                assert found == (status[index] if counted[index] else None), (year, rows[index])
                seen.add(found)
    assert seen == {None, "active", "abandoned", "unknown"}


@pytest.mark.parametrize(
    ("text", "year"),
    [("2019", 2019), ("20190314", 2019), ("14/3/2019", 2019), ("Mar 2019", 2019), ("2018-2019", 2019)],
)
def test_texts_are_read_as_the_loaders_read_them(text, year):
    one = tank("string", first_seen=text, status="Assumed Active")
    assert [evaluated(f"tank_standing({y})", one) for y in (year - 1, year)] == [False, True]
    assert evaluated(f"tank_status_in({year})", one) == "active"


@pytest.mark.parametrize("text", ["", "<null>", "9999-12-31", "1900-01-01", "soon"])
def test_texts_that_say_nothing_are_not_known(text):
    assert evaluated("tank_standing(2024)", tank("string", first_seen=text)) is None


def test_years_as_numbers_and_dates_that_mean_none():
    assert evaluated("tank_standing(2014)", tank("integer", first_seen=2015)) is False
    assert evaluated("tank_standing(2015)", tank("double", first_seen=2015.0)) is True
    for nothing in (QDate(1900, 1, 1), QDate(9999, 12, 31)):
        assert evaluated("tank_standing(2024)", tank(first_seen=nothing)) is None


def test_the_year_may_be_text_or_a_date():
    one = tank(first_seen=QDate(2015, 3, 1))
    for year in ("2015", "'2015'", "2015.0", "to_date('2015-01-01')", "make_datetime(2015,1,1,0,0,0)"):
        assert evaluated(f"tank_standing({year})", one) is True, year


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("tank_standing(2015.5)", "the year must be a whole number such as 2024, not 2015.5"),
        ("tank_status_in('soon')", "the year must be a whole number such as 2024, not soon"),
        ("tank_standing(2015, 'seen')", "the counting rule must be one of standing, cumulative, not seen"),
    ],
)
def test_wrong_arguments_are_told(call, told):
    assert told in error(call, tank(first_seen=QDate(2015, 3, 1)))


def test_a_layer_without_dates_of_tanks_is_told():
    layer = QgsVectorLayer("Point?field=name:string", "towns", "memory")
    assert "neither a field first_seen nor last_seen (its fields: name)" in error(
        "tank_standing(2015)", QgsFeature(layer.fields())
    )


def standing_in_2020(layer):
    """The ids of the tanks of the small world that stand at the end of 2020: 6, as its docstring says."""
    request = QgsFeatureRequest().setFilterExpression("tank_standing(2020)")
    return sorted(feature["tank_id"] for feature in layer.getFeatures(request))


@pytest.mark.parametrize("ending", ["gpkg", "shp", "geojson", "fgb"])
def test_a_filter_on_every_format(tmp_path, ending):
    layer = world.save(world.tank_layer(), tmp_path, ending)
    assert standing_in_2020(layer) == ["0", "1", "12", "2", "3", "5"]
    request = QgsFeatureRequest().setFilterExpression("tank_status_in(2024) = 'abandoned'")
    assert len(list(layer.getFeatures(request))) == 5
    layer.selectByExpression("tank_standing(2024) and not tank_standing(2020)")
    assert layer.selectedFeatureCount() == 6


def test_only_the_fields_of_a_tank_are_fetched():
    assert QgsExpression("tank_standing(2020)").referencedColumns() == {
        *("first_seen", "last_seen", "gone_by", "abandoned_since", "status_date", "status"),
        *("abandoned_", "status_dat"),
    }
    assert not QgsExpression("tank_standing(2020)").needsGeometry()


def test_labels(tmp_path):
    layer = world.save(world.tank_layer(), tmp_path, "shp")
    settings = QgsPalLayerSettings()
    settings.fieldName, settings.isExpression = "tank_status_in(2024)", True
    expression = settings.getLabelExpression()
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFields(layer.fields())
    assert expression.prepare(context)
    # As the label engine does: only the columns that the expression names are fetched.
    request = QgsFeatureRequest().setSubsetOfAttributes(expression.referencedColumns(), layer.fields())
    labels = []
    for feature in layer.getFeatures(request):
        context.setFeature(feature)
        labels.append(expression.evaluate(context))
    assert labels == ["active"] * 5 + [None, None] + ["abandoned"] * 5 + ["unknown"]


def red_pixels(layer, rule):
    """Draw a layer's features that a rule lets through, in another thread, as a map window does."""
    renderer = QgsRuleBasedRenderer(QgsMarkerSymbol.createSimple({"color": "255,0,0", "size": "4"}))
    renderer.rootRule().children()[0].setFilterExpression(rule)
    layer.setRenderer(renderer)
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setExtent(layer.extent().buffered(0.001))
    settings.setOutputSize(QSize(200, 200))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    colours = [image.pixelColor(x, y) for x in range(200) for y in range(200)]
    return sum(one.red() > 200 > 50 > one.blue() for one in colours)


def test_rules_of_a_renderer(tmp_path):
    layer = world.save(world.tank_layer(), tmp_path, "shp")
    drawn = [red_pixels(layer, f"tank_standing({year})") for year in (2014, 2015, 2024)]
    # None; the tanks of 2015, close together; those of 2022 a kilometre to the east, too.
    assert drawn[0] == 0 < drawn[1] < drawn[2]


def test_the_field_calculator_and_a_filter_in_a_chain_of_algorithms(provider):
    import processing

    out = processing.run(
        "native:fieldcalculator",
        {
            "INPUT": world.tank_layer(),
            "FIELD_NAME": "in_2024",
            "FIELD_TYPE": 2,
            "FORMULA": "tank_status_in(2024)",
            "OUTPUT": "TEMPORARY_OUTPUT",
        },
    )["OUTPUT"]
    values = [feature["in_2024"] for feature in out.getFeatures()]
    assert [value for value in values if isinstance(value, str)] == ["active"] * 5 + ["abandoned"] * 5 + ["unknown"]
    out = processing.run(
        "native:extractbyexpression",
        {"INPUT": world.tank_layer(), "EXPRESSION": "tank_standing(2020)", "OUTPUT": "TEMPORARY_OUTPUT"},
    )["OUTPUT"]
    assert out.featureCount() == 6


def ours():
    return [function.name() for function in QgsExpression.Functions() if function.group() == expressions.GROUP]


PLUGIN = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("conftest", sys.argv[1])
spec.loader.exec_module(importlib.util.module_from_spec(spec))
from qgis.core import QgsApplication, QgsExpression
application = QgsApplication([], False)
application.initQgis()
heavy = {"numpy", "pandas", "shapely", "scipy", "pyproj"}
heavy -= set(sys.modules)  # newer versions of QGIS import numpy and shapely themselves
before = [function.name() for function in QgsExpression.Functions()]
from leachwatch.plugin import LeachwatchPlugin
for _ in range(2):
    plugin = LeachwatchPlugin(None)
    plugin.initProcessing()
    added = [one for one in QgsExpression.Functions() if one.name() not in before]
    print([one.name() for one in added], {one.group() for one in added}, heavy & set(sys.modules))
    print(all("NULL" in one.helpText() and "2024" in one.helpText() for one in added))
    plugin.unload()
    assert [one.name() for one in QgsExpression.Functions()] == before
    assert QgsExpression("tank_standing(2020)").hasParserError()
del plugin
application.exitQgis()
"""


def test_the_plugin_offers_them_without_a_window_and_leaves_no_trace():
    """Loaded and loaded again, in a process of its own: here the provider is registered already."""
    done = subprocess.run(
        [sys.executable, "-c", PLUGIN, str(ROOT / "conftest.py")], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"{NAMES} {{'Leachwatch'}} set()", "True"] * 2


def test_what_an_earlier_start_left_is_replaced():
    left = list(expressions._registered)
    expressions._registered.clear()  # as when the plugin's module was loaded anew without an unload
    expressions.register()
    assert ours() == NAMES
    assert left
