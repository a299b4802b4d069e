"""Batch rows, iteration over features, and runs in the background, as the toolbox does them."""

import threading

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import Log, layer_of, rows
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsProxyProgressTask,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEventLoop, QThread, QTimer
from qgis.PyQt.QtWidgets import QApplication


@pytest.fixture
def tanks(project, tmp_path):
    layer = world.save(world.tank_layer(), tmp_path, "gpkg")
    project.addMapLayer(layer)
    return layer


def algorithm(name):
    return QgsApplication.processingRegistry().createAlgorithmById(f"leachwatch:{name}")


def fill(panel, sets):
    """Type rows into the batch window's table, as its own loading of a file does."""
    panel.clear()
    for row, values in enumerate(sets):
        panel.addRow()
        for name, value in values.items():
            column = panel.parameter_to_column[name]
            if panel.alg.parameterDefinition(name).isDestination():
                panel.tblParameters.cellWidget(row + 1, column).setValue(value)
            else:
                panel.wrappers[row][column].setParameterValue(value, QgsProcessingContext())


def test_the_batch_window(tanks, tmp_path):
    """Three rows in QGIS's own batch window; the third cannot run, and stops no other.

    Without a report: QGIS 3.22's batch window itself fails on every algorithm that writes one.
    """
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog

    sets = [
        {
            "TANKS": tanks.id(),
            "START_YEAR": start,
            "END_YEAR": 2024,
            "SITES": str(tmp_path / f"sites_{start}.gpkg"),
            "SUMMARY": str(tmp_path / f"sums_{start}.csv"),
        }
        for start in (2010, 2020, 2030)
    ]
    dialog = BatchAlgorithmDialog(algorithm("siteexpansion"))
    try:
        fill(dialog.mainWidget(), sets)
        assert dialog.mainWidget().batchRowCount() == 3
        dialog.runAlgorithm()
        wait_for(dialog)
    finally:
        end_progress_tasks()
        dialog.deleteLater()
    assert [rows(tmp_path / f"sums_{start}.csv")[0]["tanks_new"] for start in (2010, 2020)] == ["11", "6"]
    assert len(rows(tmp_path / "sites_2020.gpkg")) == 2
    assert not (tmp_path / "sites_2030.gpkg").exists()


def test_rows_of_a_batch(tanks, tmp_path):
    """What the batch window does with each row: one algorithm, a context of its own for each."""
    from processing.tools import dataobjects

    ours = algorithm("siteexpansion")
    found = []
    for start in (2010, 2020, 2030):
        log = Log()
        context = dataobjects.createContext(log)
        parameters = {
            "TANKS": tanks.id(),
            "START_YEAR": start,
            "END_YEAR": 2024,
            "SITES": str(tmp_path / f"{start}.gpkg"),
        }
        results, ok = ours.run(ours.preprocessParameters(parameters), context, log)
        found.append((ok, results.get("TANKS_NEW")))
        if not ok:
            assert any("START_YEAR (2030) must be before END_YEAR (2024)" in text for text in log.errors)
    assert found == [(True, 11), (True, 6), (False, None)]
    assert len(layer_of(tmp_path / "2010.gpkg")) == 2


def test_iterating_over_units(project, tanks, tmp_path):
    """The toolbox can run an algorithm once for each feature of a layer."""
    from processing.gui.AlgorithmExecutor import executeIterating
    from processing.tools import dataobjects

    units = world.unit_layer()
    project.addMapLayer(units)
    log = Log()
    context = dataobjects.createContext(log)
    parameters = {
        "TANKS": tanks.id(),
        "UNITS": QgsProcessingFeatureSourceDefinition(units.id()),
        "UNITS_OUT": str(tmp_path / "out.gpkg"),
        "HTML": str(tmp_path / "report.html"),
    }
    executeIterating(algorithm("townshipsummary"), parameters, "UNITS", context, log)
    assert not log.errors
    made = sorted(tmp_path.glob("out*.gpkg"))
    assert len(made) == len(list(tmp_path.glob("report*.html"))) == 3
    assert [rows(path)[0]["tanks"] for path in made] == [7, 5, 0]


def wait_for(dialog):
    """Newer windows run their rows in the background; the button to run is grey meanwhile."""
    for _ in range(1_200):
        if dialog.runButton().isEnabled():
            return
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        QThread.msleep(50)
    raise AssertionError("the batch does not end")


def end_progress_tasks():
    """End the task that shows the window's progress: it outlives the window, and QGIS would wait for it at its end."""
    for task in QgsApplication.taskManager().activeTasks():
        if task.description().startswith("Batch Processing"):
            sip.cast(task, QgsProxyProgressTask).finalize(True)


def run_in_background(name, parameters, log, context):
    """Run as the toolbox's windows do; return what came out, and the thread in which it ran."""
    threads = []

    class Spy(type(algorithm(name))):
        def compute(self, *given):
            threads.append(threading.get_ident())
            return super().compute(*given)

    ours = Spy()
    ours.initAlgorithm()
    task = QgsProcessingAlgRunnerTask(ours, parameters, context, log)
    outcome, loop = [], QEventLoop()
    task.executed.connect(lambda ok, results: (outcome.append((ok, results)), loop.quit()))
    QTimer.singleShot(60_000, loop.quit)
    QgsApplication.taskManager().addTask(task)
    loop.exec()
    assert outcome, "the task did not end"
    return (*outcome[0], threads[0] if threads else None)


@pytest.mark.parametrize("name", ["detectsites", "siteexpansion", "townshipsummary"])
def test_in_the_background(project, tanks, tmp_path, name):
    units = world.unit_layer()
    project.addMapLayer(units)
    years = {} if name == "detectsites" else {"START_YEAR": 2020, "END_YEAR": 2024}
    parameters = {"TANKS": tanks.id(), **years}
    if name != "detectsites":
        parameters.update(UNITS=units.id(), HTML=str(tmp_path / "report.html"))
    ours = algorithm(name)
    for output in ours.destinationParameterDefinitions():
        parameters.setdefault(output.name(), str(tmp_path / f"{output.name()}.gpkg"))
    context, log = QgsProcessingContext(), Log()
    context.setProject(QgsProject.instance())
    ok, results, thread = run_in_background(name, parameters, log, context)
    assert ok, log.errors
    assert thread != threading.get_ident()
    assert results["SITE_COUNT"] == 2
    assert not log.errors


def test_again_and_again_in_the_background(project, tanks, tmp_path):
    """QGIS runs one after the other in the same threads of its pool; what PROJ keeps for a thread must last as long."""
    seen = set()
    for number in range(8):
        context, log = QgsProcessingContext(), Log()
        context.setProject(QgsProject.instance())
        parameters = {"TANKS": tanks.id(), "SITES": str(tmp_path / f"sites_{number}.gpkg")}
        ok, results, thread = run_in_background("detectsites", parameters, log, context)
        assert ok and results["SITE_COUNT"] == 2
        seen.add(thread)
    # Else this test would have shown nothing.
    assert len(seen) < 8


def test_an_error_in_the_background_is_one_message(project, tanks):
    context, log = QgsProcessingContext(), Log()
    context.setProject(QgsProject.instance())
    parameters = {"TANKS": tanks.id(), "START_YEAR": 2024, "END_YEAR": 2020, "SITES": "memory:"}
    ok, results, _ = run_in_background("siteexpansion", parameters, log, context)
    assert not ok and not results
    assert any("must be before END_YEAR" in text for text in log.errors)
