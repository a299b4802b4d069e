"""Results get their style where they are loaded into a project, and nowhere else."""

import gc

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import Log, layer_of
from qgis.core import (
    QgsDateTimeRange,
    QgsProcessingContext,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRenderContext,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QTime

YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}
# What each style divides its features by.
STYLED = [
    ("detectsites", "SITES", {}, None),
    ("detectsites", "TANKS_OUT", {}, "status"),
    ("siteexpansion", "SITES", YEARS, "change_class"),
    ("siteexpansion", "GROWTH", YEARS, None),
    ("siteexpansion", "LOSS", YEARS, None),
    ("siteexpansion", "SERIES", {"YEARS": "2015, 2020-2024"}, "active_share_pct"),
    ("townshipsummary", "UNITS_OUT", YEARS, "tanks"),
]

NAMES = {
    "SITES": "Sites",
    "TANKS_OUT": "Tanks with their site",
    "GROWTH": "Ground gained",
    "LOSS": "Ground given up",
    "SERIES": "Sites by year",
    "UNITS_OUT": "Units with their counts",
}


def load(name, output, given, destination="memory:"):
    """Run, and load the one output into the project, as the toolbox does."""
    import processing

    parameters = {"TANKS": world.tank_layer(), "UNITS": world.unit_layer(), **given}
    project = QgsProject.instance()
    parameters[output] = QgsProcessingOutputLayerDefinition(destination, project)
    context = QgsProcessingContext()
    context.setProject(project)
    log = Log()
    main = "UNITS_OUT" if name == "townshipsummary" else "SITES"
    parameters.setdefault(main, "memory:")
    processing.runAndLoadResults(f"leachwatch:{name}", parameters, feedback=log, context=context)
    assert log.errors == []
    made = [layer for layer in project.mapLayers().values() if layer.name() == NAMES[output]]
    assert len(made) == 1
    return made[0]


@pytest.mark.parametrize("name, output, given, attribute", STYLED)
def test_a_loaded_result_is_styled(project, name, output, given, attribute):
    layer = load(name, output, given)
    gc.collect()
    plain = world.tank_layer() if output == "TANKS_OUT" else world.unit_layer()
    assert layer.renderer().dump() != plain.renderer().dump()
    if attribute:
        assert attribute in layer.renderer().usedAttributes(QgsRenderContext())


def test_two_results_of_one_style_are_both_styled(project):
    first = load("siteexpansion", "SITES", YEARS)
    project.removeMapLayer(first.id())
    second = load("siteexpansion", "SITES", {"START_YEAR": 2010, "END_YEAR": 2024})
    assert second.renderer().type() == "categorizedSymbol"


def test_a_result_to_a_file_is_not_loaded_and_gets_no_style(project, tmp_path):
    import processing

    context = QgsProcessingContext()
    context.setProject(project)
    path = str(tmp_path / "sites.gpkg")
    results = processing.run(
        "leachwatch:siteexpansion", {"TANKS": world.tank_layer(), "SITES": path, **YEARS}, context=context
    )
    assert results["SITES"] == path
    assert project.mapLayers() == {} and context.layersToLoadOnCompletion() == {}
    assert {file.name for file in tmp_path.iterdir()} <= {"sites.gpkg"}
    assert layer_of(path).renderer().type() == "singleSymbol"


def test_a_file_that_is_loaded_is_styled(project, tmp_path):
    layer = load("siteexpansion", "SITES", YEARS, str(tmp_path / "sites.gpkg"))
    assert layer.renderer().type() == "categorizedSymbol" and layer.featureCount() == 2


def test_the_style_is_symbology_and_nothing_else(project):
    layer = load("siteexpansion", "SITES", YEARS)
    assert layer.renderer().type() == "categorizedSymbol"
    assert not layer.labelsEnabled() and layer.subsetString() == "" and layer.opacity() == 1


def test_a_series_is_ready_for_the_temporal_controller(project):
    layer = load("siteexpansion", "SERIES", {"YEARS": "2015, 2020-2024"})
    days = layer.temporalProperties()
    assert days.isActive() and (days.startField(), days.endField()) == ("begins_on", "ends_on")
    year = QgsDateTimeRange(QDateTime(QDate(2022, 1, 1), QTime(0, 0)), QDateTime(QDate(2022, 12, 31), QTime(0, 0)))
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    shown = layer.getFeatures(days.createFilterString(context, year))
    assert sorted((feature["year"], feature["tanks"]) for feature in shown) == [(2022, 5), (2022, 5)]
    (sites,) = project.mapLayersByName("Sites")
    assert not sites.temporalProperties().isActive()


def test_processors_go_with_their_run(project):
    """Nothing piles up over a day of runs."""
    from leachwatch.processing.writing import style

    for _ in range(5):
        load("siteexpansion", "SITES", YEARS)
        project.removeAllMapLayers()
        gc.collect()
    assert len(style._living) <= 2
