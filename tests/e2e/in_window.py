"""Run inside QGIS (``qgis --code``): uses the plugin as a person would, and writes what it saw to report.json."""

import json
import os
import sys
import time
import traceback
import zipfile
from pathlib import Path

from qgis import utils
from qgis.core import (
    QgsApplication,
    QgsFeatureRequest,
    QgsProject,
    QgsTemporalNavigationObject,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QToolBar

OUT = Path(os.environ["LEACHWATCH_OUT"])
WINDOW = utils.iface.mainWindow()
DOCKS = ("LeachwatchTankFilter", "LeachwatchTankStyle", "LeachwatchTankReading")
BUTTONS = ("tank_filter", "tank_style", "tank_reading")
HEAVY = ("geopandas", "pandas", "scipy", "shapely", "pyproj", "jinja2", "matplotlib", "requests")
told = {}


def until(condition, seconds=30):
    """Let events happen until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not so within {seconds} s"
        QTest.qWait(10)


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


def open_docks():
    """Open the docks by their buttons."""
    for name in BUTTONS:
        WINDOW.findChild(QAction, f"Leachwatch_{name}").trigger()
    docks = [WINDOW.findChild(QDockWidget, name) for name in DOCKS]
    QTest.qWait(500)
    told["open"] = {
        "docks": state()["docks"],
        "visible": [dock.isVisible() for dock in docks],
        "window": [WINDOW.width(), WINDOW.height()],
    }
    return docks[0]


def counted(dock):
    """Wait for the numbers of the filter that stands; return them as the dock says them."""
    until(lambda: dock.controller.counts is not None and not dock.controller.is_counting)
    return dock.form.count.text()


def choose_years(dock, first, last):
    """Type the years, as a person does."""
    for box, year in ((dock.years.range.first, first), (dock.years.range.last, last)):
        box.setFocus()
        box.selectAll()
        QTest.keyClicks(box, str(year))
        QTest.keyClick(box, Qt.Key.Key_Return)
    until(lambda: (dock.controller.wanted.first_year, dock.controller.wanted.last_year) == (first, last))


def filter_tanks(dock, layer):
    """Show the tanks of one year."""
    told["all"] = counted(dock)
    choose_years(dock, 2024, 2024)
    told["filter"] = {"count": counted(dock), "features": layer.featureCount()}


def run_an_algorithm(layer):
    """Measure the expansion of sites on the layer without our filter."""
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


def hand_over(dock, layer):
    """Give the years to QGIS's temporal controller, move it, and take them back."""
    canvas = utils.iface.mapCanvas()
    dock.tools.hand_over.trigger()
    until(lambda: dock.over.is_handed_over)
    navigation, context = canvas.temporalController(), QgsVectorLayerTemporalContext()
    panel = WINDOW.findChild(QAction, "mActionTemporalController")
    navigation.setCurrentFrameNumber(navigation.totalFrameCount() - 2)
    until(lambda: not canvas.isDrawing())
    context.setLayer(layer)
    shown = layer.temporalProperties().createFilterString(context, canvas.temporalRange())
    told["over"] = {
        "animated": navigation.navigationMode() == QgsTemporalNavigationObject.NavigationMode.Animated,
        "panel": panel.isChecked(),
        "filter": layer.subsetString(),
        "years": list(dock.over.years),
        "features": sum(1 for _ in layer.getFeatures(QgsFeatureRequest().setFilterExpression(shown))),
    }
    WINDOW.grab().save(str(OUT / "handed_over.png"))
    dock.tools.take_back.trigger()
    told["back"] = {"count": counted(dock), "active": layer.temporalProperties().isActive(), "years": dock.over.years}


def play(dock):
    """Play some years, and stop."""
    steps = []
    dock.player.stepped.connect(lambda first, last: steps.append(first))
    dock.player.interval = 50
    dock.tools.reset.trigger()
    dock.tools.play.trigger()
    until(lambda: len(steps) > 4)
    dock.tools.play.trigger()
    told["played"] = {"steps": steps[:5], "still": dock.player.is_playing}


def save_and_open(dock):
    """Save the project with the filter on, open it again."""
    project, path = QgsProject.instance(), OUT / "saved.qgz"
    choose_years(dock, 2024, 2024)
    counted(dock)
    for layer in list(project.mapLayers().values()):
        if layer.name() != "tanks":
            project.removeMapLayer(layer.id())
    assert project.write(str(path))
    with zipfile.ZipFile(path) as stream:
        text = stream.read(next(name for name in stream.namelist() if name.endswith(".qgs"))).decode("utf-8")
    told["saved"] = {"dirty": project.isDirty(), "sources": text.count("|subset=")}
    dock.setUserVisible(False)
    utils.iface.newProject(False)
    assert utils.iface.addProject(str(path))
    (layer,) = project.mapLayers().values()
    told["opened"] = {"visible": dock.isVisible(), "count": counted(dock), "features": layer.featureCount()}
    return layer


def use():
    """Load, open the docks, filter, run, unload, load again."""
    utils.unloadPlugin("leachwatch")  # the profile has it switched on already
    load()
    told["loaded"] = state()

    layer = QgsVectorLayer(os.environ["LEACHWATCH_TANKS"], "tanks", "ogr")
    QgsProject.instance().addMapLayer(layer)
    utils.iface.mapCanvas().setExtent(layer.extent())
    dock = open_docks()
    filter_tanks(dock, layer)
    hand_over(dock, layer)
    play(dock)
    dock.tools.reset.trigger()
    run_an_algorithm(layer)
    layer = save_and_open(dock)

    assert layer.subsetString()
    assert utils.unloadPlugin("leachwatch")
    told["unloaded"] = state()
    told["subset_after"] = layer.subsetString()
    told["properties_after"] = [key for key in layer.customPropertyKeys() if key.startswith("leachwatch")]
    load()
    told["again"] = state()


def main():
    """Use the plugin, report, end QGIS."""
    try:
        use()
    except Exception:
        told["error"] = traceback.format_exc()
        WINDOW.grab().save(str(OUT / "error.png"))
    (OUT / "report.json").write_text(json.dumps(told), encoding="utf-8")
    os._exit(0)


QTimer.singleShot(2000, main)
