"""Run inside QGIS (``qgis --code``): a file is dropped on the dialog, mapped, loaded; the options page is used."""

import json
import os
import time
import traceback
from pathlib import Path

from qgis import utils
from qgis.core import QgsProject
from qgis.gui import QgsOptionsPageWidget
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QCheckBox, QDialog, QDialogButtonBox, QDockWidget, QLabel

OUT = Path(os.environ["LEACHWATCH_OUT"])
WINDOW = utils.iface.mainWindow()
PAGE, DIALOG = "mOptionsPageLeachwatch", "LeachwatchLoadTanks"
COLUMNS = {"status": "Appearance", "first_seen": "Seen from", "lat": "Grid N", "lon": "Grid E"}
told = {}


def press(name):
    """Press a button of the plugin."""
    WINDOW.findChild(QAction, f"Leachwatch_{name}").trigger()


def wait_for(condition, seconds=60):
    """Let events pass until the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        QTest.qWait(20)


def drop(dialog, path):
    """Drop a file on the dialog."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path)])
    copy, left, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, data, left, keys)
    QApplication.sendEvent(dialog, enter)
    event = QDropEvent(QPointF(300, 300), copy, data, left, keys)
    QApplication.sendEvent(dialog, event)
    return enter.isAccepted() and event.isAccepted()


def load_tanks():
    """Drop, map, load."""
    press("load_tanks")
    dialog = WINDOW.findChild(QDialog, DIALOG)
    told["dropped"] = drop(dialog, os.environ["LEACHWATCH_FILE"])
    wait_for(lambda: not dialog.controller.is_reading)
    for role, column in COLUMNS.items():
        choice = dialog.form.roles.choice(role)
        choice.setCurrentIndex(choice.findText(column))
        choice.activated.emit(choice.currentIndex())
        wait_for(lambda: not dialog.controller.is_reading)
    told["counts"] = dialog.form.roles.texts("status")
    before = len(history())
    dialog.form.load.click()
    wait_for(lambda: len(QgsProject.instance().mapLayers()) > 0)
    layer = next(iter(QgsProject.instance().mapLayers().values()))
    told["loaded"] = layer.featureCount()
    told["history"] = history()[before:]
    wait_for(lambda: not dialog.isVisible())
    dialog.run.close()


def history():
    """Return the commands in Processing's history."""
    try:
        from processing.core.ProcessingLog import ProcessingLog
    except ImportError:
        from qgis.gui import QgsGui

        entries = QgsGui.historyProviderRegistry().queryEntries(providerId="processing")
        return [str(entry.entry.get("python_command")) for entry in entries]
    return [entry.text for entry in ProcessingLog.getLogEntries()]


def use_options():
    """Open QGIS's options at the page, switch Offline on, press OK."""
    QTimer.singleShot(1500, tick_offline)
    press("options")  # holds until the dialog is closed


def tick_offline():
    """Tick the box in the open dialog and press OK."""
    dialog = QApplication.activeModalWidget()
    try:
        page = dialog.findChild(QgsOptionsPageWidget, PAGE)
        told["page"] = page is not None and page.isVisible()
        box = next(box for box in page.findChildren(QCheckBox) if "Offline" in box.text())
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Space)
        buttons = [
            box for box in dialog.findChildren(QDialogButtonBox) if box.button(QDialogButtonBox.StandardButton.Ok)
        ]
        buttons[0].button(QDialogButtonBox.StandardButton.Ok).click()
    except Exception:
        told["error"] = traceback.format_exc()
        dialog.reject()


def notices():
    """Return whether the docks and the dialog show that the plugin is offline."""
    for name in ("tank_filter", "tank_style", "load_tanks"):
        press(name)
    docks = [dock for dock in WINDOW.findChildren(QDockWidget) if dock.objectName().startswith("LeachwatchTank")]
    labels = [label for dock in docks for label in dock.findChildren(QLabel) if "Offline" in label.text()]
    dialog = WINDOW.findChild(QDialog, DIALOG)
    return [label.isVisible() for label in labels] + [dialog.form.offline.isVisible(), dialog.form.download.isEnabled()]


def unload():
    """Take the plugin away; return what of it is left, the options page among it."""
    utils.unloadPlugin("leachwatch")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [one.objectName() for one in WINDOW.findChildren(QDialog) if one.objectName() == DIALOG]

    def look():
        dialog = QApplication.activeModalWidget()
        left.extend(page.objectName() for page in dialog.findChildren(QgsOptionsPageWidget, PAGE))
        dialog.reject()

    QTimer.singleShot(1500, look)
    utils.iface.showOptionsDialog(WINDOW)
    return left


def main():
    """Use the dialogs, report, end QGIS."""
    try:
        load_tanks()
        use_options()
        told["offline"] = notices()
        told["left"] = unload()
    except Exception:
        told.setdefault("error", traceback.format_exc())
    (OUT / "report.json").write_text(json.dumps(told), encoding="utf-8")
    os._exit(0)


QTimer.singleShot(2000, main)
