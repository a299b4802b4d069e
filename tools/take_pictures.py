"""Run inside QGIS (``qgis --code``): opens the sample and the docks, and takes pictures of the whole screen."""

import os
import subprocess
import sys
import traceback
from pathlib import Path

from qgis import utils
from qgis.core import QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget, QMessageBox

FOLDER = Path(os.environ["LEACHWATCH_PICTURES"])
WINDOW = utils.iface.mainWindow()
# Parts of the synthetic sample, in degrees: a valley, and some sites of it close up.
HALF = 0.01
VALLEY = QgsRectangle(98.02, 25.72, 98.40, 25.95)


def close_up():
    """Return a window of some two kilometres about the middle of the tanks of one township."""
    sites = [f.geometry().asPoint() for f in sample("tanks_synthetic_sample").getFeatures("unit_code = 'MMR001005'")]

    def neighbours(place):
        return sum(abs(place.x() - other.x()) < HALF and abs(place.y() - other.y()) < HALF for other in sites)

    middle = max(sites[::7], key=neighbours)
    return QgsRectangle(middle.x() - HALF, middle.y() - HALF, middle.x() + HALF, middle.y() + HALF)


def sample(name):
    """Return a layer of the project by its name."""
    return QgsProject.instance().mapLayersByName(name)[0]


def press(name):
    """Press a button of the plugin."""
    WINDOW.findChild(QAction, f"Leachwatch_{name}").trigger()


def start():
    """Load the plugin, add the sample, open the docks."""
    utils.updateAvailablePlugins()
    utils.loadPlugin("leachwatch")
    utils.startPlugin("leachwatch")
    WINDOW.setGeometry(0, 0, 1366, 768)
    WINDOW.showMaximized()
    press("leachwatch")
    for panel in WINDOW.findChildren(QDockWidget):
        if panel.objectName() in ("Browser", "theTileScaleDock"):
            panel.hide()
    press("tank_filter")
    press("tank_style")


def show_valley():
    """Show some sites."""
    utils.iface.mapCanvas().setExtent(VALLEY)
    utils.iface.mapCanvas().refresh()


def filtered():
    """Show the tanks that stood in 2024, in colours for the colour-blind, close up."""
    form = WINDOW.findChild(QDockWidget, "LeachwatchTankFilter").form
    form.by_years.setChecked(True)
    form.first_year.setValue(2024)
    form.last_year.setValue(2024)
    utils.iface.mapCanvas().setExtent(close_up())


def toolbox():
    """Open the dialog of an algorithm."""
    press("expansion")


STEPS = [
    (start, 4000, None),
    (show_valley, 5000, "docks"),
    (filtered, 4000, "filtered"),
    (toolbox, 4000, "site_expansion_dialog"),
]


def shoot(name):
    """Take a picture of the screen."""
    subprocess.run(["import", "-window", "root", str(FOLDER / f"{name}.png")], check=True)


def run(step=0):
    """Take one step, wait, take its picture, go on; end QGIS after the last, or at the first error."""
    if step == len(STEPS):
        finish(0)
    act, wait, picture = STEPS[step]

    def after():
        if picture:
            shoot(picture)
        run(step + 1)

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


QTimer.singleShot(3000, run)
