"""The plugin: provider, actions and docks, and an unload that undoes all of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSettings, QTranslator

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from .processing.provider import LeachwatchProvider
    from .ui.desktop import Desktop

_TRANSLATIONS = Path(__file__).parent / "resources" / "translations"


class LeachwatchPlugin:
    """Leachwatch in one session of QGIS. ``iface`` is None where there is no window (``qgis_process``)."""

    def __init__(self, iface: QgisInterface | None) -> None:
        self._iface = iface
        self._provider: LeachwatchProvider | None = None
        self._desktop: Desktop | None = None
        self._translator: QTranslator | None = None

    def initProcessing(self) -> None:
        """Add the algorithms and the functions of expressions; all that QGIS asks for under ``qgis_process``."""
        from .expressions import register
        from .processing.provider import LeachwatchProvider

        self._provider = LeachwatchProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)
        register()

    def initGui(self) -> None:
        """Add the algorithms, the menu, the toolbar and the docks."""
        self._translate()
        self.initProcessing()
        if self._iface is not None:
            from .ui.desktop import Desktop

            self._desktop = Desktop(self._iface)

    def unload(self) -> None:
        """Take away all that was added."""
        if self._desktop is not None:
            self._desktop.close_down()
            self._desktop = None
        if self._provider is not None:
            from .expressions import unregister

            unregister()
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        if self._translator is not None:
            QgsApplication.removeTranslator(self._translator)
            self._translator = None

    def _translate(self) -> None:
        language = str(QSettings().value("locale/userLocale", "") or "")[:2]
        translator = QTranslator()
        if language and translator.load(f"leachwatch_{language}", str(_TRANSLATIONS)):
            QgsApplication.installTranslator(translator)
            self._translator = translator
