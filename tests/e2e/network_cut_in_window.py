"""Run inside QGIS without a network: the dialog tries to download, then loads a file; a picture is taken."""

import json
import os
import time
import traceback
from pathlib import Path

from qgis import utils
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog, QMessageBox, QTextEdit

OUT = Path(os.environ["LEACHWATCH_OUT"])
WINDOW = utils.iface.mainWindow()
COLUMNS = {"status": "Appearance", "first_seen": "Seen from", "lat": "Grid N", "lon": "Grid E"}
told = {}


def wait_for(condition, seconds=60):
    """Let events pass until the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        QTest.qWait(20)


def picture(name):
    """Keep what the screen shows."""
    QTest.qWait(500)
    WINDOW.screen().grabWindow(0).save(str(OUT / name))


def press_yes():
    """Answer the dialog's question whether to go online."""
    box = QApplication.activeModalWidget()
    box.button(QMessageBox.StandardButton.Yes).click()


def log_of(run):
    """Return the texts in Processing's dialog, the log among them."""
    return " ".join(one.toPlainText() for one in run.findChildren(QTextEdit))


def download(dialog):
    """Try to download; keep the log of the run and how long it took."""
    started = time.monotonic()
    QTimer.singleShot(500, press_yes)
    dialog.form.download.click()
    wait_for(lambda: "Execution failed" in log_of(dialog.run))
    told["seconds"], told["log"] = time.monotonic() - started, log_of(dialog.run)
    picture("cut_download.png")
    dialog.run.close()


def load(dialog):
    """Open a file, map it, load it."""
    dialog.open_file(os.environ["LEACHWATCH_FILE"])
    wait_for(lambda: not dialog.controller.is_reading)
    for role, column in COLUMNS.items():
        choice = dialog.form.roles.choice(role)
        choice.setCurrentIndex(choice.findText(column))
        choice.activated.emit(choice.currentIndex())
        wait_for(lambda: not dialog.controller.is_reading)
    picture("cut_dialog.png")
    dialog.form.load.click()
    wait_for(lambda: len(QgsProject.instance().mapLayers()) > 0)
    told["loaded"] = next(iter(QgsProject.instance().mapLayers().values())).featureCount()
    wait_for(lambda: not dialog.isVisible())
    dialog.run.close()
    picture("cut_loaded.png")


def main():
    """Use the dialog, report, end QGIS."""
    try:
        told["started"] = "leachwatch" in utils.active_plugins
        WINDOW.findChild(QAction, "Leachwatch_load_tanks").trigger()
        dialog = WINDOW.findChild(QDialog, "LeachwatchLoadTanks")
        download(dialog)
        load(dialog)
    except Exception:
        told["error"] = traceback.format_exc()
    (OUT / "report.json").write_text(json.dumps(told), encoding="utf-8")
    os._exit(0)


QTimer.singleShot(2000, main)
