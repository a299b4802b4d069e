"""Used inside QGIS (``qgis --code``): takes steps in the window, one after another, and pictures of what is seen."""

import os
import subprocess
import sys
import traceback
from pathlib import Path

from qgis import utils
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget, QMessageBox

FOLDER = Path(os.environ["LEACHWATCH_PICTURES"])
WINDOW = utils.iface.mainWindow()


def start_plugin():
    """Load the plugin, add the sample, leave only the panels that are needed."""
    utils.updateAvailablePlugins()
    utils.loadPlugin("leachwatch")
    utils.startPlugin("leachwatch")
    WINDOW.setGeometry(0, 0, 1366, 768)
    WINDOW.showMaximized()
    press("leachwatch")
    for panel in WINDOW.findChildren(QDockWidget):
        if panel.objectName() in ("Browser", "theTileScaleDock"):
            panel.hide()


def press(name):
    """Press a button of the plugin."""
    WINDOW.findChild(QAction, f"Leachwatch_{name}").trigger()


def sample(name):
    """Return a layer of the project by its name."""
    return QgsProject.instance().mapLayersByName(name)[0]


def shoot(picture):
    """Take a picture of the screen; of one window, where the picture is a name and what returns the window."""
    name, window = picture if isinstance(picture, tuple) else (picture, None)
    path = str(FOLDER / f"{name}.png")
    if window:
        window().grab().save(path)
    else:
        subprocess.run(["import", "-window", "root", path], check=True)


def run(steps, step=0):
    """Take one step, wait, take its picture, go on; end QGIS after the last, or at the first error."""
    if step == len(steps):
        finish(0)
    act, wait, picture = steps[step]

    def after():
        if picture:
            shoot(picture)
        run(steps, step + 1)

    # Set before the step is taken: a dialog that it opens may hold the script until it is closed.
    QTimer.singleShot(wait, guarded(after))
    guarded(act)()


def guarded(act):
    """Return the act, ending QGIS with a message where it fails."""

    def guarded_act():
        try:
            act()
        except Exception:
            traceback.print_exc()
            sys.stderr.flush()
            finish(1)

    return guarded_act


def finish(code):
    """End QGIS without a question about unsaved projects."""
    for box in QApplication.topLevelWidgets():
        if isinstance(box, QMessageBox):
            box.close()
    QgsProject.instance().setDirty(False)
    os._exit(code)


def begin(steps):
    """Take the steps once QGIS stands."""
    QTimer.singleShot(3000, guarded(lambda: run(steps)))
