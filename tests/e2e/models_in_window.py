"""Run inside QGIS (``qgis --code``): looks for the example models in the toolbox, runs one, writes report.json."""

import json
import os
import time
import traceback
from pathlib import Path

from qgis import utils
from qgis.core import QgsApplication
from qgis.gui import QgsProcessingToolboxTreeView
from qgis.PyQt.QtCore import QCoreApplication, QTimer
from qgis.PyQt.QtWidgets import QApplication

OUT = Path(os.environ["LEACHWATCH_OUT"])
NAMES = ("tankstotownshipreport", "twosourcescompared", "seriesofyears")
told = {}


def registered(name):
    return QgsApplication.processingRegistry().algorithmById(f"leachwatch:{name}")


def load():
    """Load the plugin; return how long that took (ms)."""
    assert utils.loadPlugin("leachwatch"), "loadPlugin failed"
    begin = time.perf_counter()
    assert utils.startPlugin("leachwatch"), "startPlugin failed"
    return 1000 * (time.perf_counter() - begin)


def wait(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.02)


def in_toolbox():
    """Return the titles below Leachwatch's group of examples in QGIS's toolbox."""
    found = []
    for view in QApplication.instance().allWidgets():
        if isinstance(view, QgsProcessingToolboxTreeView):
            found += titles(view.model())
    return sorted(set(found))


def titles(model, parent=None, inside=False):
    parent = parent if parent is not None else model.index(-1, -1)
    found = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        if inside and not model.rowCount(index):
            found.append(index.data())
        found += titles(model, index, inside or index.data() == "Examples")
    return found


def run_at_once():
    """Run a model before it has been read where it is registered."""
    import processing

    out = processing.run(
        "leachwatch:seriesofyears",
        {
            "TANKS_FILE": os.environ["LEACHWATCH_TANKS"],
            "YEARS": "2020, 2024",
            "LINK_DISTANCE": 150,
            "MIN_TANKS": 4,
            "load:Tanks": "TEMPORARY_OUTPUT",
            "series:Change of sites": "TEMPORARY_OUTPUT",
            "series:Sites by year": "TEMPORARY_OUTPUT",
        },
    )
    return out["CHILD_RESULTS"]["series"]["SITES_END"]


def use():
    utils.unloadPlugin("leachwatch")  # the profile has it switched on already
    load()
    utils.unloadPlugin("leachwatch")  # before anything was read: nothing is left that would be
    wait(4)
    told["start_ms"] = load()
    told["read_at_start"] = [bool(registered(name).outputDefinitions()) for name in NAMES]
    told["sites_end"] = run_at_once()
    wait(5)
    told["read_later"] = [bool(registered(name).outputDefinitions()) for name in NAMES]
    told["toolbox"] = in_toolbox()
    told["icons"] = [not registered(name).icon().isNull() for name in NAMES]


def main():
    """Use the models, report, end QGIS."""
    try:
        use()
    except Exception:
        told["error"] = traceback.format_exc()
    (OUT / "report.json").write_text(json.dumps(told), encoding="utf-8")
    os._exit(0)


QTimer.singleShot(2000, main)
