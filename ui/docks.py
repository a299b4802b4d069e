"""The docks in QGIS's window: built when first opened, placed where the user had them, taken away at the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qgis.core import QgsMapLayer
from qgis.gui import QgisInterface
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QAction, QMenu

from .tank_filter.own_filter.arrivals import Arrivals

if TYPE_CHECKING:
    from .tank_dock import TankDock

TANK_FILTER, TANK_STYLE, TANK_READING = "tank_filter", "tank_style", "tank_reading"
# Filter beside the map, style and reading below the legend, one behind the other: they fit a small laptop.
_AREAS = {
    TANK_FILTER: Qt.DockWidgetArea.RightDockWidgetArea,
    TANK_STYLE: Qt.DockWidgetArea.LeftDockWidgetArea,
    TANK_READING: Qt.DockWidgetArea.LeftDockWidgetArea,
}
_TITLE_LINES = 2
_LEAST_LINES = 12
_MOST_OF_WINDOW = 0.55


class Docks:
    """The docks by name; ``built`` has those that were opened.

    Each has a button of its own, which opens it, and is in step with it from then on. The tank filter opens
    by itself where a project is read that was saved with it.
    """

    def __init__(self, iface: QgisInterface) -> None:
        self._iface = iface
        self.built: dict[str, TankDock] = {}
        self._actions: dict[str, QAction] = {}
        self._arrivals = Arrivals(self._is_filtered, self._bring_back)

    def add_button(self, name: str, action: QAction) -> None:
        """Let an action, which nothing is connected to yet, open a dock."""
        action.setCheckable(True)
        action.triggered.connect(lambda _=False: self.open(name))
        self._actions[name] = action

    def open(self, name: str) -> TankDock:
        """Show a dock; where it is not built yet, build it and leave its action to it."""
        if name not in self.built:
            dock = self.built[name] = self._build(name)
            self._place(dock, name)
            self._actions[name].triggered.disconnect()
            dock.setToggleVisibilityAction(self._actions[name])
            if name == TANK_FILTER:
                dock.form.layer.layerChanged.connect(self._read_what_is_filtered)
        self.built[name].setUserVisible(True)
        if name == TANK_READING and TANK_FILTER in self.built:
            self._read_what_is_filtered(self.built[TANK_FILTER].form.layer.currentLayer())
        return self.built[name]

    def close_down(self) -> None:
        """Take all docks away, and give every layer back as it was."""
        for dock in self.built.values():
            dock.close_down()
            self._iface.removeDockWidget(dock)
            sip.delete(dock)
        self._arrivals.close_down()
        self.built.clear()
        self._actions.clear()

    def _build(self, name: str) -> TankDock:
        # Each is imported when it is opened: the user waits for one, not for three.
        if name == TANK_FILTER:
            from .tank_filter.dock import TankFilterDock as Dock
        elif name == TANK_STYLE:
            from .tank_style.dock import TankStyleDock as Dock
        else:
            from .reading.dock import ReadingDock as Dock
        return Dock(self._iface, self._iface.mainWindow())

    def _place(self, dock: TankDock, name: str) -> None:
        """Where the user had the dock, in this session or the last one; else where it fits."""
        window = self._iface.mainWindow()
        if window.restoreDockWidget(dock):
            menu = window.findChild(QMenu, "mPanelMenu")
            if menu is not None:
                menu.addAction(dock.toggleViewAction())
            QTimer.singleShot(0, lambda: self._show_restored(dock))
            return
        self._iface.addDockWidget(_AREAS[name], dock)
        for other, built in self.built.items():
            if other != name and window.dockWidgetArea(built) == _AREAS[name] and not built.isHidden():
                window.tabifyDockWidget(built, dock)
        self._give_height(dock)

    def _show_restored(self, dock: TankDock) -> None:
        """Bring it before other tabs; after the plugin was loaded again, a place comes back without its height."""
        if sip.isdeleted(dock):
            return
        dock.raise_()
        if dock.height() < _LEAST_LINES * dock.fontMetrics().height():
            self._give_height(dock)

    def _give_height(self, dock: TankDock) -> None:
        window = self._iface.mainWindow()
        wanted = dock.form.sizeHint().height() + _TITLE_LINES * dock.fontMetrics().height()
        # What is not seen is scrolled to: the legend above must stay of use.
        window.resizeDocks([dock], [min(wanted, round(window.height() * _MOST_OF_WINDOW))], Qt.Orientation.Vertical)

    def _read_what_is_filtered(self, layer: QgsMapLayer | None) -> None:
        """Let the reading follow the filter from layer to layer; another one can be chosen in it afterwards."""
        if layer is not None and TANK_READING in self.built:
            self.built[TANK_READING].choose(layer)

    def _is_filtered(self, layer: QgsMapLayer) -> bool:
        dock = self.built.get(TANK_FILTER)
        return dock is not None and dock.controller.layer is layer

    def _bring_back(self, layers: Iterable[QgsMapLayer]) -> None:
        for layer in layers:
            self.open(TANK_FILTER).choose(layer)
