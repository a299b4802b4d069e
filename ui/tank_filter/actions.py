"""What can be done with the tanks that are shown: zoom to them, select them, export them; and the units in view."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsProject,
    QgsRectangle,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.gui import QgisInterface, QgsMapCanvas

from ...translation import tr
from .controller import TankFilterController
from .selecting import select_shown

# A single tank is shown with this much around it: metres, a few of the ponds that a site has.
_LEAST_SIDE = 400.0
_MARGIN = 1.05


def zoom(canvas: QgsMapCanvas, controller: TankFilterController) -> None:
    """Zoom the map to the tanks that are shown, as soon as they are counted."""
    _when_counted(controller, lambda layer: _zoom(canvas, controller, layer))


def select(controller: TankFilterController) -> None:
    """Select the tanks that are shown, in place of what is selected."""
    _when_counted(controller, lambda layer: select_shown(controller, layer))


def export(iface: QgisInterface | None, controller: TankFilterController) -> None:
    """Open QGIS's own dialog Save As on the tanks that are shown."""
    if iface is not None:
        _when_counted(controller, lambda layer: _export(iface, controller, layer))


def units_in_view(canvas: QgsMapCanvas, controller: TankFilterController) -> frozenset[str]:
    """Return the keys of the units that have a tank in the map's extent; none until the tanks are read."""
    from ...analysis.selection.counts import units_in

    layer, table = controller.layer, controller.table
    if layer is None or table is None:
        return frozenset()
    to_layer = QgsCoordinateTransform(canvas.mapSettings().destinationCrs(), layer.crs(), QgsProject.instance())
    try:
        view = to_layer.transformBoundingBox(canvas.extent())
    except QgsCsException:
        controller.refused.emit(_no_way(layer))
        return frozenset()
    return units_in(table, view.xMinimum(), view.yMinimum(), view.xMaximum(), view.yMaximum())


def _when_counted(controller: TankFilterController, do: Callable[[QgsVectorLayer], None]) -> None:
    """Do something with the layer in hand once its counts are there; not if it is let go before."""
    layer = controller.layer
    if layer is None:
        return

    def look() -> None:
        if controller.layer is not layer or controller.counts is not None or not _is_awaited(controller):
            controller.counted.disconnect(look)
            if controller.layer is layer:
                _do_or_tell(controller, layer, do)

    controller.counted.connect(look)
    look()


def _do_or_tell(controller: TankFilterController, layer: QgsVectorLayer, do: Callable[[QgsVectorLayer], None]) -> None:
    if controller.counts is not None:
        do(layer)
    elif controller.problem:
        controller.refused.emit(controller.problem)


def _is_awaited(controller: TankFilterController) -> bool:
    return controller.is_reading or controller.is_counting


def _zoom(canvas: QgsMapCanvas, controller: TankFilterController, layer: QgsVectorLayer) -> None:
    counts = controller.counts
    assert counts is not None
    if counts.extent is None:
        controller.refused.emit(
            tr("None of the tanks shown has a position, so there is nothing to zoom to.")
            if counts.shown
            else tr("No tank is shown, so there is nothing to zoom to.")
        )
        return
    to_map = QgsCoordinateTransform(layer.crs(), canvas.mapSettings().destinationCrs(), QgsProject.instance())
    try:
        extent = to_map.transformBoundingBox(_with_some_area(QgsRectangle(*counts.extent)))
    except QgsCsException:
        controller.refused.emit(_no_way(layer))
        return
    canvas.setExtent(_wide_enough(extent, canvas))
    canvas.refresh()


def _with_some_area(extent: QgsRectangle) -> QgsRectangle:
    """Return an extent that QGIS transforms as a box: one without area it takes for a point."""
    return extent.buffered(1e-6)


def _wide_enough(extent: QgsRectangle, canvas: QgsMapCanvas) -> QgsRectangle:
    """Return an extent with a margin, and with room around a single tank or a row of them."""
    least = _LEAST_SIDE * QgsUnitTypes.fromUnitToUnitFactor(QgsUnitTypes.DistanceUnit.DistanceMeters, canvas.mapUnits())
    width, height = (max(_MARGIN * side, least) for side in (extent.width(), extent.height()))
    return QgsRectangle.fromCenterAndSize(extent.center(), width, height)


def _export(iface: QgisInterface, controller: TankFilterController, layer: QgsVectorLayer) -> None:
    counts = controller.counts
    assert counts is not None
    if not counts.shown:
        controller.refused.emit(tr("No tank is shown, so there is nothing to export."))
        return
    if counts.extent is not None and not layer.isEditable():
        layer.setExtent(QgsRectangle(*counts.extent))  # the dialog asks for it: a second on a million tanks
    if not iface.setActiveLayer(layer):
        controller.refused.emit(
            tr("The layer “{layer}” is not in the list of layers, so it cannot be exported from here.").format(
                layer=layer.name()
            )
        )
        return
    iface.actionLayerSaveAs().trigger()


def _no_way(layer: QgsVectorLayer) -> str:
    return tr("Positions cannot be brought from the CRS of “{layer}” to the map's. Check the layer's CRS.").format(
        layer=layer.name()
    )
