"""The dock that reads tanks by year: of what is filtered, and of a site, a unit or a tank that is clicked."""

from __future__ import annotations

from qgis.core import QgsVectorLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtWidgets import QWidget

from ..tank_dock import TankDock


class ReadingDock(TankDock):
    """A chart and a table of tanks by year and status, and what a clicked feature says of itself."""

    def __init__(self, iface: QgisInterface | None, parent: QWidget | None = None) -> None:
        super().__init__("LeachwatchTankReading", "reading/form.ui", iface, parent)

    def take(self, layer: QgsVectorLayer | None) -> None:
        """Read this layer's tanks from now on; None: none."""
