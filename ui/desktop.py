"""Leachwatch in QGIS's window: menu, toolbar and docks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from ..translation import tr

if TYPE_CHECKING:
    from .tank_dock import TankDock

_MENU = "&Leachwatch"
# Style beside the legend, filter beside the map: both fit a small laptop.
_AREAS = {
    "tank_filter": Qt.DockWidgetArea.RightDockWidgetArea,
    "tank_style": Qt.DockWidgetArea.LeftDockWidgetArea,
}
_TITLE_HEIGHT = 40
_ICONS = Path(__file__).parent.parent / "resources" / "icons"


class Desktop:
    """The actions and docks. Docks are built when they are first opened: QGIS starts without them."""

    def __init__(self, iface: QgisInterface) -> None:
        """Add the menu and the toolbar."""
        self._iface = iface
        self._docks: dict[str, TankDock] = {}
        self._actions: list[QAction] = []
        self._toolbar = iface.addToolBar("Leachwatch")
        self._toolbar.setObjectName("LeachwatchToolbar")
        self._add_dock_action("tank_filter", tr("Tank filter"))
        self._add_dock_action("tank_style", tr("Tank style"))
        for algorithm, icon, text in (
            ("loadusgstanks", "load_tanks", tr("Load tanks…")),
            ("detectsites", "sites", tr("Detect sites…")),
            ("siteexpansion", "expansion", tr("Site expansion…")),
            ("townshipsummary", "townships", tr("Township summary…")),
        ):
            self._add_action(icon, text, lambda _=False, name=algorithm: self._open_algorithm(name))
        self._add_action("leachwatch", tr("Add the synthetic sample"), self._add_sample, on_toolbar=False)

    def close_down(self) -> None:
        """Take away everything, and give every layer back as it was."""
        for dock in self._docks.values():
            dock.close_down()
            self._iface.removeDockWidget(dock)
            sip.delete(dock)
        for action in self._actions:
            self._iface.removePluginMenu(_MENU, action)
            sip.delete(action)
        self._iface.mainWindow().removeToolBar(self._toolbar)
        sip.delete(self._toolbar)
        self._docks, self._actions = {}, []

    def _add_action(self, icon: str, text: str, run: Callable[..., None], on_toolbar: bool = True) -> QAction:
        action = QAction(QIcon(str(_ICONS / f"{icon}.svg")), text, self._iface.mainWindow())
        action.setObjectName(f"Leachwatch_{icon}")
        action.triggered.connect(run)
        self._iface.addPluginToMenu(_MENU, action)
        if on_toolbar:
            self._toolbar.addAction(action)
        self._actions.append(action)
        return action

    def _add_dock_action(self, name: str, text: str) -> None:
        action = self._add_action(name, text, lambda _=False: self._open_dock(name, action))
        action.setCheckable(True)

    def _open_dock(self, name: str, action: QAction) -> None:
        """Build a dock and leave its action to it: from then on QGIS keeps the two in step."""
        dock = self._docks[name] = self._build_dock(name)
        self._iface.addDockWidget(_AREAS[name], dock)
        action.triggered.disconnect()
        dock.setToggleVisibilityAction(action)
        dock.setUserVisible(True)
        height = dock.form.sizeHint().height() + _TITLE_HEIGHT
        self._iface.mainWindow().resizeDocks([dock], [height], Qt.Orientation.Vertical)

    def _build_dock(self, name: str) -> TankDock:
        from .tank_filter_dock import TankFilterDock
        from .tank_style_dock import TankStyleDock

        return {"tank_filter": TankFilterDock, "tank_style": TankStyleDock}[name](self._iface, self._iface.mainWindow())

    def _open_algorithm(self, name: str) -> None:
        # QGIS's own package of that name, not ours: it may be switched off, which is told.
        try:
            import processing
        except ImportError:
            self._iface.messageBar().pushMessage(
                "Leachwatch",
                tr("QGIS's Processing plugin is switched off. Switch it on (Plugins › Manage and Install Plugins)."),
                Qgis.MessageLevel.Warning,
            )
            return
        processing.execAlgorithmDialog(f"leachwatch:{name}")  # type: ignore[attr-defined]

    def _add_sample(self) -> None:
        from .sample import SampleError, add_sample

        try:
            tanks, _ = add_sample(QgsProject.instance())
        except SampleError as error:
            self._iface.messageBar().pushMessage("Leachwatch", str(error), Qgis.MessageLevel.Critical)
            return
        self._iface.setActiveLayer(tanks)
        self._iface.zoomToActiveLayer()
