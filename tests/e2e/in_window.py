"""Run inside QGIS (``qgis --code``): uses the plugin as a person would, and writes what it saw to report.json."""

import json
import os
import sys
import time
import traceback
from pathlib import Path

from qgis import utils
from qgis.core import QgsApplication, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QTimer
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QToolBar

OUT = Path(os.environ["LEACHWATCH_OUT"])
WINDOW = utils.iface.mainWindow()
DOCKS = ("LeachwatchTankFilter", "LeachwatchTankStyle")
HEAVY = ("geopandas", "pandas", "scipy", "shapely", "pyproj", "jinja2", "matplotlib", "requests")
told = {}


def state():
    """Return what of the plugin is in the window."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {
        "provider": QgsApplication.processingRegistry().providerById("leachwatch") is not None,
        "toolbars": len(WINDOW.findChildren(QToolBar, "LeachwatchToolbar")),
        "actions": len([a for a in WINDOW.findChildren(QAction) if a.objectName().startswith("Leachwatch_")]),
        "docks": len([d for d in WINDOW.findChildren(QDockWidget) if d.objectName() in DOCKS]),
    }


def load():
    """Load the plugin as the plugin manager does."""
    before = set(sys.modules)
    utils.updateAvailablePlugins()
    assert utils.loadPlugin("leachwatch"), "loadPlugin failed"
    begin = time.perf_counter()
    assert utils.startPlugin("leachwatch"), "startPlugin failed"
    told.setdefault("start_ms", 1000 * (time.perf_counter() - begin))
    new = {name.partition(".")[0] for name in set(sys.modules) - before}
    told.setdefault("third_party_at_start", sorted(new & set(HEAVY)))


def show_year(dock, year):
    """Ask the tank filter for one year, and wait until it has counted."""
    wait_for(lambda: dock.controller.counts is not None)
    dock.years.range.last.setValue(year)
    dock.years.range.first.setValue(year)
    wait_for(lambda: dock.controller.wanted.first_year == year and dock.controller.counts is not None)


def wait_for(condition):
    """Let the window work until a condition holds."""
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        QCoreApplication.processEvents()
        time.sleep(0.01)


def use():
    """Load, open the docks, filter, run, unload, load again."""
    utils.unloadPlugin("leachwatch")  # the profile has it switched on already
    load()
    told["loaded"] = state()

    layer = QgsVectorLayer(os.environ["LEACHWATCH_TANKS"], "tanks", "ogr")
    QgsProject.instance().addMapLayer(layer)
    for name in ("tank_filter", "tank_style"):
        WINDOW.findChild(QAction, f"Leachwatch_{name}").trigger()
    docks = [WINDOW.findChild(QDockWidget, name) for name in DOCKS]
    told["open"] = {"docks": state()["docks"], "visible": [dock.isVisible() for dock in docks]}

    dock = docks[0]
    show_year(dock, 2024)
    told["filter"] = {"count": dock.form.count.text(), "features": layer.featureCount()}
    dock.tools.reset.trigger()

    import processing

    out = processing.runAndLoadResults(
        "leachwatch:siteexpansion",
        {"TANKS": layer, "START_YEAR": 2020, "END_YEAR": 2024, "SITES": "TEMPORARY_OUTPUT"},
    )
    told["expansion"] = [out["SITES_START"], out["SITES_END"]]
    QCoreApplication.processEvents()
    sites = next(
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if layer.name() != "tanks" and "change_class" in layer.fields().names()
    )
    told["site_style"] = sites.renderer().classAttribute()

    show_year(dock, 2024)
    assert layer.subsetString()
    assert utils.unloadPlugin("leachwatch")
    told["unloaded"] = state()
    told["subset_after"] = layer.subsetString()
    load()
    told["again"] = state()


def main():
    """Use the plugin, report, end QGIS."""
    try:
        use()
    except Exception:
        told["error"] = traceback.format_exc()
    (OUT / "report.json").write_text(json.dumps(told), encoding="utf-8")
    os._exit(0)


QTimer.singleShot(2000, main)
