"""The plugin: provider, actions and docks, and an unload that undoes all of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QLocale, QSettings, Qt, QTranslator
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QToolBar

from .translation import tr

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from .processing.provider import LeachwatchProvider
    from .ui.tank_dock import TankDock

_ROOT = Path(__file__).parent
_MENU = "&Leachwatch"


class LeachwatchPlugin:
    """Leachwatch in one session of QGIS. ``iface`` is None where there is no window (``qgis_process``)."""

    def __init__(self, iface: QgisInterface | None) -> None:
        self._iface = iface
        self._provider: LeachwatchProvider | None = None
        self._docks: list[TankDock] = []
        self._actions: list[QAction] = []
        self._toolbar: QToolBar | None = None
        self._translator: QTranslator | None = None

    def initProcessing(self) -> None:
        """Add the algorithms to the toolbox; all that QGIS asks for under ``qgis_process``."""
        from .processing.provider import LeachwatchProvider

        self._provider = LeachwatchProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self) -> None:
        """Add the algorithms, the menu, the toolbar and the docks."""
        self._translate()
        self.initProcessing()
        if self._iface is None:
            return
        from .ui.tank_filter_dock import TankFilterDock
        from .ui.tank_style_dock import TankStyleDock

        self._toolbar = self._iface.addToolBar("Leachwatch")
        self._toolbar.setObjectName("LeachwatchToolbar")
        window = self._iface.mainWindow()
        self._add_dock(TankFilterDock(self._iface, window), "tank_filter", tr("Tank filter"))
        self._add_dock(TankStyleDock(self._iface, window), "tank_style", tr("Tank style"))

    def unload(self) -> None:
        """Take away all that was added."""
        for dock in self._docks:
            dock.close_down()
            self._iface.removeDockWidget(dock)
            dock.deleteLater()
        for action in self._actions:
            self._iface.removePluginMenu(_MENU, action)
            action.deleteLater()
        if self._toolbar is not None:
            self._iface.mainWindow().removeToolBar(self._toolbar)
            self._toolbar.deleteLater()
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
        if self._translator is not None:
            QgsApplication.removeTranslator(self._translator)
        self.__init__(self._iface)  # type: ignore[misc]

    def _add_dock(self, dock: TankDock, icon: str, text: str) -> None:
        self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        action = QAction(QIcon(str(_ROOT / "resources" / "icons" / f"{icon}.svg")), text, self._iface.mainWindow())
        action.setObjectName(f"Leachwatch_{icon}")
        action.setCheckable(True)
        dock.setToggleVisibilityAction(action)
        self._iface.addPluginToMenu(_MENU, action)
        self._toolbar.addAction(action)
        self._docks.append(dock)
        self._actions.append(action)

    def _translate(self) -> None:
        language = QSettings().value("locale/userLocale", QLocale.system().name()) or ""
        translator = QTranslator()
        if translator.load(f"leachwatch_{language[:2]}", str(_ROOT / "resources" / "translations")):
            QgsApplication.installTranslator(translator)
            self._translator = translator
