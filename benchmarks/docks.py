"""Measures how long the docks keep QGIS's window waiting, beside what QGIS itself does when a filter is set.

Usage: python benchmarks/docks.py [NUMBER …] [--layer FILE] (default: 1000000 tanks, in a GeoPackage).
A window with a map of the tanks and the three docks, imports left out; a clock that ticks every 2 ms in it tells the
longest time in which nothing else could be done. "Done" is when the docks have read and counted, and the map is drawn.
"""

from __future__ import annotations

import argparse
import gc
import operator
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))

import invented
import running

_TICK = 0.002
# The docks wait for a hand to rest before they do what it asks for.
_REST = 0.8
_UNITS = 300
_BARE, _DRAW = "bare setSubsetString", "the map drawn again, no dock"
_MOST = 0.1


class Wait(NamedTuple):
    """Seconds: the longest in which the window did nothing else; of its processor in one such time; until all is done.

    The first is longer than the second where other threads, or other programs, had the processor meanwhile.
    """

    longest: float
    worked: float
    done: float


class Window:
    """QGIS's window as far as the docks use it, and the clock in it."""

    def __init__(self, layer: Any) -> None:
        from qgis.gui import QgsMapCanvas, QgsMessageBar
        from qgis.PyQt.QtCore import Qt, QTimer
        from qgis.PyQt.QtWidgets import QMainWindow

        self.layer = layer
        self.window = QMainWindow()
        self.canvas = QgsMapCanvas(self.window)
        self.bar = QgsMessageBar(self.canvas)
        self.window.setCentralWidget(self.canvas)
        self.window.resize(1366, 768)
        self.canvas.setDestinationCrs(layer.crs())
        self.canvas.setLayers([layer])
        self.canvas.setExtent(layer.extent())
        self.canvas.setParallelRenderingEnabled(True)
        self.canvas.setCachingEnabled(True)
        self.docks: dict[str, Any] = {}
        self._beats: list[tuple[float, float]] = []
        self._clock = QTimer(self.window)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(lambda: self._beats.append(_now()))
        self._clock.start(round(1000 * _TICK))
        self.window.show()

    def mapCanvas(self) -> Any:
        """As QgisInterface has it, and the two that follow."""
        return self.canvas

    def messageBar(self) -> Any:
        """Where the docks say what they did."""
        return self.bar

    def mainWindow(self) -> Any:
        """What dialogs are shown above."""
        return self.window

    def open(self, dock: type) -> Any:
        """Show a dock beside the map, with the layer in it."""
        from qgis.PyQt.QtCore import Qt

        made = dock(self, self.window)
        made.form.layer.setLayer(self.layer)
        self.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, made)
        made.show()
        self.docks[dock.__name__] = made
        return made

    def measure(self, deed: Callable[[], object]) -> Wait:
        """Do something, from within the event loop, and wait until all that follows from it is done."""
        from qgis.PyQt.QtCore import QTimer

        self.wait(0.2)
        self._beats.clear()
        began = _now()
        begun: list[object] = []
        QTimer.singleShot(0, lambda: begun.append(deed()))
        done = began[0]
        while not begun or time.perf_counter() - done < _REST:
            is_deed_over = bool(begun)
            self.wait(0.02)
            if self._is_busy() or not is_deed_over:
                done = time.perf_counter()
        beats = [began, *self._beats]
        longest, worked = (max(map(operator.sub, which[1:], which)) for which in zip(*beats))
        return Wait(longest - _TICK, worked, done - began[0])

    def close(self) -> None:
        """Close the docks and the window, and wait until they are gone."""
        from qgis.PyQt.QtCore import QCoreApplication, QEvent

        for dock in self.docks.values():
            dock.close_down()
        self.docks.clear()
        self.canvas.setLayers([])
        self.wait(0.5)
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def wait(self, seconds: float) -> None:
        """Let events happen."""
        from qgis.PyQt.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(round(1000 * seconds), loop.quit)
        loop.exec()

    def _is_busy(self) -> bool:
        from leachwatch.ui import background

        return self.canvas.isDrawing() or bool(background._running)


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.thread_time()


def measure(path: str) -> dict[str, Wait]:
    """Return each deed's wait, on the tanks of a file."""
    from qgis.core import QgsProject, QgsVectorLayer

    layer = QgsVectorLayer(path, "tanks", "ogr")
    QgsProject.instance().addMapLayer(layer)
    window = Window(layer)
    window.measure(lambda: None)  # the map, for the first time
    waits = {
        _DRAW: window.measure(layer.triggerRepaint),
        f"{_BARE} (status)": window.measure(lambda: layer.setSubsetString("\"status\" = 'active'")),
        f"{_BARE} (none)": window.measure(lambda: layer.setSubsetString("")),
    }
    for name, deed in _deeds(window):
        waits[name] = window.measure(deed)
    window.close()
    QgsProject.instance().clear()
    return waits


