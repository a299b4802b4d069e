"""The contract that models depend on: ids, parameters, defaults, outputs, fields."""

import ast
import sys
from pathlib import Path

import pytest
from leachwatch.tests.qgis.processing import contract, world
from leachwatch.tests.qgis.processing.running import layer_of, run
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QTime

IDS = list(contract.PARAMETERS)


@pytest.fixture(params=IDS)
def algorithm(request, provider):
    return provider.algorithm(request.param)


def test_the_provider_offers_these_algorithms(provider):
    assert provider.id() == "leachwatch"
    assert {algorithm.name() for algorithm in provider.algorithms()} == {*IDS, *contract.MODELS}


def test_parameters_and_defaults(algorithm):
    found = {one.name(): one.defaultValue() for one in algorithm.parameterDefinitions()}
    expected = contract.PARAMETERS[algorithm.name()]
    sinks = {one.name() for one in algorithm.destinationParameterDefinitions()}
    assert set(found) == set(expected)
    for name in set(expected) - sinks:
        assert found[name] == expected[name], name


def test_what_must_be_given(algorithm):
    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    required = {one.name() for one in algorithm.parameterDefinitions() if not one.flags() & optional}
    assert required == contract.REQUIRED[algorithm.name()]


def test_outputs(algorithm):
    found = {one.name(): one for one in algorithm.outputDefinitions()}
    assert contract.OUTPUTS[algorithm.name()] <= set(found)
    assert {one.name() for one in algorithm.destinationParameterDefinitions()} <= set(found)
    for name, output in found.items():
        if name.endswith(("_COUNT", "_HA")) or name.startswith("TANKS_"):
            assert isinstance(output, QgsProcessingOutputNumber) or name == "TANKS_OUT", name


def test_enumerations_use_static_strings(algorithm):
    for parameter in algorithm.parameterDefinitions():
        if isinstance(parameter, QgsProcessingParameterEnum):
            assert parameter.usesStaticStrings()
            assert parameter.options() == contract.OPTIONS[parameter.name()]


def test_help(algorithm):
    assert len(algorithm.shortHelpString()) > 200
    assert algorithm.helpUrl().startswith("https://")
    assert not algorithm.icon().isNull()
    for parameter in algorithm.parameterDefinitions():
        assert parameter.description(), parameter.name()
        assert len(parameter.help()) > 20, parameter.name()
    for output in algorithm.outputDefinitions():
        assert output.description() and output.description() != output.name()


def test_no_default_is_today(algorithm):
    today = QDate.currentDate()
    for parameter in algorithm.parameterDefinitions():
        text = str(parameter.defaultValue())
        assert today.toString("yyyy-MM-dd") not in text and text != str(today.year())


def test_python_commands_name_every_value(algorithm):
    values = {"CUT_DATE": QDate(2021, 2, 1), "START_YEAR": 2020, "END_YEAR": 2024, "COUNTING": "cumulative"}
    given = {name: value for name, value in values.items() if algorithm.parameterDefinition(name)}
    command = algorithm.asPythonCommand(given, QgsProcessingContext())
    assert command.startswith(f'processing.run("leachwatch:{algorithm.name()}"')
    # QGIS writes dates as constructors; all else must be literals that give the values back.
    text = command[command.index("{") : command.rindex("}") + 1]
    made = eval(text, {"QDate": QDate, "QDateTime": QDateTime, "QTime": QTime})
    for name, value in given.items():
        assert (made[name].date() if isinstance(made[name], QDateTime) else made[name]) == value
    assert ast.parse(command)


def outputs_named(name, output, **parameters):
    return layer_of(run(name, **parameters)[output]).fields().names()


def test_fields_of_the_analysis(tmp_path):
    tanks, units = world.tank_layer(), world.unit_layer()
    years = {"START_YEAR": 2020, "END_YEAR": 2024}
    assert outputs_named("siteexpansion", "SITES", TANKS=tanks, **years) == contract.SITES
    assert outputs_named("townshipsummary", "YEARLY", TANKS=tanks, UNITS=units, **years) == contract.YEARLY
    assert outputs_named("detectsites", "TANKS_OUT", TANKS=tanks)[-2:] == ["site_id", "site_state"]


def test_fields_of_the_loaders(tmp_path):
    path = tmp_path / "tanks.csv"
    path.write_text("lat,lon,UID\n25.9,98.1,a\n", encoding="utf-8")
    names = outputs_named("loadusgstanks", "OUTPUT", INPUT=str(path))
    assert names == [*contract.TANKS, "src_lat", "src_lon", "src_UID"]
    units = world.save(world.unit_layer(), tmp_path, "gpkg", "units")
    names = outputs_named("loadtownships", "OUTPUT", INPUT=units.source().split("|")[0])
    assert names[: len(contract.UNITS)] == contract.UNITS
    assert all(name.startswith("src_") for name in names[len(contract.UNITS) :])


def test_qgis_own_processing_is_not_shadowed():
    from leachwatch import processing as ours

    root = Path(ours.__file__).resolve().parent.parent
    assert "" not in sys.path and root not in [Path(entry).resolve() for entry in sys.path]

    import processing

    home = QgsApplication.pkgDataPath()
    assert processing.__file__.startswith(home)
    assert not ours.__file__.startswith(home)
    import processing.core.Processing
