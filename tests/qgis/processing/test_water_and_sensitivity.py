"""Site sensitivity and water proximity in a model, stopped by the user, and loaded with their style."""

import time

import numpy as np
import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import Log, rows, run
from leachwatch.tests.qgis.processing.test_water_proximity import river_layer, square, tank_layer
from osgeo import ogr, osr
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildDependency,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProject,
    QgsRenderContext,
)

Source = QgsProcessingModelChildParameterSource
MANY = 30_000


class Stopper(Log):
    """A user who stops the run once it has come so far (percent)."""

    def __init__(self, at):
        super().__init__()
        self.at, self.stopped = at, None
        self.progressChanged.connect(self.look)
        self.look(0)

    def look(self, percent):
        if self.stopped is None and percent >= self.at:
            self.stopped = time.monotonic()
            self.cancel()


def file_of(path, kind, geometries):
    """Write a GeoPackage of geometries, given as WKT."""
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(4326)
    layer = dataset.CreateLayer(path.stem, srs, kind)
    layer.StartTransaction()
    for wkt in geometries:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        layer.CreateFeature(feature)
    layer.CommitTransaction()
    layer = dataset = None
    return str(path)


@pytest.fixture(scope="module")
def many(tmp_path_factory, provider):
    """30,000 tanks in rows of ten over two degrees, and 400 rivers of 50 vertices."""
    folder, random = tmp_path_factory.mktemp("many"), np.random.default_rng(1)
    site, place = np.divmod(np.arange(MANY), 10)
    lon, lat = 97.5 + (site % 70) * 0.02 + place * 1.5e-4, 24.5 + (site // 70) * 0.02
    ways = random.uniform((97.5, 24.5), (99, 25.7), (400, 1, 2)) + random.normal(0, 0.003, (400, 50, 2)).cumsum(axis=1)
    lines = ["LINESTRING (" + ",".join(f"{x} {y}" for x, y in way) + ")" for way in ways]
    tanks = file_of(folder / "tanks.gpkg", ogr.wkbPoint, (f"POINT ({x} {y})" for x, y in zip(lon, lat)))
    return {"TANKS": tanks, "RIVERS": file_of(folder / "rivers.gpkg", ogr.wkbLineString, lines)}


def given(name, many):
    return many if name == "waterproximity" else {"TANKS": many["TANKS"]}


@pytest.mark.parametrize("name", ["sitesensitivity", "waterproximity"])
@pytest.mark.parametrize("at", [0, 40, 75])
def test_a_run_that_is_stopped(many, name, at):
    log = Stopper(at)
    results = run(name, log, **given(name, many))
    late = time.monotonic() - log.stopped
    del results["_context"]
    assert results == {} and late < 2.0  # twice what is promised, for a busy machine
    assert log.errors == [] and any("Stopped" in text for text in log.infos)


@pytest.mark.parametrize("name", ["sitesensitivity", "waterproximity"])
def test_progress_goes_forward(name):
    seen, log = [], Log()
    log.progressChanged.connect(seen.append)
    inputs = {"TANKS": tank_layer(), **({"RIVERS": river_layer()} if name == "waterproximity" else {})}
    run(name, log, **inputs)
    assert seen and seen == sorted(seen) and seen[-1] <= 100


def test_both_in_a_model(tmp_path):
    """Tanks → sites → their distance to water; and the sensitivity of the same tanks, whose plateau is read after."""
    import processing

    model = QgsProcessingModelAlgorithm("Water", "tests")
    for name in ("TANKS", "RIVERS"):
        model.addModelParameter(QgsProcessingParameterFeatureSource(name, name), QgsProcessingModelParameter(name))
    steps = {
        "sites": ("detectsites", {"TANKS": Source.fromModelParameter("TANKS")}, "SITES"),
        "water": (
            "waterproximity",
            {
                "TANKS": Source.fromChildOutput("sites", "SITES"),
                "RIVERS": Source.fromModelParameter("RIVERS"),
                "NAME_FIELD": Source.fromStaticValue("name"),
                "MAX_DISTANCE": Source.fromExpression("2 * 2500"),
            },
            "OUTPUT",
        ),
        "definitions": (
            "sitesensitivity",
            {
                "TANKS": Source.fromModelParameter("TANKS"),
                "LINK_DISTANCES": Source.fromExpression("'20, 40, 60, ' || to_string(@water_NEAR_COUNT * 100)"),
                "MIN_TANKS_LIST": Source.fromStaticValue("4"),
            },
            "OUTPUT",
        ),
    }
    for step, (algorithm, sources, output) in steps.items():
        child = QgsProcessingModelChildAlgorithm(f"leachwatch:{algorithm}")
        child.setChildId(step)
        for name, source in sources.items():
            child.addParameterSources(name, [source])
        made = QgsProcessingModelOutput(step)
        made.setChildId(step)
        made.setChildOutputName(output)
        child.setModelOutputs({step: made})
        if step == "definitions":  # a number in an expression makes no dependency of its own
            child.setDependencies([QgsProcessingModelChildDependency("water")])
        model.addChildAlgorithm(child)
    path = str(tmp_path / "water.model3")
    again = QgsProcessingModelAlgorithm()
    assert model.toFile(path) and again.fromFile(path)
    again.initAlgorithm()
    tanks = world.tank_layer([{"east": 300.0 + 15 * number} for number in range(5)])
    context = QgsProcessingContext()
    sinks = {one.name(): "TEMPORARY_OUTPUT" for one in again.destinationParameterDefinitions()}
    results = processing.run(again, {"TANKS": tanks, "RIVERS": river_layer(), **sinks}, context=context, feedback=Log())
    by_step = {name.split(":")[-1]: value for name, value in results.items()}
    assert [(row["nearest_name"], row["band"]) for row in rows(by_step["water"])] == [("Nmai Hka", "250–500 m")]
    assert [row["link_distance_m"] for row in rows(by_step["definitions"])] == [20, 40, 60, 100]
    assert results["CHILD_RESULTS"]["definitions"]["PLATEAU_TO"] == 100


@pytest.mark.parametrize("kind", ["Point", "Polygon"])
def test_a_loaded_result_is_styled_by_distance(project, kind):
    import processing

    if kind == "Polygon":
        tanks = world.make_layer("Polygon?crs=EPSG:4326&field=site_id:string", "sites", [(square(200, 0), {})])
    else:
        tanks = tank_layer()
    context = QgsProcessingContext()
    context.setProject(project)
    output = QgsProcessingOutputLayerDefinition("memory:", QgsProject.instance())
    inputs = {"TANKS": tanks, "RIVERS": river_layer(), "OUTPUT": output}
    processing.runAndLoadResults("leachwatch:waterproximity", inputs, feedback=Log(), context=context)
    (layer,) = project.mapLayers().values()
    renderer = layer.renderer()
    assert renderer.type() == "graduatedSymbol"
    assert "nearest_distance_m" in renderer.usedAttributes(QgsRenderContext())
    labels = [one.label() for one in renderer.ranges()]
    assert labels[0] == "none within reach" and labels[1] == "0–50 m" and len(labels) == 8
    ends = [(one.lowerValue(), one.upperValue()) for one in renderer.ranges()[1:]]
    assert all(before[1] == after[0] for before, after in zip(ends, ends[1:])), "no distance is left without a class"


def test_a_map_layer_whose_style_needs_no_column_is_drawn(provider):
    """The rivers of the report: shapes without any column."""
    import geopandas as gpd
    import shapely
    from leachwatch.processing.reports.content import MapLayer
    from leachwatch.processing.reports.map_layers import as_layer

    frame = gpd.GeoDataFrame(geometry=[shapely.LineString([(98, 25), (98.1, 25.1)])] * 3, crs=4326)
    layer = as_layer(MapLayer("Rivers", frame, [], "rivers"), lambda: False)
    assert layer.featureCount() == 3 and layer.fields().names() == []
