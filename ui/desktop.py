"""Leachwatch in QGIS's window: menu, toolbar and docks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsApplication, QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from ..translation import tr
from .algorithms import open_dialog
from .options import PAGE
from .options.factory import OptionsFactory

if TYPE_CHECKING:
    from .load_tanks.dialog import LoadTanksDialog
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
        self._load_tanks: LoadTanksDialog | None = None
        self._toolbar = iface.addToolBar("Leachwatch")
        self._toolbar.setObjectName("LeachwatchToolbar")
        self._add_dock_action("tank_filter", tr("Tank filter"))
        self._add_dock_action("tank_style", tr("Tank style"))
        self._add_action("load_tanks", tr("Load tanks…"), lambda _=False: self.open_load_tanks())
        for algorithm, icon, text in (
            ("detectsites", "sites", tr("Detect sites…")),
            ("siteexpansion", "expansion", tr("Site expansion…")),
            ("townshipsummary", "townships", tr("Township summary…")),
        ):
            self._add_action(icon, text, lambda _=False, name=algorithm: open_dialog(iface, name))
        self._add_action("leachwatch", tr("Add the synthetic sample"), self._add_sample, on_toolbar=False)
        gear = QgsApplication.getThemeIcon("/mActionOptions.svg")
        self._add_action("options", tr("Options…"), lambda _=False: self.open_options(), False, gear)
        self._options = OptionsFactory(iface)
        iface.registerOptionsWidgetFactory(self._options)

    def open_load_tanks(self, path: str = "") -> None:
        """Show the dialog that loads tanks, with a file where one is given."""
        if self._load_tanks is None:
            from .load_tanks.dialog import LoadTanksDialog

            self._load_tanks = LoadTanksDialog(self._iface, self._iface.mainWindow())
        if path:
            self._load_tanks.open_file(path)
        self._load_tanks.show()
        self._load_tanks.raise_()
        self._load_tanks.activateWindow()

    def open_options(self) -> None:
        """Show QGIS's options at the page of Leachwatch."""
        self._iface.showOptionsDialog(self._iface.mainWindow(), PAGE)

    def close_down(self) -> None:
        """Take away everything, and give every layer back as it was."""
        self._iface.unregisterOptionsWidgetFactory(self._options)
        sip.delete(self._options)
        if self._load_tanks is not None:
            self._load_tanks.close_down()
            sip.delete(self._load_tanks)
            self._load_tanks = None
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

    def _add_action(
        self, name: str, text: str, run: Callable[..., None], on_toolbar: bool = True, icon: QIcon | None = None
    ) -> QAction:
        action = QAction(icon or QIcon(str(_ICONS / f"{name}.svg")), text, self._iface.mainWindow())
        action.setObjectName(f"Leachwatch_{name}")
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
        from .tank_filter.dock import TankFilterDock
        from .tank_style.dock import TankStyleDock

        return {"tank_filter": TankFilterDock, "tank_style": TankStyleDock}[name](self._iface, self._iface.mainWindow())

    def _add_sample(self) -> None:
        from .sample import SampleError, add_sample

        try:
            tanks, _ = add_sample(QgsProject.instance())
        except SampleError as error:
            self._iface.messageBar().pushMessage("Leachwatch", str(error), Qgis.MessageLevel.Critical)
            return
        self._iface.setActiveLayer(tanks)
        self._iface.zoomToActiveLayer()
