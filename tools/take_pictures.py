"""Run inside QGIS (``qgis --code``): opens the sample and the dialogs, and takes pictures of them."""

import csv
import os
import sys
import tempfile

from qgis.gui import QgsOptionsPageWidget
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import QApplication, QDialog

sys.path.insert(0, os.environ["LEACHWATCH_TOOLS"])
from picturing import WINDOW, begin, press, sample, start_plugin

# The sample as somebody else would name it: field → column, and words for its statuses.
ODD_NAMES = {"tank_id": "No_", "status": "Appearance", "first_seen": "Seen from", "last_seen": "Seen to"}
ODD_WORDS = {"active": "blue", "abandoned": "brown", "unknown": "hard to say"}


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
    (start_plugin, 4000, None),
    (toolbox, 4000, "site_expansion_dialog"),
    (close_toolbox, 500, None),
    (load_tanks, 10000, None),
    (choose_columns, 4000, ("load_tanks_dialog", load_tanks_dialog)),
    (options, 3000, None),
    (set_up_options, 2000, ("options_page", options_dialog)),
]

begin(STEPS)
