"""Leachwatch in QGIS's window: menu, toolbar and docks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsApplication, QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt import sip
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QWidget

from ..translation import tr
from .algorithms import open_dialog
from .docks import TANK_FILTER, TANK_READING, TANK_STYLE, Docks
from .messages import push
from .options import PAGE
from .options.factory import OptionsFactory

if TYPE_CHECKING:
    from .load_tanks.dialog import LoadTanksDialog
    from .tank_dock import TankDock

_MENU = "&Leachwatch"
_ICONS = Path(__file__).parent.parent / "resources" / "icons"


class Desktop:
    """The actions, and the docks that they open."""

    def __init__(self, iface: QgisInterface) -> None:
        """Add the menu and the toolbar."""
        self._iface = iface
        self._docks = Docks(iface)
        self._actions: list[QAction] = []
        self._load_tanks: LoadTanksDialog | None = None
        self._toolbar = iface.addToolBar("Leachwatch")
        self._toolbar.setObjectName("LeachwatchToolbar")
        for name, text in (
            (TANK_FILTER, tr("Tank filter")),
            (TANK_STYLE, tr("Tank style")),
            (TANK_READING, tr("Tank reading")),
        ):
            self._docks.add_button(name, self._add_action(name, text))
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
        book = QgsApplication.getThemeIcon("/mActionHelpContents.svg")
        self._add_action("help", tr("Help on the docks"), lambda _=False: _open_help(iface.mainWindow()), False, book)
        self._options = OptionsFactory(iface)
        iface.registerOptionsWidgetFactory(self._options)

    @property
    def docks(self) -> dict[str, TankDock]:
        """The docks that were opened, by name."""
        return self._docks.built

    @property
    def is_open(self) -> bool:
        """Whether it is in the window still."""
        return bool(self._actions)

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
        self._docks.close_down()
        for action in self._actions:
            self._iface.removePluginMenu(_MENU, action)
            sip.delete(action)
        self._iface.mainWindow().removeToolBar(self._toolbar)
        sip.delete(self._toolbar)
        self._actions = []

    def _add_action(
        self,
        name: str,
        text: str,
        run: Callable[..., None] | None = None,
        on_toolbar: bool = True,
        icon: QIcon | None = None,
    ) -> QAction:
        action = QAction(icon or QIcon(str(_ICONS / f"{name}.svg")), text, self._iface.mainWindow())
        action.setObjectName(f"Leachwatch_{name}")
        if run is not None:
            action.triggered.connect(run)
        self._iface.addPluginToMenu(_MENU, action)
        if on_toolbar:
            self._toolbar.addAction(action)
        self._actions.append(action)
        return action

    def _add_sample(self) -> None:
        from .sample import SampleError, add_sample

        try:
            tanks, _ = add_sample(QgsProject.instance())
        except SampleError as error:
            push(self._iface, str(error), Qgis.MessageLevel.Critical)
            return
        self._iface.setActiveLayer(tanks)
        self._iface.zoomToActiveLayer()


def _open_help(window: QWidget) -> None:
    from .help import show_help

    show_help("", window)
