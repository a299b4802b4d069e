"""Brings the page of Leachwatch into QGIS's options dialog."""

from __future__ import annotations

from pathlib import Path

from qgis.gui import QgisInterface, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QWidget

_ICON = Path(__file__).parent.parent.parent / "resources" / "icons" / "leachwatch.svg"


class OptionsFactory(QgsOptionsWidgetFactory):
    """QGIS asks it for a page each time its options are opened."""

    def __init__(self, iface: QgisInterface) -> None:
        super().__init__()
        self._iface = iface
        self.setTitle("Leachwatch")
        self.page: QgsOptionsPageWidget | None = None

    def icon(self) -> QIcon:
        """Return the icon beside the page's title."""
        return QIcon(str(_ICON))

    def createWidget(self, parent: QWidget | None = None) -> QgsOptionsPageWidget:
        """Return a page for one opening of the dialog."""
        from .page import OptionsPage

        self.page = OptionsPage(self._iface, parent)  # kept: PyQt would take the Python side of it away
        return self.page
