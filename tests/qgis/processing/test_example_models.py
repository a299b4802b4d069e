"""The example models: read, whole, and with the numbers of the algorithms that they chain."""

import csv
from pathlib import Path

import leachwatch
import pytest
from leachwatch.processing.models import FOLDER, ExampleModel
from leachwatch.tests.qgis.processing import contract
from leachwatch.tests.qgis.processing.running import Log, layer_of, rows, run
from leachwatch.tests.qgis.processing.test_models import child, run_model
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelParameter,
    QgsProcessingParameterFile,
)

SAMPLE = Path(leachwatch.__file__).parent / "resources" / "sample"
TANKS = str(SAMPLE / "tanks_synthetic_sample.geojson")
UNITS = str(SAMPLE / "townships_synthetic_sample.geojson")
YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}


def registered(name):
    return QgsApplication.processingRegistry().algorithmById(f"leachwatch:{name}")


def run_example(name, log=None, **given):
    """Run a model as the toolbox does, its values left at their defaults where they are not given."""
    from qgis.core import QgsProcessingContext

    import processing

    model = registered(name).create()
    for one in model.parameterDefinitions():
        if not one.isDestination() and one.defaultValue() is not None:
            given.setdefault(one.name(), one.defaultValue())
        if one.isDestination() and one.type() != "fileDestination":
            given.setdefault(one.name(), "TEMPORARY_OUTPUT")
    context = QgsProcessingContext()
    results = processing.run(model, given, feedback=log or Log(), context=context)
    return {**{key.split(":")[-1]: value for key, value in results.items()}, "_context": context}


@pytest.fixture(scope="module")
def loaded(provider):
    return run("loadusgstanks", INPUT=TANKS)


@pytest.fixture(params=sorted(contract.MODELS))
def model(request, provider):
    return registered(request.param)


def test_it_is_whole_where_it_is_registered(model):
    assert isinstance(model, ExampleModel) and model.canExecute()[0]
    assert model.validate() == (True, [])
    assert (model.group(), model.groupId(), model.provider().id()) == ("Examples", "examples", "leachwatch")
    outputs = {one.name() for one in model.outputDefinitions()}
    assert outputs and {one.name() for one in model.destinationParameterDefinitions()} <= outputs
    raw = QgsProcessingModelAlgorithm()
    assert raw.fromFile(str(FOLDER / f"{model.name()}.model3")) and raw.displayName() == model.displayName()


def test_everything_has_words(model):
    told = model.helpContent()
    assert len(told["ALG_DESC"]) > 150 and told["ALG_DESC"] in model.shortHelpString()
    for one in model.parameterDefinitions():
        assert len(told[one.name()]) > 10, one.name()
        assert one.isDestination() or len(one.help()) > 10, one.name()
    for step in model.childAlgorithms().values():
        assert step.description() and step.comment().description()
        assert step.algorithmId().startswith("leachwatch:")


def test_nothing_lies_upon_another_on_the_canvas(model):
    boxes = [*model.parameterComponents().values(), *model.childAlgorithms().values()]
    for step in model.childAlgorithms().values():
        boxes += [step.comment(), *step.modelOutputs().values()]
    edges = [(b.position().x(), b.position().y(), b.size().width() / 2, b.size().height() / 2) for b in boxes]
    for number, (x, y, w, h) in enumerate(edges):
        for x2, y2, w2, h2 in edges[number + 1 :]:
            assert abs(x - x2) >= w + w2 or abs(y - y2) >= h + h2


def test_the_provider_loads_anew(provider):
    provider.refreshAlgorithms()
    assert all(registered(name).outputDefinitions() for name in contract.MODELS)


@pytest.mark.skipif(Qgis.QGIS_VERSION_INT >= 32300, reason="the models are made with QGIS 3.22, the oldest")
def test_the_files_are_what_the_tool_makes(provider, tmp_path):
    from leachwatch.tools import make_models
    from leachwatch.tools.models import models

    assert {path.stem for path in FOLDER.iterdir()} == set(models()) == contract.MODELS
    for name, described in models().items():
        make_models.write(name, described, tmp_path)
        assert (tmp_path / f"{name}.model3").read_bytes() == (FOLDER / f"{name}.model3").read_bytes(), name


