"""Models: our algorithms as steps of one, saved, read back and run; branches on number outputs."""

from pathlib import Path

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import Log, layer_of, rows
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildDependency,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProject,
)

Source = QgsProcessingModelChildParameterSource


def child(model, step, algorithm, values, outputs=()):
    """Add a step; values that are (step, output) come from an earlier one, texts with @ are the model's inputs."""
    one = QgsProcessingModelChildAlgorithm(algorithm)
    one.setChildId(step)
    for name, value in values.items():
        if isinstance(value, tuple):
            source = Source.fromChildOutput(*value)
        elif isinstance(value, str) and value.startswith("@"):
            source = Source.fromModelParameter(value[1:])
        else:
            source = Source.fromStaticValue(value)
        one.addParameterSources(name, [source])
    made = {}
    for name in outputs:
        output = QgsProcessingModelOutput(f"{step} {name}")
        output.setChildId(step)
        output.setChildOutputName(name)
        made[f"{step} {name}"] = output
    one.setModelOutputs(made)
    assert one.algorithm() is not None, algorithm
    model.addChildAlgorithm(one)


def build():
    model = QgsProcessingModelAlgorithm("Two years", "tests")
    for parameter in (
        QgsProcessingParameterFile("TANKS_FILE", "Tanks"),
        QgsProcessingParameterFile("UNITS_FILE", "Units"),
        QgsProcessingParameterNumber("END", "End year", QgsProcessingParameterNumber.Type.Integer, 2024),
    ):
        model.addModelParameter(parameter, QgsProcessingModelParameter(parameter.name()))
    child(model, "load", "leachwatch:loadusgstanks", {"INPUT": "@TANKS_FILE"})
    child(model, "units", "leachwatch:loadtownships", {"INPUT": "@UNITS_FILE"})
    both = {"TANKS": ("load", "OUTPUT"), "UNITS": ("units", "OUTPUT"), "START_YEAR": 2020, "END_YEAR": "@END"}
    child(model, "change", "leachwatch:siteexpansion", both, ["SITES", "SUMMARY"])
    child(model, "summary", "leachwatch:townshipsummary", both, ["UNITS_OUT", "YEARLY"])
    return model


@pytest.fixture
def files(tmp_path):
    tanks = world.save(world.tank_layer(), tmp_path, "gpkg", "tanks").source().split("|")[0]
    units = world.save(world.unit_layer(), tmp_path, "gpkg", "units").source().split("|")[0]
    return {"TANKS_FILE": tanks, "UNITS_FILE": units}


def saved(model, folder: Path):
    path = str(folder / "two_years.model3")
    assert model.toFile(path)
    again = QgsProcessingModelAlgorithm()
    assert again.fromFile(path)
    again.initAlgorithm()
    return again


def run_model(model, parameters, log=None):
    import processing

    context = QgsProcessingContext()
    sinks = {one.name(): "TEMPORARY_OUTPUT" for one in model.destinationParameterDefinitions()}
    results = processing.run(model, {"END": 2024, **sinks, **parameters}, context=context, feedback=log or Log())
    results["_context"] = context
    return results


def test_a_model_is_saved_read_back_and_run(tmp_path, files):
    model = saved(build(), tmp_path)
    results = run_model(model, files)
    by_name = {name.split(":")[-1]: value for name, value in results.items()}
    assert [row["change_class"] for row in rows(by_name["change SITES"])] == ["new", "stable"]
    assert [row["tanks"] for row in rows(by_name["summary UNITS_OUT"])] == [5, 5, 0, 1]
    assert rows(by_name["change SUMMARY"])[0]["tanks_end"] == 11
    assert results["CHILD_RESULTS"]["load"]["TANK_COUNT"] == 13


def test_the_numbers_can_be_branched_on(tmp_path, files):
    """A condition on a count decides which of two steps runs."""
    model = build()
    condition = QgsProcessingModelChildAlgorithm("native:condition")
    condition.setChildId("choice")
    condition.setConfiguration(
        {"conditions": [
            {"name": "some", "expression": "@change_TANKS_NEW > 5 and @load_TANK_COUNT = 13"},
            {"name": "none", "expression": "@change_TANKS_NEW <= 5"},
        ]}
    )  # fmt: skip
    condition.setDependencies([QgsProcessingModelChildDependency("change"), QgsProcessingModelChildDependency("load")])
    model.addChildAlgorithm(condition)
    for branch in ("some", "none"):
        child(
            model, f"sites_{branch}", "leachwatch:detectsites", {"TANKS": ("load", "OUTPUT"), "YEAR": 2024}, ["SITES"]
        )
        step = model.childAlgorithm(f"sites_{branch}")
        step.setDependencies([QgsProcessingModelChildDependency("choice", branch)])
        model.setChildAlgorithm(step)
    results = run_model(saved(model, tmp_path), files)
    assert results["CHILD_RESULTS"]["sites_some"]["SITE_COUNT"] == 2
    assert "sites_none" not in results["CHILD_RESULTS"]


def test_every_number_is_an_output_that_a_model_sees(tmp_path, files):
    results = run_model(build(), files)["CHILD_RESULTS"]
    for step, name in (("load", "loadusgstanks"), ("change", "siteexpansion"), ("summary", "townshipsummary")):
        algorithm = QgsApplication.processingRegistry().algorithmById(f"leachwatch:{name}")
        numbers = {one.name() for one in algorithm.outputDefinitions() if one.type() == "outputNumber"}
        assert numbers and numbers <= set(results[step])


def test_years_in_the_wrong_order_stop_a_model(tmp_path, files):
    """Models do not check the values of their steps."""
    log = Log()
    with pytest.raises(QgsProcessingException) as caught:
        run_model(build(), {**files, "END": 2019}, log)
    told = [*log.errors, str(caught.value)]
    assert any("START_YEAR (2020) must be before END_YEAR (2019)" in text for text in told), told


def test_the_outputs_of_a_model_are_styled(project, tmp_path, files):
    import processing

    model = saved(build(), tmp_path)
    sinks = {one.name(): "TEMPORARY_OUTPUT" for one in model.destinationParameterDefinitions()}
    processing.runAndLoadResults(model, {**files, **sinks, "END": 2024})
    loaded = {layer.fields().names()[0]: layer for layer in project.mapLayers().values()}
    assert len(project.mapLayers()) == 4
    sites = loaded["site_id"]
    assert sites.renderer().type() == "categorizedSymbol" and sites.renderer().classAttribute() == "change_class"


def test_a_layer_of_the_project_goes_into_the_next_algorithm(project, files):
    """As in the toolbox: the result of one is chosen by its id in the next."""
    import processing

    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    loaded = processing.run(
        "leachwatch:loadusgstanks", {"INPUT": files["TANKS_FILE"], "OUTPUT": "TEMPORARY_OUTPUT"}, context=context
    )
    layer = layer_of(loaded["OUTPUT"])
    project.addMapLayer(layer)
    results = processing.run(
        "leachwatch:detectsites", {"TANKS": layer.id(), "YEAR": 2024, "SITES": "TEMPORARY_OUTPUT"}, context=context
    )
    assert results["SITE_COUNT"] == 2
