"""Work in the background: its end is told in the main thread, or not at all."""

from __future__ import annotations

import sys
import threading

from leachwatch.analysis.progress import Cancelled
from leachwatch.sources.errors import SourceError
from leachwatch.tests.gui.load_tanks_world import LEFT, SAMPLE, dialog, read, wait_for
from leachwatch.ui import background
from leachwatch.ui.background import Job
from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtTest import QTest

__all__ = ["dialog", "read"]


class Ear:
    """Hears the end of a job, and in which thread."""

    def __init__(self):
        self.results, self.errors, self.threads = [], [], []

    def done(self, result):
        self.results.append(result)
        self.threads.append(threading.current_thread())

    def failed(self, error):
        self.errors.append(error)
        self.threads.append(threading.current_thread())


def run(work):
    ear = Ear()
    job = Job(work, ear.done, ear.failed)
    job.start()
    wait_for(lambda: job not in background._running)
    return ear


def test_the_result_comes_to_the_main_thread(qgis_app):
    ear = run(lambda is_cancelled, progress: threading.current_thread())
    assert ear.errors == [] and ear.results[0] is not threading.main_thread()
    assert ear.threads == [threading.main_thread()]


def test_an_error_for_the_user_comes_as_it_is(qgis_app):
    error = SourceError("what, where, what to do")

    def work(is_cancelled, progress):
        raise error

    ear = run(work)
    assert ear.results == [] and ear.errors == [error]


def test_a_mistake_of_ours_is_told_and_logged(qgis_app):
    logged = []

    def hear(text, tag, level):
        logged.append((tag, text))

    QgsApplication.messageLog().messageReceived.connect(hear)

    def work(is_cancelled, progress):
        return {}["no such key"]

    ear = run(work)
    assert "KeyError" in str(ear.errors[0]) and "Traceback" not in str(ear.errors[0])
    wait_for(lambda: logged)
    QgsApplication.messageLog().messageReceived.disconnect(hear)
    assert logged[0][0] == "Leachwatch" and "Traceback" in logged[0][1]


def test_a_cancelled_job_tells_nothing_though_it_ends_well(qgis_app):
    go, ear, percents = threading.Event(), Ear(), []

    def work(is_cancelled, progress):
        go.wait(10)
        progress(0.5)
        return "late"

    job = Job(work, ear.done, ear.failed)
    job.progressed.connect(percents.append)
    job.start()
    job.cancel()
    go.set()
    wait_for(lambda: job not in background._running)
    assert (ear.results, ear.errors, percents) == ([], [], [])


def test_work_that_stops_itself_tells_nothing(qgis_app):
    def work(is_cancelled, progress):
        raise Cancelled

    ear = run(work)
    assert (ear.results, ear.errors) == ([], [])


def test_progress_comes_in_whole_percents(qgis_app):
    percents = []

    def work(is_cancelled, progress):
        for step in range(1001):
            progress(step / 1000)

    job = Job(work, lambda result: None, lambda error: None)
    job.progressed.connect(percents.append)
    job.start()
    wait_for(lambda: job not in background._running)
    assert percents == list(range(101))


def test_without_qgis_processing_plugin_it_is_told(dialog, read, qgis_iface, monkeypatch):
    dialog.open_file(str(SAMPLE))
    form = read()
    monkeypatch.setitem(sys.modules, "processing", None)
    QTest.mouseClick(form.load, LEFT)
    assert dialog.run is None and dialog.isVisible()
    assert "Processing plugin is switched off" in qgis_iface.messageBar().get_messages(Qgis.Warning)[-1]
