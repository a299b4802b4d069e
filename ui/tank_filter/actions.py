"""What can be done with the tanks that are shown: zoom to them, select them, export them; and the units in view."""

from __future__ import annotations

from qgis.gui import QgisInterface, QgsMapCanvas

from .controller import TankFilterController


def zoom(canvas: QgsMapCanvas, controller: TankFilterController) -> None:
    """Zoom the map to the tanks that are shown, as soon as they are counted."""
    raise NotImplementedError


def select(controller: TankFilterController) -> None:
    """Select the tanks that are shown, in place of what is selected."""
    raise NotImplementedError


def export(iface: QgisInterface | None, controller: TankFilterController) -> None:
    """Let the user save the tanks that are shown to a file."""
    raise NotImplementedError


def units_in_view(canvas: QgsMapCanvas, controller: TankFilterController) -> frozenset[str]:
    """Return the keys of the units that have a tank in the map's extent."""
    raise NotImplementedError
