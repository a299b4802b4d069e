"""Run inside QGIS (``qgis --code``): opens the sample, the docks and the dialogs, and takes pictures of them."""

import csv
import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

from qgis import utils
from qgis.core import QgsProject, QgsRectangle
from qgis.gui import QgsOptionsPageWidget
from qgis.PyQt.QtCore import QDate, Qt, QTimer
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog, QDockWidget, QMessageBox

FOLDER = Path(os.environ["LEACHWATCH_PICTURES"])
WINDOW = utils.iface.mainWindow()
# Parts of the synthetic sample, in degrees: a valley, and some sites of it close up.
HALF = 0.01
VALLEY = QgsRectangle(98.02, 25.72, 98.40, 25.95)
# The sample as somebody else would name it: field → column, and words for its statuses.
ODD_NAMES = {"tank_id": "No_", "status": "Appearance", "first_seen": "Seen from", "last_seen": "Seen to"}
ODD_WORDS = {"active": "blue", "abandoned": "brown", "unknown": "hard to say"}


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
    years = WINDOW.findChild(QDockWidget, "LeachwatchTankFilter").years.range
    years.last.setValue(2024)
    years.first.setValue(2024)
    utils.iface.mapCanvas().setExtent(close_up())


def toolbox():
    """Open the dialog of an algorithm."""
    press("expansion")


def close_toolbox():
    """Close the dialog of the algorithm."""
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            dialog.close()


def write_odd_file():
    """Write the sample with other names, to the current folder; return the file's name."""
    name = "tanks from a colleague.csv"
    with open(name, "w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow([*ODD_NAMES.values(), "Nation", "Lat.", "Long."])
        for tank in sample("tanks_synthetic_sample").getFeatures():
            cells = [tank[field] for field in ODD_NAMES]
            texts = [cell.toString(Qt.DateFormat.ISODate) if isinstance(cell, QDate) else cell for cell in cells]
            place = tank.geometry().asPoint()
            row = [ODD_WORDS.get(text, text or "") for text in texts]
            writer.writerow([*row, tank["country"], place.y(), place.x()])
    return name


def load_tanks():
    """Open the dialog that loads tanks, with a file whose columns nobody knows."""
    os.chdir(tempfile.mkdtemp())  # no path of this computer in the picture
    press("load_tanks")
    dialog = load_tanks_dialog()
    dialog.resize(1000, 640)
    dialog.open_file(write_odd_file())


def load_tanks_dialog():
    """Return the dialog that loads tanks."""
    return WINDOW.findChild(QDialog, "LeachwatchLoadTanks")


def choose_columns():
    """Choose columns for some roles."""
    for role, column in ODD_NAMES.items():
        load_tanks_dialog().controller.choose_column(role, column)


def options():
    """Open the page in QGIS's options."""
    load_tanks_dialog().close()
    press("options")


def set_up_options():
    """Show the page as on another computer."""
    page = options_dialog().findChild(QgsOptionsPageWidget, "mOptionsPageLeachwatch")
    page.form.cache.folder.setFilePath("/home/analyst/leachwatch")
    options_dialog().resize(1000, 640)


def options_dialog():
    """Return QGIS's dialog of options."""
    return QApplication.activeModalWidget()


STEPS = [
    (start, 4000, None),
    (show_valley, 5000, "docks"),
    (filtered, 4000, "filtered"),
    (toolbox, 4000, "site_expansion_dialog"),
    (close_toolbox, 500, None),
    (load_tanks, 10000, None),
    (choose_columns, 4000, ("load_tanks_dialog", load_tanks_dialog)),
    (options, 3000, None),
    (set_up_options, 2000, ("options_page", options_dialog)),
]


def shoot(picture):
    """Take a picture of the screen; of one window, where the picture is a name and what returns the window."""
    name, window = picture if isinstance(picture, tuple) else (picture, None)
    path = str(FOLDER / f"{name}.png")
    if window:
        window().grab().save(path)
    else:
        subprocess.run(["import", "-window", "root", path], check=True)


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