def _deeds(window: Window) -> Any:
    """Yield what a person does, by name; each is done before the next is asked for."""
    from leachwatch.analysis.fields import ABANDONED, UNKNOWN
    from leachwatch.analysis.selection.wanted import CUMULATIVE, FIRST_SEEN
    from leachwatch.ui.reading.dock import ReadingDock
    from leachwatch.ui.tank_filter import actions
    from leachwatch.ui.tank_filter.dock import TankFilterDock
    from leachwatch.ui.tank_style.dock import TankStyleDock

    yield "open the filter, tanks read", lambda: window.open(TankFilterDock)
    dock = window.docks["TankFilterDock"]
    years, stack = dock.years, dock.controller.undo_stack

    def mode(wanted: str) -> None:
        years.mode.setCurrentIndex(years.mode.findData(wanted))
        years.mode.activated.emit(years.mode.currentIndex())

    yield "years: 2015 to 2020", lambda: years.range.slider.setRange(2015, 2020)
    yield "years: dragged", lambda: _drag(window, years.range.slider)
    yield "years: ever seen", lambda: mode(CUMULATIVE)
    yield "years: first seen", lambda: mode(FIRST_SEEN)
    yield "status: without unknown", lambda: dock.statuses.list.model.tick([UNKNOWN], False)
    yield "type: without unknown", lambda: dock.types.list.model.tick([UNKNOWN], False)
    yield "units: a third", lambda: dock.units.ask(frozenset(f"U{n:03}" for n in range(0, _UNITS, 3)))
    yield "units in view", dock.select_units_in_view
    yield "diameter: from 7.5 m", lambda: dock.diameter.least.setValue(7.5)
    for name, text in (("in few ids", "1234"), ("in too many ids", "1"), ("none", "")):
        yield f"text: {name}", lambda text=text: (dock.search.text.setText(text), dock.search.text.returnPressed.emit())
    yield "undo", stack.undo
    yield "redo", stack.redo
    yield "zoom to", dock.zoom
    yield "all tanks again", dock.controller.reset
    yield "only undated", dock.years.only_undated.click
    yield "status: abandoned alone", lambda: (dock.controller.reset(), dock.statuses.list.model.only(ABANDONED))
    yield "select", lambda: actions.select(dock.controller)
    yield "no selection", window.layer.removeSelection
    yield "open the style", lambda: window.open(TankStyleDock)
    yield "style applied", lambda: window.docks["TankStyleDock"].apply()
    yield "own style again", lambda: window.docks["TankStyleDock"].go_back()
    yield "open the reading", lambda: window.open(ReadingDock)
    yield "years, with all docks", lambda: years.range.slider.setRange(2012, 2022)
    yield "reload: tanks read again", window.layer.reload
    yield "close the filter", dock.hide


def _drag(window: Window, slider: Any) -> None:
    for step in range(20):
        slider.setRange(2011 + step % 5, 2016 + step % 9)
        window.wait(0.03)


def write(path: str, number: int) -> None:
    """Write tanks with all that can be filtered."""
    from osgeo import gdal

    invented.write_tanks(path, number)
    dataset = gdal.OpenEx(path, gdal.OF_UPDATE)
    for name in ("tank_type", "unit_code", "unit_name", "country", "confidence", "source"):
        dataset.ExecuteSQL(f"ALTER TABLE tanks ADD COLUMN {name} TEXT")
    dataset.ExecuteSQL("ALTER TABLE tanks ADD COLUMN last_seen DATE")
    dataset.ExecuteSQL(
        "UPDATE tanks SET "
        "tank_type = CASE fid % 3 WHEN 0 THEN 'leachate' WHEN 1 THEN 'precipitation' ELSE 'unknown' END, "
        f"unit_code = printf('U%03d', fid % {_UNITS}), unit_name = printf('Township %d', fid % {_UNITS}), "
        "country = 'MMR', confidence = substr('highlow', 1 + fid % 2 * 4, 4), source = 'invented', "
        "diameter_m = 5 + fid % 11, last_seen = CASE WHEN fid % 50 THEN '2025-06-01' END, "
        "first_seen = CASE WHEN fid % 50 THEN first_seen END"
    )


def show(number: int, layer: str = "") -> None:
    """Measure in a process of its own, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = layer or f"{folder}/tanks.gpkg"
        if not Path(path).exists():
            write(path, number)
        measured = running.in_own_process("docks.py", path)
    assert measured is not None
    print(f"\n{number:,} tanks, the docks: the window's longest wait, its own work in one wait; all is done and drawn")
    waits = {
        name[len(_WAIT[0]) :]: Wait(*(measured.steps[part + name[len(_WAIT[0]) :]] for part in _WAIT))
        for name in measured.steps
        if name.startswith(_WAIT[0])
    }
    for name, wait in waits.items():
        mark = "  above 100 ms" if wait.longest > _MOST else ""
        times = f"{1000 * wait.longest:8.0f} ms{1000 * wait.worked:8.0f} ms{wait.done:9.2f} s"
        print(f"  {name:32}{times}{mark}", flush=True)
    print(f"  memory at the peak: {measured.megabytes:,.0f} MB")


_WAIT = tuple(f"{part}: " for part in Wait._fields)


def _run(path: str) -> None:
    from qgis.core import QgsApplication

    application = QgsApplication([], True)
    application.initQgis()
    provider = running.register()  # noqa: F841
    timer = running.Timer()
    waits = measure(path)
    gc.collect()
    timer.report({part + name: value for name, wait in waits.items() for part, value in zip(_WAIT, wait)})
    application.exitQgis()


def main() -> None:
    """Measure each number of tanks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", nargs="*", type=int, default=[1_000_000])
    parser.add_argument("--layer", default="", metavar="FILE", help="kept between runs; written where it is not there")
    asked = parser.parse_args()
    for number in asked.numbers:
        show(number, asked.layer)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        _run(sys.argv[2])
    else:
        main()
