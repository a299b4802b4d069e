"""The PDF: its pages, its text, and that a layout is made by the main thread alone."""

import threading

import pytest
from leachwatch.analysis.progress import Cancelled
from leachwatch.processing.reports.main_thread import in_main_thread
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.reports_reader import pdf_pages
from leachwatch.tests.qgis.processing.running import run
from qgis.core import QgsProcessingException, QgsProcessingFeedback
from qgis.PyQt.QtCore import QCoreApplication, QThread
from qgis.PyQt.QtGui import QFontDatabase
from qgis.PyQt.QtWidgets import QApplication

YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}
EVIL = "[% 1+1 %] <b>$x_$"


@pytest.fixture(scope="module")
def pdf(provider, tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    units = [{**unit, "unit_name": name} for unit, name in zip(world.UNITS, (EVIL, world.CHINESE, world.BURMESE))]
    tanks = world.tank_layer(name="tanks synthetic")
    results = run("siteexpansion", TANKS=tanks, UNITS=world.unit_layer(units), PDF=str(path), **YEARS)
    assert results["PDF"] == str(path) and "HTML" not in results
    return path


def test_it_is_text_over_pages_with_pictures(pdf):
    assert len(pdf_pages(pdf)) >= 4
    # Four charts, a map, an arrow to the north.
    assert pdf.read_bytes().count(b"/Subtype /Image") >= 5
    assert {one.name for one in pdf.parent.iterdir()} >= {"report.xlsx", "report_sites.csv"}


def test_its_words(pdf):
    pages = pdf_pages(pdf)
    for number, text in enumerate(pages, 1):
        assert "Synthetic sample: no real place or count" in text
        assert f"page {number} of {len(pages)}" in text
    whole = "\n".join(pages)
    # By hand, in world.py: 6 tanks at the end of 2020, 11 at the end of 2024.
    assert "Tanks at the end of 2020\n6\n" in whole and "Tanks at the end of 2024\n11\n" in whole
    assert "Tanks are not tonnes" in whole and "FOOTPRINT\nFootprint method\nbuffered\n" in whole
    # A name is no expression of QGIS, no markup and no formula.
    assert "1+1 %] <b>$x_$" in whole
    if QFontDatabase().families(QFontDatabase.WritingSystem.SimplifiedChinese):
        assert world.CHINESE in whole


def in_a_thread(work, feedback, patience):
    """Return what came out of ``in_main_thread`` called from another thread."""
    found = []

    def call():
        try:
            found.append(in_main_thread(work, feedback, patience))
        except (Cancelled, QgsProcessingException, ValueError) as error:
            found.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    return found, thread


def end(thread):
    for _ in range(300):
        QApplication.processEvents()
        thread.join(0.02)
        if not thread.is_alive():
            return
    raise AssertionError("the thread does not end")


def test_work_is_done_in_the_main_thread(qgis_app):
    main = QCoreApplication.instance().thread()
    found, thread = in_a_thread(lambda: QThread.currentThread() == main, QgsProcessingFeedback(), 30)
    end(thread)
    assert found == [True]
    assert in_main_thread(lambda: 7, QgsProcessingFeedback()) == 7


def test_its_errors_are_the_callers(qgis_app):
    def fail():
        raise ValueError("so")

    found, thread = in_a_thread(fail, QgsProcessingFeedback(), 30)
    end(thread)
    assert isinstance(found[0], ValueError)


def test_a_main_thread_that_waits_itself_is_no_deadlock(qgis_app):
    done = []
    found, thread = in_a_thread(lambda: done.append(1), QgsProcessingFeedback(), 0.3)
    thread.join(10)  # no event is taken here
    assert "QGIS is busy" in str(found[0])
    QApplication.processEvents()
    assert done == [], "what was called off is not done later"


def test_who_waits_can_be_stopped(qgis_app):
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    found, thread = in_a_thread(lambda: None, feedback, 30)
    thread.join(10)
    assert isinstance(found[0], Cancelled)