def test_tanks_to_township_report(loaded, tmp_path):
    report = tmp_path / "townships.html"
    given = {"TANKS_FILE": TANKS, "UNITS": UNITS, "townships:Report of townships": str(report)}
    results = run_example("tankstotownshipreport", **given, **YEARS)
    alone = {"TANKS": loaded["OUTPUT"], "UNITS": UNITS, **YEARS}
    change, summary = run("siteexpansion", **alone), run("townshipsummary", **alone)
    for step, single in (("load", loaded), ("change", change), ("townships", summary)):
        numbers = {key: value for key, value in single.items() if isinstance(value, (int, float))}
        found = results["CHILD_RESULTS"][step]
        assert numbers and {key: found[key] for key in numbers} == pytest.approx(numbers)
    assert rows(results["Summary"]) == rows(change["SUMMARY"])
    assert rows(results["Units by year"]) == rows(summary["YEARLY"])
    assert len(layer_of(results["Sites"])) == 371 and "Chipwi" in report.read_text(encoding="utf-8")


def test_two_sources_compared(loaded, tmp_path):
    """The other source: the sample's own sites of 2024, each 20 m further north, without the last ten."""
    detected = run("detectsites", TANKS=loaded["OUTPUT"], YEAR=2024)
    places = [feature.geometry().centroid().asPoint() for feature in layer_of(detected["SITES"]).getFeatures()]
    path = tmp_path / "sites.csv"
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["site_id", "lat", "lon", "status"])
        writer.writerows([f"s{n}", p.y() + 20 / 111_000, p.x(), "active"] for n, p in enumerate(places[:-10]))
    results = run_example("twosourcescompared", TANKS_FILE=TANKS, SITES_FILE=str(path), UNITS=UNITS, YEAR=2024)
    others = run("loadispsites", INPUT=str(path), UNITS=UNITS)
    alone = run("comparesources", A=detected["SITES"], B=others["OUTPUT"], UNITS=UNITS, MATCH_DISTANCE=500)
    found = results["CHILD_RESULTS"]["compare"]
    numbers = {key: value for key, value in alone.items() if isinstance(value, (int, float))}
    assert {key: found[key] for key in numbers} == pytest.approx(numbers)
    assert (found["A_COUNT"], found["B_COUNT"], found["ONLY_B_COUNT"]) == (371, 361, 0)
    assert found["MATCHED_COUNT"] == 361 == len(rows(results["Matched"]))
    assert rows(results["Agreement by unit"]) == rows(alone["BY_UNIT"])
    kachin = next(row for row in rows(results["Beside the published figures"]) if row["number_low"] == 371)
    assert kachin["a_number"] == sum(r["a"] for r in rows(alone["BY_UNIT"]) if r["parent_name"] == "Kachin")


def test_series_of_years(loaded):
    results = run_example("seriesofyears", TANKS_FILE=TANKS, YEARS="2019-2021", UNITS=UNITS)
    alone = run("siteexpansion", TANKS=loaded["OUTPUT"], YEARS="2019-2021", UNITS=UNITS)
    assert rows(results["Sites by year"]) == rows(alone["SERIES"])
    assert rows(results["Change of sites"]) == rows(alone["SITES"])
    assert {row["year"] for row in rows(results["Sites by year"])} == {2019, 2020, 2021}


def test_a_model_within_a_model(loaded, tmp_path):
    outer = QgsProcessingModelAlgorithm("Outer", "tests")
    outer.addModelParameter(QgsProcessingParameterFile("FILE", "Tanks"), QgsProcessingModelParameter("FILE"))
    given = {"TANKS_FILE": "@FILE", "YEARS": "2020, 2024", "LINK_DISTANCE": 150.0, "MIN_TANKS": 4}
    child(outer, "inner", "leachwatch:seriesofyears", given, ["series:Sites by year"])
    path = str(tmp_path / "outer.model3")
    assert outer.toFile(path)
    again = QgsProcessingModelAlgorithm()
    assert again.fromFile(path) and again.validate()[0]
    results = run_model(again, {"FILE": TANKS})
    (made,) = [value for key, value in results.items() if key.endswith("Sites by year")]
    alone = run("siteexpansion", TANKS=loaded["OUTPUT"], YEARS="2020, 2024")
    assert rows(made) == rows(alone["SERIES"])
